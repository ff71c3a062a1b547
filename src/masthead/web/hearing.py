"""Which seas were heard at a moment, told by the ships that must have been there.

A ship with a position in the twelve hours before and one in the twelve hours after was somewhere on
the way between; it counts as expected in the cell in which a straight and steady way puts it, and
as received if it was heard within half an hour of the moment.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

from masthead.tracks.lake import Lake

CELL_DEG = 0.25
KNOWN = timedelta(hours=12)
HEARD = timedelta(minutes=30)
SCHEMA = {"row": pl.Int32(), "column": pl.Int32(), "expected": pl.UInt32(), "received": pl.UInt32()}


def heard_at(lake: Lake | None, moment: datetime) -> pl.DataFrame:
    """The cells (`SCHEMA`; row and column count quarter degrees from the equator and Greenwich)."""
    if lake is None:
        return pl.DataFrame(schema=SCHEMA)
    low, high = moment - KNOWN, moment + KNOWN
    days = [d for d in lake.days() if low.date() <= d <= high.date()]
    at = pl.lit(moment).cast(pl.Datetime("ms", "UTC"))
    near = (
        lake.scan(days).select("mmsi", "t", "lat", "lon")
        .filter(pl.col("t").is_between(low, high)).collect()
    )  # fmt: skip
    before = near.filter(pl.col("t") <= at).group_by("mmsi").agg(
        pl.all().sort_by("t").last()
    )  # fmt: skip
    after = near.filter(pl.col("t") >= at).group_by("mmsi").agg(pl.all().sort_by("t").first())
    both = before.join(after, on="mmsi", suffix="_on")
    since = (at - pl.col("t")).dt.total_milliseconds()
    until = (pl.col("t_on") - at).dt.total_milliseconds()
    share = pl.when(since + until > 0).then(since / (since + until)).otherwise(0.0)
    east = (pl.col("lon_on") - pl.col("lon") + 180.0) % 360.0 - 180.0
    lon = (pl.col("lon") + share * east + 180.0) % 360.0 - 180.0
    lat = pl.col("lat") + share * (pl.col("lat_on") - pl.col("lat"))
    return (
        both.select(
            row=(lat / CELL_DEG).floor(), column=(lon / CELL_DEG).floor(),
            heard=pl.min_horizontal(since, until) <= HEARD // timedelta(milliseconds=1),
        )
        .group_by("row", "column")
        .agg(expected=pl.len(), received=pl.col("heard").sum())
        .sort("row", "column")
        .select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    )  # fmt: skip
