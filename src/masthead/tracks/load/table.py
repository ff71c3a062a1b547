"""AIS tables as CSV: MarineCadastre (both generations), and every layout of `track_columns.csv`.

The text is read in blocks. Rows with a wrong number of fields are found first (`shape`); Polars
reads the rest; what is no number or no time is null and rejected by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

import numpy as np
import polars as pl

from masthead.errors import MastheadError, SourceError
from masthead.tracks.load.batch import Batch, reject_rows, sift
from masthead.tracks.load.columns import Layout, find_layout, status_words
from masthead.tracks.load.shape import line_shapes
from masthead.tracks.load.static import SIZES as _SIZES
from masthead.tracks.load.static import WORDS as _WORDS
from masthead.tracks.load.static import tidy_static
from masthead.tracks.load.streams import Block, blocks
from masthead.tracks.load.times import parse_times
from masthead.tracks.positions import RAW, STATIC

SEPARATORS = ",;\t|"
_NUMBERS = ("lat", "lon", "sog", "cog", "heading")
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
    for block in blocks(stream, first_line=2):
        yield _read_block(block, layout, separator, unique, wanted)


def _read_block(
    block: Block, layout: Layout, separator: str, names: list[str], wanted: dict[str, str]
) -> Batch:
    content = np.frombuffer(block.content, np.uint8)
    starts, fields = line_shapes(content, ord(separator))
    good = fields == len(names)
    used = fields != 0
    bad = np.flatnonzero(used & ~good)
    rejects = reject_rows(
        (
            f"line {block.first_line + i}",
            "quotation mark is not closed"
            if fields[i] < 0
            else f"{'fewer' if fields[i] < len(names) else 'more'} fields than the header has",
            block.content[starts[i] : starts[i + 1]].decode("utf-8", "replace").rstrip("\r\n"),
        )
        for i in bad.tolist()
    )
    numbers = np.flatnonzero(good)
    if numbers.size == 0:
        return Batch(rows=int(used.sum()), rejects=rejects)
    text = block.content
    if numbers.size != fields.size:
        text = content[np.repeat(good, np.diff(starts))].tobytes()
    frame = _parse(text, separator, names, wanted).head(numbers.size)
    lines = pl.Series("row", numbers[: frame.height] + block.first_line, dtype=pl.Int64)
    raw = _raw(frame, lines, layout)
    if "kind" in wanted:
        kind = frame["kind"]
        ships = ~kind.str.strip_chars().str.to_lowercase().is_in(_NOT_SHIPS).fill_null(False)
        raw, frame = raw.filter(ships), frame.filter(ships)
    positions, unfit = sift(raw, "line")
    return Batch(
        rows=int(used.sum()),
        positions=positions,
        static=_static(frame, raw),
        rejects=pl.concat([rejects, unfit]) if unfit.height else rejects,
    )


def _parse(text: bytes, separator: str, names: list[str], wanted: dict[str, str]) -> pl.DataFrame:
    if not text.isascii():
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            text = text.decode("latin-1").encode("utf-8")
    types = dict.fromkeys(names, pl.String())
    numeric: dict[str, pl.DataType] = {
        "mmsi": pl.Float64(),
        **dict.fromkeys(_NUMBERS, pl.Float64()),
    }
    schema: dict[str, pl.DataType] = dict(types)
    for field, kind in numeric.items():
        if field in wanted:
            schema[wanted[field]] = kind
    frame = pl.read_csv(
        text,
        has_header=False,
        schema=schema,
        columns=sorted({names.index(column) for column in wanted.values()}),
        separator=separator,
        quote_char='"' if b'"' in text else None,
        ignore_errors=True,
    )
    return frame.select(pl.col(column).alias(field) for field, column in wanted.items())


def _raw(frame: pl.DataFrame, lines: pl.Series, layout: Layout) -> pl.DataFrame:
    mmsi = pl.col("mmsi")
    whole = pl.when(mmsi.is_finite() & (mmsi == mmsi.floor()) & (mmsi.abs() < 2.0**53)).then(mmsi)
    return frame.select(
        lines,
        whole.cast(pl.Int64).alias("mmsi"),
        parse_times(frame["t"]).alias("t"),
        *(_number(frame, name) for name in _NUMBERS),
        _status(frame).alias("status"),
        pl.lit(layout.name).cast(pl.Categorical).alias("source"),
    )


def _number(frame: pl.DataFrame, name: str) -> pl.Expr:
    given = pl.col(name).cast(RAW[name]) if name in frame.columns else pl.lit(None, RAW[name])
    return given.alias(name)


def _status(frame: pl.DataFrame) -> pl.Series | pl.Expr:
    if "status" not in frame.columns:
        return pl.lit(None, pl.Int16)
    text = frame["status"].str.strip_chars()
    number = text.cast(pl.Float32, strict=False).cast(pl.Int16, strict=False)
    if number.null_count() == text.null_count():
        return number
    words = text.str.to_lowercase().str.replace_all(r"[^a-z0-9]", "")
    coded = words.replace_strict(status_words(), default=None, return_dtype=pl.Int16)
    return number.zip_with(number.is_not_null(), coded)


def _static(frame: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
    """What ships say of themselves in this block."""
    given = [name for name in (*_WORDS, *_SIZES, "imo") if name in frame.columns]
    if not given:
        return pl.DataFrame(schema=STATIC)
    told = pl.concat([raw.select("mmsi"), frame.select(given)], how="horizontal")
    rows = pl.DataFrame({"key": told.hash_rows(), "t": raw["t"]}).with_row_index("row")
    spans = rows.group_by("key").agg(
        first=pl.col("t").min(), last=pl.col("t").max(), row=pl.col("row").first()
    )
    said = pl.concat([told[spans["row"]], spans.select("first", "last")], how="horizontal")
    return tidy_static(said)
