"""What every command shares: the two consoles, progress on stderr, the formats of events."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain, islice

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from masthead.cli.console import TextConsole
from masthead.model import Event, to_json
from masthead.views import wording

Report = Callable[[str, int, int | None], None]
"""Called with the stage, how much is done, and of how much (None if unknown)."""

remarks = TextConsole(stderr=True)
results = TextConsole(soft_wrap=False)


class Format(StrEnum):
    """How events are written to stdout."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PLOVER = "plover"
    GEOJSON = "geojson"


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A progress bar on stderr, if that is a terminal: one row a stage."""
    if not remarks.is_terminal:
        yield lambda stage, done, total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(),
               MofNCompleteColumn(), TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=remarks, transient=True) as bar:
        tasks = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report


def write_events(events: Iterable[Event], form: Format) -> None:
    """Write events to stdout as they come; a table is drawn in pages of 200 rows."""
    from masthead.views.export import csv_table, geojson, plover

    if form is Format.JSONL:
        for event in events:
            sys.stdout.write(to_json(event) + "\n")
    elif form is Format.CSV:
        csv_table.write_events(events, sys.stdout)
    elif form is Format.PLOVER:
        plover.write_events(events, sys.stdout)
    elif form is Format.GEOJSON:
        geojson.write_events(events, sys.stdout)
    else:
        _write_table(iter(events))


def _write_table(events: Iterator[Event]) -> None:
    first = next(events, None)
    if first is None:
        remarks.print("No event found.")
        return
    events = chain([first], events)
    while page := list(islice(events, 200)):
        table = Table(box=None, header_style="bold", padding=(0, 1), expand=True)
        for name, ratio in (("when", 3), ("what", 3), ("who", 6), ("where", 5), ("said by", 3)):
            table.add_column(name, ratio=ratio, overflow="fold")
        for event in page:
            cells = (
                wording.when(event.time), wording.what(event), wording.parties(event),
                wording.where(event.place), wording.says(event),
            )  # fmt: skip
            table.add_row(*map(Text, cells))
        results.print(table)
