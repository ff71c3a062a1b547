"""What every loader yields: a batch of positions, of static data, and of rejected records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from masthead.tracks.positions import RAW, SCHEMA, STATIC, accept, judge

REJECTS: dict[str, pl.DataType] = {
    "where": pl.String(),
    "reason": pl.String(),
    "sample": pl.String(),
}
SAMPLE_CHARACTERS = 200


@dataclass(frozen=True)
class Batch:
    """Part of a file: `rows` records were read, of which some are positions, some static data,
    some rejected, and some neither (an AIS message of another kind)."""

    rows: int
    positions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    static: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=STATIC))
    rejects: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REJECTS))


def reject_rows(items: Iterable[tuple[str, str, str]]) -> pl.DataFrame:
    """Rejected records of (where, reason, sample)."""
    cut = [(where, reason, sample[:SAMPLE_CHARACTERS]) for where, reason, sample in items]
    return pl.DataFrame(cut, schema=REJECTS, orient="row")


def sift(raw: pl.DataFrame, unit: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Raw rows (`RAW`) as accepted positions, and as rejects whose `where` is `unit` and number,
    their sample the values that were read."""
    judged = judge(raw)
    bad = judged.filter(pl.col("reason").is_not_null())
    values = [
        pl.col(name).cast(pl.String).fill_null("") for name in ("mmsi", "t", "lat", "lon", "sog")
    ]
    rejects = bad.select(
        pl.format("{} {}", pl.lit(unit), pl.col("row")).alias("where"),
        "reason",
        pl.concat_str(values, separator=",").alias("sample"),
    )
    return accept(judged), rejects


def raw_frame(columns: dict[str, object]) -> pl.DataFrame:
    """A raw frame from columns of Python values; values of a wrong kind become null."""
    return pl.DataFrame(columns, schema=RAW, strict=False)
