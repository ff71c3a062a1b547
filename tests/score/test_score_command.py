"""`masthead score`, end to end: a small play is run and scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.cli import app, main

RUN = CliRunner()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("play") / "day"
    for arguments in (["simulate", "small", "--out", str(folder)], ["run", f"{folder}/case.toml"]):
        done = RUN.invoke(app, arguments)
        assert done.exit_code == 0, done.output
    return folder


def test_a_play_is_scored(played: Path) -> None:
    done = RUN.invoke(app, ["score", str(played), "--format", "json"])
    assert done.exit_code == 0, done.output
    tracks = next(t for t in json.loads(done.stdout)["tables"] if t["title"] == "Tracks")
    types = {t["name"]: t for t in tracks["types"]}
    # what the tracks of a day of twenty ships surely show: ships calling at ports
    assert types["port_call"]["true"] > 0
    assert types["port_call"]["receivable_recall"] > 0.5
    page = RUN.invoke(app, ["score", str(played / "case.toml"), "--format", "html"])
    assert page.stdout.startswith("<!doctype html>")
    table = RUN.invoke(app, ["score", str(played)])
    assert "port call" in table.stdout


def test_a_case_without_a_truth_is_told_so(
    played: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = played / "truth.jsonl"
    kept = truth.rename(played / "elsewhere")
    monkeypatch.setattr("sys.argv", ["masthead", "score", str(played)])
    with pytest.raises(SystemExit) as left:
        main()
    kept.rename(truth)
    assert left.value.code == 1
    assert "truth.jsonl" in capsys.readouterr().err
