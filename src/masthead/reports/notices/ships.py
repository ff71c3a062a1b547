"""The ships that a notice names or describes: "M/V GLORIA", "a bulk carrier", "TWO VESSELS".

A name is what follows a prefix (M/V, F/V, CABLESHIP): up to four words until one that cannot be
part of a name. The words and classes are in `data/notice_ships.csv`.
"""

from __future__ import annotations

import re
from functools import cache

from masthead import codes
from masthead.model import Vessel

_STOP = (
    r"ADRIFT|AGROUND|ALONG|ALONGSIDE|AND|APPROACHED|ARE|AS|AT|ATTACKED|BETWEEN|BOARDED|BY|DISABLED"
    r"|DUE|EN|ENROUTE|FIRED|FOR|FROM|HAS|HAVE|HIJACKED|IN|IS|LAST|LOCATED|MISSING|OFF|ON|OR|OVERDUE"
    r"|POSITION|POSSIBLY|REPORTED|REPORTING|REPORTS|REPORTEDLY|REQUESTING|REQUIRING|SANK|SINKING"
    r"|STRUCK|SUNK|TAKING|THRU|TO|TOWED|TOWING|UNDER|UNMANNED|UNREPORTED|UNTIL|WAS|WERE|WHILE|WITH"
    r"|WITHIN|ATTACK|COLLIDED|DISMASTED|CAPSIZED|ABANDONED|DERELICT|IMMOBILIZED|CONDUCTING|VICINITY"
)
_NAME = rf"(?:(?!(?:{_STOP})\b)[A-Z0-9][A-Z0-9'&.-]{{0,20}}(?<!\.))"
_COUNTS = {
    word: n
    for n, word in enumerate(
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        1,
    )
} | {"a": 1, "an": 1, "the": 1, "his": 1, "another": 1}
_MANY = {"multiple", "several", "some", "many", "numerous", "various"}


@cache
def _words(kind: str) -> dict[str, str | None]:
    return {
        r["words"].upper(): r["subtype"] or None
        for r in codes.rows("notice_ships.csv")
        if r["kind"] == kind
    }


@cache
def _prefixed() -> re.Pattern[str]:
    prefixes = "|".join(re.escape(w) for w in sorted(_words("prefix"), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/])(?P<prefix>{prefixes})(?:\s{{1,12}}(?P<name>{_NAME}(?:\s{{1,12}}{_NAME})"
        rf"{{0,3}}))?(?![\w/])"
    )


@cache
def _described() -> re.Pattern[str]:
    nouns = "|".join(
        re.escape(w).replace(r"\ ", r"[\s-]") for w in sorted(_words("noun"), key=len, reverse=True)
    )
    counts = "|".join([*_COUNTS, *_MANY, r"\d{1,3}"])
    return re.compile(
        rf"\b(?:(?P<count>{counts})\s)?(?:(?:anchored|berthed|drifting|moored|underway|laden"
        rf"|unnamed|small"
        rf"|large|flagged|product|chemical|merchant|commercial|suspect|suspicious|\w+[- "
        rf"]flagged)\s){{0,2}}"
        rf"(?P<noun>{nouns})(?P<plural>s|es)?\b"
        r"(?!['’`]s|\s(?:stores?|propert\w+|crew|security|owners?|agents?|manage\w+|spares"
        r"|equipment|to\sship|alarm|deck|company|schedule))",
        re.IGNORECASE,
    )


def without_names(text: str) -> str:
    """The text with every ship's name after a prefix blanked, all offsets kept."""
    return _prefixed().sub(
        lambda m: (
            m[0] if not m["name"] else m[0][: m.start("name") - m.start()] + "_" * len(m["name"])
        ),
        text,
    )


def find_named(text: str, offset: int = 0) -> list[Vessel]:
    """The ships behind a prefix, named or not. `offset` is added to the spans."""
    found = []
    for match in _prefixed().finditer(text):
        name = match["name"]
        found.append(
            Vessel(
                text=match[0],
                subtype=_words("prefix")[match["prefix"].upper()],
                name=" ".join(name.split()) if name else None,
                span=(match.start() + offset, match.end() + offset),
            )
        )
    return found


def find_described(text: str, offset: int = 0) -> list[Vessel]:
    """The ships described by a noun ("an anchored bulk carrier"), with their count."""
    found = []
    for match in _described().finditer(text):
        noun = re.sub(r"[\s-]", " ", match["noun"].upper())
        subtype = _words("noun").get(noun, _words("noun").get(match["noun"].upper()))
        count = (match["count"] or "").lower()
        number: int | None = _COUNTS.get(count, int(count) if count.isdigit() else 1)
        if count in _MANY or (match["plural"] and not count):
            number = None
        found.append(
            Vessel(
                text=match[0],
                type="platform" if subtype == "platform" else "vessel",
                subtype=subtype,
                count=number,
                span=(match.start() + offset, match.end() + offset),
            )
        )
    return found
