"""Who a noun phrase means: country and PLOVER sector.

The country is that of a known name (an actor, a country, a demonym, a capital), of a possessor, of
a complement ("of", "in", "from" a country), or of a town or region, in that order. The sector is
that of the head noun ("a court in Guyana" is JUD); where the head only stands for something ("a
spokesman for the navy"), that of what it stands for. A person has the sector of the office held on
the day; one who held office before that is ELI (former elite).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from masthead.reports.actor_tables.entries import ActorEntry
from masthead.reports.actor_tables.names import NameToken, keys, tokens, word_list
from masthead.reports.actor_tables.phrase import (
    APPOSITION,
    HEAD,
    POSSESSOR,
    Atom,
    Segment,
    segments,
)
from masthead.reports.actor_tables.places import country_name, regions, towns
from masthead.reports.actor_tables.sector_words import STAFF, STRONG, WEAK
from masthead.reports.actor_tables.table import ActorTable, default_table

__all__ = ["ActorEntry", "ActorTable", "Resolved", "default_table", "organisation_code", "resolve"]

_CAN_BE_FORMER = frozenset(("GOV", "LEG", "JUD", "SPY", "PTY", "COP", "IGO", "MIL"))
_PLACE_LINKS = ("of", "in", "from", "at", "on", "across", "near", "inside", "within", "around",
                "throughout", "off", "outside", "for")  # fmt: skip
_PLACE_KINDS = ("country", "demonym", "capital")
_COUNTRY_LINKS = (APPOSITION, "of", "from", "in", "at", "on", "across", "inside", "within",
                  "throughout", "around", "near", "off", "outside", "for", "and")  # fmt: skip


@dataclass(frozen=True)
class Resolved:
    """Who a phrase means. `name` is the name in the tables, `country` ISO 3166 alpha-3, `sector`
    PLOVER; a bare country has none. `kind` is `country`, `demonym`, `capital`, `person`,
    `organisation`, `force`, `group`, `company`, `media`, `seat` … for a known actor, `role` for a
    phrase that common nouns tell, `place` for a town or region, and `unknown`. `score` is how sure
    it is: 1 a known name, about 0.8 a telling head noun, 0.5 a guess from a town, 0 nothing."""

    name: str | None
    country: str | None
    sector: str | None
    kind: str
    score: float


@dataclass(frozen=True)
class _Finding:
    """What a segment says of the sector: whether surely (its own head), and as what."""

    sector: str | None
    sure: bool
    former: bool = False
    entry: ActorEntry | None = None


def resolve(
    phrase: str, date: datetime | None = None, *, known: ActorTable | None = None
) -> Resolved:
    """Country and sector of a noun phrase on a day; without a day, as last known.

    `known` holds entries beyond the shipped ones: a case's own actors, names a document has told.
    """
    table = known or default_table()
    parts = segments(phrase, table)
    if not parts:
        return Resolved(None, None, None, "unknown", 0.0)
    heads = [p for p in parts if p.link == HEAD] or parts[:1]
    head = heads[0]
    person = _person_in(head, parts, table, date)
    if person is not None:
        head = _with_person(head, person)
        parts = [head if p is heads[0] else p for p in parts]
    found = _sector(head, parts, date)
    entry = found.entry or (person[1] if person else _person_apposed(parts, table, date))
    country, how = _country(head, parts, entry, date)
    if found.sector == "IGO" and entry is not None and entry.kind == "person":
        country, how = _country_in_names(head, date), "named"
    kind, name = _kind(head, entry, found, country, how)
    sector = "ELI" if found.former and found.sector in _CAN_BE_FORMER else found.sector
    if sector is None and kind == "place":
        sector = "CVL"  # a town that is no seat of government stands for its people
    if kind not in ("country", "demonym", "person") and sector is None and country and found.sure:
        sector = "UNK"
    score = _score(kind, entry, found, country, how)
    return Resolved(name, country, sector, kind, score)


def organisation_code(resolved: Resolved) -> str | None:
    """The code that PLOVER data sets write in place of a country: the country itself, `UNO` for the
    United Nations and its bodies, `EUR` for the European Union, `IGO` for other international
    bodies. None where there is neither."""
    if resolved.country is not None or resolved.sector != "IGO":
        return resolved.country
    words = keys(resolved.name or "")
    entry = default_table().exact(tokens(resolved.name or "")) if words else None
    family = entry.periods[0].role if entry and entry.periods else None
    return {"United Nations": "UNO", "European Union": "EUR"}.get(family or "", "IGO")


def _name_run(segment: Segment) -> tuple[int, tuple[NameToken, ...]]:
    """The words with a capital at the end of a segment that no table knows: perhaps a name."""
    i = len(segment.atoms)
    while i and segment.atoms[i - 1].name_like:
        i -= 1
    return i, tuple(w for atom in segment.atoms[i:] for w in atom.words)


def _person_in(
    head: Segment, parts: Sequence[Segment], table: ActorTable, date: datetime | None
) -> tuple[int, ActorEntry] | None:
    """The person whom the unknown name at the end of the head segment means."""
    start, run = _name_run(head)
    if not run:
        return None
    before = head.atoms[:start]
    titles = {w.key for a in before if a.sector for w in a.words}
    spoken = any(a.words[-1].key in word_list("honorific") for a in before)
    if before and not titles and not spoken and any(a.plain for a in before):
        return None
    country, how = _country(head, parts, None, date)
    country = None if how == "place" else country
    run = tuple(w for w in run if w.key not in word_list("honorific"))
    if not run:
        return None
    found = table.person(run, country=country, titles=titles, when=date) or table.by_sound(run)
    return None if found is None else (start, found)


def _person_apposed(
    parts: Sequence[Segment], table: ActorTable, date: datetime | None
) -> ActorEntry | None:
    """The person whose name alone stands in apposition: "the minister, Renzetti"."""
    for part in parts:
        if part.link != APPOSITION or not all(map(_of_a_name, part.atoms)):
            continue
        last = part.atoms[-1].entry
        if last is not None:
            return last
        found = _person_in(part, parts, table, date)
        if found is not None:
            return found[1]
    return None


def _of_a_name(atom: Atom) -> bool:
    return atom.name_like or (atom.entry is not None and atom.entry.kind == "person")


def _with_person(head: Segment, person: tuple[int, ActorEntry]) -> Segment:
    start, entry = person
    words = tuple(w for atom in head.atoms[start:] for w in atom.words)
    return Segment(head.link, (*head.atoms[:start], Atom(words, entry=entry)))


def _look(segment: Segment, date: datetime | None, *, is_head: bool) -> _Finding:
    """What one segment says: its atoms from the last to the first, until one decides."""
    default: str | None = None
    person: ActorEntry | None = None
    staff = former_seen = False
    for i in range(len(segment.atoms) - 1, -1, -1):
        atom = segment.atoms[i]
        former = any(a.words[-1].key in word_list("former") for a in segment.atoms[:i])
        former_seen = former_seen or former
        last = i == len(segment.atoms) - 1
        if atom.entry is not None:
            if atom.entry.kind == "person":
                person = person or atom.entry
                continue
            sector = atom.entry.sector(date)
            if atom.entry.kind == "capital" and not (is_head and last):
                sector = None  # a town tells where, not who
            if sector is not None and atom.own:
                named = person or (atom.entry if default is None or not staff else None)
                return _Finding(sector, True, former, named)
        elif atom.sector is not None:
            word = atom.sector
            if last or (person is not None and default is None):
                if word.strength == STRONG:
                    return _Finding(word.sector, True, former, person)
                staff = word.strength == STAFF
                default = word.sector if word.strength in (STAFF, WEAK) else default
                if word.strength not in (STAFF, WEAK):
                    return _Finding(word.before, True, former, person)
            elif word.before is not None and not staff:
                return _Finding(word.before, True, former, person)
            elif default is None and word.strength in (STAFF, WEAK):
                default = word.sector
    if person is not None:
        held = person.sector(date)
        if default is None or (held is not None and held != "ELI"):
            return _Finding(held, True, former_seen, person)
    return _Finding(default, False, former_seen, person)


def _sector(head: Segment, parts: Sequence[Segment], date: datetime | None) -> _Finding:
    """The sector by the head, or by what a weak head stands for."""
    found = _look(head, date, is_head=True)
    rest = [p for p in parts if p is not head]
    if found.sure:
        return _of_a_body(found, head, rest, date)
    staff = head.atoms[-1].sector is not None and head.atoms[-1].sector.strength == STAFF
    order = [p for p in rest if p.link == "of"]
    order += [p for p in rest if p.link == APPOSITION]
    order += [p for p in rest if p.link == POSSESSOR]
    order += [p for p in rest if p.link in ("for", "in", "at", "from", "on", "with", "by", "and")]
    default = found
    for part in order:
        if staff and not any(a.entry and a.entry.kind not in _PLACE_KINDS for a in part.atoms):
            continue
        told = _look(part, date, is_head=False)
        if told.sure and told.sector is not None:
            return _Finding(told.sector, True, told.former or found.former, found.entry)
        if default.sector is None and told.sector is not None:
            default = _Finding(told.sector, False, told.former or found.former, found.entry)
    return default


def _of_a_body(
    found: _Finding, head: Segment, rest: Sequence[Segment], date: datetime | None
) -> _Finding:
    """An officer of an international body is of that body: "EU foreign policy chief", "UN envoy".
    Its ambassadors are so only if they are not a state's ambassadors to it."""
    if found.sector != "GOV":
        return found
    near = [head, *(p for p in rest if p.link in ("of", POSSESSOR))]
    bodies = [a for p in near for a in p.atoms if a.entry and a.entry.kind == "organisation"]
    if not bodies or (_country_in(head, date) is not None and found.entry is None):
        return found
    ambassador = any(w.key == "ambassador" for a in head.atoms for w in a.words)
    served = found.entry is not None and any(p.sector == "IGO" for p in found.entry.periods)
    if served or (found.entry is None and not ambassador):
        return _Finding("IGO", True, found.former, found.entry)
    return found


