"""GeoJSON geometries and tracks as KML: longitude, latitude, on the water."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from masthead.views.export.flat import stamp
from masthead.views.export.tracks import Track


def shape_of(geometry: dict[str, Any] | None) -> Element | None:
    """The KML geometry of a GeoJSON one; None for none."""
    if geometry is None:
        return None
    kind: str = geometry["type"]
    coordinates: Any = geometry.get("coordinates")
    if kind == "Point":
        point = Element("Point")
        SubElement(point, "coordinates").text = _pair(coordinates)
        return point
    if kind == "LineString":
        line = Element("LineString")
        SubElement(line, "tessellate").text = "1"
        SubElement(line, "coordinates").text = _pairs(coordinates)
        return line
    if kind == "Polygon":
        return _polygon(coordinates)
    parts = geometry["geometries"] if kind == "GeometryCollection" else [
        {"type": kind.removeprefix("Multi"), "coordinates": part} for part in coordinates
    ]  # fmt: skip
    many = Element("MultiGeometry")
    many.extend(part for part in map(shape_of, parts) if part is not None)
    return many


def track_shape(track: Track) -> Element:
    """A gx:Track (Google's extension to KML 2.2): where the ship was when. All times come before
    all places."""
    found = Element("gx:Track")
    SubElement(found, "altitudeMode").text = "clampToGround"
    for moment in track.moments():
        SubElement(found, "when").text = stamp(moment)
    for lat, lon in zip(track.lat.tolist(), track.lon.tolist(), strict=True):
        SubElement(found, "gx:coord").text = f"{(lon + 180) % 360 - 180:.6f} {lat:.6f} 0"
    return found


def _polygon(rings: Sequence[Sequence[Sequence[float]]]) -> Element:
    area = Element("Polygon")
    SubElement(area, "tessellate").text = "1"
    for number, ring in enumerate(rings):
        edge = SubElement(area, "innerBoundaryIs" if number else "outerBoundaryIs")
        SubElement(SubElement(edge, "LinearRing"), "coordinates").text = _pairs(ring)
    return area


def _pairs(points: Iterable[Sequence[float]]) -> str:
    return " ".join(map(_pair, points))


def _pair(point: Sequence[float]) -> str:
    return f"{point[0]:.6f},{point[1]:.6f}"
