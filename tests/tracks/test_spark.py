"""The Spark engine finds what the local engine finds (local mode, several partitions)."""

from __future__ import annotations

from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from masthead.errors import MastheadError
from masthead.tracks import spark
from masthead.tracks.engine import detect_table
from masthead.tracks.lake import write_positions
from masthead.tracks.load import import_files
from tracks.planting import ZONES, plant


def test_spark_needs_a_lake() -> None:
    table, _, _ = plant(seed=5, ships=1)
    with pytest.raises(MastheadError, match="reads a lake"):
        detect_table(table, engine="spark")


@pytest.mark.slow
def test_the_same_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed (masthead[spark])")
    table, _, _ = plant(seed=31, ships=2)
    write_positions(table, tmp_path / "a.parquet")
    import_files([tmp_path / "a.parquet"], tmp_path / "lake")
    monkeypatch.setattr(spark, "PARTITION_ROWS", 5_000)
    session = sql.SparkSession.builder.master("local[2]").appName("test").getOrCreate()
    try:
        found = detect_table(tmp_path / "lake", zones=ZONES, engine="spark")
    finally:
        session.stop()
    assert_frame_equal(found, detect_table(tmp_path / "lake", zones=ZONES))
    assert found.height > 40
