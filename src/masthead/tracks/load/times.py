"""Times as AIS tables write them, to UTC."""

from __future__ import annotations

import re

import polars as pl

FORMATS: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"), "%Y-%m-%dT%H:%M:%S"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"), "%Y-%m-%d %H:%M:%S"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"), "%Y-%m-%dT%H:%M:%SZ"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z?$"), "%Y-%m-%dT%H:%M:%S%.fZ"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+$"), "%Y-%m-%d %H:%M:%S%.f"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:?\d\d$"), "zone"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? UTC$"), "%Y-%m-%d %H:%M:%S%.f UTC"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\dZ?$"), "%Y-%m-%dT%H:%M"),
    (re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d$"), "%d/%m/%Y %H:%M:%S"),
    (re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$"), None),
)
"""How a value looks, and how to read it; None is seconds or milliseconds since 1970. Day before
month, as the Danish Maritime Authority writes: no known layout puts the month first."""

FIRST_MILLISECONDS = 1e11
"""A number of seconds since 1970 stays below this until the year 5138."""


def parse_times(values: pl.Series) -> pl.Series:
    """Strings as UTC in milliseconds, null where no format fits. The formats are tried in turn
    on what the ones before left over, beginning with the one that fits the first value."""
    text = values.cast(pl.String).str.strip_chars()
    found = pl.Series(values.name, [None] * len(text), dtype=pl.Datetime("ms", "UTC"))
    left = text.is_not_null() & (text != "")
    for _ in FORMATS:
        if not left.any():
            break
        first = str(text.filter(left)[0])
        chosen = next((f for p, f in FORMATS if p.match(first)), "no")
        if chosen == "no":
            left = left & (text != first)
            continue
        got = _read(text, chosen)
        new = got.is_not_null() & found.is_null()
        if not new.any():
            left = left & (text != first)
            continue
        found = (
            got if found.null_count() == len(found) else found.zip_with(found.is_not_null(), got)
        )
        left = left & found.is_null()
    return found


def _read(text: pl.Series, form: str | None) -> pl.Series:
    if form is None:
        number = text.cast(pl.Float64, strict=False)
        number = number.set(~number.is_finite(), None)
        seconds = number.abs() < FIRST_MILLISECONDS
        whole = pl.select(
            pl.when(seconds).then((number * 1000.0).round()).otherwise(number.round())
        ).to_series()
        inside = whole.abs() < 4.2e15
        return (
            whole.set(~inside, None)
            .cast(pl.Int64)
            .cast(pl.Datetime("ms"))
            .dt.replace_time_zone("UTC")
        )
    if form == "zone":
        zoned = text.str.replace(" ", "T").str.to_datetime(
            "%Y-%m-%dT%H:%M:%S%.f%#z", strict=False, time_unit="ms"
        )
        return zoned.dt.convert_time_zone("UTC")
    if form == "%Y-%m-%dT%H:%M:%S%.fZ":
        text = text.str.strip_suffix("Z") + "Z"
    if form == "%Y-%m-%dT%H:%M":
        text = text.str.replace(" ", "T").str.strip_suffix("Z")
    return text.str.to_datetime(form, strict=False, time_unit="ms").dt.replace_time_zone("UTC")
