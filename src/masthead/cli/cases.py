"""Commands that work on a case: new, run, brief, verify, backup, demo."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from masthead.case import Case, load_case
from masthead.cli.app import app
from masthead.cli.output import progress_bar, remarks, results
from masthead.cli.sources import parse_date, tell_rejects
from masthead.errors import MastheadError
from masthead.ledger import Ledger
from masthead.starter import write_starter
from masthead.views.brief import compose
from masthead.watch import Summary, run_case

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE.toml", help="The case file.")]
LedgerArgument = Annotated[
    Path, typer.Argument(metavar="CASE.toml|LEDGER", help="A case file, or a ledger itself.")
]


class BriefFormat(StrEnum):
    """How a brief is written."""

    TERM = "term"
    MD = "md"
    HTML = "html"


@app.command(epilog="Example: masthead new hormuz && masthead run hormuz/case.toml")
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put it.")]) -> None:
    """Write a commented starter case that runs as it stands."""
    path = write_starter(folder)
    results.print(f"Wrote {path}. Run it with: masthead run {path}", highlight=False)


@app.command(epilog="Example: masthead run examples/first-watch/case.toml")
def run(
    case: CaseArgument,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no brief.")] = False,
) -> None:
    """Bring every source of a case into its ledger, detect, and print the brief."""
    loaded = load_case(case)
    with progress_bar() as report:
        summary = run_case(loaded, progress=report, processes=jobs)
    tell_summary(summary)
    if not quiet:
        print_brief(loaded)


def tell_summary(summary: Summary) -> None:
    """Say on stderr what the run did."""
    counts = ", ".join(f"{n} {state}" for state, n in sorted(summary.documents.items()))
    remarks.print(
        f"Documents: {counts or 'none'}. Events: {summary.report_events} new from reports, "
        f"{summary.track_events} new from tracks, {summary.superseded} withdrawn.",
        highlight=False,
    )
    if summary.positions:
        remarks.print(f"Positions: {summary.positions:,} new.", highlight=False)
    tell_rejects(summary.rejects, summary.first_rejects)


def print_brief(case: Case) -> None:
    """Print the brief of a case on the terminal."""
    from masthead.views.brief.terminal import print_brief as draw

    with open_ledger(case) as ledger:
        draw(compose(case, ledger), results)


def open_ledger(case: Case) -> Ledger:
    """The ledger of a case, for reading. Raises `MastheadError` if the case was never run."""
    if not case.ledger_path.exists():
        raise MastheadError(
            f"{case.path}: its ledger {case.ledger_path} is not there; "
            f"first run: masthead run {case.path}"
        )
    return Ledger.open(case.ledger_path, create=False, read_only=True)


@app.command(epilog="Example: masthead brief case.toml --format html > brief.html")
def brief(
    case: CaseArgument,
    form: Annotated[
        BriefFormat, typer.Option("--format", "-f", help="How to write it.")
    ] = BriefFormat.TERM,
    as_known_on: Annotated[
        str | None, typer.Option(help="The picture as the ledger knew it then (UTC).")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Leave no line out.")] = False,
) -> None:
    """Print the brief of a case: what happened, who says so, and what is not known."""
    from masthead.views.brief.html import to_html
    from masthead.views.brief.markdown import to_markdown
    from masthead.views.brief.terminal import print_brief as draw

    loaded = load_case(case)
    with open_ledger(loaded) as ledger:
        page = compose(loaded, ledger, as_known_on=parse_date(as_known_on), full=all_)
    if form is BriefFormat.TERM:
        draw(page, results)
    else:
        typer.echo(to_markdown(page) if form is BriefFormat.MD else to_html(page), nl=False)


def ledger_path(path: Path) -> Path:
    """The ledger that a case file or a ledger's own path means."""
    return load_case(path).ledger_path if path.suffix == ".toml" else path


@app.command(epilog="Example: masthead verify case.toml")
def verify(
    ledger: LedgerArgument,
    head: Annotated[
        str | None, typer.Option(help="The head hash noted earlier; finds a cut-off tail.")
    ] = None,
) -> None:
    """Re-check every row, its hash chain, and every evidence span of a ledger."""
    path = ledger_path(ledger)
    with Ledger.open(path, create=False, read_only=True) as opened:
        found = opened.verify(expected_head=head)
        at = opened.head()
    if found.problems:
        shown = "\n".join(f"  {p}" for p in found.problems[:20])
        raise MastheadError(f"{path}: {len(found.problems)} problems\n{shown}")
    results.print(f"{path}: {found.rows:,} rows, all as written. Head {at}", highlight=False)


@app.command(epilog="Example: masthead backup case.toml case-2024-04-14.ledger")
def backup(
    ledger: LedgerArgument,
    target: Annotated[Path, typer.Argument(help="The copy; it must not exist yet.")],
) -> None:
    """Copy a ledger while it may be in use, and verify the copy."""
    path = ledger_path(ledger)
    with Ledger.open(path, create=False, read_only=True) as opened:
        opened.backup(target)
    results.print(f"{path} copied to {target} and verified", highlight=False)
