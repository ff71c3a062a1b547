"""The tracks of a lake, thinned for the eye: enough of each ship for a zoom, never too much.

Thinned once to `FLOOR_M`, a day of positions at a time, they stay in memory; a closer look than
that reads the lake itself, only the days, ships and box that are asked for, and thins what it
finds. A silence of more than `SILENCE` keeps both its ends at every zoom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import polars as pl

from masthead.tracks.lake import Lake
from masthead.web.asking import Box
from masthead.web.columns import milliseconds
from masthead.web.once import Once
from masthead.web.thinning import significance

FLOOR_M = 25.0
SILENCE_MS = 3_600_000
"""An hour: ten times what the slowest Class B ship may be silent for (ITU-R M.1371-5, three minutes
at anchor) and twice what a satellite's passes leave open on most seas."""
MOST_ROWS = 200_000
ZOOM_0_M = 78_271.517
"""Metres in one pixel at the equator at zoom 0, of tiles of 512 pixels."""
MARGIN = 0.1
"""By how much of its size a box is widened, so that panning a little shows what is there."""

APART, SAILED, SILENT = 0, 1, 2
"""`link`: how a row is joined to the row before it: not at all (another ship, or what was between
was left out), by sailing, or by a silence (draw it dashed)."""

SCHEMA: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    "t": pl.Datetime("ms", "UTC"),
    "lat": pl.Float32(),
    "lon": pl.Float32(),
    "sog": pl.Float32(),
    "cog": pl.Float32(),
    "link": pl.UInt8(),
}
_WEIGHED = {**{k: v for k, v in SCHEMA.items() if k != "link"}, "silent": pl.Boolean(),
            "begins": pl.Boolean(), "weight": pl.Float32()}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What is looked at: a box of degrees, a time, ships, a zoom (None: every position)."""

    bbox: Box | None = None
    first: datetime | None = None
    last: datetime | None = None
    ships: tuple[int, ...] = ()
    zoom: float | None = None

    @property
    def tolerance_m(self) -> float:
        """The size of a pixel in metres, in the middle of the box; 0 without a zoom."""
        if self.zoom is None:
            return 0.0
        lat = (self.bbox[1] + self.bbox[3]) / 2 if self.bbox else 0.0
        return float(ZOOM_0_M * math.cos(math.radians(min(85.0, abs(lat)))) / 2**self.zoom)


class Tracks:
    """The tracks of a lake as it was when this was made; none without a lake."""

    def __init__(self, lake: Lake | None) -> None:
        self.lake = lake
        self.thinned = Once(self._thin_all)

    def positions(self) -> int:
        """How many positions the lake holds."""
        return sum(self.lake.rows(day) for day in self.lake.days()) if self.lake else 0

    def look(self, asked: Look, most: int = MOST_ROWS) -> tuple[pl.DataFrame, float]:
        """The rows (`SCHEMA`, sorted by ship and time, at most `most`) and the tolerance in metres
        that they were thinned to."""
        if self.lake is None:
            return pl.DataFrame(schema=SCHEMA), 0.0
        tolerance = asked.tolerance_m
        if tolerance >= FLOOR_M:
            rows = self.thinned().filter(*_wanted(asked))
        else:
            rows = self._read(asked, tolerance)
        if tolerance > 0:
            rows = rows.filter(pl.col("weight") >= tolerance)
        rows = _within(rows, asked.bbox)
        if rows.height > most:
            rows, tolerance = _heaviest(rows, most, tolerance)
        return _linked(rows), tolerance

    def _read(self, asked: Look, tolerance: float) -> pl.DataFrame:
        """Weighed positions from the lake, whole days of the ships that come into the box."""
        assert self.lake is not None
        days = self.lake.days()
        if asked.first is not None:
            days = [d for d in days if d >= asked.first.date()]
        if asked.last is not None:
            days = [d for d in days if d <= asked.last.date()]
        scan = self.lake.scan(days)
        if asked.ships:
            scan = scan.filter(pl.col("mmsi").is_in(list(asked.ships)))
        elif asked.bbox is not None:
            near = scan.filter(_inside(_widened(asked.bbox))).select("mmsi").unique().collect()
            scan = scan.filter(pl.col("mmsi").is_in(near["mmsi"].implode()))
        found = scan.select("mmsi", "t", "lat", "lon", "sog", "cog").sort("mmsi", "t").collect()
        return _weigh(found, tolerance / 2).filter(*_wanted(asked))

    def _thin_all(self) -> pl.DataFrame:
        if self.lake is None:
            return pl.DataFrame(schema=_WEIGHED)
        parts = [self._thin_day(day) for day in self.lake.days()]
        whole = pl.concat([pl.DataFrame(schema=_WEIGHED), *parts]).sort("mmsi", "t")
        after = pl.col("t").diff().dt.total_milliseconds() > SILENCE_MS
        same = pl.col("mmsi") == pl.col("mmsi").shift(1)
        over_midnight = pl.col("begins") & same & after  # the ends of a day are always kept
        return whole.with_columns(silent=pl.col("silent") | over_midnight.fill_null(value=False))

    def _thin_day(self, day: date) -> pl.DataFrame:
        assert self.lake is not None
        found = self.lake.scan([day]).select("mmsi", "t", "lat", "lon", "sog", "cog").collect()
        return _weigh(found, FLOOR_M).filter(pl.col("weight") >= FLOOR_M)


def _weigh(positions: pl.DataFrame, floor_m: float) -> pl.DataFrame:
    """The positions with `silent` (after a silence of the same ship), `begins` (the first of a
    ship) and `weight` (metres)."""
    t = positions["t"].to_physical().to_numpy()
    mmsi = positions["mmsi"].to_numpy()
    other = np.ones(t.size, np.bool_)
    other[1:] = mmsi[1:] != mmsi[:-1]
    silent = np.zeros(t.size, np.bool_)
    silent[1:] = ~other[1:] & (np.diff(t) > SILENCE_MS)
    weight = significance(
        other | silent, t, positions["lat"].to_numpy(), positions["lon"].to_numpy(), floor_m
    )
    return positions.with_columns(
        pl.Series("silent", silent), pl.Series("begins", other), pl.Series("weight", weight)
    ).cast(pl.Schema(_WEIGHED))  # fmt: skip


def _wanted(asked: Look) -> list[pl.Expr]:
    wanted = [pl.lit(value=True)]
    if asked.ships:
        wanted.append(pl.col("mmsi").is_in(list(asked.ships)))
    if asked.first is not None:
        wanted.append(pl.col("t") >= _at(asked.first))
    if asked.last is not None:
        wanted.append(pl.col("t") <= _at(asked.last))
    return wanted


def _at(moment: datetime) -> pl.Expr:
    return pl.lit(milliseconds(moment)).cast(pl.Datetime("ms", "UTC"))


def _within(rows: pl.DataFrame, around: Box | None) -> pl.DataFrame:
    """The rows in the box and those of the same ship just before and after, so that lines go on to
    its edge; `left_out` marks rows with others left out before them."""
    first = pl.col("mmsi") != pl.col("mmsi").shift(1)
    rows = rows.with_columns(first.fill_null(value=True).alias("left_out"))
    if around is None:
        return rows
    held = _inside(_widened(around))
    last = (pl.col("mmsi") != pl.col("mmsi").shift(-1)).fill_null(value=True)
    rows = rows.with_columns(held.alias("held"))
    keep = (
        pl.col("held")
        | (pl.col("held").shift(1).fill_null(value=False) & ~pl.col("left_out"))
        | (pl.col("held").shift(-1).fill_null(value=False) & ~last)
    )
    rows = rows.with_columns(keep.alias("keep"))
    return (
        rows.with_columns(left_out=pl.col("left_out") | ~pl.col("keep").shift(1, fill_value=True))
        .filter(pl.col("keep"))
        .drop("held", "keep")
    )


def _inside(around: Box) -> pl.Expr:
    west, south, east, north = around
    lat, lon = pl.col("lat").is_between(south, north), pl.col("lon")
    if west <= east:
        return lat & lon.is_between(west, east)
    return lat & ((lon >= west) | (lon <= east))


def _widened(around: Box) -> Box:
    west, south, east, north = around
    wide = (east - west) % 360 or 360.0 * (east != west)
    more, up = wide * MARGIN, (north - south) * MARGIN
    if wide + 2 * more >= 360:
        return -180.0, south - up, 180.0, north + up
    return _wrapped(west - more), south - up, _wrapped(east + more), north + up


def _wrapped(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0 if abs(lon) > 180 else lon


def _heaviest(rows: pl.DataFrame, most: int, tolerance: float) -> tuple[pl.DataFrame, float]:
    """The `most` rows that matter most; where more than that are ends of stretches, every n-th."""
    weight = rows["weight"].to_numpy()
    least = float(np.partition(weight, weight.size - most)[weight.size - most])
    kept = rows.filter(pl.col("weight") > least)
    if kept.height == 0:
        step = math.ceil(rows.height / most)
        ends = (pl.col("mmsi") != pl.col("mmsi").shift(1)).fill_null(value=True)
        return rows.filter(ends | (pl.int_range(pl.len()) % step == 0)).head(most), tolerance
    return kept, max(tolerance, least)


def _linked(rows: pl.DataFrame) -> pl.DataFrame:
    link = (
        pl.when(pl.col("left_out") | (pl.col("mmsi") != pl.col("mmsi").shift(1)))
        .then(APART)
        .when(pl.col("silent"))
        .then(SILENT)
        .otherwise(SAILED)
    )
    linked = rows.with_columns(link.fill_null(APART).alias("link").cast(pl.UInt8))
    return linked.with_columns(
        link=pl.when(pl.int_range(pl.len()) == 0).then(APART).otherwise(pl.col("link"))
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def utc(ms: int) -> datetime:
    """Milliseconds since 1970 as a moment."""
    return datetime.fromtimestamp(ms / 1000, UTC)
