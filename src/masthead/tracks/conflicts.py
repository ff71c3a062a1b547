"""Identity conflicts: one MMSI that is two ships at the same time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.findings import NM_M, findings, no_findings
from masthead.tracks.kernels import distances_m
from masthead.tracks.segment import by_segment


def detect_identity_conflicts(
    positions: pl.DataFrame,
    *,
    min_switches: float = 4.0,
    min_positions: float = 3.0,
    min_mixing: float = 0.05,
) -> pl.DataFrame:
    """Two plausible tracks under one MMSI, at the same time.

    Two segments of one MMSI (`tracks.segment`: no ship could have gone from one to the other) of
    at least `min_positions` positions each, between which the MMSI's positions, in the order of
    time, switch at least `min_switches` times: there and back twice, and at least `min_mixing` of
    the times that two ships heard at random would make them (2ab / (a + b) of a and b positions in
    the time that they share). The event lasts while both are heard; `distance_nm` is how far apart
    they are on average at the switches.

    Thresholds: ours. One switch there and back is a jump (a broken message, or a falsified
    position); two are not by chance. A ship that falsifies its position for hours, twice, switches
    as often, but each track is silent while the other goes on; two ships in different seas that
    one satellite hears by turns still switch once in some twenty positions.
    """
    runs = several_segments(by_segment(positions)).sort("mmsi", "t")
    rows: list[dict[str, Any]] = []
    for ship in runs.partition_by("mmsi", maintain_order=True):
        segment = ship["segment"].to_numpy()
        for pair in interleaved(segment, int(min_switches), min_mixing):
            a, b = sorted(pair)
            counts = (int((segment == a).sum()), int((segment == b).sum()))
            if min(counts) >= min_positions:
                rows.append(_conflict(ship, segment, (a, b), counts))
    if not rows:
        return no_findings()
    table = pl.DataFrame(rows)
    given = {name: table[name] for name in table.columns}
    return findings("identity_conflict", confidence=0.85, **given)


def _conflict(
    ship: pl.DataFrame,
    segment: npt.NDArray[Any],
    pair: tuple[int, int],
    counts: tuple[int, int],
) -> dict[str, Any]:
    both = np.flatnonzero(np.isin(segment, pair))
    switches = both[1:][segment[both[1:]] != segment[both[:-1]]]
    before = both[np.searchsorted(both, switches) - 1]
    lat, lon = ship["lat"].to_numpy(), ship["lon"].to_numpy()
    far = distances_m(lat[before], lon[before], lat[switches], lon[switches])
    first, last = int(before[0]), int(switches[-1])
    here, there = ship.row(first, named=True), ship.row(int(switches[0]), named=True)
    return {
        "mmsi": here["mmsi"],
        "start": here["t"],
        "end": ship.row(last, named=True)["t"],
        "lat": here["lat"],
        "lon": here["lon"],
        "other_lat": there["lat"],
        "other_lon": there["lon"],
        "distance_nm": float(far.mean()) / NM_M,
        "switches": int(switches.size),
        "positions": counts[0],
        "other_positions": counts[1],
    }


def several_segments(tracks: pl.DataFrame) -> pl.DataFrame:
    """The positions of the ships that have more than one segment."""
    segment = tracks["segment"].to_numpy()
    begins = tracks.select("mmsi", "segment")[np.flatnonzero(segment[1:] != segment[:-1]) + 1]
    both = pl.concat([tracks.select("mmsi", "segment").head(1), begins]).unique()
    several = both.group_by("mmsi").len().filter(pl.col("len") > 1)["mmsi"]
    if not several.len():
        return tracks.clear()
    return tracks.filter(pl.col("mmsi").is_in(several.implode()))


def interleaved(
    segment: npt.NDArray[Any], min_switches: int, min_mixing: float = 0.05
) -> set[frozenset[int]]:
    """The pairs of segments, of one ship's positions in the order of time, between which it
    switches `min_switches` times or more, and as often as `detect_identity_conflicts` asks."""
    changes = np.flatnonzero(segment[1:] != segment[:-1])
    pairs = Counter(frozenset((int(segment[i]), int(segment[i + 1]))) for i in changes)
    found = set()
    for pair, count in pairs.items():
        if count >= min_switches:
            a, b = (np.flatnonzero(segment == name) for name in pair)
            first, last = max(a[0], b[0]), min(a[-1], b[-1])
            n, m = (int(((x >= first) & (x <= last)).sum()) for x in (a, b))
            if count >= min_mixing * 2 * n * m / max(n + m, 1):
                found.add(pair)
    return found


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"two tracks {row['distance_nm']:.0f} nm apart under one MMSI at the same time "
        f"({row['positions']} and {row['other_positions']} positions, {row['switches']} switches)"
    )
