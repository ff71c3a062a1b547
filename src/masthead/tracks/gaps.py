"""AIS gaps: a ship stops being heard, and is heard again."""

from __future__ import annotations

from typing import Any

import polars as pl

from masthead.tracks.findings import NM_M, findings
from masthead.tracks.kernels import distances_m, long_silences
from masthead.tracks.reception import weigh_gaps
from masthead.tracks.segment import by_segment, milliseconds
from masthead.tracks.shore import shore_distance_nm

OTHERWISE = (
    "out of range of the receivers, in port with the transponder off, bad weather for reception, "
    "a satellite's schedule, or a faulty or low-powered (class B) transponder"
)


def detect_gaps(
    positions: pl.DataFrame, *, min_gap_h: float = 12.0, min_heard_share: float = 0.25
) -> pl.DataFrame:
    """Silences between two positions of one ship.

    A gap is a stretch of more than `min_gap_h` hours between two consecutive positions of one
    segment (so that two ships under one MMSI make no false gaps, and hide none). It begins with the
    last position before ("off") and ends with the first after ("on"). A silence that is still
    going on when the positions end is no gap yet.

    A silence in which all were silent is left out: one in which the whole source had other ships
    in under half of its hours, or in which the hours with other ships near the off position fell
    below `min_heard_share` of what they were the day before (`tracks.reception`).

    `min_gap_h`: 12 h, as Global Fishing Watch's gap detector (pipe-gaps; Welch et al. 2022,
    doi:10.1126/sciadv.abq2109). `min_heard_share` 0.25: ours.
    """
    silences = find_silences(positions, min_gap_h=min_gap_h)
    return weigh_gaps(silences, positions.lazy(), min_heard_share)


def find_silences(tracks: pl.DataFrame, *, min_gap_h: float) -> pl.DataFrame:
    """The gaps, not yet weighed by what was heard of others."""
    tracks = by_segment(tracks)
    t = milliseconds(tracks)
    on = long_silences(tracks["segment"].to_numpy(), t, round(min_gap_h * 3_600_000))
    before, after = tracks[on - 1], tracks[on]
    hours = (t[on] - t[on - 1]) / 3_600_000.0
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    far = distances_m(lat[on - 1], lon[on - 1], lat[on], lon[on])
    return findings(
        "gap",
        before["mmsi"],
        before["t"],
        after["t"],
        before["lat"],
        before["lon"],
        confidence=0.6,
        duration_h=hours,
        distance_nm=far / NM_M,
        implied_speed_kn=far / NM_M / hours,
        on_lat=after["lat"],
        on_lon=after["lon"],
        off_sog_kn=before["sog"],
        on_sog_kn=after["sog"],
        off_shore_nm=shore_distance_nm(lat[on - 1], lon[on - 1]),
        on_shore_nm=shore_distance_nm(lat[on], lon[on]),
    )


def meet_gaps(
    silences: pl.DataFrame, *, heard: pl.LazyFrame, min_heard_share: float
) -> pl.DataFrame:
    """The silences of all ships, weighed by all positions."""
    return weigh_gaps(silences, heard, min_heard_share)


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"no position for {row['duration_h']:.1f} h between two {row['distance_nm']:.0f} nm apart, "
        f"{row['implied_speed_kn']:.1f} kn on the straight line; other ships near were heard in "
        f"{row['others_heard_share']:.0%} of those hours"
    )
