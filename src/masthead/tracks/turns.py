"""Turning back: a ship heads for an area or a line, and reverses before it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.model import Zone
from masthead.tracks.crossing_kernels import CUTS_A_LEG, edge_distances, is_inside, leg_cuts
from masthead.tracks.findings import NM_M, findings, no_findings
from masthead.tracks.kernels import bearing_deg, destination, distance_m, turn_deg
from masthead.tracks.outlines import Outline, areas, lines
from masthead.tracks.places import Places
from masthead.tracks.segment import by_segment, milliseconds
from masthead.tracks.ship_types import ships_at_work


def detect_turn_backs(
    positions: pl.DataFrame,
    *,
    zones: Sequence[Zone] = (),
    places: Places | None = None,
    max_distance_nm: float = 40.0,
    min_closing_nm: float = 5.0,
    min_turn_deg: float = 120.0,
    min_speed_kn: float = 3.0,
    watched_h: float = 6.0,
    ahead_nm: float = 200.0,
    min_positions: float = 3.0,
    same_turn_h: float = 1.0,
    at_work: float = 0.0,
    statements: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Ships that head for an area or a line and go back before they reach it.

    A ship outside an area (or on one side of a line) comes within `max_distance_nm` nautical miles
    of it, on a course that, held for `ahead_nm`, would have met it; from its nearest point on it
    goes away again without having crossed. In the `watched_h` hours before it came at least
    `min_closing_nm` nearer, in as many after it went as much away, both at `min_speed_kn` knots or
    more over the ground, and the course between them differs by `min_turn_deg` degrees or more; it
    was heard `min_positions` times or more in either.
    Turns in ports and anchorages do not count.

    One turn is one event, before the area or line that was nearest; `also_before` names others
    whose nearest points were no more than `same_turn_h` hours before or after.
    Ships that say that they are at work (AIS ship types 30 to 35 and 50 to 55: fishing, towing,
    dredging, diving, naval, pilot, rescue, tug, tender, law enforcement) turn to and fro for it and
    are left out, unless `at_work` is 1.

    Thresholds: ours. 120 degrees is a reversal and no alteration of course; 40 nm is what a
    warship's radio and radar reach. Ship types: ITU-R M.1371-5, table 53.
    """
    tracks = by_segment(positions)
    if not at_work and statements is not None:
        busy = ships_at_work(statements)
        tracks = tracks.filter(~pl.col("mmsi").is_in(busy.implode()))
    asked = _Asked(
        max_distance_nm, min_closing_nm, min_turn_deg, min_speed_kn, watched_h, ahead_nm,
        max(int(min_positions), 1),
    )  # fmt: skip
    rows = []
    for outline, is_area in [(o, True) for o in areas(zones)] + [(o, False) for o in lines(zones)]:
        rows += _of_outline(tracks, outline, is_area, asked)
    if not rows:
        return no_findings()
    table = pl.DataFrame(_one_a_turn(rows, timedelta(hours=same_turn_h)), infer_schema_length=None)
    if places is not None:
        table = table.filter(~places.near(table["lat"].to_numpy(), table["lon"].to_numpy()))
    return findings("turn_back", confidence=0.7, **{n: table[n] for n in table.columns})


class _Asked(NamedTuple):
    """What is asked of a turn."""

    max_distance_nm: float
    min_closing_nm: float
    min_turn_deg: float
    min_speed_kn: float
    watched_h: float
    ahead_nm: float
    min_positions: int


def _one_a_turn(rows: list[dict[str, Any]], apart: timedelta) -> list[dict[str, Any]]:
    """The turns, each once: before the nearest area or line, with the names of the others."""
    found: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda r: (r["mmsi"], r["distance_nm"], r["where"])):
        same = [
            f for f in found
            if f["mmsi"] == row["mmsi"] and abs(f["turned_at"] - row["turned_at"]) <= apart
        ]  # fmt: skip
        if not same:
            found.append({**row, "also_before": None})
        elif row["where"] != same[0]["where"]:
            named = same[0]["also_before"]
            same[0]["also_before"] = f"{named}, {row['where']}" if named else row["where"]
    return found


def _of_outline(
    tracks: pl.DataFrame, outline: Outline, is_area: bool, asked: _Asked
) -> list[dict[str, Any]]:
    t = milliseconds(tracks)
    segment = tracks["segment"].to_numpy()
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    reach = (asked.max_distance_nm + 2 * asked.min_closing_nm) * NM_M
    far = edge_distances(lat, lon, outline.edges, outline.box, reach)
    near = np.flatnonzero(far < reach)
    if not near.size:
        return []
    breaks = np.flatnonzero((np.diff(near) > 1) | (segment[near[1:]] != segment[near[:-1]])) + 1
    found = []
    for run in np.split(near, breaks):
        for piece in _outside(run, lat, lon, outline, is_area):
            if piece.size < 2 * asked.min_positions:
                continue
            for k in nearest_points(far[piece], asked.min_closing_nm * NM_M):
                turn = _turn(piece, k, t, lat, lon, far, outline, asked)
                if turn is None or turn["distance_nm"] > asked.max_distance_nm:
                    continue
                if (
                    min(turn["closed_nm"], turn["opened_nm"]) >= asked.min_closing_nm
                    and turn["turn_deg"] >= asked.min_turn_deg
                    and min(turn.pop("before_kn"), turn.pop("after_kn")) >= asked.min_speed_kn
                    and _in_force(outline.zone, t[piece[k]])
                ):
                    at = int(piece[k])
                    found.append({
                        "mmsi": tracks["mmsi"][at], "lat": float(lat[at]), "lon": float(lon[at]),
                        "start": tracks["t"][turn.pop("first")],
                        "end": tracks["t"][turn.pop("last")],
                        "where": outline.zone.name, "turned_at": tracks["t"][at], **turn,
                    })  # fmt: skip
    return found


