"""The table of known actors: look a name up, find all names in a text, add a case's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from functools import cache

from masthead.model import Span
from masthead.reports.actor_tables.entries import ActorEntry, entries_of, shipped
from masthead.reports.actor_tables.matcher import COMMON, Matcher
from masthead.reports.actor_tables.names import (
    NameToken,
    is_acronym,
    key_of,
    keys,
    skeleton,
    tokens,
    word_list,
)
from masthead.reports.actor_tables.places import country_names
from masthead.reports.actor_tables.sector_words import ending_at

FAMILY_NAME_FIRST = frozenset(("CHN", "TWN", "PRK", "KOR", "VNM", "SGP", "HKG", "KHM", "HUN"))
"""Where the family name is written before the given name (in English text not always)."""


SOUND_LENGTH, SOUND_LIKENESS = 9, 0.94
"""Letters that a name must have to be known by its sound, and how alike two must be: high enough
that "John Kerry" is not "John Terry", set on romanisations of Arabic and Slavic names."""


@dataclass(frozen=True)
class People:
    """Persons by what may be left of their name: surname, and the skeleton of the full name."""

    by_surname: Mapping[str, tuple[ActorEntry, ...]]
    by_skeleton: Mapping[tuple[str, ...], ActorEntry]

    @staticmethod
    def of(entries: Iterable[ActorEntry]) -> People:
        """The index over the persons among the entries."""
        surnames: dict[str, dict[str, ActorEntry]] = {}
        skeletons: dict[tuple[str, ...], ActorEntry] = {}
        for entry in entries:
            if entry.kind != "person":
                continue
            for name in (entry.name, *entry.aliases):
                words = keys(name)
                if not words:
                    continue
                for word in surname_keys(words, entry.country):
                    surnames.setdefault(word, {}).setdefault(entry.name, entry)
                if len(words) > 1:
                    skeletons.setdefault(tuple(map(skeleton, words)), entry)
                    skeletons.setdefault((skeleton(words[0]), skeleton(words[-1])), entry)
        return People({k: tuple(v.values()) for k, v in surnames.items()}, skeletons)


def surname_keys(words: Sequence[str], country: str | None) -> tuple[str, ...]:
    """The words of a full name by which a later sentence may call its bearer."""
    return (words[-1], words[0]) if country in FAMILY_NAME_FIRST else (words[-1],)


class ActorTable:
    """Known actors: the shipped tables, and before them the entries that were added.

    Tables are never changed: `with_entries` gives a new one over the same shipped tables.
    """

    def __init__(self, added: Sequence[ActorEntry] = ()) -> None:
        self.added = tuple(added)
        self._own = Matcher(_names(self.added))
        self._own_people = People.of(self.added)

    def with_entries(self, rows: Iterable[ActorEntry | Mapping[str, str | None]]) -> ActorTable:
        """A table that also knows these: entries, or rows with the columns of `actors_*.csv`
        (`names`, `role`, `country`, `sector`, `from`, `to`, and `kind`). They win over shipped
        ones. Raises `MastheadError` on a row it cannot use."""
        rows = list(rows)
        made = [r for r in rows if isinstance(r, ActorEntry)]
        written = [r for r in rows if not isinstance(r, ActorEntry)]
        return ActorTable((*made, *entries_of(written, "known"), *self.added))

    def find(self, text: str) -> list[tuple[Span, ActorEntry]]:
        """Every known name in a text, in order, none overlapping, the longest where several fit.

        A country that only tells a flag, a backer or a birthplace ("Panama-flagged", "Iran-backed")
        is left out.
        """
        words = tokens(text)
        loose = text.isupper()
        return [
            ((words[i].start, words[j - 1].end), entry)
            for i, j, entry in self.match(words, loose=loose)
            if not (entry.kind in ("country", "demonym") and not_own(text, words, j))
        ]

    def match(
        self, words: Sequence[NameToken], *, loose: bool = False
    ) -> list[tuple[int, int, ActorEntry]]:
        """`find` over words already cut: (first word, word after the last, entry)."""
        base = _shipped_matcher().find(words, loose=loose)
        if not self.added:
            return _meant(words, base)
        own = self._own.find(words, loose=loose)
        taken = [(i, j) for i, j, _ in own]
        longer = [
            row for row in base
            if any(row[0] <= i and j <= row[1] and j - i < row[1] - row[0] for i, j in taken)
        ]  # fmt: skip
        kept = [r for r in own if not any(b[0] <= r[0] and r[1] <= b[1] for b in longer)]
        spans = [(i, j) for i, j, _ in kept]
        kept += [r for r in base if not any(r[0] < j and i < r[1] for i, j in spans)]
        return _meant(words, sorted(kept, key=lambda r: r[0]))

    def exact(self, words: Sequence[NameToken], *, loose: bool = False) -> ActorEntry | None:
        """The entry one of whose names is just these words."""
        return self._own.exact(words, loose=loose) or _shipped_matcher().exact(words, loose=loose)

    def by_sound(self, words: Sequence[NameToken]) -> ActorEntry | None:
        """The shipped actor whose name is nearly these words, spelled or parted otherwise
        ("Ahlu Sunnah", "Ahlusunna"): the likeness of the joined skeletons is `SOUND_LIKENESS`."""
        sound = _joined(w.key for w in words)
        if len(sound) < SOUND_LENGTH:
            return None
        best: tuple[float, ActorEntry] | None = None
        for other, entry in _by_sound().get(sound[:3], ()):
            if abs(len(other) - len(sound)) > 3:
                continue
            likeness = SequenceMatcher(None, sound, other, autojunk=False).ratio()
            if likeness >= SOUND_LIKENESS and (best is None or likeness > best[0]):
                best = (likeness, entry)
        return best[1] if best else None

    def person(
        self,
        name: Sequence[NameToken],
        *,
        country: str | None = None,
        titles: Iterable[str] = (),
        when: datetime | date | None = None,
    ) -> ActorEntry | None:
        """The one person whom a name with a capital fits: by its full name in another spelling, or
        by the surname alone where country, title and office on the day leave only one."""
        words = [w.key for w in name]
        if len(words) > 1:
            sounds = tuple(map(skeleton, words))
            for people in (self._own_people, _shipped_people()):
                for n in range(len(words), 1, -1):  # a longer form of the name adds words
                    found = people.by_skeleton.get(sounds[:n]) or people.by_skeleton.get(
                        sounds[-n:]
                    )
                    if found is not None:
                        return found
                found = people.by_skeleton.get((sounds[0], sounds[-1]))
                if found is not None:
                    return found
            if len(words) > 2 or not titles:
                return None
        for people in (self._own_people, _shipped_people()):
            fitting = list(people.by_surname.get(words[-1], ()))
            if len(words) > 1:
                fitting = [p for p in fitting if _initials_fit(words, p)]
            found = _the_one(fitting, country, frozenset(titles), when)
            if found is not None:
                return found
        return None


def _meant(
    words: Sequence[NameToken], rows: list[tuple[int, int, ActorEntry]]
) -> list[tuple[int, int, ActorEntry]]:
    """The names found, less surnames after somebody else's given name ("Hunter Biden") and
    countries in the names of waters ("Gulf of Oman", "Indian Ocean")."""
    ends = {j for _, j, _ in rows}
    return [
        (i, j, entry)
        for i, j, entry in rows
        if not (
            _names_a_water(words, i, j)
            if entry.kind in ("country", "demonym")
            else entry.kind == "person" and j - i == 1 and i and i not in ends
            and _given_name(words[i - 1], words[i])
        )
    ]  # fmt: skip


def _names_a_water(words: Sequence[NameToken], i: int, j: int) -> bool:
    """Whether a country's name is part of the name of a sea or strait: "Gulf of Oman"."""
    if j < len(words) and words[j].capital and words[j].key in word_list("waters"):
        return words[j].start - words[j - 1].end == 1
    k = i - 1 if i and words[i - 1].key != "the" else i - 2
    return k >= 1 and words[k].key == "of" and words[k - 1].key in word_list("waters_of")


