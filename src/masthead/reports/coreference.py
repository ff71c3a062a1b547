"""Who later words of a document mean: surnames, "the ministry", "our country", "his counterpart".

Each resolver takes the words and the *antecedents*: what was named before them, latest last, with
the part each played (the speaker of the quote, a subject, a mere mention). It gives a `Resolved`,
or None where the antecedents do not settle it; none of them guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal

from masthead import codes
from masthead.reports.actor_tables.entries import ActorEntry, Period
from masthead.reports.actor_tables.names import keys, word_list
from masthead.reports.actor_tables.phrase import APPOSITION, HEAD, segments
from masthead.reports.actor_tables.places import country_name
from masthead.reports.actor_tables.table import ActorTable, default_table, surname_keys
from masthead.reports.actors import Resolved, resolve

_OWN = frozenset(("our", "my", "we", "us", "ours"))
_POINTING = frozenset(("the", "that", "this", "both", "two"))
_STATE_SECTORS = ("GOV", "MIL", "COP", "LEG", "JUD", "SPY")
_MONTHS = frozenset(("may", "march", "april", "august", "june", "july"))
_SHORT_NAME = re.compile(
    r"((?:[A-Z][\w’'-]*)(?:\s(?:of|the|for|and|in|on|de|du|la|al|[A-Z][\w’'-]*))*\s[A-Z][\w’'-]*)"
    r"\s\((?:the\s)?([A-Z][A-Za-z]?[A-Z]{1,6})\)"
)


@dataclass(frozen=True)
class Antecedent:
    """Somebody named before: the words, who they mean, and the part they played."""

    text: str
    actor: Resolved
    part: Literal["speaker", "subject", "mention"] = "mention"


def introduced(
    phrase: str, date: datetime | None = None, *, known: ActorTable | None = None
) -> ActorEntry | None:
    """The person whom a phrase introduces by full name, as an entry whose surname alone will find
    it; None if the phrase has no full name, or none with a title, a country or a known bearer."""
    table = known or default_table()
    for segment in segments(phrase, table):
        if segment.link not in (HEAD, APPOSITION):
            continue
        atoms = segment.atoms
        person = next((a for a in atoms if a.entry and a.entry.kind == "person"), None)
        start = len(atoms)
        while start and atoms[start - 1].name_like:
            start -= 1
        words = [w.word for a in atoms[start:] for w in a.words]
        words = [w for w in words if w.lower() not in word_list("honorific")]
        if person is None and len(words) < 2:
            continue
        found = resolve(phrase, date, known=table)
        if person is None and found.sector is None and found.country is None:
            continue
        name = person.entry.name if person is not None and person.entry else " ".join(words)
        role = " ".join(w.key for a in atoms if a.sector for w in a.words) or None
        short = tuple(
            _as_written(name, key)
            for key in surname_keys(keys(name), found.country)
            if key not in _MONTHS and len(key) > 1
        )
        periods: tuple[Period, ...] = (Period(found.sector, role, found.country),)
        if person is not None and person.entry is not None and role is None:
            periods = person.entry.periods
        return ActorEntry(name, found.country, "person", periods, short)
    return None


def _as_written(name: str, key: str) -> str:
    return next((w for w in re.split(r"[\s-]+", name) if key in keys(w)), key)


def abbreviations(text: str, *, known: ActorTable | None = None) -> list[ActorEntry]:
    """The short names that a text gives in brackets after the full one, where the letters are
    initials of the name: "Friends of the Reserve (FR)"."""
    found = []
    for match in _SHORT_NAME.finditer(text):
        name, short = match[1], match[2]
        words = name.split()
        for begin in range(len(words)):
            tail = words[begin:]
            all_letters = "".join(w[0] for w in tail).upper()
            capitals = "".join(w[0] for w in tail if w[0].isupper())
            if tail[0][0].isupper() and short.upper() in (all_letters, capitals):
                full = " ".join(tail)
                told = resolve(full, known=known)
                period = Period(told.sector, None, told.country)
                known_as = told.kind not in ("role", "unknown", "place") and told.name
                found.append(
                    ActorEntry(known_as or full, told.country, "known", (period,), (short,))
                )
                break
    return found


def same_institution(
    phrase: str, before: Sequence[Antecedent], date: datetime | None = None
) -> Resolved | None:
    """ "The ministry", "the coast guard": the latest antecedent named with the same
    word; else the institution of the one state that the antecedents of a state's own speak of.

    None for a phrase that names its own country, and where two states are in question.
    """
    words = keys(phrase)
    told = resolve(phrase, date)
    if told.country is not None or told.sector is None or not words:
        return None
    head = words[-1]
    for one in reversed(before):
        if head in keys(one.text) and one.actor.country is not None:
            return replace(told, country=one.actor.country, name=one.actor.name, score=0.7)
    if words[0] not in _POINTING or told.sector not in _STATE_SECTORS:
        return None
    states = {a.actor.country for a in before if a.actor.country is not None}
    subjects = [a.actor.country for a in before if a.part != "mention" and a.actor.country]
    country = next(iter(states)) if len(states) == 1 else subjects[-1] if subjects else None
    if country is None:
        return None
    return replace(told, country=country, name=country_name(country), score=0.5)


def own_side(phrase: str, speaker: Antecedent | None) -> Resolved | None:
    """ "Our country", "our navy", "we": the speaker's state, with the sector that the noun tells
    (GOV where it tells none); "we" is the speaker."""
    words = keys(phrase)
    if speaker is None or not words or words[0] not in _OWN:
        return None
    if len(words) == 1:
        return speaker.actor
    told = resolve(" ".join(phrase.split()[1:]))
    country = speaker.actor.country
    if country is None or told.country is not None:
        return None
    sector = told.sector if told.sector not in (None, "UNK") else "GOV"
    return Resolved(country_name(country), country, sector, told.kind, 0.7)


@cache
def _epithets() -> dict[tuple[str, ...], frozenset[str]]:
    return {
        keys(epithet): frozenset(row["countries"].split())
        for row in codes.rows("actors_epithets.csv")
        for epithet in row["epithet"].split("|")
    }


def epithet(phrase: str, before: Sequence[Antecedent]) -> Resolved | None:
    """ "The Islamic republic", "the kingdom", "the island": the latest state before that fits; if
    none was named, the only state it can mean."""
    words = tuple(w for w in keys(phrase) if w not in _POINTING)
    fitting = _epithets().get(words)
    if fitting is None or not phrase.lower().startswith(("the ", "that ", "this ")):
        return None
    for one in reversed(before):
        if one.actor.country in fitting:
            return _state(one.actor.country)
    return _state(next(iter(fitting))) if len(fitting) == 1 else None


def both_sides(phrase: str, before: Sequence[Antecedent]) -> tuple[Resolved, Resolved] | None:
    """ "The two countries", "both governments", "the two sides": the last two different states."""
    words = [w for w in keys(phrase) if w != "the"]
    plural = {"countries", "governments", "sides", "states", "nations", "neighbours", "neighbors",
              "capitals", "navies", "ministers", "leaders", "presidents", "allies"}  # fmt: skip
    if len(words) < 2 or words[0] not in ("two", "both") or words[-1] not in plural:
        return None
    states: list[str] = []
    for one in reversed(before):
        if one.actor.country is not None and one.actor.country not in states:
            states.append(one.actor.country)
    if len(states) < 2:
        return None
    sector = resolve(words[-1]).sector or "GOV"
    last, first = (replace(_state(country), sector=sector) for country in states[:2])
    return first, last


def counterpart(
    phrase: str,
    antecedent: Antecedent | None,
    date: datetime | None = None,
    *,
    known: ActorTable | None = None,
) -> Resolved | None:
    """ "His Soviet counterpart, Valerian Zorin": who holds, for the country that the phrase names,
    the office that the antecedent holds; a name after it is that person. None without the word."""
    words = keys(phrase)
    if not {"counterpart", "counterparts", "opposite"} & set(words):
        return None
    told = resolve(phrase, date, known=known)
    named = [p for p in re.split(r",\s*", phrase)[1:] if p.strip()]
    if named:
        person = resolve(named[0], date, known=known)
        if person.kind == "person":
            return replace(person, country=told.country or person.country)
    sector = antecedent.actor.sector if antecedent is not None else None
    own = antecedent.actor.country if antecedent is not None else None
    if told.country == own and own is not None:
        return None
    return Resolved(
        country_name(told.country) if told.country else None, told.country, sector, "role", 0.6
    )


def _state(country: str) -> Resolved:
    return Resolved(country_name(country), country, None, "country", 0.8)


def refer(
    phrase: str,
    before: Sequence[Antecedent],
    date: datetime | None = None,
    *,
    speaker: Antecedent | None = None,
    known: ActorTable | None = None,
) -> Resolved | None:
    """The first of the resolvers above that knows the phrase; None for a phrase that stands for
    itself, and for one that the antecedents do not settle."""
    subject = next((a for a in reversed(before) if a.part != "mention"), None)
    return (
        own_side(phrase, speaker)
        or counterpart(phrase, speaker or subject, date, known=known)
        or epithet(phrase, before)
        or same_institution(phrase, before, date)
    )
