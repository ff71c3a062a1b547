"""Received positions as CSV, gzipped, with the columns of MarineCadastre (NOAA, US Coast Guard)."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO, cast

import polars as pl

from masthead.sim.reporting import CLASS_B

GZIP_LEVEL = 5


class CsvWriter:
    """A gzipped CSV file, each stretch in the order of time."""

    def __init__(self, file: Path) -> None:
        self._out = gzip.GzipFile(file, "wb", compresslevel=GZIP_LEVEL, mtime=0)
        self._header = True

    def add(self, positions: pl.DataFrame, statements: pl.DataFrame) -> None:
        """Write a stretch of positions (`reception.RECEIVED`); `statements` are what the ships say
        of themselves, from `first` on."""
        said = statements.drop("last").sort("first")
        table = positions.sort("t", "mmsi").join_asof(
            said, left_on="t", right_on="first", by="mmsi", check_sortedness=False
        )
        table.select(
            pl.col("mmsi").alias("MMSI"),
            pl.col("t").dt.strftime("%Y-%m-%dT%H:%M:%S").alias("BaseDateTime"),
            pl.col("lat").round(5).alias("LAT"),
            pl.col("lon").round(5).alias("LON"),
            pl.col("sog").round(1).alias("SOG"),
            pl.col("cog").round(1).alias("COG"),
            pl.col("heading").fill_null(511).cast(pl.UInt16).alias("Heading"),
            pl.col("name").alias("VesselName"),
            pl.format("IMO{}", pl.col("imo")).alias("IMO"),
            pl.col("call_sign").alias("CallSign"),
            pl.col("ship_type").alias("VesselType"),
            pl.col("status").alias("Status"),
            pl.col("length_m").cast(pl.UInt16).alias("Length"),
            pl.col("width_m").cast(pl.UInt16).alias("Width"),
            pl.col("draught_m").round(1).alias("Draft"),
            pl.col("ship_type").alias("Cargo"),
            pl.when(pl.col("class") == CLASS_B)
            .then(pl.lit("B"))
            .otherwise(pl.lit("A"))
            .alias("TransceiverClass"),
        ).write_csv(cast(IO[bytes], self._out), include_header=self._header)
        self._header = False

    def close(self) -> None:
        """Close the file."""
        self._out.close()
