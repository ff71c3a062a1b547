"""The command line as a user meets it: one end-to-end test a command, on the first watch."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WATCH = ROOT / "examples" / "first-watch"


def masthead(
    *arguments: str, stdin: str = "", code: int = 0, folder: Path | None = None
) -> tuple[str, str]:
    """Run the command; its output and what it said on stderr."""
    done = subprocess.run(
        [sys.executable, "-c", "from masthead.cli import main; main()", *arguments],
        input=stdin, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "COLUMNS": "150", "NO_COLOR": "1"},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout, done.stderr


@pytest.fixture(scope="session")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the first watch that was run; its case file."""
    folder = tmp_path_factory.mktemp("watch") / "first-watch"
    shutil.copytree(WATCH, folder, ignore=shutil.ignore_patterns("ais", "*.lake", "*.ledger*"))
    subprocess.run([sys.executable, str(folder / "make_ais.py")], check=True)
    out, _ = masthead("run", str(folder / "case.toml"))
    assert "First watch: the Velorian blockade" in out
    return folder / "case.toml"


def test_run_again_takes_nothing_new(watch: Path) -> None:
    before = masthead("brief", str(watch), "--format", "md")[0]
    _, said = masthead("run", str(watch), "--quiet")
    assert "0 new from reports, 0 new from tracks, 0 withdrawn" in said
    events = re.compile(r"`\[(\w+)\]`")
    after = masthead("brief", str(watch), "--format", "md")[0]
    assert set(events.findall(before)) == set(events.findall(after))


def test_the_brief_holds_what_the_sources_say(watch: Path) -> None:
    text = masthead("brief", str(watch), "--format", "md", "--all")[0]
    for expected in (
        "## Incidents by ship and place", "## Zones in force", "## Signs in the tracks",
        "## What each side claims", "MERIDIAN STAR", "AIS gap", "NAVAREA II 214/26",
        "impossible jump", "## What could not be read",
    ):  # fmt: skip
        assert expected in text.replace("\\", ""), expected
    assert "torpedo" not in text, "hidden text of a page was read"
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    counted = [line for line in lines if not re.search(r"`\[\w{8,}\]`(\[\^\d+\])*$", line)]
    assert all(re.search(r"\d", line) or "*" not in line for line in counted), counted
    cited = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert cited == set(re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)), "footnotes"


def test_the_brief_as_html_is_whole_and_inert(watch: Path) -> None:
    page = masthead("brief", str(watch), "--format", "html", "--no-desk")[0]
    assert page.startswith("<!doctype html>")
    assert re.findall(r"<script[^>]*>", page) == [
        '<script type="application/json" id="masthead-evidence">'
    ]
    assert "default-src 'none'" in page
    asked = re.findall(r"(?:src|href)=\"(?!#|data:image/png)", page)
    assert not asked, "the page asks for something else"
    assert page.count("data:image/png;base64,") == 2


