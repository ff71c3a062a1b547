"""The tracks of an incident's ships around its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import polars as pl
from pydantic import BaseModel

from masthead.judgement import Incident, Verdict
from masthead.web.columns import moment
from masthead.web.tracks import Look, Tracks

BEFORE_AND_AFTER = timedelta(hours=24)
LONGEST = timedelta(days=5)
MOST_POSITIONS = 5000


class TrackArrays(BaseModel):
    """Positions of one ship, array by array: times, degrees, knots, degrees true; null where it
    is not told."""

    t: list[str]
    lat: list[float]
    lon: list[float]
    sog: list[float | None]
    cog: list[float | None]


def time_of(incident: Incident) -> tuple[datetime, datetime] | None:
    """From when to when the incident may have been: as told, else the four days before the first
    report of it."""
    time = incident.time
    if time is not None and (time.earliest or time.latest):
        first, last = time.earliest or time.latest, time.latest or time.earliest
        assert first is not None
        assert last is not None
        return first, last
    told = [s.told_at for s in incident.steps if s.told_at is not None]
    return (min(told) - timedelta(days=4), min(told)) if told else None


def around(
    tracks: Tracks, ships: Sequence[int], incident: Incident, verdict: Verdict
) -> dict[str, TrackArrays]:
    """The tracks of these ships a day before to a day after the incident, by MMSI."""
    when = time_of(incident)
    if when is None or not ships:
        return {}
    first, last = when[0] - BEFORE_AND_AFTER, when[1] + BEFORE_AND_AFTER
    last = min(last, first + LONGEST)
    rows, _ = tracks.look(
        Look(first=first, last=last, ships=tuple(ships)), MOST_POSITIONS * len(ships)
    )
    return {
        str(mmsi): _arrays(part) for (mmsi,), part in rows.group_by("mmsi", maintain_order=True)
    }


def _arrays(rows: pl.DataFrame) -> TrackArrays:
    def rounded(name: str, digits: int) -> list[float]:
        return rows[name].cast(pl.Float64).round(digits).to_list()

    return TrackArrays(
        t=[moment(ms) for ms in rows["t"].dt.epoch("ms")],
        lat=rounded("lat", 5), lon=rounded("lon", 5),
        sog=rounded("sog", 1), cog=rounded("cog", 1),
    )  # fmt: skip
