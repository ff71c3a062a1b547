"""What a navigational warning says was done to a ship: attacked, boarded, hijacked, approached.

Only a ship that suffers the deed counts ("M/V ATTACKED IN", "VESSEL POSSIBLY HIJACKED"): a heart
attack, persons on board, a vessel named PIRATE or the topic line "PIRACY." are no deeds, and an
advisory that speaks of attacks in general reports none. The rows are in `data/notice_deeds.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from masthead import codes
from masthead.model import Actor, Span, Vessel
from masthead.reports.notices.ships import find_named, without_names

_SHIP = (
    r"(?P<ship>\b(?:(?:A|AN|ONE|TWO|THREE|FOUR|FIVE|SIX|MULTIPLE|SEVERAL|MERCHANT|FISHING"
    r"|MOTOR|CARGO|OIL"
    r"|CHEMICAL|PRODUCT|SAILING) ){0,2}(?:M/V|M/T|F/V|S/V|M/Y|S/Y|R/V|MV|VESSELS?|SHIPS?"
    r"|TANKERS?|BULK CARRIER"
    r"|CARRIER|DHOW|TRAWLER|TUG|YACHT|CONTAINER SHIP|BOAT)S?(?: _{2,80}(?: _{2,40})?)?)"
    r"(?:,[^.]{1,120}?,)?(?: (?:WAS|WERE|HAS|HAVE|ALSO|RECENTLY|BEEN|BEING|IS|REPORTED"
    r"|REPORTEDLY|REPORTS"
    r"|(?P<hedge>POSSIBLY|PROBABLY|BELIEVED|SUSPECTED)|AT ANCHOR)){0,5} "
)
_ACTIVE = re.compile(
    r"(?P<who>\b(?:(?:ARMED|SUSPECTED|SOMALI|\d{1,2}|UNKNOWN) ){0,3}(?:PIRATES|ROBBERS"
    r"|GUNMEN|ATTACKERS|ASSAILANTS))"
    r"\s{1,9}(?P<deed>HIJACKED|BOARDED|ATTACKED|FIRED\s{1,9}(?:UP)?ON|KIDNAPPED|ROBBED)\s{1,9}"
    r"(?P<ship>(?:AN?|THE|ONE|TWO|THREE)\s{1,9}(?:[A-Z-]{2,15}\s{1,9}){0,3}(?:VESSELS?"
    r"|SHIPS?|TANKERS?|CARRIERS?"
    r"|DHOWS?|TUGS?|YACHTS?|BARGES?))"
)
_ACTIVE_DEEDS = {
    "HIJACKED": "hijack",
    "BOARDED": "boarding",
    "ATTACKED": "attack",
    "FIRED": "attack",
    "KIDNAPPED": "kidnap",
    "ROBBED": "robbery",
}
_BY = re.compile(
    r"\bBY\s{1,9}(?P<who>(?:[A-Z0-9-]{1,15}\s{1,9}){0,3}?(?:PIRATES?|ROBBERS?|GUNMEN"
    r"|(?:SUSPICIOUS|UNKNOWN|UNIDENTIFIED)"
    r"\s{1,9}(?:VESSELS?|CRAFTS?|SKIFFS?|BOATS?)|SKIFFS?|NAVY|FORCES|COAST GUARD))\b"
)
_ADVISORY = re.compile(
    r"\b(?:MARAD|MARITIME|SECURITY|U\.?S\.? MARITIME)\s{1,9}(?:ADVISOR(?:Y|IES)|ALERT)\b"
)
_SENTENCE_END = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\b[A-Z])(?<!\bNO)\.(?=\s|$)|(?=$)")
_SUBTYPES = (
    ("TANKER", "tanker"),
    ("BULK", "bulk carrier"),
    ("CONTAINER", "container"),
    ("F/V", "fishing"),
    ("FISHING", "fishing"),
    ("TRAWLER", "fishing"),
    ("S/V", "sailing"),
    ("SAILING", "sailing"),
    ("YACHT", "yacht"),
    ("TUG", "tug"),
    ("DHOW", "dhow"),
    ("M/T", "tanker"),
    ("CARGO", "general cargo"),
)
_SECTORS = (
    (re.compile(r"PIRATE|ROBBER|GUNM[AE]N|ATTACKER|ASSAILANT"), "CRM"),
    (re.compile(r"NAVY|FORCES"), "MIL"),
    (re.compile(r"COAST GUARD"), "COP"),
)
_COUNTS = {"TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6}


@dataclass(frozen=True)
class Deed:
    """One deed against a ship: what, where the sentence and the words stand, who, to which ship."""

    incident: str
    status: str
    sentence: Span
    span: Span
    ship: Vessel | None
    by: Actor | None
    hedged: bool


@cache
def _rows() -> tuple[tuple[str, str, bool, re.Pattern[str]], ...]:
    rows = []
    for row in codes.rows("notice_deeds.csv"):
        words = (_SHIP if row["subject"] == "SHIP" else "(?P<ship>(?P<hedge>))") + (
            rf"(?P<deed>{row['words']}\b)"
        )
        pattern = re.compile(words.replace(" ", r"\s{1,9}"))
        rows.append((row["incident"], row["status"], row["hedge"] == "yes", pattern))
    return tuple(rows)


def is_advisory(text: str) -> bool:
    """Whether the message is a general advisory: guidance about an area, not the report of a
    deed."""
    return bool(_ADVISORY.search(text[:600]))


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a stretch of the document, without the blanks around them."""
    at = start
    while at < end:
        stop = _SENTENCE_END.search(text, at, end)
        until = min(stop.end(), end) if stop else end
        until = max(until, at + 1)
        while at < until and text[at].isspace():
            at += 1
        tail = until
        while tail > at and text[tail - 1].isspace():
            tail -= 1
        if tail > at:
            yield at, tail
        at = until


