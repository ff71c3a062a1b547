"""The command that holds a run against a known truth: score."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from masthead.case import load_case
from masthead.cli.app import app
from masthead.cli.cases import open_ledger
from masthead.cli.output import results


class ScoreFormat(StrEnum):
    """How the score is written."""

    TERM = "term"
    HTML = "html"
    JSON = "json"


@app.command(epilog="Example: masthead score day --format html > score.html")
def score(
    case: Annotated[
        Path, typer.Argument(metavar="DIR_OR_CASE", help="A simulated folder, or its case file.")
    ],
    form: Annotated[
        ScoreFormat, typer.Option("--format", "-f", help="How to write it.")
    ] = ScoreFormat.TERM,
) -> None:
    """Score a run of a simulated case against its truth: precision, recall, errors."""
    from masthead.score import score_case
    from masthead.views.score.html import to_html, to_json
    from masthead.views.score.terminal import print_score

    loaded = load_case(case / "case.toml" if case.is_dir() else case)
    with open_ledger(loaded) as ledger:
        found = score_case(loaded, ledger)
    if form is ScoreFormat.TERM:
        print_score(found, results)
    else:
        typer.echo(to_html(found) if form is ScoreFormat.HTML else to_json(found))
