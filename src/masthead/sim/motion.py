"""How ships move: state arrays of all ships, and a compiled step of one minute over them.

A ship turns no faster than its rate of turn (less when slow), gathers and loses way no faster than
its acceleration, and slows before the end of its way. A chaser steers for the point where it
would meet its quarry at full speed, and matches its speed alongside. Nothing drawn at random here
depends on the order of ships or on when the loop was entered.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from masthead.sim.chart import Flags, Floats, Longs
from masthead.sim.dice import hashed
from masthead.sim.world import MAX_POINTS

AWAY, FIXED, ROUTE, CHASE, STOP = 0, 1, 2, 3, 4
"""What a ship does: out of the region; moored or at anchor; sails its way; goes after its target;
takes its way off and drifts."""
ARRIVED, WAKE, ALONGSIDE, ZONE, LINE = 1, 2, 4, 8, 16
"""Why a ship wants attention."""
HONEST, OFFSET, CIRCLE, GHOST = 0, 1, 2, 3
"""What position a ship sends: its own, shifted, on a circle, or that of another track."""
NEVER = 1 << 40
SUBSTEPS = 4
HARBOUR_NM, HARBOUR_KN = 2.5, 10.0
ALONGSIDE_M = 200.0
NM_M = 1852.0

Bytes = NDArray[np.uint8]
Small = NDArray[np.float32]


class Sea(NamedTuple):
    """One array a quantity, one element a ship: degrees, knots, degrees a minute, minutes since
    the start. `route[i, leg]` is the (lat, lon) that ship i heads for."""

    lat: Floats
    lon: Floats
    sog: Floats
    heading: Floats
    rot: Floats
    want_kn: Floats
    accel: Floats
    turn: Floats
    mode: Longs
    leg: Longs
    legs: Longs
    route: Floats
    brake: Flags
    target: Longs
    standoff_m: Floats
    alongside: Flags
    wake: Longs
    status: Bytes
    on: Flags
    watched: Flags
    in_zone: Flags
    line_side: Longs
    lie: Longs
    lie_a: Floats
    lie_b: Floats
    lie_c: Floats
    lie_since: Longs
    ghost: Longs
    sway: Floats
    due: Longs


class Record(NamedTuple):
    """The states of a stretch of minutes, ships by minutes."""

    lat: Floats
    lon: Floats
    sog: Small
    cog: Small
    heading: Small
    rot: Small
    status: Bytes
    on: Flags
    here: Flags
    said_lat: Floats
    said_lon: Floats
    said_sog: Small
    said_cog: Small


def new_sea(size: int) -> Sea:
    """The arrays for so many ships, all away."""
    kinds: dict[str, Any] = {
        "mode": np.int64, "leg": np.int64, "legs": np.int64, "target": np.int64, "wake": np.int64,
        "line_side": np.int64, "lie": np.int64, "lie_since": np.int64, "ghost": np.int64,
        "due": np.int64, "status": np.uint8, "brake": np.bool_, "alongside": np.bool_,
        "on": np.bool_, "watched": np.bool_, "in_zone": np.bool_,
    }  # fmt: skip
    made = {name: np.zeros(size, kinds.get(name, np.float64)) for name in Sea._fields}
    made["route"] = np.zeros((size, MAX_POINTS, 2))
    made["wake"][:] = NEVER
    made["target"][:] = -1
    made["ghost"][:] = -1
    made["on"][:] = True
    made["brake"][:] = True
    return Sea(**made)


def new_record(ships: int, minutes: int) -> Record:
    """An empty record."""
    small = {"sog", "cog", "heading", "rot", "said_sog", "said_cog"}
    flags = {"on", "here"}
    made: dict[str, Any] = {}
    for name in Record._fields:
        kind = (np.float32 if name in small else np.bool_ if name in flags
                else np.uint8 if name == "status" else np.float64)  # fmt: skip
        made[name] = np.zeros((ships, minutes), kind)
    return Record(**made)


@njit(cache=True)
def turned(degrees: float) -> float:
    """An angle brought into -180 to 180."""
    return (degrees + 180.0) % 360.0 - 180.0


@njit(cache=True)
def inside(ring: Floats, lat: float, lon: float) -> bool:
    """Whether a point is in a ring of (lat, lon), by the parity of crossings."""
    found = False
    size = ring.shape[0]
    for k in range(size):
        lat1, lon1 = ring[k, 0], ring[k, 1]
        lat2, lon2 = ring[(k + 1) % size, 0], ring[(k + 1) % size, 1]
        spans = (lat1 > lat) != (lat2 > lat)
        if spans and lon < lon1 + (lat - lat1) / (lat2 - lat1) * (lon2 - lon1):
            found = not found
    return found


@njit(cache=True)
def near_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two near points, on a sphere of 60 nautical miles a degree."""
    east = (lon2 - lon1) * math.cos(math.radians(0.5 * (lat1 + lat2)))
    return math.hypot(lat2 - lat1, east) * 60.0 * NM_M


