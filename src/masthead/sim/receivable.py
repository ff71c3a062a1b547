"""Which happenings the received positions could show.

What was heard is kept as one bit an MMSI and ten minutes. A happening is receivable if the ships it
needs were heard then:

- a gap: the ship was heard in the hour before it and in the hour after it;
- one of up to an hour: each ship it needs was heard within ten minutes of its span;
- a longer one: each was heard in at least three of the four quarters of its span;
- a meeting of ships (`TOGETHER`): in three of four of the ten minutes of its span, all of them at
  once were between two true reports no more than `PAUSE_MIN` apart (what is not known as near in
  time cannot be set side by side, and false positions show no meeting).

Needed are the subject (the first ship), and for meetings of ships all of them. What has no ship (a
declaration) is never receivable.
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
PAUSE_MIN = {"encounter": 60}
"""The longest pause of a report in a meeting, `PAUSE_OTHER_MIN` if not named: an hour is Global
Fishing Watch's longest for encounters; how a ship comes to another takes minutes."""
PAUSE_OTHER_MIN = 30
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

    def shows(self, happening: Happening, false: Sequence[Happening] = ()) -> bool:
        """Whether what was received could show a happening; `false` are the times of false
        positions of its ships."""
        if not happening.ships:
            return False
        begin, end = (round(x.timestamp() * 1000) for x in (happening.start, happening.end))
        if happening.incident in TOGETHER and len(happening.ships) > 1:
            return self._together(happening, begin, end, false)
        return self._shows(happening.incident, happening.ships[0], begin, end)

    def _together(
        self, happening: Happening, begin: int, end: int, false: Sequence[Happening]
    ) -> bool:
        """Whether all the ships of a meeting were heard near enough in time."""
        pause = PAUSE_MIN.get(happening.incident, PAUSE_OTHER_MIN) * 60_000 // SLOT_MS
        first, last = ((x - self._start_ms) // SLOT_MS for x in (begin, end))
        slots = np.arange(first, last + 1)
        known = np.ones(slots.size, np.bool_)
        for lie in false:
            lies = [(x.timestamp() * 1000 - self._start_ms) / SLOT_MS for x in (lie.start, lie.end)]
            known &= ~((slots >= lies[0]) & (slots + 1 <= lies[1]))
        for mmsi in happening.ships:
            row = self._row(mmsi)
            before = [row[max(0, s - pause + 1) : s + 1].nonzero()[0] for s in slots]
            after = [row[s : s + pause].nonzero()[0] for s in slots]
            for k, (a, b) in enumerate(zip(before, after, strict=True)):
                if not a.size or not b.size:
                    known[k] = False
                    continue
                since = min(pause - 1, slots[k]) - a[-1]
                known[k] &= since + b[0] <= pause
        return bool(known.mean() >= 0.75)

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
    happenings = list(happenings)
    false = [h for h in happenings if h.incident == "spoofing"]
    return [
        replace(h, receivable=heard.shows(h, [f for f in false if f.ships[0] in h.ships]))
        for h in happenings
    ]
