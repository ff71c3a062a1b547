"""Whether a deed happened, as the grammar above and around its trigger puts it.

Looked for from the trigger upwards: its own negation, auxiliaries and mood; then the words that
govern it ("threatened to", "a request to", "denied having"), the nearest of which decides; then
the clauses that make it depend on something ("if", "unless", "until", "should").
"""

from __future__ import annotations

from masthead.model import Status
from masthead.reports import roles
from masthead.reports.coordination import coordinate
from masthead.reports.frames import lemma, match
from masthead.reports.parse import Token, children
from masthead.reports.words import classes

CONDITION = frozenset({"if", "unless", "until", "once", "whenever", "provided", "should"})

OCCURRING = frozenset(
    {"be", "happen", "occur", "take", "come", "follow", "succeed", "begin", "start"}
)
"""Verbs whose negation says that their subject did not happen."""

NEGATIVE_QUANTIFIERS = frozenset({"nobody", "none", "nothing", "neither"})

OPERATOR_NOUNS = {
    "plan": Status.PLANNED, "decision": Status.PLANNED, "promise": Status.PLANNED,
    "pledge": Status.PLANNED, "intention": Status.PLANNED, "threat": Status.THREATENED,
    "offer": Status.OFFERED, "proposal": Status.OFFERED, "attempt": Status.ATTEMPTED,
    "bid": Status.ATTEMPTED, "effort": Status.ATTEMPTED, "request": Status.REQUESTED,
    "demand": Status.REQUESTED, "call": Status.REQUESTED, "appeal": Status.REQUESTED,
    "order": Status.REQUESTED, "refusal": Status.NEGATED, "failure": Status.NEGATED,
    "readiness": Status.OFFERED, "willingness": Status.OFFERED, "resolution": Status.REQUESTED,
    "denial": Status.DENIED, "ultimatum": Status.THREATENED,
}  # fmt: skip

OPERATORS = {
    "requested": Status.REQUESTED, "threatened": Status.THREATENED, "planned": Status.PLANNED,
    "offered": Status.OFFERED, "attempted": Status.ATTEMPTED, "denied": Status.DENIED,
    "negated": Status.NEGATED,
}  # fmt: skip


HOPING = frozenset({"work", "push", "press", "wait", "hope", "pray", "campaign", "negotiate"})
"""Verbs whose "for" names what is not so yet."""


def negated(token: Token) -> bool:
    """Whether a word is negated where it stands: "not", "no", "nobody", "without"."""
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ == "without":
        return True
    for child in children(token):
        if child.lower_ == "nor":
            return True
        if child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ in ("no", "neither")):
            return True
        if child.dep_ == "preconj" and child.lower_ == "neither":
            return True
        if child.dep_ in roles.SUBJECT | roles.PASSIVE | roles.OBJECT:
            if child.lower_ in NEGATIVE_QUANTIFIERS:
                return True
            if any(c.dep_ in ("det", "neg", "preconj") and c.lower_ in ("no", "neither")
                   for c in children(child)):  # fmt: skip
                return True
    return False


def carrier(token: Token) -> Token:
    """The verb that carries a noun of doing; a verb carries itself."""
    if token.pos_ in ("VERB", "AUX"):
        return token
    node = token
    for _ in range(5):
        if node.head == node:
            return token
        if node.dep_ == "poss":
            return token
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node
    return token


def auxiliaries(verb: Token) -> list[str]:
    """The auxiliaries of a verb, those of the verb it is coordinated with included."""
    own = [c.lower_ for c in children(verb) if c.dep_ in ("aux", "auxpass")]
    if not own and verb.dep_ in ("acomp", "attr") and verb.head.lemma_ == "be":
        own = [*(c.lower_ for c in children(verb.head) if c.dep_ == "aux"), verb.head.lower_]
    shares = not any(c.dep_ in roles.SUBJECT | roles.PASSIVE for c in children(verb))
    if not own and shares and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return auxiliaries(verb.head)
    return own


def read_status(token: Token) -> tuple[Status, str]:
    """The status of the deed that a trigger names, and the word that gives it."""
    verb = token if token.pos_ in ("VERB", "AUX") else None
    if verb is not None and negated(token) and _condition(verb):
        return Status.CONDITIONAL, _condition(verb)
    if negated(token):
        return Status.NEGATED, "negated"
    if verb is None:
        return _noun_status(token)
    return _verb_status(verb)


