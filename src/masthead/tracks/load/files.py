"""One file of any known format, packed or not, to batches."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from masthead.errors import SourceError
from masthead.tracks.load.batch import Batch, reject_rows
from masthead.tracks.load.jsonlines import read_jsonlines
from masthead.tracks.load.nmea import read_nmea
from masthead.tracks.load.parquet import read_parquet
from masthead.tracks.load.sniff import HEAD_BYTES, sniff
from masthead.tracks.load.streams import open_streams
from masthead.tracks.load.table import read_table


def read_file(
    path: Path,
    columns: Mapping[str, str] | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> Iterator[Batch]:
    """The batches of a file. Where it breaks off (a damaged archive), what was read before is
    kept and the rest is one reject. Raises `SourceError` if nothing of it can be read at all."""
    read = 0
    try:
        with open_streams(path, tell) as streams:
            for name, stream in streams:
                for batch in _read_stream(path, name, stream, columns):
                    read += batch.rows
                    yield batch
    except SourceError as error:
        if read == 0:
            raise
        yield _broken(read, error)


def _broken(read: int, error: SourceError) -> Batch:
    return Batch(
        rows=0,
        rejects=reject_rows([(f"after row {read}", "file is damaged from here", str(error))]),
    )


def _read_stream(
    path: Path, name: str, stream: io.RawIOBase, columns: Mapping[str, str] | None
) -> Iterator[Batch]:
    buffered = io.BufferedReader(stream, HEAD_BYTES)
    head = buffered.peek(HEAD_BYTES)[:HEAD_BYTES]
    form = sniff(head)
    if form == "nmea":
        yield from read_nmea(cast(BinaryIO, buffered))
    elif form == "table":
        yield from read_table(cast(BinaryIO, buffered), str(path), columns)
    elif form == "jsonlines":
        yield from read_jsonlines(cast(BinaryIO, buffered), str(path), columns)
    elif form == "parquet":
        if _begins_with(path, b"PAR1"):
            yield from read_parquet(path, columns)
        else:
            with tempfile.NamedTemporaryFile(suffix=".parquet") as whole:
                shutil.copyfileobj(buffered, whole)
                whole.flush()
                yield from read_parquet(Path(whole.name), columns)
    elif head:
        raise SourceError(path, "is no AIS data: NMEA sentences, CSV with a header, JSON lines or "
                                "Parquet expected")  # fmt: skip


def _begins_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic
