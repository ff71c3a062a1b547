"""`masthead demo` on the small scenario: everything is there, and the score is last."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from masthead.cli import app


def test_demo_plays_runs_draws_and_scores(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    done = CliRunner().invoke(app, ["demo", "--scenario", "small", "--out", str(out), "--no-serve"])
    assert done.exit_code == 0, done.output
    assert done.output.index("The situation") < done.output.index("Reports ─")
    assert done.output.index("Reports ─") < done.output.index("Tracks ─")
    for name in ("map.png", "timeline.png", "brief.html", "tellings.jsonl", "case.toml"):
        assert (out / name).stat().st_size > 1000, name
