"""Land and water on a grid of about one kilometre, without holding it in memory.

NASA's GLOBE mask as `global-land-mask` ships it takes 930 MB unpacked. Here it is kept as
bits in a file of the user's cache folder (117 MB), which the system maps: only what is asked for is
read. Rows go from north to south, columns from 180° W eastward, 120 a degree.
"""

from __future__ import annotations

import importlib.util
import os
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from masthead.kept import folder

ROWS, COLUMNS = 21_600, 43_200
A_DEGREE = 120

Bits = npt.NDArray[np.uint8]


def is_water(lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Whether places (degrees) lie on water. A harbour basin may count as land."""
    north = np.asarray(lat, np.float64)
    east = np.asarray(lon, np.float64)
    row = np.clip(np.floor((90.0 - north) * A_DEGREE).astype(np.int64), 0, ROWS - 1)
    column = np.floor(((east + 180.0) % 360.0) * A_DEGREE).astype(np.int64) % COLUMNS
    byte = _bits()[row, column >> 3]
    return np.asarray((byte >> (7 - (column & 7)).astype(np.uint8)) & 1, np.bool_)


@cache
def _bits() -> Bits:
    """The grid, eight columns a byte, a set bit for water; made on first use (some seconds)."""
    kept = _cache_file()
    size = ROWS * COLUMNS // 8
    try:
        if kept.stat().st_size == size:
            return np.memmap(kept, np.uint8, "r", shape=(ROWS, COLUMNS // 8))
    except OSError:
        pass
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        with beside.open("wb") as file:
            for strip in _strips():
                file.write(strip.tobytes())
        beside.replace(kept)
        return np.memmap(kept, np.uint8, "r", shape=(ROWS, COLUMNS // 8))
    except OSError:  # no cache folder to write to: hold it in memory
        return np.concatenate(list(_strips()))


def _strips() -> Iterator[Bits]:
    """The shipped mask as bits, a hundred rows at a time, read without unpacking the whole."""
    found = importlib.util.find_spec("global_land_mask")
    assert found is not None
    assert found.origin is not None
    mask = Path(found.origin).with_name("globe_combined_mask_compressed.npz")
    with zipfile.ZipFile(mask) as archive, archive.open("mask.npy") as stream:
        np.lib.format.read_magic(stream)
        np.lib.format.read_array_header_1_0(stream)
        for _ in range(ROWS // 100):
            strip = np.frombuffer(stream.read(100 * COLUMNS), np.bool_).reshape(100, COLUMNS)
            yield np.packbits(strip, axis=1)


def _cache_file() -> Path:
    return folder() / "water-1-km-v1.bits"