def _given_name(before: NameToken, name: NameToken) -> bool:
    """Whether the word right before a surname may be a given name, and is no title."""
    return (
        name.start - before.end == 1
        and before.capital
        and not before.word.isupper()
        and before.key not in word_list("honorific") | word_list("link") | word_list("determiner")
        and ending_at([before], 1) is None
    )


def not_own(text: str, words: Sequence[NameToken], after: int) -> bool:
    """Whether the word after a name makes it a flag, a backer, a birthplace: "Iran-backed"."""
    return (
        after < len(words)
        and text[words[after - 1].end : words[after].start] in ("-", "‑", "–")
        and words[after].key in word_list("not_own")
    )


def _initials_fit(words: Sequence[str], person: ActorEntry) -> bool:
    return any(k[0] == words[0][0] for k in map(keys, (person.name, *person.aliases)) if k)


def _the_one(
    people: Sequence[ActorEntry],
    country: str | None,
    titles: frozenset[str],
    when: datetime | date | None,
) -> ActorEntry | None:
    """The only one of the people who fits; several rules are tried, the sharpest first."""
    if country is not None:
        people = [p for p in people if country in (p.country, p.country_on(when))]
    in_office = [p for p in people if p.period(when) is not None]
    for group in (
        [p for p in in_office if _has_title(p, titles, when)],
        [p for p in people if _has_title(p, titles, None)],
        in_office,
        people,
    ):
        if len(group) == 1:
            return group[0]
    return None


def _has_title(person: ActorEntry, titles: frozenset[str], when: datetime | date | None) -> bool:
    periods = person.periods if when is None else (person.period(when),)
    return any(
        p is not None and p.role is not None and bool(titles & set(keys(p.role))) for p in periods
    )


def _names(entries: Iterable[ActorEntry]) -> Iterable[tuple[str, ActorEntry]]:
    for entry in entries:
        for name in (entry.name, *entry.aliases):
            yield name, entry
            if is_acronym(name) and name.isalpha() and len(name) > 3 and key_of(name) not in COMMON:
                yield name.capitalize(), entry  # Nato, Unicef, Opec in British usage


@cache
def _shipped_matcher() -> Matcher:
    return Matcher([*country_names(), *_names(shipped())])


def _joined(words: Iterable[str]) -> str:
    return "".join(map(skeleton, words))


@cache
def _by_sound() -> dict[str, list[tuple[str, ActorEntry]]]:
    """Shipped names of two words and more, by the first letters of their joined skeletons."""
    found: dict[str, list[tuple[str, ActorEntry]]] = {}
    for name, entry in _names(shipped()):
        words = keys(name)
        sound = _joined(words)
        if len(words) > 1 and len(sound) >= SOUND_LENGTH:
            found.setdefault(sound[:3], []).append((sound, entry))
    return found


@cache
def _shipped_people() -> People:
    return People.of(shipped())


@cache
def default_table() -> ActorTable:
    """The shipped tables alone; read once."""
    return ActorTable()
