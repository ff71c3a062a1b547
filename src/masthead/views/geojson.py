"""Events as GeoJSON (RFC 7946): one feature an event, its record as the properties."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from masthead.model import Event, to_dict


def feature(event: Event) -> dict[str, Any]:
    """The event as a feature. Its geometry is the drawn area or line where there is one, else the
    point, else null (GeoJSON's word for "not located")."""
    place = event.place
    geometry: dict[str, Any] | None = None
    if place is not None and place.geometry is not None:
        geometry = place.geometry
    elif place is not None and place.lat is not None and place.lon is not None:
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    properties = to_dict(event)
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def write_geojson(events: Iterable[Event], out: TextIO) -> None:
    """A FeatureCollection, written feature by feature."""
    out.write('{"type": "FeatureCollection", "features": [')
    for number, event in enumerate(events):
        out.write(",\n" if number else "\n")
        out.write(json.dumps(feature(event), ensure_ascii=False))
    out.write("\n]}\n")
