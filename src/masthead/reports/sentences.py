"""A document into paragraphs: what is parsed together.

A paragraph ends at an empty line, at a line break after a full stop, before a numbered item, or
after a short line (a headline, a letterhead). A line break elsewhere is a wrapped line. No
paragraph is longer than `LONGEST` characters, so that a document of any size is read in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 4000
"""Characters parsed together at most; the parser's memory grows with it."""

SHORT_LINE = 60
"""A line shorter than this that is not followed by a wrapped one is a line of its own; newswire
and plain-text mail wrap at 65 to 80."""

_ITEM = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-*•])\s+\S")
_ENDED = re.compile(r"[.!?:;][\"”’')\]]*\s*$")
_SPLIT = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“A-Z])")
_DATE_LINE = re.compile(r"date \d{4}-\d\d-\d\d\s*$")


@dataclass(frozen=True)
class Paragraph:
    """A stretch of the document. `headline`: a short line without a full stop."""

    start: int
    end: int
    text: str
    headline: bool = False
    blank_before: bool = True


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text, in order."""
    start: int | None = None
    at = 0
    blank = True
    previous = ""
    opened_blank = True
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        breaks = start is not None and (
            not bare
            or _ENDED.search(previous) is not None
            or len(previous.rstrip()) < SHORT_LINE
            or _ITEM.match(line) is not None
        )
        if breaks and start is not None:
            yield from _pieces(text, start, at, opened_blank)
            start = None
        if not bare or (at == 0 and _DATE_LINE.match(line)):
            blank = True
            at += len(line)
            continue
        if start is None:
            start, opened_blank = at, blank
        blank = False
        previous = line
        at += len(line)
    if start is not None:
        yield from _pieces(text, start, at, opened_blank)


def _pieces(text: str, start: int, end: int, blank: bool) -> Iterator[Paragraph]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        cuts = [m.end() for m in _SPLIT.finditer(window)]
        cut = cuts[-1] if cuts else (window.rfind(" ") + 1 or LONGEST)
        yield Paragraph(start, start + cut, text[start : start + cut], False, blank)
        start, blank = start + cut, False
    piece = text[start:end]
    headline = len(piece) < 120 and not _ENDED.search(piece) and "\n" not in piece
    yield Paragraph(start, end, piece, headline, blank)
