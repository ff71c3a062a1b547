"""Mail: one message (.eml) or many (.mbox). Nothing attached is executed or opened elsewhere.

The plain-text body is the document; failing that the HTML body, as a reader sees it. Attached
text, HTML, Markdown and PDF files are documents of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice
from pathlib import PurePath
from typing import cast

from masthead.model import Scalar
from masthead.reports.formats.decode import clean_line, decode
from masthead.reports.formats.markup import read_html, read_markdown
from masthead.reports.formats.pdf import read_pdf
from masthead.reports.formats.plain import fragment_text
from masthead.reports.formats.record import MAX_PARTS, Flaw, Reader, Record, Request
from masthead.reports.formats.text import read_text

MAX_HEADER_CHARS = 1_000
"""What is read of one header, about the 998 to which RFC 5322 holds a line. The time that email
takes to parse a header grows with the square of its length."""

MAX_PART_HEADERS = 3 * MAX_PARTS
"""The most `Content-…` headers of one mail; each can cost the parser some ten milliseconds."""

NOT_MAIL = "is no mail message (it has no header)"
NO_BODY = "mail has no text"
TOO_MANY_PARTS = f"mail has too many parts (more than {MAX_PARTS} are not read)"
TOO_DEEP = "mail is nested too deeply"

ATTACHED: dict[str, Reader] = {
    ".txt": read_text, ".text": read_text, ".html": read_html, ".htm": read_html,
    ".xhtml": read_html, ".md": read_markdown, ".pdf": read_pdf,
}  # fmt: skip

_SEPARATOR = re.compile(rb"(?:\A|(?<=\n)\r?\n)From [^\r\n]{3,200}\r?\n")


class _BoundedHeaders(EmailPolicy):
    """`email.policy.default` with long headers cut off."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER_CHARS]


def read_eml(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """The message, then its attachments numbered from 1."""
    yield from _message(content, request, "file", "")


def read_mbox(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """The messages numbered from 1; attachments as 3.1, 3.2, …"""
    starts = [*_SEPARATOR.finditer(content)]
    if not starts:
        yield Flaw("file", "is no mbox (no line begins with 'From ')", repr(content[:60]))
        return
    ends = [m.start() for m in starts[1:]] + [len(content)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        one = content[start.end() : end]
        yield from _message(one, request, f"message {number}", f"{number}")


def _message(content: bytes, request: Request, where: str, part: str) -> Iterator[Record | Flaw]:
    if content.lower().count(b"\ncontent-") > MAX_PART_HEADERS:
        yield Flaw(where, TOO_MANY_PARTS)
        return
    try:
        message = cast(EmailMessage, message_from_bytes(content, policy=_BoundedHeaders()))
        leaves = list(islice(_leaves(message), MAX_PARTS))
    except RecursionError:
        yield Flaw(where, TOO_DEEP, repr(content[:60]))
        return
    except Exception as error:  # noqa: BLE001  (email raises nearly anything on broken headers)
        yield Flaw(where, NOT_MAIL, repr(error)[:200])
        return
    if not message.keys():
        yield Flaw(where, NOT_MAIL, repr(content[:60]))
        return
    bodies = [leaf for leaf in leaves if not _is_attached(leaf)]
    text, media_type, encoding = _body(bodies)
    attached = [leaf for leaf in leaves if _is_attached(leaf)]
    if text.strip():
        yield Record(
            text=text, part=part, where=where, media_type=media_type,
            title=clean_line(_header(message, "subject") or ""),
            date=_sent(message),
            outlet=_sender(message),
            meta=_facts(message, len(attached), encoding),
        )  # fmt: skip
    else:
        yield Flaw(where, NO_BODY, _header(message, "subject") or "")
    yield from _attachments(attached, request, where, part)
    if len(leaves) == MAX_PARTS:
        yield Flaw(where, TOO_MANY_PARTS)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    return (leaf for leaf in message.walk() if not leaf.is_multipart())


def _attachments(
    attached: list[EmailMessage], request: Request, where: str, part: str
) -> Iterator[Record | Flaw]:
    for k, leaf in enumerate(attached, 1):
        name = _file_name(leaf) or ""
        suffix = PurePath(name).suffix.lower()
        if suffix not in ATTACHED:
            continue
        spot = f"attachment {k}" if where == "file" else f"{where}, attachment {k}"
        for item in ATTACHED[suffix](_payload(leaf), Request(suffix, None, request.keep_hidden)):
            if isinstance(item, Flaw):
                yield Flaw(spot, item.reason, item.sample)
            else:
                yield _part_of(item, f"{part}.{k}" if part else str(k), spot, name)


def _part_of(record: Record, part: str, where: str, name: str) -> Record:
    import dataclasses

    meta: dict[str, Scalar] = record.meta | {"attachment": clean_line(name)}
    return dataclasses.replace(record, part=part, where=where, meta=meta)


def _body(leaves: list[EmailMessage]) -> tuple[str, str, str]:
    """The first plain-text part that has words, else the first HTML part."""
    for media_type in ("text/plain", "text/html"):
        for leaf in leaves:
            if leaf.get_content_type() != media_type:
                continue
            text, encoding = decode(_payload(leaf), _charset(leaf))
            if media_type == "text/html":
                text = fragment_text(text)
            if text.strip():
                return text, media_type, encoding
    return "", "text/plain", "utf-8"


def _is_attached(leaf: EmailMessage) -> bool:
    try:
        return leaf.get_content_disposition() == "attachment" or bool(_file_name(leaf))
    except Exception:  # noqa: BLE001  (broken headers: take it for a body)
        return False


def _file_name(leaf: EmailMessage) -> str | None:
    try:
        return leaf.get_filename()
    except Exception:  # noqa: BLE001  (broken headers: a part without a name)
        return None


def _charset(leaf: EmailMessage) -> str | None:
    try:
        return leaf.get_content_charset()
    except Exception:  # noqa: BLE001  (broken headers: the bytes will tell)
        return None


def _payload(leaf: EmailMessage) -> bytes:
    try:
        payload = leaf.get_payload(decode=True)
    except Exception:  # noqa: BLE001  (a broken transfer encoding)
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str | None:
    """A header as text; None if it is not there or email cannot make sense of it."""
    try:
        value = message[name]
        return str(value) if value is not None else None
    except Exception:  # noqa: BLE001  (email parses a header at access and may raise anything)
        return None


def _sent(message: EmailMessage) -> datetime | str | None:
    words = _header(message, "date")
    try:
        return parsedate_to_datetime(words) if words else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return words


def _sender(message: EmailMessage) -> str | None:
    """The name of From:, or its address where it has no name."""
    words = _header(message, "from")
    if not words:
        return None
    name, address = parseaddr(words)
    return name or address or None


def _facts(message: EmailMessage, attached: int, encoding: str) -> dict[str, Scalar]:
    meta: dict[str, Scalar] = {}
    for key in ("from", "to", "message-id"):
        if words := clean_line(_header(message, key) or ""):
            meta[key.replace("-", "_")] = words
    if attached:
        meta["attachments"] = attached
    return meta | ({} if encoding in ("utf-8", "cp1252") else {"encoding": encoding})
