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
def near_pairs(
    step: Longs, lat: Floats, lon: Floats, name: Longs, order: Longs, keys: Longs, radius_m: float
) -> tuple[Longs, Longs]:
    """The pairs of points (a, b as indexes, `name[a] < name[b]`) of the same step within
    `radius_m`. `keys` are the cell keys of size `radius_m`, sorted, and `order` the points in
    that order."""
    room = 1024
    left = np.empty(room, np.int64)
    right = np.empty(room, np.int64)
    found = 0
    n = order.size
    for i in range(n):
        p = order[i]
        a = math.radians(lat[p])
        b = math.radians(lon[p])
        x = math.floor(EARTH_RADIUS_M * math.cos(a) * math.cos(b) / radius_m)
        y = math.floor(EARTH_RADIUS_M * math.cos(a) * math.sin(b) / radius_m)
        z = math.floor(EARTH_RADIUS_M * math.sin(a) / radius_m)
        for dx in range(-1, 2):
            for dy in range(-1, 2):
                for dz in range(-1, 2):
                    key = mix(x + dx, y + dy, z + dz, step[p])
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
                        if name[q] <= name[p] or step[q] != step[p]:
                            continue
                        if distance_m(lat[p], lon[p], lat[q], lon[q]) > radius_m:
                            continue
                        if found == room:
                            room *= 2
                            left = np.concatenate((left, np.empty_like(left)))
                            right = np.concatenate((right, np.empty_like(right)))
                        left[found] = p
                        right[found] = q
                        found += 1
    return left[:found], right[:found]


def pairs_within(
    step: Longs, lat: Floats, lon: Floats, name: Longs, radius_m: float
) -> tuple[Longs, Longs]:
    """The pairs of differently named points of the same step within `radius_m` of each other, as
    indexes (a, b) with `name[a] < name[b]`. Keys of two cubes may be alike by chance; a pair is
    still given once."""
    keys = cell_keys(lat, lon, step, radius_m)
    order = np.argsort(keys, kind="stable")
    left, right = near_pairs(step, lat, lon, name, order, keys[order], radius_m)
    both = np.unique(np.stack([left, right], axis=1), axis=0)
    return both[:, 0], both[:, 1]


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


class PlaceIndex:
    """Places that can be asked for the nearest within `radius_m`."""

    def __init__(self, lat: Floats, lon: Floats, radius_m: float) -> None:
        self.lat, self.lon, self.radius_m = lat, lon, radius_m
        keys = cell_keys(lat, lon, np.zeros(lat.size, np.int64), radius_m)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def nearest(self, lat: Floats, lon: Floats) -> tuple[Longs, Floats]:
        """Of each point the index of the nearest place (-1 if none is in reach), and metres."""
        found: tuple[Longs, Floats] = nearest(
            lat, lon, self.lat, self.lon, self._order, self._keys, self.radius_m
        )
        return found

    def near(self, lat: Floats, lon: Floats) -> Flags:
        """Whether any place is in reach."""
        return self.nearest(lat, lon)[0] >= 0
