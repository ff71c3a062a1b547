"""Who is who in one document: noun phrases to actors and ships, and back-references to them.

The cast remembers, in reading order, every actor and ship that was named. A surname, "the
ministry", "his counterpart", "it" and "they" are given the name, country and sector of the one
they go back to; the words and the span stay those of the phrase that names it best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from masthead.model import Span
from masthead.reports import roles
from masthead.reports.abbreviations import in_full
from masthead.reports.actor_tables.places import country_name
from masthead.reports.epithets import state_meant
from masthead.reports.frames import lemma, names_of
from masthead.reports.offices import (
    ENVOYS,
    OFFICES,
    SERVICES,
    abroad,
    by_circumstance,
    counterpart,
    full_name,
    is_counterpart,
    left_out,
    of_several,
    of_several_states,
    office_before,
    office_here,
)
from masthead.reports.parse import Token, children
from masthead.reports.phrases import (
    Known,
    Mention,
    actor_nouns,
    bounds,
    is_person,
    is_plural,
)
from masthead.reports.pronouns import refer
from masthead.reports.words import classes

Resolve = Callable[[str, datetime | None], Known]
Spanner = Callable[[int, int], tuple[Span, str]]
"""From the first and last word of a tree to the span in the document and its text."""

BELONGING = {"belong": "to", "send": "by", "operate": "by", "man": "by", "crew": "by",
             "command": "by", "own": "by", "hire": "by", "charter": "by"}  # fmt: skip
"""Participles that say whose somebody or something is, with their preposition."""

OWN_COUNTRY = frozenset({"country", "nation", "republic", "homeland", "state"})


SURE = 0.7
"""The score below which a state found in a person's own name is taken for a chance likeness."""


