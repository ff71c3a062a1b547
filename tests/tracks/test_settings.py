"""Every threshold is a setting that a case can change, and each one changes what is found."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from masthead.case import load_case
from masthead.errors import CaseError, MastheadError
from masthead.tracks.engine import check_settings, defaults_of, detect_table, detectors
from masthead.tracks.limits import SHARED, SegmentLimits, shared_doc
from masthead.tracks.places import port_ahead
from masthead.tracks.positions import STATIC
from masthead.tracks.segment import segment
from tracks.planting import BEGIN, ZONES, plant
from tracks.ships import START, fleet, positions, sail

FACTORS = (0.1, 10.0, 0.001, 3.0, 0.5, 100.0)
"""What a default is changed to in turn, until something else is found."""
ASK = {
    "segments": ("jump", "gap", "identity_conflict"),
    "places": ("stopped_at_sea", "port_call"),
    "company": ("approach", "pursuit", "escorted", "silent_after_stop"),
}
"""Detectors that feel a shared setting."""
BESIDE = {
    "escorted.ahead_deg", "segments.reckon_min", "segments.max_aircraft_kn", "gap.min_switches",
    "diversion.min_voyages", "diversion.call_kn", "diversion.call_h", "diversion.held_h",
    "turn_back.same_turn_h", "silent_after_stop.within_h", "identity_change.max_gap_d",
    "gap.max_lost_share",
}  # fmt: skip
"""Settings that the sea below has no borderline case for: they have tests of their own, here or
with their detectors."""


def roadstead(mmsi: int, begin_h: float) -> pl.DataFrame:
    """A ship that comes to one place off the Sahara, swings at anchor for 13 hours and goes."""
    come = sail(mmsi, [(begin_h, 22.0, -18.0), (begin_h + 4, 22.0, -17.0)])
    at = np.arange(begin_h + 4.1, begin_h + 17, 0.25)
    swing = positions(mmsi, at, 22.0 + 0.002 * np.sin(at), -17.0 + 0.002 * np.cos(at))
    swing = swing.with_columns(sog=pl.lit(0.2, pl.Float32))
    go = sail(mmsi, [(begin_h + 17, 22.0, -17.0), (begin_h + 21, 22.0, -18.0)])
    return pl.concat([come, swing, go])


def burst(track: pl.DataFrame, rows: range, knots: float) -> pl.DataFrame:
    """A track in which some positions give another speed."""
    there = pl.int_range(pl.len()).is_between(rows.start, rows.stop - 1)
    return track.with_columns(
        pl.when(there).then(knots).otherwise("sog").cast(pl.Float32).alias("sog")
    )


def more_ships() -> list[pl.DataFrame]:
    """What the planted sea has not: an anchorage, a ship that wavers on an edge, one in a berth,
    one whose place is inland for a while, one that sends elsewhere while it is silent."""
    ships = [roadstead(230_000_001 + n, 6.5 * n) for n in range(5)]
    waver = ((0, -0.8), (4, 0.05), (4.2, -0.05), (4.4, 0.05), (9, 1.5))
    edge = [(h, 31.0 + h / 50, -40.0 + east) for h, east in waver]
    line = [(h, 31.0 + h / 50, -49.48 + east) for h, east in waver]
    ships += [sail(230_000_011, edge), sail(230_000_012, line)]
    berth = sail(230_000_013, [(0, 38.4, -9.4), (2, 38.655, -9.235), (30, 38.6551, -9.235)])
    berth = burst(berth, range(180, 184), 2.5)
    fast = sail(230_000_017, [(0, 38.4, -9.4), (2, 38.64, -9.28), (30, 38.6401, -9.28)])
    ships.append(burst(fast, range(355, 361), 0.2))
    ships += [sail(230_000_030 + n, [(0, 38.6, -9.2), (54, 38.61, -9.21)]) for n in range(3)]
    drift = burst(sail(230_000_016, [(0, 40.0, -30.0), (12, 40.1, -30.0)]), range(70, 76), 3.0)
    inland = sail(230_000_014, [(0, 44.0, 32.0), (10, 44.0, 34.0)])
    there = pl.int_range(pl.len()).is_between(50, 69)
    away = [pl.when(there).then(pl.col(n) + by).otherwise(n) for n, by in (("lat", 5), ("lon", -1))]
    for n in range(3):
        whole = sail(230_000_020 + n, [(0, 26.0 + n / 10, -60.0), (10, 26.0 + n / 10, -58.0)])
        thrown = pl.int_range(pl.len()).is_between(40 + 15 * n, 44 + 15 * n)
        place = [
            pl.when(thrown).then(v).otherwise(c).alias(c) for c, v in (("lat", 28), ("lon", -55))
        ]
        ships.append(whole.with_columns(*place))
    quiet = sail(230_000_015, [(0, 10.0, -30.0), (40, 14.0, -30.0)])
    quiet = quiet.filter(~(pl.col("t") - pl.col("t").min()).dt.total_hours().is_between(12, 25))
    other = sail(230_000_015, [(16, -10.0, -30.0), (17, -10.1, -30.0)], every_min=20)
    shift = pl.lit(BEGIN - START)
    ships += [berth, drift, inland.with_columns(*away), quiet, other]
    return [ship.with_columns(pl.col("t") + shift) for ship in ships]


@cache
def sea() -> tuple[pl.DataFrame, pl.DataFrame]:
    """A planted sea with more ships, and what they say of themselves."""
    table, _, said = plant(seed=31, ships=2)
    turned = detect_table(table, only=["turn_back"], zones=ZONES)["mmsi"][0]
    tug = {"mmsi": turned, "ship_type": "52", "first": BEGIN, "last": BEGIN}
    said = pl.concat([said, pl.DataFrame([tug], schema_overrides=STATIC)], how="diagonal")
    return fleet(table, *more_ships()), said


def found(names: tuple[str, ...], settings: dict[str, dict[str, float]]) -> pl.DataFrame:
    table, said = sea()
    return detect_table(table, only=names, zones=ZONES, identities=said, settings=settings)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*detectors(), *SHARED])
def test_every_setting_changes_what_is_found(name: str) -> None:
    names = ASK.get(name, (name,))
    usual = found(names, {})
    without = set()
    for key, value in defaults_of(name).items():
        others = [1.0] if value == 0 else [value * factor for factor in FACTORS]
        if all(found(names, {name: {key: other}}).equals(usual) for other in others):
            without.add(f"{name}.{key}")
    assert without <= BESIDE


def test_a_change_of_name_after_longer_than_the_limit_is_none() -> None:
    ship = sail(211000001, [(0, 10.0, -40.0), (99, 25.0, -40.0)])
    rows = [
        {"mmsi": 211000001, "name": name, "first": START + timedelta(hours=a),
         "last": START + timedelta(hours=b)} for name, a, b in (("ONE", 0, 10), ("TWO", 90, 99))
    ]  # fmt: skip
    said = pl.DataFrame(rows, schema_overrides=STATIC)
    said = pl.concat([pl.DataFrame(schema=STATIC), said], how="diagonal")
    options = {"only": ["identity_change"], "identities": said}
    assert detect_table(ship, **options).height == 1
    short = {"identity_change": {"max_gap_d": 2.0}}
    assert detect_table(ship, **options, settings=short).height == 0


def test_one_number_is_one_track_as_long_as_its_speed_allows() -> None:
    plane = sail(111000001, [(0, 10.0, -40.0), (2, 16.0, -40.0)])  # 180 knots
    assert segment(plane)["segment"].n_unique() == 1
    assert segment(plane, SegmentLimits(max_aircraft_kn=60.0))["segment"].n_unique() > 1
    ship = plane.with_columns(mmsi=pl.lit(211000001, pl.UInt32))
    assert segment(ship)["segment"].n_unique() > 1
    assert segment(ship, SegmentLimits(max_speed_kn=200.0))["segment"].n_unique() == 1


def test_without_reckoning_two_ships_that_pass_each_other_change_tracks() -> None:
    east = sail(211000001, [(0, 10.0, -40.0), (8, 10.0, -38.0)], every_min=10)
    west = sail(211000001, [(0.02, 10.02, -38.0), (8.02, 10.02, -40.0)], every_min=10)
    both = fleet(east, west)

    def eastward(limits: SegmentLimits) -> set[bool]:
        """Of the first track, whether its last positions are those of the first ship."""
        first = segment(both, limits).filter(pl.col("segment") == 0)
        return set((first["lat"] < 10.01).to_list())

    assert eastward(SegmentLimits()) == {True}
    assert eastward(SegmentLimits(reckon_min=0.0)) == {True, False}


def test_a_port_ahead_lies_within_its_angle_and_distance() -> None:
    ask = {"lat": 36.0, "lon": -9.0, "course": 90.0}  # off the Strait of Gibraltar
    near = port_ahead(**ask, within_deg=15.0, within_nm=250.0)
    assert near is not None
    assert port_ahead(**ask, within_deg=15.0, within_nm=20.0) is None
    assert port_ahead(**ask, within_deg=90.0, within_nm=250.0) not in (None, near)


def test_every_shared_setting_has_its_unit_and_source_explained() -> None:
    for name in SHARED:
        for setting in defaults_of(name):
            assert f"`{setting}`" in shared_doc(name), f"{name}.{setting}"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("companies", "no detector 'companies'"),
        ("company]\nsight = 3\n[detect.gap", "'company' has no setting 'sight'; it has sight_nm"),
        ("places]\nreach_km = -1\n[detect.gap", "places.reach_km should be a number from 0"),
        ("places]\nreach_km = 0\n[detect.gap", "places.reach_km should be above 0"),
        ("segments]\nnoise_m = 'low'\n[detect.gap", "segments.noise_m should be a number"),
    ],
)  # fmt: skip
def test_a_wrong_shared_setting_of_a_case_is_told(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(f"[case]\ntitle = 'T'\n[detect.{table}]\n", "utf-8")
    with pytest.raises(CaseError) as caught:
        load_case(path)
    assert said in str(caught.value)


def test_shared_settings_of_a_case_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text("[case]\ntitle = 'T'\n[detect.company]\nsight_nm = 5\n", "utf-8")
    assert load_case(path).detector_settings == {"company": {"sight_nm": 5}}
    check_settings(None, {"segments": {"max_speed_kn": 30}})
    with pytest.raises(MastheadError, match="settings of several are segments, places, company"):
        check_settings(None, {"ports": {"reach_km": 3}})
