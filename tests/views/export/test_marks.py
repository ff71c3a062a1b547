"""The analyst's marks go with what they are on, in every format, with their kind and time."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from followthemoney import model
from lxml import etree
from pyogrio.raw import read

from masthead.case import load_case
from masthead.ledger import Ledger
from masthead.ledger.marks import Mark, MarkKind, add_mark
from masthead.ledger.merge import incidents_of
from masthead.views.export import FORMATS, Content
from masthead.views.export.provenance import mark_in_words
from masthead.views.opening import OpenCase
from ran_cases import FORMULA, SCRIPT, three_reports

KML = "{http://www.opengis.net/kml/2.2}"
Borne = dict[str, str]
"""What a file says that things bear, by their ids: the words of all marks."""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Content]:
    """Three reports with a mark of every kind, on an event, an incident, a document, a ship; two
    incidents are ruled to be one, and the analyst's words are hostile."""
    folder = tmp_path_factory.mktemp("marked") / "case"
    shutil.copytree(three_reports().parent, folder)
    case = load_case(folder / "case.toml")
    with Ledger.open(case.ledger_path) as ledger:
        event = next(e for e in ledger.events(sense="report") if e.act)
        add_mark(ledger, event.id, MarkKind.DISPUTE, text=f"{FORMULA} {SCRIPT} not so")
        add_mark(ledger, event.id, MarkKind.CONFIRM)
        add_mark(ledger, event.evidence[0].document, MarkKind.NOTE, text="the second edition")
        add_mark(ledger, str(ledger.ships()[0]["mmsi"]), MarkKind.STAR, text="seen before")
        one, two = incidents_of(ledger, case)[:2]
        add_mark(ledger, one.id, MarkKind.STAR, text="the first", groups=[one.events])
        add_mark(ledger, one.id, MarkKind.MERGE, others=[two.id], groups=[one.events, two.events])
    with Ledger.open(case.ledger_path, read_only=True) as ledger:
        yield Content(case, ledger)


def of_geojson(path: Path) -> Borne:
    found = json.loads(path.read_text("utf-8"))["features"]
    return {
        f.get("id") or str(f["properties"]["mmsi"]): json.dumps(
            f["properties"].get("marks"), ensure_ascii=False
        )
        for f in found
        if f["properties"]["kind"] != "zone"
    }


def of_csv(path: Path) -> Borne:
    with path.open(encoding="utf-8", newline="") as stream:
        return {r.get("id") or r.get("event_id") or r["mmsi"]: r["marks"]
                for r in csv.DictReader(stream)}  # fmt: skip


def of_kml(path: Path) -> Borne:
    found = {}
    for mark in etree.parse(path).iter(f"{KML}Placemark"):
        row = {d.get("name"): d.findtext(f"{KML}value") for d in mark.iter(f"{KML}Data")}
        words = row.get("marks", "")
        if words:
            assert "The analyst&#x27;s mark" in mark.findtext(f"{KML}description")
        found[row.get("id") or row.get("mmsi")] = words
    return found


def of_gpkg(path: Path) -> Borne:
    found = {}
    for layer in ("events", "incidents", "ships"):
        meta, _, _, columns = read(path, layer=layer)
        table = dict(zip(meta["fields"], columns, strict=True))
        ids = table["id" if "id" in table else "mmsi"]
        found |= {str(i): words or "" for i, words in zip(ids, table["marks"], strict=True)}
    return found


def of_ftm(path: Path) -> Borne:
    things = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    named = {}
    for e in things:
        p = e["properties"]
        named[e["id"]] = p.get("recordId", p.get("fileName", p.get("mmsi", [None])))[0]
    found: Borne = {}
    for e in things:
        if e["schema"] == "Note":
            model.get("Note").validate(e)
            assert e["properties"]["createdAt"]
            for thing in e["properties"]["entity"]:
                found[named[thing]] = (
                    found.get(named[thing], "") + e["properties"]["description"][0]
                )
    return found


def of_annotations(path: Path) -> Borne:
    found: Borne = {}
    for item in json.loads(path.read_text("utf-8"))["items"]:
        bodies = item["body"] if isinstance(item["body"], list) else [item["body"]]
        about = [item["id"]]
        if item["id"].startswith("urn:masthead:mark:"):
            assert item["created"].endswith("Z")
            about = [t if isinstance(t, str) else t["id"] for t in item["target"]]
        for body in bodies:
            if "creator" in body:
                assert body["creator"] == {"type": "Person", "name": "The analyst"}
                assert body["created"].endswith("Z")
                for one in about:
                    name = one.split(":", 3)[3].replace("%2F", "/")
                    found[name] = found.get(name, "") + body["value"]
    return found


