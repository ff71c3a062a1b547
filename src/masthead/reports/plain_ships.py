"""A ship from its noun phrase alone, where no name or number tells more."""

from __future__ import annotations

from masthead.model import Vessel
from masthead.reports.frames import lemma, names_of
from masthead.reports.parse import Token, children
from masthead.reports.phrases import GROUP_PRONOUNS, Mention, is_plural
from masthead.reports.words import classes

NUMBERS = {
    "zero": 0, "no": 0, "a": 1, "an": 1, "another": 1, "one": 1, "two": 2, "both": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "dozen": 12, "hundred": 100,
}  # fmt: skip

SUBTYPES = {
    "tanker": "tanker", "supertanker": "tanker", "vlcc": "tanker", "trawler": "fishing",
    "longliner": "fishing", "seiner": "fishing", "freighter": "cargo", "carrier": "bulk carrier",
    "bulker": "bulk carrier", "containership": "container", "ferry": "passenger",
    "liner": "passenger", "yacht": "yacht", "dhow": "dhow", "barge": "barge", "tug": "tug",
    "frigate": "naval", "destroyer": "naval", "corvette": "naval", "warship": "naval",
    "gunboat": "naval", "minesweeper": "naval", "submarine": "naval", "cutter": "coast guard",
    "skiff": "skiff", "speedboat": "speedboat",
}  # fmt: skip


def count_of(head: Token) -> int | None:
    """How many a phrase counts: None where it does not say."""
    for child in children(head):
        said = child.dep_ == "nummod" or child.lower_ in ("a", "an", "another", "no")
        if said and child.lower_ in NUMBERS:
            return NUMBERS[child.lower_]
        if child.dep_ == "nummod":
            digits = child.text.replace(",", "")
            if digits.isdigit():
                return int(digits)
    if head.lower_ in ("one", "third", "another", "fugitive"):
        return 1
    if head.lower_ in NUMBERS and head.pos_ == "NUM":
        return NUMBERS[head.lower_]
    return None if is_plural(head) or head.lower_ in GROUP_PRONOUNS else 1


def plain_vessel(head: Token, mention: Mention) -> Vessel:
    """A ship from its noun phrase alone."""
    subtype = SUBTYPES.get(lemma(head))
    for child in children(head):
        if child.dep_ in ("compound", "appos", "nmod"):
            subtype = subtype or SUBTYPES.get(lemma(child))
    return Vessel(text=mention.text, subtype=subtype, count=count_of(head), span=mention.span)


def looks_like_ship(head: Token) -> bool:
    """Whether a noun's own words say ship."""
    return bool(names_of(head) & classes()["ship"]) or any(
        c.dep_ in ("compound", "appos", "nmod") and lemma(c) in classes()["ship"]
        for c in children(head)
    )
