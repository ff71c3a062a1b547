"""Cells of space without seams: points on the sphere, in cubes.

A grid of latitude and longitude has an antimeridian and poles. Points as vectors from the Earth's
centre have neither: what is near in space is in the same cube of `size_m` or one that touches it.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from masthead.tracks.kernels import EARTH_RADIUS_M, Flags, Floats, Longs, distance_m, kernel


@kernel
def cell_keys(lat: Floats, lon: Floats, extra: Longs, size_m: float) -> npt.NDArray[np.int64]:
    """A key for each point's cube, with its `extra` (a time step) mixed in; not unique, so that
    whoever finds two points by key must look at the distance and the time."""
    out = np.empty((lat.size, 3), np.int64)
    keys = np.empty(lat.size, np.int64)
    for i in range(lat.size):
        a = math.radians(lat[i])
        b = math.radians(lon[i])
        out[i, 0] = math.floor(EARTH_RADIUS_M * math.cos(a) * math.cos(b) / size_m)
        out[i, 1] = math.floor(EARTH_RADIUS_M * math.cos(a) * math.sin(b) / size_m)
        out[i, 2] = math.floor(EARTH_RADIUS_M * math.sin(a) / size_m)
        keys[i] = mix(out[i, 0], out[i, 1], out[i, 2], extra[i])
    return keys


@kernel
def mix(x: int, y: int, z: int, extra: int) -> int:
    """Four numbers to one key."""
    key = np.int64(x) * np.int64(73_856_093)
    key ^= np.int64(y) * np.int64(19_349_663)
    key ^= np.int64(z) * np.int64(83_492_791)
    key ^= np.int64(extra) * np.int64(2_654_435_761)
    return int(key)


@kernel
def _cube(lat: float, lon: float, size_m: float) -> tuple[int, int, int]:
    """The cube of a point, its three numbers from 1."""
    a = math.radians(lat)
    b = math.radians(lon)
    middle = int(EARTH_RADIUS_M / size_m) + 2
    x = math.floor(EARTH_RADIUS_M * math.cos(a) * math.cos(b) / size_m) + middle
    y = math.floor(EARTH_RADIUS_M * math.cos(a) * math.sin(b) / size_m) + middle
    z = math.floor(EARTH_RADIUS_M * math.sin(a) / size_m) + middle
    return int(x), int(y), int(z)


@kernel
def cube_of(lat: Floats, lon: Floats, size_m: float) -> Floats:
    """Where each point is in space, in cubes of `size_m` from the Earth's centre: n x 3."""
    out = np.empty((lat.size, 3), np.float64)
    for i in range(lat.size):
        a = math.radians(lat[i])
        b = math.radians(lon[i])
        out[i, 0] = EARTH_RADIUS_M * math.cos(a) * math.cos(b) / size_m
        out[i, 1] = EARTH_RADIUS_M * math.cos(a) * math.sin(b) / size_m
        out[i, 2] = EARTH_RADIUS_M * math.sin(a) / size_m
    return out


@kernel
def packed_keys(step: Longs, lat: Floats, lon: Floats, size_m: float, bits: int) -> Longs:
    """Step and cube of each point in one number that sorts by step, x, y, z."""
    out = np.empty(step.size, np.int64)
    for i in range(step.size):
        x, y, z = _cube(lat[i], lon[i], size_m)
        out[i] = (((step[i] << bits | x) << bits | y) << bits) | z
    return out


@kernel
def swept_pairs(
    key: Longs, lat: Floats, lon: Floats, name: Longs, radius_m: float, bits: int
) -> tuple[Longs, Longs]:
    """The pairs of points (as indexes) of one step within `radius_m`, by sorted packed keys.

    A point's partners that come after it lie in its own cube or the next in z, or in one of four
    neighbouring columns of three cubes in z. As keys rise, so do the places where those begin: five
    pointers are moved on, and nothing is searched for.
    """
    room = 1024
    left = np.empty(room, np.int64)
    right = np.empty(room, np.int64)
    found = 0
    n = key.size
    y1 = np.int64(1) << bits
    x1 = y1 << bits
    column = np.array([0, y1, x1 - y1, x1, x1 + y1], np.int64)
    reach = math.degrees(radius_m / EARTH_RADIUS_M) * 1.000_001
    begin = np.zeros(5, np.int64)
    for p in range(n):
        for k in range(5):
            low = key[p] if k == 0 else key[p] + column[k] - 1
            high = key[p] + column[k] + 1
            q = max(begin[k], p + 1)
            while q < n and key[q] < low:
                q += 1
            begin[k] = q
            while q < n and key[q] <= high:
                near = abs(lat[p] - lat[q]) <= reach and name[p] != name[q]
                if near and distance_m(lat[p], lon[p], lat[q], lon[q]) <= radius_m:
                    if found == room:
                        room *= 2
                        left = np.concatenate((left, np.empty_like(left)))
                        right = np.concatenate((right, np.empty_like(right)))
                    left[found] = p
                    right[found] = q
                    found += 1
                q += 1
    return left[:found], right[:found]


