"""The words in the role slots of a frame: "subj", "obj", "light", a preposition …"""

from __future__ import annotations

from masthead.reports import roles
from masthead.reports.frames import LIGHT, lemma
from masthead.reports.parse import Token, children
from masthead.reports.words import classes


def role(token: Token, name: str) -> list[roles.Filler]:
    """The words in a role slot of a frame; "to>of" is the "of" of what stands after "to"."""
    if name == "subj":
        return roles.subjects(token)
    if name == "obj":
        return roles.objects(token) if token.pos_ in ("VERB", "AUX") else []
    if name == "dative":
        return roles.datives(token)
    if name == "poss":
        bearer = [token] if token.pos_ != "VERB" else [f.token for f in roles.objects(token)]
        return [roles.Filler(c) for b in bearer for c in children(b) if c.dep_ == "poss"]
    if name == "amod":
        return [roles.Filler(c) for c in children(token) if c.dep_ in ("amod", "compound", "nmod")]
    if name == "light":
        return light(token)
    if name == "clause":
        return _clause(token)
    if name == "at_behest":
        asked = token.dep_ == "pobj" and token.head.lower_ in ("at", "on", "upon")
        verb = token.head.head
        return roles.logical_subjects(verb) if asked and verb.pos_ in ("VERB", "AUX") else []
    if name == "of_clause":
        return roles.subjects(token.head)
    if name == "self":
        return [roles.Filler(token)]
    if name == "inner":
        return _inner(token)
    if name == "announcer":
        return _announcer(token)
    if name in ("none", "belong"):
        return []
    if ">" in name:
        first, _, then = name.partition(">")
        return [f for above in role(token, first) for f in role(above.token, then)]
    found = [f for f in roles.preposition(token, name) if not _stands_aside(name, f.token)]
    if name == "by" and not found and token.pos_ != "VERB":
        # "the seizure of the tanker by X": the parser may hang "by" on the tanker
        for filler in roles.preposition(token, "of"):
            found = found + roles.preposition(filler.token, name)
    if name == "with" and not found and (company := roles.company(token)):
        return company
    if token.pos_ in ("VERB", "AUX"):
        for filler in roles.objects(token):
            found = found + roles.preposition(filler.token, name)
    elif token.dep_ in ("dobj", "nsubjpass", "pobj"):
        verb = token.head if token.dep_ != "pobj" else token.head.head
        if name not in ("of", "by", "in"):
            found = found + roles.preposition(verb, name)
    return found


def _stands_aside(name: str, noun: Token) -> bool:
    """Whether "with X abstaining" says who did not take part."""
    if name != "with":
        return False
    return any(t.lower_ == "abstaining" for t in noun.subtree) or any(
        c.dep_ in ("acl", "advcl") and c.lemma_ in ("abstain", "dissent", "vote", "object")
        for c in children(noun)
    )


MEANS_VERBS = frozenset({"use", "deploy", "employ", "turn", "send", "aim", "unleash"})
"""Verbs whose object is the means, where "against" says whom it is for."""

ANNOUNCING = classes()["announcing"]


def _clause(noun: Token) -> list[roles.Filler]:
    """Who does the clause that a noun of doing says the time of ("Rutte, after a call with …")."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in (
        "after",
        "following",
        "during",
        "before",
        "in",
    ):
        return []
    verb = noun.head.head
    return roles.carried(roles.subjects(verb)) if verb.pos_ == "VERB" else []


def _announcer(noun: Token) -> list[roles.Filler]:
    """Who announced it: "a blockade announced by X", "the quarantine, which X proclaimed"."""
    for child in children(noun):
        if child.dep_ in ("relcl", "acl") and lemma(child) in ANNOUNCING:
            return roles.subjects(child)
    return []


def light(noun: Token) -> list[roles.Filler]:
    """The subject of the verb that a noun of doing is the object of."""
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in LIGHT:
        return roles.subjects(noun.head)
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in LIGHT:
        return roles.carried(roles.subjects(noun.head.head))
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        return light(noun.head)
    if noun.dep_ == "pobj" and noun.head.head.lemma_ == "responsibility":
        verb = noun.head.head.head
        return roles.subjects(verb) if verb.lemma_ in ("claim", "admit", "deny") else []
    return []


def _inner(token: Token) -> list[roles.Filler]:
    """Whoever the deed below is about: its doer, then whom it is done to."""
    found: list[roles.Filler] = []
    for verb in roles.complements(token):
        own = [c for c in children(verb) if c.dep_ in roles.SUBJECT | roles.PASSIVE]
        found += [roles.Filler(c) for c in own]
        against = roles.preposition(verb, "against") + roles.preposition(verb, "on")
        found += against if against and lemma(verb) in MEANS_VERBS else roles.objects(verb)
        for child in children(verb):
            if child.dep_ == "prep":
                found += [roles.Filler(c) for c in children(child) if c.dep_ == "pobj"]
    for filler in roles.preposition(token, "for"):
        found += [roles.Filler(c) for c in children(filler.token) if c.dep_ == "poss"]
        for name in ("of", "from", "on", "against", "by"):
            found += roles.preposition(filler.token, name)
    return found
