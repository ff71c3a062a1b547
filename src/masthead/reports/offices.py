"""Whose an office is that no state is named with: "the ministry", "the coast guard".

By circumstance: the office of which the paragraph speaks, the state whose deed is told, the state
that the dispatch comes from or whose statement it is, the force named last.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from masthead.reports import roles
from masthead.reports.frames import lemma, names_of
from masthead.reports.parse import Token, children
from masthead.reports.phrases import Known, Mention, is_plural
from masthead.reports.pronouns import NEARBY, refer
from masthead.reports.words import classes

if TYPE_CHECKING:
    from masthead.reports.cast import Cast

OFFICES = classes()["offices"]
"""Offices of a state."""

NO_OWNER = frozenset({"coast", "royal", "national", "prime", "foreign", "defence", "defense", "air",
                      "interior", "maritime", "border", "deputy", "high", "supreme", "commanding",
                      "officer", "naval", "flag", "vice", "rear", "chief", "eastern", "western",
                      "northern", "southern", "joint", "armed", "federal", "central"})  # fmt: skip
"""First words of an office or a force that name no state."""

STATES = frozenset({"country", "capital"})
"""Kinds of names that a state goes by."""

LOCAL = frozenset({"governor", "mayor", "prefect", "harbourmaster", "harbour", "harbor", "sheriff"})
"""Offices of the place that a dispatch comes from ("the harbour master")."""

RANKS = frozenset({"admiral", "colonel", "brigadier", "commodore", "superintendent", "lieutenant",
                   "sergeant", "commandant", "chief", "commissioner"})  # fmt: skip
"""Ranks of a state's officers: in an office's own statement they are its."""

PARTS = frozenset({"staff", "force", "affair", "defence", "defense", "operation", "information",
                   "justice", "interior", "transport", "fishery", "shipping", "trade", "security",
                   "health", "labour", "labor", "energy", "finance"})  # fmt: skip
"""Last words of an office's name that are no owner."""

FORCES = classes()["forces"]
"""Forces of a state."""

SERVICES = frozenset({"service", "general", "registry", "judge", "magistrate"})
"""Further offices of the state in which a notice plays ("the Attorney General")."""

DETACHED = frozenset({"team", "boarding_party", "boarding_team", "boat", "helicopter", "aircraft"})
"""What a force sends out: in its own release "a second team" is its."""


@cache
def _forces() -> frozenset[str]:
    return FORCES | classes()["warship"]


def _has_owner(head: Token) -> bool:
    """Whether the phrase names whose it is: "of X", or a capitalised modifier that is no part of
    an office ("Tarsk navy")."""
    if any(c.lower_ == "of" and not _in_office(c) for c in children(head)):
        return True
    if head.pos_ == "PROPN" and lemma(head) in FORCES | OFFICES:
        first = next((c for c in children(head) if c.dep_ in ("compound", "amod")), None)
        if first is not None and first.lower_ not in FORCES | OFFICES | NO_OWNER:
            return True
    return any(
        (c.dep_ in ("amod", "nmod") and c.text[:1].isupper()
         and c.lower_ not in FORCES | OFFICES | NO_OWNER) or
        (c.dep_ == "compound" and c.pos_ == "PROPN" and head.pos_ == "NOUN"
         and c.text[:1].isupper() and c.lower_ not in FORCES | OFFICES | NO_OWNER)
        for c in children(head)
    )  # fmt: skip


def _in_office(of: Token) -> bool:
    """Whether "of" stands within the name of an office ("Chief of the Naval Staff")."""
    return all(lemma(c) in FORCES | OFFICES | PARTS for c in children(of))


def full_name(head: Token) -> bool:
    """Whether a phrase is a given name and a surname, and nothing else."""
    before = [c for c in children(head) if c.dep_ == "compound"]
    return (
        head.pos_ == "PROPN"
        and 1 <= len(before) <= 3
        and all(c.pos_ == "PROPN" for c in before)
        and not any(c.dep_ in ("det", "amod", "poss") for c in children(head))
    )


def _opposite(head: Token, home: str | None, cast: Cast) -> bool:
    """Whether the sentence sets the phrase against the home state ("his Icelandic counterpart")."""
    for token in head.sent:
        if lemma(token) == "counterpart" or token.lower_ == "counterpart":
            around = [*children(token), *children(token.head)]
            return any(
                c.dep_ in ("amod", "compound") and cast.known(c.text).country == home
                for c in around
            )
    return False


