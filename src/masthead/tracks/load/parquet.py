"""Positions from Parquet: Masthead's own, or any table whose columns are of a known layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from masthead.errors import SourceError
from masthead.tracks.load.batch import Batch, sift
from masthead.tracks.load.columns import find_layout
from masthead.tracks.load.times import parse_times
from masthead.tracks.positions import RAW

ROWS = 500_000


def read_parquet(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Batch]:
    """The batches of a Parquet file. Raises `SourceError` if it is none, or not of positions."""
    try:
        file = pq.ParquetFile(path)
        layout = find_layout(file.schema_arrow.names, columns)
        if layout is None:
            raise SourceError(
                path, f"its columns are not known ({', '.join(file.schema_arrow.names)[:160]})"
            )
        wanted = {f: c for f, c in layout.columns.items() if f in RAW}
        if "source" in file.schema_arrow.names:
            wanted["source"] = "source"
        done = 0
        for record in file.iter_batches(ROWS, columns=list(wanted.values())):
            frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([record])))
            raw = _raw(frame, wanted, layout.name, done)
            done += raw.height
            positions, rejects = sift(raw, "row")
            yield Batch(rows=raw.height, positions=positions, rejects=rejects)
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError, ValueError) as error:
        raise SourceError(path, f"is no readable Parquet file of positions ({error})") from error


def _raw(frame: pl.DataFrame, wanted: Mapping[str, str], layout: str, done: int) -> pl.DataFrame:
    columns = [
        pl.int_range(1 + done, 1 + done + frame.height, dtype=pl.Int64, eager=True).alias("row")
    ]
    for name, kind in RAW.items():
        if name == "row":
            continue
        if name not in wanted:
            default = layout if name == "source" else None
            columns.append(pl.Series(name, [default] * frame.height, dtype=kind))
            continue
        values = frame[wanted[name]].alias(name)
        if name == "t":
            values = _times(values)
        elif name == "source":
            values = values.cast(pl.String)
        columns.append(values.cast(kind, strict=False))
    return pl.DataFrame(columns)


def _times(values: pl.Series) -> pl.Series:
    if isinstance(values.dtype, pl.Datetime):
        if values.dtype.time_zone is None:
            values = values.dt.replace_time_zone("UTC")
        return values.dt.convert_time_zone("UTC").dt.cast_time_unit("ms")
    return parse_times(values)
