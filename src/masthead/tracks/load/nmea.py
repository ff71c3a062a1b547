"""Files of NMEA 0183 lines to batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from masthead.tracks.load.batch import Batch, reject_rows, sift
from masthead.tracks.load.messages import Decoder
from masthead.tracks.load.sentences import SentenceReader
from masthead.tracks.load.streams import blocks

BLOCK_BYTES = 1 << 22


def read_nmea(stream: BinaryIO, source: str = "nmea") -> Iterator[Batch]:
    """The batches of a stream of AIVDM/AIVDO lines."""
    reader = SentenceReader()
    decoder = Decoder(source)
    for block in blocks(stream, block_bytes=BLOCK_BYTES):
        before = reader.sentences
        lines = enumerate(block.content.split(b"\n"), block.first_line)
        decoder.take(m for number, line in lines if (m := reader.feed(number, line)) is not None)
        yield _batch(reader, decoder, reader.sentences - before)
    reader.close()
    yield _batch(reader, decoder, 0)


def _batch(reader: SentenceReader, decoder: Decoder, sentences: int) -> Batch:
    refused = [*reader.rejects, *decoder.rejects]
    reader.rejects, decoder.rejects = [], []
    positions, unfit = sift(decoder.rows(), "line")
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
