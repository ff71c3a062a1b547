"""Which happenings the received positions could show.

What was heard is kept as one bit an MMSI and ten minutes. A happening is receivable if the ships it
needs were heard then:

- a gap: the ship was heard in the hour before it and in the hour after it;
- one of up to an hour: each ship it needs was heard within ten minutes of its span;
- a longer one: each was heard in at least three of the four quarters of its span.

Needed are the subject (the first ship), and for meetings of ships (`TOGETHER`) all of them. What
has no ship (a declaration) is never receivable.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import polars as pl

from masthead.sim.truth import Happening

SLOT_MS = 600_000
TOGETHER = ("encounter", "escorted", "approach", "pursuit", "interception", "identity_conflict")
"""Incidents that only the tracks of all their ships show."""
ABSENCES = ("gap",)


class Heard:
    """In which ten minutes of a play each MMSI was heard."""

    def __init__(self, start: datetime, minutes: int) -> None:
        self._start_ms = round(start.timestamp() * 1000)
        self._slots = minutes // 10 + 2
        self._by: dict[int, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}

    def add(self, positions: pl.DataFrame) -> None:
        """Take in received positions."""
        slots = ((pl.col("t").dt.epoch("ms") - self._start_ms) // SLOT_MS).alias("slot")
        for mmsi, slot in positions.select("mmsi", slots).unique().iter_rows():
            self._row(mmsi)[min(max(slot, 0), self._slots - 1)] = True

    def between(self, mmsi: int, start_ms: float, end_ms: float) -> bool:
        """Whether a ship was heard in a span (epoch milliseconds), by whole slots."""
        first = int((start_ms - self._start_ms) // SLOT_MS)
        last = int((end_ms - self._start_ms) // SLOT_MS)
        return bool(self._row(mmsi)[max(first, 0) : max(last + 1, 0)].any())

    def shows(self, happening: Happening) -> bool:
        """Whether what was received could show a happening."""
        if not happening.ships:
            return False
        together = happening.incident in TOGETHER
        needed = happening.ships if together else happening.ships[:1]
        begin, end = (round(x.timestamp() * 1000) for x in (happening.start, happening.end))
        return all(self._shows(happening.incident, mmsi, begin, end) for mmsi in needed)

    def _shows(self, incident: str, mmsi: int, begin: int, end: int) -> bool:
        hour = 6 * SLOT_MS
        if incident in ABSENCES:
            before = self.between(mmsi, begin - hour, begin)
            return before and self.between(mmsi, end, end + hour)
        if end - begin <= hour:
            return self.between(mmsi, begin - SLOT_MS, end + SLOT_MS)
        edges = np.linspace(begin, end, 5)
        heard = [self.between(mmsi, a, b) for a, b in itertools.pairwise(edges)]
        return sum(heard) >= 3

    def _row(self, mmsi: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return self._by.setdefault(mmsi, np.zeros(self._slots, np.bool_))


def with_receivable(happenings: Iterable[Happening], heard: Heard) -> Sequence[Happening]:
    """The happenings, each with whether it is receivable."""
    return [replace(h, receivable=heard.shows(h)) for h in happenings]
