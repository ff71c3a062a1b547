"""The loop of reception: from the states of each minute to the positions that were heard.

A ship's nominal instants follow each other at the interval of its state (`reporting`); a report is
sent a little before or after, at the place interpolated between the two states around it, and is
heard with the chance that the radio of that minute gives (`radio`). All draws are hashed from the
seed, the ship and the instant, so cutting the play into other stretches changes nothing.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from masthead.sim.dice import hashed
from masthead.sim.radio import Floats, breath, footprint_cosine, shore_chance, through
from masthead.sim.reporting import (
    CLASS_B,
    MINUTE_MS,
    hashed_normal,
    interval_ms,
    shifted_ms,
)

SHORE, SATELLITE = 0, 1
DUPLICATE_LATE_MS = 2_000
LEAP_NM = 1.0
COURSE_NOISE = 10.0
"""Degrees times knots: a course over ground is as uncertain as the speed across it, and ships yaw.
Set so that the median turn between positions is that of 99,999 real ones (docs)."""


class Sent(NamedTuple):
    """States, sorted by (ship, minute); `ship` counts from 0, `minute` from the stretch's start."""

    ship: Any
    minute: Any
    t: Any
    lat: Any
    lon: Any
    sog: Any
    cog: Any
    heading: Any
    rot: Any
    status: Any
    kind: Any
    on: Any


class Air(NamedTuple):
    """What reception depends on. `stations` rows: lat, lon, antenna_m; `true_lat`, `true_lon` are
    where the ships really are; `orbit` are the points under the satellites in each minute."""

    seed: int
    start_ms: int
    true_lat: Floats
    true_lon: Floats
    mmsi: Any
    height_m: Floats
    stations: Floats
    clocks_ms: Floats
    orbit: Floats
    rate: Floats
    altitude_km: float
    margin: float
    shore_share: float
    thin_ms: int
    duplicates: float
    garbled: float
    noise_m: float


class Heard(NamedTuple):
    """Positions as received; `t` is the receiver's own time."""

    ship: NDArray[np.int32]
    t: NDArray[np.int64]
    lat: Floats
    lon: Floats
    sog: NDArray[np.float32]
    cog: NDArray[np.float32]
    heading: NDArray[np.float32]
    rot: NDArray[np.float32]
    status: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    source: NDArray[np.uint8]
    station: NDArray[np.int16]


def room(size: int) -> Heard:
    """Room for so many positions."""
    kinds = ("i4", "i8", "f8", "f8", "f4", "f4", "f4", "f4", "u1", "u1", "u1", "i2")
    return Heard(*(np.empty(size, kind) for kind in kinds))


@njit(cache=True)
def _angle(one: float, two: float, share: float) -> float:
    return (one + ((two - one + 180.0) % 360.0 - 180.0) * share) % 360.0


@njit(cache=True)
def _put(
    sent: Sent, air: Air, i: int, at: float, when: int, source: int, station: int, out: Heard,
    n: int,
) -> None:  # fmt: skip
    """Write the report that ship sent at `at`, received at `when`, as number n. Between two states
    that the ship cannot have sailed apart (it begins to falsify its position, or stops) it is still
    where it was: no transponder sends the places in between."""
    share = (at - sent.t[i]) / (sent.t[i + 1] - sent.t[i])
    north = (sent.lat[i + 1] - sent.lat[i]) * 60.0
    east = (sent.lon[i + 1] - sent.lon[i]) * 60.0 * math.cos(math.radians(sent.lat[i]))
    sailed = max(sent.sog[i], sent.sog[i + 1]) * (sent.t[i + 1] - sent.t[i]) / 3_600_000.0
    if math.hypot(north, east) > 2.0 * sailed + LEAP_NM:
        share = 0.0
    mmsi, key = air.mmsi[sent.ship[i]], int(at)
    lat = sent.lat[i] + (sent.lat[i + 1] - sent.lat[i]) * share
    lon = sent.lon[i] + (sent.lon[i + 1] - sent.lon[i]) * share
    degrees = air.noise_m / 111_120.0
    lat += degrees * hashed_normal(air.seed, mmsi, key, 10)
    lon += degrees * hashed_normal(air.seed, mmsi, key, 11) / max(0.01, math.cos(math.radians(lat)))
    if hashed(air.seed, mmsi, key, 12) < air.garbled:  # a bit error that the checksum let pass
        bit = int(hashed(air.seed, mmsi, key, 13) * 6.0)
        lat += 2.0 ** (bit + 1) * (1.0 if lat < 0.0 else -1.0)
    lon = (lon + 180.0) % 360.0 - 180.0
    sog = sent.sog[i] + (sent.sog[i + 1] - sent.sog[i]) * share
    sog = max(0.0, sog + 0.06 * hashed_normal(air.seed, mmsi, key, 14))
    cog = _angle(sent.cog[i], sent.cog[i + 1], share)
    if sog < 0.3:  # the course over ground of a ship that lies still is noise
        cog = 360.0 * hashed(air.seed, mmsi, key, 15)
    else:
        cog += COURSE_NOISE / max(sog, 1.0) * hashed_normal(air.seed, mmsi, key, 16)
    out.ship[n], out.t[n] = sent.ship[i], when
    out.lat[n], out.lon[n] = round(lat * 600_000.0) / 600_000.0, round(lon * 600_000.0) / 600_000.0
    out.sog[n] = round(sog * 10.0) / 10.0
    out.cog[n] = round(cog % 360.0 * 10.0) / 10.0 % 360.0
    out.kind[n], out.source[n], out.station[n] = sent.kind[i], source, station
    out.rot[n] = sent.rot[i]
    if sent.kind[i] == CLASS_B:
        out.heading[n], out.status[n] = np.nan, 15
    else:
        heading = _angle(sent.heading[i], sent.heading[i + 1], share)
        out.heading[n], out.status[n] = round(heading) % 360.0, sent.status[i]


