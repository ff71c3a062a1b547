"""A noun phrase cut into segments without a parser: head, possessors, complements.

"the Iranian navy's commander in the Gulf" has the head segment "commander", the possessor "the
Iranian navy" and the segment "the Gulf" linked by "in". Within a segment stand *atoms*: known
names, words that tell a sector, other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.reports.actor_tables.entries import ActorEntry
from masthead.reports.actor_tables.names import NameToken, tokens, word_list
from masthead.reports.actor_tables.sector_words import SectorWord, ending_at
from masthead.reports.actor_tables.table import ActorTable, not_own

HEAD, POSSESSOR, APPOSITION = "", "'s", ","
_APOSTROPHES = "'’ʼ`"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a segment: a known name, a sector word, or another word."""

    words: tuple[NameToken, ...]
    entry: ActorEntry | None = None
    sector: SectorWord | None = None
    own: bool = True

    @property
    def plain(self) -> bool:
        """Whether it is neither a known name nor a sector word."""
        return self.entry is None and self.sector is None

    @property
    def name_like(self) -> bool:
        """Whether it is another word with a capital: perhaps a name."""
        return self.plain and self.words[0].capital


@dataclass(frozen=True, slots=True)
class Segment:
    """Atoms between two links; `link` is the preposition before it, or one of the above."""

    link: str
    atoms: tuple[Atom, ...]


def segments(phrase: str, table: ActorTable) -> list[Segment]:
    """The segments of a phrase in the order of the text. There is one at least, unless the
    phrase has no word."""
    words = tokens(phrase)
    lower = phrase.islower()
    found: list[Segment] = []
    link, atoms = HEAD, list[Atom]()

    def close(next_link: str, this_link: str | None = None) -> None:
        nonlocal link, atoms
        if atoms:
            found.append(Segment(link if this_link is None else this_link, tuple(atoms)))
            atoms = []
        link = next_link

    for atom in _atoms(phrase, words, table, loose=lower or phrase.isupper()):
        first, last = atom.words[0], atom.words[-1]
        before = phrase[atoms[-1].words[-1].end : first.start] if atoms else ""
        if any(c in ",;:(—" for c in before) or before.strip() == "–":
            close(APPOSITION)
        if atom.plain and first.key == "s" and _apostrophe_before(phrase, first):
            close(link, POSSESSOR)
        elif atom.plain and first.key in word_list("link") and not (first.capital and atoms):
            close(first.key)
        elif not (atom.plain and first.key in word_list("determiner")):
            atoms.append(atom)
            after = phrase[last.end : last.end + 2]
            if after[:1] in _APOSTROPHES and after[1:] == " " and last.key.endswith("s"):
                close(link, POSSESSOR)
    close(HEAD)
    return found


def _atoms(
    phrase: str, words: Sequence[NameToken], table: ActorTable, *, loose: bool
) -> Iterator[Atom]:
    done = 0
    for i, j, entry in table.match(words, loose=loose):
        yield from _sector_atoms(words[done:i])
        yield Atom(tuple(words[i:j]), entry=entry, own=not not_own(phrase, words, j))
        done = j
    yield from _sector_atoms(words[done:])


def _sector_atoms(words: Sequence[NameToken]) -> Iterator[Atom]:
    """Words from right to left by the longest phrase that ends there, given in text order."""
    found: list[Atom] = []
    end = len(words)
    while end:
        row = ending_at(words, end)
        n = len(row.words) if row else 1
        found.append(Atom(tuple(words[end - n : end]), sector=row))
        end -= n
    yield from reversed(found)


def _apostrophe_before(phrase: str, word: NameToken) -> bool:
    return word.start > 0 and phrase[word.start - 1] in _APOSTROPHES
