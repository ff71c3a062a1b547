"""Was that sea heard then? Told from the other ships, with its uncertainty.

Of the hours of the time asked about, those count in which any ship was heard within a quarter
degree of the place or the cells around it. The share that such hours have is a Beta(1/2 + heard,
1/2 + not): Jeffreys' prior, so that an hour or two prove little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from masthead.checks.sightings import Sightings

LONGEST_H = 240
"""Of a longer time the first ten days are looked at."""


@dataclass(frozen=True)
class Coverage:
    """Hours asked about, hours heard, the mean of the share and its 90 % interval."""

    hours: int
    heard: int
    share: float
    low: float
    high: float


def coverage(
    sightings: Sightings, lat: float, lon: float, radius_m: float, first: float, last: float
) -> Coverage:
    """How well the sea around a place was heard between two moments (hours since 1970)."""
    begin, end = math.floor(first), min(math.floor(last), math.floor(first) + LONGEST_H)
    reach = 1 + min(4, int(radius_m / 27_000.0))
    row, column = math.floor(lat * 4), math.floor(lon * 4)
    heard = (
        sightings.heard.lazy()
        .filter(
            pl.col("hour").is_between(begin, end)
            & pl.col("row").is_between(row - reach, row + reach)
            & pl.col("column").is_between(column - reach, column + reach)
        )
        .select(pl.col("hour").n_unique())
        .collect()
        .item()
    )
    hours = end - begin + 1
    return of_counts(hours, int(heard))


def of_counts(hours: int, heard: int) -> Coverage:
    """The coverage of so many hours of which so many were heard."""
    a, b = heard + 0.5, hours - heard + 0.5
    share = a / (a + b)
    spread = 1.645 * math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    return Coverage(hours, heard, share, max(0.0, share - spread), min(1.0, share + spread))
