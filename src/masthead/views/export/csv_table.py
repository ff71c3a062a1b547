"""CSV: one table a file, flat, a header line, UTF-8. docs/exports.md has every column.

No cell begins with what a spreadsheet takes for a formula, none is longer than a spreadsheet holds,
and control characters and direction overrides show as visible substitutes (`visible`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO

import polars as pl

from masthead.model import Event
from masthead.tracks.lake import Lake, is_lake
from masthead.views.export import columns
from masthead.views.export.columns import Columns, Row
from masthead.views.export.content import Content
from masthead.views.export.flat import event_row, stamp
from masthead.views.export.tables import TABLES, rows_of
from masthead.views.visible import cell


def write_events(events: Iterable[Event], out: TextIO) -> None:
    """Events alone, without a case."""
    write_rows(columns.EVENT, map(event_row, events), out)


def write(content: Content, what: frozenset[str], out: TextIO) -> None:
    """One table of a case."""
    (table,) = what
    if table == "tracks":
        _write_positions(content, out)
        return
    write_rows(TABLES[table], rows_of(content, table), out)


def write_rows(wanted: Columns, rows: Iterable[Row], out: TextIO) -> None:
    """Rows as CSV."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(wanted)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in wanted])


def _cell(value: object) -> object:
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, datetime):
        return stamp(value)
    return "" if value is None else value


def _write_positions(content: Content, out: TextIO) -> None:
    """Every position of the lake in the period: none is left out or smoothed. Seven decimals of a
    degree are a centimetre."""
    wanted = ("mmsi", "t", "lat", "lon", "sog", "cog", "heading", "status", "source")
    csv.writer(out, lineterminator="\n").writerow(wanted)
    if not is_lake(content.case.lake_path):
        return
    lake, s = Lake(content.case.lake_path), content.selection
    days = lake.days()
    for number, day in enumerate(days):
        content.progress("days of positions", number, len(days))
        frame = lake.scan([day])
        if s.since is not None:
            frame = frame.filter(pl.col("t") >= s.since)
        if s.until is not None:
            frame = frame.filter(pl.col("t") <= s.until)
        source = pl.col("source").cast(pl.String)
        guarded = source.map_elements(cell, return_dtype=pl.String)
        rounded = pl.col("lat", "lon").round(7)
        rows = frame.with_columns(guarded.alias("source"), rounded).select(wanted).collect()
        form = "%Y-%m-%dT%H:%M:%S%.3fZ"
        out.write(rows.write_csv(include_header=False, datetime_format=form))
    content.progress("days of positions", len(days), len(days))