@njit(cache=True)
def _crossed(line: Floats, lat1: float, lon1: float, lat2: float, lon2: float) -> int:
    """1 or -1 if the step goes over the line from its right to its left or the other way."""
    a, b = line[0], line[1]
    one = (b[1] - a[1]) * (lat1 - a[0]) - (b[0] - a[0]) * (lon1 - a[1])
    two = (b[1] - a[1]) * (lat2 - a[0]) - (b[0] - a[0]) * (lon2 - a[1])
    if (one > 0) == (two > 0):
        return 0
    on = (lon2 - lon1) * (a[0] - lat1) - (lat2 - lat1) * (a[1] - lon1)
    off = (lon2 - lon1) * (b[0] - lat1) - (lat2 - lat1) * (b[1] - lon1)
    if (on > 0) == (off > 0):
        return 0
    return 1 if two > 0 else -1


@njit(cache=True)
def step(
    sea: Sea, minute: int, ring: Floats, line: Floats, record: Record, column: int, keep: bool
) -> int:
    """Write the states of all ships at `minute` into the record's column, and move them over
    one minute; return how many ships want attention (`sea.due` tells why)."""
    if keep:
        _write(sea, minute, record, column)
    size = sea.lat.size
    hours = 1.0 / 60.0 / SUBSTEPS
    minutes = 1.0 / SUBSTEPS
    for i in range(size):
        sea.due[i] = 0
    was_lat = sea.lat.copy()
    was_lon = sea.lon.copy()
    for sub in range(SUBSTEPS):
        clock = minute + sub * minutes
        for i in range(size):
            mode = sea.mode[i]
            if mode in (AWAY, FIXED):
                sea.sog[i] = 0.0
                sea.rot[i] = 0.0
                continue
            shrink = math.cos(math.radians(sea.lat[i]))
            want = sea.want_kn[i]
            course = sea.heading[i]
            if mode == ROUTE:
                while True:
                    north = (sea.route[i, sea.leg[i], 0] - sea.lat[i]) * 60.0
                    east = (sea.route[i, sea.leg[i], 1] - sea.lon[i]) * 60.0 * shrink
                    far = math.hypot(north, east)
                    course = math.degrees(math.atan2(east, north)) % 360.0
                    off = abs(turned(course - sea.heading[i]))
                    last = sea.leg[i] >= sea.legs[i] - 1
                    if last:
                        if far < 0.08 or (far < 0.6 and off > 90.0):
                            course = sea.heading[i]
                            if sea.brake[i]:
                                want = 0.5
                            if not sea.brake[i] or sea.sog[i] < 2.5:
                                sea.due[i] |= ARRIVED
                        break
                    nxt_n = (sea.route[i, sea.leg[i] + 1, 0] - sea.route[i, sea.leg[i], 0]) * 60.0
                    nxt_e = (sea.route[i, sea.leg[i] + 1, 1] - sea.route[i, sea.leg[i], 1]) * 60.0
                    after = math.degrees(math.atan2(nxt_e * shrink, nxt_n))
                    bend = min(150.0, abs(turned(after - course)))
                    radius = sea.sog[i] / 60.0 / math.radians(max(sea.turn[i], 1.0))
                    lead = max(0.1, min(2.0, radius * math.tan(math.radians(bend * 0.5))))
                    if far > lead and not (far < 1.5 and off > 100.0):
                        break
                    sea.leg[i] += 1
                if sea.brake[i]:
                    left = far
                    for k in range(sea.leg[i] + 1, sea.legs[i]):
                        if left > 2.0 * HARBOUR_NM:
                            break
                        next_n = (sea.route[i, k, 0] - sea.route[i, k - 1, 0]) * 60.0
                        next_e = (sea.route[i, k, 1] - sea.route[i, k - 1, 1]) * 60.0 * shrink
                        left += math.hypot(next_n, next_e)
                    if left < HARBOUR_NM:
                        want = min(want, HARBOUR_KN)
                    want = min(want, max(1.5, math.sqrt(60.0 * sea.accel[i] * left)))
                course += 1.5 * math.sin(clock / 7.0 + sea.sway[i])
                want += 0.15 * math.sin(clock / 11.0 + 2.0 * sea.sway[i])
            elif mode == CHASE:
                k = sea.target[i]
                north = (sea.lat[k] - sea.lat[i]) * 60.0
                east = (sea.lon[k] - sea.lon[i]) * 60.0 * shrink
                far = math.hypot(north, east)
                vn = sea.sog[k] * math.cos(math.radians(sea.heading[k]))
                ve = sea.sog[k] * math.sin(math.radians(sea.heading[k]))
                when = far / max(want, 1.0)
                for _ in range(3):
                    when = math.hypot(north + vn * when, east + ve * when) / max(want, 1.0)
                    when = min(when, 6.0)
                left = far - sea.standoff_m[i] / NM_M
                if left > 0.0:
                    course = math.degrees(math.atan2(east + ve * when, north + vn * when))
                    want = min(want, sea.sog[k] + math.sqrt(60.0 * sea.accel[i] * left))
                else:
                    course = sea.heading[k]
                    want = max(0.0, sea.sog[k] - (1.0 if left < -0.05 else 0.0))
                beside = left * NM_M < ALONGSIDE_M and abs(sea.sog[i] - sea.sog[k]) < 3.0
                if beside and not sea.alongside[i]:
                    sea.due[i] |= ALONGSIDE
                    sea.alongside[i] = True
            else:
                want = 0.0
            slow = min(1.0, 0.1 + sea.sog[i] / 6.0)
            most = sea.turn[i] * slow
            error = turned(course - sea.heading[i]) if want > 0.0 or sea.sog[i] > 2.0 else 0.0
            rot = max(-most, min(most, error / 0.5))
            change = sea.turn[i] * minutes / 0.5
            sea.rot[i] += max(-change, min(change, rot - sea.rot[i]))
            sea.heading[i] = (sea.heading[i] + sea.rot[i] * minutes) % 360.0
            gain = sea.accel[i] * minutes
            sea.sog[i] += max(-gain, min(gain, want - sea.sog[i]))
            way = sea.sog[i] * hours
            north = way * math.cos(math.radians(sea.heading[i]))
            east = way * math.sin(math.radians(sea.heading[i]))
            if sea.sog[i] < 0.3 and mode == STOP:  # a stopped ship drifts at a third of a knot
                north += 0.3 * hours * math.cos(sea.sway[i])
                east += 0.3 * hours * math.sin(sea.sway[i])
            sea.lat[i] += north / 60.0
            sea.lon[i] += east / 60.0 / shrink
    wanting = 0
    for i in range(size):
        if sea.wake[i] <= minute + 1:
            sea.due[i] |= WAKE
            sea.wake[i] = NEVER
        if sea.mode[i] != AWAY and sea.watched[i]:
            if ring.shape[0] > 0:
                now = inside(ring, sea.lat[i], sea.lon[i])
                if now != sea.in_zone[i]:
                    sea.in_zone[i] = now
                    sea.due[i] |= ZONE
            if line.shape[0] > 0:
                side = _crossed(line, was_lat[i], was_lon[i], sea.lat[i], sea.lon[i])
                if side != 0:
                    sea.line_side[i] = side
                    sea.due[i] |= LINE
        if sea.due[i] != 0:
            wanting += 1
    return wanting


