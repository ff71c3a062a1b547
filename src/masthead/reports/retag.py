"""Slips of the tagger that the lexicon can put right, mended in the tree before it is read.

The small model tags some verbs as nouns ("Our country thanks the coast guard") and some passives
as past tenses ("was stopped and sent back"). Where the tree itself shows a subject and an object,
or a passive above, the word is what the tree makes it.
"""

from __future__ import annotations

from masthead.reports import roles
from masthead.reports.frames import frames, verb_forms
from masthead.reports.parse import Token, Tree, children

CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis"})
SAME_FORM = frozenset({"let", "put", "cut", "set", "hit", "shut"})
"""Verbs whose past participle looks like the infinitive."""


def mend(tree: Tree) -> None:
    """Put right what the tree shows to be a slip of the tagger."""
    for token in tree:
        if token.pos_ in ("NOUN", "PROPN", "ADJ") and _is_verb(token):
            token.lemma_ = _verb(token) or token.lemma_
            token.tag_ = "VBZ" if token.lower_.endswith("s") else "VBP"
            token.pos_ = "VERB"
        elif token.dep_ == "conj" and token.tag_ in ("VBD", "VB") and _shares_passive(token):
            token.tag_ = "VBN"
        elif token.tag_ == "VBN" and token.dep_ in ("advcl", "acl"):
            _mend_reduced(token)


def _verb(token: Token) -> str | None:
    """The verb of the lexicon that a word in the present tense may be."""
    verbs, forms = verb_forms()
    word = token.lower_
    return word if word in verbs else forms.get(word)


def _is_verb(token: Token) -> bool:
    """Whether a word tagged as a noun has a subject and an object of its own."""
    if token.dep_ not in CLAUSES or _verb(token) is None:
        return False
    below = list(children(token))
    if token.dep_ == "conj" and token.head.tag_ in ("VBZ", "VBP") and token.lower_.endswith("s"):
        # "condemns the attack and demands that …"
        return any(c.dep_ in ("ccomp", "xcomp", "dobj") and c.i > token.i for c in below)
    return any(c.dep_ in roles.SUBJECT and c.i < token.i for c in below) and any(
        (c.dep_ in roles.OBJECT or c.dep_ in ("ccomp", "xcomp")) and c.i > token.i for c in below
    )


def _shares_passive(token: Token) -> bool:
    """Whether a past tense is a participle that shares the passive auxiliary before it."""
    if token.head.tag_ != "VBN" or not roles.is_passive(token.head):
        return False
    if (token.lemma_.lower(), "v") not in frames():
        return False
    if token.tag_ == "VB" and token.lower_ not in SAME_FORM:
        return False
    own = roles.SUBJECT | roles.PASSIVE | roles.OBJECT
    return not any(c.dep_ in own or c.dep_ in ("aux", "auxpass") for c in children(token))


def _mend_reduced(verb: Token) -> None:
    """The subject of a participle without an auxiliary suffers it ("The tug, hijacked in April,
    was found")."""
    below = list(children(verb))
    if any(c.dep_ in roles.OBJECT or c.dep_ in ("aux", "auxpass") for c in below):
        return
    for child in below:
        if child.dep_ in roles.SUBJECT:
            child.dep_ = "nsubjpass"
