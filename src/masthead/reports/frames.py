"""The lexicon: which words in which grammar are which act, as read from `data/frames.csv` and, for
set phrases, `data/idioms.csv`.

A frame is a trigger (a lemma, with a particle or a modifier), tests on the words round it, and
what it means: PLOVER act, CAMEO code, maritime incident, where its roles stand, and, for words
like "threaten" and "refuse", what they make of the deed below them. Of the frames whose tests
hold for a word, the one with the most tests wins; of equals, the first in the file.

Tests of the column `when`, all of which must hold ("!" before one negates it):

    doer=X              who does it, in the passive too ("shadowed by a frigate")
    obj subj=X with=X   the slot is filled (by a word of X); any preposition is a slot
    to=X                a clause completes the word, and its verb is in X
    that=X              a clause with a finite verb (in X) completes the word
    mandate             that clause says what should be ("insist that it be released")
    mod=X has=X pred=X  a modifier, anything near below, or what it is called is in X
    mod_obj=X           a modifier of the object is in X
    obj_of=X inner_of=X the word is the object of, or completes, a verb in X
    dir=X               where to: the object of to, into, toward, back
    adv=X oprd passive plural prep label   an adverb; a second object; the voice; a subject in the
                        plural; any preposition; a label below
    several             several are coordinated as the subject
    @hollow             the clause that completes the word tells no deed
    @addressed          "should" or "must" says what somebody named is to do
    @deed               the noun stands for a deed: it has a doer, a target or a light verb
    @not                the word itself is negated ("did not answer")
    @for                a clause with "for" completes it ("called for the ship to be freed")
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from masthead import codes
from masthead.reports import roles
from masthead.reports.parse import Token, children
from masthead.reports.words import classes

LIGHT = classes()["light"]
"""Verbs that lend a noun its doer and say little themselves."""

NOUN_TARGETS = ("against", "on", "upon", "with", "to", "at", "toward", "towards", "over")


LEXICON = ("frames.csv", "idioms.csv")
"""The files of the lexicon: a set phrase wins over a frame as specific as it is."""


@dataclass(frozen=True)
class Test:
    """One test of a frame: a slot, the words it must hold (None: any), whether it is negated."""

    slot: str
    words: frozenset[str] | None
    negated: bool
    options: tuple[Test, ...] = ()
    """The tests of the slots between bars, of which one must hold."""


@dataclass(frozen=True)
class Frame:
    """One line of the lexicon, for one trigger."""

    lemma: str
    part: str | None
    pos: str
    tests: tuple[Test, ...]
    act: str | None
    cameo: str | None
    incident: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    op: str | None
    flags: frozenset[str]
    manual: str | None
    together: str | None
    file: str
    line: int

    @property
    def weight(self) -> float:
        """How specific the frame is."""
        idiom = 0.5 * (self.file == LEXICON[-1])
        return 2.0 * len(self.tests) + 2.0 * (self.part is not None) - 3.0 * self.weak + idiom

    @cached_property
    def weak(self) -> bool:
        """Whether it is used only where a best guess is wanted."""
        return "weak" in self.flags

    @property
    def name(self) -> str:
        """The frame for a human: `frames.csv:12 impose obj=@restriction`."""
        word = f"{self.lemma} {self.part}" if self.part else self.lemma
        return f"{word!r} ({self.pos}), {self.file}:{self.line}"


def _words(text: str) -> frozenset[str]:
    words: set[str] = set()
    for part in text.split("|"):
        words |= classes()[part[1:]] if part.startswith("@") else {part}
    return frozenset(words)


def _test(text: str) -> Test:
    negated, text = text.startswith("!"), text.lstrip("!")
    slot, equals, words = text.partition("=")
    wanted = _words(words) if equals and words != "*" else None
    if not equals:  # "to" is a preposition or a clause, "to=*" a clause
        slot = "|".join("to_any" if part == "to" else part for part in slot.split("|"))
    options = tuple(Test(one, wanted, False) for one in slot.split("|"))
    return Test(slot, wanted, negated, options if len(options) > 1 else ())


def _roles(text: str, pos: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = dict(part.partition("=")[::2] for part in text.split(";") if part)
    default = ("subj", "obj") if pos != "n" else ("by|poss|light", "|".join(NOUN_TARGETS))
    sources = given.get("s", default[0])
    targets = given.get("t", default[1])
    return tuple(sources.split("|")), tuple(targets.split("|"))


@cache
def frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """The frames by (trigger lemma, part of speech), the most specific first."""
    index: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    rows = [(file, n, row) for file in LEXICON for n, row in enumerate(codes.rows(file), 1)]
    for file, number, row in rows:
        sources, targets = _roles(row["roles"], row["pos"])
        flags = [flag for flag in row["flags"].split(";") if flag]
        manual = next((f.partition(":")[2] for f in flags if f.startswith("manual:")), None)
        together = next((f.partition(":")[2] for f in flags if f.startswith("both:")), None)
        for trigger in row["lemmas"].split():
            lemma, _, part = trigger.partition("_")
            if row["pos"] == "n" and part:
                lemma, part = trigger.rsplit("_", 1)[1], trigger.rsplit("_", 1)[0]
            frame = Frame(
                lemma=lemma, part=part or None, pos=row["pos"],
                tests=tuple(_test(t) for t in row["when"].split()),
                act=row["act"] or None, cameo=row["cameo"] or None,
                incident=row["incident"] or None,
                sources=sources, targets=targets, op=row["op"] or None,
                flags=frozenset(flags), manual=manual, together=together, file=file, line=number,
            )  # fmt: skip
            codes.check(act=frame.act, cameo=frame.cameo, incident=frame.incident)
            index[lemma, frame.pos].append(frame)
    return {key: tuple(sorted(value, key=lambda f: -f.weight)) for key, value in index.items()}


@cache
def verb_forms() -> tuple[frozenset[str], dict[str, str]]:
    """The verbs of the lexicon, and their regular forms ("staged": "stage")."""
    verbs = frozenset(word for word, pos in frames() if pos == "v")
    forms: dict[str, str] = {}
    for verb in sorted(verbs):
        stem = verb[:-1] if verb.endswith("e") else verb
        for ending in ("ed", "ing", "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"):
            forms.setdefault((verb if ending == "s" else stem) + ending, verb)
    for pair in sorted(classes()["irregular"]):
        verb, _, past = pair.partition(":")
        forms.setdefault(past, verb)
    return verbs, forms


def lemma(token: Token) -> str:
    """The lemma in lower case; a proper noun in the plural loses its "s", and a verb of the
    lexicon that the lemmatizer misses ("staged" to "stag") is put right. Told once a word."""
    word = token.key
    if word is None:
        word = token.key = _lemma(token)
    return word


def _lemma(token: Token) -> str:
    word: str = token.lemma_.lower()
    if token.pos_ == "VERB":
        verbs, forms = verb_forms()
        return word if word in verbs else forms.get(token.lower_, word)
    if token.tag_ in ("NNPS", "NNP") and len(word) > 4 and word.endswith("s"):
        return word[:-1]
    return word


def names_of(token: Token) -> set[str]:
    """The lemma of a word, and its compounds ("patrol_boat"), for looking up in classes."""
    found = {lemma(token)}
    if token.i in token.doc.warships:
        found.add("warship")
    if token.tag_ == "NNP":
        found.add(token.lower_)
    for child in children(token):
        if child.dep_ in ("compound", "amod", "nmod"):
            found.add(f"{lemma(child)}_{lemma(token)}")
    if token.pos_ == "PROPN":
        found |= {lemma(c) for c in children(token) if c.dep_ in ("compound", "appos", "nmod")}
    for child in children(token):
        if child.dep_ == "prep" and child.lower_ == "of":
            for below in children(child):
                if below.dep_ == "pobj":
                    found.add(f"{lemma(token)}_of_{lemma(below)}")
                    if token.pos_ in ("NUM", "DET", "PRON") or lemma(token) in QUANTITY:
                        found |= {lemma(below)}
    return found


def _names_told(token: Token) -> set[str]:
    """`names_of`, found once for a tree that is no longer mended."""
    told: dict[int, set[str]] = token.doc.names
    found = told.get(token.i)
    if found is None:
        found = told[token.i] = names_of(token)
    return found


QUANTITY = classes()["quantity"]
"""Nouns that count what follows their "of"."""

IsShip = Callable[[Token], bool]


def _no_ship(_: Token) -> bool:
    return False


def _among(tokens: list[Token], words: frozenset[str] | None, is_ship: IsShip) -> bool:
    if words is None:
        return bool(tokens)
    ships = classes()["ship"]
    for token in tokens:
        if not _names_told(token).isdisjoint(words):
            return True
        if token.pos_ == "PRON" and token.lower_ in words:
            return True
        if ships <= words and is_ship(token):
            return True
    return False


def _plural(token: Token) -> bool:
    subjects = roles.subjects(token)
    return len(subjects) > 1 or any(f.token.plural and f.token.pos_ != "PROPN" for f in subjects)


def _tokens(fillers: list[roles.Filler]) -> list[Token]:
    return [f.token for f in fillers]


ON_OBJECT = frozenset(
    {"of", "around", "round", "for", "on", "against", "over", "behind", "off", "between"}
)
"""Prepositions that may hang on the object of the verb ("drew a cordon round the port")."""


def slot(token: Token, name: str) -> list[Token]:
    """The words in a slot of a trigger (see the module's table), found once for a tree that is no
    longer mended."""
    told: dict[tuple[int, str], list[Token]] = token.doc.slots
    key = (token.i, name)
    found = told.get(key)
    if found is None:
        found = told[key] = _slot(token, name)
    return found


def _slot(token: Token, name: str) -> list[Token]:
    if name == "obj":
        return _tokens(roles.objects(token)) + _tokens(roles.datives(token))
    if name == "subj":
        if roles.is_passive(token):
            return _tokens(roles.objects(token))
        return _tokens(roles.subjects(token))
    if name == "doer":
        return _tokens(roles.subjects(token))
    if name == "mod":
        return [c for c in children(token) if c.dep_ in ("compound", "amod", "nmod", "poss")]
    if name == "mod_obj":
        return [
            c for f in roles.objects(token) + roles.preposition(token, "in")
            for c in children(f.token) if c.dep_ in ("compound", "amod", "nmod", "poss")
        ]  # fmt: skip
    if name == "dative":
        return _tokens(roles.datives(token))
    if name == "poss":
        return [c for c in children(token) if c.dep_ == "poss"]
    if name == "adv":
        return [c for c in children(token) if c.dep_ in ("advmod", "npadvmod")]
    if name in ("oprd", "pred"):
        found = [c for c in children(token) if c.dep_ in ("oprd", "attr", "acomp")]
        for clause in (k for k in children(token) if k.dep_ == "ccomp"):
            found += [clause, *(x for x in children(clause) if x.dep_ in PREDICATES)]
        found += _tokens(roles.preposition(token, "as"))
        for filler in roles.objects(token):  # the parser may hang "as" on what is labelled
            found += _tokens(roles.preposition(filler.token, "as"))
        return found
    if name == "dir":
        return [f.token for p in ("to", "into", "toward", "towards", "back")
                for f in roles.preposition(token, p)]  # fmt: skip
    if name == "prep":
        return [c for c in children(token) if c.dep_ in ("prep", "prt")]
    if name == "has":
        return list(token.subtree)[:40]
    if name == "obj_of":
        return [token.head] if token.dep_ in ("dobj", "nsubjpass", "pobj") else []
    if name == "inner_of":
        return [token.head] if token.dep_ in ("xcomp", "ccomp", "conj") else []
    found = _tokens(roles.preposition(token, name))
    if not found and name == "with" and token.pos_ == "VERB":
        return _tokens(roles.company(token))
    if not found and name in ON_OBJECT and token.pos_ == "VERB":
        found = [t for f in roles.objects(token) for t in _tokens(roles.preposition(f.token, name))]
    return found


A_CLAUSE = Test("to", None, False)


_SLOTS = frozenset({
    "dative", "obj", "subj", "doer", "mod", "mod_obj", "adv", "oprd", "pred", "prep", "has",
    "obj_of", "inner_of", "dir", "poss",
})  # fmt: skip
"""The slots that are no preposition."""


def holds(test: Test, token: Token, is_ship: IsShip = _no_ship) -> bool:
    """Whether a test holds for a trigger."""
    return _positive(test, token, is_ship) is not test.negated


def _positive(test: Test, token: Token, is_ship: IsShip) -> bool:
    if test.options:
        return any(_positive(option, token, is_ship) for option in test.options)
    name = test.slot
    if name in _SLOTS:
        return _among(slot(token, name), test.words, is_ship)
    if name == "passive":
        return roles.is_passive(token)
    if name == "plural":
        return _plural(token)
    if name == "several":
        return len(roles.subjects(token)) > 1
    if name == "@hollow":
        return not any(tells(c) for c in roles.complements(token) if c.dep_ == "ccomp")
    if name == "@deed":
        return is_deed(token)
    if name == "@not":
        return any(c.dep_ == "neg" for c in children(token))
    if name == "@for":
        return any(
            m.dep_ == "mark" and m.lower_ == "for"
            for c in roles.complements(token) for m in children(c)
        )  # fmt: skip
    if name == "@addressed":
        return _addressed(token)
    if name == "to_any":
        return roles.has_preposition(token, "to") or _positive(A_CLAUSE, token, is_ship)
    if name == "mandate":
        return any(_is_mandate(c) for c in roles.complements(token) if c.dep_ == "ccomp")
    if name in ("to", "that"):
        below = roles.complements(token)
        if name == "that":
            if test.words is not None:
                return any(c.dep_ == "ccomp" and lemma(c) in test.words for c in below)
            return any(
                c.dep_ in ("acl", "relcl")
                or (c.dep_ == "ccomp" and c.tag_ in ("VBD", "VBP", "VBZ", "MD", "VBN", "VB"))
                for c in below
            )
        infinitives = [c for c in below if _is_to(c)]
        if test.words is None:
            return bool(infinitives)
        return any(lemma(c) in test.words for c in infinitives) or _among(
            _tokens(roles.preposition(token, "to")), test.words, is_ship
        )
    if name == "label":
        return any(lemma(t) in classes()["label"] for t in token.subtree)
    if name in ("over",) and test.words is None:
        return roles.has_preposition(token, name)
    found = slot(token, name)
    if test.words is None and not found:
        return roles.has_preposition(token, name)
    if test.words is not None and not found and token.pos_ == "VERB":
        found = [t for f in roles.objects(token) for t in _tokens(roles.preposition(f.token, name))]
    return _among(found, test.words, is_ship)


def _addressed(modal: Token) -> bool:
    """Whether "should" or "must" says what somebody named is to do: not a condition ("should it
    sail"), not what we ourselves must do, not a passive."""
    verb = modal.head
    doers = [c for c in children(verb) if c.dep_ in roles.SUBJECT]
    return bool(
        modal.dep_ == "aux"
        and verb.dep_ in ("ROOT", "ccomp", "conj")
        and doers
        and doers[0].pos_ == "PROPN"
        and doers[0].i < modal.i
        and not any(c.dep_ == "mark" and c.lower_ != "that" for c in children(verb))
    )


def _is_mandate(verb: Token) -> bool:
    """Whether a clause says what should be: a bare subjunctive, "should" or "must"."""
    aux = [c for c in children(verb) if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in ("should", "must", "be") for c in aux):
        return True
    plural = any(c.tag_ in ("NNS", "NNPS") for c in children(verb) if c.dep_ in roles.SUBJECT)
    return verb.tag_ == "VB" and not aux and not plural


def _is_to(verb: Token) -> bool:
    if any(c.tag_ == "MD" or (c.dep_ == "mark" and c.lower_ == "that") for c in children(verb)):
        return False
    if verb.dep_ == "pcomp" or verb.tag_ == "VBG":
        return not any(c.dep_ == "aux" and c.lemma_ == "be" for c in children(verb))
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in children(verb)):
        return True
    if verb.dep_ == "conj":
        return _is_to(verb.head)
    return bool(verb.dep_ == "xcomp" or verb.tag_ == "VB")


def is_deed(noun: Token) -> bool:
    """Whether a noun such as "attack" names a deed of somebody here, not a topic or a modifier."""
    if noun.dep_ in ("compound", "amod", "nmod"):
        return False
    if any(c.dep_ == "poss" for c in children(noun)):
        return True
    if any(roles.preposition(noun, name) for name in ("by", "against", "on", "between", "from")):
        return True
    if any(roles.preposition(noun, name) for name in ("of", "with", "to", "at", "in", "for")):
        return True
    return bool(noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in LIGHT)


PREDICATES = frozenset({"attr", "acomp", "oprd"})

PARTICLES = frozenset({"prt", "advmod", "prep", "acomp", "npadvmod", "dobj", "advcl", "oprd"})


def _part_holds(frame: Frame, token: Token) -> bool:
    part = frame.part
    return part is None or (part.split("_")[-1] if frame.pos == "n" else part) in _parts(token)


def _parts(token: Token) -> set[str]:
    """What may be the second part of a trigger: of a verb its particles, and the nouns that it
    governs; of a noun what stands before it. Found once for a tree that is no longer mended."""
    told: dict[int, set[str]] = token.doc.parts
    found = told.get(token.i)
    if found is None:
        found = told[token.i] = _parts_of(token)
    return found


def _parts_of(token: Token) -> set[str]:
    if token.pos_ in ("NOUN", "PROPN"):
        before = ("compound", "amod", "nmod", "poss")
        return {lemma(c) for c in children(token) if c.dep_ in before}
    found = set()
    for child in children(token):
        if child.dep_ == "dobj":
            found.add(lemma(child))
        if child.dep_ in PARTICLES and not (
            child.dep_ == "prep" and any(roles.is_temporal(c) for c in _below(child))
        ):
            found.add(child.lower_)
    return found


def _below(preposition: Token) -> list[Token]:
    """The words of what stands after a preposition ("on Tuesday night")."""
    nouns = [c for c in children(preposition) if c.dep_ == "pobj"]
    return nouns + [c for n in nouns for c in children(n) if c.dep_ == "compound"]


POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}


def match(token: Token, *, weak: bool) -> list[Frame]:
    """The frames that hold for a word, the most specific first."""
    return list(_holding(token, weak, _no_ship))


def best(token: Token, is_ship: IsShip = _no_ship) -> Frame | None:
    """The most specific frame that holds for a word and is not weak."""
    return next(_holding(token, False, is_ship), None)


def tells(clause: Token) -> bool:
    """Whether a clause, by its verb, tells a deed of the lexicon."""
    return any(best(word) for word in clause.subtree)


def _holding(token: Token, weak: bool, is_ship: IsShip) -> Iterator[Frame]:
    pos = POS.get(token.pos_)
    for frame in frames().get((lemma(token), pos), ()) if pos else ():
        if (weak or not frame.weak) and _part_holds(frame, token):
            for test in frame.tests:
                if not holds(test, token, is_ship):
                    break
            else:
                yield frame
