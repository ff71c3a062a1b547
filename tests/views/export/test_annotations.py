"""Web Annotations: both selectors of every span point at the same words."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from masthead.model import from_json
from masthead.views.export import Content
from masthead.views.export.web_annotations import AROUND

TERMS = {
    "@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type",
    "items": {"@id": "http://www.w3.org/ns/activitystreams#items", "@type": "@id"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "target": {"@id": "http://www.w3.org/ns/oa#hasTarget", "@type": "@id"},
    "body": {"@id": "http://www.w3.org/ns/oa#hasBody", "@type": "@id"},
    "selector": {"@id": "http://www.w3.org/ns/oa#hasSelector", "@type": "@id"},
    "source": {"@id": "http://www.w3.org/ns/oa#hasSource", "@type": "@id"},
}  # fmt: skip
"""What is needed of the published context, which a test must not fetch."""


def test_selectors_point_at_the_words(anything: Content, write) -> None:
    page = json.loads(write(anything, "annotations").read_text("utf-8"))
    assert page["type"] == "AnnotationPage"
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["items"]
    for item in page["items"]:
        assert item["type"] == "Annotation"
        record = from_json(item["body"][1]["value"])
        assert item["id"] == f"urn:masthead:event:{record.id}"
        assert len(item["target"]) == len(list(record.spans()))
        for target in item["target"]:
            name = unquote(target["source"]["id"].removeprefix("urn:masthead:document:"))
            text = anything.documents[name].text
            position, quoted = target["selector"]
            start, end = position["start"], position["end"]
            assert quoted["exact"] == text[start:end].replace("\ufffe", "\ufffd")
            assert text[:start].replace("\ufffe", "\ufffd").endswith(quoted["prefix"])
            assert text[end:].replace("\ufffe", "\ufffd").startswith(quoted["suffix"])
            assert len(quoted["prefix"]) == min(AROUND, start)


def test_only_what_was_read_is_annotated(three: Content, write) -> None:
    page = json.loads(write(three, "annotations").read_text("utf-8"))
    assert len(page["items"]) == sum(e.sense != "track" for e in three.events)


def test_it_is_linked_data(three: Content, write) -> None:
    rdflib = pytest.importorskip("rdflib")
    page = json.loads(write(three, "annotations").read_text("utf-8"))
    page["@context"][0] = TERMS
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    annotations = set(graph.subjects(rdflib.RDF.type, oa.Annotation))
    assert len(annotations) == len(page["items"])
    targets = sum(len(item["target"]) for item in page["items"])
    assert len(set(graph.subjects(rdflib.RDF.type, oa.TextPositionSelector))) == targets
    heads = set(graph.objects(None, rdflib.URIRef("urn:masthead:ledgerHead")))
    assert {str(h) for h in heads} == {three.head}
