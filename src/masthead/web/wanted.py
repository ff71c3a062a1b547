"""What a search asks for: words, and words in a field.

`ship:"amber tern" act:seizure,boarding source:wire -denied`: every term must hold; of several
values with commas, any; a minus before a term means that it must not hold; quotes keep words
together. A name that is no field (`12:30`, `https://…`) is a word like any other. Parts of words
are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

FIELDS = {
    "ship": "a ship's name, words for it, MMSI, IMO number or call sign",
    "act": "the incident, the PLOVER act or its mode",
    "by": "who does it: name or country",
    "to": "to whom: name or country",
    "says": "a speaker, or the channel",
    "place": "the words for the place",
    "source": "the outlet or the document's name",
    "status": "how it is told",
    "sense": "report, notice or track",
    "country": "ISO 3166 alpha-3 of an actor or a flag",
}
_TERM = re.compile(r'(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S*))')


@dataclass(frozen=True)
class Term:
    """One term: where to look (None: everywhere), what for (any of these), and whether it must be
    absent."""

    field: str | None
    values: tuple[str, ...]
    absent: bool = False

    def holds(self, text: str) -> bool:
        """Whether it holds of the words that its field looks in, folded."""
        return any(value in text for value in self.values) is not self.absent


def fold(text: str) -> str:
    """Text as it is compared in a search."""
    return " ".join(text.split()).casefold()


def terms(q: str) -> list[Term]:
    """The terms of a search."""
    found = []
    for minus, name, quoted, bare in _TERM.findall(q):
        field = name.lower() if name.lower() in FIELDS else None
        text = quoted or bare
        if name and field is None:
            text = f"{name}:{text}"
        parts = text.split(",") if field and bare else [text]
        values = tuple(v for v in map(fold, parts) if v)
        if values:
            found.append(Term(field, values, minus == "-"))
    return found


def column(field: str | None) -> str:
    """The column of the event table that a field looks in (`columns.SCHEMA`)."""
    return "text" if field is None else f"in_{field}"


def expressions(asked: Sequence[Term]) -> list[pl.Expr]:
    """The terms as filters of the event table."""
    found = []
    for term in asked:
        words = pl.col(column(term.field))
        holds = pl.any_horizontal([words.str.contains(v, literal=True) for v in term.values])
        found.append(~holds if term.absent else holds)
    return found


def first_word(asked: Sequence[Term]) -> str:
    """What a snippet is cut around."""
    return next((t.values[0] for t in asked if not t.absent and t.field is None), "")
