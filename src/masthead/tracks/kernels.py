"""The loops: one pass over sorted columns, compiled by Numba.

Times are int64 milliseconds, angles float64 degrees, lengths metres, speeds metres a second unless
the name says knots. Distances are great circles on a sphere of the mean Earth radius, within
0.56 % of the geodesic. Each kernel equals the plain reference in its test.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from masthead.geo import MEAN_RADIUS_M

EARTH_RADIUS_M = MEAN_RADIUS_M
KNOT_MS = 1852.0 / 3600.0

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.uint32]

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile a function; the result is kept on disk between runs and lets other threads go on."""
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))


@kernel
def turn_deg(angle: float) -> float:
    """An angle brought to [-180, 180)."""
    if -180.0 <= angle < 180.0:
        return angle
    return (angle + 180.0) % 360.0 - 180.0


@kernel
def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine, which is exact enough for near and far points)."""
    a = math.radians(lat1)
    b = math.radians(lat2)
    s = math.sin((b - a) / 2.0)
    c = math.sin(math.radians(lon2 - lon1) / 2.0)
    h = s * s + math.cos(a) * math.cos(b) * c * c
    return 2.0 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, h)))


DEGREE_M = EARTH_RADIUS_M * math.pi / 180.0
FLAT_DEG = 0.25
FLAT_LATITUDE = 75.0


@kernel
def short_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """`distance_m`, by the flat triangle where the two are so near that it is the same within two
    parts in 100,000: several times as fast."""
    y = lat2 - lat1
    x = turn_deg(lon2 - lon1)
    if abs(y) > FLAT_DEG or abs(x) > FLAT_DEG or abs(lat1) > FLAT_LATITUDE:
        return distance_m(lat1, lon1, lat2, lon2)
    x *= math.cos(math.radians((lat1 + lat2) * 0.5))
    return math.sqrt(x * x + y * y) * DEGREE_M


@kernel
def distances_m(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """`distance_m` of each pair of rows."""
    out = np.empty(lat1.size, np.float64)
    for i in range(lat1.size):
        out[i] = distance_m(lat1[i], lon1[i], lat2[i], lon2[i])
    return out


@kernel
def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Initial great-circle bearing, 0 to 360."""
    a = math.radians(lat1)
    b = math.radians(lat2)
    d = math.radians(lon2 - lon1)
    y = math.sin(d) * math.cos(b)
    x = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(d)
    return math.degrees(math.atan2(y, x)) % 360.0


@kernel
def short_bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """`bearing_deg`, by the flat triangle where the two are near (`short_m`)."""
    y = lat2 - lat1
    x = turn_deg(lon2 - lon1)
    if abs(y) > FLAT_DEG or abs(x) > FLAT_DEG or abs(lat1) > FLAT_LATITUDE:
        return bearing_deg(lat1, lon1, lat2, lon2)
    x *= math.cos(math.radians((lat1 + lat2) * 0.5))
    course = math.degrees(math.atan2(x, y))
    return course if course >= 0.0 else course + 360.0


@kernel
def destination(lat: float, lon: float, bearing: float, length: float) -> tuple[float, float]:
    """The (lat, lon) reached along a great circle; longitude in [-180, 180)."""
    a = math.radians(lat)
    d = length / EARTH_RADIUS_M
    z = math.radians(bearing)
    s = math.sin(a) * math.cos(d) + math.cos(a) * math.sin(d) * math.cos(z)
    b = math.asin(max(-1.0, min(1.0, s)))
    east = math.atan2(math.sin(z) * math.sin(d) * math.cos(a), math.cos(d) - math.sin(a) * s)
    return math.degrees(b), turn_deg(lon + math.degrees(east))


@kernel
def destinations(
    lat: Floats, lon: Floats, bearing: Floats, length: Floats
) -> tuple[Floats, Floats]:
    """`destination` of each row; the place itself where the length is 0."""
    lats, lons = lat.copy(), lon.copy()
    for i in range(lat.size):
        if length[i] != 0.0:
            lats[i], lons[i] = destination(lat[i], lon[i], bearing[i], length[i])
    return lats, lons


@kernel
def rises(mmsi: npt.NDArray[np.uint32], t: Longs) -> bool:
    """Whether (mmsi, t) rises from row to row."""
    for i in range(1, t.size):
        if mmsi[i] < mmsi[i - 1] or (mmsi[i] == mmsi[i - 1] and t[i] <= t[i - 1]):
            return False
    return True


@kernel
def long_silences(segment: Ints, t: Longs, longest_ms: int) -> Longs:
    """The indexes of positions whose predecessor on the segment is more than `longest_ms` older."""
    count = 0
    for i in range(1, t.size):
        if segment[i] == segment[i - 1] and t[i] - t[i - 1] > longest_ms:
            count += 1
    out = np.empty(count, np.int64)
    k = 0
    for i in range(1, t.size):
        if segment[i] == segment[i - 1] and t[i] - t[i - 1] > longest_ms:
            out[k] = i
            k += 1
    return out


