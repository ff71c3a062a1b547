"""Positions straight from the states, without radio: every `every_s` seconds what a ship that is
switched on sends. It stands in for reception where only the movements matter."""

from __future__ import annotations

import polars as pl

from masthead.sim.play import STEP_S

POSITIONS: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(), "t": pl.Datetime("ms", "UTC"), "lat": pl.Float64(), "lon": pl.Float64(),
    "sog": pl.Float32(), "cog": pl.Float32(), "heading": pl.Float32(), "status": pl.UInt8(),
    "source": pl.Categorical(),
}  # fmt: skip
"""The columns of a received position, those of a lake (docs/positions.md)."""


def as_sent(states: pl.DataFrame) -> pl.DataFrame:
    """The states with the speed and course that are sent: those of a false position where there is
    one. The false position itself stays in `said_lat` and `said_lon`."""
    false = pl.col("said_lat").is_not_null()
    return states.with_columns(
        pl.when(false).then(pl.col("said_sog")).otherwise(pl.col("sog")).alias("sog"),
        pl.when(false).then(pl.col("said_cog")).otherwise(pl.col("cog")).alias("cog"),
        pl.when(false).then(pl.col("said_cog")).otherwise(pl.col("heading")).alias("heading"),
    )


def sample(states: pl.DataFrame, *, every_s: int = 180) -> pl.DataFrame:
    """Every so many seconds the position of each ship that is switched on (`POSITIONS`)."""
    seconds = pl.col("t").dt.epoch("s")
    return (
        as_sent(states)
        .filter(pl.col("on") & (seconds // STEP_S % max(every_s // STEP_S, 1) == 0))
        .with_columns(
            pl.coalesce("said_lat", "lat").alias("lat"),
            pl.coalesce("said_lon", "lon").alias("lon"),
            pl.lit("simulated").cast(pl.Categorical).alias("source"),
        )
        .select(pl.col(name).cast(kind) for name, kind in POSITIONS.items())
    )
