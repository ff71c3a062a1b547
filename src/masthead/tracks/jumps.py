"""Jumps: a ship is suddenly where it cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.conflicts import interleaved, several_segments
from masthead.tracks.findings import NM_M, findings, no_findings
from masthead.tracks.kernels import distance_m
from masthead.tracks.segment import by_segment


def detect_jumps(
    positions: pl.DataFrame,
    *,
    min_distance_nm: float = 3.0,
    min_switches: float = 4.0,
    sure_positions: float = 4.0,
) -> pl.DataFrame:
    """Places that a ship cannot have reached.

    A jump is where an MMSI's positions leave one segment and begin another: the implied speed is
    over what any ship of its class sails (`tracks.segment`), and the two are `min_distance_nm`
    or more apart. `returned` tells whether the ship was afterwards back on the track it came
    from; `positions_away` and `positions_before` how many positions it had at the other place, and
    before: with fewer than `sure_positions` of either, confidence is low, for a broken or late
    message does the same (of the 40 jumps in a MarineCadastre sample, 30 come from one or two
    positions stamped with the first two seconds of the day that were sent hours before). Two
    segments that go on side by side, switching `min_switches` times or more, are two ships, and
    are left to `identity_conflict`.

    `min_distance_nm`: 3, our choice: below that the errors of clocks and fixes that
    `tracks.segment` allows for are most of it. The others: ours.
    """
    runs = several_segments(by_segment(positions))
    if not runs.height:
        return no_findings()
    rows = []
    for ship in runs.sort("mmsi", "t").partition_by("mmsi", maintain_order=True):
        rows += _jumps_of(ship, min_distance_nm * NM_M, int(min_switches), sure_positions)
    if not rows:
        return no_findings()
    table = pl.DataFrame(rows, infer_schema_length=None)
    return findings("jump", **{name: table[name] for name in table.columns})


def _jumps_of(
    ship: pl.DataFrame, min_distance_m: float, min_switches: int, sure_positions: float
) -> list[dict[str, Any]]:
    """The jumps of one ship, its positions in the order of time."""
    segment = ship["segment"].to_numpy()
    twins = interleaved(segment, min_switches)
    found = []
    for name in list(dict.fromkeys(segment.tolist()))[1:]:
        rows = np.flatnonzero(segment == name)
        first, last = int(rows[0]), int(rows[-1])
        origin = int(segment[first - 1])
        if frozenset((origin, name)) in twins:
            continue
        here, there = ship.row(first - 1, named=True), ship.row(first, named=True)
        far = distance_m(here["lat"], here["lon"], there["lat"], there["lon"])
        if far < min_distance_m:
            continue
        back = np.flatnonzero(segment[last + 1 :] == origin)
        returned = back.size > 0
        end = ship.row(last + 1 + int(back[0]), named=True)["t"] if returned else there["t"]
        seconds = max((there["t"] - here["t"]).total_seconds(), 1.0)
        away = (ship.row(last, named=True)["t"] - there["t"]).total_seconds()
        found.append({
            "mmsi": here["mmsi"], "start": here["t"], "end": end,
            "lat": here["lat"], "lon": here["lon"],
            "to_lat": there["lat"], "to_lon": there["lon"],
            "distance_nm": far / NM_M, "implied_speed_kn": far / NM_M / seconds * 3600.0,
            "away_h": away / 3600.0, "positions_away": int(rows.size), "returned": returned,
            "positions_before": int(np.count_nonzero(segment[:first] == origin)),
            "confidence": 0.0,
        })  # fmt: skip
        fewest = min(found[-1]["positions_away"], found[-1]["positions_before"])
        found[-1]["confidence"] = 0.3 if fewest == 1 else 0.5 if fewest < sure_positions else 0.8
    return found


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    back = ", then back on the old track" if row["returned"] else ""
    return (
        f"{row['distance_nm']:.0f} nm at an implied {row['implied_speed_kn']:,.0f} kn, "
        f"{row['positions_away']} positions there{back}"
    )
