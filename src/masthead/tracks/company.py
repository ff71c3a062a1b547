"""Company: two ships near each other, step by step. What approaches, pursuits and escorts are told
from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.cells import pairs_within
from masthead.tracks.findings import NM_M
from masthead.tracks.kernels import distances_m
from masthead.tracks.places import Places
from masthead.tracks.steps import steps

STEP_MIN = 5.0
MAX_LEG_H = 0.5
"""Beyond half an hour between positions, who followed whom cannot be told."""
SIGHT_NM = 3.0
"""How near two ships are in company at all; a ship that is to be boarded is approached from
outside it, at the range of a radio call."""
ALONGSIDE_NM = 0.75
SEEN_COMING_NM = 1.5
"""How far off one of them must have been seen: twice the distance of alongside."""
BRIDGED_STEPS = 6
UNDER_WAY_KN = 3.0
LATELY_STEPS = 72

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Company:
    """Two ships in sight of each other: at each step their distance, speeds, courses and places.
    `one` and `two` are indexes 0 and 1 of the second axis."""

    mmsi: tuple[int, int]
    step: npt.NDArray[np.int64]
    far_nm: Floats
    speed_kn: Floats
    course: Floats
    lat: Floats
    lon: Floats

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


def company_points(tracks: pl.DataFrame, *, places: Places) -> pl.DataFrame:
    """The five-minute steps of all tracks away from ports and anchorages, of ships that are under
    way within six hours before or after (those that lie at anchor for long meet nobody)."""
    points = steps(tracks, max_leg_h=MAX_LEG_H, step_min=STEP_MIN)
    near = places.near(points["lat"].to_numpy(), points["lon"].to_numpy())
    moving = pl.when(pl.col("speed_kn") >= UNDER_WAY_KN).then(pl.col("step"))
    lately = pl.col("step") - moving.forward_fill().over("segment") <= LATELY_STEPS
    soon = moving.backward_fill().over("segment") - pl.col("step") <= LATELY_STEPS
    return points.filter(pl.Series(~near) & (lately.fill_null(False) | soon.fill_null(False)))


def companies(points: pl.DataFrame) -> list[Company]:
    """Every two ships that were in sight of each other and alongside for three steps or more,
    and were also seen farther apart."""
    lat, lon = points["lat"].to_numpy(), points["lon"].to_numpy()
    step = points["step"].to_numpy()
    name = points["mmsi"].cast(pl.Int64).to_numpy()
    a, b = pairs_within(step, lat, lon, name, SIGHT_NM * NM_M)
    pairs = pl.DataFrame(
        {
            "a": a, "b": b, "mmsi": name[a], "other": name[b], "step": step[a],
            "far": distances_m(lat[a], lon[a], lat[b], lon[b]) / NM_M,
        }
    ).sort("mmsi", "other", "step")  # fmt: skip
    fresh = (
        (pl.col("mmsi") != pl.col("mmsi").shift())
        | (pl.col("other") != pl.col("other").shift())
        | (pl.col("step") - pl.col("step").shift() > BRIDGED_STEPS)
    )
    runs = (
        pairs.with_columns(fresh.fill_null(True).cum_sum().alias("run"))
        .unique(["run", "step"], keep="first", maintain_order=True)
        .filter(
            ((pl.col("far") <= ALONGSIDE_NM).sum().over("run") >= 3)
            & (pl.col("far").max().over("run") >= SEEN_COMING_NM)
        )
    )
    speed, course = points["speed_kn"].to_numpy(), points["course"].to_numpy()
    found = []
    for run in runs.partition_by("run", maintain_order=True):
        both = np.stack([run["a"].to_numpy(), run["b"].to_numpy()], axis=1)
        found.append(
            Company(
                (int(run["mmsi"][0]), int(run["other"][0])),
                run["step"].to_numpy(),
                run["far"].to_numpy(),
                speed[both],
                course[both],
                lat[both],
                lon[both],
            )
        )
    return found
