"""How often ships are lost at a place: the last position before hours of silence, by transponder.

Where a ship sails out of the receivers' range, or is heard only by a satellite now and then, so do
the others that come by. Of the hours in which other ships were heard in the nine quarter-degree
cells around a place, this is the share that were the last before a long silence. Ships are held
against their like: a class B transponder sends with 2 or 5 watts instead of 12.5 and is lost where
the others are not. Its position reports (messages 18 and 19) have no navigational status, by which
it is told. Welch et al. 2022 (doi:10.1126/sciadv.abq2109) likewise map reception for each class.

Where a large share of the traffic switches off, that passes for bad reception.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.kernels import Flags, Floats, Longs, destination, kernel
from masthead.tracks.segment import milliseconds

HOUR_MS = 3_600_000
ROWS, COLUMNS = 720, 1440
"""Cells of a quarter degree."""
AHEAD_H = (0.0, 2.0, 4.0, 6.0)
"""A ship that was going is looked for on its course up to six hours ahead: one heard for the last
time some hours before the edge of reception has sailed over it."""
LEAST_HOURS, LEAST_SHIPS = 10, 2
"""Fewer hours, or fewer other ships, say nothing of a place."""


@dataclass
class Losses:
    """Where ships were heard and lost. `silences` are the long silences of all ships, and the last
    position of each (`open`): mmsi, start, lat, lon, `quiet` (the transponder gives no status);
    `gaps`, of the same columns and with `off_sog_kn`, `off_cog` and `going`, those asked about."""

    silences: pl.DataFrame
    gaps: pl.DataFrame
    _hours: Counter[tuple[int, int]] = field(default_factory=Counter)

    def listening(self, heard: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The positions as they are, in parts; counted on their way."""
        wanted = np.zeros((ROWS, COLUMNS), np.bool_)
        for cells in self._places:
            wanted.ravel()[cells] = True
        for part in heard:
            if part.height:
                at = _hours_heard(
                    part["mmsi"].to_numpy(), milliseconds(part),
                    part["lat"].to_numpy(), part["lon"].to_numpy(), wanted,
                )  # fmt: skip
                lat, lon = (part[name].gather(at).to_numpy() for name in ("lat", "lon"))
                cell = cells_of(lat, lon)
                table = pl.DataFrame({"mmsi": part["mmsi"].gather(at), "cell": cell})
                for mmsi, number, hours in table.group_by("mmsi", "cell").len().iter_rows():
                    self._hours[mmsi, number] += hours
            yield part

    def shares(self, gaps: pl.DataFrame) -> Floats:
        """Of each gap the largest share of lost hours at its last position and, if the ship was
        going, on its course ahead, as it is at least (`at_least`); NaN where it cannot be told.
        Asked once all was heard."""
        kinds = dict(self.silences.filter("open").select("mmsi", "quiet").iter_rows())
        cells = cells_of(self.silences["lat"].to_numpy(), self.silences["lon"].to_numpy())
        lost = Counter(zip(self.silences["mmsi"].to_list(), cells.tolist(), strict=True))
        all_hours, all_lost, ships = (Counter[tuple[bool, int]]() for _ in range(3))
        for (mmsi, cell), hours in self._hours.items():
            key = kinds.get(mmsi, False), cell
            all_hours[key] += hours
            all_lost[key] += lost[mmsi, cell]
            ships[key] += 1
        found = np.full(gaps.height, np.nan)
        for g, (mmsi, kind) in enumerate(gaps.select("mmsi", "quiet").iter_rows()):
            own = kinds.get(mmsi, False) == kind
            for place in self._places[g * len(AHEAD_H) : (g + 1) * len(AHEAD_H)]:
                around = [(kind, cell) for cell in place.tolist()]
                hours = sum(all_hours[k] - own * self._hours[mmsi, k[1]] for k in around)
                gone = sum(all_lost[k] - own * lost[mmsi, k[1]] for k in around)
                others = max(ships[k] - (own and (mmsi, k[1]) in self._hours) for k in around)
                if hours >= LEAST_HOURS and others >= LEAST_SHIPS:
                    found[g] = np.fmax(found[g], at_least(min(gone, hours), hours))
        return found

    @cached_property
    def _places(self) -> list[Longs]:
        """The nine cells around each place asked about: of each gap as many as `AHEAD_H`."""
        asked = self.gaps.select("lat", "lon", "off_sog_kn", "off_cog", "going")
        found = []
        for lat, lon, sog, cog, going in asked.iter_rows():
            for ahead_h in AHEAD_H:
                there = lat, lon
                if going and ahead_h:
                    there = destination(lat, lon, cog, sog * ahead_h * 1852.0)
                found.append(around(*there))
        return found


def cells_of(lat: Floats, lon: Floats) -> Longs:
    """The cells of places."""
    row = np.clip(np.floor((lat + 90.0) * 4.0), 0, ROWS - 1).astype(np.int64)
    return row * COLUMNS + np.floor((lon + 180.0) * 4.0).astype(np.int64) % COLUMNS


def around(lat: float, lon: float) -> Longs:
    """The nine cells around a place, six at a pole."""
    row = min(max(int((lat + 90.0) * 4.0), 0), ROWS - 1)
    column = int((lon + 180.0) * 4.0)
    return np.array(
        [
            r * COLUMNS + (column + east) % COLUMNS
            for r in range(max(0, row - 1), min(ROWS, row + 2))
            for east in (-1, 0, 1)
        ]
    )


def at_least(part: int, whole: int) -> float:
    """The lower end of the 90 % interval of a share (Wilson's): one loss in thirty hours is 3 per
    cent, and no more than 1 for certain."""
    z, n = 1.645, float(whole)
    p = part / n
    middle = p + 0.5 * z * z / n
    spread = z * math.sqrt(p * (1.0 - p) / n + 0.25 * z * z / (n * n))
    return (middle - spread) / (1.0 + z * z / n)


@kernel
def _hours_heard(
    mmsi: npt.NDArray[np.uint32], t: Longs, lat: Floats, lon: Floats, wanted: Flags
) -> Longs:
    """The first row of each hour that a ship was heard in a wanted cell (rows in the order of ships
    and time; a ship that goes to and fro over an edge counts in both cells)."""
    count = 0
    for write in range(2):
        out = np.empty(count, np.int64)
        count = 0
        last_cell = -1
        last_hour = -1
        for i in range(t.size):
            row = min(max(int((lat[i] + 90.0) * 4.0), 0), ROWS - 1)
            column = int((lon[i] + 180.0) * 4.0) % COLUMNS
            cell = row * COLUMNS + column
            hour = t[i] // HOUR_MS
            same = cell == last_cell and hour == last_hour and mmsi[i] == mmsi[i - 1]
            if not same and wanted[row, column]:
                if write:
                    out[count] = i
                count += 1
            last_cell = cell
            last_hour = hour
    return out
