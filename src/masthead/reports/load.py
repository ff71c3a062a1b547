"""Reports from files: text, Markdown, HTML, PDF, mail, feeds, and rows of JSON or CSV.

A document's text is the text as decoded, with `\\n` as its only line end; every offset counts in
it. Its date is, in this order: the one given by the caller; a head line of the text; the format's
own metadata; the file name; else None. `meta["date_from"]` says which ("argument", "head line",
"metadata", "file name"). A date that is not in the calendar is not replaced by the next best: the
document has none, and `meta["date_unread"]` holds the words.

Nothing is fetched from a network, nothing in a file is executed, and what a file may cost is
bounded (`formats.record`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from masthead.errors import SourceError
from masthead.model import Document, Reject, Scalar
from masthead.reports.formats import READERS
from masthead.reports.formats.dated import (
    Dated,
    WrongDate,
    exact,
    file_name_date,
    head_date,
    read_date,
)
from masthead.reports.formats.decode import clean_line, clean_text
from masthead.reports.formats.language import detect_language, language_tag
from masthead.reports.formats.packed import read_bounded
from masthead.reports.formats.record import MAX_TEXT_CHARS, Flaw, Record, Request
from masthead.reports.formats.text import read_text

SAMPLE_CHARS = 200
META_CHARS = 4000

TOO_LONG = f"text is longer than {MAX_TEXT_CHARS // 2**20} Mi characters"
NO_TEXT = "no text"
NO_RECORD = "no record in it"

_WEB = ("http", "https", "ftp")


def expand(sources: Iterable[str | Path]) -> list[Path]:
    """The files that the sources name, each once, in order: a file is itself; a folder is the
    files of known suffix in it and below, sorted, without hidden ones; a glob what it matches.

    Folders behind symbolic links are not entered. Raises `SourceError` for a file that is not
    there, and for a folder or a glob with nothing to read.
    """
    files: dict[Path, None] = {}
    for source in sources:
        path = Path(source)
        if path.is_dir():
            found = _in_folder(path)
            if not found:
                raise SourceError(source, f"no report in this folder ({_known()})")
        elif path.exists():
            found = [path]
        elif any(mark in str(source) for mark in "*?["):
            found = _matching(path)
            if not found:
                raise SourceError(source, f"matches no report ({_known()})")
        else:
            raise SourceError(source, "no such file or folder")
        files |= dict.fromkeys(found)
    return list(files)


def load(
    path: str | Path,
    *,
    name: str | None = None,
    date: datetime | None = None,
    columns: Mapping[str, str] | None = None,
    keep_hidden: bool = False,
) -> Iterator[Document | Reject]:
    """The documents of a file, one after the other, and a `Reject` for what cannot be used.

    `Document.id` is the path as given (or `name` in its place), with `#n` for the n-th record of a
    file that holds many. `columns` says which column of a table is which field: text, title, date,
    outlet, url, language, id. `keep_hidden` keeps the text that an HTML page hides. Raises
    `SourceError` only where the file cannot be read at all.
    """
    path = Path(path)
    shown = _well_formed(name if name is not None else str(path))
    content, damage = read_bounded(path)
    if damage:
        yield Reject(path=shown, where=damage.where, reason=damage.reason, sample=damage.sample)
        if not content:
            return
    suffix = _suffix(path.name)
    request = Request(suffix, columns, keep_hidden)
    item = None
    for item in READERS.get(suffix, read_text)(content, request):
        yield _finish(item, shown, path.name, date)
    if item is None:
        yield Reject(path=shown, where="file", reason=NO_RECORD)


def load_text(
    text: str, *, name: str = "-", date: datetime | None = None, language: str | None = None
) -> Document:
    """A text that is already in hand (standard input, a string) as a document; its language is
    detected where it is not given. Raises `SourceError` if it is too long."""
    done = _finish(
        Record(text=text, language=language), _well_formed(name), "", date, allow_empty=True
    )
    if isinstance(done, Reject):
        raise SourceError(name, done.reason)
    return done


def _finish(
    item: Record | Flaw, shown: str, file_name: str, given: datetime | None,
    *, allow_empty: bool = False,
) -> Document | Reject:  # fmt: skip
    if isinstance(item, Flaw):
        sample = clean_text(item.sample)[:SAMPLE_CHARS]
        return Reject(path=shown, where=item.where, reason=item.reason, sample=sample)
    if len(item.text) > MAX_TEXT_CHARS:
        return Reject(path=shown, where=item.where, reason=TOO_LONG)
    text = clean_text(item.text)
    if not text.strip() and not allow_empty:
        return Reject(path=shown, where=item.where, reason=NO_TEXT)
    dated, settled = _date(text, item, file_name, given)
    return Document(
        id=f"{shown}#{item.part}" if item.part else shown,
        text=text,
        title=clean_line(item.title) if item.title else None,
        date=dated.moment if dated else None,
        date_precision=dated.precision if dated else "day",
        outlet=clean_line(item.outlet) if item.outlet else None,
        language=_language(item, text),
        url=_web_address(item.url),
        media_type=item.media_type,
        meta={clean_text(k)[:SAMPLE_CHARS]: _bounded(v) for k, v in item.meta.items()} | settled,
    )


def _date(
    text: str, item: Record, file_name: str, given: datetime | None
) -> tuple[Dated | None, dict[str, Scalar]]:
    """The document's date, and what `meta` says of it."""
    origin: Literal["argument", "head line", "metadata", "file name"] = "argument"
    try:
        if given is not None:
            dated: Dated | None = _as_given(given)
        elif dated := head_date(text):
            origin = "head line"
        elif item.date is not None and (dated := _from_format(item.date)):
            origin = "metadata"
        elif dated := file_name_date(file_name):
            origin = "file name"
    except WrongDate as wrong:
        return None, {"date_unread": _bounded(str(wrong))}
    return dated, {"date_from": origin} if dated else {}


