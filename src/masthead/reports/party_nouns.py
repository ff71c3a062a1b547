"""What the nouns of a role say by themselves: people, deeds, a ship that is left out, one's own."""

from __future__ import annotations

from functools import cache

from masthead.reports import roles
from masthead.reports.frames import names_of
from masthead.reports.parse import Token, children
from masthead.reports.phrases import Mention
from masthead.reports.words import classes

ELLIPTIC = frozenset(
    {"one", "third", "fourth", "fifth", "four", "five", "both", "several", "another", "two",
     "three", "it", "her", "them", "those", "other"}
)  # fmt: skip
"""Words that stand for a ship named before."""


@cache
def people() -> frozenset[str]:
    """Nouns of somebody: people, bodies of people, those who man things."""
    names = ("person", "troop", "crew", "organisation", "aircraft", "person_noun", "fighter")
    return frozenset().union(*(classes()[name] for name in names))


@cache
def deeds() -> frozenset[str]:
    """Nouns of what is done, which nobody is; without those that are also people ("pirate")."""
    done = classes()["attack"] | classes()["coercion"] | classes()["crime"] | classes()["label"]
    return done - people() - classes()["organisation"]


def demonym(word: Token) -> bool:
    """Whether a capitalised adjective looks like a people's name, though no table has it."""
    return bool(
        word.dep_ == "amod"
        and not word.is_sent_start
        and word.lower_.endswith(("ian", "ean", "ese", "ish", "ani", "can"))
    )


def is_own(head: Token) -> bool:
    """Whether a noun is the doer's own ("its ships", "one of its ships")."""
    nouns = [head, *(f.token for f in roles.preposition(head, "of"))]
    return any(c.dep_ == "poss" and c.pos_ == "PRON" for noun in nouns for c in children(noun))


def elliptic(head: Token, mention: Mention) -> bool:
    """Whether a word stands for a ship named before ("a third", "one"), not for people."""
    if head.lower_ not in ("it", "her") and not mention.heads.isdisjoint(people()):
        return False
    of = [b for c in children(head) if c.lower_ == "of" for b in children(c)]
    return head.lower_ in ELLIPTIC and all(b.pos_ in ("NUM", "PRON") for b in of)


def warship(head: Token) -> bool:
    """Whether a ship is a state's force: it is a party, not an object."""
    return bool(names_of(head) & classes()["warship"])
