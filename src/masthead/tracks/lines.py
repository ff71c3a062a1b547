"""Line crossings: a ship's track crosses a watched line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from masthead.model import Zone
from masthead.tracks.crossing_kernels import line_crossings
from masthead.tracks.findings import NM_M, POSITION_RADIUS_M, findings, no_findings
from masthead.tracks.kernels import distances_m
from masthead.tracks.outlines import Outline, lines
from masthead.tracks.segment import by_segment, milliseconds
from masthead.tracks.zones import in_period, settled, turned


def detect_line_crossings(
    positions: pl.DataFrame,
    *,
    zones: Sequence[Zone] = (),
    max_leg_h: float = 6.0,
    settle_min: float = 15.0,
    settle_nm: float = 0.5,
) -> pl.DataFrame:
    """Ships that cross a line.

    A crossing is where the straight track between two consecutive positions of a segment, no more
    than `max_leg_h` hours apart, cuts a watched line. Its time and place are interpolated between
    the two, which bound the event. `toward_left` tells whether it was from the right of the line to
    its left, as one goes along the line's points. Crossings back within `settle_min` minutes and
    `settle_nm` nautical miles are jitter on the line and cancel each other.

    Thresholds: ours, as for `zone_entry`; 6 h because a line is watched where it is long.
    """
    tracks = by_segment(positions)
    tables = [_of_line(tracks, line, max_leg_h, settle_min, settle_nm) for line in lines(zones)]
    return pl.concat([no_findings(), *tables], how="diagonal_relaxed")


def _of_line(
    tracks: pl.DataFrame, line: Outline, max_leg_h: float, settle_min: float, settle_nm: float
) -> pl.DataFrame:
    segment, t = tracks["segment"].to_numpy(), milliseconds(tracks)
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    after, part, edge = line_crossings(
        segment, t, lat, lon, line.edges, line.box, round(max_leg_h * 3_600_000)
    )
    if not after.size:
        return no_findings()
    before = after - 1
    when = t[before] + np.round(part * (t[after] - t[before])).astype(np.int64)
    at_lat = lat[before] + part * (lat[after] - lat[before])
    at_lon = turned(lon[before] + part * turned(lon[after] - lon[before]))
    kept = settled(segment[after], when, at_lat, at_lon, settle_min, settle_nm)
    kept &= in_period(line.zone, t[before], t[after])
    after, before, when, edge = after[kept], before[kept], when[kept], edge[kept]
    at_lat, at_lon = at_lat[kept], at_lon[kept]
    length = distances_m(lat[before], lon[before], lat[after], lon[after])
    seconds = np.maximum((t[after] - t[before]) / 1000.0, 1.0)
    return findings(
        "line_crossing",
        tracks["mmsi"].gather(after),
        tracks["t"].gather(before),
        tracks["t"].gather(after),
        at_lat,
        at_lon,
        radius_m=np.maximum(POSITION_RADIUS_M, length / 2.0),
        where=line.zone.name,
        confidence=0.9,
        crossed_at=pl.Series(when).cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"),
        uncertainty_min=np.maximum(when - t[before], t[after] - when) / 60_000.0,
        toward_left=edge > 0,
        speed_kn=length / NM_M / seconds * 3600.0,
    )


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    way = "from right to left" if row["toward_left"] else "from left to right"
    return (
        f"crossed {row['where']} {way} at {row['crossed_at']:%Y-%m-%d %H:%M}Z "
        f"(± {row['uncertainty_min']:.0f} min), {row['speed_kn']:.1f} kn"
    )
