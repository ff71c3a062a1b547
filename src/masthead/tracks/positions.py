"""What a position is: the one schema of the track engine, and which values a position may have.

A position is one ship's (MMSI's) reported place at one moment. Positions live in a Polars frame
with the columns of `SCHEMA`, sorted by (`mmsi`, `t`), each pair once. "Not available" is null:
the sentinels of ITU-R M.1371-5 (longitude 181, latitude 91, speed 102.3, course 360, heading 511,
navigational status 15) are never stored.

Units: degrees WGS 84, knots, degrees true; `t` is UTC in milliseconds.
"""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

SCHEMA: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    "t": pl.Datetime("ms", "UTC"),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
    "sog": pl.Float32(),
    "cog": pl.Float32(),
    "heading": pl.Float32(),
    "status": pl.UInt8(),
    "source": pl.Categorical(),
}
"""The positions table."""

RAW: dict[str, pl.DataType] = {
    "row": pl.Int64(),
    "mmsi": pl.Int64(),
    "t": pl.Datetime("ms", "UTC"),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
    "sog": pl.Float32(),
    "cog": pl.Float32(),
    "heading": pl.Float32(),
    "status": pl.Int16(),
    "source": pl.Categorical(),
}
"""What a loader hands over: the line or record number, and values not yet judged."""

STATIC: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    "first": pl.Datetime("ms", "UTC"),
    "last": pl.Datetime("ms", "UTC"),
    "name": pl.String(),
    "imo": pl.Int64(),
    "call_sign": pl.String(),
    "ship_type": pl.String(),
    "length_m": pl.Float32(),
    "width_m": pl.Float32(),
    "draught_m": pl.Float32(),
    "destination": pl.String(),
}
"""What a ship says it is, and when it was first and last heard to say so."""
SAID = tuple(name for name in STATIC if name not in ("first", "last"))

FIRST_AIS = datetime(1997, 1, 1, tzinfo=UTC)
"""No AIS position is older: the first recommendation, ITU-R M.1371, is of 1998."""
LAST_AIS = datetime(2100, 1, 1, tzinfo=UTC)

MAX_MMSI = 999_999_999
SOG_NOT_AVAILABLE = 102.3
SOG_GRAIN = 0.05
"""Half the unit of speed over ground (0.1 knot): a float just under 102.3 is 102.3."""
FULL_CIRCLE = 360.0
HIGHEST_STATUS = 14
"""15 is "undefined", the default."""


def empty() -> pl.DataFrame:
    """No positions."""
    return pl.DataFrame(schema=SCHEMA)


def judge(raw: pl.DataFrame) -> pl.DataFrame:
    """Add `reason`: why a raw row cannot be a position, null where it can.

    A row is refused for its MMSI, its time or its place. A speed, course, heading or status that
    cannot be is only made null, for the place is still good.
    """
    lat, lon, mmsi, t = pl.col("lat"), pl.col("lon"), pl.col("mmsi"), pl.col("t")
    reason = (
        pl.when(mmsi.is_null())
        .then(pl.lit("MMSI missing or not a number"))
        .when((mmsi < 1) | (mmsi > MAX_MMSI))
        .then(pl.lit("MMSI is not a number of up to nine digits"))
        .when(t.is_null())
        .then(pl.lit("time missing or not readable"))
        .when((t < FIRST_AIS) | (t >= LAST_AIS))
        .then(pl.lit("time is not between 1997 and 2100"))
        .when((lat == 91.0) | (lon == 181.0))
        .then(pl.lit("position not available (latitude 91 or longitude 181)"))
        .when(lat.is_null() | lon.is_null() | ~lat.is_finite() | ~lon.is_finite())
        .then(pl.lit("latitude or longitude missing or not a number"))
        .when((lat.abs() > 90.0) | (lon.abs() > 180.0))
        .then(pl.lit("latitude or longitude is not on Earth"))
        .when((lat == 0.0) & (lon == 0.0))
        .then(pl.lit("position is exactly 0, 0, as a receiver without a fix gives"))
    )
    return raw.with_columns(reason.alias("reason"))


def accept(judged: pl.DataFrame) -> pl.DataFrame:
    """The rows without a reason as positions (`SCHEMA`), impossible speeds and angles null."""
    return judged.filter(pl.col("reason").is_null()).select(
        pl.col("mmsi").cast(pl.UInt32),
        pl.col("t"),
        pl.col("lat"),
        pl.when(pl.col("lon") == -180.0).then(180.0).otherwise(pl.col("lon")).alias("lon"),
        _within("sog", SOG_NOT_AVAILABLE - SOG_GRAIN),
        _within("cog", FULL_CIRCLE),
        _within("heading", FULL_CIRCLE),
        pl.when(pl.col("status").is_between(0, HIGHEST_STATUS))
        .then(pl.col("status"))
        .cast(pl.UInt8)
        .alias("status"),
        pl.col("source"),
    )


def _within(name: str, below: float) -> pl.Expr:
    value = pl.col(name)
    return pl.when((value >= 0.0) & (value < below)).then(value).cast(pl.Float32).alias(name)


def in_order(positions: pl.DataFrame) -> pl.DataFrame:
    """Sorted by (mmsi, t), each pair once. Of several rows for one ship and moment the first in
    the order of all their values is kept, so the order of arrival does not matter."""
    if is_in_order(positions):
        return positions
    quick = positions.sort("mmsi", "t")
    if is_in_order(quick):
        return quick
    ties = [
        pl.col(name).cast(pl.String) if name == "source" else pl.col(name)
        for name in SCHEMA
        if name in positions.columns
    ]
    return quick.sort(ties, nulls_last=True).unique(
        ["mmsi", "t"], keep="first", maintain_order=True
    )


def is_in_order(positions: pl.DataFrame) -> bool:
    """Whether the rows are strictly sorted by (mmsi, t)."""
    from masthead.tracks.kernels import rises  # half a second that readers of a lake do not need

    found: bool = rises(positions["mmsi"].to_numpy(), positions["t"].to_physical().to_numpy())
    return found
