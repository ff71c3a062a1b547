"""Numbers in words, as reports count ships and days with them."""

from __future__ import annotations

import re

NUMBERS = {
    word: n
    for n, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty")
    )
} | {"couple": 2, "pair": 2, "both": 2, "dozen": 12, "thirty": 30, "forty": 40, "fifty": 50,
     "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
"""Single words only; "hundred" and more stand for no exact number in reports."""

ORDINALS = {
    word: n + 1
    for n, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
         "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth")
    )
}  # fmt: skip
"""The places in a count ("a third tanker")."""

_NTH = re.compile(
    rf"^(?:an?|the|its|their|his|her)?\s*(?:(?P<word>{'|'.join(ORDINALS)})|(?P<number>\d{{1,2}})"
    r"(?:nd|rd|th|st))\s+(?!fleet\b|squadron\b|officer\b|mate\b|engineer\b)[a-z]",
    re.IGNORECASE,
)


def ordinal(text: str) -> int | None:
    """The n of "a third tanker" or "the 12th vessel"; None for the first, and for none."""
    match = _NTH.match(text.strip())
    if not match:
        return None
    n = int(match["number"]) if match["number"] else ORDINALS[match["word"].lower()]
    return n if n > 1 else None
