"""The positions of a source in groups of whole ships, so that each ship's track is seen whole and
memory does not grow with the number of days.

What fits in `KEPT_ROWS` is read and segmented once and kept. Of a lake of some weeks, each group is
read from all days; a longer one is first brought from days to groups on disk (`regroup`). Only the
columns that detectors use are read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
import polars as pl

from masthead.tracks.hearing import first_heard
from masthead.tracks.kernels import Longs, group_order
from masthead.tracks.lake import ROW_GROUP, Lake
from masthead.tracks.positions import in_order, is_in_order
from masthead.tracks.regroup import Regrouped, stretches
from masthead.tracks.segment import segment
from masthead.tracks.threads import in_turn

USED = ("mmsi", "t", "lat", "lon", "sog", "cog", "status")
GROUP_ROWS = 1_000_000
"""Positions of a group of ships: some 150 MB while they are looked at, on each core."""
LEAST_ROWS = 50_000
"""Smaller groups than this are not worth a thread."""
KEPT_ROWS = 3_000_000
READ_IN_VAIN = 2.0
"""A group's ships share blocks of the days' files with others. From this many times the group's
rows on, it is quicker to write the lake anew by groups."""
Result = TypeVar("Result")


class Groups:
    """The positions of a lake or a frame in groups of whole ships, segmented."""

    def __init__(self, source: Lake | pl.DataFrame) -> None:
        self._lake = source if isinstance(source, Lake) else None
        self._kept: list[pl.DataFrame] | None = None
        self._whole: pl.DataFrame | None = None
        self._regrouped: Regrouped | None = None
        if isinstance(source, Lake):
            counts = source.scan().group_by("mmsi").len().collect(engine="streaming").sort("mmsi")
            if int(counts["len"].sum()) <= KEPT_ROWS:
                self._whole = _by_ship(source.scan().select(USED).collect(), counts["mmsi"])
        else:
            self._whole = in_order(source).select(USED)
            counts = self._whole.group_by("mmsi", maintain_order=True).len()
        self._ships = counts["mmsi"]
        self._upto: Longs = np.concatenate([[0], counts["len"].cum_sum().to_numpy()]).astype(
            np.int64
        )
        self.total = int(self._upto[-1])

    def each(self, look: Callable[[pl.DataFrame], Result]) -> Iterator[tuple[int, int, Result]]:
        """What `look` makes of each group's segmented positions, in order, on all cores: (positions
        looked at, positions in all, the result)."""
        workers = os.cpu_count() or 1
        kept: list[pl.DataFrame] = []

        def work(group: pl.DataFrame) -> tuple[pl.DataFrame | None, int, Result]:
            tracks = group if self._kept is not None else segment(group)
            return (tracks if self._whole is not None else None), tracks.height, look(tracks)

        done = 0
        groups = self._kept if self._kept is not None else self._read()
        for tracks, rows, result in in_turn(groups, work, workers):
            kept += [] if tracks is None else [tracks]
            done += rows
            yield done, self.total, result
        if self._whole is not None:
            self._kept = kept

    def heard(self) -> Iterator[pl.DataFrame]:
        """Who was heard when and where: all positions, or of a large lake the first in each hour
        and place (`hearing`), in stretches of whole days, in order."""
        if self._whole is not None:
            yield self._whole
        elif self._regrouped is not None:
            yield from self._regrouped.heard()
        elif self._lake is not None:
            for days in stretches(self._lake):
                heard = self._lake.scan(days).select("mmsi", "t", "lat", "lon").collect()
                yield first_heard(heard)

    def _read(self) -> Iterator[pl.DataFrame]:
        """The groups, each sorted by (mmsi, t)."""
        bounds = list(self._bounds())
        lake = self._lake if self._whole is None else None
        in_vain = len(lake.days()) * ROW_GROUP if lake is not None else 0
        if lake is not None and self._regrouped is None and in_vain > READ_IN_VAIN * GROUP_ROWS:
            first = self._ships.gather([begin for begin, _ in bounds]).to_numpy()
            self._regrouped = Regrouped(lake, first, USED)
        for number, (begin, end) in enumerate(bounds):
            ships = self._ships[begin:end]
            if self._whole is not None:
                first_row, last_row = int(self._upto[begin]), int(self._upto[end])
                yield self._whole.slice(first_row, last_row - first_row)
            elif self._regrouped is not None:
                yield _by_ship(self._regrouped.group(number), ships)
            elif lake is not None:
                wanted = pl.col("mmsi").is_between(ships[0], ships[-1])
                yield _by_ship(lake.scan().select(USED).filter(wanted).collect(), ships)

    def _bounds(self) -> Iterator[tuple[int, int]]:
        """The first ship of each group, and the one after its last."""
        rows = min(GROUP_ROWS, max(LEAST_ROWS, -(-self.total // (2 * (os.cpu_count() or 1)))))
        begin = 0
        while begin < self._ships.len():
            most = self._upto[begin] + rows
            end = max(begin + 1, int(np.searchsorted(self._upto, most, side="right")) - 1)
            yield begin, end
            begin = end


def _by_ship(days: pl.DataFrame, ships: pl.Series) -> pl.DataFrame:
    """Positions of days in order, each day sorted by ship and time, sorted by ship and time as a
    whole. `ships` are those that there are, sorted."""
    if is_in_order(days):
        return days
    number = np.searchsorted(ships.to_numpy(), days["mmsi"].to_numpy()).astype(np.int32)
    order: Longs = group_order(number, ships.len())
    whole = days[order]
    return whole if is_in_order(whole) else in_order(whole)
