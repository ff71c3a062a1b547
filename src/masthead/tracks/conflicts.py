"""Identity conflicts: one MMSI that is two ships at the same time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def interleaved(segment: npt.NDArray[Any], min_switches: int) -> set[frozenset[int]]:
    """The pairs of segments, of one ship's positions in the order of time, between which it
    switches `min_switches` times or more."""
    changes = np.flatnonzero(segment[1:] != segment[:-1])
    counts: dict[frozenset[int], int] = {}
    for i in changes.tolist():
        pair = frozenset((int(segment[i]), int(segment[i + 1])))
        counts[pair] = counts.get(pair, 0) + 1
    return {pair for pair, count in counts.items() if count >= min_switches}
