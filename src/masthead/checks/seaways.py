"""How far it is by sea, never told too far.

A ship cannot sail over land, so a place behind a peninsula is further than the great circle says.
What is wanted is a distance that no sea way is shorter than, because on it rests that a report is
contradicted. It is found on a grid of cells of a mile and a half, and made safe in four ways:

- A cell counts as water if the one-kilometre grid has any water within `WIDEN` cells of it: land
  narrower than twice that, closed straits and river mouths do not stand in the way. Canals are cut;
  lakes are no sea.
- Of the shortest way from cell to cell (16 directions) only the share `_share` is told. Cut a true
  way into pieces of `PIECE` cells: each piece's chord lies in the widened water, and the grid
  follows a chord with at most 1/cos(g/2) of its length, g the widest gap between two directions,
  and 1.5 cells of rounding. So the grid's way is at most that much longer than the true one.
- A way out of the grid and back is at least twice its margin: no more than that is told.
- Where the grid finds no way at all (a lake, a river), nothing but the great circle is told.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from masthead import codes
from masthead.checks.sightings import Floats, distances_nm
from masthead.landmask import A_DEGREE as PIXELS
from masthead.landmask import is_water

CELL_PX = 3
"""Rows of the one-kilometre grid in a cell: a fortieth of a degree."""
CELL_DEG = CELL_PX / PIXELS
PIECE = 12
WIDEN = PIECE // 2 + 1
LEAST_SEA = 2_000
"""Square kilometres, about: a smaller water without a way to the sea on that grid is a lake."""
MARGIN_DEG = 5.0
"""How far the grid goes beyond the place and the positions that are asked about."""
WIDEST_DEG = 30.0
"""A larger grid is not made; the great circle is told."""
SHORTEST_DEGREE_NM = 110_500.0 / 1852.0
"""A degree of latitude is nowhere shorter."""
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1))

Bits = npt.NDArray[np.bool_]


def sea_distances_nm(
    lat: float, lon: float, radius_nm: float, lats: Floats, lons: Floats
) -> Floats:
    """From positions at sea to the nearest point of a circle: nautical miles that no way by sea is
    shorter than; the great circle where the grid knows no better."""
    direct = np.maximum(0.0, distances_nm(lat, lon, lats, lons) - radius_nm)
    east = (lons - lon + 180.0) % 360.0 - 180.0
    south, north = float(min(lats.min(), lat)), float(max(lats.max(), lat))
    west, right = float(min(east.min(), 0.0)), float(max(east.max(), 0.0))
    if max(north - south, right - west) > WIDEST_DEG or max(abs(south), abs(north)) > 75.0:
        return direct
    grid = _grid(
        *(
            _outward(v, up)
            for v, up in ((south, False), (north, True), (lon + west, False), (lon + right, True))
        )
    )
    ways = grid.ways_nm(lat, lon, radius_nm)
    found = ways[grid.rows(lats), grid.columns(lons)]
    edge = np.minimum(
        grid.to_edge_nm(lats, lons)
        + grid.to_edge_nm(np.array([lat]), np.array([lon]))[0]
        - radius_nm,
        np.inf,
    )
    told = np.where(np.isfinite(found), np.minimum(found, edge), 0.0)
    return np.asarray(np.maximum(direct, told), np.float64)


def _outward(value: float, up: bool) -> float:
    """A bound of the grid: the margin further, at a multiple of five: grids are shared."""
    step = 5.0
    if up:
        return (math.floor(value / step) + 1) * step + MARGIN_DEG
    return (math.ceil(value / step) - 1) * step - MARGIN_DEG


@dataclass(frozen=True)
class Grid:
    """Water, widened, on a box of cells; row 0 in the south, column 0 in the west."""

    south: float
    west: float
    wide_deg: float
    water: Bits

    def rows(self, lats: Floats) -> npt.NDArray[np.int64]:
        """The rows of latitudes."""
        return np.floor((lats - self.south) / CELL_DEG).astype(np.int64)

    def columns(self, lons: Floats) -> npt.NDArray[np.int64]:
        """The columns of longitudes."""
        return np.floor(((lons - self.west) % 360.0) / self.wide_deg).astype(np.int64)

    @property
    def lats(self) -> Floats:
        """The latitudes of the middles of the rows."""
        middles = np.arange(self.water.shape[0], dtype=np.float64) + 0.5
        return np.asarray(self.south + CELL_DEG * middles, np.float64)

    @property
    def lons(self) -> Floats:
        """The longitudes of the middles of the columns."""
        middles = np.arange(self.water.shape[1], dtype=np.float64) + 0.5
        return np.asarray(self.west + self.wide_deg * middles, np.float64)

    def to_edge_nm(self, lats: Floats, lons: Floats) -> Floats:
        """How far positions are at least from the edge of the grid."""
        high, wide = CELL_DEG * self.water.shape[0], self.wide_deg * self.water.shape[1]
        up = lats - self.south
        along = (lons - self.west) % 360.0
        shrink = math.cos(math.radians(max(abs(self.south), abs(self.south + high))))
        least = np.minimum(np.minimum(up, high - up), shrink * np.minimum(along, wide - along))
        return np.asarray(least * SHORTEST_DEGREE_NM, np.float64)

    def ways_nm(self, lat: float, lon: float, radius_nm: float) -> Floats:
        """From every cell to the circle: no more than any sea way; infinite where there is none."""
        from scipy.sparse.csgraph import dijkstra

        lats, lons = np.meshgrid(self.lats, self.lons, indexing="ij")
        diagonal = 1.5 * CELL_DEG * SHORTEST_DEGREE_NM
        away = distances_nm(lat, lon, lats.ravel(), lons.ravel())
        start = np.flatnonzero((away <= radius_nm + diagonal) & self.water.ravel())
        if not start.size:
            return np.full(self.water.shape, np.inf)
        ways = dijkstra(self.graph, directed=False, indices=start, min_only=True)
        told = self.share * ways - 2.0 * diagonal
        return np.asarray(told.reshape(self.water.shape), np.float64)

    @property
    def share(self) -> float:
        """What share of a way on the grid no true way is shorter than."""
        ends = np.radians([self.south, self.south + CELL_DEG * self.water.shape[0]])
        widest = 0.0
        for squeeze in np.cos(np.r_[ends, 0.0] if ends[0] * ends[1] < 0 else ends):
            angles = sorted(
                math.atan2(n, e * squeeze * self.wide_deg / CELL_DEG) % math.pi for n, e in STEPS
            )
            gaps = np.diff([*angles, angles[0] + math.pi])
            widest = max(widest, float(gaps.max()))
        follows = math.cos(widest / 2.0)
        return follows / (1.0 + 1.5 * follows / PIECE)

    @property
    def graph(self) -> object:
        """The steps between cells of water, with their lengths in nautical miles."""
        return _graph(self)

    def __hash__(self) -> int:
        return hash((self.south, self.west, self.water.shape))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grid) and (self.south, self.west, self.water.shape) == (
            other.south, other.west, other.water.shape
        )  # fmt: skip


@lru_cache(maxsize=4)
def _graph(grid: Grid) -> object:
    from scipy.sparse import coo_matrix

    high, wide = grid.water.shape
    number = np.arange(high * wide).reshape(high, wide)
    squeeze = np.cos(np.radians(np.abs(grid.lats) + CELL_DEG))  # of the edge away from the equator
    a, b, far = [], [], []
    for up, right in STEPS:
        left, cut = max(0, -right), wide - max(0, right)
        one = (slice(0, high - up), slice(left, cut))
        two = (slice(up, high), slice(left + right, cut + right))
        open_ = grid.water[one] & grid.water[two]
        least = np.minimum(squeeze[: high - up], squeeze[up:])
        length = np.hypot(up * CELL_DEG, right * least * grid.wide_deg) * SHORTEST_DEGREE_NM
        a.append(number[one][open_])
        b.append(number[two][open_])
        far.append(np.broadcast_to(length[:, None], open_.shape)[open_])
    shape = (high * wide, high * wide)
    return coo_matrix((np.concatenate(far), (np.concatenate(a), np.concatenate(b))), shape).tocsr()


@lru_cache(maxsize=8)
def _grid(south: float, north: float, west: float, east: float) -> Grid:
    """The grid of a box. A cell is water if the one-kilometre grid, or a canal, has any near it."""
    from scipy.ndimage import label, maximum_filter

    square = math.cos(math.radians((south + north) / 2.0))
    columns = max(CELL_PX, round(CELL_PX / square))  # pixels a cell is wide, so that it is square
    high = round((north - south) / CELL_DEG)
    wide = math.ceil((east - west) * PIXELS / columns)
    lats = south + (np.arange(high * CELL_PX) + 0.5) / PIXELS
    lons = west + (np.arange(wide * columns) + 0.5) / PIXELS
    waters, count = label(is_water(lats[:, None], lons[None, :]), np.ones((3, 3)))
    seas = np.bincount(waters.ravel(), minlength=count + 1) >= LEAST_SEA
    for rim in (waters[0], waters[-1], waters[:, 0], waters[:, -1]):
        seas[rim] = True  # it goes on beyond the grid
    seas[0] = False
    water = seas[waters].reshape(high, CELL_PX, wide, columns).any(axis=(1, 3))
    for points in _canals():
        for one, two in itertools.pairwise(points):
            for part in np.linspace(0.0, 1.0, 99):
                lat, lon = (x + part * (y - x) for x, y in zip(one, two, strict=True))
                row = math.floor((lat - south) / CELL_DEG)
                column = math.floor(((lon - west) % 360.0) * PIXELS / columns)
                if 0 <= row < high and 0 <= column < wide:
                    water[row, column] = True
    widened = maximum_filter(water, size=2 * WIDEN + 1)
    return Grid(south, west, columns / PIXELS, np.asarray(widened, np.bool_))


def _canals() -> list[list[tuple[float, float]]]:
    return [
        [(float(lat), float(lon)) for lat, lon in (p.split() for p in row["points"].split("|"))]
        for row in codes.rows("canals.csv")
    ]
