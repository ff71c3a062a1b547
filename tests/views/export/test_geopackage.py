"""GeoPackage: what was written is read back, by GDAL and by SQLite."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from masthead.views.export import Content
from masthead.views.export.flat import event_row

MAGIC = 0x47504B47  # "GPKG", OGC 12-128 requirement 2


def layer(path: Path, name: str) -> tuple[dict, list]:
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=name)
    return dict(zip(meta["fields"], columns, strict=True)), shapes


def test_layers_and_counts(three: Content, write) -> None:
    path = write(three, "gpkg")
    layers = dict(map(tuple, pyogrio.list_layers(path)))
    assert {"events", "incidents", "zones", "tracks", "ships", "marks"} == set(layers)
    assert (layers["events"], layers["tracks"], layers["ships"]) == (
        "Point", "MultiLineString", None,
    )  # fmt: skip
    assert len(layer(path, "events")[1]) == len(three.events)
    assert len(layer(path, "incidents")[1]) == len(three.incidents)
    meta = pyogrio.read_info(path, layer="events")
    assert meta["crs"] == "EPSG:4326"
    assert meta["dataset_metadata"]["ledger_head"] == three.head


def test_events_come_back_as_they_were(three: Content, write) -> None:
    table, shapes = layer(write(three, "gpkg", "events"), "events")
    for n, event in enumerate(three.events):
        row = event_row(event)
        for name in ("id", "status", "said_by", "evidence", "document", "source_country"):
            assert (table[name][n] or "") == (row[name] or "")
        for name in ("earliest", "latest"):
            moment = table[name][n]
            if row[name] is None:
                assert np.isnat(moment)
            else:
                assert moment.astype("datetime64[ms]").item().replace(tzinfo=UTC) == row[name]
        if event.place and event.place.lat is not None and event.place.geometry is None:
            point = shapely.from_wkb(shapes[n])
            assert (point.x, point.y) == pytest.approx((event.place.lon, event.place.lat))
        if event.place is None:
            assert shapes[n] is None


def test_times_are_stored_as_utc(three: Content, write) -> None:
    path = write(three, "gpkg", "tracks")
    with sqlite3.connect(path) as base:
        (text,) = base.execute("SELECT start FROM tracks ORDER BY start LIMIT 1").fetchone()
    assert text.endswith("Z")
    assert datetime.fromisoformat(text).year == 2026


def test_areas_are_a_layer_of_their_own(worst: Content, write) -> None:
    path = write(worst, "gpkg")
    table, shapes = layer(path, "event_areas")
    assert len(table["id"]) == 3
    assert {shapely.from_wkb(s).geom_type for s in shapes} == {"MultiPolygon"}
    for area in map(shapely.from_wkb, shapes):
        assert area.bounds[0] == -180
        assert area.bounds[2] == 180


def test_it_is_a_sound_geopackage(anything: Content, write) -> None:
    path = write(anything, "gpkg")
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA application_id").fetchone() == (MAGIC,)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
