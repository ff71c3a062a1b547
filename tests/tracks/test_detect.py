"""What the first detectors claim, on tracks small enough to check by hand."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.errors import MastheadError
from masthead.geo import circle, polygon
from masthead.model import Interval, Sense, Zone
from masthead.tracks import engine
from masthead.tracks.engine import detect, detect_table, detectors, track
from tracks.ships import START, fleet, positions, sail

SHIP, OTHER = 211000001, 311000002


def silent(hours: float) -> pl.DataFrame:
    """A ship at 12 knots, silent for some hours in the middle."""
    before = sail(SHIP, [(0, 30.0, -40.0), (3, 30.6, -40.0)])
    after = sail(
        SHIP, [(3 + hours, 30.6 + hours * 0.2, -40.0), (6 + hours, 31.2 + hours * 0.2, -40.0)]
    )
    return fleet(before, after)


def test_gap_is_longer_than_its_limit() -> None:
    assert detect(silent(12.0), only=["gap"]) == []
    (found,) = detect(silent(12.2), only=["gap"])
    assert (found.sense, found.incident) == (Sense.TRACK, "gap")
    assert found.evidence[0].start == START + timedelta(hours=3)
    assert found.details["duration_h"] == pytest.approx(12.2, abs=0.01)
    assert found.details["implied_speed_kn"] == pytest.approx(12.0, abs=0.1)
    assert found.details["distance_nm"] == pytest.approx(146.5, abs=1.0)
    assert detect(silent(4.0), only=["gap"], settings={"gap": {"min_gap_h": 3.0}})


def test_two_ships_under_one_mmsi_make_no_false_gap_and_hide_none() -> None:
    far = sail(SHIP, [(0.01, -30.0, 20.0), (20, -26.0, 20.0)])
    (found,) = detect(fleet(silent(13.0), far), only=["gap"])
    assert found.place is not None
    assert found.place.lat == pytest.approx(30.6, abs=0.01)
    assert detect(fleet(silent(13.0), far), only=["jump"]) == [], "two ships, not jumps"
    one_ship = {"gap": {"min_switches": 1000}}
    assert detect(fleet(silent(13.0), far), only=["gap"], settings=one_ship) == []


def test_jump_out_and_back_is_one_event() -> None:
    whole = sail(SHIP, [(0, 10.0, 50.0), (10, 12.0, 50.0)])
    bad = whole.with_row_index().with_columns(
        pl.when(pl.col("index").is_between(60, 61)).then(7.0).otherwise(pl.col("lat")).alias("lat")
    )
    (found,) = detect(bad.drop("index"), only=["jump"])
    assert found.details["positions_away"] == 2
    assert found.details["returned"] is True
    assert found.details["to_lat"] == 7.0
    assert found.details["implied_speed_kn"] > 2000
    assert detect(whole, only=["jump"]) == []


def test_a_fast_ship_and_a_noisy_receiver_are_no_jump() -> None:
    ferry = sail(SHIP, [(0, 40.0, 20.0), (2, 41.3, 20.0)], every_min=1)  # 39 kn
    rng = np.random.default_rng(1)
    noisy = ferry.with_columns(pl.col("lat") + rng.normal(0, 3e-4, ferry.height))
    assert detect(noisy, only=["jump"]) == []


ZONE = Zone(name="box", geometry=polygon([(0, 0), (0, 2), (2, 2), (2, 0)]))


def test_entry_and_exit_are_interpolated_with_their_uncertainty() -> None:
    ship = sail(SHIP, [(0, 1.0, -1.0), (24, 1.0, 3.0)], every_min=30)
    entry, leave = detect(ship, zones=[ZONE], only=["zone_entry", "zone_exit"])
    assert (entry.incident, leave.incident) == ("zone_entry", "zone_exit")
    assert entry.details["crossed_at"] == "2026-03-01T06:00:00Z"
    assert leave.details["crossed_at"] == "2026-03-01T18:00:00Z"
    assert entry.place is not None
    assert (entry.place.text, entry.place.lon) == ("box", pytest.approx(0.0, abs=1e-6))
    assert entry.details["uncertainty_min"] == pytest.approx(30.0)


def test_a_corner_crossed_between_two_positions_counts_if_they_are_close() -> None:
    ship = positions(SHIP, np.array([0.0, 0.9]), np.array([-0.05, 0.05]), np.array([0.05, -0.05]))
    shifted = ship.with_columns(pl.col("lon") + 0.05)
    found = detect(shifted, zones=[ZONE], only=["zone_entry", "zone_exit"])
    assert [e.incident for e in found] == ["zone_entry", "zone_exit"]
    slow = shifted.with_columns(
        pl.Series("t", [START, START + timedelta(hours=3)]).cast(pl.Datetime("ms", "UTC"))
    )
    assert detect(slow, zones=[ZONE]) == []


def test_a_hole_is_outside() -> None:
    outer = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]
    ring = Zone(name="ring", geometry={"type": "Polygon", "coordinates": [outer, hole]})
    ship = sail(SHIP, [(0, 2.0, -1.0), (36, 2.0, 5.0)], every_min=20)
    found = detect(ship, zones=[ring], only=["zone_entry", "zone_exit"])
    assert [e.incident for e in found] == ["zone_entry", "zone_exit"] * 2


@pytest.mark.parametrize("lon", [0.0, 179.9, -179.9, 180.0])
def test_a_circle_is_entered_and_left_once_wherever_it_lies(lon: float) -> None:
    zone = Zone(name="circle", geometry=circle(60.0, lon, 60_000))
    ship = sail(SHIP, [(0, 60.0, lon - 4), (12, 60.0, lon + 4)])
    entry, leave = detect(ship, zones=[zone], only=["zone_entry", "zone_exit"])
    assert entry.place is not None
    assert leave.place is not None
    assert abs((leave.place.lon - entry.place.lon) % 360 - 2 * 1.0777) < 0.01


def test_jitter_on_the_edge_is_no_crossing_and_a_period_holds() -> None:
    hours = np.arange(0, 6, 0.05)
    swinging = positions(SHIP, hours, np.full(hours.size, 1.0), 5e-4 * np.sin(hours * 40))
    assert len(detect(swinging, zones=[ZONE], only=["zone_entry", "zone_exit"])) <= 1
    ship = sail(SHIP, [(0, 1.0, -1.0), (24, 1.0, 3.0)])
    late = Interval(earliest=START + timedelta(hours=10))
    zone = Zone(name="box", geometry=ZONE.geometry, period=late)
    assert [e.incident for e in detect(ship, zones=[zone])] == ["zone_exit"]


def test_track_gives_the_stretch() -> None:
    whole = fleet(silent(1.0), sail(OTHER, [(0, 0.0, 1.0), (5, 1.0, 1.0)]))
    found = track(whole, SHIP, START + timedelta(hours=1), START + timedelta(hours=2))
    assert found.height == 13
    assert found["mmsi"].unique().to_list() == [SHIP]


def test_unknown_names_are_told_with_the_known_ones() -> None:
    with pytest.raises(MastheadError, match=r"no detector 'gaps'; the detectors are gap, jump"):
        detect(silent(1), only=["gaps"])
    with pytest.raises(MastheadError, match="no setting 'hours'; it has min_gap_h = 12"):
        detect(silent(1), settings={"gap": {"hours": 3}})
    with pytest.raises(MastheadError, match="should be a number"):
        engine.check_settings(None, {"gap": {"min_gap_h": float("nan")}})


def test_every_detector_is_defined_and_every_setting_has_its_unit_explained() -> None:
    for name, detector in detectors().items():
        assert len(detector.doc.splitlines()) > 2, name
        assert detector.otherwise, name
        for setting in detector.defaults:
            assert setting in detector.doc or name == "zone_exit", f"{name}.{setting}"


shuffled = st.integers(0, 2**32 - 1)


@given(seed=shuffled, ships=st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_order_and_duplicates_of_the_input_change_nothing(seed: int, ships: int) -> None:
    rng = np.random.default_rng(seed)
    frames = []
    for n in range(ships):
        hours = np.sort(rng.uniform(0, 60, 80))
        lat = 70 * np.sin(rng.uniform(-1, 1)) + np.cumsum(rng.normal(0, 0.05, 80))
        lon = rng.choice([0.0, 179.9, -60.0]) + np.cumsum(rng.normal(0, 0.05, 80))
        frames.append(positions(SHIP + n, hours, lat, lon))
    table = pl.concat(frames)
    options = {"zones": [Zone(name="z", geometry=circle(0, 180, 500_000)), ZONE],
               "settings": {"gap": {"min_gap_h": 2.0}}}  # fmt: skip
    one = detect_table(fleet(table), **options)
    twice = pl.concat([table, table.sample(fraction=0.3, seed=seed % 1000)])
    other = detect_table(twice.sample(fraction=1.0, shuffle=True, seed=seed % 977), **options)
    assert one.equals(other)