def by_circumstance(cast: Cast, head: Token, known: Known) -> Known:
    """A minister or a ministry of no named state is of the state that the dispatch comes from,
    once that state has been named; a force of none is of the force named last."""
    foreign = lemma(head) not in OFFICES and any(c.text == "foreign" for c in children(head))
    if head.pos_ == "ADJ" or foreign:
        return known  # "military strikes" are of whoever makes them, "foreign ships" of others
    for name in ("from", "of", "aboard"):
        for filler in roles.preposition(head, name):
            flag = cast.flag(filler.token)
            if flag is not None:
                return replace(known, country=flag, sector="MIL")
            if name == "of" and cast.setting is not None and names_of(filler.token) & SERVICES:
                return replace(known, country=cast.setting)
    if any(c.dep_ == "poss" for c in children(head)) or _has_owner(head):
        return known
    if ENVOYS & {lemma(head)}:
        host = _hosts(cast, head)
        sender = cast.section or (cast.home if cast.home in cast.seen else None)
        return replace(known, country=sender) if sender not in host and host else known
    beside = [c for c in children(head) if c.dep_ in ("compound", "appos")]
    beside += [k for c in beside if c.dep_ == "appos" for k in children(c) if k.dep_ == "compound"]
    names = {lemma(head), *(lemma(c) for c in beside)} | names_of(head)
    if lemma(head) == "chief":
        names.add("minister")  # "the armed forces chief"
    other = _met(cast, head)
    if other is not None and names & OFFICES:
        return replace(known, country=other or None)
    if names & OFFICES and cast.section is not None:
        return replace(known, country=cast.section)
    doing = _doing(cast, head)
    if names & LOCAL and cast.filed is not None:
        return replace(known, country=cast.filed)
    here = office_here(cast, head) if names & OFFICES else None
    if here is not None:
        return replace(known, country=here)
    if names & (OFFICES | SERVICES) and cast.setting is not None:
        return replace(known, country=cast.setting)
    fellow = _fellow(cast, head)
    if fellow is not None:
        return replace(known, country=fellow)
    if names & OFFICES and doing is not None and doing != cast.home:
        return replace(known, country=doing)
    if names & OFFICES and cast.home in cast.seen and not _opposite(head, cast.home, cast):
        return replace(known, country=cast.home)
    unknown = cast.issuer is not None and cast.issuer.known.country is None
    if names & OFFICES and cast.home is None and not (unknown or is_plural(head)):
        cast.before = None
        state = cast.last(
            lambda m: m.subject and m.position >= cast.begins and m.known.kind in STATES
        ) or cast.last(
            lambda m: m.known.country is not None and m.known.sector == "GOV" and not m.venue
        )
        if state is not None and state.known.country:
            return replace(known, country=state.known.country)
    if names & RANKS and cast.voice is not None:
        return replace(known, country=cast.voice)
    told = _teller(cast, head) if names & _forces() else None
    if told is not None:
        return replace(known, country=told)
    if _of_release(cast, head):
        return replace(known, country=cast.voice)
    indefinite = any(c.lower_ in ("a", "an") for c in children(head))
    if names & _forces() and not indefinite:
        last = cast.last(
            lambda m: (
                (cast.voice is None or m.position >= cast.begins)
                and m.known.country is not None
                and (m.known.sector in ("MIL", "COP") or not m.heads.isdisjoint(_forces()))
            )
        )
        if last is not None:
            return replace(known, country=last.known.country)
        if cast.filed is not None:
            return replace(known, country=cast.filed)
        if cast.voice is not None:
            return replace(known, country=cast.voice)
    return known


def _fellow(cast: Cast, head: Token) -> str | None:
    """The state of the warship or force that one is coordinated with: "by the frigate Somudra Joy
    and two patrol craft"."""
    first = head.head
    if head.dep_ != "conj" or not names_of(head) & _forces() or not names_of(first) & _forces():
        return None
    named = cast.looked(first)
    return named.known.country if named is not None else None


def _of_release(cast: Cast, head: Token) -> bool:
    """Whether a phrase means boats or people of the force that issues the release: "the patrol
    ship 3009", "a second team"."""
    issuer = cast.issuer
    if cast.voice is None or issuer is None or issuer.known.sector not in ("MIL", "COP"):
        return False
    counted = any(
        c.lower_ in ("second", "third", "another") or c.dep_ == "nummod"
        or (c.dep_ == "compound" and lemma(c) in FORCES)
        for c in children(head)
    )  # fmt: skip
    return counted and bool(names_of(head) & (classes()["warship"] | DETACHED))


def _teller(cast: Cast, head: Token) -> str | None:
    """The state of an officer who tells of a force: "Commodore Adebanjo of the Nigerian navy said
    that marines had stormed a camp"."""
    for verb in head.ancestors:
        if verb.dep_ == "ccomp" and lemma(verb.head) in classes()["speech"]:
            for filler in roles.subjects(verb.head):
                teller = cast.looked(filler.token)
                if teller is not None and teller.known.sector in ("MIL", "COP"):
                    return teller.known.country
            return None
    return None


def left_out(head: Token) -> bool:
    """Whether a number or "another" leaves out whom it counts ("one threatened to ram it")."""
    number = head.pos_ == "NUM" and not any(c.dep_ in ("poss", "compound") for c in children(head))
    counts = number or head.lower_ in ("one", "another", "others", "some")
    return counts and not any(c.lower_ == "of" for c in children(head))


def of_several(cast: Cast, head: Token) -> Mention | None:
    """Those named last as several, of whom a number is some."""
    cast.before = cast.at(head)
    return cast.last(lambda m: m.several and m.somebody)


