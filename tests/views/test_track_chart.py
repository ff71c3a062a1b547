"""The picture of one ship's track."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from masthead.errors import MastheadError
from masthead.tracks.engine import detect
from masthead.views.charts import track as track_chart
from masthead.views.charts.track import busiest, draw_track


def across_the_antimeridian(mmsi: int) -> pl.DataFrame:
    """A ship that goes east at 12 knots over 180°, and is silent for fourteen hours."""
    begin = datetime(2025, 3, 1, tzinfo=UTC)
    minutes = [m for m in range(0, 2880, 5) if not 600 < m < 1440]
    lon = [179.0 + m * 0.2 / 60 for m in minutes]
    return pl.DataFrame(
        {
            "mmsi": [mmsi] * len(minutes),
            "t": [begin + timedelta(minutes=m) for m in minutes],
            "lat": [-18.0 + 0.0001 * m for m in minutes],
            "lon": [(x + 180) % 360 - 180 for x in lon],
            "sog": [12.0] * len(minutes),
        },
        schema_overrides={"mmsi": pl.UInt32, "sog": pl.Float32},
    ).with_columns(pl.col("t").cast(pl.Datetime("ms", "UTC")))


def test_a_track_over_the_antimeridian_is_drawn_with_its_gap(tmp_path: Path) -> None:
    positions = across_the_antimeridian(512000001)
    events = detect(positions, only=["gap"])
    assert busiest(events) == 512000001
    path = tmp_path / "ship.svg"
    draw_track(positions, events, 512000001, path)
    assert path.read_text("utf-8").startswith("<?xml")


def test_the_frame_of_a_track_over_the_antimeridian_is_narrow() -> None:
    lon = across_the_antimeridian(512000001)["lon"].to_numpy()
    around = track_chart._around(lon, track_chart._middle(lon))
    assert around.max() - around.min() == pytest.approx(9.58, abs=0.1)


@pytest.mark.parametrize(("mmsi", "name"), [(1, "ship.png"), (512000001, "ship.xyz")])
def test_what_cannot_be_drawn_is_said(tmp_path: Path, mmsi: int, name: str) -> None:
    with pytest.raises(MastheadError):
        draw_track(across_the_antimeridian(512000001), [], mmsi, tmp_path / name)


def test_nobody_is_busiest_without_events() -> None:
    assert busiest([]) is None
