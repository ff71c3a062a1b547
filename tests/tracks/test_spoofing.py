"""The shapes of false positions."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from masthead.tracks.engine import detect
from tracks.ships import fleet, positions, sail

SHIP = 211000001


def shifted(track: pl.DataFrame, rows: range, north: float, east: float) -> pl.DataFrame:
    """A track with some of its positions moved by degrees."""
    there = pl.int_range(pl.len()).is_between(rows.start, rows.stop - 1)
    return track.with_columns(
        pl.when(there).then(pl.col("lat") + north).otherwise(pl.col("lat")),
        pl.when(there).then(pl.col("lon") + east).otherwise(pl.col("lon")),
    )


def kinds(track: pl.DataFrame) -> list[object]:
    return [e.details["kind"] for e in detect(track, only=["spoofing"])]


@pytest.mark.parametrize("lon", [0.0, 180.0])
def test_circles(lon: float) -> None:
    hours = np.arange(0, 2, 1 / 60)
    turn = hours / 0.5 * 2 * np.pi
    circle = positions(SHIP, hours, 45 + 0.02 * np.cos(turn), lon + 0.028 * np.sin(turn))
    (found,) = detect(circle, only=["spoofing"])
    assert found.details["kind"] == "circle"
    assert found.details["turns"] == pytest.approx(4, abs=0.3)
    assert found.details["radius_nm"] == pytest.approx(1.2, abs=0.05)
    spiral = positions(
        SHIP, hours, 45 + 0.02 * hours * np.cos(turn), lon + 0.028 * hours * np.sin(turn)
    )
    assert kinds(spiral) == []


def test_a_track_beside_the_own_track() -> None:
    whole = sail(SHIP, [(0, 10.0, -40.0), (10, 12.0, -40.0)])
    assert kinds(shifted(whole, range(50, 70), 0.1, 0.3)) == ["offset"]
    assert kinds(shifted(whole, range(50, 52), 0.1, 0.3)) == []


def test_a_ship_on_land() -> None:
    whole = sail(SHIP, [(0, 44.0, 32.0), (10, 44.0, 34.0)])
    assert kinds(shifted(whole, range(50, 70), 5.0, -1.0)) == ["inland"]


def test_ships_thrown_to_one_place() -> None:
    ships = []
    for n in range(4):
        whole = sail(SHIP + n, [(n / 50, 26.0 + n / 10, 56.0), (10, 26.0 + n / 10, 58.0)])
        at = (
            whole["t"]
            .to_physical()
            .is_between(whole["t"].to_physical()[40], whole["t"].to_physical()[44])
        )
        ships.append(
            whole.with_columns(
                pl.when(at).then(25.25).otherwise(pl.col("lat")).alias("lat"),
                pl.when(at).then(55.36).otherwise(pl.col("lon")).alias("lon"),
            )
        )
    found = detect(fleet(*ships), only=["spoofing"])
    (common,) = [e for e in found if e.details["kind"] == "common place"]
    assert len(common.objects) == 4
