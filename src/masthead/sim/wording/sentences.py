"""Sentences with what each of them says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import numpy as np

from masthead.model import Status
from masthead.sim.scenario import Port
from masthead.sim.truth import Happening, Ship, Side, Truthfulness
from masthead.sim.wording.grammar import Verb, capital, deeds, expand, grammar, pick
from masthead.sim.wording.phrases import DAYS, Phrase, place_phrase, ship_phrase, time_phrase

Manner = Literal["done", "ongoing", "attempted"]
STATUS: dict[Manner, Status] = {
    "done": Status.ASSERTED, "ongoing": Status.ONGOING, "attempted": Status.ATTEMPTED,
}  # fmt: skip
TOLD_AS = {"attempted_boarding": "boarding"}
"""Incidents that are worded as another one."""


@dataclass(frozen=True)
class Fact:
    """What a sentence says: the fields of a `Telling` but those of its place in a document."""

    happening: str | None
    truthful: Truthfulness
    act: str | None
    incident: str | None
    status: Status
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    objects: tuple[dict[str, Any], ...] = ()
    attribution: tuple[str, ...] = ()
    time: dict[str, datetime | None] | None = None
    place: dict[str, float] | None = None


@dataclass(frozen=True)
class Said:
    """A sentence and its facts; none for background."""

    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class View:
    """A happening as somebody tells it, truly or not: of which ship, where, when."""

    happening: Happening
    ship: Ship
    lat: float
    lon: float
    moment: datetime
    truthful: Truthfulness = "true"


@dataclass(frozen=True)
class Speaker:
    """Who is quoted: the key of a side or a name (what scoring looks for), and the words."""

    key: str
    words: str
    medium: str = ""
    again: str = ""
    """What a document calls it once it has been named; nothing if always the same."""


@dataclass
class Voice:
    """One document being written: its chances, its date, and whom and what it has named."""

    dice: np.random.Generator
    day: datetime
    ports: Sequence[Port]
    zone: str | None
    country: Callable[[str], str | None]
    named: set[int] = field(default_factory=set)
    last: int | None = None
    heard: Speaker | None = None

    def call(self, speaker: Speaker) -> str:
        """A speaker by its full words, or by the short ones if it was the last one called."""
        known = self.heard == speaker
        self.heard = speaker
        return speaker.again if known and speaker.again else speaker.words

    def ship(self, ship: Ship, *, vague: bool = False) -> Phrase:
        """A ship: in full at first, shorter later, "the tanker" only right after."""
        if ship.mmsi == self.last and self.dice.random() < 0.5:
            style = "again"
        elif vague:
            style = str(pick(self.dice, ("unnamed", "unnamed", "vague")))
        else:
            style = "name" if ship.mmsi in self.named else "full"
            self.named.add(ship.mmsi)
        self.last = ship.mmsi
        flag = self.country(ship.flag)
        return ship_phrase(self.dice, ship, flag, style=style, imo=self.dice.random() < 0.25)

    def doer(self, side: Side, *, guard: bool) -> tuple[str, bool]:
        """A side's force as the doer of a deed, and whether it is plural."""
        office = side.coast_guard if guard else side.navy
        forces = expand(self.dice, "<forces>", {})
        options = [
            (f"the {office}", False), (f"the {office}", False),
            (f"{side.adjective} {forces}", True), (f"a {side.adjective} " + expand(
                self.dice, "<force>", {}), False),
            (f"{side.adjective} forces", True), (f"{side.name}'s navy", False),
        ]  # fmt: skip
        words, plural = pick(self.dice, options)
        return str(words), bool(plural)


