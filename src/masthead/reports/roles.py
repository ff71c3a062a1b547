"""Who stands where round a verb or a noun: subjects, objects, prepositions, complements.

A *slot* is found by grammar alone, and given back to the right words: passives to their agents,
relative pronouns to their antecedents, control ("urged X to go") and raising ("seems to have
gone") to the subject that is meant, participles to the noun they hang on, coordinated verbs to
the subject they share. A filler that the clause itself does not name is marked `carried`.
"""

from __future__ import annotations

from dataclasses import dataclass

from masthead.reports import coordination
from masthead.reports.parse import Token, children
from masthead.reports.words import classes

SUBJECT = coordination.SUBJECT
PASSIVE = coordination.PASSIVE
OBJECT = frozenset({"dobj", "obj"})
NOUN = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
RELATIVE = frozenset({"who", "which", "that", "whom"})

OBJECT_CONTROL = classes()["object_control"]
"""Verbs whose object is the subject of the verb below them."""

JUDGED = frozenset({"hold", "call", "consider", "deem", "declare", "find", "label", "brand", "term",
                    "think", "make", "keep", "leave", "set", "rule", "pronounce"})  # fmt: skip
"""Verbs that say what their object is ("held Iran responsible", "called the report baseless")."""

JUDGING = classes()["judging"]
"""Verbs whose object is the subject of "for doing"."""

FROM_CONTROL = classes()["from_control"]
"""Verbs whose object is the subject of "from/of doing"."""


@dataclass(frozen=True)
class Filler:
    """A word that fills a slot. `carried`: the clause itself does not name it."""

    token: Token
    carried: bool = False


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: it has a passive subject or auxiliary, or is a bare past
    participle on a noun."""
    if _caused(verb):
        return True
    for child in children(verb):
        if child.dep_ in PASSIVE or child.dep_ == "auxpass":
            return True
        if child.dep_ in SUBJECT:
            return False
    if verb.tag_ != "VBN":
        return False
    if _copular(verb):
        return True
    if verb.dep_ in ("acl", "advcl", "relcl") and not any(
        c.dep_ == "aux" and c.lemma_ == "have" for c in children(verb)
    ):
        return not any(c.dep_ in OBJECT for c in children(verb))
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        own = any(c.dep_ in SUBJECT or c.dep_ in OBJECT for c in children(verb))
        return not own and is_passive(verb.head)
    return False


CAUSING = frozenset({"have", "get", "order", "declare"})
"""Verbs whose subject does what is done to their object ("had the ship towed away")."""

RESULT = CAUSING | {"want", "see", "keep", "need", "like"}
"""Verbs that have somebody and what is done to him."""


def _caused(verb: Token) -> bool:
    """Whether a bare participle says what is done to the noun before it: "had the captain taken
    into custody", "ordered the vessel held", "declared the bay closed"."""
    if verb.tag_ not in ("VBN", "VBD") or verb.dep_ != "ccomp" or verb.head.lemma_ not in RESULT:
        return False
    before = [c for c in children(verb) if c.i < verb.i]
    return (
        any(c.dep_ in SUBJECT and c.i > verb.head.i for c in before)
        and not any(c.dep_ in ("aux", "auxpass", "mark") for c in before)
        and not any(c.dep_ in OBJECT for c in children(verb))
    )


def _copular(verb: Token) -> bool:
    """Whether a participle is parsed as what something is ("has been jammed")."""
    return verb.dep_ in ("acomp", "attr") and bool(verb.head.lemma_ == "be")


def conjuncts(token: Token) -> list[Token]:
    """A noun and the nouns coordinated with it."""
    found = [token]
    stack = [token]
    while stack:
        above = stack.pop()
        if above.pos_ == "PROPN" and any(c.text == "&" for c in children(above)):
            continue  # "Moura & Filhos" is one
        for child in children(above):
            listed = (
                child.dep_ == "appos"
                and child.pos_ == "PROPN"
                and any(c.dep_ == "conj" for c in children(child))
                and not any(c.text == "&" for c in children(child))
            )
            if (child.dep_ == "conj" or listed) and child.pos_ in NOUN:
                found.append(child)
                stack.append(child)
    return found


