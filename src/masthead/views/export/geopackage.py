"""GeoPackage (OGC 12-128): layers that QGIS opens, with the columns of the CSV tables.

`events` and `incidents` are points (of an area, a point within it; those not located have no
geometry and stand in the attribute table). Drawn areas and lines of events are also layers of their
own, `event_areas` and `event_lines`, since a layer has one kind of geometry. `tracks` are lines
(`geo.line`), `ships` and `marks` plain tables. The ledger's head is in each row
that comes from the ledger, and in the file's metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from masthead.views.export import columns
from masthead.views.export.columns import Columns, Row
from masthead.views.export.content import Content
from masthead.views.export.geojson import geometry_of
from masthead.views.export.provenance import origin
from masthead.views.export.tables import TABLES, rows_of
from masthead.views.visible import shortened, visible

Shape = dict[str, Any] | None
Array = npt.NDArray[Any]
UTC_OF_GDAL = 100
"""GDAL's flag for a time in UTC (ogr_core.h); 0 would be an unknown zone."""


def write(content: Content, what: frozenset[str], path: Path) -> None:
    """The layers of a case."""
    layers = _Layers(path, origin(content))
    if "events" in what:
        shapes = [geometry_of(e.place) for e in content.events]
        wanted, table = TABLES["events"], list(rows_of(content, "events"))
        layers.add("events", wanted, table, map(_point, shapes), "Point")
        for name, kind in (("event_areas", "Polygon"), ("event_lines", "LineString")):
            drawn = [(r, s) for r, s in zip(table, shapes, strict=True) if _is(s, kind)]
            if drawn:
                layers.add(
                    name, wanted, [r for r, _ in drawn], [s for _, s in drawn], f"Multi{kind}"
                )
    if "incidents" in what:
        shapes = [geometry_of(i.place) for i in content.incidents]
        rows = list(rows_of(content, "incidents"))
        layers.add("incidents", TABLES["incidents"], rows, map(_point, shapes), "Point")
    if "zones" in what:
        rows = list(rows_of(content, "zones"))
        layers.add("zones", TABLES["zones"], rows, [z.geometry for z in content.zones], "Unknown")
    if "tracks" in what:
        drawn_tracks = [(t.row(), t.geometry()) for t in content.tracks()]
        lines = [(r, g) for r, g in drawn_tracks if _is(g, "LineString")]
        layers.add("tracks", columns.TRACK, [r for r, _ in lines], [g for _, g in lines],
                   "MultiLineString")  # fmt: skip
    if "ships" in what:
        rows = list(rows_of(content, "ships"))
        layers.add("ships", TABLES["ships"], rows, None, None)
    if "marks" in what:
        layers.add("marks", TABLES["marks"], list(rows_of(content, "marks")), None, None)


class _Layers:
    """The file, layer by layer."""

    def __init__(self, path: Path, metadata: dict[str, str]) -> None:
        self._path = path
        self._metadata = {key: visible(value) for key, value in metadata.items()}

    def add(
        self,
        name: str,
        wanted: Columns,
        rows: Sequence[Row],
        shapes: Iterable[Shape] | None,
        kind: str | None,
    ) -> None:
        from pyogrio.raw import write as write_layer  # type: ignore[import-untyped]

        arrays, masks = [], []
        for column, type_ in wanted.items():
            values, mask = _column([row.get(column) for row in rows], type_)
            arrays.append(values)
            masks.append(mask)
        utc = np.full(len(rows), UTC_OF_GDAL, np.int32)
        geometry = None if shapes is None else _wkb(shapes, multi=(kind or "").startswith("Multi"))
        write_layer(
            self._path,
            geometry,
            arrays,
            list(wanted),
            field_mask=masks,
            layer=name,
            driver="GPKG",
            geometry_type=kind,
            crs=None if geometry is None else "EPSG:4326",
            dataset_metadata=self._metadata,
            gdal_tz_offsets={name: utc for name, type_ in wanted.items() if type_ is datetime},
        )


def _column(values: Sequence[object], type_: type) -> tuple[Array, Array | None]:
    """A column as GDAL takes it: its values, and where they are missing (None where the values
    say so themselves)."""
    if type_ is datetime:
        moments = [None if v is None else _naive(v) for v in values]
        return np.array(moments, dtype="datetime64[ms]"), None
    if type_ is float:
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64), None
    if type_ is int:
        missing = np.array([v is None for v in values], dtype=bool)
        return np.array([v or 0 for v in values], dtype=np.int64), missing
    texts = [shortened(visible(str(v))) if v not in (None, "") else None for v in values]
    column: Array = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column, None


def _naive(moment: object) -> datetime:
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC).replace(tzinfo=None)


def _point(geometry: Shape) -> Shape:
    """A point for a layer of points: of an area or line, one that lies on it."""
    if geometry is None or geometry["type"] == "Point":
        return geometry
    from shapely.geometry import mapping, shape

    found: dict[str, Any] = mapping(shape(geometry).representative_point())
    return found


def _is(geometry: Shape, kind: str) -> bool:
    return geometry is not None and geometry["type"].removeprefix("Multi") == kind


def _wkb(shapes: Iterable[Shape], *, multi: bool) -> Array:
    """Geometries as well-known binary, each of several parts if `multi`."""
    import shapely
    from shapely.geometry import shape

    def parts(geometry: dict[str, Any]) -> dict[str, Any]:
        if not multi or geometry["type"].startswith("Multi"):
            return geometry
        return {"type": "Multi" + geometry["type"], "coordinates": [geometry["coordinates"]]}

    found = [None if s is None else shapely.to_wkb(shape(parts(s))) for s in shapes]
    column: Array = np.empty(len(found), dtype=object)
    column[:] = found
    return column
