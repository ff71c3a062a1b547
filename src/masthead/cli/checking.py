"""The command that sets reported incidents against the tracks: check."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from masthead.case import Case, load_case
from masthead.cli.app import app
from masthead.cli.cases import CaseArgument, open_ledger
from masthead.cli.output import progress_bar, results
from masthead.cli.sources import parse_date
from masthead.judgement import Finding, Incident, Verdict, to_line

STYLES = {
    Finding.CORROBORATED: "green", Finding.CONTRADICTED: "bold red",
    Finding.UNSUPPORTED: "yellow", Finding.NOT_CHECKABLE: "dim",
}  # fmt: skip


class CheckFormat(StrEnum):
    """How verdicts are written."""

    TABLE = "table"
    JSONL = "jsonl"


@app.command(epilog="Example: masthead check case.toml --text 'Iran seized the tanker Blue Heron.'")
def check(
    case: CaseArgument,
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="How to write the verdicts.")
    ] = CheckFormat.TABLE,
    text: Annotated[
        str | None, typer.Option(help="Check what this says, instead of the case's reports.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The date that relative dates of --text count from.")
    ] = None,
) -> None:
    """Set each reported incident against the tracks: corroborated, contradicted, unsupported, or
    not checkable, and why."""
    from masthead.cli.sentence import check_sentence

    loaded = load_case(case)
    if text is not None:
        found = check_sentence(loaded, text, parse_date(date) or loaded.until)
    else:
        found = _all_of(loaded)
    for incident, verdict in found:
        if form is CheckFormat.JSONL:
            typer.echo(to_line(verdict))
        else:
            _print(incident, verdict)


def _all_of(case: Case) -> list[tuple[Incident, Verdict]]:
    """Every incident of a case, with its verdict."""
    from masthead.checks import check as check_all
    from masthead.ledger.merge import incidents_of

    with open_ledger(case) as ledger:
        incidents = incidents_of(ledger, case)
        with progress_bar() as report:
            verdicts = check_all(case, ledger, incidents, progress=report)
    return [(incident, verdicts[incident.id]) for incident in incidents]


def _share(probability: float) -> str:
    """In whole per cent; nothing is certain."""
    if probability > 0.995:
        return "over 99%"
    return "under 1%" if probability < 0.005 else f"{probability:.0%}"


def _print(incident: Incident, verdict: Verdict) -> None:
    from masthead import codes
    from masthead.views import wording

    ship = wording.vessel(incident.vessel) if incident.vessel else "a ship"
    deed = codes.incidents()[incident.kind].label
    when = wording.when(incident.time) or "no date"
    results.print(f"{deed}: {ship}, {when} ({incident.state})", style="bold", markup=False,
                  highlight=False)  # fmt: skip
    finding = str(verdict.finding).replace("_", " ")
    results.print(
        f"  {finding}; ratio {verdict.ratio:.3g}, probability {_share(verdict.probability)}",
        style=STYLES[verdict.finding], markup=False, highlight=False,
    )  # fmt: skip
    for reason in verdict.reasons:
        weight = f" (ratio {reason.ratio:.2g})" if reason.ratio != 1.0 else ""
        shown = f" [{', '.join(e[:8] for e in reason.events)}]" if reason.events else ""
        results.print(f"  - {reason.test}: {reason.text}{weight}{shown}", markup=False,
                      highlight=False)  # fmt: skip
    for candidate in verdict.candidates[:3]:
        results.print(f"  - could be {candidate.name or candidate.mmsi} "
                      f"({candidate.probability:.0%}): {candidate.why}", markup=False,
                      highlight=False)  # fmt: skip
    if verdict.tipping:
        results.print(f"  {verdict.tipping}", markup=False, highlight=False)
    for wanted in verdict.wanted:
        results.print(f"  would help: {wanted}", style="dim", markup=False, highlight=False)
