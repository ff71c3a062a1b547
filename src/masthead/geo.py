"""Geodesy shared by words and tracks: distances, bearings, circles, corridors, land and sea.

Everything is WGS 84. Distances are metres on the ellipsoid (GeographicLib, Karney 2013,
doi:10.1007/s00190-012-0578-z). Land is NASA's GLOBE 1 km grid (`landmask`).
GeoJSON geometries have longitude first and are cut at the antimeridian (RFC 7946, 3.1.9).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

from geographiclib.geodesic import Geodesic

from masthead.landmask import is_water

NAUTICAL_MILE_M = 1852.0
MEAN_RADIUS_M = 6_371_008.8
"""The Earth's mean radius (IUGG)."""
_WGS84 = Geodesic.WGS84


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The geodesic distance between two points, in metres."""
    return float(_WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"])


def apart(lat1: float, lon1: float, lat2: float, lon2: float, limit_m: float) -> bool:
    """Whether two points are more than `limit_m` metres apart, by the geodesic: asked of a sphere
    first, which differs from it by less than 0.6 %, and many times as fast."""
    a, b = math.radians(lat1), math.radians(lat2)
    c = math.sin(math.radians(lon2 - lon1) / 2.0)
    h = math.sin((b - a) / 2.0) ** 2 + math.cos(a) * math.cos(b) * c * c
    roughly = 2.0 * MEAN_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))
    if abs(roughly - limit_m) > 0.01 * roughly:
        return roughly > limit_m
    return distance_m(lat1, lon1, lat2, lon2) > limit_m


def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The bearing from the first point to the second at the first, 0 to 360 degrees true."""
    return float(_WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.AZIMUTH)["azi1"]) % 360.0


def destination(lat: float, lon: float, bearing: float, distance: float) -> tuple[float, float]:
    """The (lat, lon) reached from a point after `distance` metres at `bearing` degrees true."""
    end = _WGS84.Direct(lat, lon, bearing, distance)
    return float(end["lat2"]), float(end["lon2"])


def is_land(lat: float, lon: float) -> bool:
    """Whether the point is on land on the 1 km grid. A harbour basin may count as land."""
    return not is_water(lat, lon).item()


def circle(lat: float, lon: float, radius_m: float, points: int = 72) -> dict[str, Any]:
    """A GeoJSON Polygon (MultiPolygon over the antimeridian) of all within `radius_m` metres."""
    ring = [destination(lat, lon, i * 360.0 / points, radius_m) for i in range(points)]
    return polygon([*ring, ring[0]])


def unwrap(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """(lat, lon) points as (lon, lat) with longitudes that never jump by more than 180 degrees:
    a line over the antimeridian goes on past 180."""
    out: list[tuple[float, float]] = []
    for lat, lon in points:
        if out:
            lon += 360.0 * round((out[-1][0] - lon) / 360.0)
        out.append((lon, lat))
    return out


def polygon(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """A GeoJSON polygon of (lat, lon) points, ring closed, wound counter-clockwise, cut at the
    antimeridian. Raises `ValueError` with fewer than three different points."""
    from shapely.geometry import Polygon
    from shapely.geometry.polygon import orient

    ring = unwrap(points)
    if len(set(ring)) < 3:
        raise ValueError("an area needs at least three different points")
    return _cut(orient(Polygon(ring)))


def line(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """A GeoJSON line through (lat, lon) points, cut at the antimeridian."""
    from shapely.geometry import LineString

    return _cut(LineString(unwrap(points)))


def corridor(points: Sequence[tuple[float, float]], half_width_m: float) -> dict[str, Any]:
    """A GeoJSON polygon of all within `half_width_m` metres of a line of (lat, lon) points: the
    union of the circles around its vertices and the strips along its legs."""
    from shapely.geometry import MultiPoint, Polygon
    from shapely.geometry.polygon import orient
    from shapely.ops import unary_union

    pieces = []
    for (lat1, lon1), (lat2, lon2) in itertools.pairwise(points):
        leg = bearing_deg(lat1, lon1, lat2, lon2)
        rim = [
            destination(lat, lon, leg + side, half_width_m)
            for lat, lon, sides in (
                (lat1, lon1, range(90, 271, 10)),
                (lat2, lon2, range(-90, 91, 10)),
            )
            for side in sides
        ]
        pieces.append(MultiPoint(unwrap([(lat1, lon1), *rim])).convex_hull)
    area = unary_union(pieces)
    if isinstance(area, Polygon):
        area = orient(area)
    return _cut(area)


def _cut(shape: Any) -> dict[str, Any]:
    """GeoJSON of a shape whose longitudes may go past ±180, cut there and brought back."""
    from shapely.affinity import translate
    from shapely.geometry import box, mapping
    from shapely.geometry.base import BaseGeometry
    from shapely.ops import unary_union

    west, _, east, _ = shape.bounds
    if west >= -180.0 and east <= 180.0:
        found: dict[str, Any] = mapping(shape)
        return found
    parts: list[BaseGeometry] = []
    for turn in range(round(west // 360.0) - 1, round(east // 360.0) + 2):
        part = shape.intersection(box(360.0 * turn - 180.0, -90.0, 360.0 * turn + 180.0, 90.0))
        if part.length > 0:  # a mere touch of the edge is no part
            parts.append(translate(part, xoff=-360.0 * turn))
    merged: dict[str, Any] = mapping(unary_union(parts))
    return merged