def find_deeds(text: str, span: Span, *, active: bool = False) -> list[Deed]:
    """The deeds in a stretch of a warning, in its order. With `active`, "PIRATES HIJACKED A
    TANKER" is
    read instead (advisories, whose passive sentences are about what tends to happen)."""
    deeds = []
    masked = without_names(text[span[0] : span[1]])
    for start, end in sentences(text, *span):
        words = masked[start - span[0] : end - span[0]]
        if active:
            deeds += _active(text, words, (start, end))
            continue
        taken: list[Span] = []
        for incident, status, suspicion, pattern in _rows():
            for match in pattern.finditer(words):
                here = match.span("deed")
                if any(a < here[1] and here[0] < b for a, b in taken):
                    continue
                taken.append(here)
                by = _BY.search(words, match.start("deed"), min(len(words), match.end() + 60))
                deeds.append(
                    Deed(
                        incident,
                        status,
                        (start, end),
                        (match.start() + start, match.end() + start),
                        _ship(text, match, start),
                        _actor(text, by.span("who"), start) if by else None,
                        suspicion or bool(match["hedge"]),
                    )
                )
    return sorted(deeds, key=lambda deed: deed.span)


def _active(text: str, words: str, span: Span) -> list[Deed]:
    return [
        Deed(
            _ACTIVE_DEEDS[match["deed"].split()[0]],
            "asserted",
            span,
            (match.start() + span[0], match.end() + span[0]),
            _ship(text, match, span[0]),
            _actor(text, match.span("who"), span[0]),
            False,
        )
        for match in _ACTIVE.finditer(words)
    ]


def _actor(text: str, span: Span, offset: int) -> Actor:
    start, end = span[0] + offset, span[1] + offset
    words = text[start:end]
    sector = next((code for pattern, code in _SECTORS if pattern.search(words)), None)
    return Actor(text=words, sector=sector, span=(start, end))


def _ship(text: str, match: re.Match[str], offset: int) -> Vessel | None:
    start, end = match.start("ship") + offset, match.end("ship") + offset
    if start == end:
        return None
    words = text[start:end]
    named = find_named(words)
    plural = bool(re.search(r"(?:VESSELS|SHIPS|TANKERS|BOATS)\b", words))
    first = words.split()[0]
    return Vessel(
        text=words,
        subtype=next((kind for word, kind in _SUBTYPES if word in words), None),
        count=_COUNTS.get(first, None if plural else 1),
        name=named[0].name if named else None,
        span=(start, end),
    )
