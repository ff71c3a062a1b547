"""The commands about sanctions and watch lists: screen, fetch-lists."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from masthead import codes
from masthead.case import load_case
from masthead.cli.app import app
from masthead.cli.cases import open_ledger
from masthead.cli.output import progress_bar, remarks, results
from masthead.cli.sources import parse_date
from masthead.errors import MastheadError

if TYPE_CHECKING:
    from masthead.checks.screening import ListHit, WatchedList


class ScreenFormat(StrEnum):
    """How hits are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


@app.command(epilog="Example: masthead screen --list SDN.CSV --imo 9100009 --on 2026-05-04")
def screen(
    case: Annotated[
        Path | None, typer.Argument(metavar="CASE.toml", help="The case, if one is screened.")
    ] = None,
    form: Annotated[
        ScreenFormat, typer.Option("--format", "-f", help="How to write the hits.")
    ] = ScreenFormat.TABLE,
    on: Annotated[
        str | None, typer.Option(help="The day asked about, instead of each event's own.")
    ] = None,
    score: Annotated[
        float, typer.Option(min=0, max=1, help="Least score; a name alone has 0.6 at most.")
    ] = 0.5,
    lists: Annotated[
        list[Path] | None, typer.Option("--list", help="A list or a folder of them; repeat it.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="One ship's, person's or firm's name.")] = None,
    imo: Annotated[int | None, typer.Option(help="One ship's IMO number.")] = None,
    mmsi: Annotated[int | None, typer.Option(help="One ship's MMSI.")] = None,
    call_sign: Annotated[str | None, typer.Option(help="One ship's call sign.")] = None,
    flag: Annotated[str | None, typer.Option(help="Its flag or country (alpha-3).")] = None,
) -> None:
    """Ships and actors against sanctions and watch lists: who is on which list, by what it was
    recognised, and whether it was listed on the day. Facts of the lists, not legal advice."""
    from masthead.checks import screening as s
    from masthead.checks.screening.screening import lists_of

    day = moment.date() if (moment := parse_date(on)) else None
    loaded = load_case(case) if case else None
    held = lists_of(loaded) if loaded else []
    held += [one for path in lists or () for one in s.load_lists(path)]
    _tell_lists(held)
    if name or imo or mmsi or call_sign:
        asked = [s.Subject("ship", name, imo, mmsi, call_sign, flag)]
        if name and not (imo or mmsi or call_sign):
            asked.append(s.Subject("actor", name, flag=flag))
        hits = s.screen_subjects(asked, held, day, least=score)
    elif loaded is None:
        raise typer.BadParameter("give a CASE.toml, or --list with --name, --imo or --mmsi")
    else:
        with open_ledger(loaded) as ledger, progress_bar() as report:
            hits = s.screen(loaded, ledger, day, least=score, lists=held, progress=report)
    _write(hits, form)


def _tell_lists(held: Sequence[WatchedList]) -> None:
    if not held:
        raise MastheadError("no list: name one with --list, or as [[watchlists]] in the case file")
    for one in held:
        dated = f"of {one.version}" if one.version else f"undated, sha256 {one.digest[:12]}"
        remarks.print(f"{one.name}: {len(one.entries):,} entries, {dated}.", highlight=False,
                      markup=False)  # fmt: skip
        for rejects in one.rejects:
            remarks.print(f"  {rejects.count:,} rows of {rejects.path} not used", markup=False,
                          highlight=False)  # fmt: skip
            for item in rejects.first[:3]:
                remarks.print(f"    {item.where}: {item.reason}", markup=False, highlight=False)


def _write(hits: Sequence[ListHit], form: ScreenFormat) -> None:
    from masthead.checks.screening import hit_to_dict, hit_to_line

    if form is ScreenFormat.JSONL:
        for hit in hits:
            typer.echo(hit_to_line(hit))
    elif form is ScreenFormat.CSV:
        from masthead.checks.screening.hits import ListHit as Hit

        writer = csv.DictWriter(sys.stdout, list(Hit.__dataclass_fields__), lineterminator="\n")
        writer.writeheader()
        for hit in hits:
            writer.writerow(hit_to_dict(hit) | {"events": " ".join(hit.events)})
    elif not hits:
        remarks.print("No hit.")
    else:
        table = Table(box=None, header_style="bold", padding=(0, 1), expand=True)
        for title, ratio in (("score", 1), ("subject", 3), ("on the list", 4), ("when", 3),
                             ("why", 5)):  # fmt: skip
            table.add_column(title, ratio=ratio, overflow="fold")
        for hit in hits:
            entry = f"{hit.entry_name} [{hit.entry}] {hit.programme or ''}; {hit.list_label}"
            since = f" since {hit.listed_on}" if hit.listed_on else ""
            when = f"{hit.listed_at} on {hit.day or 'an unknown day'}{since}"
            table.add_row(f"{hit.score:.2f}", *map(Text, (hit.subject, entry, when, hit.reason)))
        results.print(table)


@app.command(
    "fetch-lists",
    epilog="Example: masthead fetch-lists --only ofac,uk --to lists. Public addresses: "
    + "; ".join(f"{r['name']}: {r['address']}" for r in codes.rows("list_addresses.csv")),
)
def fetch_lists(
    to: Annotated[Path, typer.Option(help="Where to put them, a folder each.")] = Path("lists"),
    only: Annotated[str, typer.Option(help="Which, commas between.")] = "ofac,eu,uk",
    address: Annotated[
        list[str] | None, typer.Option(help="NAME=URL, an address of your own for a list.")
    ] = None,
) -> None:
    """Fetch public sanctions lists from their publishers. Nothing is fetched by any other command,
    and none of it is Masthead's: each publisher's terms hold."""
    from masthead.checks.screening.fetching import fetch

    rows = codes.rows("list_addresses.csv")
    known = {row["name"] for row in rows}
    wanted = [name.strip() for name in only.split(",")]
    own = dict(pair.partition("=")[::2] for pair in address or ())
    if wrong := [name for name in (*wanted, *own) if name not in known]:
        raise typer.BadParameter(f"'{wrong[0]}' is none of {', '.join(sorted(known))}")
    for row in (row for row in rows if row["name"] in wanted):
        target = to / row["name"] / row["file"]
        with progress_bar() as report:
            told = partial(report, row["file"])
            size = fetch(own.get(row["name"], row["address"]), target, progress=told)
        results.print(f"{target}: {size:,} bytes", highlight=False, markup=False)
