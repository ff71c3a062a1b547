"""What stands where a target would, and is none: a day, a sum, a place, a thing that is refused.

Dates and sums are nobody. "Refused to send ships" is said to no ship, "refused to pay it" to
nobody; "accepted it" and "turned it down" go back to an offer. Where forces are sent or withdrawn
from, and where something is threatened to be done, is a place, unless its name is a state's.
"""

from __future__ import annotations

from masthead.reports import roles
from masthead.reports.frames import lemma
from masthead.reports.parse import Token, children
from masthead.reports.phrases import Mention
from masthead.reports.words import classes

ANSWERS = frozenset({"AGREE", "REJECT", "CONCEDE"})
"""Acts that answer an offer or an order."""

MOVES = frozenset({"MOBILIZE", "RETREAT", "THREATEN", "PROTEST"})
"""Acts whose "in", "from", "to" and "at" say where."""

WHERE = frozenset(
    {"in", "from", "off", "at", "near", "to", "towards", "around", "into", "of", "for"}
)


def bystander(slot: str, head: Token, mention: Mention, act: str | None) -> bool:
    """Whether the filler of a target slot is no target of an act."""
    if roles.is_temporal(head):
        return True
    if head.lower_ == "board" and head.dep_ == "pobj" and not children(head):
        return True  # "put marines on board"
    if act in ANSWERS and head.lower_ in ("it", "this", "that") and head.dep_ in roles.OBJECT:
        return True
    if slot == "inner" and act == "REJECT" and mention.ship and head.dep_ not in roles.SUBJECT:
        return True
    return act in MOVES and _only_a_place(head, mention)


def _only_a_place(head: Token, mention: Mention) -> bool:
    """Whether a name after a preposition is a town's, a coast's or a water's."""
    if head.dep_ != "pobj" or head.pos_ != "PROPN" or head.head.lower_ not in WHERE:
        return False
    known = mention.known
    if known.kind in ("country", "capital", "demonym") or known.sector not in (None, "CVL"):
        return False
    return not mention.person and lemma(head) not in classes()["organisation"]
