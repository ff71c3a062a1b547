"""Where a silent ship could have been: the ground under its space–time prism.

Between two positions a ship with a top speed can only have been where the ways to it and on from it
together are no longer than it could sail in that time: an ellipse with the two positions as foci
(Pfoser and Jensen, SSD 1999). Drawn on a plane around their middle, which is right to a percent
over the few hundred miles of a day's silence.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

from masthead.checks.reach import MARGIN, TOP_KN
from masthead.geo import NAUTICAL_MILE_M
from masthead.judgement import Incident
from masthead.model import parse_utc
from masthead.web.surroundings import TrackArrays, time_of

POINTS = 72
SHORTEST_H = 0.1
"""Below six minutes the ellipse is no wider than the ship's own wake."""
DEGREE_M = 111_195.0


def prism_of(track: TrackArrays, incident: Incident, ship_class: str | None) -> (
    dict[str, Any] | None
):  # fmt: skip
    """The ellipse of the longest silence of a track that meets the incident's time, as a GeoJSON
    feature; None where it was heard all the time, or never on both sides."""
    when = time_of(incident)
    if when is None:
        return None
    times = [parse_utc(t).timestamp() for t in track.t]
    first, last = when[0].timestamp(), when[1].timestamp()
    silences = [
        (b - a, i) for i, (a, b) in enumerate(itertools.pairwise(times))
        if b >= first and a <= last and b - a >= SHORTEST_H * 3600
    ]  # fmt: skip
    if not silences:
        return None
    seconds, i = max(silences)
    speed_kn = TOP_KN.get(ship_class, TOP_KN[None]) * MARGIN
    ring = ellipse(
        (track.lat[i], track.lon[i]), (track.lat[i + 1], track.lon[i + 1]),
        speed_kn * NAUTICAL_MILE_M * seconds / 3600,
    )  # fmt: skip
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "from": track.t[i], "until": track.t[i + 1], "silence_h": round(seconds / 3600, 2),
            "top_speed_kn": round(speed_kn, 1),
        },
    }  # fmt: skip


def ellipse(
    one: tuple[float, float], two: tuple[float, float], reach_m: float
) -> list[list[float]]:
    """The closed ring [[lon, lat], …] of the points whose distances to two places (lat, lon) add
    up to `reach_m`; to what lies between them if that is more."""
    lat0 = (one[0] + two[0]) / 2
    dlon = (two[1] - one[1] + 180.0) % 360.0 - 180.0
    lon0 = one[1] + dlon / 2
    cos = max(0.05, math.cos(math.radians(lat0)))
    x, y = dlon * cos * DEGREE_M / 2, (two[0] - one[0]) * DEGREE_M / 2
    focal = math.hypot(x, y)
    a = max(reach_m / 2, focal)
    b = math.sqrt(max(a * a - focal * focal, 1.0))
    turn = math.atan2(y, x)
    ring = []
    for n in range(POINTS):
        u, v = a * math.cos(2 * math.pi * n / POINTS), b * math.sin(2 * math.pi * n / POINTS)
        east = u * math.cos(turn) - v * math.sin(turn)
        north = u * math.sin(turn) + v * math.cos(turn)
        lat = min(90.0, max(-90.0, lat0 + north / DEGREE_M))
        ring.append([round(lon0 + east / cos / DEGREE_M, 5), round(lat, 5)])
    return [*ring, ring[0]]
