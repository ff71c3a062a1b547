"""Stops and loitering: ships that do not get on, where nothing makes them stay."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.findings import NM_M, POSITION_RADIUS_M, findings
from masthead.tracks.places import Places, learn_places, shown_stays
from masthead.tracks.shore import shore_distance_nm
from masthead.tracks.stays import stays

FAR_NM = 60.0


def detect_stops(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    max_speed_kn: float = 1.5,
    min_stop_h: float = 1.0,
    min_shore_nm: float = 5.0,
    min_before_kn: float = 5.0,
    before_h: float = 3.0,
    tolerate_min: float = 10.0,
    max_leg_h: float = 4.0,
) -> pl.DataFrame:
    """Ships under way that stop at sea.

    A stop is a stay at no more than `max_speed_kn` knots for `min_stop_h` hours or longer, bursts
    of up to `tolerate_min` minutes aside, no two positions more than `max_leg_h` hours apart, by a
    ship that in the `before_h` hours before made `min_before_kn` knots or more; `min_shore_nm`
    nautical miles or more from land, and away from any known port and any anchorage learned from
    the tracks (`limits.PlaceLimits`). A ship first heard when it was stopped has not been seen to
    stop.

    Thresholds: ours. A ship stopped for boarding drifts at up to about 1.5 kn; boardings and
    inspections last from one hour; 5 nm keeps clear of most roads and pilot stations.
    """
    found = stays(
        positions, limit_kn=max_speed_kn, min_h=min_stop_h, max_leg_h=max_leg_h,
        tolerate_min=tolerate_min, before_h=before_h,
    )  # fmt: skip
    found = found.filter(pl.col("before_kn") >= min_before_kn)
    if places is None:
        places = places_of(positions)
    return _at_sea("stopped_at_sea", found, places, min_shore_nm, 0.75)


def detect_loitering(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    max_speed_kn: float = 2.0,
    min_hours: float = 4.0,
    min_shore_nm: float = 20.0,
    tolerate_min: float = 60.0,
    max_leg_h: float = 4.0,
) -> pl.DataFrame:
    """Ships that drift about far out.

    Loitering is a stretch of `min_hours` hours or more in which a ship averages less than
    `max_speed_kn` knots, hour after hour, `min_shore_nm` nautical miles or more from land. A
    stretch may hold faster positions for up to `tolerate_min` minutes at a time as long as its mean
    stays below, and no silence of more than `max_leg_h` hours.

    `max_speed_kn` 2 and `min_shore_nm` 20: Global Fishing Watch (loitering events; Miller et al.
    2018, doi:10.3389/fmars.2018.00240). `min_hours` 4: ours, the shortest of their published.
    The others: ours.
    """
    found = stays(
        positions, limit_kn=max_speed_kn, min_h=min_hours, max_leg_h=max_leg_h,
        tolerate_min=tolerate_min,
    )  # fmt: skip
    found = found.filter(pl.col("mean_kn") < max_speed_kn)
    return _at_sea("loitering", found, places, min_shore_nm, 0.7)


def places_of(positions: pl.DataFrame) -> Places:
    """The places that these positions show."""
    return learn_places(shown_stays(positions))


def _at_sea(
    incident: str,
    found: pl.DataFrame,
    places: Places | None,
    min_shore_nm: float,
    confidence: float,
) -> pl.DataFrame:
    lat, lon = found["lat"].to_numpy(), found["lon"].to_numpy()
    shore = shore_distance_nm(lat, lon, up_to_nm=max(FAR_NM, min_shore_nm))
    kept = shore >= min_shore_nm
    if places is not None:
        kept &= ~places.near(lat, lon)
    found, shore = found.filter(kept), shore[kept]
    return findings(
        incident,
        found["mmsi"],
        found["start"],
        found["end"],
        found["lat"],
        found["lon"],
        radius_m=np.maximum(found["radius_m"].to_numpy(), POSITION_RADIUS_M),
        confidence=confidence,
        duration_h=found["hours"],
        mean_speed_kn=found["mean_kn"],
        speed_before_kn=found["before_kn"],
        drift_nm=found["radius_m"] / NM_M,
        shore_nm=shore,
        positions=found["positions"],
        nav_status=found["status"],
    )


def tell_stop(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"made {row['speed_before_kn']:.0f} kn, then lay {row['duration_h']:.1f} h at "
        f"{row['mean_speed_kn']:.1f} kn {_off(row)}, away from ports and anchorages"
    )


def tell_loitering(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"{row['duration_h']:.1f} h at {row['mean_speed_kn']:.1f} kn on average {_off(row)}, "
        f"within {row['drift_nm']:.1f} nm"
    )


def _off(row: dict[str, Any]) -> str:
    far = row["shore_nm"]
    return f"over {FAR_NM:.0f} nm off" if far >= FAR_NM else f"{far:.0f} nm off"