class Cast:
    """The actors and ships of one document, in the order they were named."""

    def __init__(self, resolve: Resolve, date: datetime | None) -> None:
        self._resolve = resolve
        self._date = date
        self._cache: dict[str, Known] = {}
        self._looked: dict[int, Mention] = {}
        self.at: Callable[[Token], int] = lambda word: word.idx
        self._afloat: Callable[[Token], bool] = lambda _: False
        self.flag: Callable[[Token], str | None] = lambda _: None
        self.mentions: list[Mention] = []
        self.surnames: dict[str, Mention] = {}
        self.speaker: Mention | None = None
        self.ships: list[Mention] = []
        self.home: str | None = None
        self.filed: str | None = None
        """The state of the dateline's town: "the coast guard" of no other state is its."""
        self.setting: str | None = None
        """The state in which a company's notice plays, as its heading says."""
        self.issuer: Mention | None = None
        self.voice: str | None = None
        self.ours = False
        """Whether the document is somebody's own statement: "our" is then no speaker's in it."""
        self.seen: set[str] = set()
        self.short: dict[str, str] = {}
        self.before: int | None = None
        self.barred: tuple[Span, ...] = ()
        self.together: dict[Span, list[Mention]] = {}
        """Those named as one with a mention ("Greece and Libya"), by its span."""
        self.begins = 0
        """Where the paragraph begins that is being read."""
        self.section: str | None = None
        """The state that heads the part of a circular that is being read ("TURKEY - …")."""

    def known(self, phrase: str) -> Known:
        """What the gazetteer says of a phrase, asked once a document; of a short name that the
        document explains, what it says of the full one."""
        if phrase not in self._cache:
            full = in_full(phrase, self.short) if self.short else None
            self._cache[phrase] = self._resolve(full or phrase, self._date)
        return self._cache[phrase]

    def name(self, head: Token, spanner: Spanner, *, subject: bool = False) -> Mention:
        """The noun phrase of a head as a mention, and remembered."""
        mention = self._look(head, spanner, subject=subject)
        self._looked[head.i] = mention
        others = [f for f in roles.conjuncts(head) if f.i != head.i and f.pos_ == "PROPN"]
        if others and head.pos_ == "PROPN" and head.dep_ != "conj":
            self.together[mention.span] = [mention, *(self.look(o, spanner) for o in others)]
        if not self.mentions or mention.span != self.mentions[-1].span:
            self.mentions.append(mention)
        self.mentions = self.mentions[-120:]
        if mention.known.country:
            self.seen.add(mention.known.country)
        if mention.ship:
            self.ships = [*self.ships[-20:], mention]
        last = head.lower_
        if head.pos_ == "PROPN" and mention.person and " " in mention.text:
            self.surnames.setdefault(last, mention)
        for child in children(head):
            if child.dep_ == "appos" and child.pos_ == "PROPN" and mention.person:
                self.surnames.setdefault(child.lower_, mention)
        return mention

    def own(self, span: Span, country: str) -> None:
        """Ships sent or stationed by a state are its own from here on."""
        for mention in [m for m in self.mentions if m.span == span and m.known.country is None]:
            at = self.mentions.index(mention)
            named = replace(mention, known=replace(mention.known, country=country, sector="MIL"))
            self.mentions[at] = named
            self.ships = [named if m is mention else m for m in self.ships]

    def speakers(self, before: int) -> Mention | None:
        """Whom "they said" means: several people, not ships."""
        self.before = before
        if self.speaker is not None and self.speaker.plural:
            return self.speaker
        return self.last(lambda m: m.plural and not m.ship and m.somebody)

    def recall(self, mention: Mention, at: int) -> None:
        """A subject pronoun has meant the mention again, at an offset."""
        place = len(self.mentions)
        while place and self.mentions[place - 1].position > at:
            place -= 1
        self.mentions.insert(place, replace(mention, again=at, subject=True))

    def turn(
        self,
        begins: int,
        at: Callable[[Token], int],
        afloat: Callable[[Token], bool],
        flag: Callable[[Token], str | None],
    ) -> None:
        """A new paragraph begins, at an offset: its words are counted from the start and stand `at`
        an offset of the document, its ships are those that `afloat` knows, and `flag` tells the
        state of its warships."""
        self.begins = begins
        self.at = at
        self._looked = {}
        self._afloat = afloat
        self.flag = flag

    def other_than(
        self, countries: set[str | None], before: int, *, by_name: bool = False
    ) -> str | None:
        """The state named last in the paragraph, before an offset, that is none of some states:
        by anybody of it, or (`by_name`) by its own name or its capital's."""
        self.before, self.barred = before, ()
        found = self.last(
            lambda m: (
                m.position >= self.begins
                and m.known.country is not None
                and m.known.country not in countries
                and (not by_name or m.known.kind in ("country", "capital"))
            )
        )
        return found.known.country if found else None

    def looked(self, head: Token) -> Mention | None:
        """What the phrase of a head was found to be, if it was looked at before."""
        return self._looked.get(head.i)

    def look(self, head: Token, spanner: Spanner, *, subject: bool = False) -> Mention:
        """The noun phrase of a head as a mention; looked at once a paragraph."""
        if head.i not in self._looked:
            self._looked[head.i] = self._look(head, spanner, subject=subject)
        return self._looked[head.i]

    def _look(self, head: Token, spanner: Spanner, *, subject: bool = False) -> Mention:
        left, right = bounds(head)
        span, text = spanner(left, right)
        heads = {lemma(head)} | {
            lemma(c) for c in children(head) if c.dep_ in ("compound", "appos")
        }
        ship = self._afloat(head) or lemma(head) in classes()["ship"] or any(
            c.dep_ in ("compound", "appos", "nmod") and lemma(c) in classes()["ship"]
            and c.text[:1].islower()
            for c in children(head)
        )  # fmt: skip
        person = is_person(head) and not ship
        # a ship's own name is no sign of its state (HMS Yarmouth is not of Yarmouth)
        known = self.known(head.doc.phrase(left, right) if ship else text)
        told = self.flag(head) if ship else None
        if told is not None and known.country is None:
            known = replace(known, country=told, sector="MIL")
        if person and head.pos_ == "PROPN" and known.score < SURE and known.country:
            known = replace(known, country=None, name=None)
        known = abroad(self, head, self._by_owner(head, known))
        known = of_several_states(self, head, text, known)
        mine = self._possessed(head)
        if mine is not None and (not person or lemma(head) in ENVOYS):
            known = replace(known, country=mine)
        elif head.lower_ in self.surnames and not ship:
            known = known if known.country else self.surnames[head.lower_].known
            person = True
        elif known.country is None and left_out(head):
            whole = of_several(self, head)
            if whole is not None:
                heads |= whole.heads
                ship = ship or whole.ship
                known = replace(
                    known, country=whole.known.country, sector=known.sector or whole.known.sector
                )
        elif known.country is None:
            known = self._by_back_reference(head, known, heads)
            for child in children(head):  # "Tariq Bangash, the agency's spokesman"
                if known.country is None and child.dep_ == "appos":
                    known = self._by_back_reference(child, known, {lemma(child)})
            if known.country is None:
                known = self._by_epithet(text, known)
            if known.country is None:
                known = by_circumstance(self, head, known)
        if known.country is None and not ship and subject and full_name(head):
            bearer = office_before(self, head)
            if bearer is not None:
                known, person = bearer.known, True
        main = subject and head.head.dep_ == "ROOT"
        venue = head.dep_ == "pobj" and (
            head.head.lower_ in ("in", "at", "near", "off", "from") or _of_waters(head.head)
        )
        one_state = known.kind == "country" and not any(c.dep_ == "conj" for c in children(head))
        plural = is_plural(head) and not one_state  # "the Philippines … its citizens"
        return Mention(text, span, lemma(head), frozenset(heads), known, person,
                       plural, ship, subject, main, venue)  # fmt: skip

    def _by_owner(self, head: Token, known: Known) -> Known:
        """ "China's Taiwan Affairs Office" is China's, whatever else its name names."""
        for child in children(head):
            if child.dep_ == "poss" and child.pos_ == "PROPN":
                owner = self.known(child.text)
                if owner.kind in ("country", "capital") and owner.country != known.country:
                    return replace(known, country=owner.country, name=None)
        return known

    def _possessed(self, head: Token) -> str | None:
        """The state of a possessive pronoun ("its border patrol boats"), whatever the nouns after
        it are called elsewhere. Its allies are other states."""
        if lemma(head) in classes()["other_states"]:
            return None
        for child in children(head):
            if child.dep_ == "poss" and child.lower_ in ("its", "their"):
                owner = self._owner(child)
                return owner.known.country if owner else None
            if child.dep_ == "poss" and child.lower_ == "our":
                return self.voice or (self.issuer.known.country if self.issuer else None)
        return None

    def _by_back_reference(self, head: Token, known: Known, heads: set[str]) -> Known:
        if is_counterpart(head):
            return counterpart(self, head, known)
        if lemma(head) in classes()["other_states"]:
            return known
        for child in children(head):
            if child.dep_ != "poss":
                continue
            if child.lower_ == "our":
                voice = self.voice or (self.issuer.known.country if self.issuer else None)
                if voice is not None or self.ours:
                    return replace(known, country=voice)
            if child.pos_ == "NOUN" or child.tag_ == "WP$" or lemma(child) in SERVICES:
                owned = self._owned_by(child)
                if owned is not None:
                    return replace(known, country=owned)
            owner = self._owner(child)
            if owner is not None and owner.known.country:
                name = known.name or (owner.known.name if lemma(head) in OWN_COUNTRY else None)
                return replace(known, country=owner.known.country, name=name)
            below = [c for c in children(child) if c.dep_ == "poss"]
            for pronoun in below:
                owner = self._owner(pronoun)
                if owner is not None and owner.known.country:
                    return replace(known, country=owner.known.country)
        if head.pos_ == "NUM" or lemma(head) in classes()["quantity"]:
            for filler in roles.preposition(head, "of"):  # "three of its ships"
                return self._by_back_reference(filler.token, known, heads)
        belongs = self._by_belonging(head)
        if belongs is not None:
            return replace(known, country=belongs)
        if not names_of(head) & actor_nouns():
            return known
        definite = any(
            c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in children(head)
        )
        alone = not any(c.dep_ in ("compound", "amod") for c in children(head))
        of_whom = is_person(head) and any(
            f.token.pos_ == "PROPN" for f in roles.preposition(head, "of")
        )
        if definite and not of_whom and (head.pos_ != "PROPN" or alone):
            here = office_here(self, head) if lemma(head) in OFFICES else None
            for mention in reversed(self.mentions):
                if here is not None and mention.span[0] < self.begins:
                    return replace(known, country=here)
                if lemma(head) in mention.heads and mention.known.country:
                    return replace(
                        known, country=mention.known.country,
                        name=known.name or mention.known.name,
                        sector=known.sector or mention.known.sector,
                    )  # fmt: skip
        return known

    def _by_belonging(self, head: Token) -> str | None:
        """The state that somebody's body, or whoever sent it, is of: "the secretary of its Security
        Council", "a tug sent by the Maltese authorities", "assets belonging to our Command"."""
        of = [f.token for f in roles.preposition(head, "of")]
        for noun in of:
            if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in children(noun)):
                return self._possessed(noun)
        for verb in children(head):
            if verb.dep_ != "acl" or lemma(verb) not in BELONGING:
                continue
            for filler in roles.preposition(verb, BELONGING[lemma(verb)]):
                phrase = filler.token.doc.phrase(*bounds(filler.token))
                return self._possessed(filler.token) or self.known(phrase).country
        return None

    def _by_epithet(self, text: str, known: Known) -> Known:
        """ "The kingdom" is the state named last that is one."""
        named = [m.known.country for m in self.mentions if m.known.country]
        country = state_meant(text, named)
        if country is None:
            return known
        return self.known(country_name(country))

    def _owned_by(self, owner: Token) -> str | None:
        """The state of a possessor: "the ministry's envoy", "Zambia, whose president"."""
        if owner.tag_ == "WP$":
            node = owner
            for _ in range(6):
                if node.dep_ == "relcl":
                    return self._country_of(node.head)
                node = node.head
            return None
        definite = any(c.dep_ == "det" for c in children(owner))
        for mention in reversed(self.mentions) if definite else ():
            if lemma(owner) in mention.heads and mention.known.country:
                return mention.known.country
        return by_circumstance(self, owner, Known()).country if definite else None

    def _country_of(self, head: Token) -> str | None:
        """The state of a noun phrase named before in this paragraph, by its head."""
        at = self.at(head)
        for mention in reversed(self.mentions):
            if mention.span[0] <= at < mention.span[1] and mention.known.country:
                return mention.known.country
        return self.known(head.text).country

    def _owner(self, pronoun: Token) -> Mention | None:
        if pronoun.pos_ != "PRON":
            return None
        return refer(self, pronoun, before=self.at(pronoun))

    def last(self, fits: Callable[[Mention], bool]) -> Mention | None:
        return next((m for m in reversed(self.mentions) if self.earlier(m) and fits(m)), None)

    def earlier(self, mention: Mention) -> bool:
        if mention.span in self.barred:
            return False
        return self.before is None or mention.position < self.before


def _of_waters(of: Token) -> bool:
    """Whether "of" stands within the name of a sea or a strait ("the Gulf of Aden")."""
    return of.lower_ == "of" and lemma(of.head) in classes()["geography"]
