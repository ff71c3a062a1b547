"""What a format hands on: one record of a file, or a flaw, before dates and language are settled.

A reader of a format is a plain function: the bytes of a file and the `Request` in, records and
flaws out, in the order of the file. It opens nothing itself and never fails on bad content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from masthead.model import Scalar

MAX_FILE_BYTES = 64 * 2**20
"""The largest file that is read, unpacked: 64 MiB (a year of HYDROLANT warnings is about 2)."""

MAX_TEXT_CHARS = 16 * 2**20
"""The longest text of one document: 16 Mi characters, some 5,000 pages."""

MAX_PARTS = 200
"""The most parts of one mail (bodies and attachments) that are looked at."""


@dataclass(frozen=True)
class Request:
    """What the caller asked for: the file's suffix without `.gz`, the column map, hidden text."""

    suffix: str
    columns: Mapping[str, str] | None = None
    keep_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    """One document as its format gives it. `part` is its place in a file that holds many ("3"),
    `date` the format's own words or moment for the date."""

    text: str
    part: str = ""
    where: str = "file"
    title: str | None = None
    date: str | datetime | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    meta: dict[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class Flaw:
    """A piece of a file that cannot be used: where it is, why, and how it begins."""

    where: str
    reason: str
    sample: str = ""


Reader = Callable[[bytes, Request], Iterator[Record | Flaw]]
