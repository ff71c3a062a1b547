"""Rows: JSON lines, a JSON array, CSV and TSV; each row is a document.

A column map says which column is the text, title, date, outlet, URL, language. Without one, the
first of the usual names is taken (`USUAL_NAMES`). All scalar columns but those that became text,
title, outlet and URL are kept in `meta` under their own names, the date's words among them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from typing import Any

from masthead.model import Scalar
from masthead.reports.formats.decode import clean_text, decode
from masthead.reports.formats.record import MAX_TEXT_CHARS, Flaw, Record, Request

USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "description", "narrative", "message", "summary",
             "details", "report"),
    "title": ("title", "headline", "subject"),
    "date": ("date", "published", "published_at", "publication_date", "pub_date", "pubdate",
             "issue", "issued", "issue_date", "dtg", "datetime", "timestamp", "created_at", "day"),
    "outlet": ("outlet", "source", "publisher", "site_name", "sitename", "site", "newspaper",
               "issuer"),
    "url": ("url", "link", "source_url", "permalink"),
    "language": ("language", "lang"),
    "id": ("id", "guid", "uid"),
}  # fmt: skip
"""The fields of a document, and the columns that are taken for each, the surest first. `source` is
no outlet in a table that also has a `target`: there it is an actor of a coded event."""

_MOVED = ("text", "title", "outlet", "url")

NOT_JSON = "is no JSON"
NOT_AN_OBJECT = "is no JSON object"
TOO_DEEP = "JSON is nested too deeply"
NO_TEXT = "row has no text"
NO_TEXT_COLUMN = "no column is the text (name one: columns text=…)"
NO_SUCH_COLUMN = "a column of the column map is not there"
OPEN_QUOTE = "a quote is never closed"
BAD_ROW = "row is no CSV"
TOO_MANY_CELLS = "row has more cells than the header"
MAX_REPAIRS = 100
"""How often reading of one CSV file starts again after a quote that is never closed."""


def read_jsonl(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """One record a line; blank lines do not count."""
    text, encoding = decode(content)
    number = 0
    for line_number, line in enumerate(clean_text(text).split("\n"), 1):
        if line.strip():
            number += 1
            value = _parse(line, f"line {line_number}")
            yield (
                value
                if isinstance(value, Flaw)
                else _record(value, str(number), f"line {line_number}", request, encoding)
            )


def read_json(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """An array of rows, an object that holds one (`{"items": […]}`), or a single row."""
    text, encoding = decode(content)
    value = _parse(text, "file")
    if isinstance(value, Flaw):
        # a file called .json that holds JSON lines is common
        if value.reason == NOT_JSON and "\n" in text.strip() and text.lstrip().startswith("{"):
            yield from read_jsonl(content, request)
        else:
            yield value
        return
    if isinstance(value, dict):
        lists = [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        has_text = isinstance(value.get(_columns(value, request.columns).get("text", "")), str)
        if has_text or len(lists) != 1:
            yield _record(value, "", "file", request, encoding)
            return
        value = lists[0]
    if not isinstance(value, list):
        yield Flaw("file", NOT_AN_OBJECT, text[:80])
        return
    for number, row in enumerate(value, 1):
        yield _record(row, str(number), f"record {number}", request, encoding)


def read_csv(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """A table with a header; the separator (comma, semicolon, tab, bar) is the header's."""
    text, encoding = decode(content)
    lines = clean_text(text).split("\n")
    csv.field_size_limit(MAX_TEXT_CHARS)
    head = lines[0] if lines else ""
    separator = "\t" if request.suffix == ".tsv" else max(",;\t|", key=head.count)
    names: list[str] | None = None
    number = 0
    for where, cells in _table(lines, separator):
        if isinstance(cells, Flaw):
            number += 1
            yield cells
        elif names is None:
            names = [name.strip() for name in cells]
            if flaw := _missing(names, request.columns, where):
                yield flaw
                return
        elif any(cell.strip() for cell in cells):
            number += 1
            if len(cells) > len(names):
                yield Flaw(where, TOO_MANY_CELLS, separator.join(cells)[:80])
            else:
                row = dict(zip(names, cells, strict=False))
                yield _record(row, str(number), where, request, encoding)


def _missing(names: list[str], columns: Mapping[str, str] | None, where: str) -> Flaw | None:
    row = dict.fromkeys(names, "")
    for column in (columns or {}).values():
        if column not in row:
            return Flaw(where, NO_SUCH_COLUMN, f"{column!r} is not among {', '.join(names)}"[:300])
    if "text" not in _columns(row, columns):
        return Flaw(where, NO_TEXT_COLUMN, ", ".join(names)[:300])
    return None


def _table(lines: list[str], separator: str) -> Iterator[tuple[str, list[str] | Flaw]]:
    """The rows with the line each begins on. After a quote that is never closed, reading starts
    again on the next line, so one stray quote costs one row and not the rest of the file."""
    start = 0
    for _ in range(MAX_REPAIRS):
        rows = csv.reader((line + "\n" for line in lines[start:]), delimiter=separator, strict=True)
        begun = 0
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                reason = OPEN_QUOTE if "unexpected end" in str(error) else BAD_ROW
                where = f"line {start + begun + 1}"
                yield where, Flaw(where, reason, lines[start + begun][:80])
                start += begun + 1
                break
            if cells:
                yield f"line {start + begun + 1}", cells
            begun = rows.line_num
    yield "file", Flaw(f"line {start + 1} to the end", f"more than {MAX_REPAIRS} broken rows")


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        return Flaw(where, TOO_DEEP, text[:80])
    except ValueError as error:
        return Flaw(where, NOT_JSON, f"{error}: {text.strip()[:80]}")


def _columns(row: Mapping[str, Any], columns: Mapping[str, str] | None) -> dict[str, str]:
    """Which column of a row is which field."""
    chosen = {field: name for field, name in (columns or {}).items() if name in row}
    known = {_plain(name): name for name in reversed(list(row))}
    for field, names in USUAL_NAMES.items():
        if field in (columns or {}):
            continue
        usual = [
            known[n] for n in names if n in known and not (n == "source" and "target" in known)
        ]
        filled = [name for name in usual if row[name] not in (None, "")]
        if filled or usual:
            chosen[field] = (filled or usual)[0]
    return chosen


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _record(row: Any, part: str, where: str, request: Request, encoding: str) -> Record | Flaw:
    if isinstance(row, str):
        row = {"text": row}
    if not isinstance(row, dict):
        return Flaw(where, NOT_AN_OBJECT, str(row)[:80])
    chosen = _columns(row, request.columns)

    def words(field: str) -> str | None:
        value = row.get(chosen.get(field, ""))
        return str(value) if isinstance(value, str | int | float) and value != "" else None

    text = row.get(chosen.get("text", ""))
    if not isinstance(text, str) or not text.strip():
        return Flaw(where, NO_TEXT, json.dumps(row, ensure_ascii=False, default=str)[:80])
    moved = {chosen[field] for field in _MOVED if field in chosen}
    meta: dict[str, Scalar] = {
        str(name): value
        for name, value in row.items()
        if name not in moved and isinstance(value, str | int | float | bool) and value != ""
    }
    if encoding != "utf-8":
        meta["encoding"] = encoding
    return Record(
        text=text, part=part, where=where, title=words("title"), date=words("date"),
        outlet=words("outlet"), url=words("url"), language=words("language"), meta=meta,
    )  # fmt: skip
