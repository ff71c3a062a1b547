"""Search and barriers: played against their closed forms. Writes docs/img/search-theory.png and the
figures as JSON.

    python benchmarks/search_theory.py

Left: searchers moved by the simulator's own kernel, by straight legs across a circle that turn by
the cosine law (as its random search does), with targets at rest anywhere in the circle. Right: a
patrol to and fro across a channel of 40 nautical miles, ships passing down it at 12 knots.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import matplotlib as mpl
import numpy as np
from PIL import Image

from masthead.sim.motion import ROUTE, new_record, new_sea, step
from masthead.sim.theory import back_and_forth, band, random_search
from masthead.sim.world import MAX_POINTS

mpl.use("Agg")
from matplotlib import pyplot as plt

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "img" / "search-theory.png"
KEPT = Path(__file__).with_suffix(".json")
RADIUS_NM, REACH_NM, KNOTS, HOURS, SHIPS = 40.0, 3.0, 15.0, 60, 300
WIDTH_NM, TARGET_KN, BARRIER_REACH_NM, TRIALS = 40.0, 12.0, 5.0, 3000


def chords(dice: np.random.Generator, number: int) -> np.ndarray:
    """Points on a circle that a path by the cosine law goes through, in nautical miles."""
    angle = dice.uniform(0, 2 * math.pi)
    points = [np.array([math.sin(angle), math.cos(angle)]) * RADIUS_NM]
    for _ in range(number):
        inward = math.atan2(-points[-1][0], -points[-1][1])
        course = inward + math.asin(dice.uniform(-1, 1))
        way = 2 * RADIUS_NM * math.cos(course - inward)
        points.append(points[-1] + way * np.array([math.sin(course), math.cos(course)]))
    return np.array(points)


def played_search() -> list[float]:
    """The share of searchers that have found a target of their own, hour by hour."""
    dice = np.random.default_rng(1)
    sea = new_sea(SHIPS)
    target = np.empty((SHIPS, 2))
    for i in range(SHIPS):
        way = chords(dice, MAX_POINTS - 1)
        # the play begins somewhere on the first chord
        start = way[0] + dice.uniform() * (way[1] - way[0])
        sea.lat[i], sea.lon[i] = start[1] / 60, start[0] / 60
        sea.heading[i] = math.degrees(math.atan2(*(way[1] - way[0]))) % 360
        sea.route[i, : len(way) - 1] = way[1:, ::-1] / 60
        sea.legs[i], sea.mode[i] = len(way) - 1, ROUTE
        sea.want_kn[i] = sea.sog[i] = KNOTS
        sea.turn[i], sea.accel[i], sea.brake[i] = 120.0, 10.0, False
        far, angle = (
            (RADIUS_NM - REACH_NM) * math.sqrt(dice.uniform()),
            dice.uniform(0, 2 * math.pi),
        )
        target[i] = far * math.cos(angle), far * math.sin(angle)
    record, nothing = new_record(0, 1), np.zeros((0, 2))
    seen, found = np.zeros(SHIPS, bool), [0.0]
    for minute in range(HOURS * 60):
        step(sea, minute, nothing, nothing, record, 0, False)
        seen |= np.hypot(sea.lat * 60 - target[:, 0], sea.lon * 60 - target[:, 1]) <= REACH_NM
        if minute % 60 == 59:
            found.append(float(seen.mean()))
    return found


def played_barrier(knots: float) -> float:
    """The share of ships that a patrol of this speed sees pass."""
    dice = np.random.default_rng(int(knots * 10))
    way = WIDTH_NM - 2 * BARRIER_REACH_NM
    x, phase = dice.uniform(0, WIDTH_NM, TRIALS), dice.uniform(0, 2 * way, TRIALS)
    t = np.arange(-1.0, 1.0, 0.004) * BARRIER_REACH_NM / TARGET_KN * 1.01
    along = (phase[:, None] + knots * t + 40 * way) % (2 * way)
    at = BARRIER_REACH_NM + np.where(along < way, along, 2 * way - along)
    near = (at - x[:, None]) ** 2 + (TARGET_KN * t) ** 2 <= BARRIER_REACH_NM**2
    return float(near.any(axis=1).mean())


def main() -> None:
    hours = np.arange(HOURS + 1)
    area = math.pi * RADIUS_NM**2
    search = played_search()
    bands = [band(random_search(REACH_NM, KNOTS, h, area), SHIPS, 1.96) for h in hours]
    speeds = np.arange(4.0, 41.0, 3.0)
    seen = [played_barrier(v) for v in speeds]
    theory = [back_and_forth(BARRIER_REACH_NM, v, TARGET_KN, WIDTH_NM) for v in speeds]
    limits = [band(p, TRIALS, 1.96) for p in theory]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.6), dpi=90)
    for axis, at, expected, within, got in (
        (left, hours, [b.share for b in bands], bands, search),
        (right, speeds, theory, limits, seen),
    ):
        axis.fill_between(at, [b.low for b in within], [b.high for b in within], color="#c9dbe6",
                          label="95 % band")  # fmt: skip
        axis.plot(at, expected, color="#0b5f8a", label="closed form")
        axis.plot(at, got, "o", ms=3.5, color="#c25a00", label="played")
        axis.spines[["top", "right"]].set_visible(False)
        axis.set_ylim(0, 1)
        axis.legend(frameon=False, loc="lower right")
    left.set(xlabel="hours of random search", ylabel="chance that the target is found")
    right.set(xlabel="speed of the patrol, knots", ylabel="share of passing ships seen")
    figure.tight_layout()
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE)
    Image.open(PICTURE).convert("RGB").quantize(64).save(PICTURE, optimize=True)
    inside = sum(b.holds(x) for b, x in zip(bands, search, strict=True))
    found = {
        "search_hours_within_95_band": f"{inside} of {len(bands)}",
        "search_largest_difference": round(
            max(abs(b.share - x) for b, x in zip(bands, search, strict=True)), 4
        ),
        "barriers_within_95_band": f"{sum(b.holds(x) for b, x in zip(limits, seen, strict=True))} "
        f"of {len(limits)}",
        "barrier_largest_difference": round(
            max(abs(p - x) for p, x in zip(theory, seen, strict=True)), 4
        ),
    }
    KEPT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
