"""What a detector hands over: a table of findings, and the events made of them.

A findings table has the columns of `FINDING`, and beside them any measurements of the detector's
own, units in the name; those become the `details` of the event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, cast

import polars as pl

from masthead.geo import NAUTICAL_MILE_M as NM_M
from masthead.model import Event, Interval, Place, Scalar, Sense, TrackSpan, Vessel
from masthead.tracks.identity import flag_of
from masthead.tracks.otherwise import Otherwise
from masthead.tracks.ship_types import ship_class

FINDING: dict[str, pl.DataType] = {
    "incident": pl.String(),
    "mmsi": pl.UInt32(),
    "others": pl.List(pl.UInt32()),
    "start": pl.Datetime("ms", "UTC"),
    "end": pl.Datetime("ms", "UTC"),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
    "radius_m": pl.Float64(),
    "where": pl.String(),
    "confidence": pl.Float64(),
}
"""`others` are the other ships of the event; `where` names the zone, line or port, if any. `end` is
null for what goes on when the positions end."""

POSITION_RADIUS_M = 100.0
"""How far off an AIS position may be: the standard's accuracy flag only tells under from over
10 m; a GNSS fix without corrections is good to some tens of metres, and antennas are on ships of
up to 400 m."""


def findings(
    incident: str,
    mmsi: pl.Series,
    start: pl.Series,
    end: pl.Series,
    lat: object,
    lon: object,
    *,
    confidence: object,
    radius_m: object = POSITION_RADIUS_M,
    where: object = None,
    others: object = None,
    **measurements: object,
) -> pl.DataFrame:
    """A findings table from columns; single values are repeated."""
    given = {
        "incident": incident, "mmsi": mmsi, "others": others, "start": start, "end": end,
        "lat": lat, "lon": lon, "radius_m": radius_m, "where": where, "confidence": confidence,
    }  # fmt: skip
    height = len(mmsi)
    columns = [_column(name, given[name], height, kind) for name, kind in FINDING.items()]
    columns += [_column(name, value, height, None) for name, value in measurements.items()]
    return pl.DataFrame(columns)


def _column(name: str, value: object, height: int, kind: pl.DataType | None) -> pl.Series:
    if value is None or isinstance(value, (str, int, float)):
        return pl.Series(name, [value] * height, dtype=kind)
    found = pl.Series(name, cast(Iterable[Any], value))
    return found if kind is None else found.cast(kind)


def no_findings() -> pl.DataFrame:
    """A findings table without rows."""
    return pl.DataFrame(schema=FINDING)


def to_events(
    table: pl.DataFrame,
    identities: Mapping[int, list[dict[str, Any]]],
    tell: Callable[[dict[str, Any]], str],
    otherwise: Otherwise,
) -> list[Event]:
    """The findings as events, with what the ships called themselves at the time."""
    return [_event(row, identities, tell, otherwise) for row in table.iter_rows(named=True)]


def _event(
    row: dict[str, Any],
    identities: Mapping[int, list[dict[str, Any]]],
    tell: Callable[[dict[str, Any]], str],
    otherwise: Otherwise,
) -> Event:
    ships = [row["mmsi"], *(row["others"] or ())]
    details: dict[str, Scalar | list[Scalar]] = {
        name: _plain(value)
        for name, value in row.items()
        if name not in FINDING and value is not None
    }
    vessels = tuple(_vessel(mmsi, identities.get(mmsi, []), row["start"]) for mmsi in ships)
    details["otherwise"] = otherwise(row, vessels)
    return Event(
        sense=Sense.TRACK,
        incident=row["incident"],
        objects=vessels,
        time=Interval(earliest=row["start"], latest=row["end"], precision="second"),
        place=Place(
            text=row["where"], lat=round(row["lat"], 6), lon=round(row["lon"], 6),
            radius_m=round(row["radius_m"], 1),
        ),
        evidence=tuple(
            TrackSpan(mmsi=m, start=row["start"], end=row["end"] or row["start"]) for m in ships
        ),
        confidence=row["confidence"],
        why=tell(row),
        details=details,
    )  # fmt: skip


def _plain(value: object) -> Scalar | list[Scalar]:
    if isinstance(value, float):
        return round(value, 3) if abs(value) < 1e6 else value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, list):
        return [v for v in map(_plain, value) if not isinstance(v, list)]
    if isinstance(value, (bool, int, str)):
        return value
    return str(value)


def _vessel(mmsi: int, said: list[dict[str, Any]], when: datetime) -> Vessel:
    """The ship under its last known name at the time, or failing that its first after."""
    before = [s for s in said if s["first"] <= when]
    known: dict[str, Any] = {}
    for field in ("name", "imo", "call_sign", "ship_type"):
        values = [s[field] for s in reversed(before) if s[field] is not None]
        values += [s[field] for s in said if s[field] is not None]
        known[field] = values[0] if values else None
    return Vessel(
        text=known["name"] or f"MMSI {mmsi}",
        subtype=ship_class(known["ship_type"]),
        name=known["name"],
        imo=known["imo"],
        call_sign=known["call_sign"],
        mmsi=mmsi,
        flag=flag_of(mmsi),
    )


__all__ = ["FINDING", "NM_M", "POSITION_RADIUS_M", "findings", "no_findings", "to_events"]
