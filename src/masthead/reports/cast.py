"""Who is who in one document: noun phrases to actors and ships, and back-references to them.

The cast remembers, in reading order, every actor and ship that was named. A surname, "the
ministry", "his counterpart", "it" and "they" are given the name, country and sector of the one
they go back to; the words and the span stay those of the phrase that names it best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache

from masthead.model import Span
from masthead.reports import roles
from masthead.reports.abbreviations import in_full
from masthead.reports.actor_tables.places import country_name
from masthead.reports.epithets import state_meant
from masthead.reports.frames import lemma, names_of
from masthead.reports.given_names import may_be, unnamed
from masthead.reports.parse import Token, children
from masthead.reports.phrases import (
    GROUP_PRONOUNS,
    PERSON_PRONOUNS,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    Known,
    Mention,
    actor_nouns,
    bounds,
    is_person,
    is_plural,
)
from masthead.reports.words import classes

Resolve = Callable[[str, datetime | None], Known]
Spanner = Callable[[int, int], tuple[Span, str]]
"""From the first and last word of a tree to the span in the document and its text."""

OWN_COUNTRY = frozenset({"country", "nation", "republic", "homeland", "state"})


SURE = 0.7
"""The score below which a state found in a person's own name is taken for a chance likeness."""

NEARBY = 160
"""Characters, about a sentence, within which "they" goes back to the nearest plural, whatever its
role; further back, to a subject."""

OFFICES = classes()["offices"]
"""Offices of a state."""

NO_OWNER = frozenset({"coast", "royal", "national", "prime", "foreign", "defence", "defense", "air",
                      "interior", "maritime", "border", "deputy", "high", "supreme"})  # fmt: skip
"""First words of an office or a force that name no state."""

FORCES = classes()["forces"]
"""Forces of a state."""


@cache
def _forces() -> frozenset[str]:
    return FORCES | classes()["warship"]


def _has_owner(head: Token) -> bool:
    """Whether the phrase names whose it is: "of X", or a capitalised modifier that is no part of
    an office ("Tarsk navy")."""
    if any(c.lower_ == "of" for c in children(head)):
        return True
    if head.pos_ == "PROPN" and lemma(head) in FORCES | OFFICES:
        first = next((c for c in children(head) if c.dep_ in ("compound", "amod")), None)
        if first is not None and first.lower_ not in FORCES | OFFICES | NO_OWNER:
            return True
    return any(
        (c.dep_ in ("amod", "nmod") and c.text[:1].isupper()) or
        (c.dep_ == "compound" and c.pos_ == "PROPN" and head.pos_ == "NOUN"
         and c.lower_ not in FORCES | OFFICES)
        for c in children(head)
    )  # fmt: skip


def _full_name(head: Token) -> bool:
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


