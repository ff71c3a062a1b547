"""What ships say of themselves, brought into one shape."""

from __future__ import annotations

import polars as pl

from masthead.tracks.positions import MAX_MMSI, SAID, STATIC

WORDS = ("name", "call_sign", "ship_type", "destination")
SIZES = ("length_m", "width_m", "draught_m")
FIRST_IMO = 1_000_000
_GRAIN_M = 0.05
"""Half the unit of draught, the finest of the sizes."""


def tidy_static(said: pl.DataFrame) -> pl.DataFrame:
    """Statements (columns of `STATIC`, any of which may be absent or of another type) in the one
    schema: padding cut, sizes of 0 and IMO numbers of other than seven digits null, and only those
    with an MMSI, a time and something said."""
    given = set(said.columns)
    words = [_word(n) if n in given else pl.lit(None, pl.String).alias(n) for n in WORDS]
    sizes = [_size(n) if n in given else pl.lit(None, pl.Float32).alias(n) for n in SIZES]
    imo = pl.lit(None, pl.Int64)
    if "imo" in given:
        digits = pl.col("imo").cast(pl.String).str.extract(r"^\s*(?:IMO)?\s*(\d{7})(?:\.0*)?\s*$")
        number = digits.cast(pl.Int64)
        imo = pl.when(number >= FIRST_IMO).then(number)
    return (
        said.select("mmsi", "first", "last", *words, *sizes, imo.alias("imo"))
        .filter(
            pl.col("mmsi").is_between(1, MAX_MMSI)
            & pl.col("first").is_not_null()
            & pl.any_horizontal(pl.col(*WORDS, *SIZES, "imo").is_not_null())
        )
        .select(pl.col(name).cast(kind) for name, kind in STATIC.items())
    )


def merge_static(said: pl.DataFrame) -> pl.DataFrame:
    """Each statement once, from when it was first heard to when it was last heard."""
    return (
        said.group_by(SAID)
        .agg(pl.col("first").min(), pl.col("last").max())
        .select(list(STATIC))
        .sort("mmsi", "first", "last", *SAID[1:], nulls_last=True)
    )


def _word(name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String).str.strip_chars(" @\t\r\n\0")
    return pl.when(text.str.len_chars() > 0).then(text).alias(name)


def _size(name: str) -> pl.Expr:
    value = pl.col(name).cast(pl.Float32, strict=False)
    return pl.when(value.is_finite() & (value > _GRAIN_M)).then(value).alias(name)
