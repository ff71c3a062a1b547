"""Who was heard when and where, told in a few rows.

What reception is judged by (`reception`, `losses`) asks for the hours in which ships were heard in
cells of a quarter of a degree or whole degrees. Of a ship that stays in one such cell for an hour,
one position says as much as twenty.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from masthead.tracks.segment import milliseconds

HOUR_MS = 3_600_000
CELLS_A_DEGREE = 4


def first_heard(positions: pl.DataFrame) -> pl.DataFrame:
    """Of positions in the order of ships and time, the first of each stretch in which a ship was in
    one quarter-degree cell in one hour: mmsi, t, lat, lon."""
    if not positions.height:
        return positions.select("mmsi", "t", "lat", "lon")
    mmsi, hour = positions["mmsi"].to_numpy(), milliseconds(positions) // HOUR_MS
    row, column = (
        np.floor((positions[name].to_numpy() + half) * CELLS_A_DEGREE).astype(np.int64)
        for name, half in (("lat", 90.0), ("lon", 180.0))
    )
    new = np.ones(positions.height, np.bool_)
    new[1:] = False
    for values in (mmsi, hour, row, column):
        new[1:] |= values[1:] != values[:-1]
    return positions.select("mmsi", "t", "lat", "lon").filter(pl.Series(new))