def test_verify_finds_a_page_that_was_changed(watch: Path, tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    masthead("brief", str(watch), "--format", "html", "--out", str(page))
    assert "as written" in masthead("verify", str(page))[0]
    text = page.read_text("utf-8")
    assert "MERIDIAN STAR" in text
    page.write_text(text.replace("MERIDIAN STAR", "MERIDIAN MOON"), "utf-8")
    assert "seal does not fit" in masthead("verify", str(page), code=1)[1]
    page.write_text("<p>no page of ours</p>", "utf-8")
    assert "carries no evidence" in masthead("verify", str(page), code=1)[1]


def test_a_page_resealed_by_another_hand_still_has_to_hold(watch: Path, tmp_path: Path) -> None:
    from masthead.views.brief.evidence import NO_SEAL, problems_of, seal

    page = tmp_path / "brief.html"
    masthead("brief", str(watch), "--format", "html", "--no-desk", "--out", str(page))
    text = page.read_text("utf-8")
    assert problems_of(text) == []
    changed = re.sub(r'(masthead-seal" content=")\w+', rf"\g<1>{NO_SEAL}", text)
    changed = seal(changed.replace('"status":"asserted"', '"status":"attempted"'))
    assert problems_of(changed)
    assert all("id does not fit" in problem for problem in problems_of(changed))


def test_packed_evidence_is_checked_as_plain_evidence_is(watch: Path, tmp_path: Path) -> None:
    from masthead.views.brief.evidence import (
        NO_SEAL,
        PACKED,
        as_block,
        content_of,
        packed,
        problems_of,
        seal,
    )  # fmt: skip

    page = tmp_path / "brief.html"
    masthead("brief", str(watch), "--format", "html", "--no-desk", "--out", str(page))
    content = content_of(page.read_text("utf-8"))
    assert content is not None

    def told(changed: dict[str, object]) -> list[str]:
        block = packed(as_block(changed))
        return problems_of(seal(
            f'<meta name="masthead-seal" content="{NO_SEAL}">'
            f'<script type="{PACKED}" id="masthead-evidence">{block}</script>'
        ))  # fmt: skip

    assert told(content) == []
    wrong = json.loads(json.dumps(content))
    wrong["documents"][0]["text"] = "nothing happened"
    assert any("does not fit its hash" in problem for problem in told(wrong))
    wrong = json.loads(json.dumps(content))
    wrong["events"][0]["status"] = "denied"
    assert any("id does not fit" in problem for problem in told(wrong))
    for verdict in (wrong := json.loads(json.dumps(content)))["verdicts"]:
        verdict["ratio"] = 7.5
    assert any("its reasons make a ratio" in problem for problem in told(wrong))


def test_show_prints_the_sentence_and_the_track(watch: Path) -> None:
    wire = "reports/2026-05-04-wire.txt"
    lines = masthead("read", wire, "--format", "jsonl", folder=watch.parent)[0].splitlines()
    events = [json.loads(line) for line in lines]
    seized = next(e for e in events if e["incident"] == "seizure")
    out = masthead("show", seized["id"], str(watch))[0]
    assert " ".join(seized["evidence"][0]["text"].split()) in " ".join(out.split())
    record = json.loads(masthead("show", seized["id"], str(watch), "--json")[0])
    assert record["evidence"] == seized["evidence"]
    text = masthead("brief", str(watch), "--format", "md", "--all")[0]
    gap = re.search(r"AIS gap.*`\[(\w+)\]`", text)
    assert gap
    out = masthead("show", gap[1], str(watch))[0]
    assert "MMSI 636019825" in out
    assert "sog kn" in out


def test_read_gives_exact_offsets_and_the_path_as_given(watch: Path) -> None:
    path = str(watch.parent / "reports" / "2026-05-04-wire.txt")
    out, _ = masthead("read", path, "--format", "jsonl")
    text = Path(path).read_text("utf-8")
    events = [json.loads(line) for line in out.splitlines()]
    assert events
    for event in events:
        for piece in event["evidence"]:
            assert piece["document"] == path
            assert text[piece["start"] : piece["end"]] == piece["text"]


@pytest.mark.parametrize("form", ["csv", "plover", "geojson", "table"])
def test_read_in_every_format(watch: Path, form: str) -> None:
    out, _ = masthead("read", str(watch.parent / "reports"), "--format", form)
    assert "seize" in out or "seizure" in out


def test_read_from_stdin_with_a_date() -> None:
    text = "The Norwegian navy seized a trawler on Saturday, officials said."
    out, _ = masthead("read", "-", "--date", "2024-04-15", "--format", "jsonl", stdin=text)
    event = json.loads(out.splitlines()[0])
    assert event["incident"] == "seizure"
    assert event["time"]["earliest"] == "2024-04-13T00:00:00Z"
    assert event["sources"][0]["country"] == "NOR"


def test_explain_names_the_rule(watch: Path) -> None:
    path = str(watch.parent / "reports" / "2026-05-04-wire.txt")
    out, _ = masthead("read", path, "--explain")
    assert "seize" in out


def test_import_and_detect(watch: Path, tmp_path: Path) -> None:
    data = str(watch.parent / "ais" / "first-watch.csv.gz")
    lake = tmp_path / "lake"
    out, _ = masthead("import", data, "--lake", str(lake))
    assert "8,901 positions of 26 ships" in out
    again, _ = masthead("import", data, "--lake", str(lake))
    assert "0 positions" in again
    found, _ = masthead("detect", str(lake), "--only", "gap", "--set", "gap.min_gap_h=6",
                        "--format", "jsonl")  # fmt: skip
    gaps = [json.loads(line) for line in found.splitlines()]
    over = [g["evidence"][0]["mmsi"] for g in gaps if g["time"]["latest"]]
    assert over == [636019825]
    zone = str(watch.parent / "funchal.geojson")
    entries, _ = masthead("detect", data, "--only", "zone_entry", "--zone", zone, "-f", "jsonl")
    assert any('"mmsi":255806114' in line for line in entries.splitlines())
    assert "gap.min_gap_h" in masthead("detect", "--list")[0]


def test_verify_and_backup(watch: Path, tmp_path: Path) -> None:
    out, _ = masthead("verify", str(watch))
    head = out.split()[-1]
    assert "all as written" in out
    copy = tmp_path / "copy.ledger"
    masthead("backup", str(watch), str(copy))
    assert head in masthead("verify", str(copy), "--head", head)[0]
    _, said = masthead("verify", str(copy), "--head", "f" * 64, code=1)
    assert "cut off" in said


def test_new_case_runs_as_it_stands(tmp_path: Path) -> None:
    masthead("new", str(tmp_path / "mine"))
    out, _ = masthead("run", str(tmp_path / "mine" / "case.toml"))
    assert "My first watch" in out
    assert "seizure" in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "nowhere.toml"], 1, "nowhere.toml: cannot be read"),
        (["read", "nowhere.txt"], 1, "nowhere.txt"),
        (["brief", str(WATCH / "none.toml")], 1, "masthead new DIR"),
        (["verify", "nowhere.ledger"], 1, "no ledger is there"),
        (["detect", "nowhere.csv"], 1, "no such file"),
        (["read", "-", "--date", "yesterday"], 2, "is no date"),
        (["red", "x"], 2, "No such command"),
        (["detect", "--only", "gasp", "x.csv"], 1, "gasp"),
    ],
)
def test_errors_are_a_line_and_an_exit_code(arguments: list[str], code: int, said: str) -> None:
    _, err = masthead(*arguments, code=code)
    assert said in " ".join(err.split())
    assert "Traceback" not in err
