"""Files as streams of whole lines: plain, gzip, zip and zstd, recognised by their first bytes.

Memory stays flat: a stream is read in blocks of `BLOCK_BYTES`, cut at the end of a line.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import zstandard

from masthead.errors import SourceError

BLOCK_BYTES = 1 << 24
PIECE_BYTES = 1 << 20
LONGEST_LINE_BYTES = 1 << 20
"""A longer line is no record of any AIS format; it is cut there and rejected in pieces."""

DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, zstandard.ZstdError,
          NotImplementedError, RuntimeError, ValueError)  # fmt: skip
"""What the decompressors raise on a damaged stream (zipfile: RuntimeError for a password,
NotImplementedError for a method it lacks)."""


@dataclass(frozen=True)
class Block:
    """Whole lines of a file, with the number (from 1) of the first."""

    content: bytes
    first_line: int


class _Counted(io.RawIOBase):
    """A file that tells how many of its bytes have been read."""

    def __init__(self, path: Path, tell: Callable[[int], None]) -> None:
        self._file = path.open("rb")
        self._tell = tell

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: object) -> int:
        count = self._file.readinto(cast(bytearray, buffer))
        self._tell(self._file.tell())
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class _Guarded(io.RawIOBase):
    """A stream whose damage is a `SourceError`."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._path = path
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            got = getattr(self._stream, "read1", self._stream.read)(len(view))
        except DAMAGE as error:
            raise SourceError(self._path, f"is damaged: {error or type(error).__name__}") from error
        view[: len(got)] = got
        return len(got)


def _quiet(_: int) -> None:
    return None


@contextmanager
def open_streams(
    path: Path, tell: Callable[[int], None] = _quiet
) -> Iterator[Iterator[tuple[str, io.RawIOBase]]]:
    """The decompressed content of a file as (name, stream) pairs: one, or one a member of a zip.
    `tell` is called with the bytes of the file read so far. Raises `SourceError`."""
    try:
        raw = io.BufferedReader(_Counted(path, tell))
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror})") from error
    with raw:
        yield _unpack(path, raw)


def _unpack(path: Path, raw: io.BufferedReader[Any]) -> Iterator[tuple[str, io.RawIOBase]]:
    head = raw.peek(4)[:4]
    if head == b"PK\x03\x04":
        yield from _unpack_zip(path, raw)
    elif head[:2] == b"\x1f\x8b":
        yield path.name, _Guarded(path, cast(BinaryIO, gzip.GzipFile(fileobj=raw)))
    elif head == b"\x28\xb5\x2f\xfd":
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        yield path.name, _Guarded(path, cast(BinaryIO, reader))
    else:
        yield path.name, _Guarded(path, raw)


def _unpack_zip(path: Path, raw: io.BufferedReader[Any]) -> Iterator[tuple[str, io.RawIOBase]]:
    try:
        archive = zipfile.ZipFile(raw)
    except DAMAGE as error:
        raise SourceError(path, f"is damaged: {error}") from error
    with archive:
        for member in archive.infolist():
            hidden = Path(member.filename).name.startswith(".")
            if member.is_dir() or hidden or "__MACOSX" in member.filename:
                continue
            try:
                stream = archive.open(member)
            except DAMAGE as error:
                raise SourceError(path, f"{member.filename} is damaged: {error}") from error
            with stream:
                name = f"{path.name}/{member.filename}"
                yield name, _Guarded(path, cast(BinaryIO, stream))


def blocks(
    stream: BinaryIO, *, first_line: int = 1, block_bytes: int = BLOCK_BYTES
) -> Iterator[Block]:
    """The stream in blocks of whole lines. Where it breaks off, the whole lines before are still
    given, and then the error is raised."""
    rest = b""
    broken: SourceError | None = None
    while broken is None:
        pieces, broken = _read(stream, block_bytes)
        content = b"".join([rest, *pieces])
        if not pieces:
            break
        end = content.rfind(b"\n") + 1
        if end == 0 and len(content) < LONGEST_LINE_BYTES:
            rest = content
            continue
        if end == 0:
            end = len(content)
        block, rest = content[:end], content[end:]
        yield Block(block, first_line)
        first_line += block.count(b"\n")
    if broken is not None:
        raise broken
    if rest:
        yield Block(rest, first_line)


def _read(stream: BinaryIO, size: int) -> tuple[list[bytes], SourceError | None]:
    """About `size` bytes in the pieces that the stream gives, and what broke it, if anything."""
    pieces: list[bytes] = []
    read = getattr(stream, "read1", stream.read)
    while size > 0:
        try:
            piece = read(min(size, PIECE_BYTES))
        except SourceError as error:
            return pieces, error
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return pieces, None
