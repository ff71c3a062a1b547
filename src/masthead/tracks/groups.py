"""The positions of a source in groups of whole ships, so that each ship's track is seen whole and
memory does not grow with the number of days.

What fits in `KEPT_ROWS` is read and segmented once and kept. Of a lake of some weeks, each group is
read from all days; a longer one is first brought from days to groups on disk (`regroup`). Only the
columns that detectors use are read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np
import polars as pl

from masthead.tracks.hearing import first_heard
from masthead.tracks.kernels import Longs, Numbers, run_order
from masthead.tracks.lake import ROW_GROUP, Lake
from masthead.tracks.limits import SegmentLimits
from masthead.tracks.positions import in_order
from masthead.tracks.regroup import Regrouped
from masthead.tracks.segment import segment
from masthead.tracks.spill import Spill
from masthead.tracks.threads import in_turn

USED = ("mmsi", "t", "lat", "lon", "sog", "cog", "status")
GROUP_ROWS = 1_000_000
"""Positions of a group of ships: some 150 MB while they are looked at, on each core."""
LEAST_ROWS = 50_000
"""Smaller groups than this are not worth a thread."""
KEPT_ROWS = 8_000_000
WORKERS = os.cpu_count() or 1
STEP_MS = 300_000
READ_IN_VAIN = 2.0
"""A group's ships share blocks of the days' files with others. From this many times the group's
rows on, it is quicker to write the lake anew by groups."""
Result = TypeVar("Result")
Read = Callable[[], pl.DataFrame]


class Groups:
    """The positions of a lake or a frame in groups of whole ships, segmented."""

    def __init__(self, source: Lake | pl.DataFrame, limits: SegmentLimits) -> None:
        self._limits = limits
        self._lake = source if isinstance(source, Lake) else None
        self._rows: pl.DataFrame | None = None
        self._order: Numbers | None = None
        self._kept: list[pl.DataFrame] | None = None
        self._heard = Spill()
        self._regrouped: Regrouped | None = None
        if isinstance(source, Lake):
            counts = source.scan().group_by("mmsi").len().collect(engine="streaming").sort("mmsi")
            if int(counts["len"].sum()) <= KEPT_ROWS:
                self._rows = source.scan().select(USED).collect().rechunk()
                self._order = _ship_order(self._rows, counts["mmsi"])
        else:
            self._rows = in_order(source).select(USED)
            counts = self._rows.group_by("mmsi", maintain_order=True).len()
        self._ships = counts["mmsi"]
        self._upto: Longs = np.concatenate([[0], counts["len"].cum_sum().to_numpy()]).astype(
            np.int64
        )
        self.total = int(self._upto[-1])

    def each(self, look: Callable[[pl.DataFrame], Result]) -> Iterator[tuple[int, int, Result]]:
        """What `look` makes of each group's segmented positions, in order, on all cores: (positions
        looked at, positions in all, the result)."""
        done = 0
        if self._kept is not None:
            looks = in_turn(self._kept, lambda tracks: (tracks.height, look(tracks)), WORKERS)
            for rows, result in looks:
                done += rows
                yield done, self.total, result
            return
        kept: list[pl.DataFrame] = []
        heard = Spill()

        def work(read: Read) -> tuple[pl.DataFrame, pl.DataFrame, Result]:
            group = read()
            tracks = segment(group, self._limits)
            return tracks, _in_steps(first_heard(group)), look(tracks)

        for tracks, first, result in in_turn(self._groups(), work, WORKERS):
            if self._rows is not None:
                kept.append(tracks)
            heard.add(first)
            done += tracks.height
            yield done, self.total, result
        self._heard = heard
        if self._rows is not None:
            self._kept, self._rows, self._order = kept, None, None

    def heard(self) -> Iterator[pl.DataFrame]:
        """Who was heard when and where: of each ship the first position in each hour and place
        (`hearing`), in stretches of whole days, in order. Once all groups were looked at."""
        return self._heard.blocks()

    def _groups(self) -> Iterator[Read]:
        """What reads each group, sorted by (mmsi, t)."""
        bounds = list(self._bounds())
        lake = self._lake if self._rows is None else None
        in_vain = len(lake.days()) * ROW_GROUP if lake is not None else 0
        if lake is not None and self._regrouped is None and in_vain > READ_IN_VAIN * GROUP_ROWS:
            first = self._ships.gather([begin for begin, _ in bounds]).to_numpy()
            self._regrouped = Regrouped(lake, first, USED)
        for number, (begin, end) in enumerate(bounds):
            ships = self._ships[begin:end]
            if self._rows is not None:
                yield partial(
                    _gathered, self._rows, self._order, self._upto[begin], self._upto[end]
                )
            elif self._regrouped is not None:
                yield partial(_of_stretches, self._regrouped, number, ships)
            elif lake is not None:
                yield partial(_of_days, lake, ships)

    def _bounds(self) -> Iterator[tuple[int, int]]:
        """The first ship of each group, and the one after its last."""
        rows = min(GROUP_ROWS, max(LEAST_ROWS, -(-self.total // (2 * WORKERS))))
        begin = 0
        while begin < self._ships.len():
            most = self._upto[begin] + rows
            end = max(begin + 1, int(np.searchsorted(self._upto, most, side="right")) - 1)
            yield begin, end
            begin = end


def _in_steps(heard: pl.DataFrame) -> pl.DataFrame:
    """Positions to be put by in order of time (`spill`)."""
    return heard.with_columns(pl.col("t").dt.epoch("ms").floordiv(STEP_MS).alias("step"))


def _gathered(rows: pl.DataFrame, order: Numbers | None, first: int, end: int) -> pl.DataFrame:
    """Some ships of what is in memory; `order` brings it into that of ships, if it is not yet."""
    if order is None:
        return rows.slice(first, end - first)
    return in_order(rows[order[first:end]])


def _of_stretches(regrouped: Regrouped, number: int, ships: pl.Series) -> pl.DataFrame:
    """A group of ships of a lake that was brought to groups."""
    return _by_ship(regrouped.group(number), ships)


def _of_days(lake: Lake, ships: pl.Series) -> pl.DataFrame:
    """Some ships (all there are from the first to the last), read from all days."""
    wanted = pl.col("mmsi").is_between(ships[0], ships[-1])
    return _by_ship(lake.scan().select(USED).filter(wanted).collect(), ships)


def _by_ship(days: pl.DataFrame, ships: pl.Series) -> pl.DataFrame:
    """Positions of days in order, each day sorted by ship and time, sorted by ship and time as a
    whole. `ships` are those that there are, sorted."""
    days = days.rechunk()
    return in_order(days[_ship_order(days, ships)])


def _ship_order(days: pl.DataFrame, ships: pl.Series) -> Numbers:
    order, _ = run_order(days["mmsi"].to_numpy(), ships.to_numpy())
    return order
