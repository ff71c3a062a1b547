"""Slips of the tagger that the lexicon can put right, mended in the tree before it is read.

The small model tags some verbs as nouns ("Our country thanks the coast guard") and some passives
as past tenses ("was stopped and sent back"). Where the tree itself shows a subject and an object,
or a passive above, the word is what the tree makes it.
"""

from __future__ import annotations

from functools import cache

from masthead.reports import roles
from masthead.reports.frames import frames, verb_forms
from masthead.reports.parse import Token, Tree, children
from masthead.reports.words import classes

CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis"})
PARTICLES = frozenset({"off", "out", "up", "down", "over", "away", "back", "in", "aside"})
QUOTES = frozenset("\"“”'‘’«»")
_STOPS = frozenset(".!?\"”'’:;")
STATES = frozenset({"under", "in", "into"})
"""Prepositions of the state that somebody is brought into ("placed under arrest")."""
TRIES = frozenset({"attempt", "effort", "bid", "try"})
INTRANSITIVE = classes()["motion"] | {"confer", "consult", "appeal", "protest", "complain", "plead"}
"""Verbs whose past tense without an object is no participle."""
RECEIVED = classes()["giving"] | {"promise"}
"""Verbs with two objects."""
SAME_FORM = frozenset({"let", "put", "cut", "set", "hit", "shut"})
"""Verbs whose past participle looks like the infinitive."""


def mend(tree: Tree) -> None:
    """Put right what the tree shows to be a slip of the tagger or of the parser."""
    for token in tree:
        if token.text == "-":
            _mend_hyphen(tree, token)
    for token in tree:
        if token.pos_ == "VERB":
            _mend_particle(token)
            _mend_reflexive(token)
            _mend_label(token)
            _mend_second_subject(token)
            _mend_resumption(token)
            _mend_for_its_part(token)
            _mend_dative(token)
            _mend_aside(token)
            _mend_semicolon(token)
            _mend_next_clause(token)
            _mend_told_that(token)
            _mend_agent(token)
            _mend_attempt(token)
            _mend_late_object(token)
            _mend_headline(token)
        elif token.lower_ == "by" and token.dep_ in ("prep", "agent"):
            _mend_parted(token)
        elif token.dep_ == "ROOT" and token.pos_ in ("PROPN", "NOUN"):
            _mend_root(token)
        elif token.dep_ == "conj" and token.head.pos_ == "VERB":
            _mend_conjunct(token)
    for token in tree:
        if token.pos_ in ("NOUN", "PROPN", "ADJ") and _is_verb(token):
            token.lemma_ = _verb(token) or token.lemma_
            token.tag_ = "VBZ" if token.lower_.endswith("s") else "VBP"
            token.pos_ = "VERB"
        elif token.dep_ == "conj" and token.tag_ in ("VBD", "VB") and _shares_passive(token):
            token.tag_ = "VBN"
        elif token.tag_ == "VBN" and token.dep_ in ("advcl", "acl"):
            _mend_reduced(token)


def _mend_hyphen(tree: Tree, hyphen: Token) -> None:
    """ "Vice-admiral", taken for three subjects of one verb, is one noun."""
    if not 0 < hyphen.i < len(tree) - 1:
        return
    first, last = tree[hyphen.i - 1], tree[hyphen.i + 1]
    if first.whitespace_ or hyphen.whitespace_ or first.dep_ != last.dep_:
        return
    if first.head != last.head or first.dep_ not in roles.SUBJECT | roles.OBJECT | roles.PASSIVE:
        return
    for child in list(first.children):
        child.head = last
    first.dep_, first.head = "compound", last
    hyphen.dep_, hyphen.head, hyphen.pos_ = "punct", last, "PUNCT"
    last.pos_ = "NOUN"


def _mend_particle(verb: Token) -> None:
    """ "Laughed off the charge": of a verb that the lexicon has with this particle, the noun after
    the particle is the object."""
    below = list(verb.children)
    if any(c.dep_ in roles.OBJECT or c.dep_ in roles.PASSIVE for c in below):
        return
    for word in below:
        phrase = (verb.lemma_.lower(), word.lower_)
        if word.dep_ != "prep" or word.i != verb.i + 1 or phrase not in _phrasal():
            continue
        for noun in list(word.children):
            if noun.dep_ == "pobj":
                noun.head, noun.dep_, word.dep_ = verb, "dobj", "prt"


