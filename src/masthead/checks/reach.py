"""Could the ship have been there then? The space–time prism between its positions.

Between two positions a ship can only have been where both lie within its top speed's reach
(Hägerstrand 1970; Pfoser and Jensen 1999). A place is a circle, a time an interval: the ship
reaches it if there is a moment of the interval at which the nearest point of the circle is within
reach from the position before and to the position after. Distances are great circles: land only
makes ways longer, so a place that is out of reach here is out of reach.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.checks.sightings import Floats, Sighting, distances_nm
from masthead.geo import NAUTICAL_MILE_M, bearing_deg

MARGIN = 1.15
"""The class's usual top speed may be surpassed with a following sea or by a light ship."""

TOP_KN = {
    "tanker": 17.0, "cargo ship": 24.0, "container ship": 26.0, "fishing vessel": 16.0,
    "passenger ship": 34.0, None: 27.0,
}  # fmt: skip
"""Top speeds by class, knots: the upper end of service speeds in each trade."""


@dataclass(frozen=True)
class Reach:
    """How far a ship was from being there: `short_nm` it would have had to be nearer (0: it could
    have been there), when it came `nearest` (hours since 1970) and how near (`nearest_nm`), where
    it was from the place (`bearing`, degrees), and the silence around that moment."""

    short_nm: float
    nearest_nm: float
    nearest: float
    bearing: float
    silence_h: float
    speed_kn: float


def reach(
    sighting: Sighting, lat: float, lon: float, radius_m: float, first: float, last: float,
    *, speed_kn: float,
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
    best: tuple[float, float, int] | None = None
    if track.t[0] > first:  # before it was first heard it may have come from anywhere
        best = _better(best, max(0.0, away[0] - speed * (track.t[0] - first)), first, 0)
    if track.t[-1] < last:
        best = _better(best, max(0.0, away[-1] - speed * (last - track.t[-1])), last,
                       track.t.size - 1)  # fmt: skip
    for i in range(track.t.size):
        if first <= track.t[i] <= last:
            best = _better(best, away[i], float(track.t[i]), i)
        if i + 1 < track.t.size:
            a, b = max(first, track.t[i]), min(last, track.t[i + 1])
            if a <= b:
                best = _better(best, *_between(track, away, i, a, b, speed), i)
    if best is None:
        return None
    short, moment, i = best
    j = min(i + 1, track.t.size - 1)
    near = i if away[i] <= away[j] else j
    return Reach(
        short_nm=float(short), nearest_nm=float(away[near]), nearest=moment,
        bearing=bearing_deg(lat, lon, float(track.lat[near]), float(track.lon[near])),
        silence_h=float(track.t[j] - track.t[i]), speed_kn=speed,
    )  # fmt: skip


def _between(
    track: Sighting, away: Floats, i: int, a: float, b: float, speed: float
) -> tuple[float, float]:
    """The least shortfall between two positions, and when: where the reach from before and the
    reach to after are equally short, or at an end."""
    t0, t1 = float(track.t[i]), float(track.t[i + 1])
    even = (t0 + t1) / 2 + (float(away[i]) - float(away[i + 1])) / (2 * speed)
    moment = min(max(even, a), b)
    short = max(0.0, float(away[i]) - speed * (moment - t0),
                float(away[i + 1]) - speed * (t1 - moment))  # fmt: skip
    return short, moment


def _better(
    best: tuple[float, float, int] | None, short: float, moment: float, i: int
) -> tuple[float, float, int]:
    if best is None or short < best[0]:
        return short, moment, i
    return best
