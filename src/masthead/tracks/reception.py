"""How well a sea was heard while a ship was silent, told from the other ships there.

A silence says something of a ship only where others were heard. For each gap the hours are counted
in which other ships were heard: anywhere in the source (was there a feed at all?), and within the
nine one-degree cells around the last position, during the gap and in the 24 hours before.
"""

from __future__ import annotations

import polars as pl

HOUR_MS = 3_600_000
BEFORE_H = 24
LONGEST_H = 240
"""Of a longer gap the first ten days are looked at."""
FEED_SHARE = 0.5
"""With other ships heard anywhere in less than half of the gap's hours, the feed was off."""
KNOWN_SHARE = 0.5
"""Others must have been heard in half of the hours before for their silence to mean anything."""
_CELLS_AROUND = [360 * south + east for south in (-1, 0, 1) for east in (-1, 0, 1)]


def weigh_gaps(gaps: pl.DataFrame, heard: pl.LazyFrame, min_heard_share: float) -> pl.DataFrame:
    """The gaps that reception does not explain, with `others_heard_share` (of the gap's hours, near
    the last position) and `others_before_share` (of the 24 hours before), and `confidence` from
    them: 0.4 where too few ships pass for it to be told, else 0.5 to 0.9.

    Left out are gaps in which the feed itself was off, and those in which the share of hours with
    other ships near fell below `min_heard_share` of what it was before. `heard` are all positions.
    """
    if not gaps.height:
        return gaps
    hour = pl.col("t").dt.epoch("ms") // HOUR_MS
    off, on = (pl.col(name).dt.epoch("ms") // HOUR_MS for name in ("start", "end"))
    wanted = gaps.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("gap"),
        "mmsi",
        off.alias("off"),
        pl.min_horizontal(on, off + LONGEST_H).alias("on"),
        _cell().alias("cell"),
    )
    asked = (
        wanted.select("gap", "mmsi", "off", "on", "cell")
        .with_columns(pl.lit(_CELLS_AROUND).alias("step"))
        .explode("step")
        .with_columns((pl.col("cell") + pl.col("step")).alias("cell"))
    )
    cells = asked["cell"].unique()
    first, last = int(wanted["off"].min()) - BEFORE_H, int(wanted["on"].max())  # type: ignore[arg-type]
    hours = heard.select("mmsi", hour.alias("hour"), _cell().alias("cell")).filter(
        pl.col("hour").is_between(first, last)
    )
    near = hours.filter(pl.col("cell").is_in(cells.implode())).unique().collect(engine="streaming")
    feed = (
        hours.group_by("hour")
        .agg(pl.col("mmsi").n_unique().alias("ships"), pl.col("mmsi").first().alias("one"))
        .collect(engine="streaming")
    )
    others = (
        asked.drop("step")
        .join(near.rename({"mmsi": "other"}), on="cell")
        .filter(pl.col("other") != pl.col("mmsi"))
        .unique(["gap", "hour"])
        .group_by("gap")
        .agg(
            ((pl.col("hour") > pl.col("off")) & (pl.col("hour") < pl.col("on"))).sum().alias("in"),
            ((pl.col("hour") < pl.col("off")) & (pl.col("hour") >= pl.col("off") - BEFORE_H))
            .sum()
            .alias("before"),
        )
    )
    ships = heard.select(pl.col("mmsi").n_unique()).collect(engine="streaming").item()
    any_hours = (
        wanted.join(feed, how="cross")
        .filter(
            (pl.col("hour") > pl.col("off"))
            & (pl.col("hour") < pl.col("on"))
            & ((pl.col("ships") > 1) | (pl.col("one") != pl.col("mmsi")))
        )
        .group_by("gap")
        .agg(pl.len().alias("feed"))
    )
    length = (pl.col("on") - pl.col("off") - 1).clip(1)
    counted = (
        wanted.join(others, on="gap", how="left")
        .join(any_hours, on="gap", how="left")
        .sort("gap")
        .with_columns(pl.col("in", "before", "feed").fill_null(0))
        .with_columns(
            (pl.col("in") / length).alias("share"),
            (pl.col("before") / BEFORE_H).alias("usual"),
            (pl.col("feed") / length).alias("feed"),
        )
    )
    share, usual = counted["share"], counted["usual"]
    known = usual >= KNOWN_SHARE
    kept = (counted["feed"] >= FEED_SHARE) if ships > 1 else pl.Series([True] * gaps.height)
    kept &= ~known | (share >= min_heard_share * usual)
    told = known | (share >= KNOWN_SHARE)
    return gaps.with_columns(
        pl.select(pl.when(told).then(0.5 + 0.4 * share).otherwise(0.4))
        .to_series()
        .alias("confidence"),
        share.alias("others_heard_share"),
        usual.alias("others_before_share"),
    ).filter(kept)


def _cell() -> pl.Expr:
    """The one-degree cell of a position, from 0 at 90° S 180° W, eastward row by row."""
    row = (pl.col("lat").floor().cast(pl.Int32) + 90).clip(0, 179)
    return row * 360 + (pl.col("lon").floor().cast(pl.Int32) + 180) % 360
