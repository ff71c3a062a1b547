"""Zones as arrays of edges, for the kernels that cross tracks with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from masthead.errors import MastheadError
from masthead.model import Zone

AREAS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")


@dataclass(frozen=True)
class Outline:
    """A zone's edges, one a row: lon, lat of one end and of the other, in degrees, and the box
    around them (west, south, east, north). Rings of all parts and holes lie in one array: what is
    inside is where a ray crosses an odd number of edges."""

    zone: Zone
    edges: npt.NDArray[np.float64]
    box: npt.NDArray[np.float64]


def areas(zones: Iterable[Zone]) -> list[Outline]:
    """The zones that are areas."""
    return [_outline(z) for z in zones if _kind(z) in AREAS]


def lines(zones: Iterable[Zone]) -> list[Outline]:
    """The zones that are lines."""
    return [_outline(z) for z in zones if _kind(z) in LINES]


def _kind(zone: Zone) -> str:
    kind = str(zone.geometry.get("type"))
    if kind not in (*AREAS, *LINES):
        raise MastheadError(f"zone {zone.name}: a {kind} cannot be watched; draw an area or a line")
    return kind


def _outline(zone: Zone) -> Outline:
    pieces = []
    for path in _paths(zone.geometry["coordinates"]):
        points = np.array([point[:2] for point in path], dtype=np.float64)
        pieces.append(np.hstack([points[:-1], points[1:]]))
    edges = np.ascontiguousarray(np.vstack(pieces))
    if _kind(zone) in LINES:
        edges[:, 2] -= 360.0 * np.round((edges[:, 2] - edges[:, 0]) / 360.0)
    xs, ys = edges[:, [0, 2]], edges[:, [1, 3]]
    return Outline(zone, edges, np.array([xs.min(), ys.min(), xs.max(), ys.max()]))


def _paths(coordinates: Any) -> Iterator[Any]:
    """The lists of points at the bottom of a GeoJSON coordinates array."""
    if coordinates and coordinates[0] and isinstance(coordinates[0][0], (int, float)):
        yield coordinates
        return
    for item in coordinates:
        yield from _paths(item)
