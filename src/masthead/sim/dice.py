"""Chance that only its keys decide, so that how a play is cut into stretches changes nothing."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def hashed(seed: int, a: int, b: int, c: int) -> float:
    """A number in [0, 1) that only its keys decide (splitmix64), so that what happens to a message
    does not depend on what else was computed before it."""
    z = np.uint64(seed)
    for key in (a, b, c):
        z = (z ^ np.uint64(key)) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) / 9007199254740992.0