def _mend_reflexive(verb: Token) -> None:
    """ "Wedged itself between the ships": the pronoun is nobody whom it is done to."""
    if verb.lemma_ in classes()["reflexive"]:
        for word in verb.children:
            if word.dep_ in ("dobj", "dative") and word.lower_ in classes()["self"]:
                word.dep_ = "npadvmod"


def _mend_label(verb: Token) -> None:
    """ "Called the move "blackmail"": the label in quotes is no object; the move is."""
    if verb.lemma_ not in classes()["labelling"]:
        return
    for label in [c for c in verb.children if c.dep_ == "dobj"]:
        before = [c for c in label.children if c.dep_ in ("nmod", "compound") and c.i < label.i]
        for noun in before:
            if noun.nbor().text in QUOTES:
                noun.head, noun.dep_, label.dep_ = verb, "dobj", "oprd"


def _mend_root(noun: Token) -> None:
    """ "Libya, which owns the ship, protested": a sentence whose root is its subject."""
    if _mend_fragment(noun):
        return
    relative = [c for c in noun.children if c.dep_ == "relcl"]
    for verb in [c for c in noun.children if c.dep_ == "acl" and c.tag_ in ("VBN", "VBD")]:
        if relative and relative[0].i < verb.i and verb.nbor(-1).text == ",":
            verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
            noun.head, noun.dep_ = verb, "nsubj"
            return


