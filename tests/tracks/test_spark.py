"""The Spark engine finds what the local engine finds (local mode, several partitions)."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from typer.testing import CliRunner

from masthead.cli import app
from masthead.errors import MastheadError, SourceError
from masthead.tracks.engine import detect, detect_table
from masthead.tracks.lake import Lake, write_positions
from masthead.tracks.load import import_files
from masthead.tracks.load.static import tidy_static
from masthead.tracks.lookout import Lookout
from masthead.tracks.registry import Detector
from tracks.planting import ZONES, plant

pytestmark = pytest.mark.xdist_group("spark")  # one session, one Java runtime


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed (masthead[spark])")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java runtime")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]")
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two ships of every planted kind did, in a lake with their names."""
    folder = tmp_path_factory.mktemp("spark")
    table, _, said = plant(seed=31, ships=2)
    write_positions(table, folder / "a.parquet")
    import_files([folder / "a.parquet"], folder / "lake")
    tidy_static(said).write_parquet(folder / "lake" / "identities.parquet")
    return folder / "lake"


def test_spark_needs_a_lake() -> None:
    table, _, _ = plant(seed=5, ships=1)
    with pytest.raises(MastheadError, match="reads a lake"):
        detect_table(table, engine="spark")


def same_findings(found: list[tuple[Detector, pl.DataFrame]], local: pl.DataFrame) -> None:
    """Whether Spark's findings are the local engine's, row for row."""
    named = {detector.name: table for detector, table in found}
    assert {name for name, table in named.items() if table.height} == set(local["incident"])
    order = ["start", "mmsi", "end", "where", "lat", "lon"]
    for name, table in named.items():
        wanted = local.filter(pl.col("incident") == name)
        table = table.sort(*order, pl.col("others").list.first(), nulls_last=True)
        assert_frame_equal(table, wanted.select(table.columns), check_exact=True)


@pytest.mark.slow
def test_the_same_findings_in_many_small_partitions_and_cells(session: Any, lake: Path) -> None:
    from masthead.tracks.spark import Sizes, SparkLake, run_on_spark

    statements = Lake(lake).statements()
    assert statements.height > 0
    at = SparkLake(lake.as_uri())
    assert_frame_equal(at.statements(), statements, check_row_order=False)
    _, partitions = at.spread(5_000)
    assert partitions > 5
    lookout = Lookout(None, ZONES, None, statements)
    found = run_on_spark(at, lookout, Sizes(5_000, 3_000, cell_m=12_000.0))
    local = detect_table(lake, zones=ZONES)
    assert local.height > 40
    same_findings(found, local)


CHANGED = {
    "segments": {"max_speed_kn": 30.0, "noise_m": 1_000.0},
    "places": {"reach_km": 4.0, "min_ships": 2.0},
    "company": {"sight_nm": 6.0, "alongside_nm": 1.2, "bridged_min": 60.0, "apart_nm": 2.0},
    "gap": {"min_gap_h": 6.0, "min_known_share": 0.2},
    "encounter": {"max_distance_m": 900.0},
    "approach": {"min_alongside_min": 30.0},
}


@pytest.mark.slow
def test_the_same_findings_with_other_settings(session: Any, lake: Path) -> None:
    from masthead.tracks.spark import Sizes, SparkLake, run_on_spark

    local = detect_table(lake, zones=ZONES, settings=CHANGED)
    assert not local.equals(detect_table(lake, zones=ZONES))
    assert local["track"].drop_nulls().len() > 0
    lookout = Lookout(None, ZONES, CHANGED, Lake(lake).statements())
    found = run_on_spark(SparkLake(lake.as_uri()), lookout, Sizes(5_000, 3_000, cell_m=15_000.0))
    same_findings(found, local)


@pytest.mark.slow
def test_the_same_events_at_an_address(session: Any, lake: Path) -> None:
    only = ["gap", "encounter", "escorted"]
    found = detect(lake.as_uri(), only=only, zones=ZONES, engine="spark")
    assert found == detect(lake, only=only, zones=ZONES)
    assert {event.incident for event in found} == set(only)
    told = CliRunner().invoke(
        app, ["detect", lake.as_uri(), "--only", "gap", "--engine", "spark", "-f", "jsonl"]
    )
    assert told.exit_code == 0
    ids = [json.loads(line)["id"] for line in told.stdout.splitlines() if line.startswith("{")]
    assert ids == [event.id for event in found if event.incident == "gap"]


@pytest.mark.slow
def test_no_lake_at_an_address(session: Any, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is no lake"):
        detect_table(tmp_path.as_uri(), engine="spark")
