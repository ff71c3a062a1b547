"""The interaction of two named parties in one sentence, as PLOVER codes it.

`code(sentence, source, target)` is asked what the source does to the target, and always answers
its best guess when both are given; without them it gives the acts of the sentence. Each frame
that fires is scored by how well its roles fit the two parties: a source that is the subject of
the trigger, a target that fills its object, and the nearer the better. Then the PLOVER manual's
conventions are applied: what is only promised or planned is AGREE (a friendly deed) or THREATEN
(a hostile one), what is refused is REJECT, what is asked for is REQUEST, and what ends a hostile
deed is RETREAT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from masthead import codes
from masthead.model import Actor, Document, Event, Sense, Status
from masthead.reports import roles
from masthead.reports.frames import Frame, lemma, match
from masthead.reports.mask import Masked, mask
from masthead.reports.parse import Parser, Token, Tree, children
from masthead.reports.parse import parsers as known_parsers
from masthead.reports.retag import mend
from masthead.reports.slots import role
from masthead.reports.words import classes

FRIENDLY = frozenset({1, 2})
"""The quads of cooperation."""


@dataclass(frozen=True)
class Guess:
    """One reading: the trigger, its frame, the act by the manual, and how well the roles fit."""

    trigger: Token
    frame: Frame
    act: str
    score: float
    why: str


@dataclass(frozen=True)
class Party:
    """One of the two named parties: the words of the tree that it covers."""

    start: int
    end: int
    indices: frozenset[int]
    head: int | None

    def covers(self, token: Token) -> bool:
        """Whether the word is the party's."""
        return token.i in self.indices

    def within(self, token: Token) -> bool:
        """Whether the party stands in the noun phrase of the word."""
        if not self.indices:
            return False
        left, right = token.left_edge.i, token.right_edge.i
        return self.head is not None and left <= self.head <= right


@dataclass(frozen=True)
class Reading:
    """A guess of one parser's, with the two parties as they stand in its tree."""

    guess: Guess
    source: Party | None
    target: Party | None


def find_party(tree: Tree, masked: Masked, sentence: str, phrase: str | None) -> Party | None:
    """The words of a phrase in a tree; None if it is not given or not there."""
    if not phrase:
        return None
    start = sentence.find(phrase.strip())
    if start < 0:
        start = sentence.lower().find(phrase.strip().lower())
    if start < 0:
        return None
    end = start + len(phrase.strip())
    inside = [
        t for t in tree
        if not t.is_space and not t.is_punct
        and masked.start(t.idx) < end and masked.end(t.idx + len(t.text)) > start
    ]  # fmt: skip
    indices = frozenset(t.i for t in inside)
    tops = [t for t in inside if t.head.i not in indices or t.head == t]
    nouns = [t for t in tops if t.pos_ in roles.NOUN] or tops
    return Party(start, end, indices, nouns[0].i if nouns else None)


def code(
    sentence: str,
    source: str | None = None,
    target: str | None = None,
    *,
    parsers: Sequence[Parser] | None = None,
) -> list[Event]:
    """The acts of a sentence, best first. With `source` and `target` (substrings of the sentence):
    what the one does to the other, and always a best guess. Of several parsers (those of
    `parse.models()` if not given), the one with the best guess of an act tells it."""
    masked = mask(sentence)
    asked = source is not None and target is not None
    best: dict[str, Reading] = {}
    for parser in parsers or known_parsers():
        tree = next(iter(parser.parse([masked.text])))
        mend(tree)
        parties = (
            find_party(tree, masked, sentence, source),
            find_party(tree, masked, sentence, target),
        )
        found = guesses(tree, *parties)
        if not found and asked and None not in parties:
            found = [_last_resort(tree, parties[0])]
        for act, guess in _bests(found).items():
            if act not in best or guess.score > best[act].guess.score:
                best[act] = Reading(guess, *parties)
    document = Document(id="-", text=sentence)
    chosen = sorted(best.values(), key=lambda reading: -reading.guess.score)
    return [_event(reading, document, masked) for reading in chosen]


def _bests(found: Sequence[Guess]) -> dict[str, Guess]:
    """The best guess of each act."""
    best: dict[str, Guess] = {}
    for guess in found:
        best.setdefault(guess.act, guess)
    return best


