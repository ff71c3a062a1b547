"""Each kernel equals its plain reference, on random tracks, over the antimeridian and near the
poles too."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from shapely.geometry import Point, Polygon
from shapely.validation import make_valid

from masthead.geo import circle
from masthead.model import Zone
from masthead.tracks import groups, regroup, spill
from masthead.tracks.crossing_kernels import is_inside
from masthead.tracks.engine import detect_table
from masthead.tracks.kernels import (
    KNOT_MS,
    assign_segments,
    bearing_deg,
    destination,
    distance_m,
    ground_speeds,
    group_order,
    long_silences,
    run_order,
    short_bearing_deg,
    short_m,
    slow_runs,
)
from masthead.tracks.lake import write_positions
from masthead.tracks.load import import_files
from masthead.tracks.segment import milliseconds, segment
from masthead.tracks.steps import steps
from tracks.ships import fleet, positions

seeds = st.integers(0, 2**32 - 1)
latitudes = st.floats(-89.9, 89.9)
longitudes = st.floats(-180, 180)


def tracks(seed: int, ships: int = 3, size: int = 60) -> pl.DataFrame:
    """Random walks with stops, silences and leaps, some over the antimeridian or near a pole."""
    rng = np.random.default_rng(seed)
    frames = []
    for n in range(ships):
        hours = np.cumsum(rng.choice([0.02, 0.1, 0.5, 3, 20], size, p=[0.3, 0.4, 0.2, 0.08, 0.02]))
        lat0, lon0 = rng.choice([0.0, 55.0, 84.0, -83.0]), rng.choice([0.0, 179.9, -179.9, 60.0])
        knots = rng.choice([0.0, 0.5, 12.0], size, p=[0.3, 0.3, 0.4])
        course = np.cumsum(rng.normal(0, 0.3, size))
        moved = knots / 60 * np.diff(hours, prepend=0)
        lat = np.clip(lat0 + np.cumsum(moved * np.cos(course)), -89.5, 89.5)
        lon = lon0 + np.cumsum(moved * np.sin(course) / np.cos(np.radians(lat)))
        leap = rng.random(size) < 0.05
        lat = np.where(leap, np.clip(lat + rng.normal(0, 5, size), -89.5, 89.5), lat)
        frame = positions(200_000_000 + n, hours, lat, lon)
        missing = pl.Series(rng.random(size) < 0.3)
        frames.append(frame.with_columns(frame["sog"].clip(0, 100).set(missing, None)))
    return fleet(*frames)


@given(latitudes, longitudes, latitudes, longitudes)
@settings(deadline=None)
def test_distance_and_bearing_are_near_the_geodesic(a: float, b: float, c: float, d: float) -> None:
    exact = Geodesic.WGS84.Inverse(a, b, c, d)
    assert distance_m(a, b, c, d) == pytest.approx(exact["s12"], rel=0.0057, abs=0.01)
    lat, lon = destination(a, b, bearing_deg(a, b, c, d), distance_m(a, b, c, d))
    assert distance_m(lat, lon, c, d) < 1.0


@pytest.mark.parametrize("seed", range(5))
def test_rows_in_runs_are_brought_together_by_name(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = np.repeat(rng.integers(3, 12, 60), rng.integers(1, 9, 60)).astype(np.uint32)
    known = np.arange(2, 14, dtype=np.uint32)
    order, ends = run_order(names, known)
    assert order.tolist() == np.argsort(names, kind="stable").tolist()
    assert ends.tolist() == [int((names <= name).sum()) for name in known]
    none, ends = run_order(np.zeros(0, np.uint32), known)
    assert none.size == 0
    assert not ends.any()


@given(seeds)
@settings(deadline=None, max_examples=40)
def test_long_silences_and_group_order(seed: int) -> None:
    found = segment(tracks(seed))
    number, t = found["segment"].to_numpy(), milliseconds(found)
    want = [
        i for i in range(1, t.size) if number[i] == number[i - 1] and t[i] - t[i - 1] > 3_600_000
    ]
    assert long_silences(number, t, 3_600_000).tolist() == want
    shuffled = np.random.default_rng(seed).permutation(number)
    order = group_order(shuffled, int(shuffled.max()) + 1)
    assert order.tolist() == np.argsort(shuffled, kind="stable").tolist()


def reference_segments(rows: list[dict], limit: float) -> list[int]:  # type: ignore[type-arg]
    """Segments by the definition in `tracks.segment`, with lists."""
    out: list[int] = []
    alive: list[tuple[int, int]] = []
    total = 0
    for i, row in enumerate(rows):
        if i == 0 or row["mmsi"] != rows[i - 1]["mmsi"]:
            alive = []
        best, least = None, math.inf
        for place, (_, j) in enumerate(alive):
            last = rows[j]
            dt = (row["t"] - last["t"]).total_seconds()
            far = distance_m(last["lat"], last["lon"], row["lat"], row["lon"])
            if far > 500.0 + limit * (dt + 30.0):
                continue
            residual = far
            if (
                len(alive) > 1
                and dt <= 3600
                and last["sog"] is not None
                and last["cog"] is not None
            ):
                run = np.float32(last["sog"]) * KNOT_MS * dt
                there = destination(last["lat"], last["lon"], last["cog"], run)
                residual = distance_m(*there, row["lat"], row["lon"])
            if residual + 2.0 * dt < least:
                best, least = place, residual + 2.0 * dt
        if best is None:
            name = total
            total += 1
            if len(alive) < 12:
                alive.append((name, i))
            else:
                oldest = min(range(12), key=lambda k: rows[alive[k][1]]["t"])
                alive[oldest] = (name, i)
        else:
            name = alive[best][0]
            alive[best] = (name, i)
        out.append(name)
    return out


@given(seeds)
@settings(deadline=None, max_examples=25)
def test_segments(seed: int) -> None:
    table = tracks(seed)
    limit = np.float32(50.0 * KNOT_MS)
    columns = [table[n].fill_null(np.nan).to_numpy() for n in ("sog", "cog")]
    got = assign_segments(
        table["mmsi"].to_numpy(), milliseconds(table), table["lat"].to_numpy(),
        table["lon"].to_numpy(), *columns, np.full(table.height, limit), 500.0, 30.0, 3600.0, 2.0,
    )  # fmt: skip
    assert got.tolist() == reference_segments(table.rows(named=True), float(limit))


def reference_runs(
    number: list[int],
    t: list[int],
    speed: list[float],
    limit: float,
    bear: int,
    leg: int,
    least: int,
) -> list[tuple[int, int]]:
    """Slow runs by the definition in the kernel's docstring."""
    runs, i = [], 0
    while i < len(t):
        if not speed[i] <= limit:
            i += 1
            continue
        last = j = i
        while j + 1 < len(t) and number[j + 1] == number[i] and t[j + 1] - t[j] <= leg:
            if speed[j + 1] <= limit:
                last = j + 1
            elif t[j + 1] - t[last] > bear:
                break
            j += 1
        if last > i and t[last] - t[i] >= least:
            runs.append((i, last))
        i = j + 1
    return runs