def antecedent(pronoun: Token) -> Token:
    """What a relative pronoun stands for; other words stand for themselves."""
    if pronoun.lower_ not in RELATIVE or pronoun.tag_ not in ("WP", "WDT", "IN", "WP$"):
        return pronoun
    node = pronoun.head
    for _ in range(6):
        if node.dep_ == "relcl":
            return node.head
        if node.dep_ in ("ROOT",) or node.head == node:
            break
        node = node.head
    return pronoun


def _fill(tokens: list[Token], carried: bool = False) -> list[Filler]:
    found: list[Filler] = []
    for token in tokens:
        meant = antecedent(token)
        found += [Filler(t, carried) for t in conjuncts(meant)]
    return found


def carried(fillers: list[Filler]) -> list[Filler]:
    """The same fillers, marked as not named by the clause itself."""
    return [Filler(f.token, True) for f in fillers]


def agents(verb: Token) -> list[Filler]:
    """The "by" agents of a passive."""
    for child in children(verb):
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            named = [
                c for c in children(child)
                if c.dep_ == "pobj" and not is_temporal(c) and not is_means(c)
            ]  # fmt: skip
            if named:
                return _fill(named)
    return []


MEANS = frozenset(
    {"helicopter", "boat", "sea", "air", "land", "force", "rope", "ladder", "speedboat", "phone",
     "telephone", "radio", "loudspeaker", "loudhailer", "megaphone", "letter", "mail",
     "email", "fax", "hand", "night", "day", "consensus", "acclamation", "vote", "surprise"}
)  # fmt: skip


def is_means(noun: Token) -> bool:
    """Whether a bare noun after "by" says how, not by whom ("boarded by helicopter")."""
    return noun.lower_ in MEANS and noun.tag_ == "NN" and not children(noun)


def subjects(verb: Token, depth: int = 0) -> list[Filler]:
    """Who does the verb: its own subject, the agent of a passive, or the subject given down by
    the clause above."""
    if depth > 6:
        return []
    if is_passive(verb):
        found = agents(verb)
        if not found and _caused(verb) and verb.head.lemma_ in CAUSING:
            found = carried(subjects(verb.head, depth + 1))
        if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
            found = carried(agents(verb.head)) if is_passive(verb.head) else []
        if not found:
            # "were stopped and boarded by X": the agent stands with the last of them
            found = [f for c in children(verb) if c.dep_ == "conj" and c.pos_ == "VERB"
                     and is_passive(c) and not any(k.dep_ == "auxpass" for k in children(c))
                     for f in agents(c)]  # fmt: skip
        return found
    own = [c for c in children(verb) if c.dep_ in SUBJECT]
    if own:
        return _fill(own)
    if verb.pos_ == "ADJ" and verb.dep_ == "acomp":
        return subjects(verb.head, depth + 1)
    return _inherited(verb, depth)


def _inherited(verb: Token, depth: int) -> list[Filler]:
    head = verb.head
    dep = verb.dep_
    if head == verb:
        return []
    given = _given_time(verb)
    if given:
        return carried(given)
    if dep in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX"):
        if head.lemma_ in OBJECT_CONTROL:
            found = objects(head, depth + 1) or _called_on(head)
            if found:
                return carried(found)
        return carried(logical_subjects(head, depth + 1))
    if dep in ("xcomp", "ccomp", "acl") and head.pos_ in ("ADJ", "ADV"):
        return carried(subjects(_predicate_of(head), depth + 1))
    if dep == "conj" and head.pos_ in ("VERB", "AUX"):
        head = coordination.coordinate(verb)
        if is_passive(head) and verb.tag_ != "VBN":
            return carried(objects(head, depth + 1))
        return carried(subjects(head, depth + 1))
    if dep == "pcomp":
        governor = head.head
        if governor.lemma_ in FROM_CONTROL and head.lower_ in ("of", "from"):
            return carried(objects(governor, depth + 1))
        if governor.lemma_ in ("charge", "credit") and head.lower_ == "with":
            return carried(objects(governor, depth + 1))
        if governor.lemma_ in JUDGING and head.lower_ == "for":
            return carried(objects(governor, depth + 1))
        if governor.pos_ in ("VERB", "AUX"):
            return carried(logical_subjects(governor, depth + 1))
        if _is_accused(governor) and head.lower_ == "of":
            return _fill([governor], True)
        owners = noun_owners(governor, depth + 1)
        named = [c for c in children(governor) if c.dep_ in BEFORE and c.pos_ == "PROPN"]
        return carried(owners or _fill(named))  # "the U.S. practice of seizing"
    if dep in ("acl", "relcl") and head.pos_ in NOUN:
        if verb.tag_ == "VBG":
            return _fill([head], True)
        return carried(noun_owners(head, depth + 1))
    if dep == "advcl" and head.lemma_ in ("call", "appeal") and _infinitive(verb):
        return carried(_called_on(head) or logical_subjects(head, depth + 1))
    if dep == "advcl" and head.pos_ in ("VERB", "AUX"):
        for said in children(head):
            # "… escorted it out, the ministry said, calling it theft": the speaker calls
            if said.dep_ == "parataxis" and head.i < said.i < verb.i and verb.tag_ == "VBG":
                return carried(subjects(said, depth + 1))
        return carried(logical_subjects(head, depth + 1))
    return []


