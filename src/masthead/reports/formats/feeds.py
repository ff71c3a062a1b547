"""RSS and Atom, by feedparser: each entry is a document.

feedparser's own HTML filter is not relied on: every title and body goes through the same plain-text
cleaning as a page. The feed is given to it as bytes, never as a name, so it opens nothing; a feed
that declares entities of its own is refused, because they can unfold without end or name files.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from masthead.model import Scalar
from masthead.reports.formats.decode import clean_line, clean_text, decode
from masthead.reports.formats.plain import fragment_text
from masthead.reports.formats.record import Flaw, Record, Request

MAX_FEED_CHARS = 16 * 2**20
"""The largest feed that is read; feeds are meant to be polled, and run to some 100 KiB."""

NOT_A_FEED = "is no RSS or Atom feed"
DAMAGED = "feed is damaged"
ENTITIES = "feed declares entities of its own"
NO_TEXT = "entry has no text"
TOO_LARGE = f"feed is larger than {MAX_FEED_CHARS // 2**20} MiB"

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_OWN_ENTITIES = re.compile(r"<!ENTITY", re.I)


def read_feed(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """The entries numbered from 1, in the order of the feed."""
    import feedparser

    declared = _DECLARED.search(content[:400])
    xml, encoding = decode(content, declared[1].decode("ascii") if declared else None)
    if len(xml) > MAX_FEED_CHARS:
        yield Flaw("file", TOO_LARGE)
        return
    if _OWN_ENTITIES.search(xml):
        yield Flaw("file", ENTITIES, xml[:80])
        return
    xml = clean_text(_XML_DECLARATION.sub("", xml))
    source = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + xml.encode("utf-8"))
    try:
        feed = feedparser.parse(source, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # noqa: BLE001  (its loose parser raises many things)
        yield Flaw("file", DAMAGED, f"{type(error).__name__}: {error}"[:200])
        return
    if feed.bozo and feed.entries:
        yield Flaw("file", DAMAGED, str(feed.get("bozo_exception", ""))[:200])
    if not feed.entries:
        reason = "feed has no entries" if feed.get("version") and not feed.bozo else NOT_A_FEED
        yield Flaw("file", reason, xml.strip()[:80])
    outlet = _words(feed.feed, "title")
    language = _string(feed.feed, "language")
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(entry, number, outlet, language, encoding)


def _entry(
    entry: Any, number: int, outlet: str | None, language: str | None, encoding: str
) -> Record | Flaw:
    title = _words(entry, "title")
    text = _body(entry) or title or ""
    if not text.strip():
        return Flaw(f"entry {number}", NO_TEXT, _string(entry, "link") or "")
    meta: dict[str, Scalar] = {}
    for key in ("id", "author"):
        if value := clean_line(_string(entry, key) or ""):
            meta[key] = value
    if encoding != "utf-8":
        meta["encoding"] = encoding
    return Record(
        text=text, part=str(number), where=f"entry {number}", title=title, date=_date(entry),
        outlet=_words(entry.get("source") or {}, "title") or outlet, url=_string(entry, "link"),
        language=language, media_type="text/html", meta=meta,
    )  # fmt: skip


def _body(entry: Any) -> str:
    """The longest of the entry's contents and its summary, as a reader sees it."""
    pieces = [p.get("value") for p in entry.get("content") or [] if isinstance(p, dict)]
    texts = [fragment_text(p) for p in (*pieces, entry.get("summary")) if isinstance(p, str) and p]
    return max(texts, key=len, default="")


def _date(entry: Any) -> datetime | str | None:
    for key in ("published", "updated", "created"):
        # a date without an hour is better read as written: feedparser makes it midnight
        # `dict.get`, because the feed's own `get` answers "published" with "updated"
        words: Any = dict.get(entry, key)
        parsed: Any = dict.get(entry, f"{key}_parsed")
        if not isinstance(words, str) or not words:
            continue
        if parsed and ":" in words:
            try:
                return datetime.fromtimestamp(timegm(parsed), UTC)
            except (ValueError, OverflowError, OSError, TypeError):
                return words
        return words
    return None


def _words(node: Any, key: str) -> str | None:
    value = _string(node, key)
    return clean_line(fragment_text(value)) if value else None


def _string(node: Any, key: str) -> str | None:
    value = node.get(key)
    return value if isinstance(value, str) else None
