"""What the parser should not see: datelines, list numbers, identifiers, quotes round ship names.

A parser trained on newspapers breaks on `"Santa Viola" (IMO 9461867)`, on `29-33.5N 048-28.6E`,
and takes "the frigate Berwick" for two nouns. Such words are cut out before parsing (a ship's
name goes with its noun, and a name alone becomes "ship"; "Assad Tuesday" becomes "Assad on
Tuesday"), and a map takes every character of what is left back to its place in the document, so
offsets stay exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from masthead.reports import headlines
from masthead.reports.vessels import FoundVessel

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    r"\A\s*(?:[A-Z][A-Z .'’/-]{2,30})(?:, ?[A-Z][\w.]+){0,2}"
    rf"(?:,? ?\(?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|[A-Z][a-z]+day)\)?)?(?:, ?\d{{4}})?"
    r"(?: ?\([A-Z][\w .]{1,20}\))? ?(?:--|[-–—]|:) ?(?=[\"“A-Z])"
)
_LIST_NUMBER = re.compile(r"\A\s*(?:\(?\d{1,2}[.)]|[-*•·])\s+")
_CLOCK = re.compile(
    r"\A\s*\d{1,2}[:.h]?\d{2}(?: ?(?:GMT|UTC|Z|[AaPp]\.?[Mm]\.?|LT|[A-Z]{3,4}))?"
    r"(?: ?[:–—]| -) +(?=\S)"
)
_DATE_LINE = re.compile(r"\Adate \d{4}-\d\d-\d\d\s*")
_PARENTHESIS = re.compile(r"\s?\([^()\n]{1,70}\)")
_IDENTIFIER = re.compile(
    r",? ?\b(?:IMO|MMSI|call ?sign)(?: (?:No\.?|number|is))?:? ?(?=[A-Z]*\d)[\dA-Z]{4,10}\b,?", re.I
)
_BARE_WEEKDAY = re.compile(
    r"(?<=[a-z] )[A-Z][a-z’'-]+ ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?! [A-Z])"
)
_POSITION = re.compile(
    r"\d{1,3}[-°º ]\d{1,2}(?:[-.'’′ ]\d{1,3}(?:\.\d+)?)?[\"”″'’′]? ?[NS][ ,/-]*"
    r"\d{1,3}[-°º ]\d{1,2}(?:[-.'’′ ]\d{1,3}(?:\.\d+)?)?[\"”″'’′]? ?[EW]"
)
_BEARING = re.compile(
    r"(?:\b(?:about|around|some|roughly|approximately|nearly|almost|just) )?"
    r"(?<![\w.,-])(?:\d{1,4}(?:[.,]\d+)?(?: ?(?:to|-|–) ?\d{1,4})?|two|three|four|five|six|seven"
    r"|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a hundred) ?-?"
    r"(?:nautical[ -]miles?|[nN][mM]|n\.m\.|miles?|kilomet(?:er|re)s?|km) "
    r"(?:to the |due )?(?:[NSEW]{1,3}|(?:north|south|east|west)[ -]?(?:north|south|east|west)?"
    r"[ -]?(?:east|west)?) (?:of|off|from) (?:the )?(?=[A-Z])"
)
"""A bearing, which no parser knows: "some 20 nautical miles northwest of Lavan" is "near Lavan"."""


@dataclass(frozen=True)
class Masked:
    """Text for the parser, and where each of its characters stands in the document."""

    text: str
    offsets: tuple[int, ...]
    reaches: dict[int, int] = field(default_factory=dict)
    """After which characters a name was cut that belongs to the word before, and its end."""

    def start(self, position: int) -> int:
        """The document's offset of the character at `position`."""
        return self.offsets[position]

    def end(self, position: int) -> int:
        """The document's offset just after the character before `position`."""
        return self.reaches.get(position - 1, self.offsets[position - 1] + 1)


def _ship_cut(text: str, origin: int, found: FoundVessel) -> tuple[int, int, str] | None:
    """What to cut of a ship's mention: the name after its noun, or a name alone."""
    name = found.vessel.name
    if not name:
        return None
    start, end = (at - origin for at in found.span)
    first = text.find(name, start, end)
    if first < 0:
        return None
    last = first + len(name)
    if last < end and text[last] in _MARKS:
        last += 1
    head_end = found.head[1] - origin
    if head_end <= first:
        between = text[head_end:first].strip("".join(_MARKS) + " ,")
        return (head_end, last, "+") if len(between) <= 4 else None
    begin = start
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        if text.startswith(article, start):
            begin = start + len(article)
    return (begin, last, "ship") if begin <= first else None


_MARKS = ('"', "”", "“", "*", "_", "'", "’", "‘")


def _cuts(text: str, origin: int, ships: Sequence[FoundVessel]) -> list[tuple[int, int, str]]:
    """What to cut: start, end, what stands there instead ("+": nothing, and it belongs to the word
    before)."""
    cuts: list[tuple[int, int, str]] = []
    for found in ships:
        cut = _ship_cut(text, origin, found)
        if cut is not None:
            cuts.append(cut)
    at = 0
    for pattern in (_DATE_LINE, _LIST_NUMBER, _CLOCK, _DATELINE):
        matched = pattern.match(text[at:])
        if matched:
            cuts.append((at, at + matched.end(), ""))
            at += matched.end()
    cuts += headlines.cuts(text)
    cuts += [(m.start(1), m.start(1), "on ") for m in _BARE_WEEKDAY.finditer(text, at)]
    cuts += [(m.start(), m.end(), "there") for m in _POSITION.finditer(text, at)]
    cuts += [(m.start(), m.end(), "near ") for m in _BEARING.finditer(text, at)]
    for pattern in (_PARENTHESIS, _IDENTIFIER):
        cuts += [(m.start(), m.end(), "") for m in pattern.finditer(text, at)]
    return sorted(cuts)


def dateline(text: str) -> str | None:
    """The city of the dateline of a dispatch ("QUITO, Aug 4 - …"), in its first lines."""
    for line in text[:600].splitlines():
        found = _DATELINE.match(line)
        if found:
            return re.split(r"[,(]|--| [-–—]|:", found.group().strip())[0].strip()
    return None


def mask(text: str, origin: int = 0, ships: Sequence[FoundVessel] = ()) -> Masked:
    """The text of one paragraph without what the parser should not see. `origin` is the
    paragraph's offset in the document, `ships` are the ships found there (offsets in the
    document)."""
    kept: list[str] = []
    offsets: list[int] = []
    reaches: dict[int, int] = {}
    at = 0
    for start, end, instead in _cuts(text, origin, ships):
        if start < at:
            continue
        offsets += range(origin + at, origin + start)
        kept.append(text[at:start])
        if instead == "+":
            reaches[len(offsets) - 1] = origin + end
        elif instead:
            kept.append(instead)
            offsets += [origin + min(start + i, end - 1) for i in range(len(instead))]
            reaches[len(offsets) - 1] = origin + end
        at = end
    kept.append(text[at:])
    offsets += range(origin + at, origin + len(text))
    plain = re.sub(r"\s", " ", "".join(kept))
    return Masked(plain, tuple(offsets), reaches)