def _country(
    head: Segment, parts: Sequence[Segment], entry: ActorEntry | None, date: datetime | None
) -> tuple[str | None, str]:
    """The country, and what told it: `named`, `linked`, or `place`."""
    owner = [p for p in parts if p.link == POSSESSOR]
    for segment in (head, *reversed(owner)):
        if (code := _country_in(segment, date)) is not None:
            return code, "named"
    if any(a.entry and a.entry.kind in ("organisation", "institution") for a in head.atoms):
        return None, "named"  # UN peacekeepers in Mali are of the UN, not of Mali
    for link in _COUNTRY_LINKS:
        for segment in parts:
            if segment is head or segment.link != link:
                continue
            if (code := _country_in(segment, date)) is not None:
                return code, "linked"
    if entry is not None and entry.country_on(date) is None and entry.kind != "company":
        return None, "named"
    if (code := _by_place(head, parts)) is not None:
        return code, "place"
    return None, ""


def _country_in(segment: Segment, date: datetime | None) -> str | None:
    """The country that a segment's known names tell: countries and demonyms before others."""
    others: list[str] = []
    led: list[str] = []
    for i, atom in enumerate(segment.atoms):
        if atom.entry is None or not atom.own:
            continue
        code = atom.entry.country_on(date)
        if code is None:
            continue
        after = segment.atoms[i + 1].words[0].key if i + 1 < len(segment.atoms) else ""
        if after in word_list("led"):
            led.append(code)
        elif atom.entry.kind in ("country", "demonym"):
            return code
        else:
            others.append(code)
    return others[-1] if others else led[0] if led else None


