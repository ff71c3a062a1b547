"""The same detection on Apache Spark, for lakes that one machine is too small or too slow for.

    masthead.tracks.engine.detect_table("lake", engine="spark")

The positions are spread over the cluster by ship and sorted there; each worker hands the tracks of
its ships to the same detectors (`mapInArrow`: a partition is a stream, never in memory whole). What
ships' meetings need (their steps at sea, away from ports) comes back to the driver, which finds the
meetings there; so does the hourly reception that gaps are weighed by, straight from the lake.

Needs `pip install masthead[spark]` and a Java runtime.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from masthead.errors import MastheadError
from masthead.tracks.groups import Groups
from masthead.tracks.lake import Lake
from masthead.tracks.lookout import Lookout, Tables
from masthead.tracks.places import STAY_H, STAY_KN, learn_places
from masthead.tracks.positions import SCHEMA, in_order
from masthead.tracks.registry import Detector
from masthead.tracks.segment import segment
from masthead.tracks.stays import stays

PARTITION_ROWS = 2_000_000
GROUP_ROWS = 500_000
_RESULT = "name string, table binary"


def run_on_spark(
    lake: Lake, lookout: Lookout, session: Any = None
) -> list[tuple[Detector, pl.DataFrame]]:
    """Each detector's findings in a lake. `session` is the Spark session; without it, the one
    that is there, or one on this machine. Raises `MastheadError` without PySpark."""
    session = session or _session()
    files = [str(lake.day_file(day)) for day in lake.days()]
    if not files:
        return lookout.find(Groups(lake).heard)
    rows = lake.scan().select(pl.len()).collect().item()
    partitions = max(2, -(-rows // PARTITION_ROWS))
    positions = (
        session.read.parquet(*files)
        .select(*SCHEMA)
        .repartition(partitions, "mmsi")
        .sortWithinPartitions("mmsi", "t")
    )
    if lookout.needs_places:
        shown = _collect(positions, _stays)
        lookout.places = learn_places(pl.concat([t["stays"] for t in shown]))
    for seen in _collect(positions, lookout.look):
        lookout.add(seen)
    return lookout.find(Groups(lake).heard)


def _stays(tracks: pl.DataFrame) -> Tables:
    return {"stays": stays(tracks, limit_kn=STAY_KN, min_h=STAY_H)}


def _session() -> Any:
    try:
        sql = importlib.import_module("pyspark.sql")
    except ImportError as error:
        raise MastheadError(
            "the Spark engine needs PySpark: pip install 'masthead[spark]', and a Java runtime"
        ) from error
    return sql.SparkSession.builder.appName("masthead").getOrCreate()


def _collect(positions: Any, look: Callable[[pl.DataFrame], Tables]) -> list[Tables]:
    """What `look` makes of every group of whole ships, on the workers."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for group in _whole_ships(batches):
            seen = {n: _pack(t) for n, t in look(segment(in_order(group))).items() if t.height}
            yield pa.RecordBatch.from_pydict(
                {"name": list(seen), "table": list(seen.values())},
                schema=pa.schema([("name", pa.string()), ("table", pa.binary())]),
            )

    found = positions.mapInArrow(work, _RESULT).collect()
    return [{row["name"]: pl.read_ipc(io.BytesIO(bytes(row["table"])))} for row in found]


def _whole_ships(batches: Iterator[pa.RecordBatch]) -> Iterator[pl.DataFrame]:
    """A sorted partition in groups of whole ships of some `GROUP_ROWS` positions."""
    held: list[pl.DataFrame] = []
    rows = 0
    for batch in batches:
        frame = _positions(batch)
        if not frame.height:
            continue
        held.append(frame)
        rows += frame.height
        last = frame["mmsi"][-1]
        if rows >= GROUP_ROWS and frame["mmsi"][0] != last:
            whole = pl.concat(held)
            yield whole.filter(pl.col("mmsi") != last)
            held = [whole.filter(pl.col("mmsi") == last)]
            rows = held[0].height
    if held:
        yield pl.concat(held)


def _positions(batch: pa.RecordBatch) -> pl.DataFrame:
    """Spark's idea of the columns (no unsigned numbers, microseconds) brought back to ours."""
    frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))
    t = frame["t"]
    assert isinstance(t.dtype, pl.Datetime)
    zoned = t.dt.replace_time_zone("UTC") if t.dtype.time_zone is None else t
    return frame.with_columns(zoned.dt.convert_time_zone("UTC").dt.cast_time_unit("ms")).select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )


def _pack(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()
