"""Port calls: a ship comes to a port or an anchorage and stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.findings import POSITION_RADIUS_M, findings
from masthead.tracks.places import Places
from masthead.tracks.stays import stays
from masthead.tracks.stops import places_of

UNNAMED = "unnamed anchorage"


def detect_port_calls(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    max_speed_kn: float = 0.5,
    min_call_h: float = 2.0,
    min_before_kn: float = 2.0,
    before_h: float = 3.0,
    tolerate_min: float = 10.0,
    max_leg_h: float = 12.0,
) -> pl.DataFrame:
    """Ships that come in and stay at a port or anchorage.

    A port call is a stay at no more than `max_speed_kn` knots for `min_call_h` hours or longer,
    bursts of up to `tolerate_min` minutes aside, no two positions more than `max_leg_h` hours
    apart, at a known port or an anchorage learned from the tracks (`limits.PlaceLimits`), by a ship
    that in the `before_h` hours before made `min_before_kn` knots or more (one that was there all
    along has not called). The port is the nearest known one.

    `max_speed_kn` 0.5: the speed at which Global Fishing Watch's port stops end (they begin at
    0.2). Their visits also begin when a ship comes within 3 km of an anchorage and end 4 km off;
    the known ports here are too coarse for that, so the call is the stay itself. The others: ours.
    """
    if places is None:
        places = places_of(positions)
    found = stays(
        positions, limit_kn=max_speed_kn, min_h=min_call_h, max_leg_h=max_leg_h,
        tolerate_min=tolerate_min, before_h=before_h,
    )  # fmt: skip
    found = found.filter(pl.col("before_kn") >= min_before_kn)
    lat, lon = found["lat"].to_numpy(), found["lon"].to_numpy()
    near = places.near(lat, lon)
    found, lat, lon = found.filter(near), lat[near], lon[near]
    names, far = places.port(lat, lon)
    return findings(
        "port_call",
        found["mmsi"],
        found["start"],
        found["end"],
        found["lat"],
        found["lon"],
        radius_m=np.maximum(found["radius_m"].to_numpy(), POSITION_RADIUS_M),
        where=pl.Series([name or UNNAMED for name in names], dtype=pl.String),
        confidence=0.8,
        duration_h=found["hours"],
        port_distance_km=pl.Series(np.where(np.isfinite(far), far / 1000.0, np.nan)).fill_nan(None),
        speed_before_kn=found["before_kn"],
        nav_status=found["status"],
    )


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    far = row["port_distance_km"]
    near = f", {far:.0f} km from its reference point" if far is not None else ""
    return f"came in and lay {row['duration_h']:.1f} h at {row['where']}{near}"
