"""The closed forms against independent Monte-Carlo play: NumPy movers, and the simulator's own
kernels of motion and sight."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.sim.motion import ROUTE, Record, glimpse, new_record, new_sea, step
from masthead.sim.theory import (
    back_and_forth,
    band,
    crossover,
    encounters_per_hour,
    kept_interval_s,
    lost_in_a_row,
    moving_target_speed_kn,
    random_search,
    relative_kn,
    searchers,
)


def walk(dice: np.random.Generator, side: float, leg: float, length: float, step: float):
    """A searcher's track in a square: straight legs to random directions, folded at the walls."""
    count = int(length / step)
    turns = np.repeat(dice.uniform(0, 2 * np.pi, int(length / leg) + 2), int(leg / step))[:count]
    at = dice.uniform(0, side, 2) + step * np.cumsum(
        np.column_stack([np.cos(turns), np.sin(turns)]), axis=0
    )
    return np.abs((at + side) % (2 * side) - side)


@pytest.mark.parametrize("swept", [0.25, 0.5, 1.0, 2.0])
def test_a_random_search_finds_what_koopman_says(swept: float) -> None:
    dice = np.random.default_rng(11)
    side, reach, trials = 100.0, 1.0, 600
    length = swept * side**2 / (2 * reach)
    found = 0
    for _ in range(trials):
        # the target keeps off the walls by a range, where a folded path sweeps a little more
        target = dice.uniform(5, side - 5, 2)
        path = walk(dice, side, 60.0, length, 0.5)
        found += bool((((path - target) ** 2).sum(axis=1) <= reach**2).any())
    assert band(random_search(reach, 1.0, length, side**2), trials).holds(found / trials)


def test_the_simulators_own_patrol_searches_as_koopman_says() -> None:
    """A ship moved by the simulator's kernel to places drawn in a square, its sight the
    simulator's definite-range law, looking each minute."""
    dice = np.random.default_rng(5)
    side, reach, knots, hours, ships = 60.0, 2.5, 20.0, 18.0, 160
    sea = new_sea(ships)
    to_deg = 1.0 / 60.0

    def spot() -> tuple[float, float]:
        return tuple(float(x) for x in dice.uniform(0, side, 2) * to_deg)  # type: ignore[return-value]

    for i in range(ships):
        sea.lat[i], sea.lon[i] = spot()
        points = [spot() for _ in range(15)]
        sea.route[i, : len(points)] = points
        sea.legs[i], sea.mode[i] = len(points), ROUTE
        sea.want_kn[i] = sea.sog[i] = knots
        sea.turn[i], sea.accel[i], sea.brake[i] = 90.0, 10.0, False
    # places drawn evenly make tracks that favour the middle, so targets lie where the
    # theory's even density is met: the band below is for the whole square's mean density there
    targets = dice.uniform(0.0, side, (400, 2)) * to_deg
    unseen = np.ones((ships, len(targets)), bool)
    record: Record = new_record(0, 1)
    empty = np.zeros((0, 2))
    visits = np.zeros(len(targets))
    for minute in range(int(hours * 60)):
        step(sea, minute, empty, empty, record, 0, False)
        north = (sea.lat[:, None] - targets[None, :, 0]) * 60.0
        east = (sea.lon[:, None] - targets[None, :, 1]) * 60.0
        far = np.hypot(north, east)
        seen = far <= reach
        assert not seen.any() or glimpse(True, reach, float(far[seen][0]), 1.0) == 1.0
        visits += seen.sum(axis=0)
        unseen &= ~seen
    # the local density of search effort at each target replaces 1/A (Koopman's search density)
    effort = visits / ships / 60.0 / (math.pi * reach**2)
    expected = np.array([1.0 - math.exp(-2.0 * reach * knots * e) for e in effort])
    found = 1.0 - unseen.mean()
    assert found == pytest.approx(float(expected.mean()), abs=0.03)
    # and over the square as a whole, within what its uneven effort leaves
    assert found == pytest.approx(random_search(reach, knots, hours, side**2), abs=0.06)


@pytest.mark.parametrize(
    ("reach", "patrol", "target", "width"), [(5, 15, 12, 40), (3, 20, 10, 60), (8, 14, 14, 30)]
)
def test_a_patrol_to_and_fro_sees_its_share(
    reach: float, patrol: float, target: float, width: float
) -> None:
    dice = np.random.default_rng(3)
    trials = 4000
    way = width - 2 * reach
    x, phase = dice.uniform(0, width, trials), dice.uniform(0, 2 * way, trials)
    far = 6 * reach + 4 * target
    t = np.arange(-far / target, far / target, 0.004)
    seen = 0
    for i in range(trials):
        along = (phase[i] + patrol * t) % (2 * way)
        at = reach + np.where(along < way, along, 2 * way - along)
        seen += bool(((at - x[i]) ** 2 + (target * t) ** 2 <= reach**2).any())
    assert band(back_and_forth(reach, patrol, target, width), trials).holds(seen / trials)


