"""Approaches, pursuits and escorts."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from masthead.tracks.engine import detect
from tracks.ships import fleet, positions, sail

VICTIM, WARSHIP = 636019825, 366999712
NAMES = ["approach", "pursuit", "escorted"]


def chain(mmsi: int, *legs: tuple[float, float, float], lon: float = 0.0) -> pl.DataFrame:
    """A ship on legs of (hours, knots, course), from 30 N."""
    hours, lat, east = [0.0], [30.0], [lon]
    for duration, knots, course in legs:
        turn = np.radians(course)
        hours.append(hours[-1] + duration)
        lat.append(lat[-1] + duration * knots / 60 * np.cos(turn))
        east.append(east[-1] + duration * knots / 60 * np.sin(turn) / np.cos(np.radians(lat[-2])))
    return sail(mmsi, list(zip(hours, lat, east, strict=True)), every_min=3)


def beside(track: pl.DataFrame, mmsi: int, far_nm: list[tuple[float, float]]) -> pl.DataFrame:
    """Another ship due east of a track, at the distances given at hours since START."""
    hours = (track["t"].to_physical().to_numpy() - track["t"].to_physical()[0]) / 3_600_000
    off = np.interp(hours, [h for h, _ in far_nm], [d for _, d in far_nm])
    lat = track["lat"].to_numpy()
    lon = np.unwrap(track["lon"].to_numpy(), period=360) + off / 60 / np.cos(np.radians(lat))
    return positions(mmsi, hours, lat, lon)


@pytest.mark.parametrize("lon", [-40.0, 179.95])
def test_a_ship_is_approached_stopped_and_escorted(lon: float) -> None:
    victim = chain(VICTIM, (4, 12, 0), (2, 0.2, 0), (4, 9, 200), lon=lon)
    warship = beside(victim, WARSHIP, [(0, 12), (2.5, 12), (4.1, 0.3), (6, 0.3), (10, 0.6)])
    found = {e.incident: e for e in detect(fleet(victim, warship), only=NAMES)}
    assert set(found) == {"approach", "escorted"}
    assert [v.mmsi for v in found["approach"].objects] == [VICTIM, WARSHIP]
    assert [v.mmsi for v in found["escorted"].objects] == [VICTIM, WARSHIP]
    assert found["approach"].details["least_speed_kn"] < 1
    assert found["escorted"].details["course_change_deg"] == pytest.approx(160, abs=15)


def test_a_pursuit_follows_turns() -> None:
    victim = chain(VICTIM, (3, 12, 0), (0.7, 14, 70), (0.7, 14, 350), (1, 14, 90), lon=-40.0)
    warship = beside(victim, WARSHIP, [(0, 20), (1, 20), (3, 0.5), (10, 0.5)])
    (found,) = detect(fleet(victim, warship), only=NAMES)
    assert found.incident == "pursuit"
    assert [v.mmsi for v in found.objects] == [VICTIM, WARSHIP]
    assert found.details["manoeuvres_deg"] > 150


def test_overtaking_is_none_of_them() -> None:
    slow = chain(VICTIM, (8, 10, 0), lon=-40.0)
    fast = chain(WARSHIP, (8, 14, 0), lon=-39.99).with_columns(pl.col("lat") - 0.25)
    assert detect(fleet(slow, fast), only=NAMES) == []
    crossing = chain(WARSHIP, (8, 14, 90), lon=-40.9).with_columns(pl.col("lat") + 0.6)
    assert detect(fleet(slow, crossing), only=NAMES) == []


def test_a_ship_that_stops_at_the_call_is_approached_by_a_fast_one() -> None:
    victim = chain(VICTIM, (4, 12, 0), (2, 0.2, 0), (4, 9, 200), lon=-40.0)
    warship = beside(victim, WARSHIP, [(0, 30), (3.95, 30), (4.95, 0.3), (6, 0.3), (10, 0.6)])
    found = {e.incident: e for e in detect(fleet(victim, warship), only=NAMES)}
    assert set(found) == {"approach", "escorted"}
    assert found["approach"].details["speed_before_kn"] > 10


def test_a_ship_that_stops_with_another_alongside_and_falls_silent() -> None:
    victim = chain(VICTIM, (4, 12, 0), (2, 0.2, 0), (10, 9, 200), lon=-40.0)
    far = [(0.0, 12.0), (2.5, 12.0), (4.1, 0.3), (16.0, 0.4)]
    warship = beside(victim, WARSHIP, far)
    hours = (victim["t"].to_physical().to_numpy() - victim["t"].to_physical()[0]) / 3_600_000
    for until, again in ((11.0, True), (99.0, False)):
        dark = victim.filter(pl.Series((hours < 6.2) | (hours > until)))
        (found,) = detect(fleet(dark, warship), only=["silent_after_stop"])
        assert [v.mmsi for v in found.objects] == [VICTIM, WARSHIP]
        assert found.details["heard_again"] is again
    later = fleet(victim.filter(pl.Series(hours < 7.5)), warship)
    assert len(detect(later, only=["silent_after_stop"])) == 1
    soon = {"silent_after_stop": {"within_h": 0.5}}
    assert detect(later, only=["silent_after_stop"], settings=soon) == []
    both = warship.filter(pl.Series(hours < 6.2))  # nobody is heard: that is the reception
    assert detect(fleet(dark, both), only=["silent_after_stop"]) == []
    assert detect(fleet(victim, warship), only=["silent_after_stop"]) == []
