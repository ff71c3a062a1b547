"""Stops, loitering, encounters and port calls, on tracks small enough to check by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from masthead.tracks.cells import pairs_within
from masthead.tracks.engine import detect
from masthead.tracks.kernels import distance_m
from masthead.tracks.shore import is_inland, shore_distance_nm
from tracks.ships import fleet, positions, sail

SHIP, OTHER = 211000001, 311000002
SEA = (30.0, -40.0)


def stopping(mmsi: int, lat: float, lon: float, hours: float, shift: float = 0.0) -> pl.DataFrame:
    """A ship that comes from the south at 12 knots, lies `hours`, and goes on to the north."""
    return sail(
        mmsi,
        [
            (shift, lat - 1.0, lon),
            (5 + shift, lat, lon),
            (5 + shift + hours, lat + 0.002, lon),
            (10 + shift + hours, lat + 1.002, lon),
        ],
    )


def test_stop_at_sea() -> None:
    (found,) = detect(stopping(SHIP, *SEA, 3.0), only=["stopped_at_sea", "loitering"])
    assert found.incident == "stopped_at_sea"
    assert found.details["duration_h"] == pytest.approx(3.0, abs=0.3)
    assert found.details["speed_before_kn"] == pytest.approx(12.0, abs=0.5)
    assert detect(stopping(SHIP, *SEA, 0.7), only=["stopped_at_sea"]) == []
    assert detect(stopping(SHIP, 40.5, -73.9, 3.0), only=["stopped_at_sea"]) == [], "off New York"


def test_loitering_is_far_out_and_long() -> None:
    found = detect(stopping(SHIP, *SEA, 9.0), only=["loitering"])
    assert [e.incident for e in found] == ["loitering"]
    assert detect(stopping(SHIP, *SEA, 3.5), only=["loitering"]) == []
    assert detect(stopping(SHIP, 36.6, -75.5, 9.0), only=["loitering"]) == [], "11 nm off"


@pytest.mark.parametrize("place", [SEA, (20.0, 180.0), (-84.5, 10.0)])
def test_encounter(place: tuple[float, float]) -> None:
    lat, lon = place
    beside = 300.0 / 111_195.0 / np.cos(np.radians(lat))
    one, two = (
        stopping(SHIP, lat, lon - beside / 2, 4.0),
        stopping(OTHER, lat, lon + beside / 2, 4.0),
    )
    far = stopping(OTHER + 1, lat, lon + 3 * beside, 4.0)
    (found,) = detect(fleet(one, two, far), only=["encounter"])
    assert [v.mmsi for v in found.objects] == [SHIP, OTHER]
    assert found.details["median_distance_m"] == pytest.approx(300, abs=10)
    assert found.details["duration_h"] == pytest.approx(4.0, abs=0.6)
    assert (
        detect(fleet(one, stopping(OTHER, lat, lon + beside, 4.0, 9.0)), only=["encounter"]) == []
    )


def test_five_hundred_ships_in_an_anchorage_are_no_encounters() -> None:
    rng = np.random.default_rng(3)
    ships = []
    hours = np.arange(0, 8, 0.5)
    for n in range(500):
        lat, lon = 24.9 + rng.uniform(0, 0.1), 56.5 + rng.uniform(0, 0.1)
        ships.append(positions(SHIP + n, hours, np.full(16, lat), np.full(16, lon)))
    assert detect(fleet(*ships), only=["encounter"]) == []


def test_port_call_has_the_name_of_the_port() -> None:
    ship = stopping(SHIP, 51.92, 4.15, 6.0)
    (found,) = detect(ship, only=["port_call"])
    assert found.place is not None
    assert found.place.text is not None
    assert "Netherlands" in found.place.text
    assert detect(stopping(SHIP, *SEA, 6.0), only=["port_call"]) == []


def test_pairs_within_equals_the_plain_reference() -> None:
    rng = np.random.default_rng(5)
    for trial in range(20):
        n = 120
        lat = np.clip(rng.choice([0.0, 60.0, 89.99, -89.999]) + rng.normal(0, 0.01, n), -90, 90)
        lon = (rng.choice([0.0, 180.0]) + rng.normal(0, 0.02, n) + 180) % 360 - 180
        step, name = rng.integers(0, 3, n), rng.integers(0, 30, n)
        got = pairs_within(step, lat, lon, name, 700.0)
        want = {
            (i, j)
            for i in range(n)
            for j in range(n)
            if name[i] < name[j]
            and step[i] == step[j]
            and distance_m(lat[i], lon[i], lat[j], lon[j]) <= 700.0
        }
        assert set(zip(*(g.tolist() for g in got), strict=True)) == want, trial


def test_distance_from_shore() -> None:
    lat, lon = np.array([30.0, 37.8, 27.5, 0.0]), np.array([-40.0, -122.9, 52.0, -179.99])
    far = shore_distance_nm(lat, lon)
    assert far[0] == 60.0
    assert far[1] == pytest.approx(8, abs=2)
    assert far[2] == pytest.approx(16, abs=2)
    assert is_inland(np.array([48.85, 33.7, 0.0]), np.array([2.35, -118.2, -30.0])).tolist() == [
        True, False, False,
    ]  # fmt: skip
