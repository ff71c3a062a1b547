"""Round a deed: who says so, when, where, and which words show it."""

from __future__ import annotations

from dataclasses import replace

from masthead.model import Attribution, Interval, Place, Span
from masthead.reports import gazetteer, roles
from masthead.reports.attribution import frames_over
from masthead.reports.frames import Frame, lemma
from masthead.reports.parse import Sentence, Token, children
from masthead.reports.phrases import Mention
from masthead.reports.quotes import quote_at
from masthead.reports.scene import Scene
from masthead.reports.slots import role
from masthead.reports.status import auxiliaries, carrier
from masthead.reports.words import classes

PLACED = frozenset({"COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "AID", None})
"""Acts that happen somewhere; the venue of a speech or of talks is not kept as a place."""

BOUND_FOR = frozenset({"deployment", "diversion", "seizure", "escort"})
"""Incidents whose place is also where the ship is taken or sent."""

WHERE = classes()["where"]
WHITHER = frozenset({"to", "into", "toward", "towards"})
COMPASS = classes()["compass"]


def chain(scene: Scene, token: Token) -> tuple[Attribution, ...]:
    """Who says so, outermost first."""
    links: list[Attribution] = []
    quote = quote_at(scene.quotes, scene.at(token))
    for frame in frames_over(token):
        mention = scene.frames.get(frame.verb.i)
        if mention is None or frame.verb.i == token.i:
            continue
        channel = None
        if frame.channel:
            channel = scene.named(*frame.channel)[1]
        at = scene.at(frame.verb)
        outside = quote is not None and not quote.start <= at < quote.end
        links.append(_link(mention, frame.wording, channel, outside))
    if quote is not None and quote.thread in scene.threads:
        speaker = scene.threads[quote.thread]
        if not any(link.who == speaker.text for link in links):
            channel = scene.channels.get(quote.thread)
            links.insert(0, _link(speaker, None, channel, True))
    spoken = scene.spoken
    if spoken is not None and not any(link.who == spoken.text for link in links):
        links.insert(0, _link(spoken, None, None, True))
    return tuple(links)


def _link(mention: Mention, verb: str | None, channel: str | None, quoted: bool) -> Attribution:
    return Attribution(
        who=mention.text, country=mention.known.country, sector=mention.known.sector,
        channel=channel, verb=verb, quoted=quoted, span=mention.span,
    )  # fmt: skip


def time_of(scene: Scene, sentence: Sentence, token: Token) -> Interval | None:
    """The date that hangs on the trigger or on the verb that carries it."""
    document = scene.document
    if document.date is None:
        return None
    start, end = scene.of(sentence)
    verb = carrier(token)
    wanted = {token.i, verb.i}
    for (left, right), interval in gazetteer.dates(
        document.text[start:end], document.date, _tense(verb)
    ):
        if _hangs_on(scene, sentence, start + left, start + right, wanted):
            return interval
    return None


TRYING = frozenset({"try", "attempt", "fail", "manage", "struggle", "refuse", "decline", "begin",
                    "start", "force", "order", "compel"})  # fmt: skip


def _tense(verb: Token) -> str | None:
    if verb.dep_ == "xcomp" and lemma(verb.head) in TRYING and verb.head.tag_ in ("VBD", "VBN"):
        return "past"  # "tried to board it on Sunday"
    if any(a in ("will", "would", "shall", "to", "'ll") for a in auxiliaries(verb)):
        return "future"
    return "past" if verb.tag_ in ("VBD", "VBN") else None


def _hangs_on(scene: Scene, sentence: Sentence, start: int, end: int, wanted: set[int]) -> bool:
    """Whether the words of a date hang on one of the wanted words, no other verb between."""
    for token in sentence:
        if token.is_space or not start <= scene.at(token) < end:
            continue
        node = token
        for _ in range(8):
            if node.i in wanted:
                return True
            reduced = node.dep_ == "acl" and node.tag_ == "VBG"  # "a ship carrying oil on Sunday"
            part = _part_of_deed(node, token)
            if (node.pos_ in ("VERB", "AUX") and not (reduced or part)) or node.head == node:
                return False
            node = node.head
        return False
    return False


LETTING = frozenset({"allow", "let", "permit", "force", "compel", "oblige", "make", "enable"})


def _part_of_deed(verb: Token, date: Token) -> bool:
    """Whether a verb is of one deed with the verb above it, so that a date after it is of both:
    "allowed the ship to sail on Sunday", "boarded the ship and searched its holds on Sunday"."""
    above = verb.head
    if verb.dep_ in ("xcomp", "ccomp") and lemma(above) in LETTING:
        return True
    own = any(c.dep_ in roles.SUBJECT | roles.PASSIVE for c in children(verb))
    return verb.dep_ == "conj" and above.pos_ == "VERB" and not own and date.i > verb.i


def place_of(
    scene: Scene, token: Token, act: str | None, incident: str | None, taken: list[Span]
) -> Place | None:
    """Where the deed is: a prepositional phrase of place on the trigger, its verb, or its object.
    `taken` are the spans of the roles, which are nobody's place."""
    if act not in PLACED:
        return None
    verb = carrier(token)
    hosts = [token, verb, *(f.token for f in roles.objects(verb))]
    hosts += [f.token for f in roles.agents(verb)]
    hosts += [c for h in (token, verb) for p in children(h) if p.dep_ == "prep" and p.lower_ == "on"
              for c in children(p) if c.dep_ == "pobj"]  # fmt: skip
    if lemma(verb) in classes()["over_water"]:
        for filler in roles.objects(verb):
            if lemma(filler.token) in classes()["geography"] or filler.token.pos_ == "PROPN":
                span = scene.span(filler.token.left_edge.i, _right(filler.token))
                if not any(s[0] < span[1] and span[0] < s[1] for s in taken):
                    text = scene.document.text[span[0] : span[1]]
                    return gazetteer.place(text) or Place(text=text)
    names = WHERE | WHITHER if incident in BOUND_FOR or act == "MOBILIZE" else WHERE
    if incident == "diversion":
        hosts += [c for c in children(verb) if c.dep_ in ("xcomp", "ccomp")]
    for host in hosts:
        for child in children(host):
            if child.i < host.i and child.dep_ != "advmod":
                continue
            head = _place_head(child, names)
            if head is None:
                continue
            span = scene.span(_left(child), _right(head))
            if any(s[0] < span[1] and span[0] < s[1] for s in taken):
                continue
            text = scene.document.text[span[0] : span[1]]
            return gazetteer.place(text) or Place(text=text)
    return _named_place(scene, token, {h.i for h in hosts}, names, taken)


def _named_place(
    scene: Scene, token: Token, wanted: set[int], names: frozenset[str], taken: list[Span]
) -> Place | None:
    """A place of the gazetteer in the sentence, after a preposition of place or as a bearing, that
    hangs on one of the wanted words however the parser put it together."""
    start, end = scene.of(token.sent)
    text = scene.document.text[start:end]
    for (left, right), place in gazetteer.places(text):
        span = (start + left, start + right)
        if any(s[0] < span[1] and span[0] < s[1] for s in taken):
            continue
        before = text[:left].split()
        article = 2 if before and before[-1].lower() == "the" else 1
        word = before[-article].lower() if len(before) >= article else ""
        if not (text[left].isdigit() or word in names):
            continue
        if _hangs_on(scene, token.sent, *span, wanted):
            begin = left if text[left].isdigit() else text.rfind(before[-article], 0, left)
            return replace(place, text=text[begin:right])
    return None


def _left(preposition: Token) -> int:
    """A bearing keeps its distance: "35 nm SW of Brass"."""
    left = min([preposition.i, *(c.left_edge.i for c in children(preposition))])
    return int(left)


def _right(head: Token) -> int:
    right = head.i
    for child in children(head):
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == right + 1:
            right = max([right, *(c.i for c in children(child) if c.dep_ == "pobj")])
    return int(right)


def _place_head(word: Token, names: frozenset[str]) -> Token | None:
    """The noun of a phrase that says where: a name, or a kind of water or land."""
    if word.lower_ in COMPASS and word.dep_ in ("advmod", "npadvmod", "dobj", "prep"):
        for child in children(word):
            if child.lower_ == "of":
                return next((c for c in children(child) if c.dep_ == "pobj"), None)
        return None
    if word.dep_ != "prep" or word.lower_ not in names:
        return None
    for child in children(word):
        if child.dep_ != "pobj" or roles.is_temporal(child):
            continue
        if child.pos_ == "NOUN" and not children(child):
            continue  # "into port" names no place
        if lemma(child) in classes()["geography"] or child.lower_ in classes()["geography"]:
            return child
        if child.pos_ == "PROPN":
            return child
        if child.lower_ in COMPASS and word.lower_ == "to":
            return child
    return None


def evidence_of(scene: Scene, sentence: Sentence, token: Token, frame: Frame) -> Span:
    """The words that show the deed: the trigger, the verb that carries it, and the roles that
    its own clause names."""
    words = {token.i}
    verb = carrier(token)
    if verb != token and token.dep_ in ("dobj", "nsubjpass"):
        words.add(verb.i)
    for name in (*frame.sources, *frame.targets):
        for filler in role(token, name):
            if not filler.carried and sentence.start <= filler.token.i < sentence.end:
                words |= {filler.token.i, filler.token.left_edge.i}
    for child in children(token):
        if child.dep_ in ("aux", "auxpass", "neg", "prt", "dobj", "agent", "nsubjpass"):
            words.add(child.i)
    inside = [i for i in words if sentence.start <= i < sentence.end]
    return scene.span(min(inside), max(inside))
