"""The words that tell a sector where no name does, from `data/sector_words.csv`.

A *strong* word decides as the head of a phrase ("court", "navy"); a *weak* one stands for what it
is part of ("a spokesman for the navy"); a *modifier* tells the sector of a weak head ("naval
officials") and is never one itself. *Staff* decide too, unless a named body stands before them or
after them with "of", "from", "at" ("Greenpeace activists").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from masthead import codes
from masthead.reports.actor_tables.names import NameToken, keys

STRONG, STAFF, WEAK, MODIFIER = "strong", "staff", "weak", "modifier"


@dataclass(frozen=True, slots=True)
class SectorWord:
    """What a word or phrase tells: as head (`sector`, `strength`) and before a head."""

    words: tuple[str, ...]
    sector: str | None
    strength: str
    before: str | None


def plural(word: str) -> str:
    """The regular English plural of a word."""
    if word.endswith("man"):
        return f"{word[:-3]}men"
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


@cache
def lexicon() -> dict[str, list[SectorWord]]:
    """The phrases by their last word, longest first."""
    heads: dict[tuple[str, ...], tuple[str | None, str]] = {}
    before: dict[tuple[str, ...], str] = {}
    for row in codes.rows("sector_words.csv"):
        for phrase in row["words"].split("|"):
            words = keys(phrase)
            if row["strength"] == MODIFIER:
                before.setdefault(words, row["sector"])
                continue
            for form in (words, (*words[:-1], plural(words[-1]))):
                heads.setdefault(form, (row["sector"] or None, row["strength"]))
    found: dict[str, list[SectorWord]] = {}
    for words in {**heads, **dict.fromkeys(before)}:
        sector, strength = heads.get(words, (None, MODIFIER))
        told = before.get(words) or (sector if strength in (STRONG, STAFF) else None)
        found.setdefault(words[-1], []).append(SectorWord(words, sector, strength, told))
    for rows in found.values():
        rows.sort(key=lambda r: -len(r.words))
    return found


def ending_at(words: Sequence[NameToken], end: int) -> SectorWord | None:
    """The longest phrase of the lexicon whose last word is `words[end - 1]`."""
    for row in lexicon().get(words[end - 1].key, ()):
        n = len(row.words)
        if n <= end and (n == 1 or tuple(w.key for w in words[end - n : end]) == row.words):
            return row
    return None
