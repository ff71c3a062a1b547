"""AIS tables as CSV: MarineCadastre (both generations), and every layout of `track_columns.csv`.

The text is read in blocks, on two threads. `fast_table` counts the fields of each line and reads
the plain ones; Polars reads the rest; what is no number or no time is null and rejected by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

import numpy as np
import polars as pl

from masthead.errors import MastheadError, SourceError
from masthead.tracks.load.batch import Batch, reject_rows, sift
from masthead.tracks.load.columns import Layout, find_layout, status_words
from masthead.tracks.load.fast_table import (
    BAD,
    BLANK,
    LEFT,
    NUMBERS,
    UNCLOSED,
    WORDS,
    Lines,
    gather_lines,
    read_lines,
    roles_of,
)
from masthead.tracks.load.static import SIZES as _SIZES
from masthead.tracks.load.static import WORDS as _SAYINGS
from masthead.tracks.load.static import tidy_static
from masthead.tracks.load.streams import Block, blocks
from masthead.tracks.load.times import parse_times
from masthead.tracks.positions import RAW, STATIC
from masthead.tracks.threads import in_turn

SEPARATORS = ",;\t|"
THREADS = 2
"""Blocks read at once: more would only wait for the file."""
_NOT_SHIPS = (
    "base station",
    "aton",
    "ais-sart",
    "search and rescue transponder",
    "man overboard device",
)
"""Values of a column that tells the kind of station (DMA's "Type of mobile") which are no ship."""


def header_of(line: bytes) -> tuple[str, list[str]]:
    """The separator and the column names of a header line."""
    text = line.decode("utf-8-sig", "replace").strip("\r\n")
    separator = max(SEPARATORS, key=text.count)
    return separator, [name.strip().strip('"') for name in text.split(separator)]


def read_table(
    stream: BinaryIO, name: str, columns: Mapping[str, str] | None = None
) -> Iterator[Batch]:
    """The batches of a CSV stream with a header line. Raises `SourceError` if its columns are not
    known and `columns` does not map them."""
    first = stream.readline(1 << 20)
    separator, header = header_of(first)
    try:
        layout = find_layout(header, columns)
    except MastheadError as error:
        raise SourceError(name, str(error), line=1) from error
    if layout is None:
        raise SourceError(
            name,
            f"its columns are not known ({', '.join(header)[:160]}); columns for mmsi, t, lat and "
            "lon are needed: name them as FIELD=COLUMN",
            line=1,
        )
    unique = [f"{i}" for i in range(len(header))]
    wanted = {field: unique[header.index(column)] for field, column in layout.columns.items()}
    table = Table(layout, separator, unique, wanted)
    yield from in_turn(blocks(stream, first_line=2), partial(_read_block, table), THREADS)


@dataclass(frozen=True)
class Table:
    """How a table is written: its layout, its separator, its columns (by their number, as a
    string), and which of them has each of our fields."""

    layout: Layout
    separator: str
    names: list[str]
    wanted: dict[str, str]


def _read_block(table: Table, block: Block) -> Batch:
    lines = read_lines(block.content, table.separator, roles_of(table.names, table.wanted))
    return batch_of(table, block, lines)


def batch_of(table: Table, block: Block, lines: Lines) -> Batch:
    """The batch of a block whose lines were looked at."""
    read = _plain(table, block, lines)
    left = _others(table, block, lines)
    return Batch(
        rows=int(np.count_nonzero(lines.state != BLANK)),
        positions=pl.concat([read.positions, left.positions]),
        static=pl.concat([read.static, left.static]),
        rejects=pl.concat([_misshapen(table, block, lines), read.rejects, left.rejects]),
    )


def _misshapen(table: Table, block: Block, lines: Lines) -> pl.DataFrame:
    """The rejects of lines that have not as many fields as the header."""
    starts, fields, columns = lines.starts, lines.fields, len(table.names)
    return reject_rows(
        (
            f"line {block.first_line + i}",
            "quotation mark is not closed"
            if fields[i] == UNCLOSED
            else f"{'fewer' if fields[i] < columns else 'more'} fields than the header has",
            block.content[starts[i] : starts[i + 1]].decode("utf-8", "replace").rstrip("\r\n"),
        )
        for i in np.flatnonzero(lines.state == BAD).tolist()
    )


def _plain(table: Table, block: Block, lines: Lines) -> Batch:
    """The lines that were read already: only words, and what ships say, are still text."""
    if not lines.rows.size:
        return Batch(rows=0)
    words = dict(zip(WORDS, _words(block, lines), strict=True))
    numbers = {name: lines.numbers[n] for n, name in enumerate(NUMBERS)}
    raw = pl.DataFrame(
        {"row": lines.rows + block.first_line, "mmsi": lines.mmsi, "t": lines.t, **numbers}
    ).select(
        "row", "mmsi", pl.col("t").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"),
        *(pl.col(name).fill_nan(None).cast(RAW[name]) for name in NUMBERS),
        _status(words["status"]).alias("status"),
        pl.lit(table.layout.name).cast(pl.Categorical).alias("source"),
    )  # fmt: skip
    if "kind" in table.wanted:
        raw = raw.filter(_is_ship(words["kind"]))
    positions, unfit = sift(raw, "line")
    return Batch(rows=0, positions=positions, static=_said(table, block, lines), rejects=unfit)


def _words(block: Block, lines: Lines) -> Iterator[pl.Series]:
    """The text of each of `WORDS` in each of the lines that were read."""
    for n, name in enumerate(WORDS):
        known = [_decode(block.content[i:j]) for i, j in lines.examples[n].tolist()]
        codes = pl.Series(lines.words[n])
        yield pl.Series(name, known, dtype=pl.String).gather(codes.set(codes < 0, None))


def _said(table: Table, block: Block, lines: Lines) -> pl.DataFrame:
    """What ships say of themselves in the lines that were read: each statement once."""
    rows, first, last = lines.said
    if not rows.size:
        return pl.DataFrame(schema=STATIC)
    content = np.frombuffer(block.content, np.uint8)
    frame = _parse(gather_lines(content, lines.starts, rows).tobytes(), table)
    moments = pl.DataFrame({"first": first, "last": last}).cast(pl.Datetime("ms"))
    said = frame.with_columns(moments.select(pl.all().dt.replace_time_zone("UTC")))
    return tidy_static(said.filter(_is_ship(said["kind"])) if "kind" in said.columns else said)


def _others(table: Table, block: Block, lines: Lines) -> Batch:
    """The lines that were left, read by Polars."""
    left = np.flatnonzero(lines.state == LEFT)
    if not left.size:
        return Batch(rows=0)
    content = np.frombuffer(block.content, np.uint8)
    frame = _parse(gather_lines(content, lines.starts, left).tobytes(), table)
    raw = _raw(frame, pl.Series("row", left + block.first_line, dtype=pl.Int64), table.layout)
    if "kind" in table.wanted:
        ships = _is_ship(frame["kind"])
        raw, frame = raw.filter(ships), frame.filter(ships)
    positions, unfit = sift(raw, "line")
    return Batch(rows=0, positions=positions, static=_static(frame, raw), rejects=unfit)


def _is_ship(kind: pl.Series) -> pl.Series:
    """Whether the kind of station is a ship, or not told."""
    return ~kind.str.strip_chars().str.to_lowercase().is_in(_NOT_SHIPS).fill_null(False)


def _decode(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _parse(text: bytes, table: Table) -> pl.DataFrame:
    """Well-shaped lines by Polars: numbers where they are ones, all else as text."""
    if not text.isascii():
        text = _decode(text).encode("utf-8")
    schema: dict[str, pl.DataType] = dict.fromkeys(table.names, pl.String())
    for field in ("mmsi", *NUMBERS):
        if field in table.wanted:
            schema[table.wanted[field]] = pl.Float64()
    frame = pl.read_csv(
        text,
        has_header=False,
        schema=schema,
        columns=sorted({table.names.index(column) for column in table.wanted.values()}),
        separator=table.separator,
        quote_char='"' if b'"' in text else None,
        ignore_errors=True,
    )
    return frame.select(pl.col(column).alias(field) for field, column in table.wanted.items())


def _raw(frame: pl.DataFrame, lines: pl.Series, layout: Layout) -> pl.DataFrame:
    mmsi = pl.col("mmsi")
    whole = pl.when(mmsi.is_finite() & (mmsi == mmsi.floor()) & (mmsi.abs() < 2.0**53)).then(mmsi)
    return frame.select(
        lines,
        whole.cast(pl.Int64).alias("mmsi"),
        parse_times(frame["t"]).alias("t"),
        *(_number(frame, name) for name in NUMBERS),
        _status(_text(frame, "status")).alias("status"),
        pl.lit(layout.name).cast(pl.Categorical).alias("source"),
    )


def _number(frame: pl.DataFrame, name: str) -> pl.Expr:
    given = pl.col(name).cast(RAW[name]) if name in frame.columns else pl.lit(None, RAW[name])
    return given.alias(name)


def _text(frame: pl.DataFrame, name: str) -> pl.Series:
    return (
        frame[name]
        if name in frame.columns
        else pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    )


def _status(given: pl.Series) -> pl.Series:
    """The navigational status of each text, a number or words."""
    text = given.str.strip_chars()
    number = text.cast(pl.Float32, strict=False).cast(pl.Int16, strict=False)
    if number.null_count() == text.null_count():
        return number
    words = text.str.to_lowercase().str.replace_all(r"[^a-z0-9]", "")
    coded = words.replace_strict(status_words(), default=None, return_dtype=pl.Int16)
    return number.zip_with(number.is_not_null(), coded)


def _static(frame: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
    """What ships say of themselves in this block."""
    given = [name for name in (*_SAYINGS, *_SIZES, "imo") if name in frame.columns]
    if not given:
        return pl.DataFrame(schema=STATIC)
    told = pl.concat([raw.select("mmsi"), frame.select(given)], how="horizontal")
    rows = pl.DataFrame({"key": told.hash_rows(), "t": raw["t"]}).with_row_index("row")
    spans = rows.group_by("key").agg(
        first=pl.col("t").min(), last=pl.col("t").max(), row=pl.col("row").first()
    )
    said = pl.concat([told[spans["row"]], spans.select("first", "last")], how="horizontal")
    return tidy_static(said)
