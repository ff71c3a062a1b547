"""How usual a sign is in a sea: what ships there show of which nobody tells anything.

A stop says little where every third ship lies waiting. No likelihood ratio of a sign that is found
can be more than one over the rate at which it is there anyway; the rate is told by the days that
ships of no report spent within a degree of the place, and by those of them on which the detectors
found the like.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from masthead.checks.heard import Heard
from masthead.model import Event

MET = ("approach", "pursuit", "encounter", "escorted")
"""Track events that show another ship with it."""
LED = ("escorted",)
LIKE = {
    "stop": ("stopped_at_sea", "loitering", "encounter"), "company": MET, "turn": ("turn_back",),
    "silence": ("gap",), "led_away": LED,
}  # fmt: skip
"""The track events in which ships show a sign."""

AROUND_DEG = 1.0
KNOWN_DAYS, KNOWN_RATE = 20, 0.05
"""A sea of which little is known is taken to be like the simulated ones: as if so many days had
been seen, with the sign at this rate (`benchmarks/sign_weights.py`: no ratio is more than 20)."""


@dataclass(frozen=True)
class Usual:
    """Days that ships spent in a sea, and those of them with the sign."""

    days: int
    with_sign: int

    @property
    def rate(self) -> float:
        """How often the sign is there on a day, as far as is known."""
        return (self.with_sign + KNOWN_DAYS * KNOWN_RATE) / (self.days + KNOWN_DAYS)


class UsualSigns:
    """Of each sea asked about, in whole degrees, once."""

    def __init__(
        self, heard: Heard, events: Mapping[int, Sequence[Event]], told_of: Iterable[int]
    ) -> None:
        besides = np.array(sorted(set(told_of)), np.int64)
        self._others = heard.ship_days(besides)
        self._found: dict[str, np.ndarray] = {}
        self._asked: dict[tuple[str, int, int], Usual] = {}
        self._days: dict[tuple[int, int], int] = {}
        for sign, kinds in LIKE.items():
            rows = {
                (mmsi, math.floor(e.time.earliest.timestamp() / 86_400), e.place.lat, e.place.lon)
                for mmsi, of_ship in events.items()
                for e in of_ship
                if e.incident in kinds and e.time and e.time.earliest and e.place
                and e.place.lat is not None and e.place.lon is not None
            }  # fmt: skip
            table = np.array(sorted(rows), np.float64).reshape(-1, 4)
            self._found[sign] = table[~np.isin(table[:, 0].astype(np.int64), besides)]

    def at(self, sign: str, lat: float, lon: float) -> Usual:
        """How usual a sign is around a place."""
        row, column = round(lat), round(lon)
        key = sign, row, column
        if key not in self._asked:
            found = self._found[sign]
            east = (found[:, 3] - column + 180.0) % 360.0 - 180.0
            wide = AROUND_DEG / max(0.2, math.cos(math.radians(row)))
            near = (np.abs(found[:, 2] - row) <= AROUND_DEG) & (np.abs(east) <= wide)
            with_sign = len(np.unique(found[near][:, :2], axis=0))
            days = max(self._ship_days(row, column, wide), with_sign)
            self._asked[key] = Usual(days, with_sign)
        return self._asked[key]

    def _ship_days(self, row: int, column: int, wide: float) -> int:
        if (row, column) not in self._days:
            box = row - AROUND_DEG, row + AROUND_DEG, column - wide, column + wide
            self._days[row, column] = self._others.count(*box)
        return self._days[row, column]
