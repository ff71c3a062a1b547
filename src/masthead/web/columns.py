"""Events by columns, in memory: what filters, the histogram and the search look at.

One row an event, in the ledger's order (by time, undated ones last). `first` and `last` are
milliseconds since 1970; `west` to `north` bound its place in degrees; `text` is all of its words,
`in_…` those of a field (`wanted.FIELDS`), folded, for searching.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from masthead.model import Event, TextSpan, TrackSpan, to_json
from masthead.web.event_words import countries, searched
from masthead.web.wanted import FIELDS, column

SCHEMA: dict[str, pl.DataType] = {
    "row": pl.UInt32(),
    "id": pl.String(),
    "sense": pl.String(),
    "act": pl.String(),
    "incident": pl.String(),
    "status": pl.String(),
    "first": pl.Int64(),
    "last": pl.Int64(),
    "countries": pl.List(pl.String()),
    "ships": pl.List(pl.UInt32()),
    "documents": pl.List(pl.String()),
    "west": pl.Float64(),
    "south": pl.Float64(),
    "east": pl.Float64(),
    "north": pl.Float64(),
    **{column(name): pl.String() for name in (None, *FIELDS)},
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class EventTable:
    """The events, their records as JSON, their columns (`SCHEMA`), and the row of each id."""

    events: tuple[Event, ...]
    records: tuple[str, ...]
    frame: pl.DataFrame
    rows: dict[str, int]

    def get(self, event_id: str) -> Event | None:
        """The event of an id."""
        row = self.rows.get(event_id)
        return None if row is None else self.events[row]

    def records_of(self, ids: Iterable[str]) -> list[str]:
        """The records of those ids that are there, in the order given."""
        return [self.records[row] for i in ids if (row := self.rows.get(i)) is not None]


def milliseconds(moment: datetime) -> int:
    """A moment in milliseconds since 1970."""
    return round((moment - _EPOCH).total_seconds() * 1000)


def moment(ms: float) -> str:
    """Milliseconds since 1970 as ISO 8601."""
    at = datetime.fromtimestamp(ms / 1000, UTC)
    return at.isoformat(timespec="milliseconds" if ms % 1000 else "seconds").replace("+00:00", "Z")


def tabulate(events: Iterable[Event], outlets: Mapping[str, str]) -> EventTable:
    """The table of the events, in their order. `outlets` names the outlet of a document."""
    kept = tuple(events)
    frame = pl.DataFrame(
        [_row(number, event, outlets) for number, event in enumerate(kept)],
        schema=SCHEMA, orient="row",
    )  # fmt: skip
    return EventTable(kept, tuple(map(to_json, kept)), frame, {e.id: n for n, e in enumerate(kept)})


def _row(number: int, event: Event, outlets: Mapping[str, str]) -> tuple[Any, ...]:
    time = event.time
    first, last = (time.earliest, time.latest) if time else (None, None)
    return (
        number, event.id, str(event.sense), event.act, event.incident, str(event.status),
        milliseconds(first) if first else None, milliseconds(last) if last else None,
        sorted(set(countries(event))), sorted(ships_of(event)),
        sorted({p.document for p in event.evidence if isinstance(p, TextSpan)}),
        *_bounds(event), *searched(event, outlets).values(),
    )  # fmt: skip


def ships_of(event: Event) -> set[int]:
    """The MMSIs of an event's ships and of the tracks that show it."""
    named = {v.mmsi for v in event.objects if v.mmsi is not None}
    return named | {p.mmsi for p in event.evidence if isinstance(p, TrackSpan)}


def geometry_of(event: Event) -> dict[str, Any] | None:
    """Where an event was, as GeoJSON: the area or line that is drawn, else the point."""
    place = event.place
    if place is None or place.geometry is not None:
        return place.geometry if place else None
    return None if place.lat is None else {"type": "Point", "coordinates": [place.lon, place.lat]}


def _bounds(event: Event) -> tuple[float | None, float | None, float | None, float | None]:
    place = event.place
    if place is None:
        return None, None, None, None
    if place.geometry is not None:
        points = list(_points(place.geometry))
        if points:
            lons, lats = [p[0] for p in points], [p[1] for p in points]
            return min(lons), min(lats), max(lons), max(lats)
    return place.lon, place.lat, place.lon, place.lat


def _points(value: Any) -> Iterator[tuple[float, float]]:
    if isinstance(value, dict):
        yield from _points(value.get("coordinates") or value.get("geometries") or [])
    elif isinstance(value, (list, tuple)):
        if len(value) >= 2 and isinstance(value[0], (int, float)):
            yield float(value[0]), float(value[1])
        else:
            for part in value:
                yield from _points(part)