def _noun_status(noun: Token) -> tuple[Status, str]:
    if _said_untrue(noun):
        return Status.DENIED, "untrue"
    for child in children(noun):
        if child.dep_ == "amod" and child.lower_ in ("attempted", "planned", "threatened"):
            return Status(child.lower_), child.text
    verb = carrier(noun)
    if verb != noun and noun.dep_ in ("dobj", "nsubjpass", "pobj", "nsubj", "conj", "attr"):
        claimed = noun.dep_ == "pobj" and noun.head.head.lemma_ == "responsibility"
        told = noun.dep_ != "nsubj" or verb.lemma_ in OCCURRING
        if negated(verb) and (claimed or (noun.dep_ != "pobj" and told)):
            return Status.NEGATED, "negated"
        for frame in match(verb, weak=False):
            if frame.act == "REJECT" and _hostile(noun):
                continue  # who rejects a seizure does not deny it
            if frame.op in OPERATORS and noun.dep_ in ("dobj", "nsubjpass", "pobj"):
                return OPERATORS[frame.op], verb.text
        if noun.dep_ == "pobj" and noun.head.lower_ == "for" and lemma(verb) in HOPING:
            return Status.REQUESTED, verb.text
        if noun.dep_ in ("dobj", "nsubjpass") or _there_is(noun):
            status, word = _verb_status(verb)
            if status is not Status.ASSERTED:
                return status, word
    return Status.ASSERTED, ""


def _verb_status(verb: Token) -> tuple[Status, str]:
    condition = _condition(verb)
    aux = auxiliaries(verb)
    above, word = _governed(verb)
    if above is not None:
        return above, word
    if condition:
        return Status.CONDITIONAL, condition
    if verb.dep_ == "relcl" and _generic(verb.head):
        return Status.CONDITIONAL, f"{verb.head.text} in general"
    if any(a in FUTURE for a in aux):
        if _has_condition(verb):
            return Status.CONDITIONAL, "would … if"
        return Status.PLANNED, "will"
    if "to" in aux and verb.dep_ in ("xcomp", "ROOT", "ccomp", "conj") and verb.head.lemma_ == "be":
        return Status.PLANNED, "is to"
    if any(a in ("may", "might", "could", "can", "should") for a in aux):
        return Status.CONDITIONAL, next(
            a for a in aux if a in ("may", "might", "could", "can", "should")
        )
    if verb.tag_ == "VBG" and any(
        a in ("is", "are", "am", "'s", "'re", "were", "was") for a in aux
    ):
        return Status.ONGOING, "in progress"
    if "being" in aux and verb.tag_ == "VBN" and len(aux) > 1:
        return Status.ONGOING, "in progress"
    if ("has" in aux or "have" in aux) and any(
        c.lower_ == "since" and c.dep_ in ("prep", "advmod") for c in children(verb)
    ):
        return Status.ONGOING, "since"
    if verb.lemma_ in ("station", "hold") and any(a in ("is", "are") for a in aux):
        return Status.ONGOING, "a present state"
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in ("remain", "patrol", "blockade"):
        return Status.ONGOING, "a present state"
    return Status.ASSERTED, ""


def _condition(verb: Token) -> str:
    if verb.lower_ in ("should", "had") and verb.dep_ in ("advcl", "ccomp"):
        return str(verb.text)
    node = verb
    for _ in range(4):
        for child in children(node):
            if child.dep_ in ("mark", "advmod") and child.lower_ in CONDITION:
                if child.lower_ == "once" and node.dep_ != "advcl":
                    continue
                return str(child.text)
            if child.lower_ == "should" and child.dep_ == "aux" and _fronted(child, node):
                return "should"
        if node.dep_ not in ("conj", "xcomp"):
            break
        node = node.head
    return ""


def _fronted(auxiliary: Token, verb: Token) -> bool:
    return all(auxiliary.i < c.i for c in children(verb) if c.dep_ in roles.SUBJECT | roles.PASSIVE)


def _generic(noun: Token) -> bool:
    """Whether a noun means whichever there may be ("any ship that …")."""
    return any(
        c.dep_ in ("det", "predet") and c.lower_ in ("any", "every", "all", "each", "no")
        for c in children(noun)
    )


def _has_condition(verb: Token) -> bool:
    if any(t.dep_ == "relcl" and _generic(t.head) for t in verb.subtree):
        return True
    if any(c.dep_ in ("advcl", "ccomp") and _condition(c) for c in children(verb)):
        return True
    about = roles.logical_subjects(verb) + roles.objects(verb)
    for filler in about:
        if _generic(filler.token) and any(
            c.dep_ == "acl" and c.tag_ == "VBG" for c in children(filler.token)
        ):
            return True
        for child in children(filler.token):
            if child.dep_ == "relcl" and child.tag_ in ("VBP", "VBZ"):
                return True
    return any(
        c.dep_ in ("prep", "mark") and c.lower_ in ("until", "unless") for c in children(verb)
    )