def _mend_next_clause(verb: Token) -> None:
    """ "Vandra will free the ship and Oska will drop its complaint": the noun right before the
    second finite verb is its subject, not a second object of the first."""
    if verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX"):
        return
    below = list(verb.children)
    if any(c.dep_ in roles.SUBJECT | roles.PASSIVE for c in below):
        return
    helpers = [c for c in below if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    finite = any(c.tag_ in ("MD", "VBD", "VBZ", "VBP") for c in helpers) or (
        not helpers and verb.tag_ in ("VBD", "VBZ")
    )
    first = min((c.i for c in helpers), default=verb.i)
    if not finite or first == 0:
        return
    noun = verb.doc[first - 1]
    if noun.dep_ == "conj" and noun.pos_ in ("NOUN", "PROPN") and noun.i > verb.head.i:
        passive = any(c.dep_ == "auxpass" for c in helpers)
        noun.head, noun.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _mend_told_that(verb: Token) -> None:
    """ "Told his counterpart in a call that Tehran offered help": what was told, and no clause of
    the call's; a relative "that" would be the subject, or the only object."""
    noun = verb.head
    if verb.dep_ != "relcl" or noun.dep_ != "pobj" or noun.i > verb.i:
        return
    below = list(verb.children)
    first = next((c for c in below if c.lower_ == "that" and c.i == noun.i + 1), None)
    if first is None or not any(c.dep_ in roles.SUBJECT and c is not first for c in below):
        return
    if first.dep_ != "mark" and not any(c.dep_ == "dobj" and c.i > verb.i for c in below):
        return
    teller = noun.head.head
    if teller.pos_ != "VERB" or teller.lemma_ not in classes()["speech"]:
        return
    if not any(c.dep_ == "ccomp" and c.i > teller.i for c in teller.children):
        first.dep_, verb.head, verb.dep_ = "mark", teller, "ccomp"


def _mend_attempt(verb: Token) -> None:
    """ "An attempt was made by a boat to ram the cutter": the infinitive and the agent are the
    attempt's, as in "an attempt by a boat to ram the cutter"."""
    if verb.lemma_ != "make" or not roles.is_passive(verb):
        return
    below = list(verb.children)
    tries = next((c for c in below if c.dep_ == "nsubjpass" and c.lemma_ in TRIES), None)
    if tries is None:
        return
    for word in below:
        if word.dep_ in ("advcl", "xcomp") and word.tag_ == "VB" and word.i > verb.i:
            word.head, word.dep_ = tries, "acl"
        elif word.dep_ == "agent":
            word.head, word.dep_ = tries, "prep"


def _mend_late_object(verb: Token) -> None:
    """ "Dismissed as "hysteria" the charge that …": what stands after the label, without a comma,
    is the object that was left behind."""
    below = list(verb.children)
    if any(c.dep_ in roles.OBJECT | roles.PASSIVE for c in below):
        return
    for label in [c for p in below if p.lower_ == "as" for c in p.children if c.dep_ == "pobj"]:
        for noun in [c for c in label.children if c.dep_ == "appos"]:
            first = noun.left_edge
            if first.lower_ in ("the", "a", "an", "any", "all") and first.nbor(-1).text != ",":
                noun.head, noun.dep_ = verb, "dobj"
                return


def _mend_parted(word: Token) -> None:
    """ "The seizure, by warships of X, of the tanker": what a comma parts from a deed is its."""
    if word.i < 2 or word.nbor(-1).text != ",":
        return
    deed = word.nbor(-2)
    if (deed.lemma_.lower(), "n") not in frames() or deed.pos_ != "NOUN" or word.head is deed:
        return
    word.head, word.dep_ = deed, "prep"
    for of in [t for t in word.sent if t.i > word.i and t.lower_ == "of"]:
        if of.nbor(-1).text == ",":
            of.head, of.dep_ = deed, "prep"
            return


def _mend_headline(verb: Token) -> None:
    """ "Freighter freed, but …": in a line without a full stop, a bare past tense of what is done
    to ships and people, without an object, is a passive."""
    last = verb.sent[-1]
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ != "ROOT" or last.text in _STOPS:
        return
    if verb.lower_ not in classes()["headline_passive"]:
        return
    off = next((c for c in verb.children if c.dep_ == "prt" and c.lower_ == "off"), None)
    for place in [c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "PROPN" and off]:
        if off is not None and off.i == place.left_edge.i - 1:  # "detained off Kota Bahari"
            off.dep_, place.head, place.dep_ = "prep", off, "pobj"
    below = list(verb.children)
    if any(c.dep_ in roles.OBJECT | {"aux", "auxpass", "ccomp", "xcomp"} for c in below):
        return
    for noun in [c for c in below if c.dep_ in roles.SUBJECT and c.i < verb.i]:
        noun.dep_, verb.tag_ = "nsubjpass", "VBN"


def _mend_agent(verb: Token) -> None:
    """Whose "by" it is. "Denounced the boarding of the ship by a navy": the boarding's, for who
    denounces is no passive. "Was let go by a navy", "was placed under arrest by a navy": the
    passive's."""
    for word in [c for c in verb.children if c.lower_ == "by" and c.dep_ in ("prep", "agent")]:
        if roles.is_passive(verb):
            continue
        above = verb.head
        if verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and roles.is_passive(above):
            word.head, word.dep_ = above, "agent"
            continue
        deeds = [c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < word.i]
        if deeds and (deeds[0].lemma_.lower(), "n") in frames():
            word.head, word.dep_ = deeds[0], "prep"
    if roles.is_passive(verb) and not any(c.dep_ == "agent" for c in verb.children):
        for inner in [c for c in verb.children if c.dep_ == "xcomp"]:  # "allowed to sail by"
            for noun in [c for c in inner.children if c.dep_ == "dobj"]:
                for word in [c for c in noun.children if c.lower_ == "by"]:
                    word.head, word.dep_ = verb, "agent"
        for inner in [c for c in verb.children if c.dep_ == "prep" and c.lower_ in STATES]:
            for noun in [c for c in inner.children if c.dep_ == "pobj"]:
                for word in [c for c in noun.children if c.lower_ == "by"]:
                    word.head, word.dep_ = verb, "agent"


def _mend_fragment(noun: Token) -> bool:
    """ "Two launches boxed in the tanker.": a sentence without a finite verb, whose participle has
    an object of its own, has that participle for its verb."""
    sentence = noun.sent
    if sentence[-1].text not in (".", "!"):
        return False
    finite = [t for t in sentence if t.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    verbs = [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    for name in [c for c in noun.children if c.dep_ == "appos"]:
        verbs += [c for c in name.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    for below in [c for c in noun.children if c.dep_ == "prep"]:
        for inner in below.children:  # "men in two skiffs clambered aboard"
            verbs += [c for c in inner.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    for verb in verbs:
        own = list(verb.children)
        if any(c.dep_ in ("agent", "auxpass") for c in own):
            continue
        active = any(c.dep_ in roles.OBJECT for c in own) or verb.lemma_ in INTRANSITIVE
        under = set(verb.subtree)
        if active and verb.i > noun.i and all(t in under or _in_relative(t) for t in finite):
            verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
            noun.head, noun.dep_ = verb, "nsubj"
            return True
    return False


def _in_relative(token: Token) -> bool:
    return token.dep_ == "relcl" or any(a.dep_ == "relcl" for a in token.ancestors)


def _mend_aside(verb: Token) -> None:
    """ "The ship, stopped on Tuesday by a cutter, is being held": the verb between commas is an
    aside to the subject of the verb after it."""
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ not in ("ROOT", "ccomp", "advcl"):
        return
    below = list(verb.children)
    subjects = [c for c in below if c.dep_ in roles.SUBJECT | roles.PASSIVE and c.i < verb.i]
    if not subjects or any(c.dep_ in ("aux", "auxpass", "cc", "ccomp") for c in below):
        return
    before = [t for t in verb.doc[subjects[-1].i : verb.i] if t.text == ","]
    if not before or verb.nbor(-1).text != ",":
        return
    for main in below:
        auxiliaries = [c for c in main.children if c.dep_ in ("aux", "auxpass")]
        own = any(c.dep_ in roles.SUBJECT | roles.PASSIVE for c in main.children)
        if main.dep_ != "conj" or main.pos_ not in ("VERB", "AUX") or own or not auxiliaries:
            continue
        if main.left_edge.nbor(-1).text != ",":
            continue
        passive = any(c.dep_ == "auxpass" for c in auxiliaries)
        main.head = main if verb.dep_ == "ROOT" else verb.head
        main.dep_ = verb.dep_
        for subject in subjects:
            subject.head, subject.dep_ = main, "nsubjpass" if passive else "nsubj"
        verb.head, verb.dep_, verb.tag_ = subjects[-1], "acl", "VBN"
        return


def _mend_resumption(verb: Token) -> None:
    """ "Pressed NATO to send ships, an idea that Sofia resists": what sums up the clause after a
    comma is no second object."""
    below = list(verb.children)
    said = [c.i for c in below if c.dep_ in ("dobj", "xcomp", "ccomp")]
    for noun in [c for c in below if c.dep_ == "dobj" and c.i > min(said)]:
        first = noun.left_edge
        parted = first.i > 0 and first.nbor(-1).text == "," and first.lower_ in ("a", "an")
        if parted and any(c.dep_ in ("relcl", "acl") for c in noun.children):
            noun.dep_ = "npadvmod"


def _mend_for_its_part(verb: Token) -> None:
    """ "Warsaw, for its part, is pressing": that is for nobody."""
    for word in [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "for"]:
        parts = [c for c in word.children if c.lower_ == "part"]
        if any(k.dep_ == "poss" for part in parts for k in part.children):
            word.dep_ = "npadvmod"


def _mend_dative(verb: Token) -> None:
    """ "Promised Cyprus every assistance": of two objects side by side, the first receives."""
    if verb.lemma_ not in RECEIVED:
        return
    both = [c for c in verb.children if c.dep_ == "dobj"]
    if [c.pos_ for c in both] != ["PROPN", "NOUN"]:
        return
    if both[1].left_edge.i == both[0].right_edge.i + 1:
        both[0].dep_ = "dative"


def _mend_conjunct(noun: Token) -> None:
    """ "They quarrelled, and the Conference called upon both": a noun that is coordinated with a
    verb is the subject of the finite verb that hangs on it."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return
    for verb in [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBD"]:
        verb.head, verb.dep_ = noun.head, "conj"
        noun.head, noun.dep_ = verb, "nsubj"
        return


def _mend_semicolon(verb: Token) -> None:
    """ "Nine were handed over; two are still sought": what stands before a semicolon is not said
    by the verb after it, but coordinated with it."""
    main = verb.head
    if verb.dep_ != "ccomp" or verb.i > main.i or main.dep_ != "ROOT":
        return
    if not any(c.text == ";" and verb.i < c.i < main.i for c in main.children):
        return
    if not any(c.dep_ in roles.SUBJECT | roles.PASSIVE for c in main.children):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    main.head, main.dep_ = verb, "conj"


def _mend_second_subject(verb: Token) -> None:
    """Of two subjects, the one after the verb is its object ("Hunt rang Zarif")."""
    below = list(verb.children)
    subjects = [c for c in below if c.dep_ == "nsubj"]
    if len(subjects) < 2 or any(c.dep_ in roles.OBJECT for c in below):
        return
    if subjects[0].i < verb.i < subjects[-1].i:
        subjects[-1].dep_ = "dobj"


@cache
def _phrasal() -> frozenset[tuple[str, str]]:
    """The verbs of the lexicon that have a particle, with it."""
    return frozenset(
        (frame.lemma, frame.part)
        for (_, pos), found in frames().items()
        for frame in found
        if pos == "v" and frame.part in PARTICLES
    )


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
    after = roles.OBJECT | {"ccomp", "xcomp"} | ({"prep"} if token.dep_ == "ROOT" else set())
    return any(c.dep_ in roles.SUBJECT and c.i < token.i for c in below) and any(
        c.dep_ in after and c.i > token.i for c in below
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
