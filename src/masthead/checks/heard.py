"""Where and when any ship was heard: the cells of a quarter degree, hour by hour.

Two sorted columns of numbers, in which a question about a place and a time is a few binary
searches: made once for a case, and asked for each of its incidents.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

A_DEGREE = 4
ROWS, COLUMNS = 180 * A_DEGREE + 1, 360 * A_DEGREE
HOURS = 1 << 21
"""Hours since 1970 that a key has room for: until 2209."""

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Heard:
    """Each cell and hour in which a ship was heard, as `cell * HOURS + hour`: `hours` once each,
    sorted; `visits` once for each ship, sorted, with its MMSI in `mmsi`."""

    hours: Longs
    visits: Longs
    mmsi: Longs

    @classmethod
    def of(cls, positions: pl.LazyFrame) -> Heard:
        """Of positions (`t`, `lat`, `lon`, `mmsi`)."""
        row = ((pl.col("lat") + 90.0) * A_DEGREE).floor().cast(pl.Int64)
        column = ((pl.col("lon") + 180.0) * A_DEGREE).floor().cast(pl.Int64) % COLUMNS
        hour = pl.col("t").dt.epoch("s") // 3600
        found = (
            positions.select(((row * COLUMNS + column) * HOURS + hour).alias("key"), "mmsi")
            .unique()
            .sort("key", "mmsi")
            .collect()
        )
        keys = found["key"].to_numpy()
        return cls(np.unique(keys), keys, found["mmsi"].to_numpy().astype(np.int64))

    def count_hours(self, lat: float, lon: float, reach: int, begin: int, end: int) -> int:
        """In how many hours from `begin` to `end`, both included, a ship was heard in the cell of a
        place or at most `reach` cells from it."""
        row, column = _cell(lat, lon)
        cells = _cells(row - reach, row + reach, column - reach, column + reach)
        heard = np.zeros(end - begin + 1, np.bool_)
        heard[self.hours[_ranges(self.hours, cells, begin, end)] % HOURS - begin] = True
        return int(np.count_nonzero(heard))

    def ships(
        self, south: float, north: float, west: float, east: float, first: float, last: float
    ) -> list[int]:
        """The ships heard in the cells that a box of degrees touches, in the hours that two moments
        (hours since 1970) lie in, and between."""
        cells = _box(south, north, west, east)
        found = _ranges(self.visits, cells, math.floor(first), math.floor(last))
        return sorted(set(self.mmsi[found].tolist()))

    def ship_days(self, besides: Longs) -> ShipDays:
        """By cell the days on which ships were heard, those of some ships left out."""
        others = ~np.isin(self.mmsi, besides)
        keys = self.visits[others]
        days = keys - keys % HOURS + keys % HOURS // 24
        found = pl.DataFrame({"day": days, "mmsi": self.mmsi[others]}).unique().sort("day", "mmsi")
        return ShipDays(found["day"].to_numpy(), found["mmsi"].to_numpy())


@dataclass(frozen=True)
class ShipDays:
    """Each cell and day in which a ship was heard (`cell * HOURS + day`, sorted) and its MMSI."""

    days: Longs
    mmsi: Longs

    def count(self, south: float, north: float, west: float, east: float) -> int:
        """On how many days ships were heard in the cells that a box of degrees touches: one for
        each ship and day."""
        found = _ranges(self.days, _box(south, north, west, east), 0, HOURS - 1)
        return int(np.unique(self.mmsi[found] * HOURS + self.days[found] % HOURS).size)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    row = math.floor((max(-90.0, min(90.0, lat)) + 90.0) * A_DEGREE)
    return row, math.floor((lon + 180.0) * A_DEGREE) % COLUMNS


def _box(south: float, north: float, west: float, east: float) -> Longs:
    """The cells that a box of degrees touches."""
    low, left = _cell(south, west)
    high, right = _cell(north, east)
    return _cells(low, high, left, right + (COLUMNS if right < left else 0))


def _cells(low: int, high: int, left: int, right: int) -> Longs:
    rows = np.arange(max(0, low), min(ROWS - 1, high) + 1, dtype=np.int64)
    columns = np.arange(left, min(right, left + COLUMNS - 1) + 1, dtype=np.int64) % COLUMNS
    return np.asarray((rows[:, None] * COLUMNS + columns[None, :]).ravel(), np.int64)


def _ranges(keys: Longs, cells: Longs, begin: int, end: int) -> Longs:
    """The places in the sorted keys of these cells from one hour to another."""
    a = np.searchsorted(keys, cells * HOURS + begin)
    b = np.searchsorted(keys, cells * HOURS + end, "right")
    held = np.flatnonzero(b > a)
    if not held.size:
        return np.zeros(0, np.int64)
    return np.concatenate([np.arange(a[i], b[i], dtype=np.int64) for i in held])
