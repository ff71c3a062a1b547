"""Positions for the benchmarks: ships on random legs with stops and silences, reporting every few
minutes, with names; the same for the same numbers."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import polars as pl

SHIP_STEP = 137
"""From one ship's MMSI to the next."""
BEGIN_MS = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp() * 1000)


def make(
    positions: int, *, per_ship: int = 4_000, every_s: float = 180.0, seed: int = 1
) -> pl.DataFrame:
    """A sorted positions table of about that many rows."""
    rng = np.random.default_rng(seed)
    ships = max(1, positions // per_ship)
    n = per_ship
    moving = rng.random((ships, n // 200 + 1)) < 0.75
    knots = np.repeat(np.where(moving, rng.uniform(8, 18, moving.shape), 0.1), 200, axis=1)[:, :n]
    course = np.repeat(np.cumsum(rng.normal(0, 0.5, moving.shape), axis=1), 200, axis=1)[:, :n]
    step = rng.exponential(every_s, (ships, n)) + 5.0
    step[rng.random((ships, n)) < 2e-4] += 16 * 3600
    t = BEGIN_MS + (np.cumsum(step, axis=1) * 1000).astype(np.int64) // 1000 * 1000
    moved = knots / 3600 * step / 60
    lat0, lon0 = rng.uniform(-55, 55, (ships, 1)), rng.uniform(-180, 180, (ships, 1))
    lat = lat0 + 6 * np.sin(np.cumsum(moved * np.cos(course), axis=1) / 6)
    lon = lon0 + np.cumsum(moved * np.sin(course) / np.cos(np.radians(lat)), axis=1)
    noise = rng.normal(0, 8e-5, (2, ships, n))
    return pl.DataFrame(
        {
            "mmsi": np.repeat(200_000_000 + np.arange(ships, dtype=np.uint32) * SHIP_STEP, n),
            "t": pl.Series(t.ravel()).cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"),
            "lat": np.round(np.clip(lat + noise[0], -80, 80).ravel(), 5),
            "lon": np.round(((lon + noise[1] + 180) % 360 - 180).ravel(), 5),
            "sog": np.round(knots, 1).ravel().astype(np.float32),
            "cog": np.round(np.degrees(course) % 360, 1).ravel().astype(np.float32) % 360,
        }
    ).with_columns(
        pl.lit(None, pl.Float32).alias("heading"),
        pl.lit(None, pl.UInt8).alias("status"),
        pl.lit("synthetic").cast(pl.Categorical).alias("source"),
    )
