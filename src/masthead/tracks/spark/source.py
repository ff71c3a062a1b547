"""A lake as Spark reads it: in a folder, or in object storage (`s3a://bucket/lake`)."""

from __future__ import annotations

import importlib
import json
from typing import Any

import polars as pl

from masthead.errors import MastheadError, SourceError
from masthead.tracks.groups import USED
from masthead.tracks.lake import FORMAT
from masthead.tracks.positions import STATIC
from masthead.tracks.spark.arrow import PACKED, Batches, packed, receive, unpacked

LEAST_PARTITIONS = 2


def session() -> Any:
    """The Spark session that there is, or one as this machine's settings say. Raises
    `MastheadError` without PySpark."""
    try:
        sql = importlib.import_module("pyspark.sql")
    except ImportError as error:
        raise MastheadError(
            "the Spark engine needs PySpark: pip install 'masthead[spark]', and a Java runtime"
        ) from error
    return (
        sql.SparkSession.builder.appName("masthead")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )


class SparkLake:
    """A lake at an address that Spark knows. Raises `SourceError` where there is none, and
    `MastheadError` without PySpark."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._session = session()
        try:
            mark = self._session.read.text(f"{self.address}/lake.json").collect()
            version = json.loads("".join(row[0] for row in mark))["format"]
        except Exception as error:
            if not _is_absent(error):
                raise
            raise SourceError(
                address, "is no lake; 'masthead import FILE… --lake DIR' makes one"
            ) from error
        if version != FORMAT:
            raise SourceError(
                address, f"is a lake of format {version}; this Masthead reads {FORMAT}"
            )

    def spread(self, partition_rows: int) -> tuple[Any, int]:
        """The positions, each ship in one partition and sorted by time there; and how many
        partitions there are."""
        positions = self._session.read.schema(
            "mmsi bigint, t timestamp, lat double, lon double, sog float, cog float, "
            "status smallint"
        ).parquet(f"{self.address}/positions")
        partitions = max(LEAST_PARTITIONS, -(-positions.count() // partition_rows))
        ships = positions.select(*USED).repartition(partitions, "mmsi")
        return ships.sortWithinPartitions("mmsi", "t"), partitions

    def statements(self) -> pl.DataFrame:
        """What ships said of themselves (`STATIC`)."""
        try:
            said = self._session.read.parquet(f"{self.address}/identities.parquet")
        except Exception as error:
            if not _is_absent(error):
                raise
            return pl.DataFrame(schema=STATIC)
        parts = said.mapInArrow(_pack, PACKED).collect()
        tables = [in_schema(unpacked(row["table"]), STATIC) for row in parts]
        return pl.concat([pl.DataFrame(schema=STATIC), *tables])


def _pack(batches: Batches) -> Batches:
    return packed(("said", "", receive(batch)) for batch in batches)


def _is_absent(error: Exception) -> bool:
    """Whether Spark says that there is nothing at an address."""
    return "PATH_NOT_FOUND" in str(error) or isinstance(error, (ValueError, KeyError, TypeError))


def in_schema(table: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Spark's idea of the columns (no unsigned numbers, microseconds) brought back to ours."""
    moments = [n for n, k in table.schema.items() if isinstance(k, pl.Datetime)]
    for name in moments:
        t = table[name]
        assert isinstance(t.dtype, pl.Datetime)
        zoned = t.dt.replace_time_zone("UTC") if t.dtype.time_zone is None else t
        table = table.with_columns(zoned.dt.convert_time_zone("UTC").dt.cast_time_unit("ms"))
    return table.select(pl.col(n).cast(k) for n, k in schema.items() if n in table.columns)