@pytest.mark.parametrize(("reach", "patrol", "target", "width"), [(3, 20, 10, 60), (4, 24, 12, 80)])
def test_a_crossover_sees_its_share(
    reach: float, patrol: float, target: float, width: float
) -> None:
    """The lap is played in true coordinates: slanting over with the traffic, then up the side."""
    dice = np.random.default_rng(4)
    across = (width - 2 * reach) / math.sqrt(patrol**2 - target**2)
    up = target * across / patrol
    lap, dt, trials = across + up, 0.004, 3000
    t = np.arange(0, 10 * lap, dt)
    number, within = np.divmod(t, lap)
    share = np.minimum(within / across, 1.0)
    x = np.where(number % 2 == 0, share, 1.0 - share) * (width - 2 * reach) + reach
    y = -target * np.minimum(within, across) + patrol * np.maximum(within - across, 0.0)
    seen = 0
    for _ in range(trials):
        east, passes = dice.uniform(0, width), dice.uniform(4 * lap, 6 * lap)
        seen += bool(((x - east) ** 2 + (y + target * (t - passes)) ** 2 <= reach**2).any())
    wanted = band(crossover(reach, patrol, target, width), trials)
    corners = 0.01
    assert wanted.low - corners <= seen / trials <= wanted.high + corners


def test_crossing_streams_meet_as_often_as_gas_molecules() -> None:
    dice = np.random.default_rng(8)
    side, reach, v1, v2, angle = 60.0, 0.5, 14.0, 10.0, 70.0
    n, hours, met = 60, 4.0, 0
    heading = math.radians(angle)
    relative = np.array([v1 - v2 * math.cos(heading), -v2 * math.sin(heading)])
    repeats = 40
    for _ in range(repeats):
        one, two = dice.uniform(0, side, (n, 2)), dice.uniform(0, side, (n, 2))
        gap = one[:, None] - two[None]
        # on a torus: the nearest image along the straight relative track within the time
        for east in range(-2, 4):
            for north in range(-2, 4):
                g = gap + np.array([east, north]) * side
                w = np.hypot(*relative)
                when = -(g @ relative) / w**2
                miss = np.abs(g[..., 0] * relative[1] - g[..., 1] * relative[0]) / w
                met += int(((when >= 0) & (when < hours) & (miss <= reach)).sum())
    expected = (
        repeats
        * hours
        * encounters_per_hour(n / side**2, n / side**2, relative_kn(v1, v2, angle), reach, side**2)
    )
    assert abs(met - expected) < 4 * math.sqrt(expected)


def test_mean_relative_speed_of_a_moving_target() -> None:
    angle = np.linspace(0, 2 * np.pi, 100_001)[:-1]
    for v, u in ((10.0, 0.0), (12.0, 12.0), (20.0, 7.0)):
        mean = np.sqrt(v * v + u * u - 2 * v * u * np.cos(angle)).mean()
        assert moving_target_speed_kn(v, u) == pytest.approx(mean, rel=1e-6)


@given(
    st.floats(0.1, 20), st.floats(1, 40), st.floats(0, 100), st.floats(10, 1e5), st.integers(1, 9)
)
def test_search_is_a_probability_that_grows(r: float, v: float, t: float, a: float, n: int) -> None:
    once, longer = random_search(r, v, t, a), random_search(r, v, t + 1, a)
    assert 0.0 <= once <= longer <= 1.0
    # n searchers for t are one searcher for n t: the law of independent effort
    assert searchers(once, n) == pytest.approx(random_search(r, v, n * t, a), abs=1e-9)


def test_barriers_at_their_limits() -> None:
    assert back_and_forth(10, 15, 12, 20) == 1.0
    assert crossover(5, 10, 12, 40) == 0.0
    assert crossover(5, 25, 5, 40) == 1.0
    assert lost_in_a_row(0.25, 2) == 0.5625
    assert kept_interval_s(10.0, 1.0, 60.0) == 60.0
    assert kept_interval_s(10.0, 0.5, 60.0) == 70.0
    assert kept_interval_s(180.0, 1.0, 60.0) == 180.0
