"""The words for ships: `data/ships_types.csv`, `ships_prefixes.csv`, `ships_words.csv`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from masthead import codes
from masthead.reports.actor_tables.names import key_of

WORD = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*")
"""A word of a text: hyphens, slashes, apostrophes and dots inside it belong to it."""

_PLAIN = frozenset(
    ("M/V", "M/T", "F/V", "S/V", "M/S", "MV", "MT", "FV", "SV", "USS", "HMS", "USNS")
)
"""Prefixes that are read as such even in a text all in capitals."""


@dataclass(frozen=True, slots=True)
class ShipWord:
    """A word for a ship: its subtype (None where it only says that it floats), class, number."""

    subtype: str | None
    ship_class: str
    plural: bool
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """What a prefix before a ship's name tells: the kind of ship, and the state that uses it."""

    subtype: str | None
    flag: str | None


def plural(word: str) -> str:
    """The plural of the last word of a ship's kind; "craft" is its own."""
    if word.endswith("craft"):
        return word
    if word.endswith("man"):
        return f"{word[:-3]}men"
    if word.endswith(("s", "x", "sh", "ch")):
        return f"{word}es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


@cache
def ship_words() -> Mapping[tuple[str, ...], ShipWord]:
    """Every word and phrase for a ship, by the keys of its words, singular and plural."""
    found: dict[tuple[str, ...], ShipWord] = {}
    for row in codes.rows("ships_types.csv"):
        subtype = row["subtype"] or None
        for phrase in row["words"].split("|"):
            words = WORD.findall(phrase)
            one = tuple(map(key_of, words))
            acronym = len(words) == 1 and sum(c.isupper() for c in phrase) > 1
            many = (*one[:-1], plural(one[-1]))
            found.setdefault(one, ShipWord(subtype, row["class"], False, acronym))
            found.setdefault(many, ShipWord(subtype, row["class"], True, acronym))
    return found


@cache
def longest() -> int:
    """How many words the longest phrase for a ship has."""
    return max(map(len, ship_words()))


@cache
def _classes() -> Mapping[str, str]:
    return {r["subtype"]: r["class"] for r in codes.rows("ships_types.csv") if r["subtype"]}


def ship_class(subtype: str | None) -> str | None:
    """The broad class of a subtype: tanker, bulk carrier, container, cargo, fishing, passenger,
    service, military, law, small. None for None, for an unknown one, and for a mere "vessel".
    Notices cut the word "ship" ("container", "general cargo"): that is the same class."""
    if subtype is None:
        return None
    found = _classes().get(subtype)
    if found is None:
        words = tuple(subtype.split())
        known = ship_words().get((*words, "ship"))
        found = known.ship_class if known else None
    return None if found == "any" else found


def is_naval(subtype: str | None) -> bool:
    """Whether ships of the subtype are a state's own means: navy, coast guard, police."""
    return ship_class(subtype) in ("military", "law")


@cache
def prefixes() -> Mapping[str, Prefix]:
    """Ships' prefixes."""
    return {
        r["prefix"]: Prefix(r["subtype"] or None, r["flag"] or None)
        for r in codes.rows("ships_prefixes.csv")
    }


@cache
def prefix_pattern(capitals: bool) -> re.Pattern[str]:
    """A prefix before something that may be a name; in a text all in capitals, the plain ones."""
    known = [p for p in prefixes() if not capitals or p in _PLAIN]
    alternatives = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/.-])(?P<prefix>{alternatives})[ \u00a0]+(?=[\"“‘'«*_]?[A-ZÀ-Þ0-9])"
    )


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the lists of `ships_words.csv`."""
    return frozenset(
        w for r in codes.rows("ships_words.csv") if r["list"] == name for w in r["words"].split()
    )