@njit(cache=True)
def _write(sea: Sea, minute: int, record: Record, column: int) -> None:
    for i in range(record.lat.shape[0]):
        here = sea.mode[i] != AWAY
        record.here[i, column] = here
        if not here:
            continue
        shrink = math.cos(math.radians(sea.lat[i]))
        lat, lon, sog, heading = sea.lat[i], sea.lon[i], sea.sog[i], sea.heading[i]
        if sea.mode[i] == FIXED and sea.status[i] == 1:  # a ship at anchor swings, slowly
            swing = 0.02 * math.sin(minute / 90.0 + sea.sway[i])
            lat += swing / 60.0
            heading = (heading + 40.0 * math.sin(minute / 90.0 + sea.sway[i])) % 360.0
        record.lat[i, column] = lat
        record.lon[i, column] = lon
        record.sog[i, column] = sog
        record.cog[i, column] = sea.heading[i]
        record.heading[i, column] = heading
        record.rot[i, column] = sea.rot[i]
        record.status[i, column] = sea.status[i]
        record.on[i, column] = sea.on[i]
        said_lat, said_lon, said_sog, said_cog = np.nan, np.nan, np.nan, np.nan
        if sea.lie[i] == OFFSET:
            said_lat, said_lon = lat + sea.lie_a[i], lon + sea.lie_b[i]
            said_sog, said_cog = sog, sea.heading[i]
        elif sea.lie[i] == CIRCLE:  # lie_c: the radius in nautical miles
            said_sog = 6.0
            turn = (minute - sea.lie_since[i]) / 60.0 * said_sog / sea.lie_c[i]
            said_lat = sea.lie_a[i] + sea.lie_c[i] / 60.0 * math.cos(turn)
            said_lon = sea.lie_b[i] + sea.lie_c[i] / 60.0 / shrink * math.sin(turn)
            said_cog = (math.degrees(turn) + 90.0) % 360.0
        elif sea.lie[i] == GHOST:
            k = sea.ghost[i]
            said_lat, said_lon, said_sog, said_cog = (
                sea.lat[k],
                sea.lon[k],
                sea.sog[k],
                sea.heading[k],
            )
        record.said_lat[i, column] = said_lat
        record.said_lon[i, column] = said_lon
        record.said_sog[i, column] = said_sog
        record.said_cog[i, column] = said_cog


