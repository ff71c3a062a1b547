"""Shares and changes of counts: the intervals hold what they say that they hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from masthead.checks.effectiveness.share import change_of, fisher_exact, share_of


def test_a_share_of_nothing_is_none() -> None:
    assert share_of(0, 0) is None


def test_an_interval_holds_its_share_of_the_truth() -> None:
    dice = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        truth = dice.uniform(0.1, 0.9)
        hits = int(dice.binomial(40, truth))
        share = share_of(hits, 40 - hits)
        assert share is not None
        held += share.low <= truth <= share.high
    assert 0.86 <= held / 400 <= 0.95


def test_what_is_unsure_widens_the_interval_to_both_sides() -> None:
    plain = share_of(10, 10)
    doubted = share_of(10, 10, unsure_hits=3, unsure_others=4)
    assert plain is not None
    assert doubted is not None
    assert doubted.value == plain.value
    assert doubted.low < plain.low - 0.1
    assert doubted.high > plain.high + 0.1


def test_the_ratio_of_two_rates_is_held_by_its_interval() -> None:
    dice = np.random.default_rng(2)
    held = 0
    for _ in range(300):
        counts = [*dice.poisson(20.0, 10), *dice.poisson(12.0, 10)]
        change = change_of([int(c) for c in counts], 10)
        assert change is not None
        held += change.low <= 0.6 <= change.high
    assert 0.86 <= held / 300 <= 0.99


def test_the_day_of_a_clear_change_is_found_and_none_where_there_is_none() -> None:
    dice = np.random.default_rng(3)
    broken = [int(c) for c in (*dice.poisson(30.0, 12), *dice.poisson(10.0, 9))]
    change = change_of(broken, 12)
    assert change is not None
    assert change.day == 12
    assert change.changed > 0.99
    steady = change_of([int(c) for c in dice.poisson(20.0, 21)], 12)
    assert steady is not None
    assert steady.changed < 0.5
    assert steady.low < 1.0 < steady.high


def test_counts_that_scatter_widen_the_interval() -> None:
    calm = change_of([20, 21, 19, 20, 20, 21, 19, 20], 4)
    wild = change_of([2, 45, 5, 28, 1, 50, 9, 20], 4)
    assert calm is not None
    assert wild is not None
    assert wild.dispersion > 5
    assert wild.high / wild.low > 3 * calm.high / calm.low


def test_there_must_be_a_day_on_each_side() -> None:
    assert change_of([3, 4, 5], 0) is None
    assert change_of([3, 4, 5], 3) is None


@pytest.mark.parametrize("table", [(3, 1, 1, 3), (0, 12, 20, 5), (8, 2, 80, 20), (0, 0, 3, 4)])
def test_fishers_test_is_scipys(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table
    assert fisher_exact(a, b, c, d) == pytest.approx(stats.fisher_exact([[a, b], [c, d]]).pvalue)
