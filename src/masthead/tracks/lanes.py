"""Lanes: the network of sea routes of the `searoute` package (Apache-2.0), and how far it is along
them to a port.

The network has 9,700 nodes; its edges, great circles of some 45 nautical miles, keep off land. Each
edge is cut into points no more than 15 nautical miles apart. What is left to sail from a place is
the least, over the lane points near it, of the way to the point and the way along the lanes from
there. The Northwest Passage is left out, as `searoute` does, and the Corinth Canal (37.94° N,
22.98° E), which the network has as a sea route like any other: it takes no ship over 17.6 m of beam
or 7.3 m of draught, so that for most the way to Piraeus is round the Peloponnese.
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from masthead.tracks.kernels import Floats, Longs, distance_m, distances_m, kernel, turn_deg

NM_M = 1852.0
POINT_EVERY_NM = 15.0
REACH_NM = 120.0
"""Farther than this from every lane, nothing is told of the way."""
SLACK_NM = 30.0
"""Lane points up to this much farther than the nearest are ways to go on, too. More would
take lanes on the other side of an isthmus for ways."""
CELL_DEG = 2.0
_ROWS, _COLUMNS = int(180 / CELL_DEG), int(360 / CELL_DEG)
CLOSED = ("northwest",)
CANALS = ((37.94, 22.98),)
CANAL_NM = 3.0
"""An edge that comes so near to such a canal goes through it."""


@dataclass(frozen=True)
class Lanes:
    """The lanes' points in the order of their cells (`begin` tells where each cell's are), each
    with the nodes of its edge and how far along it lies."""

    lat: Floats
    lon: Floats
    begin: Longs
    ends: Longs
    off: Floats
    edge_nm: Floats
    node_lat: Floats
    node_lon: Floats
    neighbours: tuple[tuple[tuple[int, float], ...], ...]

    def from_port(self, lat: float, lon: float) -> Floats:
        """Nautical miles along the lanes from each point to a port."""
        size = self.node_lat.size
        near = distances_m(np.full(size, lat), np.full(size, lon), self.node_lat, self.node_lon)
        near /= NM_M
        far = np.where(near <= near.min() * 1.2 + 10.0, near, np.inf)
        queue = [(length, node) for node, length in enumerate(far.tolist()) if length < np.inf]
        heapq.heapify(queue)
        while queue:
            length, node = heapq.heappop(queue)
            if length > far[node]:
                continue
            for other, step in self.neighbours[node]:
                if length + step < far[other]:
                    far[other] = length + step
                    heapq.heappush(queue, (length + step, other))
        one, two = far[self.ends[:, 0]] + self.off, far[self.ends[:, 1]] + self.edge_nm - self.off
        found: Floats = np.minimum(one, two)
        return found


def remaining_nm(lat: Floats, lon: Floats, port_lat: float, port_lon: float) -> Floats:
    """Nautical miles by sea from each place to a port, NaN where no lane is in reach."""
    known = lanes()
    found: Floats = _remaining(
        lat, lon, known.lat, known.lon, known.begin, _from_port(port_lat, port_lon),
        port_lat, port_lon,
    )  # fmt: skip
    return found


def lane_distance_nm(lat: Floats, lon: Floats) -> Floats:
    """Nautical miles to the nearest lane point, NaN where none is in reach."""
    known = lanes()
    found: Floats = _nearest(lat, lon, known.lat, known.lon, known.begin)
    return found


@lru_cache(maxsize=256)
def _from_port(lat: float, lon: float) -> Floats:
    return lanes().from_port(lat, lon)


@cache
def lanes() -> Lanes:
    """The network, read once."""
    content = files("searoute").joinpath("data", "marnet_searoute.geojson").read_text("utf-8")
    number: dict[tuple[float, float], int] = {}
    links: list[list[tuple[int, float]]] = []
    lat: list[float] = []
    lon: list[float] = []
    rows: list[tuple[float, float, int, int, float, float]] = []
    for feature in json.loads(content)["features"]:
        if feature["properties"].get("passage") in CLOSED:
            continue
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        for path in parts if geometry["type"] == "MultiLineString" else [parts]:
            nodes = []
            for x, y in (point[:2] for point in path):
                key = (180.0 if x == -180.0 else x, y)
                if key not in number:
                    number[key] = len(number)
                    links.append([])
                    lon.append(key[0])
                    lat.append(y)
                nodes.append(number[key])
            for a, b in itertools.pairwise(nodes):
                length = distance_m(lat[a], lon[a], lat[b], lon[b]) / NM_M
                if _by_canal(lat[a], lon[a], lat[b], lon[b], length):
                    continue
                links[a].append((b, length))
                links[b].append((a, length))
                rows += _points(lat[a], lon[a], lat[b], lon[b], a, b, length)
    table = np.array(rows)
    cell = _cells(table[:, 0], table[:, 1])
    order = np.argsort(cell, kind="stable")
    table = table[order]
    begin = np.searchsorted(cell[order], np.arange(_ROWS * _COLUMNS + 1))
    columns = [np.ascontiguousarray(table[:, n]) for n in range(6)]
    return Lanes(
        columns[0], columns[1], begin.astype(np.int64), table[:, 2:4].astype(np.int64),
        columns[4], columns[5], np.array(lat), np.array(lon), tuple(map(tuple, links)),
    )  # fmt: skip


def _by_canal(lat1: float, lon1: float, lat2: float, lon2: float, length: float) -> bool:
    """Whether an edge goes through one of `CANALS`."""
    for lat, lon in CANALS:
        beside = min(lat1, lat2) > lat + 0.1 or max(lat1, lat2) < lat - 0.1
        if beside or min(lon1, lon2) > lon + 0.1 or max(lon1, lon2) < lon - 0.1:
            continue
        for k in np.linspace(0.0, 1.0, max(1, math.ceil(length)) + 1).tolist():
            there = lat1 + k * (lat2 - lat1), lon1 + k * (lon2 - lon1)
            if distance_m(*there, lat, lon) <= CANAL_NM * NM_M:
                return True
    return False


def _points(
    lat1: float, lon1: float, lat2: float, lon2: float, a: int, b: int, length: float
) -> list[tuple[float, float, int, int, float, float]]:
    pieces = max(1, math.ceil(length / POINT_EVERY_NM))
    east = turn_deg(lon2 - lon1)
    return [
        (
            lat1 + k / pieces * (lat2 - lat1), turn_deg(lon1 + k / pieces * east),
            a, b, k / pieces * length, length,
        )
        for k in range(pieces + 1)
    ]  # fmt: skip


def _cells(lat: Floats, lon: Floats) -> Longs:
    row = np.clip((lat + 90.0) / CELL_DEG, 0, _ROWS - 1).astype(np.int64)
    column = ((lon + 180.0) / CELL_DEG).astype(np.int64) % _COLUMNS
    return row * _COLUMNS + column


@kernel
def _around(lat: float) -> tuple[int, int, int]:
    """The first and last row of cells in reach of a latitude, and how many columns each way."""
    reach = REACH_NM / 60.0
    first = max(0, int((lat - reach + 90.0) / CELL_DEG))
    last = min(_ROWS - 1, int((lat + reach + 90.0) / CELL_DEG))
    shrink = max(0.02, math.cos(math.radians(min(89.0, abs(lat) + reach))))
    return first, last, min(_COLUMNS // 2 - 1, int(reach / shrink / CELL_DEG) + 1)


@kernel
def _nearest(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats, begin: Longs) -> Floats:
    out = np.full(lat.size, np.nan)
    for i in range(lat.size):
        first, last, wide = _around(lat[i])
        middle = int((lon[i] + 180.0) / CELL_DEG)
        best = REACH_NM
        for row in range(first, last + 1):
            for column in range(middle - wide, middle + wide + 1):
                c = row * _COLUMNS + column % _COLUMNS
                for q in range(begin[c], begin[c + 1]):
                    d = distance_m(lat[i], lon[i], to_lat[q], to_lon[q]) / NM_M
                    if d <= best:
                        best = d
                        out[i] = d
    return out


@kernel
def _remaining(
    lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats, begin: Longs, along: Floats,
    port_lat: float, port_lon: float,
) -> Floats:  # fmt: skip
    nearest = _nearest(lat, lon, to_lat, to_lon, begin)
    out = np.full(lat.size, np.nan)
    for i in range(lat.size):
        straight = distance_m(lat[i], lon[i], port_lat, port_lon) / NM_M
        best = straight if straight <= SLACK_NM else np.inf
        if nearest[i] == nearest[i]:
            first, last, wide = _around(lat[i])
            middle = int((lon[i] + 180.0) / CELL_DEG)
            for row in range(first, last + 1):
                for column in range(middle - wide, middle + wide + 1):
                    c = row * _COLUMNS + column % _COLUMNS
                    for q in range(begin[c], begin[c + 1]):
                        d = distance_m(lat[i], lon[i], to_lat[q], to_lon[q]) / NM_M
                        if d <= nearest[i] + SLACK_NM:
                            best = min(best, d + along[q])
        if best < np.inf:
            out[i] = best
    return out
