"""The command that writes a case for other tools: export."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from masthead.case import load_case
from masthead.cli.app import app
from masthead.cli.cases import CaseArgument, open_ledger
from masthead.cli.output import progress_bar, remarks
from masthead.cli.sources import parse_date


class ExportFormat(StrEnum):
    """The formats of `views.export.formats`, named here so that no command waits for them."""

    GEOJSON = "geojson"
    CSV = "csv"
    FTM = "ftm"
    KML = "kml"
    GPKG = "gpkg"
    PLOVER = "plover"
    ANNOTATIONS = "annotations"


@app.command(
    epilog="Example: masthead export case.toml --format geojson --out case.geojson --only seizure"
)
def export(
    case: CaseArgument,
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write it as.")],
    out: Annotated[str, typer.Option("--out", "-o", help="The file to write; - is stdout.")],
    what: Annotated[
        str | None,
        typer.Option(help="events, incidents, ships, tracks, zones, marks: which, with commas."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="Only what may have happened since (UTC).")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Only what may have happened until (UTC).")
    ] = None,
    only: Annotated[
        str | None, typer.Option(help="Only these incidents, acts or senses, with commas.")
    ] = None,
) -> None:
    """Write a case as a file that other tools read. Every event keeps its id, evidence, speaker
    and status, and the head of the ledger that it comes from."""
    from masthead.views.export import Content, Selection
    from masthead.views.export import export as write_export

    loaded = load_case(case)
    selection = Selection(parse_date(since), _end(until), frozenset(_words(only)))
    with open_ledger(loaded) as ledger, progress_bar() as report:
        content = Content(loaded, ledger, selection, report)
        write_export(content, form.value, out, frozenset(_words(what)) if what else None)
    if out != "-":
        remarks.print(f"Wrote {out}.", highlight=False, markup=False)


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _end(text: str | None) -> datetime | None:
    """The end of a day that is given without a time."""
    moment = parse_date(text)
    if moment is not None and text is not None and len(text.strip()) <= 10:
        return datetime.combine(moment, time.max, moment.tzinfo) - timedelta(microseconds=999_999)
    return moment
