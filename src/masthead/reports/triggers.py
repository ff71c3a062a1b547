"""The words of a sentence that fire a frame, each deed once."""

from __future__ import annotations

from masthead.reports import roles
from masthead.reports.frames import Frame, IsShip, best, lemma
from masthead.reports.parse import Sentence, Token, children
from masthead.reports.scene import Fired
from masthead.reports.status import OPERATORS, carrier
from masthead.reports.words import classes

SEARCHING = frozenset({"search", "inspect", "ransack", "comb"})

CEASING = frozenset({"stop", "cease", "halt", "end", "quit"})
"""Verbs of which the deed below is what is given up."""


NATURE = classes()["nature"]
CAUSES = frozenset({"because", "due", "owing"})


def fire(sentence: Sentence, is_ship: IsShip) -> list[Fired]:
    """The triggers of a sentence with their frames, in order."""
    fired: list[Fired] = []
    by_verb: dict[int, Frame] = {}
    for token in sentence:
        if token.pos_ in ("VERB", "AUX"):
            frame = best(token, is_ship)
            if frame is not None:
                by_verb[token.i] = frame
    for token in sentence:
        frame = by_verb.get(token.i) if token.pos_ in ("VERB", "AUX") else best(token)
        if frame is None or (frame.act is None and frame.incident is None):
            continue
        if (
            _by_nature(token)
            or _covered(token, frame, by_verb)
            or _under_refusal(token, by_verb)
            or _part_of(token, frame, by_verb)
        ):
            continue
        fired.append(Fired(token, frame))
    return fired


def _by_nature(token: Token) -> bool:
    """Whether wind, ice or the sea does it, or is why it was done."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    doers = roles.subjects(token)
    if doers and all(lemma(f.token) in NATURE for f in doers):
        return True
    causes = [c for c in children(token) if c.lower_ in CAUSES and c.dep_ in ("prep", "agent")]
    return any(lemma(word) in NATURE for cause in causes for word in cause.subtree)


def _covered(token: Token, frame: Frame, by_verb: dict[int, Frame]) -> bool:
    """Whether a noun of doing is told already by the verb it is the object of."""
    if frame.pos != "n" or token.dep_ not in ("dobj", "nsubjpass", "pobj"):
        return False
    above = by_verb.get(carrier(token).i)
    if above is None:
        return False
    if above.act == "ACCUSE" and frame.incident is not None:
        return False  # "described the seizure of the ship as robbery": it was seized, too
    taken = above.op not in OPERATORS and any(
        test.slot == "obj" and test.words and lemma(token) in test.words for test in above.tests
    )
    return taken or (above.act == frame.act and above.op is None)


def _under_refusal(token: Token, by_verb: dict[int, Frame]) -> bool:
    """Whether a verb is only what somebody refuses to do."""
    if token.dep_ not in ("xcomp", "ccomp"):
        return False
    above = by_verb.get(token.head.i)
    if above is not None and above.act == "RETREAT" and above.lemma in CEASING:
        return True
    return above is not None and above.act == "REJECT" and above.op == "negated"


def _part_of(token: Token, frame: Frame, by_verb: dict[int, Frame]) -> bool:
    """Whether a verb is part of the deed of the one above it: "attacked it, killing a sailor",
    "boarded the ship and searched its holds"."""
    if token.dep_ == "conj" and frame.lemma in SEARCHING and frame.incident is None:
        above = by_verb.get(token.head.i)
        return above is not None and above.incident in ("boarding", "interception", "seizure")
    if token.tag_ != "VBG" or token.dep_ not in ("advcl", "conj"):
        return False
    above = by_verb.get(token.head.i) or by_verb.get(token.head.head.i)
    return above is not None and above.act == frame.act == "ASSAULT"
