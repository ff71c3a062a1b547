"""Short names that a text gives in brackets after the full one: "Friends of the Reserve (FR)"."""

from __future__ import annotations

import re

from masthead.reports.actor_tables.names import keys

_SHORT_NAME = re.compile(
    r"((?:[A-Z][\w’'-]*)(?:\s(?:of|the|for|and|in|on|de|du|la|al|[A-Z][\w’'-]*)){0,14}\s[A-Z][\w’'-]*)"
    r"\s\((?:the\s)?([A-Z][A-Za-z]?[A-Z]{1,6})\)"
)


def abbreviations(text: str) -> dict[str, str]:
    """The full name of each short one, where its letters are initials of the name."""
    found: dict[str, str] = {}
    for match in _SHORT_NAME.finditer(text):
        words, short = match[1].split(), match[2]
        for begin in range(len(words)):
            tail = words[begin:]
            letters = "".join(w[0] for w in tail).upper()
            capitals = "".join(w[0] for w in tail if w[0].isupper())
            if tail[0][0].isupper() and short.upper() in (letters, capitals):
                found.setdefault(short, " ".join(tail))
                break
    return found


def in_full(phrase: str, short: dict[str, str]) -> str | None:
    """A phrase that is nothing but a short name ("the GMA"), in full; None for any other."""
    words = keys(phrase)
    bare = words[1:] if words and words[0] == "the" else words
    if len(bare) != 1:
        return None
    return next((full for name, full in short.items() if keys(name) == bare), None)
