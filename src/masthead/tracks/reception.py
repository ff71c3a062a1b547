"""How well a sea was heard while a ship was silent, told from the other ships there.

A silence says something of a ship only where others were heard. For each gap the hours are counted
in which other ships were heard: anywhere in the source (was there a feed at all?), and within the
nine one-degree cells around the last position, during the gap and in the 24 hours before. How often
ships like it are lost there is in `tracks.losses`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.kernels import Floats, Ints, Longs, kernel
from masthead.tracks.losses import Losses
from masthead.tracks.segment import milliseconds

HOUR_MS = 3_600_000
BEFORE_H = 24
LONGEST_H = 240
"""Of a longer gap the first ten days are looked at."""
ROWS, COLUMNS = 180, 360
MARKS = 40_000_000
"""Cells times hours that are marked at once, four bytes each."""
NOBODY, SEVERAL = 0, 0xFFFF_FFFF
Marks = npt.NDArray[np.uint32]


def weigh_gaps(
    gaps: pl.DataFrame,
    ahead: pl.DataFrame,
    heard: Iterable[pl.DataFrame],
    losses: Losses,
    *,
    min_heard_share: float,
    max_lost_share: float,
    min_feed_share: float,
    min_known_share: float,
) -> pl.DataFrame:
    """The gaps that reception does not explain, with `others_heard_share` (of the gap's hours, near
    the last position) and `others_before_share` (of the 24 hours before), and `confidence` from
    them: 0.4 where too few ships pass for it to be told, else 0.5 to 0.9.

    Left out are gaps in which the feed itself was off (other ships anywhere in less than
    `min_feed_share` of the hours), and those in which the share of hours with other ships near fell
    below `min_heard_share` of what it was before, where that was `min_known_share` or more; those
    where ships like it are lost in more than `max_lost_share` of the hours they are heard in
    (`lost_share`); those of ships bound for a sea where nobody is heard (`ahead` is where each was
    bound); and of the gaps that are still open (`open`), those in whose sea it cannot be told.
    `heard` are all positions, in parts.
    """
    if not gaps.height:
        return gaps
    asked = ("mmsi", "start", "end", "lat", "lon")
    both = pl.concat([gaps.select(asked), ahead.select(asked)])
    off, on, counted, several = _count(both, losses.listening(heard))
    lost = losses.shares()
    off, on = off[: gaps.height], on[: gaps.height]
    counts, there = counted[: gaps.height], counted[gaps.height :]
    length = np.maximum(on - off - 1, 1)
    share, usual, feed = counts[:, 0] / length, counts[:, 1] / BEFORE_H, counts[:, 2] / length
    known = usual >= min_known_share
    kept = (feed >= min_feed_share) if several else np.ones(gaps.height, np.bool_)
    kept &= ~known | (share >= min_heard_share * usual)
    told = known | (share >= min_known_share)
    heard_there = np.maximum(there[:, 0] / length, there[:, 1] / BEFORE_H)
    left = told & (heard_there < min_known_share)
    kept &= ~left & (told | ~gaps["open"].to_numpy())
    kept &= ~(lost > max_lost_share)
    sure = told & ~np.isnan(lost)
    return gaps.with_columns(
        pl.Series("confidence", np.where(sure, 0.5 + 0.4 * share, 0.4)),
        pl.Series("lost_share", lost).fill_nan(None),
        pl.Series("others_heard_share", share),
        pl.Series("others_before_share", usual),
    ).filter(pl.Series(kept))


def _count(
    gaps: pl.DataFrame, heard: Iterable[pl.DataFrame]
) -> tuple[Longs, Longs, npt.NDArray[np.int64], bool]:
    """Of each gap its first and last hour; the hours in it and in the day before it with others
    near, and with others anywhere; and whether the source has more than one ship."""
    off = gaps["start"].to_physical().to_numpy() // HOUR_MS
    on = np.minimum(gaps["end"].to_physical().to_numpy() // HOUR_MS, off + LONGEST_H)
    mmsi = gaps["mmsi"].to_numpy()
    row, column = _cells(gaps["lat"].to_numpy(), gaps["lon"].to_numpy())
    wanted = np.zeros((ROWS, COLUMNS), np.bool_)
    for south in (-1, 0, 1):
        for east in (-1, 0, 1):
            wanted[np.clip(row + south, 0, ROWS - 1), (column + east) % COLUMNS] = True
    number = np.full((ROWS, COLUMNS), -1, np.int32)
    cells = int(wanted.sum())
    number[wanted] = np.arange(cells)
    window = max(24, MARKS // cells)
    counts = np.zeros((gaps.height, 3), np.int64)
    one = np.zeros(1, np.uint32)
    for part in heard:
        t = milliseconds(part)
        if not t.size:
            continue
        ships, lat, lon = (part[name].to_numpy() for name in ("mmsi", "lat", "lon"))
        _mark_source(ships, one)
        first = max(int(t.min()) // HOUR_MS, int(off.min()) - BEFORE_H)
        last = min(int(t.max()) // HOUR_MS, int(on.max()))
        for begin in range(first, last + 1, window):
            hours = min(window, last + 1 - begin)
            marks, feed = np.zeros((cells, hours), np.uint32), np.zeros(hours, np.uint32)
            _mark(ships, t, lat, lon, number, begin, marks, feed)
            _add_hours(mmsi, off, on, row, column, number, begin, marks, feed, counts)
    return off, on, counts, bool(one[0] == SEVERAL)


def _cells(lat: Floats, lon: Floats) -> tuple[Longs, Longs]:
    row = np.clip(np.floor(lat).astype(np.int64) + 90, 0, ROWS - 1)
    return row, (np.floor(lon).astype(np.int64) + 180) % COLUMNS


@kernel
def _marked(mark: int, mmsi: int) -> int:
    """A mark after a ship was heard there: nobody, one ship, or several."""
    if mark == NOBODY or mark == mmsi:  # noqa: SIM109 (Numba knows no `in` here)
        return mmsi
    return SEVERAL


@kernel
def _mark_source(mmsi: Marks, one: Marks) -> None:
    for i in range(mmsi.size):
        if one[0] == SEVERAL:
            return
        one[0] = _marked(one[0], mmsi[i])


@kernel
def _mark(
    mmsi: Marks, t: Longs, lat: Floats, lon: Floats, number: Ints, begin: int, marks: Marks,
    feed: Marks,
) -> None:  # fmt: skip
    """Mark who was heard in each hour from `begin` on, in each numbered cell and anywhere."""
    first = begin * HOUR_MS
    end = (begin + feed.size) * HOUR_MS
    for i in range(t.size):
        if t[i] < first or t[i] >= end:
            continue
        hour = (t[i] - first) // HOUR_MS
        if feed[hour] != SEVERAL:
            feed[hour] = _marked(feed[hour], mmsi[i])
        row = min(max(int(lat[i] + 90.0), 0), ROWS - 1)
        cell = number[row, int(lon[i] + 180.0) % COLUMNS]
        if cell >= 0 and marks[cell, hour] != SEVERAL:
            marks[cell, hour] = _marked(marks[cell, hour], mmsi[i])


@kernel
def _add_hours(
    mmsi: Marks, off: Longs, on: Longs, row: Longs, column: Longs, number: Ints, begin: int,
    marks: Marks, feed: Marks, counts: npt.NDArray[np.int64],
) -> None:  # fmt: skip
    """Add to each gap's counts the hours of this window in which others were heard."""
    for g in range(off.size):
        low = max(off[g] - BEFORE_H, begin)
        high = min(on[g], begin + feed.size)
        for hour in range(low, high):
            h = hour - begin
            if hour == off[g] or feed[h] == NOBODY or feed[h] == mmsi[g]:
                continue
            if hour > off[g]:
                counts[g, 2] += 1
            near = False
            for south in range(-1, 2):
                r = row[g] + south
                if r < 0 or r >= ROWS or near:
                    continue
                for east in range(-1, 2):
                    cell = number[r, (column[g] + east) % COLUMNS]
                    if marks[cell, h] != NOBODY and marks[cell, h] != mmsi[g]:
                        near = True
                        break
            if near:
                counts[g, 0 if hour > off[g] else 1] += 1
