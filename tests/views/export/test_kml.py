"""KML: the order of OGC 07-147r2, nothing fetched, read back by GDAL's libkml."""

from __future__ import annotations

import html

import pyogrio
import pytest
from lxml import etree

from masthead.views.export import Content
from ran_cases import SCRIPT

KML, GX = "{http://www.opengis.net/kml/2.2}", "{http://www.google.com/kml/ext/2.2}"
FEATURE = ["name", "visibility", "open", "author", "link", "address", "phoneNumber", "Snippet",
           "description", "LookAt", "TimeSpan", "styleUrl", "Style", "Region",
           "ExtendedData"]  # fmt: skip
GEOMETRY = ["Point", "LineString", "Polygon", "MultiGeometry", "Track"]
ORDER = {
    "kml": ["Document"],
    "Document": [*FEATURE, "Schema", "Folder"],
    "Folder": [*FEATURE, "Folder", "Placemark"],
    "Placemark": [*FEATURE, *GEOMETRY],
    "Style": ["IconStyle", "LabelStyle", "LineStyle", "PolyStyle", "BalloonStyle", "ListStyle"],
    "IconStyle": ["color", "colorMode", "scale", "heading", "Icon", "hotSpot"],
    "LabelStyle": ["color", "colorMode", "scale"],
    "LineStyle": ["color", "colorMode", "width"],
    "PolyStyle": ["color", "colorMode", "fill", "outline"],
    "BalloonStyle": ["bgColor", "textColor", "text", "displayMode"],
    "TimeSpan": ["begin", "end"],
    "ExtendedData": ["Data", "SchemaData"],
    "Data": ["displayName", "value"],
    "Point": ["extrude", "altitudeMode", "coordinates"],
    "LineString": ["extrude", "tessellate", "altitudeMode", "coordinates"],
    "LinearRing": ["extrude", "tessellate", "altitudeMode", "coordinates"],
    "Polygon": ["extrude", "tessellate", "altitudeMode", "outerBoundaryIs", "innerBoundaryIs"],
    "outerBoundaryIs": ["LinearRing"], "innerBoundaryIs": ["LinearRing"],
    "MultiGeometry": ["Point", "LineString", "Polygon", "MultiGeometry"],
    "Track": ["altitudeMode", "when", "coord"],
}  # fmt: skip
"""The children each element may have, in their order (clauses 9 to 16 of the standard)."""


@pytest.fixture
def root(anything: Content, write) -> etree._Element:
    path = write(anything, "kml", "events", "incidents", "zones", "tracks")
    return etree.parse(path).getroot()


def test_elements_come_in_the_order_of_the_standard(root: etree._Element) -> None:
    for element in root.iter():
        name = etree.QName(element).localname
        order = ORDER.get(name, [])
        places = [order.index(etree.QName(child).localname) for child in element]
        assert places == sorted(places), name
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for url in root.iter(f"{KML}styleUrl"):
        assert url.text[1:] in ids


def test_nothing_is_fetched(root: etree._Element) -> None:
    assert not list(root.iter(f"{KML}href", f"{KML}Icon", f"{KML}NetworkLink"))


def test_descriptions_are_text(worst: Content, write) -> None:
    root = etree.parse(write(worst, "kml")).getroot()
    shown = [d.text for d in root.iter(f"{KML}description")]
    assert any(html.escape(SCRIPT[:25]) in text for text in shown)
    for text in shown:
        bare = etree.HTML(f"<p>{text}</p>")
        assert {e.tag for e in bare.iter()} <= {"html", "body", "p", "br"}
        assert "$[" not in text
    (balloon,) = {b.text for b in root.iter(f"{KML}text")}
    assert balloon == "$[description]"


def test_a_track_has_a_place_for_each_time(three: Content, write) -> None:
    root = etree.parse(write(three, "kml", "tracks")).getroot()
    tracks = list(root.iter(f"{GX}Track"))
    assert len(tracks) >= 43
    for track in tracks:
        times = [w.text for w in track.iter(f"{KML}when")]
        assert times == sorted(times)
        assert len(times) == len(list(track.iter(f"{GX}coord"))) > 0


def test_gdal_reads_it_back(three: Content, write) -> None:
    path = write(three, "kml", "events", "incidents")
    count = 0
    for layer, _ in pyogrio.list_layers(path):
        meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
        table = dict(zip(meta["fields"], columns, strict=True))
        count += len(shapes)
        if len(shapes):
            assert set(table["ledger_head"]) == {three.head}
    assert count == len(three.events) + len(three.incidents)
