"""What one run changed: documents new and changed, events new and withdrawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from masthead.ledger import schema
from masthead.model import Event, from_json


@dataclass(frozen=True)
class Changes:
    """What a run added and withdrew. `outcome` is "unfinished" for a run that was killed."""

    run_id: int
    started_at: str
    outcome: str
    documents: int
    first: bool
    added: Counter[str]
    superseded: tuple[Event, ...]

    def summary(self) -> list[str]:
        """The change in a few lines; none if nothing changed."""
        lines = []
        if self.outcome != "done":
            lines.append(f"the last run is {self.outcome}: run the case again to complete it")
        if self.documents:
            what = "document" if self.documents == 1 else "documents"
            lines.append(f"{self.documents} {what} new or changed")
        if self.added:
            kinds = ", ".join(f"{n} {name}" for name, n in self.added.most_common())
            lines.append(f"{sum(self.added.values())} events new: {kinds}")
        if self.superseded:
            lines.append(f"{len(self.superseded)} events withdrawn by a newer reading")
        if lines:
            which = "the first run" if self.first else f"run {self.run_id}"
            lines[0] = f"{which}, {self.started_at[:16].replace('T', ' ')}Z: {lines[0]}"
        return lines


def changes_of(connection: Connection, run_id: int | None = None) -> Changes:
    """What a run changed; the last one, if none is named."""
    runs, ends, e, w = schema.runs, schema.run_ends, schema.events, schema.withdrawals
    if run_id is None:
        run_id = connection.scalar(select(func.max(runs.c.id))) or 0
    started = connection.scalar(select(runs.c.started_at).where(runs.c.id == run_id)) or ""
    outcome = connection.scalar(select(ends.c.outcome).where(ends.c.run_id == run_id))
    documents = connection.scalar(
        select(func.count()).select_from(schema.documents).where(
            schema.documents.c.run_id == run_id
        )
    )  # fmt: skip
    name = func.coalesce(e.c.incident, func.lower(e.c.act))
    added = connection.execute(
        select(name, func.count()).where(e.c.run_id == run_id).group_by(name)
    )
    gone = connection.scalars(
        select(e.c.record).join(w, w.c.event_row == e.c.id).where(w.c.run_id == run_id)
    )
    return Changes(
        run_id=run_id,
        started_at=started,
        outcome=outcome or "unfinished",
        documents=documents or 0,
        first=run_id <= 1,
        added=Counter({row[0]: row[1] for row in added}),
        superseded=tuple(from_json(record) for record in gone),
    )
