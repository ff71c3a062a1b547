"""Finding many names in running text in one pass: longest match first, with rules for case.

A name's word that is written with a capital in the table must have one in the text; one written in
capitals throughout (US, WHO, SANDF) must be so in the text. A text in capitals throughout (a
headline, a notice) or none keeps neither rule, but short acronyms are not looked for in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masthead.reports.actor_tables.entries import ActorEntry
from masthead.reports.actor_tables.names import NameToken, is_acronym, tokens

_Name = tuple[tuple[str, ...], tuple[str, ...], ActorEntry]
"""The keys of a name's words, the words as the table writes them, and whose name it is."""

COMMON = frozenset(("alba", "quad", "shape", "brics", "verdi", "mend", "saba", "sana", "total"))
"""Acronyms that are words in lower case: never matched without their capitals."""


class Matcher:
    """Names to entries. The first entry of a name wins."""

    def __init__(self, names: Iterable[tuple[str, ActorEntry]]) -> None:
        self._whole: dict[tuple[str, ...], list[_Name]] = {}
        lengths: dict[str, set[int]] = {}
        for name, entry in names:
            words = tokens(name)
            if not words:
                continue
            row = (tuple(w.key for w in words), tuple(w.word for w in words), entry)
            same = self._whole.setdefault(row[0], [])
            if any(old[1] == row[1] for old in same):
                continue
            same.append(row)
            lengths.setdefault(row[0][0], set()).add(len(words))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(self, words: Sequence[NameToken], i: int, *, loose: bool) -> _Name | None:
        """The longest name that begins at word `i`; `loose` does not ask for capitals."""
        for n in self._lengths.get(words[i].key, ()):
            if i + n > len(words):
                continue
            piece = words[i : i + n]
            for row in self._whole.get(tuple(w.key for w in piece), ()):
                if all(map(_case_fits, row[1], piece, (loose,) * n)):
                    return row
        return None

    def exact(self, words: Sequence[NameToken], *, loose: bool) -> ActorEntry | None:
        """The entry whose name is all these words."""
        for row in self._whole.get(tuple(w.key for w in words), ()):
            if all(map(_case_fits, row[1], words, (loose,) * len(words))):
                return row[2]
        return None

    def find(
        self, words: Sequence[NameToken], *, loose: bool = False
    ) -> list[tuple[int, int, ActorEntry]]:
        """All names in order, as (first word, word after the last, entry); none overlap."""
        found = []
        i = 0
        while i < len(words):
            if words[i].key in self._lengths and (row := self.at(words, i, loose=loose)):
                found.append((i, i + len(row[0]), row[2]))
                i += len(row[0])
            else:
                i += 1
        return found


def _case_fits(name: str, token: NameToken, loose: bool) -> bool:
    if token.word == name:
        return True
    if loose:
        return not is_acronym(name) or (len(name) > 3 and token.key not in COMMON)
    if is_acronym(name):
        return is_acronym(token.word)
    return token.capital or not name[0].isupper()
