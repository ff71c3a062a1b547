"""Whether what fired is a deed that is told: no event rather than a wild guess.

A deed is told if somebody does it or suffers it. It is not where a thing does it, where it is only
asked about, done to oneself or dreaded, or where words ask, accuse or thank and nobody is asked,
accused or thanked.
"""

from __future__ import annotations

from masthead.model import Actor, Status, Vessel
from masthead.reports import roles
from masthead.reports.frames import Frame, lemma, tells
from masthead.reports.parse import Token, children
from masthead.reports.parties import VERBAL, Parties
from masthead.reports.scene import Scene
from masthead.reports.slots import role
from masthead.reports.status import carrier
from masthead.reports.words import classes

SHARED = frozenset(
    {"participation", "membership", "cooperation", "relation", "tie", "talk", "contact", "dialogue",
     "aid", "trade", "role", "share", "support", "involvement"}
)  # fmt: skip
"""What is one's own only as a part of what is done with others: ending it is no own affair."""


def solid(
    parties: Parties, scene: Scene, token: Token, frame: Frame, act: str | None,
    sources: tuple[Actor, ...], targets: tuple[Actor, ...], objects: tuple[Vessel, ...],
    status: Status,
) -> bool:  # fmt: skip
    """Whether an act with its roles is told at a trigger."""
    if _unsaid(token, frame, act, status):
        return False
    if act == "SANCTION" and own_affair(token) and not targets and "solo" not in frame.flags:
        return False
    if not sources:
        return _undone(parties, scene, token, frame, act, targets, objects)
    if act in ("COERCE", "ASSAULT") and frame.incident is None:
        return bool(targets or objects) or "solo" in frame.flags
    return True


def _unsaid(token: Token, frame: Frame, act: str | None, status: Status) -> bool:
    """Whether the words round a trigger take it back, ask about it or make it somebody's own."""
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        return True
    if _asked(token):
        return True
    if frame.lemma == "let" and any(
        c.lower_ in ("me", "us") for k in (token, *children(token)) for c in children(k)
    ):
        return True  # "let me begin with"
    if any(f.token.lower_.endswith(("self", "selves")) for f in roles.objects(token)):
        return True  # "defended itself"
    if act in VERBAL and token.dep_ == "relcl" and status is Status.CONDITIONAL:
        return True
    if act == "REJECT" and token.pos_ == "VERB" and _denies_happening(token):
        return True
    if frame.pos != "n":
        return False
    doers = [f.token for name in frame.sources for f in role(token, name)]
    return lemma(carrier(token)) in classes()["dreading"] or any(
        c.lower_ == "no" for d in doers for c in children(d)
    )


def _undone(
    parties: Parties, scene: Scene, token: Token, frame: Frame, act: str | None,
    targets: tuple[Actor, ...], objects: tuple[Vessel, ...],
) -> bool:  # fmt: skip
    """Whether an act of nobody named is told nevertheless."""
    if act in VERBAL:
        return "solo" in frame.flags and bool(targets)
    weapon = (objects or roles.is_passive(token)) and _by_weapon(token)
    if parties.nobody(scene, token, frame) and not weapon and frame.incident != "blockade":
        return False
    verbal = token.pos_ in ("VERB", "AUX") and frame.incident == "attack"
    blockade = frame.incident == "blockade_lifted" or (
        frame.incident == "blockade" and token.dep_ in ("nsubj", "nsubjpass", "dobj")
    )
    jammed = frame.incident == "gnss_interference"
    return bool(objects or targets) or verbal or blockade or jammed


def _denies_happening(verb: Token) -> bool:
    """ "Denied reports that …": the deed below, if it is one, is told with its status."""
    return any(
        lemma(f.token) in classes()["charge"]
        and any(
            c.dep_ in ("acl", "ccomp") and any(m.lower_ == "that" for m in children(c)) and tells(c)
            for c in children(f.token)
        )
        for f in roles.objects(verb)
    )


def _asked(token: Token) -> bool:
    """Whether a deed is only asked about: "wished to know whether the navy would fire", "who may
    stop a ship?"."""
    node = carrier(token)
    for _ in range(5):
        for child in children(node):
            if (
                child.lower_ == "whether"
                and child.dep_ in ("mark", "advmod")
                and not any(t.lower_ == "not" and t.i <= child.i + 2 for t in node.subtree)
            ):
                return True
            who = child.lower_ in ("who", "what", "which") and child.dep_ in roles.SUBJECT
            if who and node.dep_ == "ROOT":
                return True
        if node.dep_ not in ("conj", "xcomp"):
            return False
        node = node.head
    return False


def own_affair(token: Token) -> bool:
    """Whether somebody closes or suspends what is his own ("have closed their office")."""
    fillers = roles.objects(token) if token.pos_ == "VERB" else []
    return bool(fillers) and all(
        lemma(f.token) not in SHARED
        and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in children(f.token))
        for f in fillers
    )


def of_blockade(verb: Token) -> bool:
    """Whether the blockade itself is somebody's own ("has tightened its blockade of the port")."""
    return any(lemma(f.token) in ("blockade", "quarantine", "siege") for f in roles.objects(verb))


def _by_weapon(verb: Token) -> bool:
    """Whether a weapon does it ("was sunk by a mine"): a deed, of nobody named."""
    doers = roles.subjects(verb) if verb.pos_ == "VERB" else []
    return any(lemma(f.token) in classes()["weapon_fire"] for f in doers)