def office_before(cast: Cast, head: Token) -> Mention | None:
    """The officer named without a name just before, whose name this is: "Norway's foreign
    minister spent the day on the telephone. Kjersti Haugdal called …"."""
    at = cast.at(head)
    for mention in reversed(cast.mentions[-12:]):
        if at - mention.span[0] > 2 * NEARBY:
            return None
        if mention.person and mention.subject:
            unnamed = not any(word[:1].isupper() for word in mention.text.split()[-1:])
            return mention if unnamed and mention.known.country else None
    return None


def office_here(cast: Cast, head: Token) -> str | None:
    """The state whose office the paragraph has spoken of as a subject: after "the Iranian
    foreign ministry said", "the deputy minister" is Iran's, wherever the dispatch is from."""
    if cast.voice is not None or not any(c.lower_ == "the" for c in children(head)):
        return None  # in a statement "the Ministry" is the one that issues it
    for mention in reversed(cast.mentions):
        if mention.span[0] < cast.begins:
            return None
        if mention.subject and mention.known.country and mention.heads & OFFICES:
            return mention.known.country
    return None


def _doing(cast: Cast, head: Token) -> str | None:
    """The state whose deed a speaker tells after it: "Estonia sent a ship, Defence Minister
    Hanno Pevkur said"."""
    if head.dep_ not in roles.SUBJECT or head.head.dep_ not in ("ROOT", "parataxis"):
        return None
    for clause in (*children(head.head), head.head.head):
        if any(w.text == ";" for w in head.sent if clause.i < w.i < head.i):
            continue
        if clause.i >= head.i or clause.pos_ not in ("VERB", "AUX") or clause == head.head:
            continue
        for filler in roles.subjects(clause):
            if filler.token.pos_ == "PROPN":
                known = cast.known(filler.token.text)
                if known.country and known.kind in ("country", "capital"):
                    return known.country
    return None


MEETING = frozenset({"meet", "receive", "telephone", "call", "phone", "thank", "see", "visit",
                     "brief", "host", "greet", "ring"})  # fmt: skip
"""What a minister or an envoy does with the minister of another state."""


def _met(cast: Cast, head: Token) -> str | None:
    """The state of a minister whom an envoy or a minister of another state meets or thanks: the
    one named last that is not the other's. "" if none was; None for no such minister."""
    verb = head.head
    if head.dep_ not in roles.OBJECT or lemma(verb) not in MEETING or head.pos_ != "PROPN":
        return None
    doers = [cast.looked(f.token) for f in roles.subjects(verb)]
    mine: set[str | None] = {m.known.country for m in doers if m and m.known.country}
    if not mine:
        return None
    return cast.other_than(mine, cast.at(head), by_name=True) or ""


ENVOYS = frozenset({"embassy", "consulate", "legation", "ambassador", "consul", "envoy"})
"""Offices of a state abroad: where they are is not whose they are."""


def abroad(cast: Cast, head: Token, known: Known) -> Known:
    """ "The embassy in Tbilisi" is not Georgia's, if nothing but the place says so."""
    if known.country is None or lemma(head) not in ENVOYS:
        return known
    named = any(
        c.dep_ in ("amod", "compound", "nmod") and cast.known(c.text).country == known.country
        for c in children(head)
    )
    if named or known.country not in _hosts(cast, head):
        return known
    return replace(known, country=None, name=None)


def _hosts(cast: Cast, head: Token) -> set[str | None]:
    """The states in which an office abroad is."""
    return {cast.known(f.token.text).country for f in roles.preposition(head, "in")}


def is_counterpart(head: Token) -> bool:
    """Whether a phrase means the same office of another state ("his opposite number")."""
    return lemma(head) == "counterpart" or "opposite_number" in names_of(head)


def counterpart(cast: Cast, head: Token, known: Known) -> Known:
    """A counterpart of no named state is of the one named last that is not the owner's."""
    own = {cast.home}
    for child in children(head):
        if child.dep_ == "poss":
            owner = refer(cast, child, before=cast.at(head)) if child.pos_ == "PRON" else None
            own = {owner.known.country if owner and owner.known.country else cast.home}
    country = cast.other_than(own, cast.at(head))
    return replace(known, country=country) if country else known


SHARED = re.compile(
    r"\b(?:foreign office|joint chiefs|home office|general staff|supreme court|treasury|cabinet|"
    r"state council|privy council)\b",
    re.I,
)
"""Names of offices that several states have, though one of them is known best by it."""


def of_several_states(cast: Cast, head: Token, text: str, known: Known) -> Known:
    """ "The Foreign Office spokeswoman" after "Islamabad" is Pakistan's, if nothing British was
    named before."""
    if known.kind not in ("seat", "force") or known.country in cast.seen or not SHARED.search(text):
        return known
    if known.country in (cast.home, cast.filed, cast.voice):
        return known
    country = cast.voice or cast.other_than({known.country}, cast.at(head), by_name=True)
    return replace(known, country=country) if country else known