@given(
    st.floats(-89, 89), st.floats(-180, 180), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3)
)  # fmt: skip
@settings(max_examples=300)
def test_the_flat_triangle_is_as_good_as_it_says(
    lat: float, lon: float, north: float, east: float
) -> None:
    there = lat + north, (lon + east + 180) % 360 - 180
    far = distance_m(lat, lon, *there)
    assert short_m(lat, lon, *there) == pytest.approx(far, rel=2e-5, abs=0.01)
    if far > 10:
        off = short_bearing_deg(lat, lon, *there) - bearing_deg(lat, lon, *there)
        assert abs((off + 180) % 360 - 180) < 1.0


@given(seeds)
@settings(deadline=None, max_examples=40)
def test_speeds_and_slow_runs(seed: int) -> None:
    found = segment(tracks(seed))
    number, t = found["segment"].to_numpy(), milliseconds(found)
    lat, lon = found["lat"].to_numpy(), found["lon"].to_numpy()
    sog = found["sog"].fill_null(np.nan).to_numpy()
    speed = ground_speeds(number, t, lat, lon, sog)
    for i in range(t.size):
        if not np.isnan(sog[i]):
            assert speed[i] == sog[i]
            continue
        same = [j for j in (i - 1, i + 1) if 0 <= j < t.size and number[j] == number[i]]
        if same:
            far = distance_m(lat[i], lon[i], lat[same[0]], lon[same[0]])
            assert speed[i] == pytest.approx(
                far / abs(t[i] - t[same[0]]) * 1000 / KNOT_MS, rel=2e-5
            )
        else:
            assert np.isnan(speed[i])
    got = slow_runs(number, t, speed, 1.0, 600_000, 4 * 3_600_000, 1_800_000)
    want = reference_runs(
        number.tolist(), t.tolist(), speed.tolist(), 1.0, 600_000, 4 * 3_600_000, 1_800_000
    )
    assert list(zip(*(g.tolist() for g in got), strict=True)) == want