def _country_in_names(head: Segment, date: datetime | None) -> str | None:
    """The country that the words beside a person tell: "the Norwegian NATO chief"."""
    atoms = tuple(a for a in head.atoms if a.entry is None or a.entry.kind != "person")
    return _country_in(Segment(head.link, atoms), date) if atoms else None


def _by_place(head: Segment, parts: Sequence[Segment]) -> str | None:
    """The country of a town or region that the phrase names."""
    for segment in (*(p for p in parts if p.link == POSSESSOR), *parts):
        if segment is not head and segment.link not in (*_PLACE_LINKS, APPOSITION, POSSESSOR):
            continue
        atoms = segment.atoms
        titles = [i for i, atom in enumerate(atoms) if atom.sector is not None]
        if segment is head and titles:
            atoms = atoms[: titles[-1] + 1]  # what follows a title is somebody's name
        words = [w for atom in atoms if atom.entry is None for w in atom.words]
        whole_is_name = all(w.capital or w.key in ("of", "la", "de", "el", "al") for w in words)
        for n in range(min(4, len(words)), 0, -1):
            for i in range(len(words) - n + 1):
                piece = words[i : i + n]
                if not piece[0].capital:
                    continue
                part = whole_is_name and n < len(words)
                if part and not _institution_like(segment):
                    continue  # an unknown name: its words are not towns
                key = tuple(w.key for w in piece)
                code = regions().get(key) or towns().get(key)
                if code:
                    return code
    return None


def _institution_like(segment: Segment) -> bool:
    return any(a.sector is not None for a in segment.atoms)


def _kind(
    head: Segment, entry: ActorEntry | None, found: _Finding, country: str | None, how: str
) -> tuple[str, str | None]:
    if entry is not None:
        return entry.kind, entry.name
    last = head.atoms[-1]
    if last.entry is not None and last.own:
        return last.entry.kind, last.entry.name
    if found.sector is not None or any(a.sector for a in head.atoms):
        return "role", None if country is None else country_name(country)
    if how == "place" and all(a.name_like for a in head.atoms):
        return "place", " ".join(w.word for a in head.atoms for w in a.words)
    return ("role" if country else "unknown"), None if country is None else country_name(country)


def _score(
    kind: str, entry: ActorEntry | None, found: _Finding, country: str | None, how: str
) -> float:
    if kind in ("country", "demonym", "capital"):
        return 1.0
    if entry is not None:
        return 0.95 if found.sector is not None else 0.7
    if kind == "place":
        return 0.5
    score = 0.8 if found.sure and found.sector else 0.5 if found.sector else 0.2
    if how == "place":
        score -= 0.2
    return round(max(score, 0.0), 2)