@njit(cache=True)
def glimpse(definite: bool, sensor_nm: float, far_nm: float, minutes: float) -> float:
    """The chance to see a ship within some minutes: certain within the range of a definite-range
    sensor; else that of the sighting rate (sensor_nm / range)^3 in ten minutes, the inverse-cube
    law (Koopman, Search and Screening, 1946)."""
    if definite:
        return 1.0 if far_nm <= sensor_nm else 0.0
    ratio = sensor_nm / max(far_nm, 0.05)
    return 1.0 - math.exp(-min(700.0, ratio * ratio * ratio * minutes / 10.0))


@njit(cache=True)
def look(
    sea: Sea, seekers: Longs, sensor_nm: Floats, definite: Flags, wanted: Flags, minute: int,
    seed: int,
) -> list[tuple[int, int]]:  # fmt: skip
    """Which of the wanted ships each seeker sees in this minute, as (seeker, ship)."""
    found = []
    for n in range(seekers.size):
        i = seekers[n]
        reach = sensor_nm[n] * (1.0 if definite[n] else 2.5)
        shrink = math.cos(math.radians(sea.lat[i]))
        for k in range(sea.lat.size):
            if not wanted[k] or sea.mode[k] == AWAY or k == i:
                continue
            north = (sea.lat[k] - sea.lat[i]) * 60.0
            if abs(north) > reach:
                continue
            far = math.hypot(north, (sea.lon[k] - sea.lon[i]) * 60.0 * shrink)
            if far > reach:
                continue
            chance = glimpse(definite[n], sensor_nm[n], far, 1.0)
            if chance >= 1.0 or hashed(seed, minute, i, k) < chance:
                found.append((i, k))
    return found
