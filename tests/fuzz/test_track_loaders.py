"""Hundreds of mutated inputs for each track loader: no crash, no hang, and every bad record is
counted with a reason. `MASTHEAD_FUZZ_ROUNDS=1000` for a thousand."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import zstandard

from masthead.errors import SourceError
from masthead.tracks.load.batch import Batch
from masthead.tracks.load.files import read_file
from masthead.tracks.positions import SCHEMA
from masthead.tracks.positions import STATIC as STATIC_SCHEMA
from tracks.ships import sail
from tracks.test_load import CLASS_A, DMA, GFW, NEW, OLD, SECONDS, SPIRE, STATIC, STREAM, nmea

ROUNDS = int(os.environ.get("MASTHEAD_FUZZ_ROUNDS", "300"))
"""Mutations of each input."""

SENTENCES = "\n".join(
    [
        nmea(CLASS_A, tag=f"s:rx7,c:{SECONDS}"),
        f"{SECONDS + 3} {nmea('B5NJ;PP005l4ot5Isbl03wsUkP06')}",
        nmea(STATIC[0], tag=f"g:1-2-99,s:rx7,c:{SECONDS}", parts="2,1,3"),
        nmea(STATIC[1], fill=2, tag="g:2-2-99", parts="2,2,3"),
        f"2026-03-01T00:00:00Z {nmea('H52KMeDU653hhhi0000000000000')}",
        nmea("KCQ9r=hrFUnH7P00", tag=f"c:{SECONDS}000"),
        nmea("402R3WiuDjgaqrD5wHMCBC7000S:"),
        nmea(CLASS_A),
    ]
)

HEADS = (b"", b"!AIVDM,1,1,,A,", b"mmsi,t,lat,lon\n", b"PAR1", b"\x1f\x8b\x08", b"PK\x03\x04",
         b"\x28\xb5\x2f\xfd", b"{", b"[")  # fmt: skip


def mutated(whole: bytes, seed: int) -> bytes:
    """The content after one to six random changes: bits, bytes, spans, lines, the end."""
    rng = np.random.default_rng(seed)
    content = bytearray(whole)
    for _ in range(rng.integers(1, 7)):
        if not content:
            break
        at = int(rng.integers(len(content)))
        span = int(rng.integers(1, 40))
        match rng.integers(8):
            case 0:
                content[at] ^= 1 << int(rng.integers(8))
            case 1:
                content[at] = int(rng.integers(256))
            case 2:
                del content[at : at + span]
            case 3:
                content[at:at] = content[at : at + span]
            case 4:
                content[at:at] = rng.integers(0, 256, span, dtype=np.uint8).tobytes()
            case 5:
                content[at:at] = bytes(rng.choice(list(b'",;\n\r\\*!$\0-.9eE:')) for _ in range(3))
            case 6:
                lines = content.split(b"\n")
                rng.shuffle(lines)
                content = bytearray(b"\n".join(lines))
            case 7:
                del content[at:]
    return bytes(content)


def batches(path: Path, content: bytes) -> Iterator[Batch]:
    path.write_bytes(content)
    try:
        for batch in read_file(path):
            assert dict(batch.positions.schema) == SCHEMA
            assert dict(batch.static.schema) == STATIC_SCHEMA
            assert batch.rejects["reason"].null_count() == 0
            assert batch.positions["lat"].is_between(-90, 90).all()
            assert batch.positions["lon"].is_between(-180, 180).all()
            assert not batch.positions["sog"].is_nan().any()
            yield batch
    except SourceError:
        return


def parquet() -> bytes:
    whole = io.BytesIO()
    sail(211000001, [(0, 0.5, 1.0), (5, 1.0, 1.0)]).write_parquet(whole)
    return whole.getvalue()


def zipped() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", OLD)
        archive.writestr("b.nmea", SENTENCES)
    return whole.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: OLD.encode(), id="marinecadastre"),
        pytest.param(lambda: NEW.encode() * 3, id="marinecadastre-2025"),
    ],
)
def test_tables(tmp_path: Path, make: Callable[[], bytes]) -> None:
    whole = make()
    for seed in range(ROUNDS):
        for batch in batches(tmp_path / "a.csv", mutated(whole, seed)):
            assert batch.rows == batch.positions.height + batch.rejects.height


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: SENTENCES.encode(), id="nmea"),
        pytest.param(lambda: (DMA * 2).encode(), id="dma"),
        pytest.param(lambda: (SPIRE * 2).encode(), id="spire"),
        pytest.param(lambda: (GFW * 3).encode(), id="gfw"),
        pytest.param(lambda: STREAM.encode(), id="jsonlines"),
        pytest.param(parquet, id="parquet"),
        pytest.param(lambda: gzip.compress(OLD.encode()), id="gz"),
        pytest.param(zipped, id="zip"),
        pytest.param(lambda: zstandard.compress(OLD.encode()), id="zst"),
    ],
)
def test_files(tmp_path: Path, make: Callable[[], bytes]) -> None:
    whole = make()
    read = 0
    for seed in range(ROUNDS):
        for batch in batches(tmp_path / "a.ais", mutated(whole, seed)):
            read += batch.rows
            assert batch.positions.height <= batch.rows
    assert read > 0


def test_lines_of_chance(tmp_path: Path) -> None:
    for seed in range(ROUNDS):
        rng = np.random.default_rng(seed)
        content = rng.integers(0, 256, int(rng.integers(1, 400)), dtype=np.uint8).tobytes()
        head = HEADS[seed % len(HEADS)]
        for batch in batches(tmp_path / "a", head + content):
            assert batch.positions.height == 0 or head
