"""The world: where there is water, where the lanes are, and how to get from place to place.

Water is NASA's GLOBE 1 km grid (`landmask`), the one `geo.is_land` asks. Lanes
are the network of the `searoute` package: going within 3 nautical miles of one costs a fifth less,
so that ships gather there; going close to a coast costs more, so that they keep off. The way to a
place is the cheapest one over a grid of `CELL_DEG`, drawn straight where that is clear.
"""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import numpy as np

from masthead.landmask import is_water
from masthead.sim.chart import STEPS, Flags, Floats, Longs, clear, distance_to, ways_to

CELL_DEG = 1.0 / 40.0
"""A cell of the grid ships are routed on: 3 by 3 cells of the land mask."""
FINE_DEG = 1.0 / 120.0
LANE_NM, LANE_COST = 3.0, 0.8
SHY_NM = ((1.5, 6.0), (3.0, 2.5), (6.0, 1.4))
"""Within so far of a coast a mile costs so many."""
SMOOTH_DEG = 0.02
MAX_POINTS = 96


@dataclass(frozen=True)
class Place:
    """A port, gate or spot at sea that ships go to: its name, its point on navigable water, and
    the grid cell of that point."""

    name: str
    lat: float
    lon: float
    cell: int


@dataclass(frozen=True)
class World:
    """The region's chart. `water` is the fine grid, `cost` the routing grid (infinite on land),
    `main` the cells of it that hang together with the open sea."""

    west: float
    south: float
    water: Flags
    cost: Floats
    offshore_nm: Floats
    height_nm: float
    width_nm: Floats
    main: Flags
    _ways: dict[int, tuple[Floats, Longs]] = field(default_factory=dict)

    @cached_property
    def _cells(self) -> tuple[Longs, Longs]:
        """The rows and the columns of the main sea's cells."""
        rows, columns = np.nonzero(self.main)
        return rows, columns

    @property
    def columns(self) -> int:
        return int(self.cost.shape[1])

    def cell_of(self, lat: float, lon: float) -> int:
        """The routing cell of a point, clamped into the region."""
        rows, columns = self.cost.shape
        r = min(max(int((lat - self.south) / CELL_DEG), 0), rows - 1)
        c = min(max(int((lon - self.west) / CELL_DEG), 0), columns - 1)
        return int(r * columns + c)

    def middle(self, cell: int) -> tuple[float, float]:
        """The point in the middle of a routing cell."""
        r, c = divmod(cell, self.columns)
        return self.south + (r + 0.5) * CELL_DEG, self.west + (c + 0.5) * CELL_DEG

    def is_water(self, lat: float, lon: float) -> bool:
        """Whether a point is on water, and in the region."""
        return self.is_clear(lat, lon, lat, lon)

    def is_clear(self, lat1: float, lon1: float, lat2: float, lon2: float) -> bool:
        """Whether the line between two points is on water all the way."""
        found: bool = clear(self.water, self.south, self.west, FINE_DEG, lat1, lon1, lat2, lon2)
        return found

    def offshore(self, lat: float, lon: float) -> float:
        """Nautical miles to the nearest coast."""
        r, c = divmod(self.cell_of(lat, lon), self.columns)
        return float(self.offshore_nm[r, c])

    def place(self, name: str, lat: float, lon: float) -> Place:
        """The place whose point is the navigable cell nearest to (lat, lon) of the main sea."""
        r, c = divmod(self.cell_of(lat, lon), self.columns)
        rows, columns = self._cells
        far = np.hypot((rows - r) * self.height_nm, (columns - c) * self.width_nm[r])
        best = int(np.argmin(far))
        cell = int(rows[best]) * self.columns + int(columns[best])
        return Place(name, *self.middle(cell), cell)

    def route(
        self, lat: float, lon: float, to: Place, *, offset_nm: float = 0.0
    ) -> list[tuple[float, float]]:
        """The points to sail through from (lat, lon) to a place, the start left out, `offset_nm` to
        starboard of the common line where there is room. Just the place's own point where the
        chart knows no way."""
        start = self._near_water(self.cell_of(lat, lon))
        _, onward = self._ways.get(to.cell) or self._search(to.cell, start)
        cell = start
        path = [(lat, lon)]
        while cell != to.cell and onward[cell] >= 0:
            cell = int(onward[cell])
            path.append(self.middle(cell))
        path[-1:] = [(to.lat, to.lon)] if len(path) > 1 else [(lat, lon), (to.lat, to.lon)]
        plain = self._straightened(path)
        if offset_nm:
            plain = self._shifted(plain, offset_nm)
        return plain[1:][:MAX_POINTS]

    def way_nm(self, lat: float, lon: float, to: Place) -> float:
        """How dear the way to a place is, in nautical miles of open sea (near its length)."""
        return float(self.learn(to.cell)[0][self._near_water(self.cell_of(lat, lon))])

    def learn(self, cell: int) -> tuple[Floats, Longs]:
        """The cost of the way from every cell to this one, and the next cell on it; kept, so for
        places that many ships go to."""
        if cell not in self._ways:
            self._ways[cell] = self._search(cell, -1)
        return self._ways[cell]

    def _search(self, goal: int, start: int) -> tuple[Floats, Longs]:
        found: tuple[Floats, Longs] = ways_to(
            self.cost, self.height_nm, self.width_nm, goal, STEPS, start
        )
        return found

    def _near_water(self, cell: int) -> int:
        """The cell itself, or the nearest (by rings) of the main sea."""
        rows, columns = self.cost.shape
        r, c = divmod(cell, columns)
        for ring in range(12):
            for dr, dc in itertools.product(range(-ring, ring + 1), repeat=2):
                r2, c2 = r + dr, c + dc
                on_ring = max(abs(dr), abs(dc)) == ring and 0 <= r2 < rows and 0 <= c2 < columns
                if on_ring and self.main[r2, c2]:
                    return int(r2 * columns + c2)
        return cell

    def _straightened(self, path: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """Douglas and Peucker's simplification (1973), undone wherever it would cross land."""
        points = np.array(path)
        keep = {0, len(path) - 1}
        todo = [(0, len(path) - 1)]
        while todo:
            a, b = todo.pop()
            if b - a < 2:
                continue
            middle = points[a + 1 : b] - points[a]
            way = points[b] - points[a]
            shrink = math.cos(math.radians(float(points[a, 0])))
            middle, way = middle * (1.0, shrink), way * (1.0, shrink)
            length = max(float(np.hypot(*way)), 1e-12)
            off = np.abs(middle[:, 0] * way[1] - middle[:, 1] * way[0]) / length
            k = int(np.argmax(off))
            if off[k] > SMOOTH_DEG or not self.is_clear(*path[a], *path[b]):
                keep.add(a + 1 + k)
                todo += [(a, a + 1 + k), (a + 1 + k, b)]
        return [path[k] for k in sorted(keep)]

    def _shifted(
        self, path: list[tuple[float, float]], offset_nm: float
    ) -> list[tuple[float, float]]:
        out = [path[0]]
        for k in range(1, len(path) - 1):
            (lat1, lon1), (lat, lon), (lat2, lon2) = path[k - 1 : k + 2]
            shrink = math.cos(math.radians(lat))
            north, east = lat2 - lat1, (lon2 - lon1) * shrink
            length = max(math.hypot(north, east), 1e-9)
            room = min(abs(offset_nm), max(0.0, self.offshore(lat, lon) - 2.5))
            off = math.copysign(room, offset_nm) / 60.0
            moved = (lat - off * east / length, lon + off * north / length / shrink)
            out.append(moved if self.is_clear(*out[-1], *moved) else (lat, lon))
        out.append(path[-1])
        if all(self.is_clear(*a, *b) for a, b in itertools.pairwise(out)):
            return out
        return path


@lru_cache(maxsize=4)
def chart(region: tuple[float, float, float, float]) -> World:
    """The chart of a region, [west, south, east, north] degrees."""
    west, south, east, north = region
    rows = math.ceil((north - south) / CELL_DEG) * 3
    columns = math.ceil((east - west) / CELL_DEG) * 3
    lat = south + (np.arange(rows) + 0.5) * FINE_DEG
    lon = west + (np.arange(columns) + 0.5) * FINE_DEG
    grid = np.meshgrid(np.clip(lat, -90.0, 90.0), np.clip(lon, -180.0, 180.0), indexing="ij")
    water = np.ascontiguousarray(is_water(*grid))
    open_water: Flags = np.asarray(
        water.reshape(rows // 3, 3, columns // 3, 3).all(axis=(1, 3)), np.bool_
    )
    height_nm = CELL_DEG * 60.0
    middle = south + (np.arange(rows // 3) + 0.5) * CELL_DEG
    width_nm = height_nm * np.cos(np.radians(middle))
    offshore = distance_to(~open_water, height_nm, width_nm)
    cost = np.where(open_water, 1.0, np.inf)
    for within, factor in reversed(SHY_NM):
        cost = np.where(open_water & (offshore <= within), factor, cost)
    on_lane = np.zeros(open_water.shape, np.bool_)
    for a, b in _lane_legs():
        _mark(on_lane, west, south, a, b)
    near_lane = distance_to(on_lane, height_nm, width_nm) <= LANE_NM
    cost = np.where(near_lane & (offshore > SHY_NM[1][0]), cost * LANE_COST, cost)
    middle_sea = int(np.argmax(np.where(open_water, offshore, -1.0)))
    far, _ = ways_to(cost, height_nm, width_nm, middle_sea, STEPS, -1)
    main = np.isfinite(far.reshape(cost.shape))
    return World(west, south, water, cost, offshore, height_nm, width_nm, main)


def _mark(
    grid: Flags, west: float, south: float, a: tuple[float, float], b: tuple[float, float]
) -> None:
    steps = int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) / CELL_DEG * 2.0) + 1
    part = np.linspace(0.0, 1.0, steps + 1)
    c = np.floor((a[0] + (b[0] - a[0]) * part - west) / CELL_DEG).astype(np.int64)
    r = np.floor((a[1] + (b[1] - a[1]) * part - south) / CELL_DEG).astype(np.int64)
    inside = (r >= 0) & (c >= 0) & (r < grid.shape[0]) & (c < grid.shape[1])
    grid[r[inside], c[inside]] = True


@cache
def _lane_legs() -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The legs of searoute's network, as ((lon, lat), (lon, lat)); none over the antimeridian."""
    content = files("searoute").joinpath("data", "marnet_searoute.geojson").read_text("utf-8")
    legs = []
    for feature in json.loads(content)["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        for path in parts if geometry["type"] == "MultiLineString" else [parts]:
            for a, b in itertools.pairwise(path):
                if abs(a[0] - b[0]) < 180.0:
                    legs.append(((a[0], a[1]), (b[0], b[1])))
    return legs
