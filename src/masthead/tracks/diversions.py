"""Diversions: a ship bound for a port leaves the lane to it and goes elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.destinations import Bound, declared, habitual
from masthead.tracks.findings import NM_M, findings, no_findings
from masthead.tracks.kernels import Floats, Longs, bearing_deg, distances_m, turn_deg
from masthead.tracks.lanes import lane_distance_nm, remaining_nm
from masthead.tracks.places import port_index
from masthead.tracks.positions import STATIC
from masthead.tracks.segment import by_segment
from masthead.tracks.steps import steps
from masthead.tracks.turns import nearest_points

STEP_MIN = 30.0


def detect_diversions(
    positions: pl.DataFrame,
    *,
    statements: pl.DataFrame | None = None,
    min_closing_nm: float = 40.0,
    min_away_nm: float = 30.0,
    min_left_nm: float = 40.0,
    min_speed_kn: float = 4.0,
    max_lane_nm: float = 60.0,
    min_turn_deg: float = 45.0,
    min_towards: float = 0.6,
    min_voyages: float = 2.0,
    held_h: float = 24.0,
    watched_h: float = 36.0,
    max_leg_h: float = 6.0,
    kink_nm: float = 20.0,
    port_reach_km: float = 10.0,
    call_kn: float = 0.5,
    call_h: float = 2.0,
) -> pl.DataFrame:
    """Ships bound for a port that leave the lane to it.

    What is left to sail to the destination is measured along the lanes of the `searoute` network
    (`tracks.lanes`) every half hour. A diversion is where it had fallen by `min_closing_nm`
    nautical miles or more, `min_towards` or more of what the ship sailed, within `max_lane_nm` of a
    lane, and then rises by `min_away_nm` or more, at `min_speed_kn` knots or more on average, both
    within `watched_h` hours; with `min_left_nm` or more left at the turn (a ship that has arrived
    may go where it likes), which is not within `port_reach_km` kilometres of a known port (a ship
    that called there has ended a voyage).
    A turn of a right angle shows after some 70 nm, one back along the lane after 30.

    The courses made good before and after differ by `min_turn_deg` degrees or more: a ship that
    goes on as before has not been diverted, but takes another way than the shortest. The turn must
    have been seen: positions more than `max_leg_h` hours apart end the track, and so does a leap of
    what is left by over `kink_nm` from step to step (to a lane on the other side of land).

    The destination is the one that the ship declares (`statements`, as of a lake), as long as it
    declares it and `held_h` hours longer; or, for a ship that declares none that can be read, the
    habitual one: the port to which all of its earlier voyages, `min_voyages` or more, went from the
    port that it left last (calls of `call_h` hours at `call_kn` knots, as `port_call`).

    Thresholds: ours. The network is within about 20 nm of where ships sail; 30 nm is more than its
    kinks add.
    """
    tracks = by_segment(positions)
    ships = tracks["mmsi"].unique()
    said = pl.DataFrame(schema=STATIC) if statements is None else statements
    known = declared(said.filter(pl.col("mmsi").is_in(ships.implode())), held_h)
    told = {bound.mmsi for bound in known}
    reach_m = port_reach_km * 1_000.0
    habits = habitual(tracks, int(min_voyages), call_h=call_h, call_kn=call_kn, reach_m=reach_m)
    known += [b for b in habits if b.mmsi not in told]
    if not known:
        return no_findings()
    wanted = pl.Series(sorted({b.mmsi for b in known}), dtype=pl.UInt32)
    points = steps(
        tracks.filter(pl.col("mmsi").is_in(wanted.implode())), max_leg_h=max_leg_h,
        step_min=STEP_MIN,
    )  # fmt: skip
    most = {
        "max_lane_nm": max_lane_nm, "watched_h": watched_h, "max_leg_h": max_leg_h,
        "kink_nm": kink_nm, "held_h": held_h, "reach_m": reach_m,
    }  # fmt: skip
    least = {
        "closed_nm": min_closing_nm, "opened_nm": min_away_nm, "remaining_nm": min_left_nm,
        "away_kn": min_speed_kn, "turn_deg": min_turn_deg, "towards": min_towards,
    }  # fmt: skip
    rows = []
    by_ship = points.partition_by("mmsi", as_dict=True)
    for bound in known:
        ship = by_ship.get((bound.mmsi,))
        if ship is not None:
            rows += _of_voyage(ship, bound, least, **most)
    return _table(rows)


def _of_voyage(
    ship: pl.DataFrame,
    bound: Bound,
    least: dict[str, float],
    *,
    max_lane_nm: float,
    watched_h: float,
    max_leg_h: float,
    kink_nm: float,
    held_h: float,
    reach_m: float,
) -> list[dict[str, Any]]:
    """The diversions of a ship from one destination: turns with measures of `least` or more."""
    length = round(STEP_MIN * 60_000)
    voyage = ship.filter(pl.col("step").is_between(bound.begin // length, bound.end // length))
    found = []
    for part in voyage.partition_by("segment", maintain_order=True):
        lat, lon, step = (part[name].to_numpy() for name in ("lat", "lon", "step"))
        left = remaining_nm(lat, lon, bound.port.lat, bound.port.lon)
        called = port_index(reach_m).near(lat, lon)
        for first, last in _unbroken(left, lat, lon, step, max_leg_h, kink_nm):
            way = slice(first, last)
            for k in nearest_points(left[way], least["opened_nm"]):
                row = _turn(lat[way], lon[way], step[way], left[way], k, watched_h)
                if (
                    all(row[name] >= value for name, value in least.items())
                    and row["lane_before_nm"] <= max_lane_nm
                    and not called[first + k]
                ):
                    found.append(row | _whither(bound, row["start"], held_h))
    return found


def _unbroken(
    left: Floats, lat: Floats, lon: Floats, step: Longs, max_leg_h: float, kink_nm: float
) -> Iterable[tuple[int, int]]:
    """The stretches in which what is left changes by no more than the ship sailed, every step
    known."""
    if left.size < 3:
        return []
    sailed = distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:]) / NM_M
    whole = (np.abs(np.diff(left)) <= 1.1 * sailed + kink_nm) & (
        np.diff(step) <= max_leg_h * 60.0 / STEP_MIN
    )
    cuts = [0, *(np.flatnonzero(~whole) + 1).tolist(), left.size]
    return [(a, b) for a, b in itertools.pairwise(cuts) if b - a >= 3]


def _turn(
    lat: Floats, lon: Floats, step: Longs, left: Floats, k: int, watched_h: float
) -> dict[str, Any]:
    """What the ship did before and after it was nearest to its destination, at `k`."""
    reach = watched_h * 60.0 / STEP_MIN
    first = int(np.searchsorted(step, step[k] - reach))
    last = int(np.searchsorted(step, step[k] + reach, side="right"))
    first += int(np.argmax(left[first : k + 1]))
    last = k + int(np.argmax(left[k:last]))
    legs = distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:]) / NM_M
    away_h = float(step[last] - step[k]) * STEP_MIN / 60.0
    course_in = bearing_deg(lat[first], lon[first], lat[k], lon[k])
    course_out = bearing_deg(lat[k], lon[k], lat[last], lon[last])
    before, after = slice(first, k + 1), slice(k, last + 1)
    return {
        "start": _moment(int(step[k])), "end": _moment(int(step[last])),
        "lat": float(lat[k]), "lon": float(lon[k]),
        "remaining_nm": float(left[k]),
        "closed_nm": float(left[first] - left[k]),
        "towards": float(left[first] - left[k]) / max(float(legs[first:k].sum()), 1e-6),
        "opened_nm": float(left[last] - left[k]),
        "sailed_away_nm": float(legs[k:last].sum()),
        "away_kn": float(legs[k:last].sum()) / max(away_h, 1e-6),
        "turn_deg": abs(turn_deg(course_out - course_in)),
        "course_after": course_out,
        "lane_before_nm": float(np.median(lane_distance_nm(lat[before], lon[before]))),
        "off_lane_nm": float(np.nanmax(lane_distance_nm(lat[after], lon[after]))),
    }  # fmt: skip


def _moment(step: int) -> datetime:
    return datetime.fromtimestamp(step * STEP_MIN * 60.0, tz=UTC)


def _whither(bound: Bound, turned: datetime, held_h: float) -> dict[str, Any]:
    """What is known of the destination, and whether a new one was declared about the turn."""
    held_ms = held_h * 3_600_000
    changed = bound.end - held_ms - turned.timestamp() * 1000.0
    fresh = bound.next_said if abs(changed) <= held_ms else None
    confidence = 0.6 if bound.known == "habitual" else 0.75 if fresh is None else 0.5
    return {
        "mmsi": bound.mmsi, "where": bound.port.name, "destination_known": bound.known,
        "declared": bound.said, "new_destination": fresh, "confidence": confidence,
    }  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    if not rows:
        return no_findings()
    table = pl.DataFrame(rows, infer_schema_length=None).cast(
        {"declared": pl.String, "new_destination": pl.String}
    )
    table = table.unique(["mmsi", "start", "where"], keep="first", maintain_order=True)
    given = {name: table[name] for name in table.columns}
    return findings("diversion", radius_m=2.0 * NM_M, **given)


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    changed = f"; it then declared {row['new_destination']}" if row["new_destination"] else ""
    return (
        f"bound for {row['where']} ({row['destination_known']}), {row['remaining_nm']:.0f} nm to "
        f"go, left the lane by {row['turn_deg']:.0f}° and went {row['opened_nm']:.0f} nm away from "
        f"it again{changed}"
    )
