"""The loops that cross tracks with outlines (`tracks.outlines`), compiled by Numba.

Edges are rows of longitude, latitude of one end and of the other; a leg and an edge are straight
lines in longitude and latitude. Everything is tried at three turns around the Earth, so that
neither tracks nor areas end at the antimeridian.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from masthead.tracks.kernels import EARTH_RADIUS_M, Flags, Floats, Ints, Longs, kernel, turn_deg


@kernel
def _inside_once(x: float, y: float, edges: npt.NDArray[np.float64]) -> bool:
    inside = False
    for k in range(edges.shape[0]):
        y1 = edges[k, 1]
        y2 = edges[k, 3]
        if (y1 > y) != (y2 > y):
            at = edges[k, 0] + (y - y1) / (y2 - y1) * (edges[k, 2] - edges[k, 0])
            if at > x:
                inside = not inside
    return inside


@kernel
def is_inside(
    lon: float, lat: float, edges: npt.NDArray[np.float64], box: npt.NDArray[np.float64]
) -> bool:
    """Whether a point is inside an outline (even-odd rule), at any turn around the Earth."""
    if lat < box[1] or lat > box[3]:
        return False
    inside = False
    for turn in range(-1, 2):
        x = lon + 360.0 * turn
        if box[0] <= x <= box[2] and _inside_once(x, lat, edges):
            inside = not inside
    return inside


SAME_CUT = 1e-9
"""Cuts closer than this are one point on two edges, as where an area is cut at the antimeridian."""


@kernel
def leg_cuts(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    edges: npt.NDArray[np.float64],
    box: npt.NDArray[np.float64],
    cuts: npt.NDArray[np.float64],
    which: Longs,
) -> int:
    """Where a leg crosses the edges, as fractions 0 to 1 along it, in order, to `cuts`; the edges
    to `which` (an edge crossed from its right to its left is counted from 1, the other way is
    negative). Longitudes of the leg may go past 180. Returns how many (no more than fit)."""
    count = 0
    dx = x2 - x1
    dy = y2 - y1
    if dx == 0.0 and dy == 0.0:
        return 0
    if max(y1, y2) < box[1] or min(y1, y2) > box[3]:
        return 0
    for turn in range(-1, 2):
        a = x1 + 360.0 * turn
        if max(a, a + dx) < box[0] or min(a, a + dx) > box[2]:
            continue
        for k in range(edges.shape[0]):
            side1 = dx * (edges[k, 1] - y1) - dy * (edges[k, 0] - a)
            side2 = dx * (edges[k, 3] - y1) - dy * (edges[k, 2] - a)
            if (side1 > 0.0) == (side2 > 0.0):
                continue
            part = side1 / (side1 - side2)
            x = edges[k, 0] + part * (edges[k, 2] - edges[k, 0])
            y = edges[k, 1] + part * (edges[k, 3] - edges[k, 1])
            u = (x - a) / dx if abs(dx) >= abs(dy) else (y - y1) / dy
            if u < -SAME_CUT or u > 1.0 + SAME_CUT or count == cuts.size:
                continue
            at = count
            while at > 0 and cuts[at - 1] > u:
                cuts[at] = cuts[at - 1]
                which[at] = which[at - 1]
                at -= 1
            cuts[at] = u
            which[at] = k + 1 if side1 > side2 else -(k + 1)
            count += 1
    return count


CUTS_A_LEG = 64


@kernel
def area_crossings(
    segment: Ints,
    t: Longs,
    lat: Floats,
    lon: Floats,
    edges: npt.NDArray[np.float64],
    box: npt.NDArray[np.float64],
    max_pass_ms: int,
) -> tuple[Longs, Floats, Flags]:
    """Every crossing of an area's edge: the index of the position after it, the fraction of the
    leg before it, and whether it goes in.

    Whether a leg's ends are inside decides; the cuts only say where. A leg with both ends on the
    same side has crossings only if it is no longer than `max_pass_ms`; a longer one with ends on
    different sides has one.
    """
    at = np.empty(1024, np.int64)
    part = np.empty(1024, np.float64)
    goes_in = np.empty(1024, np.bool_)
    found = 0
    cuts = np.empty(CUTS_A_LEG, np.float64)
    which = np.empty(CUTS_A_LEG, np.int64)
    was = False
    for i in range(t.size):
        fresh = i == 0 or segment[i] != segment[i - 1]
        low = lat[i] if fresh else min(lat[i], lat[i - 1])
        high = lat[i] if fresh else max(lat[i], lat[i - 1])
        if high < box[1] or low > box[3]:
            was = False
            continue
        now = is_inside(lon[i], lat[i], edges, box)
        if fresh:
            was = now
            continue
        x1 = lon[i - 1]
        x2 = x1 + turn_deg(lon[i] - x1)
        long_leg = t[i] - t[i - 1] > max_pass_ms
        if was == now and long_leg:
            continue
        count = leg_cuts(x1, lat[i - 1], x2, lat[i], edges, box, cuts, which)
        kept = 0
        for k in range(count):
            if kept > 0 and cuts[k] - cuts[kept - 1] < SAME_CUT:
                kept -= 1
            else:
                cuts[kept] = cuts[k]
                kept += 1
        if was != now and long_leg and kept > 1:
            cuts[0] = cuts[kept - 1] if now else cuts[0]
            kept = 1
        if (kept % 2 == 1) != (was != now):
            # an end lies on the edge, and counts as crossed, or not, by rounding
            if was != now:
                cuts[0] = 0.5 if kept == 0 else (cuts[kept - 1] if now else cuts[0])
                kept = 1
            else:
                if cuts[0] < 1.0 - cuts[kept - 1]:
                    for k in range(1, kept):
                        cuts[k - 1] = cuts[k]
                kept -= 1
        state = was
        for k in range(kept):
            state = not state
            if found == at.size:
                at = np.concatenate((at, np.empty_like(at)))
                part = np.concatenate((part, np.empty_like(part)))
                goes_in = np.concatenate((goes_in, np.empty_like(goes_in)))
            at[found] = i
            part[found] = min(max(cuts[k], 0.0), 1.0)
            goes_in[found] = state
            found += 1
        was = now
    return at[:found], part[:found], goes_in[:found]


@kernel
def line_crossings(
    segment: Ints,
    t: Longs,
    lat: Floats,
    lon: Floats,
    edges: npt.NDArray[np.float64],
    box: npt.NDArray[np.float64],
    leg_ms: int,
) -> tuple[Longs, Floats, Longs]:
    """Every crossing of a line by a leg no longer than `leg_ms`: the index of the position after
    it, the fraction of the leg before it, and the edge (`leg_cuts`: from 1, its sign the way)."""
    at = np.empty(1024, np.int64)
    part = np.empty(1024, np.float64)
    edge = np.empty(1024, np.int64)
    cuts = np.empty(CUTS_A_LEG, np.float64)
    which = np.empty(CUTS_A_LEG, np.int64)
    found = 0
    for i in range(1, t.size):
        if segment[i] != segment[i - 1] or t[i] - t[i - 1] > leg_ms:
            continue
        x1 = lon[i - 1]
        x2 = x1 + turn_deg(lon[i] - x1)
        count = leg_cuts(x1, lat[i - 1], x2, lat[i], edges, box, cuts, which)
        for k in range(count):
            if cuts[k] >= 1.0 or cuts[k] < 0.0:
                continue
            if k > 0 and cuts[k] - cuts[k - 1] < SAME_CUT:
                continue
            if found == at.size:
                at = np.concatenate((at, np.empty_like(at)))
                part = np.concatenate((part, np.empty_like(part)))
                edge = np.concatenate((edge, np.empty_like(edge)))
            at[found] = i
            part[found] = cuts[k]
            edge[found] = which[k]
            found += 1
    return at[:found], part[:found], edge[:found]


@kernel
def edge_distances(
    lat: Floats, lon: Floats, edges: npt.NDArray[np.float64], box: npt.NDArray[np.float64],
    up_to_m: float,
) -> Floats:  # fmt: skip
    """Metres from each place to the nearest point of the edges, in the plane that touches the
    Earth at the place; `up_to_m` where that is nearer."""
    out = np.full(lat.size, up_to_m)
    degree = EARTH_RADIUS_M * math.pi / 180.0
    pad = up_to_m / degree
    for i in range(lat.size):
        if lat[i] < box[1] - pad or lat[i] > box[3] + pad:
            continue
        shrink = max(math.cos(math.radians(lat[i])), 1e-6)
        for turn in range(-1, 2):
            x = lon[i] + 360.0 * turn
            if x < box[0] - pad / shrink or x > box[2] + pad / shrink:
                continue
            for k in range(edges.shape[0]):
                ax = (edges[k, 0] - x) * shrink
                ay = edges[k, 1] - lat[i]
                dx = (edges[k, 2] - edges[k, 0]) * shrink
                dy = edges[k, 3] - edges[k, 1]
                size = dx * dx + dy * dy
                u = 0.0 if size == 0.0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / size))
                px = ax + u * dx
                py = ay + u * dy
                out[i] = min(out[i], math.sqrt(px * px + py * py) * degree)
    return out
