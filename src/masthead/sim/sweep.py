"""How many patrol ships stop how much: plays of one scenario with fleets of different size.

**Measured.** A run is a passage of the zone by a ship that the blockade is meant for. The stopped
share is the part of runs that end with a boarding party on board; prizes are ships seized.

**Theory.** Patrols that search a circle of area A at random find a ship that is in it for T hours
with probability `1 - exp(-2 r w k T / A)` (Koopman 1946): r is the range of the sensor, w the mean
speed of the ship relative to a patrol of random course, k the number of patrols that are free. Each
affair keeps its patrol for some hours, the way back included, so that of m at sea
`k = m - rate of affairs x hours each`; both equations hold together. T and the rate of runs are
those of control plays without any patrol; hours per affair are measured. Detection is taken for
boarding: chases that fail are not in the theory.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from masthead.sim.chart import Floats
from masthead.sim.patrols import OUT_SHARE
from masthead.sim.play import DAY_MIN, Play
from masthead.sim.scenario import Scenario
from masthead.sim.theory import moving_target_speed_kn

BAND = (16.0, 84.0)
"""Percentiles of the intervals over seeds: what one standard deviation is of a normal spread."""

SHIP_KN = 12.0
"""The speed taken for the ships that run: that of product tankers and general cargo ships."""


@dataclass(frozen=True)
class Size:
    """The outcome of all plays with a fleet of one size. `spread` is the theory's own: one standard
    deviation of a play's share, for as many runs as a play has."""

    fleet: int
    stopped: float
    stopped_low: float
    stopped_high: float
    theory: float
    spread: float
    prizes: float
    prizes_low: float
    prizes_high: float
    theory_prizes: float
    runs: float


def play_sweep(
    scenario: Scenario,
    sizes: Sequence[int],
    seeds: int,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> list[Size]:
    """Play the scenario `seeds` times for each number of patrol ships."""
    plays = [scenario.scenario.seed + k for k in range(seeds)]
    tick = progress or (lambda done, total: None)
    total = (len(sizes) + 1) * seeds
    passages: list[float] = []
    rates = []
    for k, seed in enumerate(plays):
        control = _play(scenario.with_patrol_ships(0), seed)
        hours = _hours(control)
        passages += [h for h, _ in hours]
        rates.append(len(hours) / max(1.0, (control.minutes - control.declared) / 60.0))
        tick(k + 1, total)
    out = []
    for n, fleet in enumerate(sizes, 1):
        shares, prizes, busy, runs = [], [], [], []
        for k, seed in enumerate(plays):
            play = _play(scenario.with_patrol_ships(fleet), seed)
            ended = _hours(play)
            shares.append(sum(s for _, s in ended) / max(1, len(ended)))
            prizes.append(play.patrols.boarding.seized)
            busy += play.patrols.boarding.busy_min
            runs.append(len(ended))
            tick(n * seeds + k + 1, total)
        held_h = float(np.mean(busy)) / 60.0 if busy else 0.0
        rate = float(np.mean(rates))
        share = stopped_share(scenario, fleet, np.array(passages), rate, held_h)
        mean_runs = float(np.mean(runs))
        seized = scenario.blockade.fates.seized if scenario.blockade else 0.0
        low, high = np.percentile(shares, BAND)
        prizes_low, prizes_high = np.percentile(prizes, BAND)
        out.append(
            Size(
                fleet, float(np.mean(shares)), float(low), float(high), share,
                math.sqrt(share * (1.0 - share) / max(mean_runs, 1.0)),
                float(np.mean(prizes)), float(prizes_low), float(prizes_high),
                mean_runs * share * seized, mean_runs,
            )
        )  # fmt: skip
    return out


def stopped_share(
    scenario: Scenario, fleet: int, passage_h: Floats, runs_per_h: float, affair_h: float
) -> float:
    """The theory's stopped share (see above), each group of patrol ships taken for a random
    search of its circle."""
    if scenario.blockade is None or fleet == 0 or not passage_h.size:
        return 0.0
    looks_per_h = at_sea = 0.0
    for group in scenario.with_patrol_ships(fleet).patrols:
        if group.type != "aircraft" and group.side == scenario.blockade.by:
            m = math.ceil(group.count * OUT_SHARE)
            at_sea += m
            swath = 2.0 * group.sensor_nm * moving_target_speed_kn(group.patrol_kn, SHIP_KN)
            looks_per_h += m * swath / (math.pi * group.radius_nm**2)
    share, free = 0.0, 1.0
    for _ in range(200):
        share = float(np.mean(1.0 - np.exp(-looks_per_h * free * passage_h)))
        kept = runs_per_h * share * affair_h / max(at_sea, 1.0)
        free = 0.5 * (free + max(0.02, 1.0 - kept))
    return share


def write_table(rows: Sequence[Size], file: Path) -> None:
    """Write the sweep as CSV."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow([f.name for f in fields(Size)])
        out.writerows([[round(v, 4) for v in astuple(r)] for r in rows])


def draw(rows: Sequence[Size], file: Path) -> None:
    """Draw the sweep as PNG: stopped share and prizes against patrol ships, theory beside."""
    from matplotlib.figure import Figure

    x = [r.fleet for r in rows]
    figure = Figure(figsize=(9.0, 3.8), dpi=130, layout="constrained")
    left, right = figure.subplots(1, 2)
    theory = np.array([r.theory for r in rows])
    spread = np.array([r.spread for r in rows])
    left.fill_between(x, theory - spread, theory + spread, color="#c9d8e8",
                      label="theory, ± 1 s.d. of a play")  # fmt: skip
    left.plot(x, theory, color="#27567f", label="random search with busy patrols")
    mean = np.array([r.stopped for r in rows])
    off = [mean - [r.stopped_low for r in rows], [r.stopped_high for r in rows] - mean]
    left.errorbar(x, mean, np.maximum(off, 0.0), fmt="o", color="#b3432b", capsize=3,
                  label="plays: mean, 16–84 %")  # fmt: skip
    left.set(xlabel="patrol ships", ylabel="share of runs stopped", ylim=(0.0, 1.0))
    left.legend(frameon=False, fontsize=8)
    prizes = np.array([r.prizes for r in rows])
    right.plot(x, [r.theory_prizes for r in rows], color="#27567f")
    off = [prizes - [r.prizes_low for r in rows], [r.prizes_high for r in rows] - prizes]
    right.errorbar(x, prizes, np.maximum(off, 0.0), fmt="o", color="#b3432b", capsize=3)
    right.set(xlabel="patrol ships", ylabel="prizes in a play", ylim=(0.0, None))
    figure.savefig(file)


def _play(scenario: Scenario, seed: int) -> Play:
    play = Play(scenario, seed)
    for _ in play.days(DAY_MIN, keep=False):
        pass
    return play


def _hours(play: Play) -> list[tuple[float, bool]]:
    """The runs that have ended: hours in the zone, and whether stopped."""
    return [
        ((run.end - run.start) / 60.0, run.stopped)
        for run in play.captains.runs
        if run.end is not None
    ]
