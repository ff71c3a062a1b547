"""Points of many ships, put by until all ships have been looked at, then taken by blocks of time.

Who met whom can only be told when all tracks have been read, ship after ship; but only ships at
the same time meet. The points are kept in memory up to `ROWS_HELD` and go to a temporary folder
beyond that, a file a block of steps, so that memory grows neither with the ships nor with the days.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from masthead.tracks.kernels import run_order

ROWS_HELD = 4_000_000
BLOCK_STEPS = 288
"""A day of five-minute steps."""


class Spill:
    """A table of points with a `step`, in parts."""

    def __init__(self) -> None:
        self._held: list[pl.DataFrame] = []
        self._rows = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: dict[int, list[Path]] = defaultdict(list)

    def add(self, points: pl.DataFrame) -> None:
        """Put points by."""
        self._held.append(points)
        self._rows += points.height
        if self._rows > ROWS_HELD:
            self._write()

    def blocks(self) -> Iterator[pl.DataFrame]:
        """All points in blocks of steps, in order. They are gone then."""
        if not self._files:
            yield from (part for _, part in self._by_block())
            return
        self._write()
        for block in sorted(self._files):
            yield pl.concat([pl.read_ipc(file) for file in self._files[block]])
        if self._folder is not None:
            self._folder.cleanup()

    def _by_block(self) -> list[tuple[int, pl.DataFrame]]:
        if not self._held:
            return []
        whole = pl.concat(self._held, rechunk=True)
        self._held, self._rows = [], 0
        block = (whole["step"].to_numpy() // BLOCK_STEPS).astype(np.uint32)
        names = np.arange(block.min(), block.max() + 1, dtype=np.uint32)
        order, ends = run_order(block, names)
        whole = whole[order]
        begins = np.concatenate([[0], ends[:-1]])
        bounds = zip(names.tolist(), begins.tolist(), ends.tolist(), strict=True)
        return [(name, whole[begin:end]) for name, begin, end in bounds if end > begin]

    def _write(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="masthead-")
        for block, part in self._by_block():
            file = Path(self._folder.name) / f"{block}-{len(self._files[block])}.arrow"
            part.write_ipc(file, compression="uncompressed")
            self._files[block].append(file)