@given(seeds)
@settings(deadline=None, max_examples=40)
def test_steps_lie_on_the_legs(seed: int) -> None:
    found = segment(tracks(seed))
    got = steps(found, max_leg_h=1.0)
    for name, part in found.group_by("segment"):
        t, lat = milliseconds(part), part["lat"].to_numpy()
        mine = got.filter(pl.col("segment") == name[0])
        marks = mine["step"].to_numpy() * 600_000
        assert np.allclose(np.interp(marks, t, lat), mine["lat"].to_numpy(), atol=1e-9)
        want = {
            s
            for a, b in itertools.pairwise(t.tolist())
            if b - a <= 3_600_000
            for s in range(a // 600_000 + 1, b // 600_000 + 1)
        }
        assert set(mine["step"].to_list()) == want


@given(seeds, st.sampled_from([0.0, 177.0, -179.0]))
@settings(deadline=None, max_examples=40)
def test_inside_agrees_with_shapely(seed: int, lon: float) -> None:
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 12))
    radius = rng.uniform(1, 5, 12)
    ring = np.stack([lon + radius * np.cos(angle), 10 + radius * np.sin(angle)], axis=1)
    shape = make_valid(Polygon(ring))
    edges = np.hstack([ring, np.roll(ring, -1, axis=0)])
    box = np.array([*ring.min(axis=0), *ring.max(axis=0)])
    for x, y in rng.uniform(-6, 6, (50, 2)) + np.array([lon, 10]):
        if shape.boundary.distance(Point(x, y)) > 1e-9:
            turned = (x + 180) % 360 - 180
            assert is_inside(turned, y, edges, box) == shape.contains(Point(x, y))


ZONES = [
    Zone(name="far", geometry=circle(0.0, 180.0, 300_000)),
    Zone(name="line", geometry={"type": "LineString", "coordinates": [[60.0, -5.0], [60.1, 5.0]]}),
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_files_days_and_groups_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    table = tracks(seed, ships=8, size=150)
    options = {
        "zones": ZONES,
        "settings": {"gap": {"min_gap_h": 2.0}, "loitering": {"min_hours": 1.0}},
    }
    whole = detect_table(table, **options)
    assert whole.height > 5
    rng = np.random.default_rng(seed)
    part = pl.Series(rng.integers(0, 4, table.height))
    for n in range(4):
        write_positions(table.filter(part == n), tmp_path / f"{n}.parquet")
    import_files(sorted(tmp_path.glob("*.parquet")), tmp_path / "lake")
    assert_frame_equal(detect_table(tmp_path / "lake", **options), whole)
    for name, rows in (("GROUP_ROWS", 200), ("LEAST_ROWS", 100), ("KEPT_ROWS", 0)):
        monkeypatch.setattr(groups, name, rows)
    monkeypatch.setattr(regroup, "STRETCH_ROWS", 300)
    monkeypatch.setattr(spill, "ROWS_HELD", 100)
    assert_frame_equal(detect_table(tmp_path / "lake", **options), whole)
    monkeypatch.setattr(groups, "READ_IN_VAIN", 1e9)
    assert_frame_equal(detect_table(tmp_path / "lake", **options), whole)
