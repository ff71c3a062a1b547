"""GeoJSON (RFC 7946): one feature an event, incident, zone or track, its record as properties.

Longitude first, WGS 84, rings counter-clockwise (3.1.6), nothing drawn over the antimeridian but
cut there (3.1.9). What could not be located has a null geometry, as 3.2 provides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from masthead.judgement import to_plain
from masthead.model import Event, Place, to_dict
from masthead.views.export.content import Content
from masthead.views.export.flat import stamp, zone_row
from masthead.views.export.provenance import mark_as_record, origin
from masthead.views.visible import whole

Feature = dict[str, Any]


def event_feature(event: Event) -> Feature:
    """The event as a feature: the drawn area or line where there is one, else the point."""
    return _feature(event.id, geometry_of(event.place), to_dict(event))


def write_events(events: Iterable[Event], out: TextIO) -> None:
    """Events alone, without a case."""
    _write({}, map(event_feature, events), out)


def write(content: Content, what: frozenset[str], out: TextIO) -> None:
    """A FeatureCollection of a case; its member `masthead` names the case and the ledger's head."""
    _write({"masthead": origin(content)}, _features(content, what), out)


def geometry_of(place: Place | None) -> dict[str, Any] | None:
    """GeoJSON of a place, None for one that could not be located."""
    if place is None:
        return None
    if place.geometry is not None:
        return wound(place.geometry)
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def wound(geometry: dict[str, Any]) -> dict[str, Any]:
    """The geometry with its rings counter-clockwise."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        return geometry
    from shapely import orient_polygons
    from shapely.geometry import mapping, shape

    turned: dict[str, Any] = mapping(orient_polygons(shape(geometry)))
    return turned


def _features(content: Content, what: frozenset[str]) -> Iterator[Feature]:
    head = content.head
    if "events" in what:
        for event in content.counted("events", content.events):
            found = event_feature(event)
            found["properties"] |= {
                "kind": "event", "outlet": content.outlet_of(event),
                "marks": [mark_as_record(m) for m in content.marked.on(event.id)],
                "ledger_head": head,
            }  # fmt: skip
            yield found
    if "incidents" in what:
        for incident in content.incidents:
            record = to_plain(incident)
            record["incident"] = record.pop("kind")
            verdict = content.verdicts.get(incident.id)
            record |= {"kind": "incident", "verdict": verdict and to_plain(verdict),
                       "marks": [mark_as_record(m) for m in content.marks_on(incident)],
                       "ledger_head": head}  # fmt: skip
            yield _feature(incident.id, geometry_of(incident.place), record)
    if "zones" in what:
        for zone in content.zones:
            record = {k: v and str(v) for k, v in zone_row(zone).items()}
            yield _feature(
                None, wound(zone.geometry), record | {"kind": "zone", "ledger_head": head}
            )
    if "tracks" in what:
        for track in content.tracks():
            record = track.row() | {"start": stamp(track.start), "end": stamp(track.end)}
            geometry = track.geometry()
            if geometry["type"] == "LineString":
                record["times"] = [stamp(m) for m in track.moments()]
            marks = [mark_as_record(m) for m in content.marked.on(str(track.mmsi))]
            yield _feature(None, geometry, record | {"kind": "track", "marks": marks})


def _feature(
    id_: str | None, geometry: dict[str, Any] | None, properties: dict[str, Any]
) -> Feature:
    named = {} if id_ is None else {"id": id_}
    return {"type": "Feature", **named, "geometry": geometry, "properties": properties}


def _write(members: dict[str, Any], features: Iterator[Feature], out: TextIO) -> None:
    """A FeatureCollection, written feature by feature."""
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)
    out.write(whole(head[:-1]) + ', "features": [')
    for number, feature in enumerate(features):
        out.write(",\n" if number else "\n")
        out.write(whole(json.dumps(feature, ensure_ascii=False, allow_nan=False)))
    out.write("\n]}\n")