def guesses(tree: Tree, one: Party | None, other: Party | None) -> list[Guess]:
    """Every reading of a tree, best first."""
    found = []
    weak = one is not None or other is not None
    for token in tree:
        if other is not None and other.covers(token) and one is not None and token.pos_ != "NOUN":
            continue
        fired = match(token, weak=weak)
        for rank, frame in enumerate(f for f in fired if f.act is not None):
            if rank > 1:
                break
            guess = _judge(token, frame, one, other)
            found.append(replace(guess, score=guess.score - 0.8 * rank))
    return sorted(found, key=lambda g: (-g.score, g.trigger.i))


def _judge(token: Token, frame: Frame, one: Party | None, other: Party | None) -> Guess:
    fit_source, how_source = _source_fit(token, frame, one)
    fit_target, how_target = _target_fit(token, frame, other)
    act, how = fold(token, frame, one, other)
    score = 3.0 * fit_source + 2.0 * fit_target + 0.12 * frame.weight
    if token.pos_ in ("NOUN", "PROPN"):
        score -= 0.4
    if (one is not None and one.covers(token)) or (other is not None and other.covers(token)):
        score -= 1.0
    score -= 0.12 * _depth(token)
    why = "; ".join(p for p in (frame.name, how_source, how_target, how) if p)
    return Guess(token, frame, act, score, why)


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token and depth < 12:
        if token.dep_ in ("xcomp", "ccomp", "relcl", "advcl", "acl", "pcomp", "pobj", "appos"):
            depth += 1
        token = token.head
    return depth


def _source_fit(token: Token, frame: Frame, one: Party | None) -> tuple[float, str]:
    if one is None:
        return 0.5, ""
    best, how = 0.0, ""
    for name in frame.sources:
        for filler in role(token, name):
            fit = 0.0
            if one.covers(filler.token):
                fit = 0.85 if filler.carried else 1.0
            elif one.within(filler.token):
                fit = 0.75
            elif filler.token.pos_ == "PRON" and _refers(filler.token, one, token.doc):
                fit = 0.8
            if fit > best:
                best, how = fit, f"source is its {name}"
    if best == 0.0:
        fit = _near_subject(token, one)
        if fit:
            best, how = fit, "source governs its clause"
    return best, how


def _refers(pronoun: Token, party: Party, tree: Tree) -> bool:
    """Whether a subject pronoun can mean the party: the party is the subject of a clause above."""
    if pronoun.lower_ not in ("it", "they", "he", "she", "we", "i", "who", "which", "that"):
        return False
    node = pronoun.head
    for _ in range(8):
        if node.head == node:
            break
        node = node.head
        for child in children(node):
            if child.dep_ in roles.SUBJECT and (party.covers(child) or party.within(child)):
                return True
    return False


def _near_subject(token: Token, one: Party) -> float:
    """How near above the trigger the party is a subject; a weak sign."""
    node, fit = token, 0.55
    for _ in range(8):
        for child in children(node):
            if child.dep_ in roles.SUBJECT | roles.PASSIVE | {"agent", "poss"} and (
                one.covers(child) or one.within(child)
            ):
                return fit
        if node.head == node:
            return 0.0
        fit *= 0.8
        node = node.head
    return 0.0


def _target_fit(token: Token, frame: Frame, other: Party | None) -> tuple[float, str]:
    if other is None:
        return 0.5, ""
    best, how = 0.0, ""
    for name in frame.targets:
        for filler in role(token, name):
            fit = 0.0
            if other.covers(filler.token):
                fit = 1.0
            elif other.within(filler.token):
                fit = 0.8
            if fit > best:
                best, how = fit, f"target is its {name}"
    if best < 0.6 and other.head is not None:
        inside = {t.i for t in token.subtree}
        if other.head in inside:
            best, how = 0.6, "target stands below it"
        elif token.dep_ in ("dobj", "pobj", "nsubjpass", "xcomp") and other.head in {
            t.i for t in token.head.subtree
        }:
            best, how = max(best, 0.45), "target stands beside it"
    if best == 0.0 and other.head is not None:
        best = 0.15 if other.head > token.i else 0.05
    return best, how


def negated(token: Token) -> bool:
    """Whether a word is negated where it stands."""
    for child in children(token):
        if child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ in ("no", "neither")):
            return True
        if child.dep_ in roles.SUBJECT | roles.PASSIVE | roles.OBJECT and any(
            c.dep_ == "det" and c.lower_ == "no" for c in children(child)
        ):
            return True
    return False


def _modal(token: Token) -> str | None:
    for child in children(token):
        if child.dep_ == "aux" and child.lower_ in ("will", "would", "shall", "'ll", "wo"):
            return "will"
    if token.dep_ == "conj" and not any(c.dep_ in roles.SUBJECT for c in children(token)):
        return _modal(token.head)
    return None


PLANNED = classes()["planned"]


