"""What is found cell by cell is what is found at once; what is put by on disk comes back whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from masthead.tracks import groups, regroup, spill
from masthead.tracks.cells import pairs_within
from masthead.tracks.company import (
    Company,
    bridged_steps,
    companies,
    company_pairs,
    company_reach_m,
    with_past,
)
from masthead.tracks.engine import detect_table
from masthead.tracks.hearing import first_heard
from masthead.tracks.lake import write_positions
from masthead.tracks.limits import CompanyLimits
from masthead.tracks.load import import_files
from masthead.tracks.places import learn_places, shown_stays
from masthead.tracks.positions import SCHEMA, empty, in_order
from masthead.tracks.segment import segment
from masthead.tracks.space_time import by_cell, home_of
from tracks.planting import BEGIN_MS, ZONES, plant


def crowd(seed: int, ships: int, lon: float, lat: float) -> pl.DataFrame:
    """Ships that wander about each other for two days of steps, with holes."""
    rng = np.random.default_rng(seed)
    count = 576
    north = np.cumsum(rng.normal(0, 0.006, (ships, count)), axis=1)
    east = np.cumsum(rng.normal(0, 0.006 / np.cos(np.radians(lat)), (ships, count)), axis=1)
    kept = rng.random((ships, count)) < 0.9
    return pl.DataFrame(
        {
            "mmsi": np.repeat(np.arange(ships, dtype=np.uint32) + 7, count)[kept.ravel()],
            "segment": np.repeat(np.arange(ships, dtype=np.int32), count)[kept.ravel()],
            "step": np.tile(np.arange(count) + 288 * 900 + 100, ships)[kept.ravel()],
            "lat": np.clip(lat + north, -90, 90).ravel()[kept.ravel()],
            "lon": ((lon + east + 180) % 360 - 180).ravel()[kept.ravel()],
            "speed_kn": rng.uniform(0, 15, kept.sum()),
            "course": rng.uniform(0, 360, kept.sum()),
        }
    )


def by_cells(points: pl.DataFrame, cell_m: float) -> pl.DataFrame:
    """The company pairs of all cells, each at its home."""
    reach = company_reach_m()
    bridged = bridged_steps(CompanyLimits())
    ships = points.partition_by("mmsi", maintain_order=True)
    halves = (ships[: len(ships) // 2], ships[len(ships) // 2 :])
    spread = pl.concat([by_cell(pl.concat(some), reach, bridged, cell_m) for some in halves])
    found = []
    for (cell,), part in spread.partition_by("cell", as_dict=True, include_key=False).items():
        pairs = company_pairs(part)
        places = (pairs[n].to_numpy() for n in ("step", "lat_one", "lon_one"))
        found.append(pairs.filter(pl.Series(home_of(*places, reach, cell_m)) == cell))
    return pl.concat(found)


def rows(found: list[Company]) -> list[tuple[object, ...]]:
    return [
        (c.mmsi, c.step.tolist(), c.far_nm.tolist(), c.lat.tolist(), c.course.tolist())
        for c in found
    ]


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 5.0), (180.0, -40.0), (20.0, 89.9)])
@pytest.mark.parametrize("cell_m", [15_000.0, 40_000.0, 150_000.0])
def test_company_is_the_same_cell_by_cell(lon: float, lat: float, cell_m: float) -> None:
    points = with_past(crowd(1, 12, lon, lat))
    whole = companies(company_pairs(points))
    assert len(whole) > 10
    cells = by_cells(points, cell_m)
    assert cells.select("mmsi", "other", "step").is_duplicated().sum() == 0
    assert rows(companies(cells)) == rows(whole)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.floats(-180, 179.9), st.floats(-90, 90), st.floats(50.0, 20_000.0))
def test_every_pair_is_at_home_in_one_cell(
    seed: int, lon: float, lat: float, reach_m: float
) -> None:
    rng = np.random.default_rng(seed)
    size = 120
    points = pl.DataFrame(
        {
            "mmsi": rng.integers(1, 40, size).astype(np.uint32),
            "step": rng.integers(287, 290, size),
            "lat": np.clip(lat + rng.normal(0, 0.2, size), -90, 90),
            "lon": (lon + rng.normal(0, 0.2, size) + 180) % 360 - 180,
        }
    )

    def pairs(table: pl.DataFrame) -> pl.DataFrame:
        names = table["mmsi"].cast(pl.Int64).to_numpy()
        step, y, x = (table[n].to_numpy() for n in ("step", "lat", "lon"))
        a, b = pairs_within(step, y, x, names, reach_m)
        first, second = (table[side].select("mmsi", "step", "lat", "lon") for side in (a, b))
        return pl.concat([first, second.select(pl.all().name.suffix("_2"))], how="horizontal")

    found = []
    spread = by_cell(points, reach_m, 6, 20_000.0).drop("cut")
    for (cell,), part in spread.partition_by("cell", as_dict=True, include_key=False).items():
        near = pairs(part).drop("step_2")
        places = (near[n].to_numpy() for n in ("step", "lat", "lon"))
        found.append(near.filter(pl.Series(home_of(*places, reach_m, 20_000.0)) == cell))
    whole = pairs(points).drop("step_2")
    assert_frame_equal(pl.concat([whole.clear(), *found]), whole, check_row_order=False)


def test_first_heard_is_one_of_each_hour_and_place() -> None:
    table, _, _ = plant(seed=3, ships=1)
    first = first_heard(table)
    place = [
        pl.col("mmsi"), pl.col("t").dt.truncate("1h").alias("hour"),
        (pl.col("lat") * 4).floor().alias("row"), (pl.col("lon") * 4).floor().alias("column"),
    ]  # fmt: skip
    assert first.height < table.height / 3
    assert set(first.select(place).unique().rows()) == set(table.select(place).unique().rows())
    runs = table.select(pl.struct(place).rle_id()).to_series().n_unique()
    assert first.height == runs


def at_rest(mmsi: int, t: np.ndarray, lat: np.ndarray, lon: float) -> pl.DataFrame:
    """A ship that lies still."""
    table = pl.DataFrame({"mmsi": [mmsi] * t.size, "t": t, "lat": lat, "lon": [lon] * t.size})
    moment = pl.col("t").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    full = pl.concat([empty(), table.with_columns(moment)], how="diagonal_relaxed")
    return full.select(pl.col(n).cast(k) for n, k in SCHEMA.items()).with_columns(
        sog=pl.lit(0.1, pl.Float32)
    )


def test_places_are_learned_alike_from_ships_a_few_at_a_time() -> None:
    ships = []
    for n in range(6):
        at = np.arange(300) * 600_000 + BEGIN_MS
        there = np.where(at < at[150], 36.10, 36.30)  # two roadsteads, one after the other
        ships.append(segment(at_rest(200_000_000 + n, at, there + n * 1e-3, -5.40)))
    tracks = segment(in_order(pl.concat(ships).drop("segment")))
    whole = learn_places(shown_stays(tracks))
    parts = learn_places(pl.concat([shown_stays(ship) for ship in ships]))
    assert whole.anchorages.lat.size > 0
    np.testing.assert_array_equal(whole.anchorages.lat, parts.anchorages.lat)


@pytest.mark.slow
def test_a_lake_regrouped_on_disk_gives_the_same_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, _, _ = plant(seed=12, ships=1)
    whole = detect_table(table, zones=ZONES)
    write_positions(table, tmp_path / "a.parquet")
    import_files([tmp_path / "a.parquet"], tmp_path / "lake")
    for name, size in (("GROUP_ROWS", 4_000), ("LEAST_ROWS", 100), ("KEPT_ROWS", 0)):
        monkeypatch.setattr(groups, name, size)
    monkeypatch.setattr(regroup, "STRETCH_ROWS", 5_000)
    monkeypatch.setattr(spill, "ROWS_HELD", 2_000)
    assert whole.height > 20
    assert_frame_equal(detect_table(tmp_path / "lake", zones=ZONES), whole)