BEFORE = frozenset({"compound", "nmod", "amod"})

ACCUSING = frozenset({"accuse", "suspect", "convict", "acquit"})
"""Verbs whose object is said to have done what "of" tells."""


def _is_accused(noun: Token) -> bool:
    """Whether a noun is whom "of doing" is about, though the parser hangs it on the noun."""
    return noun.dep_ in OBJECT and noun.head.lemma_ in ACCUSING


def _given_time(verb: Token) -> list[Filler]:
    """The X of "gave X 48 hours to", who is to do it."""
    if not _infinitive(verb):
        return []
    giver = verb.head if verb.head.pos_ == "VERB" else verb.head.head
    if giver.lemma_ not in ("give", "allow", "grant") or verb.dep_ not in (
        "acl", "xcomp", "advcl", "relcl"
    ):  # fmt: skip
        return []
    return datives(giver)


def logical_subjects(verb: Token, depth: int = 0) -> list[Filler]:
    """The grammatical subject, active or passive: who a clause below is about."""
    if is_passive(verb):
        return objects(verb, depth)
    return subjects(verb, depth)


def _predicate_of(adjective: Token) -> Token:
    return adjective.head if adjective.dep_ in ("acomp", "attr", "oprd") else adjective


def _called_on(verb: Token) -> list[Filler]:
    """The X of "call on X to", "appeal to X to"."""
    for child in children(verb):
        if child.dep_ in ("prep", "prt") and child.lower_ in ("on", "upon", "to", "with"):
            found = [c for c in children(child) if c.dep_ == "pobj"]
            if found:
                return _fill(found)
    return []


def noun_owners(noun: Token, depth: int = 0) -> list[Filler]:
    """Whose deed a noun names: its possessor, a "by" phrase, or the subject of the light verb."""
    found = _fill([c for c in children(noun) if c.dep_ == "poss"])
    if found:
        return found
    found = preposition(noun, "by") or preposition(noun, "of")
    found = [f for f in found if f.token.dep_ != "pcomp"]
    if found:
        return found
    if noun.dep_ in OBJECT and noun.head.pos_ == "VERB" and depth < 6:
        return carried(subjects(noun.head, depth + 1))
    return []