class Cast:
    """The actors and ships of one document, in the order they were named."""

    def __init__(self, resolve: Resolve, date: datetime | None) -> None:
        self._resolve = resolve
        self._date = date
        self._cache: dict[str, Known] = {}
        self._looked: dict[int, Mention] = {}
        self._at: Callable[[Token], int] = lambda word: word.idx
        self._afloat: Callable[[Token], bool] = lambda _: False
        self._flag: Callable[[Token], str | None] = lambda _: None
        self.mentions: list[Mention] = []
        self.surnames: dict[str, Mention] = {}
        self.speaker: Mention | None = None
        self.ships: list[Mention] = []
        self.home: str | None = None
        self.filed: str | None = None
        """The state of the dateline's town: "the coast guard" of no other state is its."""
        self.issuer: Mention | None = None
        self.voice: str | None = None
        self.seen: set[str] = set()
        self.short: dict[str, str] = {}
        self._before: int | None = None
        self.together: dict[Span, list[Mention]] = {}
        """Those named as one with a mention ("Greece and Libya"), by its span."""
        self.begins = 0
        """Where the paragraph begins that is being read."""

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
        self._before = before
        if self.speaker is not None and self.speaker.plural:
            return self.speaker
        return self._last(lambda m: m.plural and not m.ship and m.somebody)

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
        self._at = at
        self._looked = {}
        self._afloat = afloat
        self._flag = flag

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
        told = self._flag(head) if ship else None
        if told is not None and known.country is None:
            known = replace(known, country=told, sector="MIL")
        if person and head.pos_ == "PROPN" and known.score < SURE and known.country:
            known = replace(known, country=None, name=None)
        known = self._by_owner(head, known)
        mine = self._possessed(head)
        if mine is not None and not person:
            known = replace(known, country=mine)
        elif head.lower_ in self.surnames and known.country is None:
            known = self.surnames[head.lower_].known
            person = True
        elif known.country is None and self._left_out(head):
            known = self._of_several(head, known)
        elif known.country is None:
            known = self._by_back_reference(head, known, heads)
            for child in children(head):  # "Tariq Bangash, the agency's spokesman"
                if known.country is None and child.dep_ == "appos":
                    known = self._by_back_reference(child, known, {lemma(child)})
            if known.country is None:
                known = self._by_epithet(text, known)
            if known.country is None:
                known = self._by_circumstance(head, known)
        if known.country is None and not ship and subject and _full_name(head):
            bearer = self._office_before(head)
            if bearer is not None:
                known, person = bearer.known, True
        venue = head.dep_ == "pobj" and head.head.lower_ in ("in", "at", "near", "off", "from")
        return Mention(text, span, lemma(head), frozenset(heads), known, person,
                       is_plural(head), ship, subject, venue)  # fmt: skip

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
        it are called elsewhere."""
        for child in children(head):
            if child.dep_ == "poss" and child.lower_ in ("its", "their"):
                owner = self._owner(child)
                return owner.known.country if owner else None
            if child.dep_ == "poss" and child.lower_ == "our":
                return self.voice or (self.issuer.known.country if self.issuer else None)
        return None

    def _by_back_reference(self, head: Token, known: Known, heads: set[str]) -> Known:
        for child in children(head):
            if child.dep_ != "poss":
                continue
            if child.lower_ == "our":
                voice = self.voice or (self.issuer.known.country if self.issuer else None)
                if voice is not None:
                    return replace(known, country=voice)
            if child.pos_ == "NOUN" or child.tag_ == "WP$":
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
        if not names_of(head) & actor_nouns():
            return known
        definite = any(
            c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in children(head)
        )
        alone = not any(c.dep_ in ("compound", "amod") for c in children(head))
        if definite and (head.pos_ != "PROPN" or alone):
            here = self._office_here(head) if lemma(head) in OFFICES else None
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

    def _by_epithet(self, text: str, known: Known) -> Known:
        """ "The kingdom" is the state named last that is one."""
        named = [m.known.country for m in self.mentions if m.known.country]
        country = state_meant(text, named)
        if country is None:
            return known
        return self.known(country_name(country))

    def _by_circumstance(self, head: Token, known: Known) -> Known:
        """A minister or a ministry of no named state is of the state that the dispatch comes from,
        once that state has been named; a force of none is of the force named last."""
        for name in ("from", "of", "aboard"):
            for filler in roles.preposition(head, name):
                flag = self._flag(filler.token)
                if flag is not None:
                    return replace(known, country=flag, sector="MIL")
        if any(c.dep_ == "poss" for c in children(head)) or _has_owner(head):
            return known
        names = {lemma(head)} | {
            lemma(c) for c in children(head) if c.dep_ in ("compound", "appos")
        }
        doing = self._doing(head)
        here = self._office_here(head) if names & OFFICES else None
        if here is not None:
            return replace(known, country=here)
        if names & OFFICES and doing is not None and doing != self.home:
            return replace(known, country=doing)
        if names & OFFICES and self.home in self.seen and not _opposite(head, self.home, self):
            return replace(known, country=self.home)
        if names & OFFICES and self.home is None and not is_plural(head):
            self._before = None
            state = self._last(
                lambda m: m.known.country is not None and m.known.sector == "GOV" and not m.venue
            )
            if state is not None and state.known.country:
                return replace(known, country=state.known.country)
        indefinite = any(c.lower_ in ("a", "an") for c in children(head))
        if names & _forces() and not indefinite:
            last = self._last(
                lambda m: (
                    m.known.country is not None
                    and (m.known.sector in ("MIL", "COP") or not m.heads.isdisjoint(_forces()))
                )
            )
            if last is not None:
                return replace(known, country=last.known.country)
            if self.filed is not None:
                return replace(known, country=self.filed)
            if self.voice is not None:
                return replace(known, country=self.voice)
        return known

    def _left_out(self, head: Token) -> bool:
        """Whether a number or "another" leaves out whom it counts ("one threatened to ram it")."""
        counts = head.pos_ == "NUM" or head.lower_ in ("one", "another", "others", "some")
        return counts and not any(c.lower_ == "of" for c in children(head))

    def _of_several(self, head: Token, known: Known) -> Known:
        """One of those who were named last as several."""
        self._before = self._at(head)
        several = self._last(lambda m: m.several and m.somebody)
        if several is None or several.known.country is None:
            return known
        return replace(known, country=several.known.country, sector=several.known.sector)

    def _office_before(self, head: Token) -> Mention | None:
        """The officer named without a name just before, whose name this is: "Norway's foreign
        minister spent the day on the telephone. Kjersti Haugdal called …"."""
        at = self._at(head)
        for mention in reversed(self.mentions[-12:]):
            if at - mention.span[0] > 2 * NEARBY:
                return None
            if mention.person and mention.subject:
                unnamed = not any(word[:1].isupper() for word in mention.text.split()[-1:])
                return mention if unnamed and mention.known.country else None
        return None

    def _office_here(self, head: Token) -> str | None:
        """The state whose office the paragraph has spoken of as a subject: after "the Iranian
        foreign ministry said", "the deputy minister" is Iran's, wherever the dispatch is from."""
        if self.voice is not None or not any(c.lower_ == "the" for c in children(head)):
            return None  # in a statement "the Ministry" is the one that issues it
        for mention in reversed(self.mentions):
            if mention.span[0] < self.begins:
                return None
            if mention.subject and mention.known.country and mention.heads & OFFICES:
                return mention.known.country
        return None

    def _doing(self, head: Token) -> str | None:
        """The state whose deed a speaker tells after it: "Estonia sent a ship, Defence Minister
        Hanno Pevkur said"."""
        if head.dep_ not in roles.SUBJECT or head.head.dep_ not in ("ROOT", "parataxis"):
            return None
        for clause in (*children(head.head), head.head.head):
            if clause.i >= head.i or clause.pos_ not in ("VERB", "AUX") or clause == head.head:
                continue
            for filler in roles.subjects(clause):
                if filler.token.pos_ == "PROPN":
                    known = self.known(filler.token.text)
                    if known.country and known.kind in ("country", "capital"):
                        return known.country
        return None

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
        return None

    def _country_of(self, head: Token) -> str | None:
        """The state of a noun phrase named before in this paragraph, by its head."""
        at = self._at(head)
        for mention in reversed(self.mentions):
            if mention.span[0] <= at < mention.span[1] and mention.known.country:
                return mention.known.country
        return self.known(head.text).country

    def _owner(self, pronoun: Token) -> Mention | None:
        if pronoun.pos_ != "PRON":
            return None
        return self.refer(pronoun, before=self._at(pronoun))

    def refer(
        self,
        pronoun: Token,
        *,
        before: int | None = None,
        near: int | None = None,
        wants_ship: bool = False,
        talks: bool = False,
    ) -> Mention | None:
        """The mention that a pronoun goes back to, among those named before an offset;
        a plural is looked for first in its own sentence, from the offset `near`."""
        word = pronoun.lower_
        self._before = before
        part = pronoun.dep_ == "poss" and lemma(pronoun.head) in classes()["ship_part"]
        if word in ("her", "its") and part and self.ships:
            return self._last(lambda m: m.ship) or self.ships[-1]
        if word in SPEAKER_PRONOUNS:
            return self.speaker
        if wants_ship:
            several = word in GROUP_PRONOUNS
            for mention in reversed(self.ships):
                if self._earlier(mention) and (mention.plural is several or several):
                    return mention
        if word in PERSON_PRONOUNS:
            spoken = talks and pronoun.dep_ in roles.SUBJECT
            if word in ("her", "she") and self.ships and not spoken:
                ship = self._last(lambda m: m.ship and not m.plural)
                woman = self._last(lambda m: m.person and not m.plural and may_be("she", m.text))
                if ship is not None and (woman is None or woman.position < ship.position):
                    return ship
            if word in ("he", "she") and pronoun.dep_ in roles.SUBJECT | roles.PASSIVE:
                found = self._last(
                    lambda m: m.person and not m.plural and m.subject and may_be(word, m.text)
                    and not unnamed(m.text)
                )  # fmt: skip
                if found is not None:
                    return found
            return self._last(lambda m: m.person and not m.plural and may_be(word, m.text))
        if word in THING_PRONOUNS and talks:
            found = self._last(
                lambda m: not (m.person or m.plural or m.ship) and m.subject and m.somebody
            )
            if found is not None:
                return found
        if word == "it" and pronoun.dep_ == "pobj" and near is not None:
            found = self._last(
                lambda m: m.position >= near and m.somebody
                and not (m.person or m.plural or m.ship or m.subject)
            )  # fmt: skip
            if found is not None:
                return found
        if word in THING_PRONOUNS:
            return self._last(
                lambda m: not m.person and not m.plural and m.subject and m.somebody
            ) or self._last(lambda m: not m.person and not m.plural and m.somebody)
        if word in GROUP_PRONOUNS:
            here = near if near is not None else 1 << 60
            close = (before or 0) - NEARBY
            doing = pronoun.dep_ in roles.SUBJECT
            return (
                (
                    self._last(
                        lambda m: m.several and m.subject and not m.person and m.position >= close
                    )
                    if doing
                    else None
                )
                or self._last(lambda m: m.several and not m.person and m.position >= here)
                or self._last(lambda m: m.several and not m.person and m.position >= close)
                or self._last(lambda m: m.several and m.subject and not m.person)
                or self._last(lambda m: m.plural)
            )
        return None

    def _last(self, fits: Callable[[Mention], bool]) -> Mention | None:
        return next((m for m in reversed(self.mentions) if self._earlier(m) and fits(m)), None)

    def _earlier(self, mention: Mention) -> bool:
        return self._before is None or mention.position < self._before
