"""Bytes of a list to text, rows and dates. Nothing here trusts the file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from masthead.checks.screening.entries import Rejects

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
         (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_MONTHS = {
    month: number
    for number, month in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}  # fmt: skip
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_WORDY = re.compile(r"(?<!\d)(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*[\s,-]+(\d{4})(?!\d)")


def decode(raw: bytes) -> str:
    """UTF-8 (with or without a mark), UTF-16 with one, else Windows-1252. A UTF-8 text with a few
    torn bytes stays UTF-8."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        lenient = raw.decode("utf-8", "replace")
    torn = lenient.count("\ufffd")
    good = sum(not c.isascii() for c in lenient) - torn
    return lenient if good > torn else raw.decode("cp1252", "replace")


def read_text(path: Path) -> str:
    """A whole file as text. Raises `OSError`."""
    return decode(path.read_bytes())


def rows(
    text: str, rejects: Rejects, *, delimiter: str = ",", first_line: int = 1
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text with the line each ends on, empty ones left out. A row that csv cannot
    take (a cell of more than 128 KiB, most often a quote that is not closed) is a reject."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rejects.add(f"line {first_line - 1 + reader.line_num}", f"is no CSV ({error})")
            continue
        if any(cell.strip(" \t\r\n\x1a\0") for cell in row):
            yield first_line - 1 + reader.line_num, row


def column_key(name: str) -> str:
    """A column's name for comparing: small letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def records(
    header: Sequence[str], body: Iterator[tuple[int, list[str]]], rejects: Rejects
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as records by `column_key`. A row with too few or too many cells is a reject."""
    keys = [column_key(name) for name in header]
    while keys and not keys[-1]:
        keys.pop()
    for line, row in body:
        extra = row[len(keys) :]
        if len(row) < len(keys) or any(cell.strip() for cell in extra):
            rejects.add(
                f"line {line}", f"has {len(row)} cells, {len(keys)} expected", "|".join(row)
            )
            continue
        yield line, {key: cell.strip() for key, cell in zip(keys, row, strict=False)}


def parse_day(text: object, *, month_first: bool = False) -> date | None:
    """The first whole date in a text: 2022-03-01, 01/03/2022 (03/01/2022 if `month_first`),
    1 Mar 2022, 01-Mar-2022. None for a year or month alone: that is no day."""
    flat = str(text or "")[:200]
    try:
        if found := _ISO.search(flat):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMERIC.search(flat):
            day, month = (int(found[2]), int(found[1])) if month_first else (
                int(found[1]), int(found[2]))  # fmt: skip
            return date(int(found[3]), month, day)
        if (found := _WORDY.search(flat)) and found[2].lower() in _MONTHS:
            return date(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    except ValueError:
        return None
    return None