def _governed(verb: Token) -> tuple[Status | None, str]:
    """What the nearest operator above a verb makes of it."""
    node = verb
    for _ in range(4):
        dep = node.dep_
        head = node.head
        if head == node:
            return None, ""
        if dep in ("xcomp", "ccomp") and not _denied_report(head):
            if head.pos_ in ("NOUN", "ADJ"):
                return _adjective(head)
            if head.lemma_ == "be" and dep == "xcomp":
                return (
                    (Status.PLANNED, "is to")
                    if not negated(head)
                    else (Status.NEGATED, "is not to")
                )
            found = _operator(head, node)
            if found[0] is not None:
                return found
            if dep == "ccomp":
                return None, ""
            if head.lemma_ not in WISHING and any(a in FUTURE for a in auxiliaries(head)):
                return Status.PLANNED, "will"  # "would be allowed to meet the crew"
            node = head
        elif dep == "pcomp":
            governor = head.head
            if head.lower_ == "without":
                return Status.NEGATED, "without"
            if head.lower_ in ("of", "for") and lemma(governor) in OPERATOR_NOUNS:
                if negated(governor):
                    return Status.NEGATED, f"no {governor.text}"
                return OPERATOR_NOUNS[lemma(governor)], governor.text
            if head.lower_ == "from" and governor.lemma_ in roles.FROM_CONTROL:
                return Status.NEGATED, governor.text
            return None, ""
        elif dep in ("acl", "relcl", "ccomp") and _denied_report(head):
            return Status.DENIED, head.head.text
        elif dep in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN"):
            if node.tag_ in ("VB",) and lemma(head) in OPERATOR_NOUNS:
                if negated(head) or (head.dep_ == "dobj" and negated(head.head)):
                    return Status.NEGATED, f"no {head.text}"
                return OPERATOR_NOUNS[lemma(head)], head.text
            return None, ""
        elif dep == "conj":
            node = coordinate(node)
        elif dep == "advcl" and _purpose(node):
            found = _operator(head, node)
            if found[0] is None and _said_with(head, node):
                return None, ""  # "rang his counterpart to ask for help"
            return found if found[0] is not None else (Status.PLANNED, "in order to")
        else:
            return None, ""
    return None, ""


WISHING = frozenset({"like", "love", "prefer", "want", "continue", "keep"})
"""Verbs that "would" makes polite and "will" leaves going on."""

FUTURE = frozenset({"will", "shall", "'ll", "would", "wo"})

SAYING = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONSULT"})
"""Acts done by speaking: whoever calls or gathers in order to do one has done it."""

MEETING = frozenset({"CONSULT", "PROTEST", "REQUEST"})


def _said_with(head: Token, purpose: Token) -> bool:
    """Whether a purpose is itself done by the deed above: a call, a letter, a gathering."""
    above = match(head, weak=False) if head.pos_ == "VERB" else []
    below = match(purpose, weak=False)
    writes = lemma(head) in ("write", "telephone", "phone", "ring", "call", "gather", "summon")
    return bool(
        below and below[0].act in SAYING and (writes or (above and above[0].act in MEETING))
    )


def _denied_report(noun: Token) -> bool:
    """Whether a noun is a report or charge that somebody denies ("denied reports that …")."""
    return bool(
        lemma(noun) in classes()["charge"]
        and noun.dep_ in ("dobj", "nsubjpass")
        and lemma(noun.head) in ("deny", "dismiss", "reject", "refute", "dispute")
    )


def _there_is(noun: Token) -> bool:
    """Whether a clause says that a deed is or will be: "denied that there had been an attack"."""
    return noun.dep_ in ("attr", "nsubj") and any(c.dep_ == "expl" for c in children(noun.head))


def _hostile(noun: Token) -> bool:
    return any(frame.act in ("COERCE", "ASSAULT") for frame in match(noun, weak=False))


def _said_untrue(noun: Token) -> bool:
    """Whether a deed is only talked of, and the talk is called untrue ("reports of a strike are not
    correct", "talk of a walk-out is without foundation")."""
    report = noun.head.head if noun.dep_ == "pobj" else noun
    if lemma(report) not in classes()["charge"] | {"talk"} or report.dep_ not in roles.SUBJECT:
        return False
    for word in children(report.head):
        if lemma(word) in classes()["denying"]:
            return True
        if lemma(word) in ("true", "correct", "accurate") and negated(report.head):
            return True
        if word.lower_ == "without" and any(
            lemma(c) in ("foundation", "basis", "substance") for c in children(word)
        ):
            return True
    return False


def _purpose(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in children(verb))


def _adjective(word: Token) -> tuple[Status | None, str]:
    if lemma(word) in ("ready", "willing", "prepared", "due", "set", "likely", "bound"):
        return Status.PLANNED, word.text
    if lemma(word) in ("unwilling", "unable"):
        return Status.NEGATED, word.text
    return None, ""


def _operator(head: Token, below: Token) -> tuple[Status | None, str]:
    name = lemma(head)
    if name in ("expect", "schedule", "set") and roles.is_passive(head):
        return Status.PLANNED, head.text
    if name == "fail":
        return Status.NEGATED, head.text
    if name == "threaten":
        return Status.THREATENED, head.text
    if name == "warn" and below.dep_ == "ccomp":
        return Status.THREATENED, head.text
    for frame in match(head, weak=True):
        status = OPERATORS.get(frame.op or "")
        if status is None:
            continue
        if status is Status.DENIED or not negated(head):
            return status, head.text
        return Status.NEGATED, f"not {head.text}"
    return None, ""
