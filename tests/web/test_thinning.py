"""Thinning against a plain reference, and what a look at the tracks keeps and joins."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.tracks.lake import Lake, add_to_day, make_lake
from masthead.tracks.positions import SCHEMA
from masthead.web.prism import ellipse
from masthead.web.thinning import DEGREE_M, significance
from masthead.web.tracks import APART, SAILED, SILENT, Look, Tracks

steps = st.lists(
    st.tuples(st.integers(1, 600_000), st.floats(-0.02, 0.02), st.floats(-0.02, 0.02)),
    min_size=1, max_size=60,
)  # fmt: skip


def _track(moves: list[tuple[int, float, float]], lon: float) -> tuple[np.ndarray, ...]:
    t, north, east = (np.cumsum([0, *column]) for column in zip(*moves, strict=True))
    return t.astype(np.int64), north, (lon + east + 180.0) % 360.0 - 180.0


def _off(t: np.ndarray, lat: np.ndarray, lon: np.ndarray, a: int, b: int, i: int) -> float:
    """Metres from where a steady ship would have been at t[i] between positions a and b."""
    share = (t[i] - t[a]) / (t[b] - t[a])
    turn = [(lon[k] - lon[a] + 180.0) % 360.0 - 180.0 for k in (i, b)]
    north = lat[i] - lat[a] - share * (lat[b] - lat[a])
    east = (turn[0] - share * turn[1]) * math.cos(math.radians(lat[a]))
    return DEGREE_M * math.hypot(north, east)


def _plain(t: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> list[float]:
    """The same, by recursion."""
    kept = [0.0] * t.size
    kept[0] = kept[-1] = math.inf

    def split(a: int, b: int, most: float) -> None:
        if b - a < 2:
            return
        offs = [_off(t, lat, lon, a, b, i) for i in range(a + 1, b)]
        at = a + 1 + int(np.argmax(offs))
        kept[at] = min(max(offs), most)
        split(a, at, kept[at])
        split(at, b, kept[at])

    split(0, t.size - 1, math.inf)
    return kept


@settings(deadline=None, max_examples=60)
@given(steps, st.sampled_from([20.0, 179.99, -180.0]))
def test_it_is_the_plain_one_and_what_is_dropped_was_near(
    moves: list[tuple[int, float, float]], lon: float
) -> None:
    t, lat, lon_ = _track(moves, lon)
    cut = np.zeros(t.size, np.bool_)
    found = significance(cut, t, lat, lon_, 0.0)
    np.testing.assert_allclose(found, _plain(t, lat, lon_), rtol=1e-4, atol=0.01)
    for tolerance in (10.0, 300.0):
        kept = np.flatnonzero(found >= tolerance)
        for a, b in pairwise(kept):
            assert all(_off(t, lat, lon_, a, b, i) <= tolerance + 0.05 for i in range(a + 1, b))


def _lake(folder: Path, rows: list[tuple[int, float, float, float]]) -> Lake:
    """A lake of (mmsi, hours, lat, lon)."""
    lake = make_lake(folder / "lake")
    frame = pl.DataFrame(
        {
            "mmsi": [r[0] for r in rows],
            "t": [round(r[1] * 3_600_000) + 1_780_272_000_000 for r in rows],
            "lat": [r[2] for r in rows],
            "lon": [r[3] for r in rows],
        }
    ).with_columns(
        pl.col("t").cast(pl.Datetime("ms", "UTC")),
        *(pl.lit(None).alias(n) for n in ("sog", "cog", "heading", "status", "source")),
    )  # fmt: skip
    frame = frame.select(pl.col(n).cast(k) for n, k in SCHEMA.items()).sort("mmsi", "t")
    for (day,), part in frame.group_by(pl.col("t").dt.date()):
        add_to_day(lake, day, [part])  # type: ignore[arg-type]
    return lake


def _straight(mmsi: int, hours: range, lon: float = 20.0) -> list[tuple[int, float, float, float]]:
    return [(mmsi, h / 10, 40 + h / 100, lon) for h in hours]


@pytest.mark.parametrize("zoom", [2, 8, 14])
def test_a_silence_keeps_its_ends_across_midnight_and_is_marked(
    tmp_path: Path, zoom: float
) -> None:
    heard = [*_straight(1, range(100)), *_straight(1, range(260, 300)),
             *_straight(2, range(200, 240)), *_straight(2, range(241, 280))]  # fmt: skip
    lake = _lake(tmp_path, heard)
    rows, _ = Tracks(lake).look(Look(zoom=zoom))
    one, two = rows.filter(pl.col("mmsi") == 1), rows.filter(pl.col("mmsi") == 2)
    hours = [round((m.timestamp() - 1_780_272_000) / 3600, 3) for m in one["t"]]
    assert (hours[0], hours[-1]) == (0.0, 29.9)
    assert {9.9, 26.0} <= set(hours)
    assert one.filter(pl.col("link") == SILENT)["t"].dt.hour().to_list() == [2]
    assert set(two["link"][1:]) == {SAILED}
    assert rows["link"][0] == two["link"][0] == APART


def test_a_box_goes_on_to_its_edge_and_does_not_join_what_left_it(tmp_path: Path) -> None:
    out_and_back = [(1, h / 10, 40.0, 20.0 + (5 - abs(5 - h)) + (h % 2) / 100) for h in range(11)]
    rows, _ = Tracks(_lake(tmp_path, out_and_back)).look(Look(bbox=(19.5, 39, 22, 41)))
    assert [round(v) for v in rows["lon"]] == [20, 21, 22, 23, 23, 22, 21, 20]
    assert rows["link"].to_list() == [APART, *[SAILED] * 3, APART, *[SAILED] * 3]


def test_the_box_may_span_the_antimeridian_and_the_time_be_cut(tmp_path: Path) -> None:
    lake = _lake(tmp_path, [*_straight(1, range(50), 179.9), *_straight(2, range(50), -179.9),
                            *_straight(3, range(50), 0.0)])  # fmt: skip
    tracks = Tracks(lake)
    found, _ = tracks.look(Look(bbox=(179, 39, -179, 42)))
    assert found["mmsi"].unique().sort().to_list() == [1, 2]
    last = datetime.fromtimestamp(1_780_272_000 + 3600, UTC)
    cut, _ = tracks.look(Look(last=last, ships=(3,)))
    assert cut.height == 11


def test_there_are_never_too_many_rows_and_the_tolerance_says_so(tmp_path: Path) -> None:
    dice = np.random.default_rng(7)
    wild = [(1, h / 100, 40 + dice.normal() / 10, 20 + dice.normal() / 10) for h in range(2000)]
    tracks = Tracks(_lake(tmp_path, wild))
    rows, tolerance = tracks.look(Look(zoom=10), most=100)
    assert rows.height <= 100
    assert tolerance > Look(zoom=10).tolerance_m
    many = Tracks(_lake(tmp_path / "many", [(m, 0.0, 40.0, 20.0) for m in range(1, 301)]))
    assert many.look(Look(), most=100)[0].height <= 100
    assert Tracks(None).look(Look())[0].is_empty()


def test_the_prism_holds_the_ways_that_are_short_enough() -> None:
    ring = ellipse((40.0, 20.0), (40.5, 20.5), 120_000.0)
    for lon, lat in ring:
        way = sum(
            DEGREE_M * math.hypot(lat - a, (lon - b) * math.cos(math.radians(40.25)))
            for a, b in ((40.0, 20.0), (40.5, 20.5))
        )
        assert way == pytest.approx(120_000.0, rel=0.001)
    assert ring[0] == ring[-1]
