"""What is taken, the command, its errors."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.case import load_case
from masthead.cli import app
from masthead.errors import MastheadError
from masthead.ledger import Ledger
from masthead.views.export import Content, export
from ran_cases import three_reports


def asked(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["export", str(three_reports()), *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def table(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(asked("-f", "csv", "-o", "-", *arguments))))


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["export", str(three_reports()), *arguments])
    assert done.exit_code != 0
    return str(done.exception or done.output)


def test_only_takes_incidents_acts_and_senses() -> None:
    found = list(csv.DictReader(io.StringIO(asked("-f", "csv", "-o", "-", "--only", "seizure"))))
    assert {r["incident"] for r in found} == {"seizure"}
    found = list(
        csv.DictReader(io.StringIO(asked("-f", "csv", "-o", "-", "--only", "ACCUSE,track")))
    )
    assert {r["act"] or r["sense"] for r in found} == {"ACCUSE", "track"}
    told = json.loads(asked("-f", "geojson", "-o", "-", "--only", "boarding"))["features"]
    kinds = [(f["properties"]["kind"], f["properties"]["incident"]) for f in told]
    assert kinds.count(("incident", "boarding")) == 1
    assert {k for _, k in kinds} == {"boarding"}


def test_a_period_keeps_what_may_have_happened_in_it() -> None:
    found = table("--from", "2026-06-03", "--until", "2026-06-03")
    assert 0 < len(found) < len(table())
    for row in found:
        assert not row["latest"] or row["latest"] >= "2026-06-03"
        assert not row["earliest"] or row["earliest"] <= "2026-06-03T23:59:59Z"
    tracks = asked("-f", "csv", "-o", "-", "--what", "tracks", "--from", "2026-06-02",
                   "--until", "2026-06-02").splitlines()  # fmt: skip
    assert {line.split(",")[1][:10] for line in tracks[1:]} == {"2026-06-02"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "csv", "-o", "-", "--only", "seizzure"], "did you mean 'seizure'?"),
        (["-f", "csv", "-o", "-", "--what", "events,ships"], "csv holds one of events"),
        (["-f", "kml", "-o", "x.kml", "--what", "ships"], "kml holds events, incidents"),
        (["-f", "gpkg", "-o", "-"], "is a file; name one"),
        (["-f", "csv", "-o", "/no/such/folder/x.csv"], "cannot be written"),
        (["-f", "csv", "-o", "-", "--from", "2026-06-03", "--until", "2026-06-01"], "ends before"),
    ],
)
def test_errors_say_what_was_expected(arguments: list[str], said: str) -> None:
    assert said in refused(*arguments)


def test_the_case_itself_is_never_overwritten(tmp_path: Path) -> None:
    case = load_case(three_reports())
    for path in (case.path, case.ledger_path, case.lake_path / "lake.json", tmp_path):
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(MastheadError), Ledger.open(case.ledger_path, read_only=True) as ledger:
            export(Content(case, ledger), "csv", path)
        assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_a_failed_export_leaves_the_old_file(tmp_path: Path, three: Content, form: str) -> None:
    target = tmp_path / "x"
    target.write_text("old")
    broken = Content(three.case, three._ledger)
    broken.events = (*three.events, None)  # type: ignore[misc, assignment]
    with pytest.raises(AttributeError):
        export(broken, form, target, frozenset({"events"}))
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
