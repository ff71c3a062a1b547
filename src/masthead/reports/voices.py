"""Whose document it is where no narrator speaks: the office that issues a statement, and the
speakers of a transcript, turn by turn.

A statement's heading says whose it is ("Statement of the Ministry of Foreign Affairs of Georgia"):
"we" and "our" are that office's, but for quotes. A transcript has paragraphs that begin with a
speaker and a colon, three or more of them; what a speaker tells is that speaker's word, and what is
asked is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from masthead.model import Document, Span
from masthead.reports import gazetteer

HEAD_LINES = 6
MIN_TURNS = 3
LABEL_WORDS = 9
FIELD = 40
"""A line whose text after the colon is shorter than that may be a field of a form."""

_HEADING = re.compile(
    r"^(?:(?:joint|press|official|public|full|text of (?:the|a))\s+)*"
    r"(?:statement|communiqu[eé]|declaration|press release|note verbale|message|remarks|"
    r"announcement)"
    r"\b(?:[^:\n]{0,40}?)\b(?:of|by|from|issued by)\s+(?P<who>(?:the\s+)?[A-Z][^:\n]{3,110}?)\s*$",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"^(?P<who>[A-Z][^:\n()]{0,70}?)(?:\s*\([^)\n]{1,60}\))?\s*:\s+(?=\S)", re.MULTILINE
)
_ASKED = re.compile(r"^(?:question|q|journalist|reporter|moderator|interviewer|host)\b", re.I)
_SECTION = re.compile(r"(?P<who>[A-Z][A-Z' ]{2,30}?)(?:\s+[-–—]\s+|\s*[:.]\s+(?=[A-Z][a-z]))")
_PORT = re.compile(r"\b(?:[Aa]t|[Ii]n)\s+(?P<where>[A-Z][\w'’-]+(?:,? [A-Z][\w'’-]+)*)")
_SENTENCE = re.compile(r"[.!?][\"”’)]?\s*$")


@dataclass(frozen=True)
class Turn:
    """One turn of a transcript: where its words begin, the speaker's span and words, and whether a
    question is asked in it."""

    start: int
    begins: int
    span: Span
    who: str
    asked: bool


def heading_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines before the first sentence, with their offsets."""
    at = 0
    for line in text.splitlines(keepends=True)[:HEAD_LINES]:
        bare = line.strip()
        if bare and (_SENTENCE.search(bare) or len(bare) > 160):
            return
        if bare:
            yield at + line.index(bare), bare
        at += len(line)


def usual_case(line: str) -> str:
    """A line of a heading in the usual case, small words small ("MINISTRY OF DEFENCE")."""
    if not line.isupper():
        return line
    words = [w if w in SMALL else w.capitalize() for w in line.lower().split()]
    return " ".join(words)


SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "by"})


def setting_of(document: Document) -> str | None:
    """The state of the port that the heading of a notice names, if it names but one: "Detention of
    the Lady Astrid at Nacala, Mozambique"."""
    states = set()
    for _, line in heading_lines(document.text):
        for found in _PORT.finditer(usual_case(line)):
            for name in found["where"].split(","):
                known = gazetteer.known(name.strip(), document.date)
                if known.kind in ("place", "country", "capital"):
                    states.add(known.country)
    return states.pop() if len(states) == 1 else None


def issuer_of(text: str) -> Span | None:
    """The words of a statement's heading that say whose it is."""
    for at, line in heading_lines(text):
        found = _HEADING.match(line)
        if found:
            return at + found.start("who"), at + found.end("who")
    return None


def turns(text: str) -> list[Turn]:
    """The turns of a transcript, in order; none of a text that is no transcript."""
    found = []
    for match in _TURN.finditer(text):
        who = match["who"].strip()
        line_end = text.find("\n", match.end())
        rest = text[match.end() : line_end if line_end >= 0 else len(text)]
        asked = bool(_ASKED.match(who))
        if len(who.split()) > LABEL_WORDS or (len(rest) < FIELD and not asked):
            continue
        span = (match.start("who"), match.start("who") + len(who))
        found.append(Turn(match.start(), match.end(), span, who, asked))
    speakers = [turn.who.split()[-1] for turn in found if not turn.asked]
    again = len(speakers) > len(set(speakers)) or any(turn.asked for turn in found)
    return found if len(found) >= MIN_TURNS and again else []


def section_label(text: str, start: int) -> str | None:
    """The capitals with which a part of a circular begins ("TURKEY - The embassy …")."""
    found = _SECTION.match(text, start)
    return found["who"].strip() if found and start > 0 else None