def fold(token: Token, frame: Frame, one: Party | None, other: Party | None) -> tuple[str, str]:
    """The act by the PLOVER manual's conventions for what is not (yet) done, and why."""
    act = frame.manual or frame.act or "CONSULT"
    if frame.together and one and other and _both_do(token, one, other):
        return frame.together, "both do it"
    if _must(token, one):
        return "REQUEST", "it must be done"
    verb = _carrier(token)
    friendly = codes.acts()[act].quad in FRIENDLY
    refused = negated(token) or (verb != token and negated(verb))
    speech_act = frame.op is not None and frame.op not in ("helped", "allowed")
    if refused:
        if act in ("REJECT", "ACCUSE", "THREATEN", "REQUEST"):
            return act, ""
        return ("REJECT", "negated") if friendly else (act, "")
    if speech_act or act in ("REJECT", "ACCUSE", "REQUEST", "THREATEN"):
        return act, ""
    governor, word = _governor(verb, one)
    if _modal(verb) == "will" or governor == "planned":
        return ("AGREE" if friendly else "THREATEN"), "promised or planned"
    if governor == "negated":
        return ("REJECT" if friendly else "RETREAT"), f"{word}: not to be done"
    return act, ""


def _both_do(token: Token, one: Party, other: Party) -> bool:
    """Whether both parties are subjects of the same verb."""
    doers = [f.token for f in roles.subjects(token)]
    return any(one.covers(d) or one.within(d) for d in doers) and any(
        other.covers(d) or other.within(d) for d in doers
    )


def _must(token: Token, one: Party | None) -> bool:
    """ "X said Y must do it": the verb's own subject is not the source."""
    verb = _carrier(token)
    if one is None or not any(
        c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in children(verb)
    ):
        return False
    return not any(one.covers(f.token) or one.within(f.token) for f in roles.subjects(verb))


def _carrier(token: Token) -> Token:
    """The verb that carries a noun of doing; a verb carries itself."""
    if token.pos_ in ("VERB", "AUX"):
        return token
    node = token
    for _ in range(4):
        if node.head == node:
            return token
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node
    return token


def _governor(verb: Token, one: Party | None) -> tuple[str | None, str]:
    """What an operator above the verb makes of it."""
    node = verb
    for _ in range(3):
        if node.dep_ not in ("xcomp", "ccomp", "pcomp", "conj", "acl", "advcl"):
            return None, ""
        node = node.head if node.dep_ != "pcomp" else node.head.head
        name = lemma(node)
        if name in PLANNED:
            return ("negated" if negated(node) else "planned"), name
        if name in ("refuse", "decline", "fail", "stop", "cease", "rule", "reject", "oppose"):
            return "negated", name
    return None, ""


def _last_resort(tree: Tree, one: Party | None) -> Guess:
    """Nothing fired: an ASSAULT-free neutral answer at the source's verb."""
    root = next((t for t in tree if t.dep_ == "ROOT"), tree[0])
    head = tree[one.head] if one is not None and one.head is not None else root
    verb = _carrier(head)
    frame = Frame(
        lemma=lemma(verb), part=None, pos="v", tests=(), act="CONSULT", cameo="040",
        incident=None, sources=(), targets=(), op=None, flags=frozenset(), manual=None,
        together=None, file="", line=0,
    )  # fmt: skip
    return Guess(verb, frame, "CONSULT", 0.0, "no frame fired; the commonest verbal act")


def _event(reading: Reading, document: Document, masked: Masked) -> Event:
    guess, one, other = reading.guess, reading.source, reading.target
    act = guess.act
    cameo = guess.frame.cameo if guess.frame.act == act else None
    known = codes.crosswalk().get(cameo or "")
    if known is not None and known.act != act:
        known = None

    def actor(party: Party | None) -> tuple[Actor, ...]:
        if party is None:
            return ()
        return (Actor(text=document.text[party.start : party.end], span=(party.start, party.end)),)

    sentence = guess.trigger.sent
    start = masked.start(sentence.start_char)
    end = masked.end(sentence.end_char)
    while document.text[end - 1].isspace():
        end -= 1
    return Event(
        sense=Sense.REPORT, act=act, mode=known.mode if known else None,
        context=known.context if known else (), cameo=cameo,
        incident=guess.frame.incident if guess.frame.act == act else None,
        sources=actor(one), targets=actor(other), status=Status.ASSERTED,
        evidence=(document.cite(start, end),),
        confidence=round(min(0.95, max(0.05, 0.1 + 0.15 * guess.score)), 2), why=guess.why,
    )  # fmt: skip
