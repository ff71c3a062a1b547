"""Noun phrases: their bounds, and what their own words say of who or what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from masthead.model import Actor, Span
from masthead.reports import roles
from masthead.reports.frames import lemma, names_of
from masthead.reports.parse import Sentence, Token, children
from masthead.reports.words import classes

PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING_PRONOUNS = frozenset({"it", "its", "itself"})
GROUP_PRONOUNS = frozenset({"they", "them", "these", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = frozenset({"we", "i", "us", "our", "me", "my", "ourselves"})


@dataclass(frozen=True)
class Known:
    """What a gazetteer says of a phrase."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None
    kind: str | None = None
    score: float = 1.0


@dataclass(frozen=True)
class Mention:
    """An actor or a ship as the document names it at one place."""

    text: str
    span: Span
    head: str
    heads: frozenset[str]
    known: Known
    person: bool
    plural: bool
    ship: bool
    subject: bool = False
    main: bool = False
    """Whether it is the subject of a whole sentence."""
    venue: bool = False
    """Whether it is named as the place of something ("in Doha")."""
    again: int | None = None
    """Where a pronoun last meant it."""

    @property
    def position(self) -> int:
        """Where it was last named or meant."""
        return self.span[0] if self.again is None else self.again

    @property
    def somebody(self) -> bool:
        """Whether it can act: a state, an organisation, a ship, or a name."""
        known = self.known
        return (
            self.ship
            or bool(known.country or known.sector)
            or self.head in actor_nouns()
            or (self.text[:1].isupper() and " " not in self.text)
        )

    @property
    def several(self) -> bool:
        """Whether it means several who can act: no guns, no nets."""
        return self.plural and (self.ship or self.head not in classes()["gear"])

    def actor(self, *, implicit: bool = False) -> Actor:
        """The mention in a role."""
        return Actor(
            text=self.text, name=self.known.name, country=self.known.country,
            sector=self.known.sector, span=self.span, implicit=implicit,
        )  # fmt: skip


def bounds(head: Token) -> tuple[int, int]:
    """The first and last word of the noun phrase of a head: with its determiners, modifiers,
    possessor, "of" and name, without relative clauses and what is coordinated with it."""
    left = head.i
    for child in children(head):
        if child.tag_ == "WP$":
            continue
        if child.pos_ == "PROPN" and roles.is_temporal(child):
            continue
        if child.i < head.i and child.dep_ in (
            "det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "case",
        ):  # fmt: skip
            left = min(left, child.left_edge.i)
    right = head.i
    for child in children(head):
        if child.i <= right:
            continue
        if (
            child.dep_ in ("nummod", "flat", "nmod")
            and child.i == right + 1
            and (head.pos_ == "PROPN")
        ):
            right = child.i
        elif child.dep_ == "prep" and child.i == right + 1 and _belongs(child):
            right = _clipped(child)
        elif child.dep_ == "appos" and child.i - right <= 6 and _names(head, child):
            right = max(right, bounds(child)[1])
    return left, right


def _belongs(preposition: Token) -> bool:
    below = [c for c in children(preposition) if c.dep_ == "pobj"]
    if preposition.lower_ == "of":
        return bool(below)
    if preposition.lower_ == "from" and lemma(preposition.head) in classes()["aircraft"]:
        return bool(below)
    if preposition.lower_ == "from" and any(c.pos_ == "PROPN" for c in below):
        return preposition.head.dep_ in ("nsubj", "nsubjpass", "pobj")
    if preposition.lower_ in ("in", "for", "to", "at"):
        governor = preposition.head
        return (
            any(c.pos_ == "PROPN" for c in below)
            and governor.dep_ not in ("dobj",)
            and lemma(governor) not in classes()["ship"]
        )
    return False


def _clipped(preposition: Token) -> int:
    last = preposition.i
    for child in children(preposition):
        if child.dep_ == "pobj":
            last = max(last, bounds(child)[1])
    return int(last)


def _names(head: Token, apposition: Token) -> bool:
    """Whether an apposition is the name of the head ("the minister, Ana Corelli"), or the office
    of the name."""
    return bool(apposition.pos_ == "PROPN" or head.pos_ == "PROPN") and apposition.i > head.i


def is_person(head: Token) -> bool:
    """Whether a phrase means one human being, by its nouns."""
    people = classes()["person_noun"]
    if lemma(head) in people or head.lower_ in people or "opposite_number" in names_of(head):
        return True
    for child in children(head):
        if child.dep_ in ("compound", "appos", "nmod", "amod") and (
            lemma(child) in people or child.lower_.rstrip(".") in people
        ):
            return True
    return False


COLLECTIVES = frozenset({"crew", "police", "people", "personnel", "staff"})
"""Nouns of many people, which "they" goes back to and "it" does not."""


def is_plural(head: Token) -> bool:
    """Whether a phrase means several."""
    if head.lower_ in COLLECTIVES:
        return True
    if head.pos_ == "NUM" and head.lower_ not in ("one", "1"):
        return True  # "three of the crew"
    return head.tag_ in ("NNS", "NNPS") or any(
        (c.dep_ in ("conj", "nummod") and c.lower_ not in ("one", "1")) or c.lower_ == "both"
        for c in children(head)
    )


@cache
def actor_nouns() -> frozenset[str]:
    """Common nouns that can be somebody, and so go back to somebody named before."""
    names = ("organisation", "person_noun", "ship", "troop", "crew", "person")
    return frozenset().union(*(classes()[name] for name in names))


def all_heads(tree: Sentence) -> list[Token]:
    """The heads of the noun phrases that can be somebody: subjects, objects, agents, owners."""
    return [
        t for t in tree
        if t.pos_ in ("NOUN", "PROPN")
        and not roles.is_temporal(t)
        and (
            t.dep_ in roles.SUBJECT | roles.PASSIVE | roles.OBJECT
            or (t.dep_ in ("pobj", "conj", "dative", "poss") and t.pos_ == "PROPN")
            or (t.dep_ == "pobj" and (t.head.dep_ == "agent" or is_person(t)))
            or (t.dep_ in ("pobj", "conj") and lemma(t) in actor_nouns())
            or (t.dep_ in ("dobj", "pobj", "conj", "poss") and lemma(t) in classes()["ship"])
        )
    ]  # fmt: skip
