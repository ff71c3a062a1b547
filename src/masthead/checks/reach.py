"""Could the ship have been there then? The space–time prism between its positions.

Between two positions a ship can only have been where both lie within its top speed's reach
(Hägerstrand 1970; Pfoser and Jensen 1999). A place is a circle, a time an interval: the ship
reaches it if there is a moment of the interval at which the nearest point of the circle is within
reach from the position before and to the position after. Distances are great circles first: land
only makes ways longer, so a place that is out of reach by them is out of reach. A ship that was far
away on all sides of a silence is asked again by sea, around land (`seaways`), by distances that no
way is shorter than.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.checks.seaways import sea_distances_nm
from masthead.checks.sightings import Floats, Sighting, distances_nm
from masthead.geo import NAUTICAL_MILE_M, bearing_deg

MARGIN = 1.15
"""The class's usual top speed may be surpassed with a following sea or by a light ship."""

FAR_NM = 20.0
"""A ship that was heard nearer than this is not asked for its way around land."""

TOP_KN = {
    "tanker": 17.0, "cargo ship": 24.0, "container ship": 26.0, "fishing vessel": 16.0,
    "passenger ship": 34.0, None: 27.0,
}  # fmt: skip
"""Top speeds by class, knots: the upper end of service speeds in each trade."""


@dataclass(frozen=True)
class Reach:
    """How far a ship was from being there: `short_nm` it would have had to be nearer (0: it could
    have been there), when it came `nearest` (hours since 1970) and how near (`nearest_nm`), where
    both were (`place` and `ship`: degrees north and east), and the silence around that moment.
    `by_sea`: only land lies between that and its being there."""

    short_nm: float
    nearest_nm: float
    nearest: float
    place: tuple[float, float]
    ship: tuple[float, float]
    silence_h: float
    speed_kn: float
    by_sea: bool = False

    @property
    def bearing(self) -> float:
        """Where the ship was from the place, degrees."""
        return bearing_deg(*self.place, *self.ship)


def reach(
    sighting: Sighting, lat: float, lon: float, radius_m: float, first: float, last: float,
    *, speed_kn: float, around_land: bool = False,
) -> Reach | None:  # fmt: skip
    """The reach of a ship to a place between two moments (hours since 1970); None if it was not
    heard near enough in time to say anything (no position before or after)."""
    track = sighting.between(first, last)
    if track.t.size == 0:
        return None
    speed = speed_kn * MARGIN
    away = np.maximum(
        0.0, distances_nm(lat, lon, track.lat, track.lon) - radius_m / NAUTICAL_MILE_M
    )
    best = _least(track, away, first, last, speed)
    if best is None:
        return None
    by_sea = False
    if around_land and best[0] == 0.0 and float(away.min()) > FAR_NM:
        away = sea_distances_nm(lat, lon, radius_m / NAUTICAL_MILE_M, track.lat, track.lon)
        found = _least(track, away, first, last, speed)
        if found is not None and found[0] > 0.0:
            best, by_sea = found, True
    short, moment, i = best
    j = min(i + 1, track.t.size - 1)
    near = i if away[i] <= away[j] else j
    return Reach(
        short_nm=float(short), nearest_nm=float(away[near]), nearest=moment,
        place=(lat, lon), ship=(float(track.lat[near]), float(track.lon[near])),
        silence_h=float(track.t[j] - track.t[i]), speed_kn=speed, by_sea=by_sea,
    )  # fmt: skip


def _least(
    track: Sighting, away: Floats, first: float, last: float, speed: float
) -> tuple[float, float, int] | None:
    """The least by which the place was out of reach, when, and after which position: before the
    first position and after the last, where it may have come from or gone anywhere; at a position;
    and between two, where the reach from before and the reach to after are equally short, or at an
    end of the time told."""
    found: list[tuple[float, float, int]] = []
    if track.t[0] > first:
        found.append((max(0.0, float(away[0]) - speed * float(track.t[0] - first)), first, 0))
    if track.t[-1] < last:
        short = max(0.0, float(away[-1]) - speed * float(last - track.t[-1]))
        found.append((short, last, track.t.size - 1))
    inside = np.flatnonzero(track.inside(first, last))
    if inside.size:
        i = int(inside[np.argmin(away[inside])])
        found.append((float(away[i]), float(track.t[i]), i))
    t0, t1 = track.t[:-1], track.t[1:]
    a, b = np.maximum(first, t0), np.minimum(last, t1)
    legs = np.flatnonzero(a <= b)
    if legs.size:
        t0, t1, a, b = t0[legs], t1[legs], a[legs], b[legs]
        before, after = away[legs], away[legs + 1]
        even = (t0 + t1) / 2 + (before - after) / (2 * speed)
        moments = np.clip(even, a, b)
        shorts = np.maximum(0.0, np.maximum(before - speed * (moments - t0),
                                            after - speed * (t1 - moments)))  # fmt: skip
        k = int(np.argmin(shorts))
        found.append((float(shorts[k]), float(moments[k]), int(legs[k])))
    return min(found, key=lambda item: item[0], default=None)
