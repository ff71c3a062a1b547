"""The command that sets reported incidents against the tracks: check."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.case import load_case
from masthead.cli.app import app
from masthead.cli.cases import CaseArgument, open_ledger
from masthead.cli.output import progress_bar, results
from masthead.cli.sources import parse_date
from masthead.errors import MastheadError
from masthead.judgement import Finding, Incident, Verdict, to_line

if TYPE_CHECKING:
    from masthead.case import Case
    from masthead.ledger import Ledger

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
    from masthead.checks import check as check_all
    from masthead.ledger.merge import incidents_of

    loaded = load_case(case)
    with open_ledger(loaded) as ledger:
        incidents = (
            incidents_of(ledger, loaded) if text is None else _told_in(loaded, ledger, text, date)
        )
        with progress_bar() as report:
            verdicts = check_all(loaded, ledger, incidents, progress=report)
    for incident in incidents:
        verdict = verdicts[incident.id]
        if form is CheckFormat.JSONL:
            typer.echo(to_line(verdict))
        else:
            _print(incident, verdict)


def _told_in(case: Case, ledger: Ledger, text: str, date: str | None) -> list[Incident]:
    """The incidents that a text tells of. Raises `MastheadError` if it tells of none."""
    from masthead.ledger.merge import merge
    from masthead.reports.load import load_text
    from masthead.reports.parse import default_parser
    from masthead.reports.reader import ProseReader, read_documents
    from masthead.watch import own_actors

    day = parse_date(date) or case.until
    # one parser, and no look at the language: an answer in two or three seconds
    document = load_text(text, date=day, language="en")
    reader = ProseReader([default_parser()])
    (reading,) = read_documents([document], actors=own_actors(case), reader=reader)
    incidents = merge(reading.events, {document.id: document})
    if not incidents:
        reason = reading.refused or "it tells of nothing done to a ship"
        raise MastheadError(f"--text: nothing to check: {reason}")
    return incidents


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
        f"  {finding}; ratio {verdict.ratio:.3g}, probability {verdict.probability:.0%}",
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
