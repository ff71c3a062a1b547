"""Nouns of deeds and things that are somebody where they stand: "the opposition has accused him",
"accused the operation of turning a blind eye", "the monitors appealed to both sides".

Only somebody can be accused of doing something. The opposition, the command and the like are known
as bodies, though the word is also a deed's. Several -ers that speak are people.
"""

from __future__ import annotations

from masthead.reports import roles
from masthead.reports.frames import lemma
from masthead.reports.parse import Token, children
from masthead.reports.phrases import Mention
from masthead.reports.words import classes

BODIES = frozenset({"OPP", "GOV", "MIL", "COP", "LEG", "IGO", "NGO", "PTY"})
"""Sectors of bodies that a noun of doing can be the name of."""

ACCUSING = roles.ACCUSING | {"charge"}
"""Verbs whose object is somebody, if "of doing" or "with doing" follows."""

ASKING = frozenset({"ask", "invite", "urge", "request", "instruct", "beg", "implore", "exhort",
                    "persuade"})  # fmt: skip
"""Verbs whose object is somebody, if an infinitive says what he is to do."""

SPEAKING = frozenset({"appeal", "urge", "ask", "demand", "accuse", "protest", "complain", "warn",
                      "refuse", "reject", "condemn", "welcome", "agree", "thank"})  # fmt: skip
AGENT = ("ors", "ers", "ists")


def personified(head: Token, mention: Mention) -> bool:
    """Whether a common noun of a deed or a thing is somebody by what is said of it."""
    if head.pos_ != "NOUN" or lemma(head) in classes()["document"]:
        return False
    if lemma(head) in ("latter", "former"):
        return mention.somebody
    verb = head.head
    if head.dep_ in roles.OBJECT | roles.PASSIVE and lemma(verb) in ASKING:
        return any(c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB" for c in children(verb))
    if head.dep_ in roles.OBJECT and lemma(verb) in ACCUSING:
        return any(
            c.lower_ in ("of", "with") and any(b.dep_ == "pcomp" for b in children(c))
            for c in (*children(verb), *children(head))
        )
    if head.dep_ not in roles.SUBJECT or lemma(verb) not in SPEAKING:
        return False
    if mention.known.sector in BODIES and any(c.lower_ == "the" for c in children(head)):
        return True
    return head.tag_ == "NNS" and head.lower_.endswith(AGENT)
