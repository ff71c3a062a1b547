"""Points of many ships by cells of space and time, so that each cell can be searched alone for the
points that are near each other.

A cell is a stretch of steps and a cube of space (`cells`: no antimeridian, no poles). A point goes
to the cell that it is in, its home, and to every other from which it can be reached. Two points
near each other meet in the home of either; the pair belongs to the home of the first.
"""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.cells import cube_of
from masthead.tracks.kernels import Flags, Floats, Longs
from masthead.tracks.spill import BLOCK_STEPS

CELL_M = 150_000.0
"""Few points are near an edge, and the densest waters still fit in memory: 2,000 ships at once are
600,000 points of a day."""
_BITS = 15
_LEAST_CELL_M = 400.0
_NEAR_M = 1.0
"""Points this much farther than asked are brought along too: cubes are measured through the sea,
in floats."""


def by_cell(
    points: pl.DataFrame, reach_m: float, bridged: int, cell_m: float = CELL_M
) -> pl.DataFrame:
    """The points of some whole ships (`mmsi`, `step`, `lat`, `lon` and what else there is), once
    for each `cell` from which one is within `reach_m`. Added is `cut`, too: the ship changes cells
    so soon before or after (`bridged` steps) that what it does there with others may go on
    elsewhere (`company.company_pairs`)."""
    size = _size(reach_m, cell_m)
    block, place = _home(points, size)
    cube = np.floor(place).astype(np.int64)
    points = points.with_columns(pl.Series("cut", _changes(points, block, cube, bridged)))
    edge = (reach_m + _NEAR_M) / size
    within = place - cube
    found = []
    for offset in itertools.product((-1, 0, 1), repeat=3):
        there = np.ones(points.height, np.bool_)
        for axis, way in enumerate(offset):
            if way:
                there &= (within[:, axis] <= edge) if way < 0 else (within[:, axis] >= 1.0 - edge)
        rows = np.flatnonzero(there)
        name = _name(block[rows], cube[rows] + np.array(offset))
        found.append(points[rows].with_columns(pl.Series("cell", name, dtype=pl.Int64)))
    return pl.concat(found)


def home_of(step: Longs, lat: Floats, lon: Floats, reach_m: float, cell_m: float = CELL_M) -> Longs:
    """The cell that each of some places is in."""
    points = pl.DataFrame({"step": step, "lat": lat, "lon": lon})
    block, place = _home(points, _size(reach_m, cell_m))
    return _name(block, np.floor(place).astype(np.int64))


def _name(block: Longs, cube: npt.NDArray[np.int64]) -> Longs:
    """A block of steps and a cube in one number; cubes of 400 m or more are all different."""
    x, y, z = (cube + (1 << (_BITS - 1))).T
    name: Longs = (((block << _BITS | x) << _BITS | y) << _BITS) | z
    return name


def _size(reach_m: float, cell_m: float) -> float:
    return max(cell_m, _LEAST_CELL_M, 2.0 * (reach_m + _NEAR_M))


def _home(points: pl.DataFrame, size_m: float) -> tuple[Longs, Floats]:
    """The block of steps and the place, in cubes, of each point."""
    block = points["step"].to_numpy() // BLOCK_STEPS
    return block, cube_of(points["lat"].to_numpy(), points["lon"].to_numpy(), size_m)


def _changes(
    points: pl.DataFrame, block: Longs, cube: npt.NDArray[np.int64], bridged: int
) -> Flags:
    """Whether a point's ship has points in different cells within `bridged` steps of it."""
    if not points.height:
        return np.zeros(0, np.bool_)
    order = np.lexsort((points["step"].to_numpy(), points["mmsi"].to_numpy()))
    mmsi = points["mmsi"].to_numpy()[order].astype(np.int64)
    step = points["step"].to_numpy()[order]
    home = np.column_stack([block, cube])[order]
    apart = 4 * bridged + 1
    since = step - step.min()
    clock = np.cumsum(np.r_[0, mmsi[1:] != mmsi[:-1]]) * (int(since.max()) + apart) + since
    change = np.flatnonzero((home[1:] != home[:-1]).any(axis=1) & (mmsi[1:] == mmsi[:-1])) + 1
    moments = np.unique(np.r_[clock[change - 1], clock[change]])
    cut = np.zeros(points.height, np.bool_)
    if moments.size:
        after = np.searchsorted(moments, clock)
        before = np.maximum(after - 1, 0)
        after = np.minimum(after, moments.size - 1)
        near = np.minimum(np.abs(moments[after] - clock), np.abs(moments[before] - clock))
        cut[order] = near <= bridged
    return cut
