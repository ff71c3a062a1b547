"""A lake's positions by groups of ships instead of by days, put by in a temporary folder.

A lake is sorted by day, detection goes ship by ship. To read the ships of each group from all days
would read the lake nearly as often as there are groups, for days are packed in blocks of many
ships. So the lake is read once, day after day, and each group's part of the days is added to the
group's file. Nothing is packed: that takes about twice the lake's size on disk (in the folder that
the variable TMPDIR names) for as long as the detection lasts, and half the time.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from masthead.tracks.lake import Lake
from masthead.tracks.threads import in_turn

STRETCH_ROWS = 1_000_000
"""Positions of the days that are read at once."""


class Regrouped:
    """The positions of a lake (`columns` of them) by groups of ships. `first` is the first MMSI of
    each group, in order; the first group begins at or before the first ship."""

    def __init__(self, lake: Lake, first: npt.NDArray[np.uint32], columns: tuple[str, ...]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="masthead-")
        self._first = first
        take = partial(self._take, lake, columns)
        for groups in in_turn(stretches(lake), take, os.cpu_count() or 1):
            for number, content in groups:
                with self._file(number).open("ab") as file:
                    file.write(content)

    def group(self, number: int) -> pl.DataFrame:
        """The positions of a group of ships: day after day, each sorted by (mmsi, t)."""
        content = pa.py_buffer(self._file(number).read_bytes())
        source = pa.BufferReader(content)
        parts = []
        while source.tell() < content.size:
            parts.append(pl.from_arrow(pa.ipc.open_stream(source).read_all()))
        return pl.concat([pl.DataFrame(part) for part in parts], rechunk=True)

    def _file(self, number: int) -> Path:
        return Path(self._folder.name) / f"group-{number}.arrows"

    def _take(
        self, lake: Lake, columns: tuple[str, ...], days: list[date]
    ) -> list[tuple[int, bytes]]:
        """Some days' part of each group."""
        parts: dict[int, list[pl.DataFrame]] = {}
        for day in days:
            positions = lake.scan([day]).select(columns).collect()
            cuts = np.searchsorted(positions["mmsi"].to_numpy(), self._first)
            ends = np.append(cuts[1:], positions.height)
            for number in np.flatnonzero(ends > cuts).tolist():
                part = positions.slice(int(cuts[number]), int(ends[number] - cuts[number]))
                parts.setdefault(number, []).append(part)
        return [(number, _stream(pl.concat(tables))) for number, tables in parts.items()]


def _stream(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.rechunk().write_ipc_stream(buffer, compression="uncompressed")
    return buffer.getvalue()


def stretches(lake: Lake) -> Iterator[list[date]]:
    """The lake's days in stretches of some `STRETCH_ROWS` positions."""
    held: list[date] = []
    rows = 0
    for day in lake.days():
        held.append(day)
        rows += lake.rows(day)
        if rows >= STRETCH_ROWS:
            yield held
            held, rows = [], 0
    if held:
        yield held
