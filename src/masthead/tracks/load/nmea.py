"""Files of NMEA 0183 lines to batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from masthead.tracks.load.batch import Batch, reject_rows, sift
from masthead.tracks.load.fast_nmea import FastBlock, decode_block
from masthead.tracks.load.messages import Decoder
from masthead.tracks.load.sentences import SentenceReader
from masthead.tracks.load.streams import Block, blocks

BLOCK_BYTES = 1 << 22


def read_nmea(stream: BinaryIO, source: str = "nmea", *, fast: bool = True) -> Iterator[Batch]:
    """The batches of a stream of AIVDM/AIVDO lines. `fast` decodes the plain lines by the compiled
    reader; the positions are the same without."""
    reader = SentenceReader()
    decoder = Decoder(source)
    for block in blocks(stream, block_bytes=BLOCK_BYTES):
        before = reader.sentences
        done = decode_block(block.content, block.first_line, source) if fast else None
        lines = _left(block, done)
        decoder.take(m for number, line in lines if (m := reader.feed(number, line)) is not None)
        read = reader.sentences - before + (done.messages if done else 0)
        yield _batch(reader, decoder, read, done)
    reader.close()
    yield _batch(reader, decoder, 0, None)


def _left(block: Block, done: FastBlock | None) -> Iterator[tuple[int, bytes]]:
    """The lines of a block that the compiled reader has left, by number."""
    if done is None:
        yield from enumerate(block.content.split(b"\n"), block.first_line)
        return
    content, starts = block.content, done.starts
    for line in done.left.tolist():
        yield block.first_line + line, content[starts[line] : starts[line + 1] - 1]


def _batch(
    reader: SentenceReader, decoder: Decoder, sentences: int, done: FastBlock | None
) -> Batch:
    refused = [*reader.rejects, *decoder.rejects]
    reader.rejects, decoder.rejects = [], []
    rows = decoder.rows()
    if done is not None and done.rows.height:
        rows = pl.concat([rows, done.rows]).sort("row", maintain_order=True)
    positions, unfit = sift(rows, "line")
    rejects = reject_rows(
        (f"line {number}", reason, raw.decode("utf-8", "replace").rstrip("\r\n"))
        for number, reason, raw in sorted(refused)
    )
    return Batch(
        rows=sentences,
        positions=positions,
        static=decoder.said(),
        rejects=pl.concat([rejects, unfit]),
    )
