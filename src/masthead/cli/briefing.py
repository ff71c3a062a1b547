"""`masthead brief`: on the terminal, as Markdown, as a page, as PDF."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.case import Case, load_case
from masthead.cli.app import app
from masthead.cli.cases import CaseArgument, open_ledger
from masthead.cli.output import remarks, results
from masthead.cli.sources import parse_date
from masthead.errors import MastheadError

if TYPE_CHECKING:
    from masthead.ledger import Ledger
    from masthead.views.brief import Brief
    from masthead.views.brief.picture import Picture

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PRINTING_S = 120


class BriefFormat(StrEnum):
    """How a brief is written."""

    TERM = "term"
    MD = "md"
    HTML = "html"
    PDF = "pdf"


@app.command(epilog="Example: masthead brief case.toml --format html --out brief.html")
def brief(
    case: CaseArgument,
    form: Annotated[
        BriefFormat,
        typer.Option("--format", "-f", help="How to write it; pdf needs Chromium or Chrome."),
    ] = BriefFormat.TERM,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; else standard output.")
    ] = None,
    as_known_on: Annotated[
        str | None, typer.Option(help="The picture as the ledger knew it then (UTC).")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Leave no line out.")] = False,
    desk: Annotated[
        bool, typer.Option("--desk/--no-desk", help="html: the page of `masthead serve` in it.")
    ] = True,
) -> None:
    """Print the brief of a case: what happened, who says so, and what is not known.

    A page (html) holds its pictures, its evidence and the desk, and opens without a server;
    `masthead verify` re-checks it. Markdown written to a file has its pictures beside it.
    """
    from masthead.views.brief import compose
    from masthead.views.brief.picture import picture_of
    from masthead.web.carrying import built

    loaded = load_case(case)
    if form is BriefFormat.PDF and out is None:
        raise typer.BadParameter("a PDF needs a file: --out brief.pdf", param_hint="--out")
    moment = parse_date(as_known_on)
    with open_ledger(loaded) as ledger:
        if form is BriefFormat.HTML and desk and moment is None and built():
            _write(desk_page(loaded, ledger, full=all_), out)
            return
        picture = None if moment else picture_of(loaded, ledger)
        page = compose(loaded, ledger, as_known_on=moment, full=all_, picture=picture)
        if form is BriefFormat.TERM:
            from masthead.views.brief.terminal import print_brief as draw

            draw(page, results)
            return
        if form is BriefFormat.MD:
            from masthead.views.brief.markdown import to_markdown

            drawn = _beside(loaded, ledger, picture, out) if picture and out else {}
            _write(to_markdown(page, drawn), out)
            return
        text = _page(loaded, ledger, picture, page)
    if form is BriefFormat.HTML:
        _write(text, out)
    elif out is not None:
        print_pdf(text, out)
        remarks.print(f"Wrote {out}", highlight=False)


def _page(case: Case, ledger: Ledger, picture: Picture | None, page: Brief) -> str:
    from masthead.views.brief.drawings import page_of
    from masthead.views.brief.html import to_html

    return to_html(page) if picture is None else page_of(case, ledger, picture, page)


def desk_page(case: Case, ledger: Ledger, *, full: bool = False) -> str:
    """The brief as a page with the desk in it."""
    from masthead.views.brief import compose
    from masthead.views.brief.drawings import page_of
    from masthead.web.carrying import desk_of, snapshot_of

    now = snapshot_of(case, ledger)
    picture = now.picture()
    page = compose(case, ledger, full=full, picture=picture)
    return page_of(case, ledger, picture, page, desk_of(now))


def _beside(case: Case, ledger: Ledger, picture: Picture, out: Path) -> dict[str, str]:
    from masthead.views.brief.drawings import draw
    from masthead.watch import notice_zones

    zones = [*case.drawn_zones(), *notice_zones(case, ledger)]
    return draw(picture, zones, out.parent, f"{out.stem}-")


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise MastheadError(f"{out}: cannot be written ({error.strerror})") from error
    remarks.print(f"Wrote {out}", highlight=False)


def print_pdf(page: str, out: Path) -> None:
    """Print a page to PDF with a browser of this machine. Raises `MastheadError` without one."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise MastheadError(
            "no Chromium or Chrome was found to print with; write --format html and print that "
            "from any browser (its style sheet is made for paper)"
        )
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "brief.html"
        source.write_text(page, "utf-8")
        done = subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                f"--user-data-dir={name}/profile", f"--print-to-pdf={out.resolve()}",
                source.as_uri(),
            ],
            capture_output=True, timeout=PRINTING_S, check=False,
        )  # fmt: skip
    if done.returncode or not out.exists():
        raise MastheadError(f"{browser} did not print the page (exit code {done.returncode})")
