"""What stands in quotation marks, and which of it is somebody's speech.

A quote that opens a paragraph without having been closed in the one before goes on from it (the
newspaper's rule for quotes of several paragraphs). A quote of fewer than `SPEECH_WORDS` words is
a label or a name, not speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from masthead.reports.sentences import Paragraph

SPEECH_WORDS = 5

OPEN, CLOSE, STRAIGHT = "“", "”", '"'
_MARKS = re.compile(f"[{OPEN}{CLOSE}{STRAIGHT}]")


@dataclass
class Quote:
    """A stretch between quotation marks. `thread` is shared by the paragraphs of one speech."""

    start: int
    end: int
    thread: int
    speech: bool
    speakers: list[int] = field(default_factory=list)


def find_quotes(text: str, paragraph: Paragraph, last: Quote | None) -> list[Quote]:
    """The quotes of a paragraph. `last` is the quote that was left open before it, if any."""
    marks = [(mark.start(), mark[0]) for mark in _MARKS.finditer(paragraph.text)]
    found: list[Quote] = []
    opened: int | None = None
    for i, character in marks:
        closes = character == CLOSE or (character == STRAIGHT and opened is not None)
        if character == STRAIGHT and opened is not None and _opens(paragraph.text, i):
            closes = False
        if closes and opened is not None:
            found.append(_quote(text, paragraph.start + opened, paragraph.start + i + 1))
            opened = None
        elif not closes:
            opened = i
    if opened is not None:
        found.append(_quote(text, paragraph.start + opened, paragraph.end))
        found[-1].speech = True
    if found and last is not None and found[0].start == paragraph.start:
        found[0].thread = last.thread
        found[0].speech = True
    return found


def _opens(text: str, i: int) -> bool:
    return (i == 0 or text[i - 1].isspace()) and i + 1 < len(text) and not text[i + 1].isspace()


def _quote(text: str, start: int, end: int) -> Quote:
    words = len(text[start:end].split())
    return Quote(start, end, start, words >= SPEECH_WORDS)


def left_open(text: str, quotes: list[Quote], paragraph: Paragraph) -> Quote | None:
    """The quote that a paragraph ends in without closing it."""
    if (
        quotes
        and quotes[-1].end == paragraph.end
        and text[paragraph.end - 1] not in (CLOSE, STRAIGHT)
    ):
        return quotes[-1]
    return None


def quote_at(quotes: list[Quote], position: int) -> Quote | None:
    """The speech that a character stands in."""
    for quote in quotes:
        if quote.speech and quote.start <= position < quote.end:
            return quote
    return None
