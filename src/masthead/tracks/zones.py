"""Zone entries and exits: a ship's track crosses the edge of a watched area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from masthead.model import Zone
from masthead.tracks.crossing_kernels import area_crossings
from masthead.tracks.findings import NM_M, POSITION_RADIUS_M, findings, no_findings
from masthead.tracks.kernels import distance_m, distances_m
from masthead.tracks.outlines import Outline, areas
from masthead.tracks.segment import by_segment, milliseconds


def detect_zone_entries(
    positions: pl.DataFrame,
    *,
    zones: Sequence[Zone] = (),
    max_pass_h: float = 1.0,
    max_leg_h: float = 12.0,
    settle_min: float = 15.0,
    settle_nm: float = 0.5,
) -> pl.DataFrame:
    """Ships that come into an area.

    An entry is where the line between two consecutive positions of a segment crosses the area's
    edge inward. Its time and place are interpolated between the two; both positions bound it, so
    the event spans them and `uncertainty_min` is the longer way to either. A ship first heard
    inside has not entered. An area crossed wholly between two positions counts if they are no more
    than `max_pass_h` apart, and no crossing is told of positions more than `max_leg_h` apart: that
    is a gap. Crossing out and back in (or in and out) within `settle_min` minutes
    and `settle_nm` nautical miles is jitter on the edge and left out. Of an area with a period,
    only entries that may be within it.

    Thresholds: ours. 1 h at 15 kn is a straight line of 15 nm, beyond which a track drawn straight
    proves little; a ship at anchor swings within some 0.3 nm.
    """
    return _crossings(positions, zones, max_pass_h, max_leg_h, settle_min, settle_nm, inward=True)


def detect_zone_exits(
    positions: pl.DataFrame,
    *,
    zones: Sequence[Zone] = (),
    max_pass_h: float = 1.0,
    max_leg_h: float = 12.0,
    settle_min: float = 15.0,
    settle_nm: float = 0.5,
) -> pl.DataFrame:
    """Ships that leave an area.

    As `zone_entry`, outward, with the same settings. A ship last heard inside has not left.
    """
    return _crossings(positions, zones, max_pass_h, max_leg_h, settle_min, settle_nm, inward=False)


def _crossings(
    positions: pl.DataFrame,
    zones: Sequence[Zone],
    max_pass_h: float,
    max_leg_h: float,
    settle_min: float,
    settle_nm: float,
    *,
    inward: bool,
) -> pl.DataFrame:
    tracks = by_segment(positions)
    tables = [
        _of_area(tracks, outline, max_pass_h, max_leg_h, settle_min, settle_nm, inward)
        for outline in areas(zones)
    ]
    return pl.concat([no_findings(), *tables], how="diagonal_relaxed")


def _of_area(
    tracks: pl.DataFrame,
    outline: Outline,
    max_pass_h: float,
    max_leg_h: float,
    settle_min: float,
    settle_nm: float,
    inward: bool,
) -> pl.DataFrame:
    segment, t = tracks["segment"].to_numpy(), milliseconds(tracks)
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    after, part, goes_in = area_crossings(
        segment, t, lat, lon, outline.edges, outline.box, round(max_pass_h * 3_600_000)
    )
    if not after.size:
        return no_findings()
    before = after - 1
    when = t[before] + np.round(part * (t[after] - t[before])).astype(np.int64)
    at_lat = lat[before] + part * (lat[after] - lat[before])
    at_lon = turned(lon[before] + part * turned(lon[after] - lon[before]))
    kept = settled(segment[after], when, at_lat, at_lon, settle_min, settle_nm)
    kept &= (goes_in == inward) & (t[after] - t[before] <= max_leg_h * 3_600_000)
    kept &= in_period(outline.zone, t[before], t[after])
    after, before, part, when = after[kept], before[kept], part[kept], when[kept]
    at_lat, at_lon = at_lat[kept], at_lon[kept]
    length = distances_m(lat[before], lon[before], lat[after], lon[after])
    seconds = np.maximum((t[after] - t[before]) / 1000.0, 1.0)
    unsure = np.maximum(when - t[before], t[after] - when) / 60_000.0
    return findings(
        "zone_entry" if inward else "zone_exit",
        tracks["mmsi"].gather(after),
        tracks["t"].gather(before),
        tracks["t"].gather(after),
        at_lat,
        at_lon,
        radius_m=np.maximum(POSITION_RADIUS_M, length / 2.0),
        where=outline.zone.name,
        confidence=np.where(unsure <= max_pass_h * 60.0, 0.9, 0.7),
        crossed_at=pl.Series(when).cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"),
        uncertainty_min=unsure,
        speed_kn=length / NM_M / seconds * 3600.0,
    )


def turned(angle: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Angles brought to [-180, 180)."""
    return (angle + 180.0) % 360.0 - 180.0


def settled(
    segment: np.ndarray[Any, Any],
    when: np.ndarray[Any, Any],
    lat: np.ndarray[Any, Any],
    lon: np.ndarray[Any, Any],
    settle_min: float,
    settle_nm: float,
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which crossings are left when pairs of one segment that are close in time and place cancel
    each other, until none do."""
    kept: list[int] = []
    for i in range(when.size):
        if kept and segment[kept[-1]] == segment[i]:
            j = kept[-1]
            near = distance_m(lat[j], lon[j], lat[i], lon[i]) <= settle_nm * NM_M
            if near and when[i] - when[j] <= settle_min * 60_000.0:
                kept.pop()
                continue
        kept.append(i)
    out = np.zeros(when.size, np.bool_)
    out[kept] = True
    return out


def in_period(
    zone: Zone, before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    out = np.ones(before.size, np.bool_)
    if zone.period is not None and zone.period.earliest is not None:
        out &= after >= zone.period.earliest.timestamp() * 1000.0
    if zone.period is not None and zone.period.latest is not None:
        out &= before <= zone.period.latest.timestamp() * 1000.0
    return out


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    verb = "entered" if row["incident"] == "zone_entry" else "left"
    return (
        f"{verb} {row['where']} at {row['crossed_at']:%Y-%m-%d %H:%M}Z "
        f"(± {row['uncertainty_min']:.0f} min), {row['speed_kn']:.1f} kn"
    )
