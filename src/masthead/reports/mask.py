"""What the parser should not see: datelines, list numbers, identifiers, quotes round ship names.

A parser trained on newspapers breaks on `"Santa Viola" (IMO 9461867)` and on `29-33.5N
048-28.6E`. Such words are cut out before parsing, and a map takes every character of what is
left back to its place in the document, so offsets stay exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    r"\A\s*(?:[A-Z][A-Z .'’/-]{2,30})(?:, ?[A-Z][\w.]+){0,2}"
    rf"(?:,? ?\(?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|[A-Z][a-z]+day)\)?)?(?:, ?\d{{4}})?"
    r"(?: ?\([A-Z][\w .]{1,20}\))? ?(?:--|[-–—]|:) ?(?=[\"“A-Z])"
)
_LIST_NUMBER = re.compile(r"\A\s*(?:\(?\d{1,2}[.)]|[-*•·])\s+")
_DATE_LINE = re.compile(r"\Adate \d{4}-\d\d-\d\d\s*")
_PARENTHESIS = re.compile(r"\s?\([^()\n]{1,70}\)")
_IDENTIFIER = re.compile(
    r",? ?\b(?:IMO|MMSI|call ?sign)(?: (?:No\.?|number|is))?:? ?[\dA-Z]{4,10}\b,?", re.I
)
_POSITION = re.compile(
    r"\d{1,3}[-°º ]\d{1,2}(?:[-.'’′ ]\d{1,3}(?:\.\d+)?)?[\"”″'’′]? ?[NS][ ,/-]*"
    r"\d{1,3}[-°º ]\d{1,2}(?:[-.'’′ ]\d{1,3}(?:\.\d+)?)?[\"”″'’′]? ?[EW]"
)
_NAME = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|\d{1,4}|of|de|del|la|el|al)){0,4}"
_QUOTED_NAME = re.compile(rf"([\"“*_])({_NAME})([\"”*_])")
_LABEL_BEFORE = re.compile(r"\b(?:call|as|label|brand|term|dub|so-called|describ)\w*\s[^.]{0,30}$")


@dataclass(frozen=True)
class Masked:
    """Text for the parser, and where each of its characters stands in the document."""

    text: str
    offsets: tuple[int, ...]

    def start(self, position: int) -> int:
        """The document's offset of the character at `position`."""
        return self.offsets[position]

    def end(self, position: int) -> int:
        """The document's offset just after the character before `position`."""
        return self.offsets[position - 1] + 1


def _cuts(text: str) -> list[tuple[int, int, str]]:
    """What to cut: start, end, what stands there instead."""
    cuts: list[tuple[int, int, str]] = []
    at = 0
    for pattern in (_DATE_LINE, _LIST_NUMBER, _DATELINE):
        found = pattern.match(text[at:])
        if found:
            cuts.append((at, at + found.end(), ""))
            at += found.end()
    for match in _POSITION.finditer(text, at):
        cuts.append((match.start(), match.end(), "there"))
    for pattern in (_PARENTHESIS, _IDENTIFIER):
        cuts += [(m.start(), m.end(), "") for m in pattern.finditer(text, at)]
    for match in _QUOTED_NAME.finditer(text, at):
        if not _LABEL_BEFORE.search(text[: match.start()]):
            cuts += [(match.start(), match.start(2), ""), (match.end(2), match.end(), "")]
    return sorted(cuts)


def mask(text: str, origin: int = 0) -> Masked:
    """The text of one paragraph without what the parser should not see. `origin` is the
    paragraph's offset in the document."""
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end, instead in _cuts(text):
        if start < at:
            continue
        kept.append(text[at:start] + instead)
        offsets += range(origin + at, origin + start)
        offsets += [origin + min(start + i, end - 1) for i in range(len(instead))]
        at = end
    kept.append(text[at:])
    offsets += range(origin + at, origin + len(text))
    plain = re.sub(r"\s", " ", "".join(kept))
    return Masked(plain, tuple(offsets))