OPEN_SEGMENTS = 12
"""Plausible tracks of one MMSI that are followed at once; the one silent longest is closed."""


@kernel
def assign_segments(
    mmsi: npt.NDArray[np.uint32],
    t: Longs,
    lat: Floats,
    lon: Floats,
    sog: Singles,
    cog: Singles,
    limit_ms: Singles,
    noise_m: float,
    clock_s: float,
    reckon_s: float,
    stale: float,
) -> Ints:
    """Number each position's segment, in the order in which segments begin.

    A position may go on a segment if it lies within `noise_m` + `limit_ms` * (dt + `clock_s`) of
    the segment's last; of several, on the one with the least residual + `stale` * dt, where the
    residual is the distance from where that segment's speed and course would have brought it
    (its last position, if they are unknown or dt is over `reckon_s`).

    Most ships have one segment, and most positions are near the one before: no way along the
    meridian and then the parallel is shorter than the great circle, and it needs no sine.
    """
    n = t.size
    out = np.empty(n, np.int32)
    last = np.empty(OPEN_SEGMENTS, np.int64)
    name = np.empty(OPEN_SEGMENTS, np.int32)
    used = 0
    total = 0
    for i in range(n):
        if i == 0 or mmsi[i] != mmsi[i - 1]:
            used = 0
        best = -1
        least = math.inf
        for k in range(used):
            j = last[k]
            dt = (t[i] - t[j]) / 1000.0
            reach = noise_m + limit_ms[i] * (dt + clock_s)
            if used == 1:
                around = abs(lat[i] - lat[j]) + abs(turn_deg(lon[i] - lon[j]))
                if around * DEGREE_M <= reach:
                    best = 0
                    break
            straight = distance_m(lat[j], lon[j], lat[i], lon[i])
            if straight > reach:
                continue
            residual = straight
            if used > 1 and dt <= reckon_s and sog[j] == sog[j] and cog[j] == cog[j]:
                a, b = destination(lat[j], lon[j], cog[j], sog[j] * KNOT_MS * dt)
                residual = distance_m(a, b, lat[i], lon[i])
            cost = residual + stale * dt
            if cost < least:
                least = cost
                best = k
        if best < 0:
            if used < OPEN_SEGMENTS:
                best = used
                used += 1
            else:
                best = 0
                for k in range(1, used):
                    if t[last[k]] < t[last[best]]:
                        best = k
            name[best] = total
            total += 1
        last[best] = i
        out[i] = name[best]
    return out


@kernel
def group_order(segment: Ints, groups: int) -> Longs:
    """The order that brings rows together by segment and keeps their order within (a counting
    sort: segments are numbered from 0)."""
    starts = np.zeros(groups + 1, np.int64)
    for i in range(segment.size):
        starts[segment[i] + 1] += 1
    for g in range(groups):
        starts[g + 1] += starts[g]
    out = np.empty(segment.size, np.int64)
    for i in range(segment.size):
        g = segment[i]
        out[starts[g]] = i
        starts[g] += 1
    return out


@kernel
def run_order(names: Numbers, known: Numbers) -> tuple[Numbers, Longs]:
    """The order that brings rows of one name together, the names in the order of `known` (sorted,
    all there are among them), and keeps their order within; and where each of `known` ends. Quick
    where rows come in runs of one name, as
    days do that follow each other, each sorted by ship."""
    order = np.empty(names.size, np.uint32)
    upto = np.zeros(known.size + 1, np.int64)
    for write in range(2):
        begin = 0
        for i in range(1, names.size + 1):
            if i < names.size and names[i] == names[begin]:
                continue
            place = np.searchsorted(known, names[begin])
            if write:
                for row in range(begin, i):
                    order[upto[place] + row - begin] = row
                upto[place] += i - begin
            else:
                upto[place + 1] += i - begin
            begin = i
        if not write:
            for place in range(known.size):
                upto[place + 1] += upto[place]
    return order, upto[:-1]


@kernel
def ground_speeds(segment: Ints, t: Longs, lat: Floats, lon: Floats, sog: Singles) -> Floats:
    """Knots at each position: as the ship reports, or where it does not, over the leg to the
    position before it (after it, for a segment's first). NaN for a lone position."""
    n = t.size
    out = np.empty(n, np.float64)
    for i in range(n):
        if sog[i] == sog[i]:
            out[i] = sog[i]
            continue
        j = i - 1
        if i == 0 or segment[i - 1] != segment[i]:
            j = i + 1
        if j >= n or segment[j] != segment[i] or t[j] == t[i]:
            out[i] = np.nan
        else:
            far = short_m(lat[j], lon[j], lat[i], lon[i])
            out[i] = far / abs(t[i] - t[j]) * 1000.0 / KNOT_MS
    return out


