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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.kernels import Flags, Floats, Longs, destinations, kernel
from masthead.tracks.segment import milliseconds

HOUR_MS = 3_600_000
ROWS, COLUMNS = 720, 1440
"""Cells of a quarter degree."""
AHEAD_EVERY_H = 2.0


@dataclass
class Losses:
    """Where ships were heard and lost. `silences` are the long silences of all ships, and the last
    position of each (`open`): mmsi, start, lat, lon, `quiet` (the transponder gives no status);
    `gaps`, of the same columns and with `off_sog_kn`, `off_cog` and `going`, those asked about.

    A ship that was going is looked for on its course up to `ahead_h` hours ahead: one heard for the
    last time some hours before the edge of reception has sailed over it. Fewer than `min_hours`
    hours, or than `min_ships` other ships, say nothing of a place."""

    silences: pl.DataFrame
    gaps: pl.DataFrame
    ahead_h: float
    min_hours: float
    min_ships: float
    _hours: list[pl.DataFrame] = field(default_factory=list)

    def listening(self, heard: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The positions as they are, in parts; counted on their way."""
        wanted = np.zeros((ROWS, COLUMNS), np.bool_)
        wanted.ravel()[self._places["cell"].to_numpy()] = True
        for part in heard:
            if part.height:
                at = _hours_heard(
                    part["mmsi"].to_numpy(), milliseconds(part),
                    part["lat"].to_numpy(), part["lon"].to_numpy(), wanted,
                )  # fmt: skip
                self._hours.append(_with_cells(part.select("mmsi", "lat", "lon")[at]))
            yield part

    def shares(self) -> Floats:
        """Of each gap the largest share of lost hours at its last position and, if the ship was
        going, on its course ahead, as it is at least (`at_least`); NaN where it cannot be told.
        Asked once all was heard."""
        kinds = self.silences.filter("open").select("mmsi", "quiet")
        here = ["mmsi", "cell"]
        lost = _with_cells(self.silences.select("mmsi", "lat", "lon")).group_by(here)
        heard = (
            pl.concat([_NOWHERE, *self._hours])
            .group_by(here)
            .agg(hours=pl.len().cast(pl.Int64))
            .join(lost.agg(lost=pl.len()), on=here, how="left")
            .join(kinds, on="mmsi", how="left")
            .select(*here, "hours", pl.col("lost").fill_null(0), pl.col("quiet").fill_null(False))
        )
        alike = heard.group_by("quiet", "cell").agg(
            pl.col("hours", "lost").sum(), ships=pl.len().cast(pl.Int64)
        )
        own = pl.col("quiet_own") == pl.col("quiet")  # its own hours are among those of its like
        others = (
            self._places.join(alike, on=["quiet", "cell"], how="left")
            .join(heard, on=here, how="left", suffix="_own")
            .group_by("gap", "place")
            .agg(
                hours=(pl.col("hours") - pl.when(own).then("hours_own").otherwise(0)).sum(),
                lost=(pl.col("lost") - pl.when(own).then("lost_own").otherwise(0)).sum(),
                ships=(pl.col("ships") - own.fill_null(False).cast(pl.Int64)).max(),
            )
            .filter((pl.col("hours") >= self.min_hours) & (pl.col("ships") >= self.min_ships))
        )
        share = pl.min_horizontal("lost", "hours") / pl.col("hours")
        worst = others.group_by("gap").agg(share=at_least(share, pl.col("hours")).max())
        found = np.full(self.gaps.height, np.nan)
        found[worst["gap"].to_numpy()] = worst["share"].to_numpy()
        return found

    @cached_property
    def _places(self) -> pl.DataFrame:
        """The nine cells around each place asked about: `gap` (the row), `place` (how
        far ahead), `cell`, and the gap's mmsi and `quiet`."""
        names = ("lat", "lon", "off_sog_kn", "off_cog")
        lat, lon, sog, cog = (self.gaps[name].cast(pl.Float64).to_numpy() for name in names)
        going = self.gaps["going"].to_numpy()
        found = []
        hours = np.arange(0.0, self.ahead_h + AHEAD_EVERY_H / 2.0, AHEAD_EVERY_H)
        for place, ahead_h in enumerate(hours.tolist()):
            length = np.where(going, sog * ahead_h * 1852.0, 0.0)
            gap, cell = around(*destinations(lat, lon, np.where(going, cog, 0.0), length))
            found.append(pl.DataFrame({"gap": gap, "cell": cell}).with_columns(place=pl.lit(place)))
        who = self.gaps.select("mmsi", "quiet", gap=pl.int_range(pl.len()))
        return pl.concat(found).join(who, on="gap")


_NOWHERE = pl.DataFrame(schema={"mmsi": pl.UInt32, "cell": pl.Int64})


def _with_cells(places: pl.DataFrame) -> pl.DataFrame:
    """Of a table of mmsi, lat, lon: the mmsi and the cell."""
    cell = cells_of(places["lat"].to_numpy(), places["lon"].to_numpy())
    return places.select("mmsi", pl.Series("cell", cell))


def cells_of(lat: Floats, lon: Floats) -> Longs:
    """The cells of places."""
    row = np.clip(np.floor((lat + 90.0) * 4.0), 0, ROWS - 1).astype(np.int64)
    return row * COLUMNS + np.floor((lon + 180.0) * 4.0).astype(np.int64) % COLUMNS


def around(lat: Floats, lon: Floats) -> tuple[Longs, Longs]:
    """The nine cells around each place, six at a pole: the place's number, and the cell."""
    row = np.clip(np.floor((lat + 90.0) * 4.0), 0, ROWS - 1).astype(np.int64)
    column = np.floor((lon + 180.0) * 4.0).astype(np.int64)
    numbers, cells = [], []
    for south in (-1, 0, 1):
        for east in (-1, 0, 1):
            there = np.flatnonzero((row + south >= 0) & (row + south < ROWS))
            numbers.append(there)
            cells.append((row[there] + south) * COLUMNS + (column[there] + east) % COLUMNS)
    return np.concatenate(numbers), np.concatenate(cells)


def at_least(share: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """The lower end of the 90 % interval of a share of a whole (Wilson's): one loss in thirty hours
    is 3 per cent, and no more than 1 for certain."""
    z = 1.645
    middle = share + 0.5 * z * z / whole
    spread = z * (share * (1.0 - share) / whole + 0.25 * z * z / (whole * whole)).sqrt()
    return (middle - spread) / (1.0 + z * z / whole)


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
