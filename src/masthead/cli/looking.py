"""`masthead show`: the evidence of one event, in its context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from masthead.case import Case, load_case
from masthead.cli.app import app
from masthead.cli.cases import open_ledger
from masthead.cli.output import results
from masthead.errors import MastheadError
from masthead.model import Event, TextSpan, TrackSpan, to_json
from masthead.views import wording

if TYPE_CHECKING:
    from masthead.ledger import Ledger

CONTEXT_CHARACTERS = 400
ROWS_SHOWN = 12
_STYLES = {
    "evidence": "on grey15", "source": "bold cyan", "target": "bold magenta",
    "object": "bold green", "attribution": "bold yellow",
}  # fmt: skip


@app.command(epilog="Example: masthead show 1f0c2a9e case.toml")
def show(
    event_id: Annotated[str, typer.Argument(help="The id of an event, or its beginning.")],
    case: Annotated[Path, typer.Argument(metavar="[CASE.toml]", help="The case file.")] = Path(
        "case.toml"
    ),
    json: Annotated[bool, typer.Option("--json", help="Print the record alone.")] = False,
) -> None:
    """Show an event's evidence: the sentence in its context, or the stretch of track."""
    loaded = load_case(case)
    with open_ledger(loaded) as ledger:
        event = ledger.event(event_id)
        if json:
            typer.echo(to_json(event))
            return
        _print_record(event)
        for piece in event.evidence:
            if isinstance(piece, TextSpan):
                _print_context(event, piece, ledger)
            else:
                _print_track(piece, loaded)
        results.print()
        since = ledger.recorded(event.id)
        results.print(Text(f"In the ledger since {since:%Y-%m-%d %H:%M:%S}Z", style="dim"))


def _print_record(event: Event) -> None:
    table = Table.grid(padding=(0, 2))
    rows = [
        ("event", event.id), ("what", wording.what(event)), ("who", wording.parties(event)),
        ("when", wording.when(event.time)), ("where", wording.where(event.place)),
        ("said by", wording.says(event)),
        ("code", " ".join(filter(None, (event.act, event.mode, event.cameo)))),
        ("confidence", f"{event.confidence:.2f}"), ("why", event.why),
        *((key.replace("_", " "), str(value)) for key, value in event.details.items()),
    ]  # fmt: skip
    for name, value in rows:
        if value:
            table.add_row(Text(name, style="dim"), Text(value))
    results.print(table)


def _print_context(event: Event, piece: TextSpan, ledger: Ledger) -> None:
    document = ledger.document_of(event)
    text = document.text
    start = max(0, piece.start - CONTEXT_CHARACTERS)
    end = min(len(text), piece.end + CONTEXT_CHARACTERS)
    shown = Text(text[start:end])
    for role, (a, b), _ in event.spans():
        if a < end and b > start:
            shown.stylize(_STYLES[role], max(a, start) - start, min(b, end) - start)
    results.print()
    results.print(Text(f"{document.id} [{piece.start}, {piece.end})", style="bold"))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    results.print(Padding(Text.assemble(before, shown, after), (0, 0, 0, 2)))


def _print_track(piece: TrackSpan, case: Case) -> None:
    from masthead.tracks.engine import track
    from masthead.tracks.lake import Lake

    results.print()
    results.print(Text(f"MMSI {piece.mmsi}, {piece.start:%Y-%m-%d %H:%M:%S}Z to "
                       f"{piece.end:%Y-%m-%d %H:%M:%S}Z", style="bold"))  # fmt: skip
    if not case.lake_path.exists():
        raise MastheadError(f"{case.lake_path}: the lake of this case is not there")
    found = track(Lake(case.lake_path), piece.mmsi, piece.start, piece.end)
    table = Table(box=None, header_style="dim", padding=(0, 2))
    for name in ("time", "position", "sog kn", "cog", "source"):
        table.add_column(name)
    rows = list(found.iter_rows(named=True))
    cut = len(rows) > ROWS_SHOWN
    half = ROWS_SHOWN // 2
    for row in rows[:half] + rows[-half:] if cut else rows:
        table.add_row(
            f"{row['t']:%Y-%m-%d %H:%M:%S}Z", wording.position(row["lat"], row["lon"]),
            _number(row["sog"]), _number(row["cog"]), str(row["source"] or ""),
        )  # fmt: skip
    results.print(Padding(table, (0, 0, 0, 2)))
    if cut:
        results.print(Text(f"  the first and last {half} of {len(rows)} positions", style="dim"))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
