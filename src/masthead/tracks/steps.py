"""Tracks on a common clock: where each ship was at every full ten minutes."""

from __future__ import annotations

import numpy as np
import polars as pl

from masthead.tracks.kernels import (
    KNOT_MS,
    Floats,
    Ints,
    Longs,
    kernel,
    short_bearing_deg,
    short_m,
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
    q = t[0] // length if t.size else 0
    for i in range(1, t.size):
        p = q
        q = t[i] // length
        if segment[i] == segment[i - 1] and t[i] - t[i - 1] <= leg_ms:
            total += q - p
    row = np.empty(total, np.int64)
    step = np.empty(total, np.int64)
    out_lat, out_lon = np.empty(total, np.float64), np.empty(total, np.float64)
    speed, course = np.empty(total, np.float64), np.empty(total, np.float64)
    k = 0
    q = t[0] // length if t.size else 0
    for i in range(1, t.size):
        first = q + 1
        q = t[i] // length
        dt = t[i] - t[i - 1]
        if first > q or segment[i] != segment[i - 1] or dt > leg_ms:
            continue
        north = lat[i] - lat[i - 1]
        east = turn_deg(lon[i] - lon[i - 1])
        heading = short_bearing_deg(lat[i - 1], lon[i - 1], lat[i], lon[i])
        for s in range(first, q + 1):
            part = (s * length - t[i - 1]) / dt
            row[k] = i
            step[k] = s
            out_lat[k] = lat[i - 1] + part * north
            out_lon[k] = turn_deg(lon[i - 1] + part * east)
            course[k] = heading
            if k > 0 and step[k - 1] == s - 1 and segment[row[k - 1]] == segment[i]:
                moved = short_m(out_lat[k - 1], out_lon[k - 1], out_lat[k], out_lon[k])
                speed[k] = moved / length * 1000.0 / KNOT_MS
            else:
                far = short_m(lat[i - 1], lon[i - 1], lat[i], lon[i])
                speed[k] = far / dt * 1000.0 / KNOT_MS
            k += 1
    return row, step, out_lat, out_lon, speed, course
