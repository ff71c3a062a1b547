"""Was that sea heard then? Told from the other ships, with its uncertainty.

Of the hours of the time asked about, those count in which any ship was heard within a quarter
degree of the place or the cells around it. The share that such hours have is a Beta(1/2 + heard,
1/2 + not): Jeffreys' prior, so that an hour or two prove little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

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

    @property
    def certain_share(self) -> float:
        """The share, and none where nobody was heard."""
        return self.share if self.heard else 0.0


def coverage(
    sightings: Sightings, lat: float, lon: float, radius_m: float, first: float, last: float
) -> Coverage:
    """How well the sea around a place was heard between two moments (hours since 1970)."""
    begin, end = math.floor(first), min(math.floor(last), math.floor(first) + LONGEST_H)
    reach = 1 + min(4, int(radius_m / 27_000.0))
    heard = sightings.heard.count_hours(lat, lon, reach, begin, end)
    hours = end - begin + 1
    return of_counts(hours, heard)


def of_counts(hours: int, heard: int) -> Coverage:
    """The coverage of so many hours of which so many were heard."""
    a, b = heard + 0.5, hours - heard + 0.5
    share = a / (a + b)
    spread = 1.645 * math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    return Coverage(hours, heard, share, max(0.0, share - spread), min(1.0, share + spread))
