"""Between Spark's batches and our tables, on the workers.

Spark knows no unsigned numbers and keeps time in microseconds. Tables whose columns differ from one
to the next travel as one column of bytes (Arrow IPC).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

import polars as pl
import pyarrow as pa

Batches = Iterator[pa.RecordBatch]
_TYPES: dict[pl.DataType, tuple[str, pl.DataType]] = {
    pl.UInt32(): ("bigint", pl.Int64()),
    pl.Int64(): ("bigint", pl.Int64()),
    pl.Int32(): ("bigint", pl.Int64()),
    pl.Float64(): ("double", pl.Float64()),
    pl.Boolean(): ("boolean", pl.Boolean()),
}
"""Our types of the columns of pairs: Spark's name, and what we send."""


def columns_of(schema: pl.Schema) -> str:
    """A schema for Spark."""
    return ", ".join(f"`{name}` {_TYPES[kind][0]}" for name, kind in schema.items())


def send(table: pl.DataFrame) -> Iterator[pa.RecordBatch]:
    """A table of such columns as batches."""
    plain = table.cast({name: _TYPES[kind][1] for name, kind in table.schema.items()})
    yield from plain.to_arrow().to_batches(max_chunksize=100_000)


def receive(batch: pa.RecordBatch) -> pl.DataFrame:
    """A batch as a table, in Spark's types."""
    return pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))


def packed(rows: Iterable[tuple[str, str, pl.DataFrame]]) -> Iterator[pa.RecordBatch]:
    """Tables as bytes, each with two words that say what it is (`PACKED`), in one batch."""
    first, second, tables = [], [], []
    for name, part, table in rows:
        buffer = io.BytesIO()
        table.write_ipc(buffer, compression="zstd")
        first.append(name)
        second.append(part)
        tables.append(buffer.getvalue())
    yield pa.RecordBatch.from_pydict(
        {"name": first, "part": second, "table": tables},
        schema=pa.schema([("name", pa.string()), ("part", pa.string()), ("table", pa.binary())]),
    )


PACKED = "name string, part string, table binary"


def unpacked(table: object) -> pl.DataFrame:
    """A table out of its bytes."""
    return pl.read_ipc(io.BytesIO(bytes(table)))  # type: ignore[call-overload]


def whole(
    batches: Batches, read: Callable[[pa.RecordBatch], pl.DataFrame], by: Sequence[str], rows: int
) -> Iterator[pl.DataFrame]:
    """A partition sorted by some columns in tables of some `rows`, all rows with the same values in
    one table."""
    held: list[pl.DataFrame] = []
    count = 0
    for batch in batches:
        table = read(batch)
        if not table.height:
            continue
        held.append(table)
        count += table.height
        if count < rows:
            continue
        both = pl.concat(held)
        last = pl.all_horizontal(pl.col(name) == both[name][-1] for name in by)
        open_rows = both.filter(last)
        if open_rows.height < both.height:
            yield both.head(both.height - open_rows.height)
        held, count = [open_rows], open_rows.height
    if held:
        yield pl.concat(held)