def objects(verb: Token, depth: int = 0) -> list[Filler]:
    """To whom it is done: the object, the subject of a passive, the noun a participle hangs on."""
    if depth > 6:
        return []
    if is_passive(verb):
        given = _received(verb)
        if given:
            return _fill(given)
        own = [c for c in children(verb) if c.dep_ in PASSIVE]
        if _caused(verb):
            own = [c for c in children(verb) if c.dep_ in SUBJECT]
        if _copular(verb):
            own = [c for c in children(verb.head) if c.dep_ in SUBJECT]
        if own:
            return _fill(own)
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in NOUN:
            return _fill([verb.head], True)
        if verb.dep_ == "conj":
            above = verb.head
            if is_passive(above):
                return carried(objects(above, depth + 1))
            return carried(subjects(above, depth + 1))
        if verb.dep_ in ("advcl", "xcomp", "pcomp"):
            return _inherited(verb, depth)
        return []
    own = [c for c in children(verb) if c.dep_ in OBJECT and not is_temporal(c)]
    if len(own) > 1:
        # "seized a trawler on Thursday off Dakar": Dakar is sometimes parsed as a second object
        own = [own[0], *(c for c in own[1:] if not _after_preposition(c))]
    if own:
        return _fill(own)
    judged = [
        c for k in children(verb) if k.dep_ == "ccomp" and k.pos_ in ("ADJ", "NOUN", "ADV")
        for c in children(k) if c.dep_ in SUBJECT and c.i > verb.i
    ]  # fmt: skip
    if judged and verb.lemma_ in JUDGED:
        return _fill(judged)
    if verb.lemma_ in OBJECT_CONTROL:
        # "urged X to go" is often parsed with X as the subject of "go"
        for child in children(verb):
            if child.dep_ == "ccomp" and not any(
                c.dep_ == "mark" and c.lower_ == "that" for c in children(child)
            ):
                bare = ("VB", "VBG", "VBP") if verb.lemma_ == "let" else ("VB", "VBG")
                if child.tag_ not in bare and not _infinitive(child):
                    continue
                below = [c for c in children(child) if c.dep_ in SUBJECT or c.dep_ in PASSIVE]
                if below:
                    return _fill(below)
    if verb.dep_ == "relcl" and verb.head.pos_ in NOUN:
        own_subject = any(c.dep_ in SUBJECT and c.lower_ not in RELATIVE for c in children(verb))
        clause = any(c.dep_ in ("ccomp", "xcomp") for c in children(verb))
        asked = own_subject and not clause and not _in_which(verb)
        return _fill([verb.head], True) if asked else []
    if verb.dep_ == "xcomp" and verb.head.dep_ == "relcl" and verb.tag_ == "VB":
        above = verb.head
        if any(c.dep_ in SUBJECT and c.lower_ not in RELATIVE for c in children(above)):
            return _fill([above.head], True)
    shared = [c for c in children(verb) if c.dep_ == "conj" and c.pos_ == "VERB"]
    for other in shared:
        if other.i - verb.i <= 4 and not any(c.dep_ in SUBJECT for c in children(other)):
            below = [c for c in children(other) if c.dep_ in OBJECT]
            if below:
                held = [f for c in below if c.lemma_ in IN_HAND for f in preposition(c, "of")]
                return carried(held or _fill(below))
    return []


IN_HAND = frozenset({"control", "possession", "charge", "command", "custody"})
"""What is taken "of" something ("boarded and took control of the ship")."""


def _in_which(verb: Token) -> bool:
    """Whether a relative clause says in, at or during what it happens ("an incident in which")."""
    return any(
        c.dep_ == "pobj" and c.lower_ in ("which", "whom") and k.i < c.i for k in children(verb)
        if k.dep_ == "prep" for c in children(k)
    )  # fmt: skip


def _after_preposition(noun: Token) -> bool:
    first = noun.left_edge.i
    return bool(first > 0 and noun.doc[first - 1].pos_ == "ADP")


def _received(verb: Token) -> list[Token]:
    """What the subject of a passive is given or refused ("was denied entry")."""
    if verb.lemma_ not in GIVING:
        return []
    return [c for c in children(verb) if c.dep_ in OBJECT and not is_temporal(c)]


GIVING = classes()["giving"]
"""Verbs that have somebody to whom and something that they give or refuse."""


def datives(verb: Token) -> list[Filler]:
    """The X of "gave X something" and of "X was given something"."""
    if is_passive(verb) and _received(verb):
        return _fill([c for c in children(verb) if c.dep_ in PASSIVE])
    found = [c for c in children(verb) if c.dep_ in ("dative", "iobj") and c.pos_ in NOUN]
    if not found and verb.lemma_ in ("offer", "promise", "give", "send", "grant", "hand"):
        # "offered his counterpart talks": the parser takes them for counterpart talks
        found = [c for o in children(verb) if o.dep_ in OBJECT for c in children(o)
                 if c.dep_ == "compound" and c.lemma_ in classes()["person_noun"]]  # fmt: skip
    return _fill(found)


