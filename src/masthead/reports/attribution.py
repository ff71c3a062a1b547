"""Who says so: the chain of speakers over a deed, outermost first.

A link is a verb of saying with its speaker over the clause that holds the deed, "according to X",
an inserted "X said", or the quote that the deed stands in. Each keeps the verb, the channel ("told
state television", "by e-mail", "on Twitter") and whether the words are quoted.
"""

from __future__ import annotations

from dataclasses import dataclass

from masthead.reports import roles
from masthead.reports.frames import lemma
from masthead.reports.parse import Sentence, Token, children
from masthead.reports.words import classes

INSERTED = frozenset({"parataxis", "ccomp", "advcl", "ROOT", "conj", "dep", "relcl"})


@dataclass(frozen=True)
class Frame:
    """A verb of saying (or "according to") with its speaker, where its words name one."""

    verb: Token
    speaker: Token | None
    channel: tuple[int, int] | None
    wording: str


REFUTING = frozenset({"dismiss", "reject", "refute", "rebut", "contradict", "rubbish"})
"""Verbs that say something only with a report or a charge for their object."""


def speech_frame(verb: Token, *, refuting: bool = False) -> Frame | None:
    """The frame of a verb of saying (or of refuting a report), if it is one and has a speaker."""
    says = lemma(verb) in classes()["speech"] or (refuting and lemma(verb) in REFUTING)
    if verb.pos_ != "VERB" or not says:
        return None
    speakers = [f for f in roles.subjects(verb) if not f.carried] or roles.subjects(verb)
    if not speakers:
        return None
    return Frame(verb, speakers[0].token, channel_of(verb), verb.text)


def according_frame(word: Token) -> Frame | None:
    """The frame of "according to X"."""
    if word.lower_ != "according":
        return None
    for child in children(word):
        if child.lower_ == "to":
            named = [c for c in children(child) if c.dep_ == "pobj"]
            if named:
                return Frame(word, named[0], None, "according to")
    named = [c for c in children(word) if c.dep_ == "pobj"]
    return Frame(word, named[0], None, "according to") if named else None


def channel_of(verb: Token) -> tuple[int, int] | None:
    """The medium of a verb of saying: first and last word."""
    media = classes()["channel"]
    for filler in roles.objects(verb):
        if lemma(filler.token) in media:
            return _phrase(filler.token)
    for child in children(verb):
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in (
            "on",
            "by",
            "in",
            "to",
            "via",
            "through",
            "over",
        ):
            for below in children(child):
                if below.dep_ == "pobj" and (lemma(below) in media or below.lower_ in media):
                    return _phrase(below)
    return None


def _phrase(head: Token) -> tuple[int, int]:
    left = min([head.i, *(c.left_edge.i for c in children(head) if c.i < head.i)])
    right = max([head.i, *(c.i for c in children(head) if c.dep_ == "appos")])
    return left, right


def _reported(head: Token, node: Token) -> bool:
    """ "Denied reports that …": the clause hangs on the noun, the noun on the verb."""
    above = head.head if head.dep_ == "prep" and head.lower_ == "as" else head
    return bool(node.dep_ in ("dobj", "pobj") and lemma(node) in classes()["charge"]
                and lemma(above) in classes()["speech"] | REFUTING)  # fmt: skip


def frames_over(trigger: Token) -> list[Frame]:
    """The frames of a sentence over a trigger, outermost first."""
    found: list[Frame] = []
    node = trigger
    for _ in range(25):
        head = node.head
        for child in children(node):
            frame = according_frame(child) if child.i != trigger.i else None
            if (
                frame is None
                and child.dep_ in ("parataxis", "ccomp", "conj")
                and _inserted(child, node)
            ):
                frame = speech_frame(child)
            if frame is not None and frame not in found:
                found.insert(0, frame)
        if head == node or _another_voice(node):
            break
        if (
            (node.dep_ in ("ccomp", "parataxis", "csubj") and not _is_inserted_host(head, node))
            or (node != trigger and _reported(head, node))
            or (node.dep_ == "xcomp" and lemma(head) in ("deny", "admit", "claim", "acknowledge"))
            or (
                node.dep_ == "advcl"
                and lemma(head) in classes()["speech"]
                and _quoted_before(head, node)
            )
        ):
            frame = speech_frame(head.head if head.dep_ == "prep" else head, refuting=True)
            if frame is not None:
                found.insert(0, frame)
        node = head
    return found


def _another_voice(verb: Token) -> bool:
    """Whether a clause stands beside what somebody said and not in it: "…, while the president
    warned …" tells by itself who speaks."""
    if verb.dep_ != "advcl" or lemma(verb) not in classes()["speech"]:
        return False
    below = children(verb)
    beside = any(c.lower_ in BESIDE and c.dep_ in ("mark", "advmod") for c in below)
    return beside and any(c.dep_ in roles.SUBJECT for c in below)


BESIDE = frozenset({"while", "whereas", "whilst"})


def _inserted(verb: Token, host: Token) -> bool:
    """Whether "they said" stands inside or after its own sentence as an insertion."""
    if lemma(verb) not in classes()["speech"]:
        return False
    if any(c.dep_ in ("ccomp", "xcomp", "dobj", "mark") for c in children(verb)):
        return False
    if verb.dep_ == "conj" and any(c.dep_ == "cc" and c.i > host.i for c in children(host)):
        return False
    for child in children(verb):
        if child.dep_ in roles.SUBJECT:
            before = child.left_edge.i - 1
            return before >= 0 and verb.doc[before].text in (",", "--", "-", "–", "—", '"', "”")
    return False


def _is_inserted_host(head: Token, node: Token) -> bool:
    """A clause hung on its own insertion the wrong way round."""
    return _inserted(node, head)


def _quoted_before(head: Token, node: Token) -> bool:
    return bool(node.i < head.i and not any(c.dep_ == "mark" for c in children(node)))


def own_frames(sentence: Sentence) -> list[Frame]:
    """Every frame of a sentence that can be the frame of a quote."""
    found = []
    for token in sentence:
        if token.pos_ != "VERB" and token.lower_ != "according":
            continue
        refuting = any(_reported(token, child) for child in children(token))
        frame = speech_frame(token, refuting=refuting) or according_frame(token)
        if frame is not None:
            found.append(frame)
    return found
