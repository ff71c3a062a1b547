"""The bytes of a file, unpacked if it is gzip, and never more than the limit."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from masthead.errors import SourceError
from masthead.reports.formats.record import MAX_FILE_BYTES, Flaw

CHUNK_BYTES = 2**20

TOO_LARGE = f"file is larger than {MAX_FILE_BYTES // 2**20} MiB"
BROKEN_GZIP = "gzip file is damaged"


def read_bounded(path: Path, limit: int = MAX_FILE_BYTES) -> tuple[bytes, Flaw | None]:
    """The content of a file and what is wrong with it, if anything.

    A damaged gzip file gives what was unpacked before the damage. A file (or what it unpacks to)
    beyond `limit` bytes gives none. Raises `SourceError` where the file cannot be read at all.
    """
    if not path.is_file():
        raise SourceError(path, "no such file" if not path.exists() else "is not a file")
    try:
        with path.open("rb") as file:
            if file.read(2) != b"\x1f\x8b":
                file.seek(0)
                content = file.read(limit + 1)
                return (b"", Flaw("file", TOO_LARGE)) if len(content) > limit else (content, None)
            file.seek(0)
            with gzip.GzipFile(fileobj=file) as unpacked:
                return _unpack(unpacked, limit)
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror or error})") from error


def _unpack(unpacked: gzip.GzipFile, limit: int) -> tuple[bytes, Flaw | None]:
    pieces, size = [], 0
    try:
        while piece := unpacked.read(CHUNK_BYTES):
            size += len(piece)
            if size > limit:
                return b"", Flaw("file", TOO_LARGE)
            pieces.append(piece)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        return b"".join(pieces), Flaw(f"after byte {size}", BROKEN_GZIP, str(error))
    return b"".join(pieces), None
