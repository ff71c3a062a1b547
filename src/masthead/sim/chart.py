"""The chart's kernels: clear water between two points, distance to the nearest marked cell, and
the cheapest ways over the sea to one place.

Each works on a grid whose row 0 is the southernmost; a cell's value stands for its middle.
"""

from __future__ import annotations

import heapq
import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Longs = NDArray[np.int64]

STEPS = np.array(
    [
        (0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1),
        (1, 2), (2, 1), (1, -2), (2, -1), (-1, 2), (-2, 1), (-1, -2), (-2, -1),
    ],
    np.int64,
)  # fmt: skip
"""The sixteen moves from a cell: eight to the neighbours, eight of a knight. With them a way over
the grid is at most 3 % longer than the straight line."""


@njit(cache=True)
def clear(
    water: Flags, south: float, west: float, cell: float,
    lat1: float, lon1: float, lat2: float, lon2: float,
) -> bool:  # fmt: skip
    """Whether the straight line between two points is on water cells all the way (looked at
    every half cell)."""
    rows, columns = water.shape
    steps = int(max(abs(lat2 - lat1), abs(lon2 - lon1)) / cell * 2.0) + 1
    for k in range(steps + 1):
        row = int((lat1 + (lat2 - lat1) * k / steps - south) / cell)
        column = int((lon1 + (lon2 - lon1) * k / steps - west) / cell)
        if row < 0 or column < 0 or row >= rows or column >= columns or not water[row, column]:
            return False
    return True


@njit(cache=True)
def distance_to(marked: Flags, height_nm: float, width_nm: Floats) -> Floats:
    """Nautical miles from each cell to the nearest marked one, by two sweeps of a chamfer
    (Borgefors 1986); `width_nm` is the width of a cell in each row. Within 8 % of the truth."""
    rows, columns = marked.shape
    far = np.full((rows, columns), 1e9)
    for r in range(rows):
        for c in range(columns):
            if marked[r, c]:
                far[r, c] = 0.0
    for turn in range(2):
        for rr in range(rows):
            r = rr if turn == 0 else rows - 1 - rr
            back = r - 1 if turn == 0 else r + 1
            wide = width_nm[r]
            slant = math.hypot(wide, height_nm)
            for cc in range(columns):
                c = cc if turn == 0 else columns - 1 - cc
                side = c - 1 if turn == 0 else c + 1
                best = far[r, c]
                if 0 <= side < columns:
                    best = min(best, far[r, side] + wide)
                if 0 <= back < rows:
                    best = min(best, far[back, c] + height_nm)
                    if c > 0:
                        best = min(best, far[back, c - 1] + slant)
                    if c < columns - 1:
                        best = min(best, far[back, c + 1] + slant)
                far[r, c] = best
    return far


@njit(cache=True)
def ways_to(
    cost: Floats, height_nm: float, width_nm: Floats, goal: int, steps: Longs, start: int
) -> tuple[Floats, Longs]:
    """Dijkstra from one cell over cells of finite cost per nautical mile: the cost of the way from
    each cell to it, and the number of the next cell on that way (-1 at the place itself and where
    there is no way). With a cell `start` (not -1) only until the way from there is known."""
    rows, columns = cost.shape
    far = np.full(rows * columns, np.inf)
    onward = np.full(rows * columns, -1, np.int64)
    far[goal] = 0.0
    queue = [(0.0, goal)]
    while len(queue) > 0:
        here, cell = heapq.heappop(queue)
        if here > far[cell]:
            continue
        if cell == start:
            break
        r, c = cell // columns, cell % columns
        for k in range(steps.shape[0]):
            dr, dc = steps[k, 0], steps[k, 1]
            r2, c2 = r + dr, c + dc
            if r2 < 0 or c2 < 0 or r2 >= rows or c2 >= columns or np.isinf(cost[r2, c2]):
                continue
            if k >= 4:  # a slanting move must not cut a corner of land
                if k < 8:
                    if np.isinf(cost[r + dr, c]) or np.isinf(cost[r, c + dc]):
                        continue
                else:
                    hr, hc = int(dr / 2), int(dc / 2)
                    if np.isinf(cost[r + hr, c + hc]) or np.isinf(cost[r2 - hr, c2 - hc]):
                        continue
            length = math.hypot(dr * height_nm, dc * width_nm[r])
            there = here + length * 0.5 * (cost[r, c] + cost[r2, c2])
            other = r2 * columns + c2
            if there < far[other]:
                far[other] = there
                onward[other] = cell
                heapq.heappush(queue, (there, other))
    return far, onward