def _prepositions(token: Token) -> list[Token]:
    """The prepositions that hang on a word, found once for a tree that is no longer mended."""
    if token.hung is None:
        token.hung = _hung(token)
    return token.hung


def _hung(token: Token) -> list[Token]:
    found = []
    for child in children(token):
        if child.lower_ == "according":
            continue
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.pos_ in (
            "ADP",
            "SCONJ",
            "PART",
        ):
            found.append(child)
            # "over to", "out of", "in favour of" hang one preposition on another
            found += [c for c in children(child) if c.dep_ == "prep"]
        elif child.dep_ == "prep":
            found.append(child)
            found += [c for c in children(child) if c.dep_ == "prep"]
        elif child.dep_ in ("advmod", "acomp", "oprd") or (
            child.dep_ == "advcl" and child.pos_ == "ADJ"
        ):  # "stood firm behind", "far from"
            found += [c for c in children(child) if c.dep_ == "prep"]
    return found


TEMPORAL = classes()["temporal"]
"""Nouns that say when, and are nobody."""


def is_temporal(noun: Token) -> bool:
    """Whether a noun phrase says when."""
    word = noun.lower_.rstrip(".")  # "Dec."
    return word in TEMPORAL or (noun.pos_ == "NUM" and len(noun.text) == 4)


def preposition(token: Token, name: str) -> list[Filler]:
    """The objects of a preposition that hangs on a verb or noun; dates are none."""
    return [f for f in _objects_of(token, name) if not is_temporal(f.token)]


def company(verb: Token) -> list[Filler]:
    """With whom something is done, where the parser hangs "with" on the means or the matter:
    "spoke by telephone with X", "discussed the seizure with X"."""
    nouns = [c for p in _prepositions(verb) if p.lower_ in BY_MEANS
             for c in children(p) if c.dep_ == "pobj"]  # fmt: skip
    if verb.lemma_ in DISCUSSING:
        nouns += [f.token for f in objects(verb)]
    return [f for noun in nouns for f in preposition(noun, "with")]


BY_MEANS = frozenset({"by", "on", "over", "via", "in"})
DISCUSSING = frozenset({"discuss", "raise", "review", "debate", "address", "settle"})


def _objects_of(token: Token, name: str) -> list[Filler]:
    found: list[Filler] = []
    for child in _prepositions(token):
        if child.lower_ == name:
            found += _fill([c for c in children(child) if c.dep_ in ("pobj", "pcomp")])
            if not found and not children(child):
                found += _shared_object(token, child)
    return found


def _shared_object(token: Token, preposition: Token) -> list[Filler]:
    """ "Support for and solidarity with X": a bare preposition shares the next one's object."""
    for other in children(token):
        if other.dep_ == "conj" and other.i > preposition.i:
            if other.pos_ == "VERB":  # "collided with and damaged the boat"
                return _fill([c for c in children(other) if c.dep_ in OBJECT])
            for below in children(other):
                if below.dep_ == "prep":
                    return _fill([c for c in children(below) if c.dep_ == "pobj"])
    return []


def has_preposition(token: Token, name: str) -> bool:
    """Whether the preposition or particle hangs on the word."""
    hung = [c for c in _prepositions(token) if c.lower_ == name]
    if any(not all(is_temporal(b) for b in children(c)) or not list(children(c)) for c in hung):
        return True
    return not hung and any(
        c.dep_ in ("prt", "advmod", "prep") and c.lower_ == name for c in children(token)
    )


def complements(token: Token) -> list[Token]:
    """The verbs of the clauses that complete a verb, noun or adjective ("to go", "that it went",
    "of going")."""
    found = [
        c for c in children(token)
        if c.dep_ in ("xcomp", "ccomp") or (c.dep_ in ("acl", "advcl") and _infinitive(c))
    ]  # fmt: skip
    for child in children(token):
        if child.dep_ in ("prep", "agent"):
            found += [c for c in children(child) if c.dep_ == "pcomp" and c.pos_ in ("VERB", "AUX")]
    more: list[Token] = []
    for verb in found:
        more += [c for c in children(verb) if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")]
    return found + more


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in children(verb))