def _outside(
    run: npt.NDArray[np.int64],
    lat: npt.NDArray[np.float64],
    lon: npt.NDArray[np.float64],
    outline: Outline,
    is_area: bool,
) -> list[npt.NDArray[np.int64]]:
    """The pieces of a run that lie outside the area, or on one side of the line."""
    if is_area:
        inside = np.array([is_inside(lon[i], lat[i], outline.edges, outline.box) for i in run])
        cut = np.flatnonzero(np.diff(inside)) + 1
        return [p for p in np.split(run, cut) if not inside[p[0] - run[0]]]
    cuts, which = np.empty(CUTS_A_LEG), np.empty(CUTS_A_LEG, np.int64)
    across = [
        n
        for n, (i, j) in enumerate(itertools.pairwise(run), 1)
        if leg_cuts(
            lon[i], lat[i], lon[i] + turn_deg(lon[j] - lon[i]), lat[j],
            outline.edges, outline.box, cuts, which,
        )
    ]  # fmt: skip
    return np.split(run, across)


def nearest_points(far: npt.NDArray[np.float64], closing_m: float) -> list[int]:
    """The indexes at which the distance has a minimum that lies at least `closing_m` below the
    highest before and after it (a zigzag smaller than that is followed through)."""
    found = []
    low = 0
    high = far[0]
    falling = False
    for k in range(far.size):
        if far[k] < far[low]:
            low = k
        if falling and far[k] - far[low] >= closing_m:
            found.append(low)
            falling, high = False, far[k]
        if not falling:
            high = max(high, far[k])
            if high - far[k] >= closing_m:
                falling, low = True, k
    return found


def _turn(
    piece: npt.NDArray[np.int64],
    k: int,
    t: npt.NDArray[np.int64],
    lat: npt.NDArray[np.float64],
    lon: npt.NDArray[np.float64],
    far: npt.NDArray[np.float64],
    outline: Outline,
    asked: _Asked,
) -> dict[str, Any] | None:
    """What the track did in the hours before and after its nearest point; None if the course
    before would not have met the outline."""
    at = piece[k]
    window = asked.watched_h * 3_600_000
    before = piece[(piece <= at) & (t[at] - t[piece] <= window)]
    after = piece[(piece >= at) & (t[piece] - t[at] <= window)]
    if min(before.size, after.size) < asked.min_positions:
        return None
    first = before[int(np.argmax(far[before]))]
    last = after[int(np.argmax(far[after]))]
    course_in = bearing_deg(lat[first], lon[first], lat[at], lon[at])
    course_out = bearing_deg(lat[at], lon[at], lat[last], lon[last])
    end_lat, end_lon = destination(lat[first], lon[first], course_in, asked.ahead_nm * NM_M)
    cuts, which = np.empty(CUTS_A_LEG), np.empty(CUTS_A_LEG, np.int64)
    if not leg_cuts(
        lon[first], lat[first], lon[first] + turn_deg(end_lon - lon[first]), end_lat,
        outline.edges, outline.box, cuts, which,
    ):  # fmt: skip
        return None
    return {
        "first": int(first),
        "last": int(last),
        "distance_nm": float(far[at]) / NM_M,
        "closed_nm": float(far[first] - far[at]) / NM_M,
        "opened_nm": float(far[last] - far[at]) / NM_M,
        "turn_deg": abs(turn_deg(course_out - course_in)),
        "before_kn": _knots(first, at, t, lat, lon),
        "after_kn": _knots(at, last, t, lat, lon),
    }


def _knots(
    a: int,
    b: int,
    t: npt.NDArray[np.int64],
    lat: npt.NDArray[np.float64],
    lon: npt.NDArray[np.float64],
) -> float:
    hours = abs(int(t[b]) - int(t[a])) / 3_600_000
    return distance_m(lat[a], lon[a], lat[b], lon[b]) / NM_M / hours if hours else 0.0


def _in_force(zone: Zone, moment: int) -> bool:
    period = zone.period
    if period is None:
        return True
    after = period.earliest is None or moment >= period.earliest.timestamp() * 1000
    return after and (period.latest is None or moment <= period.latest.timestamp() * 1000)


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"came {row['closed_nm']:.0f} nm nearer to {row['where']}, turned {row['turn_deg']:.0f}° "
        f"{row['distance_nm']:.0f} nm before it and went {row['opened_nm']:.0f} nm away again"
    )