@kernel
def slow_runs(
    segment: Ints, t: Longs, speed: Floats, limit: float, tolerate_ms: int, leg_ms: int, min_ms: int
) -> tuple[Longs, Longs]:
    """First and last index of every run of positions of one segment that keeps to `limit` knots.

    A run begins and ends with a position within the limit; faster positions in between (or ones
    of unknown speed) are borne for up to `tolerate_ms` since the last within it. A leg longer than
    `leg_ms` ends the run. Runs shorter than `min_ms` are left out.
    """
    first = np.empty(t.size // 2 + 1, np.int64)
    last = np.empty(t.size // 2 + 1, np.int64)
    found = 0
    begin = -1
    slow = -1
    for i in range(t.size + 1):
        ends = begin >= 0 and (
            i == t.size
            or segment[i] != segment[begin]
            or t[i] - t[i - 1] > leg_ms
            or (not speed[i] <= limit and t[i] - t[slow] > tolerate_ms)
        )
        if ends:
            if slow > begin and t[slow] - t[begin] >= min_ms:
                first[found] = begin
                last[found] = slow
                found += 1
            begin = -1
        if i < t.size and speed[i] <= limit:
            if begin < 0:
                begin = i
            slow = i
    return first[:found], last[:found]


@kernel
def run_measures(
    first: Longs, last: Longs, t: Longs, lat: Floats, lon: Floats, speed: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Of each run: mean latitude and longitude, mean speed (by time, knots) and the radius around
    the mean place (metres)."""
    n = first.size
    mid_lat, mid_lon = np.empty(n, np.float64), np.empty(n, np.float64)
    mean, radius = np.zeros(n, np.float64), np.zeros(n, np.float64)
    for k in range(n):
        a, b = first[k], last[k]
        y = 0.0
        x = 0.0
        for i in range(a, b + 1):
            y += lat[i]
            x += turn_deg(lon[i] - lon[a])
        mid_lat[k] = y / (b - a + 1)
        mid_lon[k] = turn_deg(lon[a] + x / (b - a + 1))
        known = 0.0
        for i in range(a, b + 1):
            radius[k] = max(radius[k], short_m(mid_lat[k], mid_lon[k], lat[i], lon[i]))
            if i == a:
                continue
            dt = t[i] - t[i - 1]
            pair = speed[i - 1] + speed[i]
            if pair == pair:
                mean[k] += pair / 2.0 * dt
                known += dt
        mean[k] = mean[k] / known if known > 0 else np.nan
    return mid_lat, mid_lon, mean, radius


@kernel
def fastest_before(at: Longs, segment: Ints, t: Longs, speed: Floats, within_ms: int) -> Floats:
    """The highest speed of the segment in the `within_ms` before each index; NaN if none known."""
    out = np.full(at.size, np.nan)
    for k in range(at.size):
        i = at[k] - 1
        while i >= 0 and segment[i] == segment[at[k]] and t[at[k]] - t[i] <= within_ms:
            if speed[i] == speed[i] and not out[k] >= speed[i]:
                out[k] = speed[i]
            i -= 1
    return out


SHORT_LEG_M = 150.0
"""Positions nearer than this to the last one looked at are passed over: their noise, some ten
metres, would turn the course by more than the ship does."""
WOBBLE_DEG = 5.0
"""A turn the other way that is no more than this is noise of the positions."""


@kernel
def turning_runs(
    segment: Ints, t: Longs, lat: Floats, lon: Floats, speed: Floats, least_kn: float,
    turns: float, leg_ms: int,
) -> tuple[Longs, Longs, Floats]:  # fmt: skip
    """First and last index of every run in which a segment keeps turning the same way, position by
    position, at `least_kn` knots or more, for `turns` full circles or more; and how many."""
    first = np.empty(1024, np.int64)
    last = np.empty(1024, np.int64)
    circles = np.empty(1024, np.float64)
    found = 0
    begin = -1
    used = 0
    total = 0.0
    course = np.nan
    for i in range(1, t.size + 1):
        ends = True
        turn = 0.0
        heading = np.nan
        near = i < t.size and segment[i] == segment[used] and t[i] - t[used] <= leg_ms
        if near and speed[i] >= least_kn:
            far = short_m(lat[used], lon[used], lat[i], lon[i])
            if far < SHORT_LEG_M:
                continue
            heading = short_bearing_deg(lat[used], lon[used], lat[i], lon[i])
            turn = turn_deg(heading - course) if course == course else 0.0
            same = turn * total >= 0.0 or abs(turn) <= WOBBLE_DEG
            ends = not (same and abs(turn) <= 170.0)
        if ends:
            if begin >= 0 and abs(total) >= 360.0 * turns:
                if found == first.size:
                    first = np.concatenate((first, np.empty_like(first)))
                    last = np.concatenate((last, np.empty_like(last)))
                    circles = np.concatenate((circles, np.empty_like(circles)))
                first[found] = begin
                last[found] = used
                circles[found] = abs(total) / 360.0
                found += 1
            begin = used if heading == heading else -1
            total = 0.0
        else:
            if begin < 0:
                begin = used
            total += turn
        course = heading
        used = i
    return first[:found], last[:found], circles[:found]
