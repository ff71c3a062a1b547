"""Writes received positions as a lake: the layout of docs/positions.md, a Parquet file a day."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from masthead.sim.identities import STATEMENTS
from masthead.sim.sampling import POSITIONS

FORMAT = 1
ROW_GROUP = 65_536


class LakeWriter:
    """A lake in the making. Positions come in the order of time, a stretch at a time; a row that
    a receiver's clock puts into another day is kept for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lake.json").write_text(json.dumps({"format": FORMAT}) + "\n", "utf-8")
        self._late: list[pl.DataFrame] = []
        self._said = pl.DataFrame(schema=STATEMENTS)
        self.positions = 0

    def add(self, received: pl.DataFrame, statements: pl.DataFrame) -> None:
        """Add positions; the days before the newest are written. `statements` are what the ships
        say of themselves, so far."""
        self._said = statements
        received = received.select(pl.col(name).cast(kind) for name, kind in POSITIONS.items())
        whole = pl.concat([*self._late, received]) if self._late else received
        if whole.is_empty():
            return
        days = whole["t"].dt.date()
        newest = days.max()
        self._late = [whole.filter(days == newest)]
        self._write(whole.filter(days != newest))

    def close(self) -> None:
        """Write what is left, and what ships said of themselves."""
        if self._late:
            self._write(pl.concat(self._late))
        self._late = []
        self._said.write_parquet(self.folder / "identities.parquet", compression="zstd")

    def _write(self, positions: pl.DataFrame) -> None:
        for (day,), part in positions.group_by(pl.col("t").dt.date(), maintain_order=True):
            file = self.folder / "positions" / f"day={day}" / "part.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.exists():
                part = pl.concat([pl.read_parquet(file).cast(pl.Schema(POSITIONS)), part])
            part = part.sort("mmsi", "t").unique(["mmsi", "t"], keep="first", maintain_order=True)
            part.write_parquet(
                file, compression="zstd", compression_level=1, row_group_size=ROW_GROUP
            )
            self.positions += part.height
