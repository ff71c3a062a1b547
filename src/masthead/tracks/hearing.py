"""Who was heard when and where, told in a few rows.

What reception is judged by (`reception`, `losses`) asks for the hours in which ships were heard in
cells of a quarter of a degree or whole degrees. Of a ship that stays in one such cell for an hour,
one position says as much as twenty.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.kernels import Flags, Floats, Longs, kernel
from masthead.tracks.segment import milliseconds

HOUR_MS = 3_600_000
CELLS_A_DEGREE = 4


def first_heard(positions: pl.DataFrame) -> pl.DataFrame:
    """Of positions in the order of ships and time, the first of each stretch in which a ship was in
    one quarter-degree cell in one hour: mmsi, t, lat, lon."""
    if not positions.height:
        return positions.select("mmsi", "t", "lat", "lon")
    new = _first(
        positions["mmsi"].to_numpy(), milliseconds(positions),
        positions["lat"].to_numpy(), positions["lon"].to_numpy(),
    )  # fmt: skip
    return positions.select("mmsi", "t", "lat", "lon").filter(pl.Series(new))


@kernel
def _first(mmsi: npt.NDArray[np.uint32], t: Longs, lat: Floats, lon: Floats) -> Flags:
    new = np.empty(t.size, np.bool_)
    cell = np.int64(0)
    hour = np.int64(0)
    for i in range(t.size):
        before, hour_before = cell, hour
        row = np.int64(math.floor((lat[i] + 90.0) * CELLS_A_DEGREE))
        cell = row * 10_000 + np.int64(math.floor((lon[i] + 180.0) * CELLS_A_DEGREE))
        hour = t[i] // HOUR_MS
        new[i] = i == 0 or mmsi[i] != mmsi[i - 1] or hour != hour_before or cell != before
    return new
