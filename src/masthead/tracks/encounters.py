"""Encounters: two ships lie side by side at sea."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.cells import pairs_within
from masthead.tracks.findings import FINDING, findings, no_findings
from masthead.tracks.kernels import distances_m
from masthead.tracks.places import Places
from masthead.tracks.segment import by_segment
from masthead.tracks.shore import shore_distance_nm
from masthead.tracks.steps import STEP_MIN, steps
from masthead.tracks.stops import FAR_NM, places_of


def detect_encounters(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    max_distance_m: float = 500.0,
    min_hours: float = 2.0,
    max_speed_kn: float = 2.0,
    merge_h: float = 4.0,
    max_leg_h: float = 1.0,
) -> pl.DataFrame:
    """Two ships side by side, slowly, away from port.

    Both tracks are put on a common grid of ten minutes, interpolated between positions no more
    than `max_leg_h` hours apart. An encounter is a run of steps in which the two are within
    `max_distance_m` metres of each other, breaks of up to `merge_h` hours bridged, that lasts
    longer than `min_hours` hours at a median speed of less than `max_speed_kn` knots, away from
    known ports and anchorages learned from the tracks (`limits.PlaceLimits`).

    All thresholds: Global Fishing Watch's encounter events (pipe-encounters; Miller et al. 2018,
    doi:10.3389/fmars.2018.00240).
    """
    tracks = by_segment(positions)
    if places is None:
        places = places_of(tracks)
    points = encounter_points(tracks, places=places, max_speed_kn=max_speed_kn, max_leg_h=max_leg_h)
    return meet(
        encounter_pairs(points, max_distance_m=max_distance_m),
        max_distance_m=max_distance_m,
        min_hours=min_hours,
        max_speed_kn=max_speed_kn,
        merge_h=merge_h,
    )


def encounter_points(
    tracks: pl.DataFrame, *, places: Places, max_speed_kn: float = 2.0, max_leg_h: float = 1.0
) -> pl.DataFrame:
    """The steps of all tracks at which a ship could be in an encounter: not much faster than one
    may be at the median, and away from port."""
    points = steps(tracks, max_leg_h=max_leg_h).filter(pl.col("speed_kn") < 3.0 * max_speed_kn)
    near = places.near(points["lat"].to_numpy(), points["lon"].to_numpy())
    return points.filter(~near)


def encounter_pairs(points: pl.DataFrame, *, max_distance_m: float) -> pl.DataFrame:
    """Every two of such points of one step within `max_distance_m` metres."""
    lat, lon = points["lat"].to_numpy(), points["lon"].to_numpy()
    step = points["step"].to_numpy()
    a, b = pairs_within(step, lat, lon, points["mmsi"].cast(pl.Int64).to_numpy(), max_distance_m)
    speed = points["speed_kn"].to_numpy()
    return pl.DataFrame(
        {
            "mmsi": points["mmsi"].gather(a),
            "other": points["mmsi"].gather(b),
            "step": step[a],
            "lat": lat[a],
            "lon": lon[a],
            "far_m": distances_m(lat[a], lon[a], lat[b], lon[b]),
            "speed": (speed[a] + speed[b]) / 2.0,
        }
    )


def encounter_reach_m(*, max_distance_m: float) -> float:
    """How far apart two points of `encounter_pairs` may be."""
    return max_distance_m


def meet(
    pairs: pl.DataFrame,
    *,
    max_distance_m: float,
    min_hours: float,
    max_speed_kn: float,
    merge_h: float,
) -> pl.DataFrame:
    """The encounters that such pairs make, of whatever ships."""
    if not pairs.height:
        return no_findings()
    pairs = pairs.sort("mmsi", "other", "step", "lat", "lon")
    bridged = round(merge_h * 60.0 / STEP_MIN)
    fresh = (
        (pl.col("mmsi") != pl.col("mmsi").shift())
        | (pl.col("other") != pl.col("other").shift())
        | (pl.col("step") - pl.col("step").shift() > bridged)
    )
    met = (
        pairs.with_columns(fresh.fill_null(True).cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(
            pl.col("mmsi", "other").first(),
            pl.col("step").first().alias("first"),
            pl.col("step").last().alias("last"),
            pl.col("lat", "lon").get(pl.len() // 2),
            pl.col("far_m").median(),
            pl.col("speed").median(),
            pl.len().alias("together"),
        )
        .with_columns(((pl.col("last") - pl.col("first")) * (STEP_MIN / 60.0)).alias("hours"))
        .filter((pl.col("hours") > min_hours) & (pl.col("speed") < max_speed_kn))
    )
    moment = pl.Datetime("ms")
    length = round(STEP_MIN * 60_000)
    shore = shore_distance_nm(met["lat"].to_numpy(), met["lon"].to_numpy(), up_to_nm=FAR_NM)
    return findings(
        "encounter",
        met["mmsi"],
        (met["first"] * length).cast(moment).dt.replace_time_zone("UTC"),
        (met["last"] * length).cast(moment).dt.replace_time_zone("UTC"),
        met["lat"],
        met["lon"],
        others=met["other"].reshape((-1, 1)).arr.to_list().cast(FINDING["others"]),
        radius_m=np.full(met.height, max_distance_m),
        confidence=0.8,
        duration_h=met["hours"],
        median_distance_m=met["far_m"],
        median_speed_kn=met["speed"],
        shore_nm=shore,
        steps_together=met["together"],
    )


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"two ships {row['median_distance_m']:.0f} m apart for {row['duration_h']:.1f} h at "
        f"{row['median_speed_kn']:.1f} kn, {row['shore_nm']:.0f} nm off"
    )
