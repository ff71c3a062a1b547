"""Plain text: the file is the document."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.model import Scalar
from masthead.reports.formats.decode import clean_text, decode
from masthead.reports.formats.record import Flaw, Record, Request

BINARY = "is no text (most of it is binary)"


def read_text(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """One record, or a flaw where a file of bytes only calls itself text."""
    text, encoding = decode(content)
    if is_binary(text):
        yield Flaw("file", BINARY, repr(content[:40]))
    else:
        yield Record(text=text, meta=encoding_meta(encoding))


def is_binary(text: str) -> bool:
    """Whether more than a tenth of the first characters are controls that no text has (a few are
    let pass in the shortest text)."""
    head = text[:4096]
    odd = sum(c == "\ufffd" for c in clean_text(head)) + head.count("\0")
    return odd > 4 and odd * 10 > len(head)


def encoding_meta(encoding: str) -> dict[str, Scalar]:
    """The encoding as document metadata, where it is not UTF-8."""
    return {} if encoding == "utf-8" else {"encoding": encoding}
