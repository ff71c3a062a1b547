"""Which verb a verb goes on from: "ordered the navy to go and condemned the raid".

The parser hangs a coordinated verb on the nearest one that it could go on from; tenses and
auxiliaries tell which one it does go on from, and so whose subject it shares.
"""

from __future__ import annotations

from masthead.reports.parse import Token, children

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
MODALS = frozenset({"will", "would", "can", "could", "may", "might", "shall", "should", "must"})


def coordinate(verb: Token) -> Token:
    """The verb that a verb is coordinated with: not an infinitive if it is finite itself ("ordered
    the navy to go and condemned the raid")."""
    head = verb.head
    finite = verb.tag_ in ("VBD", "VBZ", "VBP")
    told = _told_by(verb, head) or _told_before(verb, head)
    if told is not None:
        return told
    for _ in range(4):
        if not finite or head.tag_ not in ("VB", "VBG") or head.head == head:
            break
        if head.dep_ not in ("xcomp", "ccomp", "conj", "pcomp", "advcl"):
            break
        if any(c.dep_ in SUBJECT or c.lower_ in MODALS for c in children(head)):
            break
        above = head.head if head.dep_ != "pcomp" else head.head.head
        if above.pos_ not in ("VERB", "AUX"):
            break
        head = above
    return head


def _told_by(verb: Token, head: Token) -> Token | None:
    """The verb of saying that a verb goes on from, where the tenses show it: "said the ship had
    been stopped, and thanked Oman": thanked is what the speaker did, had thanked would not be."""
    node = head
    while node.dep_ == "conj" and node.head.pos_ in ("VERB", "AUX"):
        node = node.head
    above = node.head
    if node.dep_ != "ccomp" or above.pos_ != "VERB" or above.i > node.i or above.tag_ != "VBD":
        return None
    if verb.tag_ != "VBD" or any(c.dep_ in SUBJECT | PASSIVE for c in children(verb)):
        return None
    if any(c.dep_ in ("aux", "auxpass") for c in children(verb)):
        return None
    earlier = [c.lower_ for c in children(node) if c.dep_ in ("aux", "auxpass")]
    return above if "had" in earlier or not MODALS.isdisjoint(earlier) else None


def _told_before(verb: Token, head: Token) -> Token | None:
    """The verb of what is said that a pluperfect goes on from, though the parser hangs it on the
    verb of saying: "replied that it had come in, had ordered two tankers off and had left"."""
    if head.tag_ != "VBD" or not any(c.dep_ == "aux" and c.lower_ == "had" for c in children(verb)):
        return None
    said = [c for c in children(head) if c.dep_ == "ccomp" and head.i < c.i < verb.i]
    past = said and any(c.dep_ == "aux" and c.lower_ == "had" for c in children(said[-1]))
    return said[-1] if past else None