def deed_clause(
    voice: Voice, view: View, side: Side, manner: Manner, *, vague: bool = False
) -> tuple[str, Fact]:
    """A clause that tells a deed done to a ship, in lower case at the start, and its fact."""
    happening = view.happening
    incident = TOLD_AS.get(happening.incident, happening.incident)
    deed = deeds()[incident]
    verbs = deed.verbs if manner == "done" else [v for v in deed.verbs if not _active_only(v)]
    verb = pick(voice.dice, verbs)
    ship = voice.ship(view.ship, vague=vague)
    where = place_phrase(voice.dice, view.lat, view.lon, voice.ports, voice.zone)
    if incident in ("detention", "release") or voice.dice.random() < 0.25:
        where = Phrase("")
    when = time_phrase(voice.dice, view.moment, voice.day)
    doer, plural = voice.doer(side, guard=bool(voice.dice.random() < 0.3))
    slots = {
        "A": doer, "S": ship.words, "W": where.words, "D": when.words,
        "T": " " + expand(voice.dice, verb.tail, {}) if verb.tail else "",
        "D0": f"{when.words.strip()}, ", "V0": verb.base, "V1": verb.past, "V2": verb.participle,
        "V3": verb.ing, "has": "have" if plural else "has", "was": "were" if plural else "was",
    }  # fmt: skip
    forms = [f for f in grammar()["clauses"][manner] if "{A} {V1}" in f or not _active_only(verb)]
    form = str(pick(voice.dice, forms or grammar()["clauses"][manner]))
    fact = Fact(
        happening.id if view.truthful != "never_happened" else None, view.truthful, deed.act,
        incident, STATUS[manner],
        sources=(side.key,) if "{A}" in form else (),
        objects=(ship.means,) if ship.means else (),
        time=when.means if "{D" in form else None,
        place=where.means if "{W}" in form else None,
    )  # fmt: skip
    return expand(voice.dice, form, slots), fact


def _active_only(verb: Verb) -> bool:
    """Whether a second deed of the doer follows the object ("boarded X and searched it")."""
    return verb.tail.startswith(" and ")


def deed_noun(voice: Voice, view: View, side: Side, *, vague: bool = False) -> tuple[str, Fact]:
    """A deed as a noun phrase ("the seizure of the tanker Blue Heron"), and its fact."""
    incident = TOLD_AS.get(view.happening.incident, view.happening.incident)
    deed = deeds()[incident]
    ship = voice.ship(view.ship, vague=vague)
    where = place_phrase(voice.dice, view.lat, view.lon, voice.ports, voice.zone)
    doer, _ = voice.doer(side, guard=False)
    form = str(pick(voice.dice, grammar()["clauses"]["noun"]))
    slots = {"N": str(pick(voice.dice, deed.nouns)), "S": ship.words, "W": where.words, "A": doer}
    fact = Fact(
        view.happening.id, view.truthful, deed.act, incident, Status.ASSERTED,
        sources=(side.key,) if "{A}" in form else (), objects=(ship.means,) if ship.means else (),
        place=where.means if "{W}" in form else None,
    )  # fmt: skip
    return expand(voice.dice, form, slots), fact


def framed(
    voice: Voice, clause: str, fact: Fact, frame: str, speaker: Speaker | None = None
) -> Said:
    """A clause in a frame of `[frames]`: told plainly, or by a speaker, or denied by one."""
    slots = {"c": clause, "C": capital(clause)}
    if speaker is None:
        return Said(expand(voice.dice, grammar()["frames"]["plain"], slots), (fact,))
    slots |= {"P": voice.call(speaker), "M": speaker.medium}
    if frame == "quoted":  # a quote in a quote
        slots["C"] = slots["C"].replace("“", "‘").replace("”", "’")
    text = capital(expand(voice.dice, grammar()["frames"][frame], slots))
    told = replace(fact, attribution=(speaker.key,))
    if frame == "denied":
        told = replace(told, status=Status.DENIED, truthful="denial")
    return Said(text, (told,))


def political(voice: Voice, name: str, slots: dict[str, str], facts: Sequence[Fact]) -> Said:
    """A sentence of `[politics]` with its facts."""
    full = {"day": DAYS[voice.day.weekday()]} | slots
    return Said(capital(expand(voice.dice, grammar()["politics"][name], full)), tuple(facts))


def background(voice: Voice, name: str, slots: dict[str, str]) -> Said:
    """A sentence of no event."""
    return Said(capital(expand(voice.dice, f"<{name}>", slots)))
