"""How far from shore a place is, and whether it is well inland.

From NASA's GLOBE 1 km land mask as `global-land-mask` ships it, brought to cells of two arc minutes
(two nautical miles of latitude). The mask is read row by row, never whole (it takes 930 MB), and
the small grid is kept in the user's cache folder.
"""

from __future__ import annotations

import importlib.util
import math
import os
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import zstandard

from masthead.tracks.kernels import EARTH_RADIUS_M, Flags, Floats, distance_m, kernel

CELLS_A_DEGREE = 30
_ROWS, _COLUMNS = 180 * CELLS_A_DEGREE, 360 * CELLS_A_DEGREE
_MASK_ROWS, _MASK_COLUMNS = 21_600, 43_200
_FINE = _MASK_ROWS // _ROWS
"""Mask rows and columns in a cell."""
SOME, ALL = 1, 2
"""A cell's value is the sum: some of it is land, all of it is land."""
NM_M = 1852.0


def shore_distance_nm(lat: Floats, lon: Floats, *, up_to_nm: float = 60.0) -> Floats:
    """Nautical miles to the nearest cell with land, good to about 1.5; `up_to_nm` where there is
    none as near as that."""
    found: Floats = _distances(
        np.asarray(lat, np.float64), np.asarray(lon, np.float64), grid(), up_to_nm * NM_M
    )
    return found / NM_M


def is_inland(lat: Floats, lon: Floats) -> Flags:
    """Whether a place and the cells around it (two nautical miles each way) are all land: no
    harbour, river mouth or canal of any width."""
    found: Flags = _inland(np.asarray(lat, np.float64), np.asarray(lon, np.float64), grid())
    return found


@cache
def grid() -> npt.NDArray[np.uint8]:
    """The cells, from south to north and from 180° W eastward."""
    kept = _cache_file()
    size = _ROWS * _COLUMNS
    try:
        content = zstandard.ZstdDecompressor().decompress(kept.read_bytes(), max_output_size=size)
        if len(content) == size:
            return np.frombuffer(content, np.uint8).reshape(_ROWS, _COLUMNS)
    except (OSError, zstandard.ZstdError):
        pass
    cells = _reduce_mask()
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        beside.write_bytes(zstandard.compress(cells.tobytes(), 3))
        beside.replace(kept)
    except OSError:
        return cells
    return cells


def _cache_file() -> Path:
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "masthead" / "shore-2-minutes-v1.zst"


def _reduce_mask() -> npt.NDArray[np.uint8]:
    found = importlib.util.find_spec("global_land_mask")
    assert found is not None
    assert found.origin is not None
    cells = np.zeros((_ROWS, _COLUMNS), np.uint8)
    mask = Path(found.origin).with_name("globe_combined_mask_compressed.npz")
    with zipfile.ZipFile(mask) as archive, archive.open("mask.npy") as stream:
        np.lib.format.read_magic(stream)
        np.lib.format.read_array_header_1_0(stream)
        for row in range(_ROWS):
            strip = np.frombuffer(stream.read(_FINE * _MASK_COLUMNS), np.bool_)
            land = ~strip.reshape(_FINE, _COLUMNS, _FINE)
            some, every = land.any(axis=(0, 2)), land.all(axis=(0, 2))
            cells[_ROWS - 1 - row] = some.astype(np.uint8) * SOME + every.astype(np.uint8) * ALL
    return cells


@kernel
def _distances(lat: Floats, lon: Floats, cells: npt.NDArray[np.uint8], up_to_m: float) -> Floats:
    rows, columns = cells.shape
    per = rows / 180.0
    height = math.radians(1.0 / per) * EARTH_RADIUS_M
    out = np.empty(lat.size, np.float64)
    for i in range(lat.size):
        row = min(rows - 1, max(0, int((lat[i] + 90.0) * per)))
        column = int(((lon[i] + 180.0) % 360.0) * per) % columns
        best = up_to_m
        step = 0
        while (step - 1) * height < best and step <= rows:
            for side in range(2 if step > 0 else 1):
                r = row + (step if side == 0 else -step)
                if r < 0 or r >= rows:
                    continue
                middle = (r + 0.5) / per - 90.0
                width = height * max(math.cos(math.radians(middle)), 1e-6)
                reach = min(int(best / width) + 1, columns // 2)
                for across in range(reach + 1):
                    hit = False
                    for way in range(2 if across > 0 else 1):
                        c = (column + (across if way == 0 else -across)) % columns
                        if cells[r, c] > 0:
                            d = distance_m(lat[i], lon[i], middle, (c + 0.5) / per - 180.0)
                            if step == 0 and across == 0:
                                d = 0.0
                            if d < best:
                                best = d
                                hit = True
                    if hit:
                        break
            step += 1
        out[i] = best
    return out


@kernel
def _inland(lat: Floats, lon: Floats, cells: npt.NDArray[np.uint8]) -> Flags:
    rows, columns = cells.shape
    per = rows / 180.0
    out = np.empty(lat.size, np.bool_)
    for i in range(lat.size):
        row = min(rows - 1, max(0, int((lat[i] + 90.0) * per)))
        column = int(((lon[i] + 180.0) % 360.0) * per) % columns
        inland = True
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(column - 1, column + 2):
                if cells[r, c % columns] < 2:
                    inland = False
        out[i] = inland
    return out
