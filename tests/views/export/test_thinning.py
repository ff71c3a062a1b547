"""Thinned tracks: never off by more than the tolerance, at any moment."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.views.export.thinning import METRES_A_DEGREE, kept, unwrapped

HOUR = 3_600_000


def worst_off(t, lat, lon, keep) -> float:
    """How far the track drawn through the kept positions is from each position, at most."""
    north = (lat - np.interp(t, t[keep], lat[keep])) * METRES_A_DEGREE
    east = (lon - np.interp(t, t[keep], lon[keep])) * METRES_A_DEGREE * np.cos(np.radians(lat))
    return float(np.hypot(north, east).max())


@settings(max_examples=150, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(1_000, HOUR), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01)),
        min_size=1, max_size=80,
    ),
    lat=st.floats(-80, 80), lon=st.floats(-180, 180),
    tolerance=st.sampled_from([10.0, 50.0, 1000.0]),
)  # fmt: skip
def test_no_moment_is_off_by_more(steps, lat: float, lon: float, tolerance: float) -> None:
    gaps, north, east = map(np.array, zip(*steps, strict=True))
    t = np.cumsum(gaps).astype(np.int64)
    lats = np.clip(lat + np.cumsum(north), -85, 85)
    lons = unwrapped((lon + np.cumsum(east) + 180) % 360 - 180)
    assert np.abs(np.diff(lons)).max(initial=0.0) < 1
    keep = kept(t, lats, lons, tolerance)
    assert keep[0]
    assert keep[-1]
    assert worst_off(t, lats, lons, keep) <= tolerance + 1e-6


def test_a_stop_on_a_straight_way_is_kept() -> None:
    t = np.arange(0, 13) * HOUR
    lon = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.4, 0.4, 0.4, 0.4, 0.5, 0.6, 0.7, 0.8])
    keep = kept(t, np.zeros(13), lon, 50.0)
    assert np.flatnonzero(keep).tolist() == [0, 4, 8, 12]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_positions_are_all_kept(n: int) -> None:
    t = np.arange(n, dtype=np.int64)
    assert kept(t, np.zeros(n), np.zeros(n), 50.0).sum() == n


def test_the_antimeridian_is_no_jump() -> None:
    assert unwrapped(np.array([179.9, -179.9, 179.9])).tolist() == pytest.approx(
        [179.9, 180.1, 179.9]
    )
    assert math.isclose(unwrapped(np.array([-179.9]))[0], -179.9)
