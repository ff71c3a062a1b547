"""When and where each source puts an incident, and by how much a ship fell short of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from masthead.checks.reach import Reach, reach
from masthead.checks.sightings import Sighting, hours
from masthead.judgement import Incident
from masthead.model import Interval

DAY_SLACK = timedelta(hours=6)
"""A day that is told may be another in the ship's own time zone, or the night after."""


@dataclass(frozen=True)
class Shortfall:
    """By how much a ship fell short of a place between two moments (hours since 1970) that one
    source tells together; `between` says so of others."""

    reach: Reach
    first: float
    last: float
    between: Callable[[float, float], float]


def nearest_scene(incident: Incident, track: Sighting, top_kn: float) -> Shortfall | None:
    """Of the times and places that one source tells together, the one that falls short least: all
    must be out of reach for a contradiction. None without one."""
    found = []
    for scene in incident.scenes:
        bounds = bounds_of(scene.time)
        spot = scene.place
        if bounds is None or spot.lat is None or spot.lon is None:
            continue
        first, last = map(hours, bounds)
        place = spot.lat, spot.lon, spot.radius_m or 0.0

        told = reach(track, *place, first, last, speed_kn=top_kn, around_land=True)
        if told is not None:
            found.append(
                Shortfall(told, first, last, partial(_short_nm, track, place, top_kn, told.by_sea))
            )
    return min(found, key=lambda short: short.reach.short_nm, default=None)


def _short_nm(
    track: Sighting, place: tuple[float, float, float], top_kn: float, by_sea: bool,
    first: float, last: float,
) -> float:  # fmt: skip
    """By how much a ship fell short of a place at another time, asked by the same way."""
    could = reach(track, *place, first, last, speed_kn=top_kn, around_land=by_sea)
    return could.short_nm if could is not None else 0.0


def bounds_of(time: Interval | None) -> tuple[datetime, datetime] | None:
    """The first and last moment of a time, a day's with some slack; None for none."""
    if time is None or not (time.earliest or time.latest):
        return None
    first, last = time.earliest or time.latest, time.latest or time.earliest
    assert first is not None
    assert last is not None
    if (last - first) >= timedelta(hours=20):
        return first - DAY_SLACK, last + DAY_SLACK
    return first, last