def _as_given(moment: datetime) -> Dated:
    """A date given at midnight is a day; with an hour it is good to the minute or second."""
    dated = exact(moment)
    if moment.second or moment.microsecond:
        return dated
    whole_day = moment.hour == moment.minute == 0
    return Dated(dated.moment, "day" if whole_day else "minute")


def _from_format(date: str | datetime) -> Dated | None:
    return exact(date) if isinstance(date, datetime) else read_date(date)


def _language(item: Record, text: str) -> str | None:
    """A row's own column counts; a page's or feed's tag only where the text is too short to tell,
    because publishing systems leave their factory setting in it."""
    declared = language_tag(item.language)
    if item.media_type == "text/plain" and declared:
        return declared
    return detect_language(text) or declared


def _web_address(url: str | None) -> str | None:
    try:
        return clean_line(url, 2000) if url and urlsplit(url.strip()).scheme in _WEB else None
    except ValueError:
        return None


def _bounded(value: Scalar) -> Scalar:
    return clean_text(value)[:META_CHARS] if isinstance(value, str) else value


def _suffix(name: str) -> str:
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _well_formed(name: str) -> str:
    """A file name as text that can be stored: bytes that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _known() -> str:
    return f"known: {' '.join(READERS)}, each also with .gz"


def _in_folder(folder: Path) -> list[Path]:
    found: list[Path] = []
    for entry in sorted(folder.iterdir(), key=lambda p: p.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                found += _in_folder(entry)
        elif entry.is_file() and _suffix(entry.name) in READERS:
            found.append(entry)
    return found


def _matching(pattern: Path) -> list[Path]:
    """The files that a glob matches; those of unknown suffix only if the glob names that suffix."""
    base = Path(pattern.anchor) if pattern.is_absolute() else Path()
    parts = pattern.parts[1:] if pattern.is_absolute() else pattern.parts
    named = Path(parts[-1]).suffix
    any_suffix = bool(named) and not any(mark in named for mark in "*?[")
    hidden = any(part.startswith(".") for part in parts)
    found = []
    for path in base.glob(str(Path(*parts))):
        shown = path.relative_to(base) if not hidden else Path()
        wanted = any_suffix or _suffix(path.name) in READERS
        if wanted and path.is_file() and not any(p.startswith(".") for p in shown.parts):
            found.append(path)
    return sorted(found)
