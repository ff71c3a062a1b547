"""The bytes of a file, unpacked if it is gzip, and never more than the limit."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

from masthead.errors import SourceError
from masthead.reports.formats.record import MAX_FILE_BYTES, Flaw

CHUNK_BYTES = 64 * 1024
GZIP = 31
"""zlib's `wbits` for a gzip member with its header and check sum."""

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
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            if packed:
                return _unpack(file, limit)
            content = file.read(limit + 1)
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror or error})") from error
    return (b"", Flaw("file", TOO_LARGE)) if len(content) > limit else (content, None)


def _unpack(file: BinaryIO, limit: int) -> tuple[bytes, Flaw | None]:
    """The members of a gzip file, one after the other; what follows the last is ignored."""
    pieces, size = [], 0
    member = zlib.decompressobj(wbits=GZIP)
    packed = b""
    while packed := packed or file.read(CHUNK_BYTES):
        try:
            pieces.append(member.decompress(packed, CHUNK_BYTES))
        except zlib.error as error:
            return b"".join(pieces), Flaw(f"after byte {size}", BROKEN_GZIP, str(error))
        size += len(pieces[-1])
        if size > limit:
            return b"", Flaw("file", TOO_LARGE)
        packed = member.unconsumed_tail
        if member.eof:
            packed = member.unused_data or file.read(CHUNK_BYTES)
            if not packed.startswith(b"\x1f"):
                return b"".join(pieces), None
            member = zlib.decompressobj(wbits=GZIP)
    return b"".join(pieces), Flaw(f"after byte {size}", BROKEN_GZIP, "it is cut off")
