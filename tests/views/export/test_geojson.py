"""GeoJSON: RFC 7946."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from shapely.geometry import shape

from masthead.model import Zone
from masthead.views.export import Content
from masthead.views.export.geojson import wound
from masthead.views.export.tracks import Track

START = datetime(2026, 6, 2, tzinfo=UTC)


def points(coordinates: list) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from points(part)


@pytest.fixture
def features(anything: Content, write) -> list[dict]:
    whole = json.loads(write(anything, "geojson", "events", "incidents", "zones", "tracks")
                       .read_text("utf-8"))  # fmt: skip
    assert whole["type"] == "FeatureCollection"
    assert "crs" not in whole
    assert whole["masthead"]["ledger_head"] == anything.head
    return whole["features"]


def test_every_feature_is_on_earth_and_right(features: list[dict]) -> None:
    for feature in features:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        geometry = feature["geometry"]
        if geometry is None:
            continue
        form = shape(geometry)
        assert form.is_valid
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points(geometry["coordinates"]))
        for part in getattr(form, "geoms", [form]):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert part.bounds[2] - part.bounds[0] < 180


def test_all_kinds_are_there_once(three: Content, write) -> None:
    whole = json.loads(write(three, "geojson", "events", "incidents", "tracks").read_text("utf-8"))
    ids = [f["id"] for f in whole["features"] if "id" in f]
    assert len(ids) == len(set(ids)) == len(three.events) + len(three.incidents)
    tracks = [f for f in whole["features"] if f["properties"]["kind"] == "track"]
    assert {f["properties"]["name"] for f in tracks} >= {"AMBER TERN", "CEDAR LARK", "HARRIER"}
    for track in tracks:
        if track["geometry"]["type"] == "LineString":
            assert len(track["properties"]["times"]) == len(track["geometry"]["coordinates"])


def test_an_area_over_the_antimeridian_is_cut(worst: Content, write) -> None:
    whole = json.loads(write(worst, "geojson").read_text("utf-8"))
    (zone,) = [f for f in whole["features"] if f["properties"]["kind"] == "zone"]
    assert zone["geometry"]["type"] == "MultiPolygon"
    areas = [f for f in whole["features"] if f["properties"]["kind"] == "event"
             and (f["geometry"] or {}).get("type") == "MultiPolygon"]  # fmt: skip
    assert len(areas) == 3


def test_a_track_over_the_antimeridian_is_cut() -> None:
    t = np.array([0, 3_600_000, 7_200_000])
    track = Track(205123456, None, 0, 3, t, np.array([0.0, 1.0, 2.0]),
                  np.array([179.0, 180.5, 182.0]))  # fmt: skip
    geometry = track.geometry()
    assert geometry["type"] == "MultiLineString"
    assert {round(p[0]) for p in points(geometry["coordinates"])} == {179, 180, -180, -178}


def test_rings_are_turned() -> None:
    clockwise = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}
    assert shape(wound(Zone(name="z", geometry=clockwise).geometry)).exterior.is_ccw
