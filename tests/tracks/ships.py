"""Tracks made for tests: straight legs of ships, in the positions schema."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import polars as pl

from masthead.tracks.positions import SCHEMA, in_order

START = datetime(2026, 3, 1, tzinfo=UTC)
START_MS = int(START.timestamp() * 1000)


def sail(mmsi: int, legs: list[tuple[float, float, float]], every_min: float = 5.0) -> pl.DataFrame:
    """A ship on straight legs through (hours since START, lat, lon); longitudes may go past 180."""
    hours, lat, lon = (np.array([leg[i] for leg in legs], dtype=float) for i in range(3))
    at = np.arange(hours[0], hours[-1] + 1e-9, every_min / 60)
    return positions(mmsi, at, np.interp(at, hours, lat), np.interp(at, hours, lon))


def positions(mmsi: int, hours: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> pl.DataFrame:
    """Positions at hours since START, speed and course from their neighbours."""
    north, east = np.zeros(hours.size), np.zeros(hours.size)
    if hours.size > 1:
        north = np.gradient(lat, hours) * 60
        east = np.gradient(lon, hours) * 60 * np.cos(np.radians(lat))
    whole = START_MS + np.round(hours * 3_600_000).astype(np.int64)
    return pl.DataFrame(
        {
            "mmsi": [mmsi] * hours.size,
            "t": pl.Series(whole).cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"),
            "lat": lat,
            "lon": (lon + 180.0) % 360.0 - 180.0,
            "sog": np.hypot(north, east),
            "cog": np.round(np.degrees(np.arctan2(east, north)), 1) % 360.0,
            "heading": [None] * hours.size,
            "status": [None] * hours.size,
            "source": ["test"] * hours.size,
        }
    ).cast(dict(SCHEMA))


def fleet(*tracks: pl.DataFrame) -> pl.DataFrame:
    """Several tracks as one sorted positions table."""
    return in_order(pl.concat(tracks))