READERS: dict[str, Callable[[Path], Borne]] = {
    "geojson": of_geojson, "csv": of_csv, "plover": of_csv, "kml": of_kml, "gpkg": of_gpkg,
    "ftm": of_ftm, "annotations": of_annotations,
}  # fmt: skip
TABLES = {"csv": ["events", "incidents", "ships"]}
DRAWN = ["events", "incidents", "tracks"]


def borne(content: Content, write, form: str) -> Borne:
    """What a format says that things bear, of all that it can hold."""
    holds = FORMATS[form].holds
    if form in TABLES:
        files = [write(content, form, table) for table in TABLES[form]]
    elif form in ("geojson", "kml"):
        files = [write(content, form, *DRAWN)]
    else:
        files = [write(content, form, *holds)]
    found: Borne = {}
    for path in files:
        found |= READERS[form](path)
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_marks_are_on_what_they_were_made_on(marked: Content, write, form: str) -> None:
    found = borne(marked, write, form)
    dispute, confirm, note, ship, star, merge = marked.marked.all
    assert {m.kind for m in marked.marked.all} >= set(MarkKind) - {MarkKind.SPLIT}
    for mark in (dispute, confirm):
        assert mark.kind in found[mark.about]
    assert "not so" in found[dispute.about]
    for group in merge.groups:
        for event in group:
            if event in found or form != "plover":  # an event without an act has no row
                assert "merge" in found[event]
    if "incidents" in FORMATS[form].holds:
        one = next(i for i in marked.incidents if set(merge.groups[0]) <= set(i.events))
        assert one.id not in (merge.about, *merge.others), "it is another incident now"
        assert "the first" in found[one.id]
        assert "merge" in found[one.id]
    if form == "annotations":
        assert all("the first" in found[e] for e in star.groups[0])
    if form in ("ftm", "annotations"):
        assert "the second edition" in found[note.about]
    if form not in ("plover", "annotations"):
        assert "seen before" in found[ship.about]


@pytest.mark.parametrize("form", FORMATS)
def test_what_the_analyst_writes_is_text(marked: Content, write, form: str) -> None:
    words = borne(marked, write, form)[marked.marked.all[0].about]
    whole = json.loads(words)[0]["text"] if form == "geojson" else words
    assert SCRIPT in whole
    assert not whole.startswith("=") or form == "geojson"
    if form == "kml":
        text = write(marked, form, *DRAWN).read_text("utf-8")
        assert "<script" not in text
        assert "&amp;lt;script" in text


def test_every_mark_has_a_row_of_its_own(marked: Content, write) -> None:
    with write(marked, "csv", "marks").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(int(r["id"]), r["kind"], r["about"]) for r in rows] == [
        (m.id, str(m.kind), m.about) for m in marked.marked.all
    ]
    assert {r["ledger_head"] for r in rows} == {marked.head}
    assert all(r["made_at"].endswith("Z") for r in rows)
    assert rows[0]["text"].startswith("'="), "a spreadsheet shows it, and does not run it"
    meta, _, _, columns = read(write(marked, "gpkg", "marks"), layer="marks")
    table = dict(zip(meta["fields"], columns, strict=True))
    assert table["kind"].tolist() == [r["kind"] for r in rows]
    with OpenCase(marked.case.path) as case:
        assert case.marks["text"].to_list() == [m.text for m in marked.marked.all]


def test_a_ruling_names_the_events_that_it_sets_together_or_apart() -> None:
    moment = "2026-06-03 10:00Z"
    common = {"id": 1, "about": "i", "made_at": datetime(2026, 6, 3, 10, tzinfo=UTC)}
    merge = Mark(kind=MarkKind.MERGE, groups=(("a", "b"), ("c",)), **common)
    split = Mark(kind=MarkKind.SPLIT, groups=(("a",), ("b",)), text="two ships", **common)
    assert mark_in_words(merge) == f"merge ({moment}): a b + c"
    assert mark_in_words(split) == f"split ({moment}): a / b: two ships"
