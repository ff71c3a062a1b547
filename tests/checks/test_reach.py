"""The space–time prism: what must hold of it whatever the track."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from masthead.checks.coverage import of_counts
from masthead.checks.reach import MARGIN, distances_nm, reach
from masthead.checks.sightings import Sighting


def track(*rows: tuple[float, float, float]) -> Sighting:
    t, lat, lon = (np.array(column, float) for column in zip(*rows, strict=True))
    return Sighting(1, t, lat, lon, np.full(t.size, 10.0), np.zeros(t.size))


def test_a_silent_ship_could_have_been_there_only_as_fast_as_it_sails() -> None:
    gap = track((0.0, 20.0, 60.0), (10.0, 20.0, 60.0))
    near = reach(gap, 20.5, 60.0, 0.0, 0.0, 10.0, speed_kn=15.0)  # 30 NM there, 30 back
    assert near is not None
    assert near.short_nm == 0.0
    far = reach(gap, 25.0, 60.0, 0.0, 0.0, 10.0, speed_kn=15.0)  # 300 NM each way
    assert far is not None
    assert math.isclose(far.short_nm, 300.0 - 5.0 * 15.0 * MARGIN, abs_tol=1.0)
    assert far.silence_h == 10.0


def test_a_ship_heard_all_along_elsewhere_was_not_there() -> None:
    heard = track(*((h / 6, 20.0 + h / 100, 60.0) for h in range(60)))
    found = reach(heard, 24.0, 60.0, 9000.0, 2.0, 8.0, speed_kn=15.0)
    assert found is not None
    assert found.short_nm > 150.0
    assert 170.0 < found.bearing < 190.0, "the ship was south of the place"


def test_the_place_may_lie_across_the_antimeridian() -> None:
    heard = track((0.0, 0.0, 179.8), (1.0, 0.0, -179.8))
    found = reach(heard, 0.0, -179.9, 2000.0, 0.0, 1.0, speed_kn=30.0)
    assert found is not None
    assert found.short_nm == 0.0


tracks = st.lists(
    st.tuples(st.floats(0, 48), st.floats(-60, 60), st.floats(-179, 179)), min_size=1, max_size=12,
    unique_by=lambda r: round(r[0], 2),
).map(lambda rows: track(*sorted(rows)))  # fmt: skip


@given(tracks, st.floats(-60, 60), st.floats(-179, 179), st.floats(0, 40), st.floats(0, 10))
def test_faster_vaguer_and_longer_never_make_it_less_possible(
    sighting: Sighting, lat: float, lon: float, first: float, length: float
) -> None:
    last = first + length
    here = reach(sighting, lat, lon, 5000.0, first, last, speed_kn=15.0)
    faster = reach(sighting, lat, lon, 5000.0, first, last, speed_kn=20.0)
    vaguer = reach(sighting, lat, lon, 50_000.0, first, last, speed_kn=15.0)
    longer = reach(sighting, lat, lon, 5000.0, first - 3.0, last + 3.0, speed_kn=15.0)
    assume(here and faster and vaguer and longer)
    assert here
    assert faster
    assert vaguer
    assert longer
    slack = 1e-6 + here.short_nm * 1e-6
    assert faster.short_nm <= here.short_nm + slack
    assert vaguer.short_nm <= here.short_nm + slack
    assert longer.short_nm <= here.short_nm + slack


@given(tracks, st.floats(0, 1))
def test_where_it_was_heard_it_could_have_been(sighting: Sighting, which: float) -> None:
    i = int(which * (sighting.t.size - 1))
    moment = float(sighting.t[i])
    found = reach(sighting, float(sighting.lat[i]), float(sighting.lon[i]), 0.0, moment, moment,
                  speed_kn=10.0)  # fmt: skip
    assert found is not None
    assert found.short_nm < 1e-6


def test_distances_are_great_circles() -> None:
    (quarter,) = distances_nm(0.0, 0.0, np.array([90.0]), np.array([0.0]))
    assert math.isclose(quarter, 5400.0, rel_tol=0.002)


@given(st.integers(1, 200), st.floats(0, 1))
def test_the_share_of_hours_heard_has_its_uncertainty(hours: int, share: float) -> None:
    heard = int(hours * share)
    found = of_counts(hours, heard)
    assert 0.0 <= found.low <= found.share <= found.high <= 1.0
    assert abs(found.share - heard / hours) <= 0.5 / (hours + 1) + 1e-9
