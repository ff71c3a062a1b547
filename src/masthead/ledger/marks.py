"""The analyst's own marks on what the ledger holds: acts of a person, with their time.

A mark says of an event, an incident, a ship or a document (`about`, by its id): `star`, `note` (a
text), `confirm` or `dispute`, or it rules on merging: `merge` (these are one incident) or `split`
(these are not). A mark is appended, chained by hash as every row; it is taken back by a further
act, and nothing is updated or deleted.

Ids of incidents change with their events, so a ruling is kept as groups of the events it was about
(`groups`): every event of one group is one incident with every event of the others (`merge`), or
none of one group is one with any of another (`split`). A later ruling on a pair of events stands
over an earlier one. Any other mark on an incident keeps the incident's events as its one group, so
that it is found again (`marked`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, select

from masthead.errors import LedgerError
from masthead.ledger import schema
from masthead.ledger.chain import Writer
from masthead.ledger.writing import stamp
from masthead.model import parse_utc

if TYPE_CHECKING:
    from masthead.ledger.store import Ledger

LONGEST_TEXT = 4000
MOST_EVENTS = 1000

Pair = tuple[str, str]


class MarkError(LedgerError):
    """A mark that cannot be made, as a note without text."""


class MarkKind(StrEnum):
    """What an analyst may say of a thing."""

    STAR = "star"
    NOTE = "note"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    MERGE = "merge"
    SPLIT = "split"


RULINGS = (MarkKind.MERGE, MarkKind.SPLIT)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One act of the analyst. `others` are the further ids that were named with `about`; `groups`
    the events that a ruling holds for, or those of the incident that is marked; `withdrawn_at` is
    when it was taken back, if it was."""

    id: int
    about: str
    kind: MarkKind
    made_at: datetime
    text: str | None = None
    others: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    withdrawn_at: datetime | None = None


def marks_of(ledger: Ledger, *, withdrawn: bool = False) -> list[Mark]:
    """The marks that stand, in the order they were made; with `withdrawn` also those taken back."""
    with ledger.reading() as connection:
        if not inspect(connection).has_table("marks"):  # a ledger of before there were marks
            return []
        m, w = schema.marks, schema.mark_withdrawals
        rows = connection.execute(
            select(m, w.c.recorded_at.label("withdrawn_at"))
            .join(w, w.c.mark_id == m.c.id, isouter=True)
            .order_by(m.c.id)
        ).all()
    return [
        Mark(
            id=row.id,
            about=row.about,
            kind=MarkKind(row.kind),
            made_at=parse_utc(row.made_at),
            text=row.text,
            others=tuple(json.loads(row.others)),
            groups=tuple(map(tuple, json.loads(row.groups))),
            withdrawn_at=parse_utc(row.withdrawn_at) if row.withdrawn_at else None,
        )
        for row in rows
        if withdrawn or row.withdrawn_at is None
    ]


def add_mark(
    ledger: Ledger,
    about: str,
    kind: MarkKind,
    *,
    text: str | None = None,
    others: Sequence[str] = (),
    groups: Sequence[Sequence[str]] = (),
) -> Mark:
    """Append a mark. Raises `MarkError` for a note without text, a text that is too long, and a
    ruling that sets no two events together or apart."""
    if kind is MarkKind.NOTE and not (text or "").strip():
        raise MarkError("a note needs a text")
    if len(text or "") > LONGEST_TEXT:
        raise MarkError(f"the text of a mark has at most {LONGEST_TEXT} characters")
    if kind in RULINGS:
        _check_groups(kind, groups)
    with ledger.writing() as connection:
        writer = Writer(connection)
        made_at = _now(connection)
        row = writer.add(
            schema.marks,
            about=about,
            kind=str(kind),
            text=text,
            others=json.dumps(list(others)),
            groups=json.dumps([list(g) for g in groups]),
            made_at=made_at,
        )
        writer.flush()
    return Mark(
        id=row, about=about, kind=kind, made_at=parse_utc(made_at), text=text,
        others=tuple(others), groups=tuple(map(tuple, groups)),
    )  # fmt: skip


def withdraw_mark(ledger: Ledger, mark_id: int) -> Mark:
    """Take a mark back by a further act; the mark as it now is. Taken back before, it stays so.
    Raises `LedgerError` for a mark that is not there."""
    known = {m.id: m for m in marks_of(ledger, withdrawn=True)}
    if mark_id not in known:
        raise LedgerError(f"{ledger.path}: there is no mark {mark_id}")
    if known[mark_id].withdrawn_at is None:
        w = schema.mark_withdrawals
        with ledger.writing() as connection:
            gone = connection.scalar(select(w.c.id).where(w.c.mark_id == mark_id))
            if gone is None:  # asked under the write lock: another may have been quicker
                writer = Writer(connection)
                writer.add(w, mark_id=mark_id, recorded_at=_now(connection))
                writer.flush()
    return next(m for m in marks_of(ledger, withdrawn=True) if m.id == mark_id)


def rulings(marks: Iterable[Mark]) -> tuple[list[Pair], list[Pair]]:
    """The pairs of events that the marks rule to be one incident, and those that are not."""
    same: set[Pair] = set()
    different: set[Pair] = set()
    for mark in sorted(marks, key=lambda m: m.id):
        if mark.withdrawn_at is not None:
            continue
        pairs = set(_pairs_across(mark.groups))
        if mark.kind is MarkKind.MERGE:
            same, different = same | pairs, different - pairs
        elif mark.kind is MarkKind.SPLIT:
            same, different = same - pairs, different | pairs
    return sorted(same), sorted(different)


def _check_groups(kind: MarkKind, groups: Sequence[Sequence[str]]) -> None:
    events = [e for group in groups for e in group]
    if len(events) > MOST_EVENTS:
        raise MarkError(f"a ruling holds for at most {MOST_EVENTS} events; this has {len(events)}")
    if not any(True for _ in _pairs_across(groups)):
        what = "together" if kind is MarkKind.MERGE else "apart"
        raise MarkError(f"a {kind} needs at least two events to set {what}")


def _pairs_across(groups: Sequence[Sequence[str]]) -> Iterable[Pair]:
    for one, two in combinations([sorted(set(g)) for g in groups], 2):
        for a in one:
            for b in two:
                if a != b:
                    yield (a, b) if a < b else (b, a)


def _now(connection: Connection) -> str:
    """The present, never before the mark or withdrawal recorded last."""
    latest = stamp(datetime.now(UTC))
    for clock in (schema.marks.c.made_at, schema.mark_withdrawals.c.recorded_at):
        newest = select(clock).order_by(clock.table.c.id.desc()).limit(1)
        latest = max(latest, connection.scalar(newest) or "")
    return latest
