"""What happened to the ship of a short security narrative, and who is named as having done it.

A narrative is a few sentences about one incident, as UKMTO and the IMB write them. What happened
is the gravest deed that a sentence reports as done, in the order of
`data/notice_narratives.csv`: a hijack before a kidnapping, a robbery before a boarding, a shot
that hit before an attempt. An attempt is not the deed ("attempted to board", "boarding
aborted"), nor is what the narrative itself denies ("nothing stolen").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from masthead import codes
from masthead.model import Actor, Span, Vessel
from masthead.reports.notices.ships import find_described, find_named

_END = re.compile(r"[.!?](?=[\s\"”')]|$)|\n\s{0,20}\n")
_ABBREVIATION = re.compile(
    r"\b(?:No|Nos|Lat|Long|approx|Capt|St|Mt|Pt|hrs|vs|Posn|U\.S|U\.K|[A-Z])$", re.IGNORECASE
)
_NUMBER = (
    r"(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|several|some|many"
    r"|few|multiple|\d{1,2}(?:\s?(?:-|–|to|or)\s?\d{1,2})?)"
)
_WHO = re.compile(
    rf"\b(?:(?:about|around|approximately|approx|at\sleast|more\sthan|up\sto"
    rf"|an\sunknown\snumber\sof)\s)?"
    rf"(?:{_NUMBER}\s(?:or\s\w{{3,6}}\s)?)?(?:(?:heavily|armed|masked|unidentified|unknown"
    rf"|suspected|suspicious"
    r"|unauthori[sz]ed|unlit|small|young|local|other|somali|irgc|iranian|houthi|pirate"
    r"|additional|hooded|wooden"
    r"|larger?|fast|speed|high-speed|fishing|gun|knife|long)[\s-]){0,4}"
    r"(?P<who>robbers?|pirates?|perpetrators?|intruders?|thieves|thief|boarders?|attackers?"
    r"|hijackers?|assailants?"
    r"|gunm[ae]n|militants?|persons?|people|individuals|men|man|skiffs?|pags?|boats?"
    r"|gunboats?|fishing\svessels|personnel|soldiers|commandos|troops"
    r"|craft)\b(?:\s(?:heavily\s)?armed\swith\s[a-z]{2,12}(?:(?:\sand|,)\s[a-z]{2,12}){0,3})?",
    re.IGNORECASE,
)
_CRIMINAL = re.compile(
    r"\b(?:robber|pirate|perpetrator|intruder|thie[vf]|boarder|attacker|hijacker|assailant"
    r"|gunm|pag)",
    re.IGNORECASE,
)
_STATE = (
    (re.compile(r"\birgc\b|\biranian\b", re.IGNORECASE), "IRN", "MIL"),
    (re.compile(r"\bhouthi", re.IGNORECASE), "YEM", "REB"),
    (re.compile(r"\b(?:personnel|soldiers|commandos|troops)\b", re.IGNORECASE), None, "UAF"),
)
_OTHERS = re.compile(
    r"\b(?:crew|duty|sentr\w+|guards?|watchm[ae]n|on\sboard|embarked|security|navy|naval)\b\s{0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Judgement:
    """What happened (an incident of the vocabulary), how real it is, and the sentence that
    tells."""

    incident: str
    status: str
    sentence: Span
    words: str


@cache
def _rows() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (
            row["incident"],
            row["status"],
            re.compile(row["words"]),
            re.compile(row["unless"]) if row["unless"] else None,
        )
        for row in codes.rows("notice_narratives.csv")
    )


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a narrative, blanks around them left out."""
    at = begin = start
    while at < end:
        match = _END.search(text, at, end)
        stop = match.end() if match else end
        at = stop
        if match and _ABBREVIATION.search(text, max(begin, match.start() - 12), match.start()):
            continue
        while begin < stop and text[begin].isspace():
            begin += 1
        tail = stop
        while tail > begin and text[tail - 1].isspace():
            tail -= 1
        if tail > begin:
            yield begin, tail
        begin = stop


def judge(text: str, span: Span) -> Judgement | None:
    """What the narrative between two offsets reports; None if no row of the table holds."""
    told = [
        (sentence, " ".join(text[slice(*sentence)].lower().split())[:1_500])
        for sentence in sentences(text, *span)
    ][:60]
    for incident, status, pattern, unless in _rows():
        for sentence, words in told:
            match = pattern.search(words)
            if match and not (unless and unless.search(words)):
                return Judgement(incident, status, sentence, match[0][:80])
    return None


def perpetrators(text: str, span: Span, first: Span) -> Actor | None:
    """Who did it, as named in the deciding sentence, else anywhere in the narrative."""
    best: Actor | None = None
    for a, b in (first, span):
        for match in _WHO.finditer(text, a, b):
            if _OTHERS.search(text, max(a, match.start() - 12), match.start()):
                continue
            words = match[0]
            criminal = bool(_CRIMINAL.search(words))
            for pattern, country, sector in _STATE:
                if pattern.search(words):
                    return Actor(text=words, country=country, sector=sector, span=match.span())
            if criminal:
                return Actor(text=words, sector="CRM", span=match.span())
            if best is None and match["who"].lower() in (
                "person",
                "persons",
                "people",
                "men",
                "man",
                "individuals",
            ):
                best = Actor(text=words, sector="CRM", span=match.span())
            elif best is None:
                best = Actor(text=words, span=match.span())
    return best


_SUSPECT = re.compile(
    r"\b(?:by|from|suspicious|mother|suspect|used|their|aboard)\s(?:an?\s|two\s|several\s)?$",
    re.IGNORECASE,
)


def victim(text: str, span: Span) -> Vessel | None:
    """The ship that it happened to: a named one, else the first described that is not the
    suspects'."""
    named = [v for v in find_named(text[slice(*span)], span[0]) if v.name]
    if named:
        return named[0]
    described = [
        vessel
        for vessel in find_described(text[slice(*span)], span[0])
        if vessel.span
        and not re.search(r"\b(?:small|suspicious|suspect)\b", vessel.text, re.IGNORECASE)
        and not _SUSPECT.search(text, max(span[0], vessel.span[0] - 24), vessel.span[0])
    ]
    classed = [v for v in described if v.subtype]
    merchant = [v for v in classed if v.subtype not in ("fishing", "dhow", "warship")]
    for group in (merchant, classed, described):
        if group:
            return group[0]
    return None