@njit(cache=True)
def _chances(sent: Sent, air: Air, i: int, factors: Floats) -> tuple[float, int, float]:
    """The chances in this minute that shore (and which station) and satellites hear the ship."""
    lat, lon, ship = air.true_lat[i], air.true_lon[i], sent.ship[i]
    shore, station = shore_chance(
        lat, lon, air.height_m[ship], sent.t[i], air.stations, factors[sent.minute[i]]
    )
    shore *= air.shore_share
    a, b = math.radians(lat), math.radians(lon)
    x, y, z = math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)
    edge = footprint_cosine(air.altitude_km)
    missed = 1.0
    m = sent.minute[i]
    for s in range(air.orbit.shape[1]):
        up = x * air.orbit[m, s, 0] + y * air.orbit[m, s, 1] + z * air.orbit[m, s, 2]
        if up > edge:
            missed *= 1.0 - through(air.rate[m], air.margin)
    space = 1.0 - missed
    if sent.kind[i] == CLASS_B:
        space *= 0.3  # 2 W at that distance
    return shore, station, space


@njit(cache=True)
def listen(sent: Sent, air: Air, due: Floats, kept: Floats, out: Heard, write: bool) -> int:
    """Count what is heard, and with `write` put it into `out`. `due` (the next nominal instant) and
    `kept` (until when nothing is kept, `thin_ms` after the last kept one) of each ship go on."""
    n = 0
    minutes = air.rate.size
    factors = np.empty((minutes, air.stations.shape[0]))
    for m in range(minutes):
        for s in range(air.stations.shape[0]):
            factors[m, s] = breath(air.seed, s, air.start_ms + m * MINUTE_MS)
    for i in range(sent.t.size - 1):
        ship = sent.ship[i]
        step = sent.t[i + 1] - sent.t[i]
        if sent.ship[i + 1] != ship or step > 2 * MINUTE_MS or not sent.on[i]:
            continue
        mmsi = air.mmsi[ship]
        interval = interval_ms(sent.kind[i], sent.status[i], sent.sog[i], sent.rot[i])
        begin, end = float(sent.t[i]), float(sent.t[i + 1])
        if due[ship] < begin or due[ship] > begin + interval:
            due[ship] = begin + interval * hashed(air.seed, mmsi, sent.t[i], 1)
        if due[ship] >= end:
            continue
        shore, station, space = _chances(sent, air, i, factors)
        chance = 1.0 - (1.0 - shore) * (1.0 - space)
        if chance < 1e-6:
            due[ship] += interval * math.ceil((end - due[ship]) / interval)
            continue
        while due[ship] < end:
            nominal = due[ship]
            if nominal < kept[ship]:
                ahead = min(kept[ship], end)
                due[ship] += interval * max(1.0, math.ceil((ahead - nominal) / interval))
                continue
            due[ship] += interval
            key = int(nominal)
            if hashed(air.seed, mmsi, key, 2) >= chance:
                continue
            if write:
                at = nominal + shifted_ms(sent.kind[i], interval, hashed(air.seed, mmsi, key, 3))
                by_shore = hashed(air.seed, mmsi, key, 4) * (shore + space) < shore
                source = SHORE if by_shore else SATELLITE
                clock = air.clocks_ms[station] if by_shore else 0.0
                when = math.floor((at + clock) / 1000.0) * 1000
                _put(sent, air, i, at, when, source, station if by_shore else -1, out, n)
            n += 1
            if air.thin_ms > 0:
                kept[ship] = nominal + air.thin_ms
            elif hashed(air.seed, mmsi, key, 5) < air.duplicates:
                if write:
                    _put(sent, air, i, at, when + DUPLICATE_LATE_MS, source, station, out, n)
                n += 1
    return n
