"""Commands that work on a case: new, run, verify, backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.case import Case, load_case
from masthead.cli.app import app
from masthead.cli.output import progress_bar, remarks, results
from masthead.cli.sources import tell_rejects, tell_split
from masthead.errors import MastheadError
from masthead.starter import write_starter

if TYPE_CHECKING:
    from masthead.ledger import Ledger
    from masthead.watch import Summary

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE.toml", help="The case file.")]
LedgerArgument = Annotated[
    Path, typer.Argument(metavar="CASE.toml|LEDGER", help="A case file, or a ledger itself.")
]


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
    from masthead.watch import run_case

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
    if summary.split is not None:
        tell_split(summary.split)
    tell_rejects(summary.rejects, summary.first_rejects)


def print_brief(case: Case) -> None:
    """Print the brief of a case on the terminal."""
    from masthead.views.brief import compose
    from masthead.views.brief.terminal import print_brief as draw

    with open_ledger(case) as ledger:
        draw(compose(case, ledger), results)


def open_ledger(case: Case) -> Ledger:
    """The ledger of a case, for reading. Raises `MastheadError` if the case was never run."""
    from masthead.watch import ledger_of

    return ledger_of(case)


def ledger_path(path: Path) -> Path:
    """The ledger that a case file or a ledger's own path means."""
    return load_case(path).ledger_path if path.suffix == ".toml" else path


@app.command(epilog="Example: masthead verify case.toml; masthead verify brief.html")
def verify(
    ledger: Annotated[
        Path,
        typer.Argument(
            metavar="CASE.toml|LEDGER|PAGE.html",
            help="A case file, a ledger itself, or a page of a brief.",
        ),
    ],
    head: Annotated[
        str | None, typer.Option(help="The head hash noted earlier; finds a cut-off tail.")
    ] = None,
) -> None:
    """Re-check every row, its hash chain and every evidence span of a ledger; or of a page that
    `masthead brief --format html` wrote its seal, hashes, spans and verdicts."""
    if ledger.suffix in (".html", ".htm"):
        verify_page(ledger)
        return
    from masthead.ledger import Ledger

    path = ledger_path(ledger)
    with Ledger.open(path, create=False, read_only=True) as opened:
        found = opened.verify(expected_head=head)
        at = opened.head()
    if found.problems:
        shown = "\n".join(f"  {p}" for p in found.problems[:20])
        raise MastheadError(f"{path}: {len(found.problems)} problems\n{shown}")
    results.print(f"{path}: {found.rows:,} rows, all as written. Head {at}", highlight=False)


def verify_page(path: Path) -> None:
    """Check a page of a brief. Raises `MastheadError` with what is wrong."""
    from masthead.views.brief.evidence import content_of, problems_of

    try:
        page = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise MastheadError(f"{path}: cannot be read ({error})") from error
    problems = problems_of(page)
    content = content_of(page) or {}
    if problems:
        shown = "\n".join(f"  {p}" for p in problems[:20])
        raise MastheadError(f"{path}: {len(problems)} problems\n{shown}")
    results.print(
        f"{path}: as written; {len(content['documents'])} documents, {len(content['events'])} "
        f"events and {len(content['verdicts'])} verdicts hold. Of the ledger with head "
        f"{content['head']}",
        highlight=False, soft_wrap=True,
    )  # fmt: skip


@app.command(epilog="Example: masthead backup case.toml case-2024-04-14.ledger")
def backup(
    ledger: LedgerArgument,
    target: Annotated[Path, typer.Argument(help="The copy; it must not exist yet.")],
) -> None:
    """Copy a ledger while it may be in use, and verify the copy."""
    from masthead.ledger import Ledger

    path = ledger_path(ledger)
    with Ledger.open(path, create=False, read_only=True) as opened:
        opened.backup(target)
    results.print(f"{path} copied to {target} and verified", highlight=False)
