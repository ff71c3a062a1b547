"""Segments: the plausible tracks under one MMSI.

An MMSI should be one ship. It may be two (a number typed in twice, a copied transponder), or one
ship and noise (a position with flipped bits), or one ship whose position is falsified. A segment is
a run of positions under one MMSI that one ship can have sailed: each within reach of the one before
at no more than `max_speed_kn`, with an allowance for position noise and clock error. When several
segments of the MMSI can be reached, the position goes to the one whose dead reckoning it fits best.
Silence alone never ends a segment: a ship may be quiet for days and be the same ship.

After gpsdio-segment (Global Fishing Watch), which splits by implied speed, time and course; its
limits are 8 h and 25 kn, or 24 h and 30 kn. Ours are for any ship (`limits.SegmentLimits`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.kernels import KNOT_MS, assign_segments, group_order
from masthead.tracks.limits import SegmentLimits
from masthead.tracks.positions import is_in_order

USUAL = SegmentLimits()
STALE_MS = 2.0
"""Metres of residual that a second of silence weighs as much as: prefers the livelier segment."""


def segment(positions: pl.DataFrame, limits: SegmentLimits = USUAL) -> pl.DataFrame:
    """The positions (sorted by (mmsi, t), each once) with `segment` added, brought together by
    segment and by time within. Segments are numbered from 0 over the whole frame."""
    assert is_in_order(positions)
    number: np.ndarray[Any, np.dtype[np.int32]] = assign_segments(
        positions["mmsi"].to_numpy(),
        milliseconds(positions),
        positions["lat"].to_numpy(),
        positions["lon"].to_numpy(),
        singles(positions, "sog"),
        singles(positions, "cog"),
        _fastest(positions, limits),
        limits.noise_m,
        limits.clock_s,
        limits.reckon_min * 60.0,
        STALE_MS,
    )
    tracks = positions.with_columns(pl.Series("segment", number, dtype=pl.Int32))
    groups = int(number.max()) + 1 if number.size else 0
    if groups == positions["mmsi"].n_unique():
        return tracks
    order: np.ndarray[Any, np.dtype[np.int64]] = group_order(number, groups)
    return tracks[order]


def milliseconds(positions: pl.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The times as int64 milliseconds since 1970."""
    return positions["t"].to_physical().to_numpy()


def singles(positions: pl.DataFrame, name: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A column as float32, NaN where it is null."""
    return positions[name].fill_null(np.nan).to_numpy()


def _fastest(
    positions: pl.DataFrame, limits: SegmentLimits
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Metres a second that each position's sender can make."""
    aircraft = (positions["mmsi"] // 1_000_000 == 111).to_numpy()
    flying = max(limits.max_aircraft_kn, limits.max_speed_kn)
    return (np.where(aircraft, flying, limits.max_speed_kn) * KNOT_MS).astype(np.float32)


def by_segment(positions: pl.DataFrame) -> pl.DataFrame:
    """The positions with a `segment`: their own, or one a ship if they have not been segmented."""
    if "segment" in positions.columns:
        return positions
    number = (positions["mmsi"] != positions["mmsi"].shift(fill_value=0)).cum_sum().cast(
        pl.Int32
    ) - 1
    return positions.with_columns(number.alias("segment"))
