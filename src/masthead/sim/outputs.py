"""Received positions to files: a lake of daily Parquet, CSV in the layout of MarineCadastre, NMEA.

A writer takes positions stretch by stretch, and is closed with what the ships said of themselves.

    LAKE/lake.json                              the format's version
    LAKE/positions/day=2031-03-03/part.parquet  positions, sorted by (mmsi, t), each pair once
    LAKE/identities.parquet                     what ships said of themselves, from when to when
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import polars as pl

from masthead.sim.reception import RECEIVED
from masthead.sim.static_data import Statement, is_class_b, statement_rows, type_number
from masthead.sim.truth import Ship

LAKE_FORMAT = 1
LAKE_COLUMNS = list(RECEIVED)[:9]
ROW_GROUP = 65_536
GZIP_LEVEL = 5


class Writer(Protocol):
    """Writes received positions."""

    def add(self, positions: pl.DataFrame) -> None:
        """Take in a stretch of positions (`RECEIVED`), later than those before but for a few
        seconds."""

    def close(self, statements: Sequence[Statement]) -> None:
        """Write what is left, and the statements."""


class LakeWriter:
    """A lake. A day is written once a stretch of the day after next has come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "positions").mkdir(parents=True, exist_ok=True)
        (folder / "lake.json").write_text(json.dumps({"format": LAKE_FORMAT}) + "\n", "utf-8")
        self._open: dict[date, list[pl.DataFrame]] = {}

    def add(self, positions: pl.DataFrame) -> None:
        """Take in a stretch."""
        if not positions.height:
            return
        for (day,), part in positions.group_by(pl.col("t").dt.date(), maintain_order=True):
            assert isinstance(day, date)
            self._open.setdefault(day, []).append(part.select(LAKE_COLUMNS))
        for day in sorted(self._open)[:-2]:
            self._write(day)

    def close(self, statements: Sequence[Statement]) -> None:
        """Write the last days and the identities."""
        for day in sorted(self._open):
            self._write(day)
        statement_rows(statements).write_parquet(self.folder / "identities.parquet")

    def _write(self, day: date) -> None:
        folder = self.folder / "positions" / f"day={day.isoformat()}"
        folder.mkdir(parents=True, exist_ok=True)
        whole = pl.concat(self._open.pop(day))
        once = whole.sort("mmsi", "t", maintain_order=True)
        repeated = (pl.struct("mmsi", "t") == pl.struct("mmsi", "t").shift()).fill_null(False)
        once.filter(~repeated).write_parquet(
            folder / "part.parquet", compression="zstd", compression_level=1, statistics=True,
            row_group_size=ROW_GROUP,
        )  # fmt: skip


class CsvWriter:
    """A gzipped CSV with the columns of MarineCadastre (NOAA and US Coast Guard), by time."""

    def __init__(self, file: Path, ships: Sequence[Ship]) -> None:
        self._out = gzip.open(file, "wb", compresslevel=GZIP_LEVEL)
        self._ships = said_columns(ships)
        self._header = True

    def add(self, positions: pl.DataFrame) -> None:
        """Write a stretch."""
        table = positions.sort("t", "mmsi").join(self._ships, on="mmsi", how="left")
        table.select(
            pl.col("mmsi").alias("MMSI"),
            pl.col("t").dt.strftime("%Y-%m-%dT%H:%M:%S").alias("BaseDateTime"),
            pl.col("lat").round(5).alias("LAT"),
            pl.col("lon").round(5).alias("LON"),
            pl.col("sog").round(1).alias("SOG"),
            pl.col("cog").round(1).alias("COG"),
            pl.col("heading").fill_null(511).cast(pl.UInt16).alias("Heading"),
            "VesselName", "IMO", "CallSign", "VesselType",
            pl.col("status").alias("Status"),
            "Length", "Width", "Draft", "Cargo", "TransceiverClass",
        ).write_csv(self._out, include_header=self._header)  # fmt: skip
        self._header = False

    def close(self, statements: Sequence[Statement]) -> None:
        """Close the file: the statements are in its rows."""
        self._out.close()


def said_columns(ships: Sequence[Ship]) -> pl.DataFrame:
    """What ships say of themselves, in the columns of MarineCadastre."""
    found = {
        "mmsi": [s.mmsi for s in ships],
        "VesselName": [s.name for s in ships],
        "IMO": [None if s.imo is None else f"IMO{s.imo}" for s in ships],
        "CallSign": [s.call_sign for s in ships],
        "VesselType": [type_number(s) for s in ships],
        "Length": [s.length_m for s in ships],
        "Width": [s.width_m for s in ships],
        "Draft": [None if is_class_b(s) else s.draught_m for s in ships],
        "Cargo": [type_number(s) for s in ships],
        "TransceiverClass": ["B" if is_class_b(s) else "A" for s in ships],
    }
    frame = pl.DataFrame(found, schema_overrides={"mmsi": pl.UInt32, "IMO": pl.String})
    return frame.unique("mmsi", keep="first")
