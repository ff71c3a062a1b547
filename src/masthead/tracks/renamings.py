"""Changes of identity in what ships say of themselves, and numbers that cannot be right."""

from __future__ import annotations

import polars as pl

from masthead.tracks.identity import flag_of, imo_is_valid, station_kind

FIELDS = ("name", "imo", "call_sign", "ship_type")
CHANGE: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    "field": pl.String(),
    "before": pl.String(),
    "after": pl.String(),
    "last_before": pl.Datetime("ms", "UTC"),
    "first_after": pl.Datetime("ms", "UTC"),
}


def identity_changes(statements: pl.DataFrame) -> pl.DataFrame:
    """Every change of name, IMO number, call sign or type under one MMSI, and of MMSI (so perhaps
    of flag) under one IMO number.

    A change is where one value is last heard before another is first heard; two values that go on
    side by side are two ships, or one that was mistyped, and are no change. `statements` are those
    of a lake (`Lake.statements`). A change of MMSI has the field `mmsi`, or `flag` where the
    countries of the two differ, and is given under the new MMSI.
    """
    own = [
        _successions(statements.select("mmsi", pl.col(name).cast(pl.String).alias("value"), "first",
                                       "last"), "mmsi").with_columns(pl.lit(name).alias("field"))
        for name in FIELDS
    ]  # fmt: skip
    known = statements.filter(
        pl.col("imo").map_elements(imo_is_valid, return_dtype=pl.Boolean, skip_nulls=True)
    )
    moved = _successions(
        known.select("imo", pl.col("mmsi").cast(pl.String).alias("value"), "first", "last"), "imo"
    )
    flags = [
        "mmsi" if flag_of(int(a)) == flag_of(int(b)) else "flag"
        for a, b in moved.select("before", "after").iter_rows()
    ]
    moved = moved.with_columns(
        pl.Series("field", flags, dtype=pl.String), pl.col("after").cast(pl.UInt32).alias("mmsi")
    )
    return pl.concat(
        [table.select(pl.col(n).cast(k) for n, k in CHANGE.items()) for table in (*own, moved)]
    ).sort("mmsi", "first_after", "field", "after")


def doubtful_numbers(statements: pl.DataFrame) -> pl.DataFrame:
    """The MMSIs that no administration gives out, and the IMO numbers whose check digit is wrong:
    mmsi, number, reason."""
    rows: list[tuple[int, int, str]] = []
    for mmsi, imo in statements.select("mmsi", "imo").unique().sort("mmsi", "imo").iter_rows():
        if station_kind(mmsi) == "invalid":
            rows.append((mmsi, mmsi, "no country has these first digits of an MMSI"))
        if imo is not None and not imo_is_valid(imo):
            rows.append((mmsi, imo, "the check digit of the IMO number is wrong"))
    return pl.DataFrame(
        rows, schema={"mmsi": pl.UInt32, "number": pl.Int64, "reason": pl.String}, orient="row"
    ).unique(maintain_order=True)


def _successions(values: pl.DataFrame, key: str) -> pl.DataFrame:
    """Where, of one key's values in the order of their first hearing, the one before had been heard
    for the last time."""
    spans = (
        values.drop_nulls()
        .group_by(key, "value")
        .agg(pl.col("first").min(), pl.col("last").max())
        .sort(key, "first", "value")
    )
    return spans.select(
        key,
        pl.col("value").shift().over(key).alias("before"),
        pl.col("value").alias("after"),
        pl.col("last").shift().over(key).alias("last_before"),
        pl.col("first").alias("first_after"),
    ).filter(pl.col("before").is_not_null() & (pl.col("last_before") < pl.col("first_after")))
