"""When a ship sends its position: the reporting intervals of AIS.

Class A (ITU-R M.1371-5, Annex 1, table 1): 3 minutes at anchor or moored and not faster than
3 knots, else 10 seconds up to 14 knots, 6 up to 23, 2 above; while changing course 3 1/3, 2 and 2
seconds. Class B of the "carrier sense" kind (table 2), which fishing boats carry: 3 minutes up to
2 knots, 30 seconds above.

A ship changes course when its heading is more than 5 degrees off the mean of its last 30 seconds
(Annex 2, on the changed reporting interval). In a turn at a steady rate that mean is 15 seconds
old, so the threshold is 20 degrees a minute.

Class A sends within a tenth of the interval round its nominal instant, for it must find a free slot
(the selection interval is 0.2 of the nominal increment), but no more than two seconds off: in
real data the three-minute reports of ships at rest keep to the second or two. Class B within
a sixth, 5 seconds at most.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from masthead.sim.dice import hashed

CLASS_A, CLASS_B = 0, 1
AT_ANCHOR, MOORED = 1, 5
MINUTE_MS = 60_000
TURNING_DEG_MIN = 20.0


@njit(cache=True)
def interval_ms(kind: int, status: int, sog_kn: float, rot_deg_min: float) -> float:
    """Milliseconds between the nominal instants of two position reports of a ship."""
    if kind == CLASS_B:
        return 180_000.0 if sog_kn <= 2.0 else 30_000.0
    if status in (AT_ANCHOR, MOORED) and sog_kn <= 3.0:
        return 180_000.0
    turning = abs(rot_deg_min) > TURNING_DEG_MIN
    if sog_kn <= 14.0:
        return 10_000.0 / 3.0 if turning else 10_000.0
    if sog_kn <= 23.0:
        return 2_000.0 if turning else 6_000.0
    return 2_000.0


@njit(cache=True)
def shifted_ms(kind: int, interval: float, dice: float) -> float:
    """How far from its nominal instant a report is sent; `dice` is uniform in [0, 1)."""
    share = min(interval / 6.0, 5_000.0) if kind == CLASS_B else min(0.1 * interval, 2_000.0)
    return (2.0 * dice - 1.0) * share


@njit(cache=True)
def hashed_normal(seed: int, a: int, b: int, c: int) -> float:
    """A standard normal number that only its keys decide (Box and Muller)."""
    one = 1.0 - hashed(seed, a, b, c)
    two = hashed(seed, a, b, c + 1_000)
    return math.sqrt(-2.0 * math.log(one)) * math.cos(2.0 * math.pi * two)


@njit(cache=True)
def report_rates(
    minute: Any, kind: Any, on: Any, status: Any, sog: Any, rot: Any, rate: Any
) -> None:
    """Add to `rate` the reports that all ships send in each minute of the stretch."""
    for i in range(minute.size):
        if on[i]:
            rate[minute[i]] += MINUTE_MS / interval_ms(kind[i], status[i], sog[i], rot[i])
