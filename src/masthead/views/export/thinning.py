"""Fewer points for the same track: at no moment is the thinned track further off than a tolerance.

Top-down time-ratio thinning (Meratnia and de By, 2004, doi:10.1007/978-3-540-24741-8_44): of a
stretch of track the position is kept that lies furthest from where the ship would be at that moment
on the straight line from the stretch's start to its end at constant speed; then the same in both
halves, until none lies further than the tolerance. A ship that stops and goes on the same way
keeps its stop, which thinning by shape alone (Douglas and Peucker) loses.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from masthead.tracks.kernels import EARTH_RADIUS_M, Flags, Floats, Longs, kernel

METRES_A_DEGREE = math.radians(1.0) * EARTH_RADIUS_M


@kernel
def kept(t: Longs, lat: Floats, lon: Floats, tolerance_m: float) -> Flags:
    """Which positions of one track to keep: the ends, and what the tolerance asks for. `t` in
    milliseconds, rising; `lon` without jumps (it may go past 180)."""
    n = t.size
    keep = np.zeros(n, np.bool_)
    if n == 0:
        return keep
    keep[0] = keep[n - 1] = True
    starts, ends = np.empty(n, np.int64), np.empty(n, np.int64)
    starts[0], ends[0] = 0, n - 1
    waiting = 1
    while waiting > 0:
        waiting -= 1
        a, b = starts[waiting], ends[waiting]
        worst, at = 0.0, -1
        for i in range(a + 1, b):
            share = (t[i] - t[a]) / max(t[b] - t[a], 1)
            north = (lat[i] - lat[a] - share * (lat[b] - lat[a])) * METRES_A_DEGREE
            east = (lon[i] - lon[a] - share * (lon[b] - lon[a])) * METRES_A_DEGREE
            east *= math.cos(math.radians(lat[i]))
            off = math.hypot(north, east)
            if off > worst:
                worst, at = off, i
        if at >= 0 and worst > tolerance_m:
            keep[at] = True
            starts[waiting], ends[waiting] = a, at
            starts[waiting + 1], ends[waiting + 1] = at, b
            waiting += 2
    return keep


def unwrapped(lon: npt.NDArray[Any]) -> Floats:
    """Longitudes of one track without jumps: over the antimeridian they go on past 180."""
    return np.unwrap(lon.astype(np.float64), period=360.0)
