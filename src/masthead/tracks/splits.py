"""MMSIs that are more than one track, and which of these an event is on.

One number may be two ships, or a ship and noise (`tracks.segment`). What is kept of such a number
is little: of each of its tracks one position an hour, and one from which it went to another.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import numpy as np
import polars as pl

from masthead.tracks.conflicts import several_segments
from masthead.tracks.kernels import distances_m

TRACKS: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    "track": pl.UInt32(),
    "tracks": pl.UInt32(),
    "positions": pl.UInt32(),
    "begin": pl.Datetime("ms", "UTC"),
    "end": pl.Datetime("ms", "UTC"),
    "t": pl.Datetime("ms", "UTC"),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
}
"""Of an MMSI's track its number (from 1, in the order of their begin), how many there are, its
positions, first and last moment; and of each hour of it one position or two."""
AWAY_MS = 10.0
"""Metres that a second before or after an event weighs as much as: some 20 knots."""


class Split(NamedTuple):
    """How many MMSIs were split, into how many tracks, and how many of these are one position."""

    ships: int
    tracks: int
    single: int


def find_splits(tracks: pl.DataFrame) -> pl.DataFrame:
    """The tracks (`TRACKS`) of those of some segmented ships that have several."""
    split = several_segments(tracks)
    if not split.height:
        return pl.DataFrame(schema=TRACKS)
    same = ["mmsi", "segment"]
    each = (
        split.group_by(same)
        .agg(pl.col("t").min().alias("begin"), pl.col("t").max().alias("end"), positions=pl.len())
        .sort("mmsi", "begin")
        .with_columns(
            track=pl.int_range(1, pl.len() + 1).over("mmsi"), tracks=pl.len().over("mmsi")
        )
    )
    left = pl.col("segment") != pl.col("segment").shift(-1).over("mmsi")
    hours = (
        split.sort("mmsi", "t")
        .with_columns(left=left, hour=pl.col("t").dt.truncate("1h"))
        .group_by(*same, "hour", "left", maintain_order=True)
        .agg(pl.col("t", "lat", "lon").first())
    )
    told = each.join(hours, on=same).sort("mmsi", "track", "t")
    return told.select(pl.col(name).cast(kind) for name, kind in TRACKS.items())


def count_splits(splits: pl.DataFrame) -> Split:
    """What there is to say of them all."""
    each = splits.unique(["mmsi", "track"])
    single = each.filter(pl.col("positions") == 1).height
    return Split(each["mmsi"].n_unique(), each.height, single)


def with_track(table: pl.DataFrame, splits: pl.DataFrame) -> pl.DataFrame:
    """Findings with the `track` that each is on and how many `tracks` the MMSI has, where it was
    split; as they are, if none is of such a ship. Of several tracks at the time it is the one that
    is nearest to the place."""
    ships = splits.filter(pl.col("mmsi").is_in(table["mmsi"].unique().implode()))
    if not ships.height:
        return table
    known = ships.partition_by("mmsi", as_dict=True)
    asked = table.select("mmsi", "start", pl.coalesce("end", "start"), "lat", "lon")
    told = [
        _track_at(known[mmsi,], *when_and_where) if (mmsi,) in known else (None, None)
        for mmsi, *when_and_where in asked.iter_rows()
    ]
    numbers = pl.DataFrame(told, schema={n: TRACKS[n] for n in ("track", "tracks")}, orient="row")
    return table.hstack(numbers)


def _track_at(
    ship: pl.DataFrame, start: datetime, end: datetime, lat: float, lon: float
) -> tuple[int, int]:
    at_the_time = ship.filter((pl.col("begin") <= end) & (pl.col("end") >= start))
    ship = at_the_time if at_the_time.height else ship
    size = ship.height
    far = distances_m(
        np.full(size, lat), np.full(size, lon), ship["lat"].to_numpy(), ship["lon"].to_numpy()
    )
    off = ship.select(
        pl.max_horizontal(pl.lit(start) - pl.col("t"), pl.col("t") - pl.lit(end), pl.duration())
        .dt.total_milliseconds()
    ).to_series()  # fmt: skip
    nearest = int(np.argmin(far + off.to_numpy() / 1000.0 * AWAY_MS))
    return int(ship["track"][nearest]), int(ship["tracks"][0])
