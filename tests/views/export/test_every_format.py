"""What holds for every format: a claim keeps its speaker and status, and a file says its ledger."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from pyogrio.raw import read

from masthead.cli.exporting import ExportFormat
from masthead.judgement import Finding
from masthead.model import Event, TextSpan
from masthead.views.export import FORMATS, Content
from masthead.views.visible import cell, shortened, visible, whole

KML = "{http://www.opengis.net/kml/2.2}"


class Told(NamedTuple):
    """What a file says of an event."""

    status: str
    said: str
    evidence: str
    head: str


def of_geojson(path: Path) -> Iterator[tuple[str, Told]]:
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        p = feature["properties"]
        if p["kind"] == "event":
            said = " > ".join(link["who"] or "" for link in p["attribution"])
            words = " | ".join(e.get("text", "") for e in p["evidence"])
            yield feature["id"], Told(p["status"], said, words, p["ledger_head"])


def of_csv(path: Path) -> Iterator[tuple[str, Told]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["id"], Told(row["status"], row["said_by"], row["evidence"],
                                  row["ledger_head"])  # fmt: skip


def of_plover(path: Path) -> Iterator[tuple[str, Told]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["event_id"], Told(row["status"], row["reported_by"], row["text"],
                                        row["ledger_head"])  # fmt: skip


def of_kml(path: Path) -> Iterator[tuple[str, Told]]:
    for mark in etree.parse(path).iter(f"{KML}Placemark"):
        if mark.get("id").startswith("event-"):
            row = {d.get("name"): d.findtext(f"{KML}value") for d in mark.iter(f"{KML}Data")}
            yield row["id"], Told(row["status"], row.get("said_by", ""), row.get("evidence", ""),
                                  row["ledger_head"])  # fmt: skip


def of_gpkg(path: Path) -> Iterator[tuple[str, Told]]:
    meta, _, _, columns = read(path, layer="events")
    table = dict(zip(meta["fields"], columns, strict=True))
    for n, id_ in enumerate(table["id"]):
        yield id_, Told(table["status"][n], table["said_by"][n] or "", table["evidence"][n] or "",
                        table["ledger_head"][n])  # fmt: skip


def of_ftm(path: Path) -> Iterator[tuple[str, Told]]:
    entities = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    speakers: dict[str, list[str]] = {}
    names = {e["id"]: e["properties"]["name"][0] for e in entities if "name" in e["properties"]}
    for e in entities:
        if e["schema"] == "UnknownLink" and e["properties"]["role"] == ["speaker"]:
            speakers.setdefault(e["properties"]["object"][0], []).append(
                names[e["properties"]["subject"][0]]
            )
    for e in entities:
        if e["schema"] == "Event" and e["id"].startswith("mh-event-"):
            p = e["properties"]
            (status,) = [k[8:] for k in p["keywords"] if k.startswith("status: ")]
            (head,) = [n[16:] for n in p["notes"] if n.startswith("Masthead ledger ")]
            yield p["recordId"][0], Told(status, " > ".join(speakers.get(e["id"], [])),
                                         "".join(p["description"]), head)  # fmt: skip


def of_annotations(path: Path) -> Iterator[tuple[str, Told]]:
    for item in json.loads(path.read_text("utf-8"))["items"]:
        record = json.loads(item["body"][1]["value"])
        said = " > ".join(link["who"] or "" for link in record["attribution"])
        words = [t["selector"][1]["exact"] for t in item["target"]
                 if t["masthead:role"] == "evidence"]  # fmt: skip
        assert item["masthead:status"] == record["status"]
        yield record["id"], Told(record["status"], said, " | ".join(words),
                                 item["masthead:ledgerHead"])  # fmt: skip


READERS: dict[str, Callable[[Path], Iterator[tuple[str, Told]]]] = {
    "geojson": of_geojson, "csv": of_csv, "plover": of_plover, "kml": of_kml, "gpkg": of_gpkg,
    "ftm": of_ftm, "annotations": of_annotations,
}  # fmt: skip


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS)
    assert {form.value for form in ExportFormat} == set(FORMATS), "the command's own list"


@pytest.mark.parametrize("form", FORMATS)
def test_a_claim_keeps_its_speaker_status_and_evidence(three: Content, write, form: str) -> None:
    told = dict(READERS[form](write(three, form)))
    wanted = [e for e in three.events if _fits(e, form)]
    assert wanted
    assert set(told) == {e.id for e in wanted}
    for event in wanted:
        found = told[event.id]
        assert found.status == event.status
        assert found.head == three.head
        for piece in event.evidence:
            if isinstance(piece, TextSpan):
                assert piece.text in found.evidence
        for link in event.attribution:
            assert link.who is not None
            assert link.who in found.said


def _fits(event: Event, form: str) -> bool:
    if form == "plover":
        return event.act is not None
    return form != "annotations" or event.sense != "track"


def test_no_name_of_an_event_is_a_bare_fact(three: Content, write) -> None:
    root = etree.parse(write(three, "kml", "events")).getroot()
    names = {m.get("id")[6:]: m.findtext(f"{KML}name") for m in root.iter(f"{KML}Placemark")}
    lines = write(three, "ftm").read_text("utf-8").split("\n")[:-1]
    found = {e["properties"].get("recordId", [""])[0]: e["properties"]["name"][0]
             for e in map(json.loads, lines) if e["schema"] == "Event"}  # fmt: skip
    for event in three.events:
        if event.sense != "track":
            who = event.attribution[0].who if event.attribution else three.outlet_of(event)
            assert who
            assert who in names[event.id]
            assert who in found[event.id]
    for incident in three.incidents:
        assert f"told as {incident.state}" in found[incident.id]


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_document_stays_text(worst: Content, write, form: str) -> None:
    path = write(worst, form)
    told = dict(READERS[form](path))
    for event in worst.events:
        (piece,) = event.evidence
        assert isinstance(piece, TextSpan)
        words = {
            "csv": cell(piece.text), "plover": cell(piece.text),
            "gpkg": shortened(visible(piece.text)), "kml": shortened(visible(piece.text), 4000),
        }.get(form, whole(piece.text))  # fmt: skip
        if form == "ftm":
            words = shortened(words.replace("\x00", "\u2400"), 65_000)
        found = told[event.id].evidence
        if form in ("csv", "kml"):  # their parsers bring line ends to one form
            found, words = " ".join(found.split()), " ".join(words.split())
        assert found == words
    if form not in ("gpkg", "geojson", "annotations", "ftm"):
        assert not set("\x00\x07\x1b\x0b\x9b\u202e\u2066") & set(path.read_text("utf-8"))


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "gpkg"])
def test_the_same_ledger_gives_the_same_file(anything: Content, write, form: str) -> None:
    once = write(anything, form).read_bytes()
    assert write(anything, form).read_bytes() == once


@pytest.mark.parametrize("form", ["geojson", "kml", "csv", "ftm", "gpkg"])
def test_incidents_go_with_their_verdicts(three: Content, write, form: str) -> None:
    path = write(three, form, "incidents")
    content = path.read_bytes().decode("utf-8", "replace")
    findings = {v.finding for v in three.verdicts.values()}
    assert findings >= {Finding.CORROBORATED, Finding.CONTRADICTED, Finding.NOT_CHECKABLE}
    for finding in findings:
        assert str(finding) in content or str(finding).replace("_", " ") in content
    for incident in three.incidents:
        assert incident.id in content
