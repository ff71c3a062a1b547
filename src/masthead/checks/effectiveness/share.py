"""Shares with intervals, and counts before and after: small numbers, told with their doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

LEVEL = 0.9


@dataclass(frozen=True)
class Share:
    """So many of so many, the share, and an interval that holds 90 %. `unsure` of them could be
    either: the interval is as wide as both readings make it."""

    hits: int
    of: int
    unsure: int
    value: float
    low: float
    high: float


def share_of(
    hits: int, others: int, *, unsure_hits: int = 0, unsure_others: int = 0
) -> Share | None:
    """The share of `hits` among `hits + others` with Jeffreys' interval (Beta(1/2, 1/2) prior;
    Brown, Cai & DasGupta 2001). Of the hits `unsure_hits` may be none, of the others
    `unsure_others` may be hits. None of nothing."""
    n = hits + others
    if n == 0:
        return None
    tail = (1.0 - LEVEL) / 2.0
    least, most = hits - unsure_hits, hits + unsure_others
    low = special.betaincinv(least + 0.5, n - least + 0.5, tail) if least else 0.0
    high = special.betaincinv(most + 0.5, n - most + 0.5, 1.0 - tail) if most < n else 1.0
    return Share(hits, n, unsure_hits + unsure_others, hits / n, float(low), float(high))


@dataclass(frozen=True)
class Change:
    """Daily counts before a day and from it on: means, the ratio of after to before with its 90 %
    interval, the dispersion (1 = Poisson), and where the counts themselves say that they changed:
    the likeliest day (its index), the days that hold 90 % of the probability (first, last), and the
    probability that they changed at all."""

    before_days: float
    after_days: float
    before: float
    after: float
    ratio: float
    low: float
    high: float
    dispersion: float
    day: int | None
    days: tuple[int, int] | None
    changed: float


def change_of(counts: Sequence[int], at: int) -> Change | None:
    """How daily counts changed at the day with index `at`. None unless there is a day on each side.

    The ratio of two Poisson rates given the sum is a binomial matter (Clopper & Pearson's interval
    made Bayesian: gamma posteriors with Jeffreys' prior 1/2, drawn from exactly through the F
    distribution); counts that scatter more than Poisson's are divided by their dispersion first.
    The change point is that of a Poisson rate with gamma priors (Raftery & Akman 1986): each day is
    equally likely, against a prior of one half for no change.
    """
    x = np.asarray(counts, float)
    if not 0 < at < x.size:
        return None
    before, after = x[:at], x[at:]
    spread = _dispersion(before, after)
    a, b = before.sum() / spread + 0.5, after.sum() / spread + 0.5
    tail = (1.0 - LEVEL) / 2.0
    scale = (b / after.size) / (a / before.size)
    low, high = (scale * special.fdtri(2.0 * b, 2.0 * a, p) for p in (tail, 1.0 - tail))
    day, days, changed = _change_point(x / spread)
    mean = (float(before.mean()), float(after.mean()))
    ratio = mean[1] / mean[0] if mean[0] else float("inf")
    return Change(before.size, after.size, *mean, ratio, float(low), float(high), spread,
                  day, days, changed)  # fmt: skip


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """The two-sided p-value of Fisher's exact test of the table [[a, b], [c, d]]: the probability,
    with all sums fixed, of a table as unlikely as this or more so."""
    low, high = max(0, a - d), min(a + b, a + c)
    k = np.arange(low, high + 1)
    ways = _log_choose(a + b, k) + _log_choose(c + d, a + c - k)
    chance = np.exp(ways - _log_choose(a + b + c + d, a + c))
    return float(min(1.0, chance[chance <= chance[a - low] * (1.0 + 1e-7)].sum()))


def _log_choose(n: int, k: Any) -> Any:
    return special.gammaln(n + 1.0) - special.gammaln(k + 1.0) - special.gammaln(n - k + 1.0)


def _dispersion(*parts: np.ndarray) -> float:
    """Pearson's chi-square over its degrees of freedom, at least 1."""
    free = sum(p.size - 1 for p in parts)
    if free < 1:
        return 1.0
    total = sum(((p - p.mean()) ** 2).sum() / p.mean() for p in parts if p.mean() > 0)
    return max(1.0, float(total) / free)


def _change_point(x: np.ndarray) -> tuple[int | None, tuple[int, int] | None, float]:
    n = x.size
    if n < 3:
        return None, None, 0.0
    shape, rate = 0.5, 0.5 / max(x.mean(), 1e-9)

    def evidence(total: float, days: float) -> float:
        """The log marginal likelihood of a stretch, less the terms that every split shares."""
        return float(
            special.gammaln(shape + total) - special.gammaln(shape)
            + shape * np.log(rate) - (shape + total) * np.log(rate + days)
        )  # fmt: skip

    sums = np.cumsum(x)
    whole = evidence(sums[-1], n)
    splits = np.array(
        [evidence(sums[k - 1], k) + evidence(sums[-1] - sums[k - 1], n - k) for k in range(1, n)]
    )
    weights = np.exp(splits - splits.max())
    weights /= weights.sum()
    odds = np.exp(np.clip(special.logsumexp(splits) - np.log(n - 1) - whole, -500, 500))
    running = np.cumsum(weights)
    first = int(np.searchsorted(running, (1.0 - LEVEL) / 2.0)) + 1
    last = int(np.searchsorted(running, 1.0 - (1.0 - LEVEL) / 2.0)) + 1
    return int(weights.argmax()) + 1, (first, min(last, n - 1)), float(odds / (1.0 + odds))
