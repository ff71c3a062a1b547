"""PLOVER rows: who did what to whom, a row a pair of source and target, as event data are kept.

Only events with a PLOVER act have rows. A ship acted on stands as actor2 where no target is named.
The status and the speakers stand in every row: what was only threatened, denied or claimed is in
the table, and can be told from what a source asserts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from masthead import codes
from masthead.model import Actor, Event, TextSpan, Vessel
from masthead.views.export import columns
from masthead.views.export.columns import Row
from masthead.views.export.content import Content
from masthead.views.export.csv_table import write_rows
from masthead.views.export.flat import speakers
from masthead.views.export.provenance import cells


def write_events(events: Iterable[Event], out: TextIO) -> None:
    """Events alone, without a case."""
    write_rows(columns.PLOVER, (row for event in events for row in plover_rows(event)), out)


def write(content: Content, what: frozenset[str], out: TextIO) -> None:
    """The acts of a case."""

    def rows() -> Iterator[Row]:
        for event in content.counted("events", content.events):
            more = {"outlet": content.outlet_of(event)} | cells(
                content, content.marked.on(event.id)
            )
            for row in plover_rows(event):
                yield row | more

    write_rows(columns.PLOVER | columns.OUTLET | columns.PROVENANCE, rows(), out)


def plover_rows(event: Event) -> Iterator[Row]:
    """An event as the columns of `columns.PLOVER`; none for an event without an act."""
    if event.act is None:
        return
    place = event.place
    first = event.time.earliest if event.time else None
    text = next((e for e in event.evidence if isinstance(e, TextSpan)), None)
    common: Row = {
        "event_id": event.id, "date": first and f"{first:%Y-%m-%d}",
        "event_type": event.act, "mode": event.mode, "context": " ".join(event.context),
        "quad": codes.acts()[event.act].quad, "cameo": event.cameo, "status": str(event.status),
        "reported_by": speakers(event),
        "place": place and place.text, "lat": place and place.lat, "lon": place and place.lon,
        "source_document": text and text.document, "text": text and text.text,
    }  # fmt: skip
    sources: tuple[Actor | None, ...] = event.sources or (None,)
    targets: tuple[Actor | Vessel | None, ...] = event.targets or event.objects or (None,)
    for one in sources:
        for two in targets:
            yield {**common, **_party("actor1", one), **_party("actor2", two)}


def _party(prefix: str, who: Actor | Vessel | None) -> Row:
    if who is None:
        return {}
    return {
        prefix: who.name or who.text,
        f"{prefix}_country": who.country if isinstance(who, Actor) else who.flag,
        f"{prefix}_sector": who.sector if isinstance(who, Actor) else None,
    }
