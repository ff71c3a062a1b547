"""Zones from GeoJSON files: areas and lines to watch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from masthead.errors import CaseError
from masthead.model import Interval, Zone


def read_zones(
    path: Path, *, name: str | None = None, period: Interval | None = None
) -> list[Zone]:
    """The zones of a GeoJSON file, one a feature, named by their `name` property. A given `name`
    is used for a lone feature, and as a prefix for several. Raises `CaseError`."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CaseError(path, f"cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise CaseError(path, f"is not GeoJSON: {error}", line=line) from error
    features = _features(content)
    if not features:
        raise CaseError(path, "has no area or line: GeoJSON Polygon or LineString expected")
    zones = []
    for number, (geometry, properties) in enumerate(features, 1):
        own = properties.get("name") or properties.get("Name")
        label = name if name and len(features) == 1 else own or (f"{name or path.stem} {number}")
        problem = _geometry_problem(geometry)
        if problem:
            raise CaseError(path, f"feature {number} ({label}): {problem}")
        zones.append(Zone(name=str(label), geometry=geometry, period=period, origin=path.name))
    return zones


def _features(content: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    if not isinstance(content, dict):
        return []
    kind = content.get("type")
    if kind == "FeatureCollection":
        return [f for item in content.get("features") or [] for f in _features(item)]
    if kind == "Feature":
        geometry = content.get("geometry")
        return [(geometry, content.get("properties") or {})] if isinstance(geometry, dict) else []
    return [(content, {})] if "coordinates" in content else []


def _geometry_problem(geometry: dict[str, Any]) -> str | None:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    kinds = ("Polygon", "MultiPolygon", "LineString", "MultiLineString")
    if geometry.get("type") not in kinds:
        return f"a zone is a {', '.join(kinds)}, not a {geometry.get('type')}"
    try:
        drawn = shape(geometry)
        west, south, east, north = drawn.bounds
    except (ShapelyError, ValueError, TypeError, AttributeError, IndexError) as error:
        return f"its coordinates cannot be drawn ({error})"
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        return "its coordinates are not longitude, latitude in degrees"
    return None if drawn.is_valid else "its outline crosses itself"
