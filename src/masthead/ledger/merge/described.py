"""Which matters one without a ship's name can be the same incident as, by columns.

Every matter is a row: its time, class, flag, doers, deed, count and place as numbers, in order of
time. Each new matter is set against all rows of its days at once, so that of the millions of pairs
only those are looked at one by one that can reach the likeness at which matters join.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

import numpy as np
import numpy.typing as npt

from masthead.ledger.merge.likeness import (
    JOIN,
    LEAST_DEGREE_M,
    OF_DAYS,
    OF_DEED,
    OF_DOER,
    OF_FLAG,
    OF_GROUP,
    OF_PLACE,
    OF_SPOT,
    OF_TIME,
    PLACE_SLACK_M,
    STAGES,
    UNNAMED_APART,
)
from masthead.ledger.merge.matters import Matter

MOST_FITS = 400
"""Matters that a description may fit; one that fits more is no description."""
LONGEST_H = 8 * 24.0
"""Of a longer time the first eight days count."""
BASE = 0.3
APART_H = UNNAMED_APART.total_seconds() / 3600.0
BITS = 52
"""Doers are bits of a number that a float holds exactly; two may share one."""
_NUMBERS = ("since", "until", "group", "flag", "deed", "stage", "by", "many", "lat", "lon",
            "radius", "dated", "index")  # fmt: skip
Floats = npt.NDArray[np.float64]


class Described:
    """The rows, and how many others each matter's description fits."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], int] = {}
        self._matters: list[Matter] = []
        self._fresh: list[Matter] = []
        self._rows: Floats = np.zeros((0, len(_NUMBERS)))
        self._known: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)
        self.fits: Counter[str] = Counter()

    def add(self, matter: Matter) -> None:
        """Take a matter; one without any date is compared by its text and names alone."""
        if matter.since is not None:
            self._fresh.append(matter)

    def pairs(self) -> Iterator[tuple[Matter, Matter]]:
        """The pairs that may join, of which one at least is new since the last call and one at
        least names no ship. Each pair comes once, whatever the order of the matters."""
        if not self._fresh:
            return
        begin = len(self._matters)
        self._matters += self._fresh
        fresh = np.array([self._row(m, begin + n) for n, m in enumerate(self._fresh)])
        self._rows = np.vstack([self._rows, fresh])
        self._known = np.r_[self._known, [m.known for m in self._fresh]]
        self._fresh = []
        order = np.argsort(self._rows[:, 0], kind="stable")
        everything = self._rows[order].T.copy()
        unnamed = self._rows[order[~self._known[order]]].T.copy()
        for number in range(begin, len(self._matters)):
            mine = self._rows[number]
            found = _fitting(mine, unnamed if self._known[number] else everything)
            if not found.size:
                continue
            matter = self._matters[number]
            self.fits[matter.id] += found.size
            for other in found.tolist():
                self.fits[self._matters[other].id] += 1
            if matter.known or found.size <= MOST_FITS:
                for other in found.tolist():
                    yield matter, self._matters[other]

    def vague(self, matter: Matter) -> bool:
        """Whether a matter names no ship, and its description fits too many to be one."""
        return not matter.known and self.fits[matter.id] > MOST_FITS

    def _row(self, matter: Matter, index: int) -> list[float]:
        assert matter.since is not None
        assert matter.until is not None
        since = matter.since.timestamp() / 3600.0
        until = min(matter.until.timestamp() / 3600.0, since + LONGEST_H)
        place = matter.place
        spot = (place.lat, place.lon, place.radius_m) if place else (None, None, None)
        lat, lon, radius = (math.nan if v is None else v for v in spot)
        return [
            since, until, self._code("group", matter.group), self._code("flag", matter.flag),
            self._code("deed", matter.deed), STAGES.get(matter.deed, -9),
            float(sum({1 << (crc32(c.encode()) % BITS) for c in matter.by})),
            float((matter.count or 1) > 1), lat, lon, radius, float(matter.first is not None),
            float(index),
        ]  # fmt: skip

    def _code(self, kind: str, value: str | None) -> int:
        """A number for a word, 0 for none."""
        return 0 if value is None else self._codes.setdefault((kind, value), len(self._codes) + 1)


def _fitting(mine: Floats, rows: Floats) -> npt.NDArray[np.int64]:
    """The earlier matters that may be the same incident as one without (or against one without) a
    ship's name: never fewer than `likeness` finds, seldom many more."""
    since, until, group, flag, deed, stage, by, many, lat, lon, radius, dated, index = mine
    a = int(np.searchsorted(rows[0], since - APART_H - LONGEST_H))
    b = int(np.searchsorted(rows[0], until + APART_H, "right"))
    near = rows[:, a:b]
    other = dict(zip(_NUMBERS, near, strict=True))
    keep = (other["index"] < index) & (other["until"] >= since - APART_H)
    keep &= other["many"] == many
    if group:
        keep &= (other["group"] == group) | (other["group"] == 0)
    if flag:
        keep &= (other["flag"] == flag) | (other["flag"] == 0)
    if stage >= 0:
        keep &= np.abs(other["stage"] - stage) <= 1
    else:
        keep &= other["deed"] == deed
    if not keep.any():
        return np.zeros(0, np.int64)
    other = {name: column[keep] for name, column in other.items()}
    shared = (other["by"].astype(np.int64) & int(by)) != 0
    fits = shared | (other["by"] == 0) | (by == 0)
    weight = np.full(fits.size, BASE) + OF_DOER * shared + OF_DEED * (other["deed"] == deed)
    if group:
        weight += OF_GROUP * (other["group"] == group)
    if flag:
        weight += OF_FLAG * (other["flag"] == flag)
    meets = (other["since"] <= until) & (other["until"] >= since)
    weight += meets * np.where((other["dated"] > 0) & (dated > 0), OF_TIME, OF_DAYS)
    if not math.isnan(lat):
        placed = ~np.isnan(other["lat"])
        away = _least_m(lat, lon, other["lat"], other["lon"])
        fits &= ~(placed & (away > other["radius"] + radius + PLACE_SLACK_M))
        weight += np.where(placed, np.where(away <= 6_000.0, OF_SPOT, OF_PLACE), 0.0)
    fits &= weight >= JOIN - 1e-9
    return np.asarray(other["index"][fits], np.int64)


def _least_m(lat: float, lon: float, lats: Floats, lons: Floats) -> Floats:
    """A distance that is never more than the true one and at most 2 % less of it where it is short:
    a great circle on a sphere of the Earth's least radius of curvature."""
    a, b = math.radians(lat), np.radians(lats)
    c = np.sin(np.radians(lons - lon) / 2.0)
    h = np.sin((b - a) / 2.0) ** 2 + math.cos(a) * np.cos(b) * c * c
    radius = LEAST_DEGREE_M * 180.0 / math.pi
    return np.asarray(2.0 * radius * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0))), np.float64)