LEAST_CUBE_M = 50.0
"""The numbers of smaller cubes leave no room for the step in a key."""


def pairs_within(
    step: Longs, lat: Floats, lon: Floats, name: Longs, radius_m: float
) -> tuple[Longs, Longs]:
    """The pairs of differently named points of the same step within `radius_m` of each other, as
    indexes (a, b) with `name[a] < name[b]`."""
    none = np.empty(0, np.int64)
    if not step.size:
        return none, none
    size_m = max(radius_m, LEAST_CUBE_M)
    bits = (2 * (int(EARTH_RADIUS_M / size_m) + 3)).bit_length()
    most = 1 << (62 - 3 * bits)
    since = step - step.min()
    found = [(none, none)]
    for block in range(0, int(since.max()) + 1, most):
        rows = np.flatnonzero((since >= block) & (since < block + most))
        key = packed_keys(since[rows] - block, lat[rows], lon[rows], size_m, bits)
        order = np.argsort(key, kind="stable")
        rows = rows[order]
        a, b = swept_pairs(key[order], lat[rows], lon[rows], name[rows], radius_m, bits)
        found.append((rows[a], rows[b]))
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    swap = name[left] > name[right]
    return np.where(swap, right, left), np.where(swap, left, right)


@kernel
def nearest(
    lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats, order: Longs, keys: Longs,
    radius_m: float,
) -> tuple[Longs, Floats]:  # fmt: skip
    """Of each point, the nearest of the places within `radius_m` (-1 if none) and its distance.
    `keys` are the places' sorted cell keys of size `radius_m` with extra 0, `order` the places in
    that order."""
    which = np.full(lat.size, -1, np.int64)
    far = np.full(lat.size, np.inf)
    n = order.size
    for i in range(lat.size):
        a = math.radians(lat[i])
        b = math.radians(lon[i])
        x = math.floor(EARTH_RADIUS_M * math.cos(a) * math.cos(b) / radius_m)
        y = math.floor(EARTH_RADIUS_M * math.cos(a) * math.sin(b) / radius_m)
        z = math.floor(EARTH_RADIUS_M * math.sin(a) / radius_m)
        for dx in range(-1, 2):
            for dy in range(-1, 2):
                for dz in range(-1, 2):
                    key = mix(x + dx, y + dy, z + dz, 0)
                    low = 0
                    high = n
                    while low < high:
                        mid = (low + high) // 2
                        if keys[mid] < key:
                            low = mid + 1
                        else:
                            high = mid
                    while low < n and keys[low] == key:
                        q = order[low]
                        low += 1
                        d = distance_m(lat[i], lon[i], to_lat[q], to_lon[q])
                        if d <= radius_m and d < far[i]:
                            far[i] = d
                            which[i] = q
    return which, far


COARSE = 4
"""Coarse cells a degree."""


def _coarse_cells(lat: Floats, lon: Floats, radius_m: float) -> Flags:
    """The cells of a quarter degree that have a point within `radius_m` of a place, or might."""
    out = np.zeros((180 * COARSE, 360 * COARSE), np.bool_)
    reach = math.degrees(radius_m / EARTH_RADIUS_M)
    for y, x in zip(lat.tolist(), lon.tolist(), strict=True):
        low = max(0, int((y - reach + 90.0) * COARSE))
        high = min(180 * COARSE - 1, int((y + reach + 90.0) * COARSE))
        farthest = min(89.9, abs(y) + reach)
        wide = min(180.0, reach / math.cos(math.radians(farthest)) + 1.0 / COARSE)
        first = math.floor((x - wide + 180.0) * COARSE)
        last = math.floor((x + wide + 180.0) * COARSE)
        out[low : high + 1, np.arange(first, last + 1) % (360 * COARSE)] = True
    return out


class PlaceIndex:
    """Places that can be asked for the nearest within `radius_m`."""

    def __init__(self, lat: Floats, lon: Floats, radius_m: float) -> None:
        self.lat, self.lon, self.radius_m = lat, lon, radius_m
        keys = cell_keys(lat, lon, np.zeros(lat.size, np.int64), radius_m)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self._coarse = _coarse_cells(lat, lon, radius_m)

    def nearest(self, lat: Floats, lon: Floats) -> tuple[Longs, Floats]:
        """Of each point the index of the nearest place (-1 if none is in reach), and metres."""
        found: tuple[Longs, Floats] = nearest(
            lat, lon, self.lat, self.lon, self._order, self._keys, self.radius_m
        )
        return found

    def near(self, lat: Floats, lon: Floats) -> Flags:
        """Whether any place is in reach. Most points lie in a coarse cell without any, and are
        told at once."""
        rows = np.clip((lat + 90.0) * COARSE, 0, 180 * COARSE - 1).astype(np.int64)
        columns = ((lon + 180.0) * COARSE).astype(np.int64) % (360 * COARSE)
        out = self._coarse[rows, columns]
        maybe = np.flatnonzero(out)
        out[maybe] = self.nearest(lat[maybe], lon[maybe])[0] >= 0
        return out
