"""A document that does its worst, in every export and every form of the brief: all of it is text.

Of every word of an event: scripts, event handlers, formulas, escape sequences, direction overrides,
non-characters, a line of a megabyte (`ran_cases.hostile`). tests/page/test_hostile.py opens the
same case in a browser.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pyogrio
import pytest
from lxml import etree, html
from typer.testing import CliRunner

from masthead.case import load_case
from masthead.cli import app
from masthead.ledger import Ledger
from masthead.views.export import FORMATS, Content, export
from masthead.views.visible import FORMULA as BEGINS_FORMULA
from ran_cases import FORMULA, SCRIPT, hostile

HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that show nothing, and steer a terminal or turn the line around."""

SPREADSHEET_CELL = 32_767


@pytest.fixture(scope="module")
def worst() -> Iterator[Content]:
    case = load_case(hostile())
    with Ledger.open(case.ledger_path, create=False, read_only=True) as ledger:
        yield Content(case, ledger)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain(value.keys(), *map(_strings, value.values()))
    elif isinstance(value, list):
        yield from chain(*map(_strings, value))


def check_rows(path: Path) -> str:
    """CSV: no cell is a formula, is too long or hides anything."""
    csv.field_size_limit(10_000_000)
    text = path.read_bytes().decode("utf-8")
    for row in csv.reader(text.splitlines(keepends=True)):
        for cell in row:
            number = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)
            assert number or not cell.startswith(BEGINS_FORMULA), cell[:80]
            assert len(cell) <= SPREADSHEET_CELL
            assert not HIDDEN.search(cell)
    return text


def check_json(path: Path) -> str:
    """JSON: valid as it stands, line by line or whole; no address is a script."""
    text = path.read_bytes().decode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f]", text), "JSON escapes them"
    records = text.split("\n")[:-1] if path.name.endswith(".ftm.json") else [text]
    strings = [s for record in records for s in _strings(json.loads(record))]
    assert not any(s.startswith("javascript:") for s in strings)
    return "\n".join(strings)


def check_kml(path: Path) -> str:
    """KML: well-formed; no element but KML's, and in its balloons none but line breaks."""
    root = etree.parse(path, etree.XMLParser(huge_tree=True, resolve_entities=False)).getroot()
    allowed = {"http://www.opengis.net/kml/2.2", "http://www.google.com/kml/ext/2.2"}
    for element in root.iter():
        assert etree.QName(element).namespace in allowed
        assert etree.QName(element).localname not in ("script", "NetworkLink", "Icon", "href")
        if etree.QName(element).localname == "description":
            balloon = html.fragment_fromstring(element.text or "", create_parent="div")
            assert {e.tag for e in balloon.iter()} <= {"div", "br"}
    text = path.read_text("utf-8")
    assert not HIDDEN.search(text)
    return "\n".join(chain(root.itertext(), *(e.attrib.values() for e in root.iter())))


def check_layers(path: Path) -> str:
    """GeoPackage: no cell hides anything."""
    cells = []
    for layer, _ in pyogrio.list_layers(path):
        _, _, _, columns = pyogrio.raw.read(path, layer=layer)
        cells += [str(v) for column in columns for v in column if isinstance(v, str)]
    assert not any(HIDDEN.search(c) or len(c) > SPREADSHEET_CELL for c in cells)
    return "\n".join(cells)


CHECKS: dict[str, Callable[[Path], str]] = {
    "geojson": check_json, "csv": check_rows, "ftm": check_json, "kml": check_kml,
    "gpkg": check_layers, "plover": check_rows, "annotations": check_json,
}  # fmt: skip
"""For each format, what must hold of its file; they give all that the file shows."""


@pytest.mark.parametrize("form", FORMATS)
def test_in_every_export_it_is_text(worst: Content, tmp_path: Path, form: str) -> None:
    assert set(CHECKS) == set(FORMATS), "a new format has a check here"
    one = FORMATS[form].one
    for what in [{w} for w in FORMATS[form].holds] if one else [set(FORMATS[form].holds)]:
        path = tmp_path / f"case{FORMATS[form].suffix}"
        export(worst, form, path, frozenset(what))
        shown = CHECKS[form](path)
        if "events" in what:
            assert "alert('x')" in shown.replace("''", "'"), "what it says is not left out"
            assert "HYPERLINK" in shown


def asked(*arguments: str) -> str:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("command", ["brief", "check", "show", "verify"])
def test_a_terminal_is_not_steered(worst: Content, command: str) -> None:
    case = str(hostile())
    calls = [(command, case)]
    if command == "show":
        calls = [(command, event.id, case) for event in worst.events]
    for call in calls:
        said = asked(*call)
        assert said
        found = HIDDEN.search(said)
        assert found is None, said[max(0, found.start() - 40) : found.end() + 40]


@pytest.mark.parametrize("form", ["table", "csv", "plover"])
def test_reading_it_steers_no_terminal(tmp_path: Path, form: str) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "date 2026-06-03\n\nThe Carthian Navy seized the tanker \u202eAmber Tern\u202c on Tuesday, "
        "a \x1b[31mspokesman\x1b[0m\x9b2J said.\n", "utf-8",
    )  # fmt: skip
    assert not HIDDEN.search(asked("read", str(report), "--format", form))


def test_in_markdown_it_is_text(worst: Content, tmp_path: Path) -> None:
    out = tmp_path / "brief.md"
    asked("brief", str(hostile()), "--format", "md", "--out", str(out))
    text = out.read_text("utf-8")
    assert not HIDDEN.search(text)
    assert not re.search(r"(?<!\\)<(?!!--)[a-zA-Z/!]", text), "every bracket is escaped"
    assert not re.search(r"(?<!\\)\]\((?!brief-)", text), "no link but to its own pictures"


@pytest.mark.parametrize("desk", ["--desk", "--no-desk"])
def test_in_a_page_it_is_text(tmp_path: Path, desk: str) -> None:
    out = tmp_path / "brief.html"
    asked("brief", str(hostile()), "--format", "html", desk, "--out", str(out))
    text = out.read_text("utf-8")
    page = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    assert SCRIPT[:25] in page.text_content()
    assert FORMULA in page.text_content()
    for element in page.iter(etree.Element):
        assert not [name for name in element.attrib if name.startswith("on")], element.tag
        for name in ("href", "src", "action", "style"):
            value = element.get(name, "#")
            assert value.startswith(("#", "data:image/png")), (element.tag, name, value[:60])
    scripts = [s for s in page.iter("script") if s.get("type") is None]
    assert len(scripts) == (1 if desk == "--desk" else 0)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    body = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert not HIDDEN.search(body)
