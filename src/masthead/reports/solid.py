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

DEEDS = frozenset({"COERCE", "ASSAULT", "RETREAT", "MOBILIZE"})
"""Acts that are told even where nobody known does or suffers them."""

SAID = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "CONSULT"})
"""Acts of words that are told of whomever they are addressed to, whoever speaks."""


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
    if _asked(token) or _of_anybody(token):
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
        return bool(targets) and ("solo" in frame.flags or _told_of(token, act))
    passive = token.pos_ != "VERB" or roles.is_passive(token)
    weapon = (objects or passive) and _by_weapon(token)
    if parties.nobody(scene, token, frame) and not weapon and frame.incident != "blockade":
        return False
    verbal = token.pos_ in ("VERB", "AUX") and frame.incident == "attack"
    blockade = frame.incident == "blockade_lifted" or (
        frame.incident == "blockade" and token.dep_ in ("nsubj", "nsubjpass", "dobj")
    )
    jammed = frame.incident == "gnss_interference"
    if objects or targets or verbal or blockade or jammed:
        return True
    return act in DEEDS and (_happened(token) if frame.pos == "n" else _suffered(token))


def _suffered(verb: Token) -> bool:
    """Whether a passive says what was done, though nobody known suffers it: "they were hit",
    "nobody was detained", "a dhow, hijacked off Eyl in May"."""
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return _placed(verb)
    auxiliary = any(c.dep_ == "auxpass" for c in children(verb))
    return auxiliary and any(c.dep_ in roles.PASSIVE for c in children(verb))


def _happened(noun: Token) -> bool:
    """Whether a noun is said to have happened, or not to have: "there were no arrests", "a second
    exchange of fire was reported", "the strike on the port in May"."""
    marks = {c.lower_ for c in children(noun) if c.dep_ == "det"}
    if "the" in marks and _placed(noun):
        return True
    if "no" in marks and noun.dep_ == "ROOT":
        return True  # "No kidnapping this week."
    verb = noun.head
    if any(c.dep_ == "expl" for c in children(verb)):
        return noun.dep_ == "attr"
    return noun.dep_ in roles.SUBJECT | roles.PASSIVE and lemma(verb) in classes()["happening"]


def _placed(deed: Token) -> bool:
    """Whether a word has its own date or named place."""
    return any(
        roles.is_temporal(below) or below.pos_ == "PROPN"
        for hung in children(deed) if hung.dep_ == "prep"
        for below in children(hung)
    )  # fmt: skip


def _told_of(verb: Token, act: str | None) -> bool:
    """Whether a finite passive says what was asked, refused or charged. "Masters are asked to" and
    "are warned" are advice to all."""
    passive = any(c.dep_ in roles.PASSIVE for c in children(verb))
    advice = act in ("REQUEST", "THREATEN") and any(
        c.dep_ == "auxpass" and c.lower_ in ("is", "are") for c in children(verb)
    )
    return act in SAID and passive and not advice


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


def _of_anybody(verb: Token) -> bool:
    """Whether a participle only says whom something is about ("anyone assisting the owners")."""
    anybody = verb.head.lower_ in ("anyone", "anybody", "whoever", "everyone")
    return verb.dep_ in ("acl", "relcl") and anybody


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


def _by_weapon(deed: Token) -> bool:
    """Whether a weapon does it ("was sunk by a mine", "the drone strike"): of nobody named."""
    if deed.pos_ != "VERB":
        return any(lemma(c) in classes()["projectile"] for c in children(deed))
    return any(lemma(f.token) in classes()["weapon_fire"] for f in roles.subjects(deed))
