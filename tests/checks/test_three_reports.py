"""The example of docs/checking.md: borne out, contradicted, and not to be checked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.case import Case, load_case
from masthead.checks import check
from masthead.checks.sightings import Sightings
from masthead.checks.verdict import verdict_on
from masthead.cli import app
from masthead.judgement import Finding, Incident, Verdict
from masthead.ledger import Ledger
from masthead.ledger.merge import incidents_of
from masthead.model import Interval, Vessel
from masthead.tracks.lake import Lake
from masthead.watch import run_case

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "three-reports"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("three") / "case"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("ais", "*.lake", "*.ledger*"))
    subprocess.run([sys.executable, str(folder / "make_ais.py")], check=True)
    loaded = load_case(folder / "case.toml")
    run_case(loaded)
    return loaded


@pytest.fixture(scope="module")
def judged(case: Case) -> dict[str, tuple[Incident, Verdict]]:
    with Ledger.open(case.ledger_path, read_only=True) as ledger:
        incidents = incidents_of(ledger, case)
        verdicts = check(case, ledger, incidents)
    return {i.vessel.name or i.vessel.text: (i, verdicts[i.id]) for i in incidents if i.vessel}


def test_the_boarding_is_borne_out_by_its_signs(
    judged: dict[str, tuple[Incident, Verdict]],
) -> None:
    incident, verdict = judged["Amber Tern"]
    assert (incident.kind, verdict.finding) == ("boarding", Finding.CORROBORATED)
    assert verdict.mmsi == 636021440
    shown = {r.text for r in verdict.reasons if r.events}
    assert any(text.startswith("it lay stopped at sea") for text in shown)
    assert any("another ship was with it" in text for text in shown)


def test_the_seizure_is_contradicted_by_where_the_ship_was(
    case: Case,
    judged: dict[str, tuple[Incident, Verdict]],
) -> None:
    incident, verdict = judged["Cedar Lark"]
    assert (incident.kind, verdict.finding) == ("seizure", Finding.CONTRADICTED)
    (reason,) = verdict.reasons
    assert reason.test == "reach"
    assert float(str(reason.details["short_nm"])) > 250
    assert verdict.tipping is not None
    assert "northeast" in verdict.tipping
    assert incident.scenes
    early, late = re.findall(r"(?:before|after) ([-\d]+ [:\d]+Z)", verdict.tipping)
    sightings = Sightings(Lake(case.lake_path))
    for told, hours in ((early, -1), (early, 1), (late, -1), (late, 1)):
        at = datetime.strptime(told, "%Y-%m-%d %H:%MZ").replace(tzinfo=UTC)
        moment = Interval(earliest=at + timedelta(hours=hours), latest=at + timedelta(hours=hours))
        scenes = tuple(replace(s, time=moment) for s in incident.scenes)
        then = verdict_on(replace(incident, time=moment, scenes=scenes), sightings)
        could = (hours < 0) == (told == early)
        assert (then.finding is not Finding.CONTRADICTED) == could
    assert verdict.probability < 0.1


def test_an_unnamed_tanker_is_most_likely_the_one_that_shows_the_signs(
    case: Case,
    judged: dict[str, tuple[Incident, Verdict]],
) -> None:
    incident, _ = judged["Amber Tern"]
    unnamed = replace(incident, vessel=Vessel(text="a tanker", subtype="tanker"))
    with Ledger.open(case.ledger_path, read_only=True) as ledger:
        sightings = Sightings(Lake(case.lake_path), ledger.events(sense="track"))
    found = verdict_on(unnamed, sightings).candidates
    chances = [candidate.probability for candidate in found]
    assert found[0].mmsi == 636021440
    assert chances == sorted(chances, reverse=True)
    assert 0.5 < chances[0] <= sum(chances) < 1.0


def test_the_fishing_boat_cannot_be_checked_and_it_says_what_is_missing(
    judged: dict[str, tuple[Incident, Verdict]],
) -> None:
    _, verdict = judged["a fishing boat"]
    assert verdict.finding is Finding.NOT_CHECKABLE
    assert verdict.wanted
    assert verdict.ratio == 1.0


def test_the_brief_and_the_command_tell_it(case: Case) -> None:
    run = CliRunner()
    told = run.invoke(app, ["brief", str(case.path), "--format", "md"])
    assert told.exit_code == 0, told.output
    assert told.output.index("The tracks contradict (1)") < told.output.index("bear it out (1)")
    said = run.invoke(app, ["check", str(case.path), "--format", "jsonl"])
    assert said.output.count('"finding"') == 3
    text = "Carthia seized the tanker Amber Tern off Karachi on 2 June 2026."
    said = run.invoke(app, ["check", str(case.path), "--text", text])
    assert "contradicted" in said.output, said.output
    said = run.invoke(app, ["check", str(case.path), "--text", "Carthia condemned Veloria."])
    assert said.exit_code == 1
