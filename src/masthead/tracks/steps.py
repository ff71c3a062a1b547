"""Tracks on a common clock: where each ship was at every full ten minutes."""

from __future__ import annotations

import numpy as np
import polars as pl

from masthead.tracks.kernels import (
    KNOT_MS,
    Floats,
    Ints,
    Longs,
    distance_m,
    kernel,
    turn_deg,
)
from masthead.tracks.segment import milliseconds

STEP_MIN = 10.0


def steps(tracks: pl.DataFrame, *, max_leg_h: float, step_min: float = STEP_MIN) -> pl.DataFrame:
    """Positions at every full `step_min` minutes between two positions of a segment no more than
    `max_leg_h` apart: mmsi, segment, step (number since 1970), lat, lon, speed_kn since the
    step before (over the leg, for a first step) and course of the leg. `tracks` are
    segmented positions."""
    segment, t = tracks["segment"].to_numpy(), milliseconds(tracks)
    row, step, lat, lon, speed, course = _interpolate(
        segment, t, tracks["lat"].to_numpy(), tracks["lon"].to_numpy(),
        round(step_min * 60_000), round(max_leg_h * 3_600_000),
    )  # fmt: skip
    return pl.DataFrame(
        {
            "mmsi": tracks["mmsi"].gather(row),
            "segment": segment[row],
            "step": step,
            "lat": lat,
            "lon": lon,
            "speed_kn": speed,
            "course": course,
        }
    )


@kernel
def _interpolate(
    segment: Ints, t: Longs, lat: Floats, lon: Floats, length: int, leg_ms: int
) -> tuple[Longs, Longs, Floats, Floats, Floats, Floats]:
    total = 0
    for i in range(1, t.size):
        if segment[i] == segment[i - 1] and t[i] - t[i - 1] <= leg_ms:
            total += t[i] // length - t[i - 1] // length
    row = np.empty(total, np.int64)
    step = np.empty(total, np.int64)
    out_lat, out_lon = np.empty(total, np.float64), np.empty(total, np.float64)
    speed, course = np.empty(total, np.float64), np.empty(total, np.float64)
    k = 0
    for i in range(1, t.size):
        dt = t[i] - t[i - 1]
        if segment[i] != segment[i - 1] or dt > leg_ms:
            continue
        first = t[i - 1] // length + 1
        last = t[i] // length
        if first > last:
            continue
        far = distance_m(lat[i - 1], lon[i - 1], lat[i], lon[i])
        north = lat[i] - lat[i - 1]
        east = turn_deg(lon[i] - lon[i - 1])
        heading = np.degrees(np.arctan2(east * np.cos(np.radians(lat[i])), north)) % 360.0
        for s in range(first, last + 1):
            part = (s * length - t[i - 1]) / dt
            row[k] = i
            step[k] = s
            out_lat[k] = lat[i - 1] + part * north
            out_lon[k] = turn_deg(lon[i - 1] + part * east)
            speed[k] = far / dt * 1000.0 / KNOT_MS
            course[k] = heading
            if k > 0 and step[k - 1] == s - 1 and segment[row[k - 1]] == segment[i]:
                moved = distance_m(out_lat[k - 1], out_lon[k - 1], out_lat[k], out_lon[k])
                speed[k] = moved / length * 1000.0 / KNOT_MS
            k += 1
    return row, step, out_lat, out_lon, speed, course
