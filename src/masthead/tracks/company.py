"""Company: two ships near each other, step by step. What approaches, pursuits and escorts are told
from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.cells import pairs_within
from masthead.tracks.findings import NM_M
from masthead.tracks.kernels import Flags, Floats, Ints, Longs, distances_m, kernel
from masthead.tracks.limits import CompanyLimits
from masthead.tracks.places import Places
from masthead.tracks.steps import steps

STEP_MIN = 5.0
STEPS_H = 60.0 / STEP_MIN
USUAL = CompanyLimits()
SEEN = ("lat", "lon", "speed_kn", "course", "before_kn", "way", "next_step", "last_step",
        "from_lat", "from_lon")  # fmt: skip
NEVER = -1
"""The `next_step` of a ship that is not heard again."""


@dataclass(frozen=True)
class Company:
    """Two ships in sight of each other: at each step their distance, speeds, courses and places,
    the highest speed of each in the hour before, its course when last under way (NaN if it
    never was), the step at which it is next heard, and the last at which it is. `one` and `two` are
    indexes 0 and 1 of the second axis. `limits` are those by which this is company."""

    mmsi: tuple[int, int]
    step: npt.NDArray[np.int64]
    far_nm: Floats
    speed_kn: Floats
    course: Floats
    lat: Floats
    lon: Floats
    before_kn: Floats
    way: Floats
    next_step: Longs
    last_step: Longs
    limits: CompanyLimits = USUAL

    def when(self, i: int) -> datetime:
        """The moment of the i-th step."""
        return datetime.fromtimestamp(float(self.step[i]) * STEP_MIN * 60.0, tz=UTC)

    def minutes(self, first: int, last: int) -> float:
        """From one step to another."""
        return float(self.step[last] - self.step[first]) * STEP_MIN

    def closing(self, first: int, last: int) -> Floats:
        """How many nautical miles nearer each of the two came to the other by its own moving,
        from one step to another."""
        shrink = np.cos(np.radians(self.lat[first:last]))
        east = ((self.lon[first:last, ::-1] - self.lon[first:last] + 180) % 360 - 180) * shrink
        north = self.lat[first:last, ::-1] - self.lat[first:last]
        moved_east = ((np.diff(self.lon[first : last + 1], axis=0) + 180) % 360 - 180) * shrink
        moved_north = np.diff(self.lat[first : last + 1], axis=0)
        length = np.maximum(np.hypot(east, north), 1e-9)
        gain: Floats = ((east * moved_east + north * moved_north) / length * 60.0).sum(axis=0)
        return gain


def bridged_steps(company: CompanyLimits) -> int:
    """Steps up to which a break in a company is bridged."""
    return round(company.bridged_min / STEP_MIN)


def company_points(
    tracks: pl.DataFrame, *, places: Places, company: CompanyLimits = USUAL
) -> pl.DataFrame:
    """The five-minute steps of all tracks away from ports and anchorages, of ships that are under
    way some hours before or after (those that lie at anchor for long meet nobody)."""
    points = with_past(steps(tracks, max_leg_h=company.max_leg_h, step_min=STEP_MIN), company)
    moving = under_way(
        points["segment"].to_numpy(), points["step"].to_numpy(), points["speed_kn"].to_numpy(),
        company.under_way_kn, round(company.lately_h * STEPS_H),
    )  # fmt: skip
    points = points.filter(pl.Series(moving))
    near = places.near(points["lat"].to_numpy(), points["lon"].to_numpy())
    return points.filter(pl.Series(~near))


def with_past(points: pl.DataFrame, company: CompanyLimits = USUAL) -> pl.DataFrame:
    """Steps of tracks with what a ship did just before and does next: where it came from, its
    speed of late, the last course it made under way, its next and its last step."""
    before = max(1, round(company.before_h * STEPS_H))
    return points.with_columns(
        *(pl.when(pl.col("step") - pl.col("step").shift().over("segment") == 1)
          .then(pl.col(side).shift().over("segment")).fill_null(np.nan).alias(f"from_{side}")
          for side in ("lat", "lon")),
        pl.col("speed_kn").rolling_max(before, min_samples=1).over("segment")
        .alias("before_kn"),
        pl.when(pl.col("speed_kn") >= company.under_way_kn).then("course").forward_fill()
        .over("segment").fill_null(np.nan).alias("way"),
        pl.col("step").shift(-1).over("segment").fill_null(NEVER).alias("next_step"),
        pl.col("step").max().over("mmsi").alias("last_step"),
    )  # fmt: skip


@kernel
def under_way(segment: Ints, step: Longs, speed: Floats, least_kn: float, within: int) -> Flags:
    """Whether the segment makes `least_kn` knots at a step no more than `within` steps away."""
    out = np.zeros(step.size, np.bool_)
    for way in range(2):
        last = -1
        for n in range(step.size):
            i = n if way == 0 else step.size - 1 - n
            if last >= 0 and segment[last] != segment[i]:
                last = -1
            if speed[i] >= least_kn:
                last = i
            if last >= 0 and abs(step[i] - step[last]) <= within:
                out[i] = True
    return out


def company_pairs(points: pl.DataFrame, *, company: CompanyLimits = USUAL) -> pl.DataFrame:
    """Every two such points of one step in sight of each other, but for those of stretches within
    the points' span of time that can be no company (`companies`). Of points in a cell of space
    (`space_time`) only stretches without a `cut` in them are told whole."""
    step, name = points["step"].to_numpy(), points["mmsi"].cast(pl.Int64).to_numpy()
    lat, lon = points["lat"].to_numpy(), points["lon"].to_numpy()
    a, b = pairs_within(step, lat, lon, name, company_reach_m(company=company))
    far = distances_m(lat[a], lon[a], lat[b], lon[b]) / NM_M
    pairs = pl.DataFrame({"mmsi": name[a], "other": name[b], "step": step[a], "far": far})
    pairs = pairs.with_columns(
        points[name].gather(rows).alias(f"{name}_{ship}")
        for ship, rows in (("one", a), ("two", b))
        for name in SEEN
    )
    ends = [pairs[f"from_{side}_{ship}"].to_numpy() for ship in ("one", "two")
            for side in ("lat", "lon")]  # fmt: skip
    heard = np.isfinite(ends[0]) & np.isfinite(ends[2])
    far_from = np.where(heard, distances_m(*ends) / NM_M, np.nan)
    pairs = pairs.with_columns(pl.Series("far_from", far_from).fill_nan(None))
    if not pairs.height:
        return pairs
    elsewhere = pl.lit(False)
    if "cut" in points.columns:
        pairs = pairs.with_columns(points["cut"].gather(a))
        elsewhere = pl.col("cut").any()
    bridged = bridged_steps(company)
    begin, end = int(step.min()) + bridged, int(step.max()) - bridged
    cut = (pl.col("step").first() <= begin) | (pl.col("step").last() >= end)
    kept = _runs(pairs, bridged).filter((cut | elsewhere).over("run") | _together(company))
    return kept.drop("run", "cut", strict=False)


def company_reach_m(*, company: CompanyLimits = USUAL) -> float:
    """How far apart two points of `company_pairs` may be."""
    return company.sight_nm * NM_M


def companies(pairs: pl.DataFrame, *, company: CompanyLimits = USUAL) -> list[Company]:
    """Every two ships that were in sight of each other and alongside for long enough, and were also
    seen farther apart: maybe only at the step before they came in sight, which is then the first of
    the company (two ships that near each other at 40 knots are within three miles at one step and
    alongside at the next)."""
    runs = _runs(pairs, bridged_steps(company)).filter(_together(company))
    found = []
    for run in runs.partition_by("run", maintain_order=True):
        run = _with_step_before(run)
        both = {n: run.select(f"{n}_one", f"{n}_two").to_numpy() for n in SEEN}
        found.append(
            Company(
                (int(run["mmsi"][0]), int(run["other"][0])), run["step"].to_numpy(),
                run["far"].to_numpy(), both["speed_kn"], both["course"], both["lat"], both["lon"],
                both["before_kn"], both["way"], both["next_step"], both["last_step"],
                company,
            )
        )  # fmt: skip
    return found


def _with_step_before(run: pl.DataFrame) -> pl.DataFrame:
    """A run with the step before its first, if both ships were heard then."""
    first = run.head(1)
    if first["far_from"][0] is None:
        return run
    before = first.with_columns(
        pl.col("step") - 1,
        pl.col("far_from").alias("far"),
        *(pl.col(f"from_{side}_{ship}").alias(f"{side}_{ship}")
          for ship in ("one", "two") for side in ("lat", "lon")),
        *(pl.col("step").cast(run.schema[f"next_step_{ship}"]).alias(f"next_step_{ship}")
          for ship in ("one", "two")),
    )  # fmt: skip
    return pl.concat([before, run])


def _runs(pairs: pl.DataFrame, bridged: int) -> pl.DataFrame:
    """The pairs in the order of ships and steps, with the number of their `run`: steps no more than
    `bridged` apart."""
    fresh = (
        (pl.col("mmsi") != pl.col("mmsi").shift())
        | (pl.col("other") != pl.col("other").shift())
        | (pl.col("step") - pl.col("step").shift() > bridged)
    )
    return (
        pairs.sort("mmsi", "other", "step", "lat_one", "lat_two")
        .with_columns(fresh.fill_null(True).cum_sum().alias("run"))
        .unique(["run", "step"], keep="first", maintain_order=True)
    )


def _together(company: CompanyLimits) -> pl.Expr:
    least = max(1, math.ceil(company.together_min / STEP_MIN))
    near = (pl.col("far") <= company.alongside_nm).sum().over("run") >= least
    seen = pl.max_horizontal("far", "far_from").max().over("run")
    return near & (seen >= company.seen_coming_nm)
