"""Stays: stretches in which a ship keeps below a speed, measured. Stops, port calls, loitering and
anchorages are all told from them."""

from __future__ import annotations

import polars as pl

from masthead.tracks.kernels import fastest_before, ground_speeds, run_measures, slow_runs
from masthead.tracks.segment import by_segment, milliseconds, singles


def stays(
    positions: pl.DataFrame,
    *,
    limit_kn: float,
    min_h: float,
    max_leg_h: float = 4.0,
    tolerate_min: float = 10.0,
    before_h: float = 3.0,
) -> pl.DataFrame:
    """Every stay of a segment below `limit_kn` for `min_h` hours or more, no two positions more
    than `max_leg_h` apart: mmsi, start, end, hours, mean place, radius_m around it, mean speed,
    positions, before_kn (the highest speed in the `before_h` hours before; null if unheard). A
    stay survives bursts over the limit of up to `tolerate_min` minutes: a fix that leaps, or a
    nudge of the engine."""
    tracks = by_segment(positions)
    segment, t = tracks["segment"].to_numpy(), milliseconds(tracks)
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    speed = ground_speeds(segment, t, lat, lon, singles(tracks, "sog"))
    hour = 3_600_000
    first, last = slow_runs(
        segment, t, speed, limit_kn, round(tolerate_min * 60_000), round(max_leg_h * hour),
        round(min_h * hour),
    )  # fmt: skip
    mid_lat, mid_lon, mean, radius = run_measures(first, last, t, lat, lon, speed)
    before = fastest_before(first, segment, t, speed, round(before_h * hour))
    return pl.DataFrame(
        {
            "mmsi": tracks["mmsi"].gather(first),
            "segment": segment[first],
            "start": tracks["t"].gather(first),
            "end": tracks["t"].gather(last),
            "hours": (t[last] - t[first]) / hour,
            "lat": mid_lat,
            "lon": mid_lon,
            "radius_m": radius,
            "mean_kn": mean,
            "positions": last - first + 1,
            "before_kn": pl.Series(before).fill_nan(None),
            "status": tracks["status"].gather(first),
        }
    )
