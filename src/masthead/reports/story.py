"""Prose to events: one document, read from its first sentence to its last.

For every paragraph: mask, parse, note who is named, who speaks and what is quoted; then every
word that fires a frame becomes an event with its roles, status, speakers, time and place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from masthead import codes
from masthead.model import (
    Actor,
    Attribution,
    Document,
    Event,
    Interval,
    Place,
    Span,
    Status,
    Vessel,
)
from masthead.reports import gazetteer, roles
from masthead.reports.attribution import Frame as SpeechFrame
from masthead.reports.attribution import frames_over, own_frames
from masthead.reports.cast import (
    Cast,
    Mention,
    Spanner,
    all_heads,
    looks_like_ship,
    plain_vessel,
)
from masthead.reports.code import role
from masthead.reports.frames import Frame, classes, frames, lemma, match, names_of
from masthead.reports.mask import Masked, mask
from masthead.reports.parse import BATCH, Parser, Token, Tree
from masthead.reports.quotes import Quote, find_quotes, left_open, quote_at
from masthead.reports.sentences import Paragraph, paragraphs
from masthead.reports.status import carrier, read_status

SHIP_AS_ACTOR = frozenset({"REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONSULT", "AGREE",
                           "SUPPORT", "CONCEDE"})  # fmt: skip
"""Acts in which a ship that is spoken to, or refuses, is an actor."""

PLACED = frozenset({"COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "AID", None})
"""Acts that happen somewhere; the venue of a speech or of talks is not kept as a place."""

PLACE_PREPOSITIONS = frozenset(
    "in off near at inside around through along outside within into to from over across of".split()
)

GROUPS = frozenset("government country nation side state minister leader party capital".split())


@dataclass
class Fired:
    """A trigger with the frame that fired."""

    token: Token
    frame: Frame


@dataclass
class Scene:
    """A paragraph while it is read."""

    paragraph: Paragraph
    masked: Masked
    tree: Tree
    quotes: list[Quote]
    frames: dict[int, Mention] = field(default_factory=dict)

    def span(self, left: int, right: int) -> tuple[Span, str]:
        """The document's span of the words from `left` to `right`, and the text there."""
        first, last = self.tree[left], self.tree[right]
        start = self.masked.start(first.idx)
        end = self.masked.end(last.idx + len(last.text))
        return (start, end), ""


@dataclass(frozen=True)
class Step:
    """What was read at one trigger, for `--explain`."""

    sentence: str
    trigger: str
    rule: str
    event: Event


class Story:
    """One document being read."""

    def __init__(self, document: Document, parser: Parser) -> None:
        self.document = document
        self.parser = parser
        self.cast = Cast(gazetteer.known, document.date)
        self.threads: dict[int, Mention] = {}
        self.doers: list[tuple[str, tuple[Actor, ...]]] = []

    def read(self) -> Iterator[Step]:
        """Every event of the document in order, with the sentence and the rule."""
        batch: list[tuple[Paragraph, Masked]] = []
        last: Quote | None = None
        for paragraph in paragraphs(self.document.text):
            masked = mask(paragraph.text, paragraph.start)
            if masked.text.strip():
                batch.append((paragraph, masked))
            if len(batch) >= BATCH:
                last = yield from self._batch(batch, last)
                batch = []
        yield from self._batch(batch, last)

    def _batch(self, batch: list[tuple[Paragraph, Masked]], last: Quote | None) -> Iterator[Step]:
        trees = self.parser.parse(masked.text for _, masked in batch)
        for (paragraph, masked), tree in zip(batch, trees, strict=True):
            quotes = find_quotes(self.document.text, paragraph, last)
            scene = Scene(paragraph, masked, tree, quotes)
            yield from self._paragraph(scene)
            last = left_open(self.document.text, quotes, paragraph)
        return last

    # --- a paragraph

    def _paragraph(self, scene: Scene) -> Iterator[Step]:
        spanner = self._spanner(scene)
        for sentence in scene.tree.sents:
            for head in all_heads(sentence):
                subject = head.dep_ in roles.SUBJECT | roles.PASSIVE
                self.cast.name(head, spanner, subject=subject)
            self._frames(scene, sentence, spanner)
        for sentence in scene.tree.sents:
            yield from self._sentence(scene, sentence, spanner)

    def _spanner(self, scene: Scene) -> Spanner:
        def spanner(left: int, right: int) -> tuple[Span, str]:
            span, _ = scene.span(left, right)
            return span, self.document.text[span[0] : span[1]]

        return spanner

    def _frames(self, scene: Scene, sentence: Tree, spanner: Spanner) -> None:
        """Name the speaker of each frame of a sentence, and give quotes to their speakers."""
        for frame in own_frames(sentence):
            mention = self._speaker(scene, frame, spanner)
            if mention is None:
                continue
            scene.frames[frame.verb.i] = mention
            at = scene.masked.start(frame.verb.idx)
            start = scene.masked.start(sentence.start_char)
            end = scene.masked.end(sentence.end_char)
            if quote_at(scene.quotes, at) is None:
                self.cast.speaker = mention
                for quote in scene.quotes:
                    if quote.speech and quote.start < end and start < quote.end:
                        self.threads.setdefault(quote.thread, mention)
        for before, quote in zip(scene.quotes, scene.quotes[1:], strict=False):
            if quote.speech and before.thread in self.threads:
                self.threads.setdefault(quote.thread, self.threads[before.thread])

    def _speaker(self, scene: Scene, frame: SpeechFrame, spanner: Spanner) -> Mention | None:
        head = frame.speaker
        if head is None:
            return None
        if head.pos_ == "PRON":
            at = scene.masked.start(head.idx)
            if head.lower_ in ("he", "she") and self.cast.speaker and self.cast.speaker.person:
                return self.cast.speaker
            return self.cast.refer(head, before=at)
        return self.cast.look(head, spanner, subject=True)

    # --- a sentence

    def _sentence(self, scene: Scene, sentence: Tree, spanner: Spanner) -> Iterator[Step]:
        fired = self._fire(sentence)
        events: list[tuple[Event, Fired]] = []
        for item in fired:
            for event in self._events(scene, sentence, item, spanner):
                if not any(_same(event, other) for other, _ in events):
                    events.append((event, item))
        start = scene.masked.start(sentence.start_char)
        end = scene.masked.end(sentence.end_char)
        for event, item in events:
            yield Step(self.document.text[start:end].strip(), item.token.text, event.why, event)

    def _fire(self, sentence: Tree) -> list[Fired]:
        fired: list[Fired] = []
        by_verb: dict[int, Frame] = {}
        for token in sentence:
            if token.pos_ in ("VERB", "AUX"):
                found = match(token, weak=False)
                if found:
                    by_verb[token.i] = found[0]
        for token in sentence:
            found = [by_verb[token.i]] if token.i in by_verb else []
            if token.pos_ not in ("VERB", "AUX"):
                found = match(token, weak=False)
            if not found or (found[0].act is None and found[0].incident is None):
                continue
            frame = found[0]
            if _covered(token, frame, by_verb) or _under_refusal(token, by_verb):
                continue
            fired.append(Fired(token, frame))
        return fired

    def _events(
        self, scene: Scene, sentence: Tree, item: Fired, spanner: Spanner
    ) -> Iterator[Event]:
        token, frame = item.token, item.frame
        act, incident, cameo = frame.act, frame.incident, frame.cameo
        status, status_why = read_status(token)
        if frame.op in ("offered", "planned") and act == "AGREE" and frame.lemma not in AGREEING:
            inner = _offered(token)
            if inner is None:
                return
            act, cameo = inner
            incident = None
            if status is Status.ASSERTED:
                status = Status.OFFERED if frame.op == "offered" else Status.PLANNED
        if frame.op == "claimed":
            status = Status.ASSERTED
        sources = self._actors(scene, token, frame.sources, spanner)
        targets, objects = self._patients(scene, token, frame, act, spanner)
        if not self._solid(token, frame, act, sources, targets, objects, spanner):
            return
        chain = self._chain(scene, token)
        when = self._time(scene, sentence, token)
        where = self._place(scene, sentence, token, act, sources, targets, spanner)
        start, end = self._evidence(scene, sentence, token, frame)
        why = "; ".join(
            part for part in (
                f"{token.text!r}: {frame.name}",
                f"{status.value}: {status_why}" if status_why else "",
                "actor from the governing clause" if any(s.implicit for s in sources) else "",
            ) if part
        )  # fmt: skip
        known = codes.crosswalk().get(cameo or "")
        for one, other in _directions(frame, sources, targets):
            event = Event(
                sense="report", act=act, mode=known.mode if known else None,
                context=known.context if known else (), cameo=cameo, incident=incident,
                sources=one, targets=other, objects=objects, time=when, place=where,
                status=status, attribution=chain, evidence=(self.document.cite(start, end),),
                confidence=_confidence(frame, one, other, objects, status), why=why,
            )  # fmt: skip
            yield event
        self.doers.append((lemma(token), sources))
        self.doers = self.doers[-40:]

    # --- roles

    def _mentions(
        self, scene: Scene, filler: roles.Filler, spanner: Spanner, *, ship: bool = False
    ) -> list[Mention]:
        head = filler.token
        if head.pos_ == "PRON" or head.lower_ in ("its", "their", "his", "her", "our"):
            at = scene.masked.start(head.idx)
            near = scene.masked.start(head.sent.start_char)
            found = (
                (self._aboard(head) if ship and head.dep_ not in roles.SUBJECT else None)
                or self._intra(scene, head, spanner)
                or self.cast.refer(head, before=at, near=near, wants_ship=ship)
            )
            return [found] if found else []
        if self._is_group(head):
            return self._two_sides(head, spanner)
        shared = self._shared_head(head, spanner)
        return shared or [self.cast.look(head, spanner)]

    def _aboard(self, pronoun: Token) -> Mention | None:
        """The ship that an object pronoun goes back to."""
        if pronoun.lower_ not in ("it", "her", "them"):
            return None
        return self.cast.ships[-1] if self.cast.ships else None

    def _intra(self, scene: Scene, pronoun: Token, spanner: Spanner) -> Mention | None:
        """ "The navy said it had …": a subject pronoun goes back to the subject of the clause
        above, or to the speaker of the frame."""
        if pronoun.lower_ in ("we", "i", "us", "our"):
            return self._quoting(scene, pronoun) or self.cast.speaker
        if pronoun.dep_ not in roles.SUBJECT | roles.PASSIVE:
            return None
        node = pronoun.head
        for _ in range(6):
            if node.head == node:
                return None
            node = node.head
            if node.i not in scene.frames:
                above = [c for c in node.children if c.dep_ in roles.SUBJECT | roles.PASSIVE]
                if above and above[0].pos_ in ("NOUN", "PROPN") and pronoun.lower_ == "it":
                    mention = self.cast.look(above[0], spanner)
                    if not mention.person and not mention.plural:
                        return mention
            else:
                speaker = scene.frames[node.i]
                if pronoun.lower_ == "it" and not speaker.person:
                    return speaker
                if pronoun.lower_ in ("he", "she") and speaker.person:
                    return speaker
                if pronoun.lower_ == "they" and speaker.plural and node == pronoun.head.head:
                    return speaker
                return None
        return None

    def _quoting(self, scene: Scene, token: Token) -> Mention | None:
        quote = quote_at(scene.quotes, scene.masked.start(token.idx))
        return self.threads.get(quote.thread) if quote else None

    def _is_group(self, head: Token) -> bool:
        return lemma(head) in GROUPS and any(
            c.lower_ in ("two", "both") and c.dep_ in ("nummod", "det", "amod", "predet")
            for c in head.children
        )

    def _two_sides(self, head: Token, spanner: Spanner) -> list[Mention]:
        mention = self.cast.look(head, spanner)
        sides: dict[str, Mention] = {}
        for earlier in reversed(self.cast.mentions):
            country = earlier.known.country
            if country and country not in sides and earlier.span[0] < mention.span[0]:
                sides[country] = earlier
            if len(sides) == 2:
                break
        if len(sides) < 2:
            return [mention]
        return [_with_known(mention, side) for side in sides.values()]

    def _shared_head(self, head: Token, spanner: Spanner) -> list[Mention]:
        """ "The foreign ministers of Thailand and Vietnam": one of each."""
        if head.tag_ != "NNS":
            return []
        names = [f.token for f in roles.preposition(head, "of")]
        if len(names) < 2:
            return []
        found = [self.cast.look(n, spanner) for n in names]
        return found if all(m.known.country for m in found) else []

    def _actors(
        self, scene: Scene, token: Token, names: tuple[str, ...], spanner: Spanner
    ) -> tuple[Actor, ...]:
        for name in names:
            found: list[Actor] = []
            for filler in role(token, name):
                for mention in self._mentions(scene, filler, spanner):
                    if name == "amod" and not mention.known.country:
                        continue
                    found.append(mention.actor(implicit=filler.carried))
            if found:
                return _unique(found)
        return ()

    def _nobody(self, token: Token, names: tuple[str, ...], spanner: Spanner) -> bool:
        """Whether what does the deed is a thing."""
        for name in names:
            fillers = role(token, name)
            if fillers:
                head = fillers[0].token
                if head.pos_ != "NOUN" or lemma(head) in classes()["document"]:
                    return False
                return not self._actor_like(head, self.cast.look(head, spanner))
        return False

    def _patients(
        self, scene: Scene, token: Token, frame: Frame, act: str | None, spanner: Spanner
    ) -> tuple[tuple[Actor, ...], tuple[Vessel, ...]]:
        targets: list[Actor] = []
        vessels: list[Vessel] = []
        names = tuple(n for n in frame.targets if n not in PLACE_SLOTS)
        fillers = [f for name in names for f in role(token, name)][:6]
        if frame.targets == ("none",) or act == "MOBILIZE":
            fillers += [f for f in role(token, "obj") if looks_like_ship(f.token)]
        elif "obj" not in names and token.pos_ == "VERB" and act not in SHIP_AS_ACTOR:
            fillers += [f for f in role(token, "obj") if looks_like_ship(f.token)]
        wants_ship = frame.incident is not None
        for filler in fillers:
            for mention in self._mentions(scene, filler, spanner, ship=wants_ship):
                as_ship = mention.ship or (wants_ship and filler.token.lower_ in ELLIPTIC)
                if name_is_own(filler.token) and act in ("THREATEN", "REQUEST"):
                    continue
                if as_ship and act in ("ASSAULT", "COERCE") and _warship(filler.token):
                    targets.append(mention.actor(implicit=filler.carried))
                elif as_ship and act not in SHIP_AS_ACTOR:
                    vessels.append(gazetteer.vessel(self.document.text, mention.span)
                                   or plain_vessel(filler.token, mention))  # fmt: skip
                    targets += self._nationality(filler.token, spanner)
                elif self._actor_like(filler.token, mention):
                    targets.append(mention.actor(implicit=filler.carried))
                else:
                    targets += self._behind(filler.token, act, spanner)
            if targets and act not in ("COERCE", "ASSAULT"):
                break
        return _unique(targets), tuple({v.span: v for v in vessels}.values())

    def _nationality(self, head: Token, spanner: Spanner) -> list[Actor]:
        found = []
        for child in head.children:
            if child.dep_ in ("amod", "compound", "poss", "nmod") and child.text[:1].isupper():
                mention = self.cast.look(child, spanner)
                if mention.known.country:
                    found.append(mention.actor())
        return found

    def _actor_like(self, head: Token, mention: Mention) -> bool:
        known = mention.known
        if head.pos_ == "NOUN" and (lemma(head), "n") in frames() and not mention.ship:
            return False
        if known.country or known.sector or mention.person or mention.ship:
            return True
        if lemma(head) in ABSTRACT:
            return False
        people = classes()["person"] | classes()["troop"] | classes()["crew"]
        return head.pos_ == "PROPN" or bool(names_of(head) & people)

    def _behind(self, head: Token, act: str | None, spanner: Spanner) -> list[Actor]:
        """Who stands behind a thing: "Portugal's decision", "the Argentine account", or the one
        who did "the seizure" or made "the charge"."""
        if head.pos_ == "PRON":
            return []
        for name in ("poss", "by", "from", "of"):
            for filler in role(head, name):
                mention = self.cast.look(filler.token, spanner)
                if filler.token.pos_ == "PRON":
                    continue
                if self._actor_like(filler.token, mention) and not mention.ship:
                    others = [self.cast.look(f.token, spanner) for f in role(head, name)]
                    return [m.actor() for m in others]
        for child in head.children:
            if child.dep_ in ("amod", "compound") and child.text[:1].isupper():
                mention = self.cast.look(child, spanner)
                if mention.known.country:
                    return [mention.actor()]
        if act in ("ACCUSE", "REJECT", "SUPPORT"):
            kinds = BACK_REFERENCES.get(lemma(head), frozenset({lemma(head)}))
            for word, sources in reversed(self.doers):
                if word in kinds and sources:
                    return [_implicit(a) for a in sources[:1]]
        return []

    def _solid(
        self, token: Token, frame: Frame, act: str | None,
        sources: tuple[Actor, ...], targets: tuple[Actor, ...], objects: tuple[Vessel, ...],
        spanner: Spanner,
    ) -> bool:  # fmt: skip
        """No event rather than a wild guess: somebody must do it or suffer it."""
        if not sources:
            if act in SHIP_AS_ACTOR:
                return False
            verbal = token.pos_ in ("VERB", "AUX") and frame.incident == "attack"
            return (
                bool(objects or targets)
                or verbal
                or frame.incident == "gnss_interference"
                or (frame.incident == "blockade" and token.dep_ in ("nsubj", "nsubjpass", "dobj"))
            )
        if token.dep_ == "pcomp" and token.head.lower_ == "without":
            return False
        if self._nobody(token, frame.sources, spanner):
            return False
        if act in ("COERCE", "ASSAULT") and frame.incident is None:
            return bool(targets or objects)
        return True

    # --- speakers, time, place, evidence

    def _chain(self, scene: Scene, token: Token) -> tuple[Attribution, ...]:
        links: list[Attribution] = []
        at = scene.masked.start(token.idx)
        quote = quote_at(scene.quotes, at)
        for frame in frames_over(token):
            mention = scene.frames.get(frame.verb.i)
            if mention is None or frame.verb.i == token.i:
                continue
            channel = None
            if frame.channel:
                span, _ = scene.span(*frame.channel)
                channel = self.document.text[span[0] : span[1]]
            outside = quote is not None and not (
                quote.start <= scene.masked.start(frame.verb.idx) < quote.end
            )
            links.append(_link(mention, frame.wording, channel, outside))
        if quote is not None and quote.thread in self.threads:
            speaker = self.threads[quote.thread]
            if not any(link.who == speaker.text for link in links):
                links.insert(0, _link(speaker, None, None, True))
        return tuple(links)

    def _time(self, scene: Scene, sentence: Tree, token: Token) -> Interval | None:
        if self.document.date is None:
            return None
        start = scene.masked.start(sentence.start_char)
        end = scene.masked.end(sentence.end_char)
        verb = carrier(token)
        for (left, right), interval in gazetteer.dates(
            self.document.text[start:end], self.document.date, _tense(verb)
        ):
            holder = _holder(scene, start + left, start + right, {token.i, verb.i})
            if holder is not None:
                return interval
        return None

    def _place(
        self, scene: Scene, sentence: Tree, token: Token, act: str | None,
        sources: tuple[Actor, ...], targets: tuple[Actor, ...], spanner: Spanner,
    ) -> Place | None:  # fmt: skip
        if act not in PLACED:
            return None
        verb = carrier(token)
        taken = [a.span for a in (*sources, *targets) if a.span]
        hosts = [token, verb] + [f.token for f in roles.objects(verb)]
        for host in hosts:
            for child in host.children:
                if child.dep_ not in ("prep", "advmod") or child.i < host.i:
                    continue
                head = _place_head(child)
                if head is None:
                    continue
                span, _ = scene.span(
                    child.i,
                    max(
                        head.i,
                        *(
                            c.i
                            for c in head.subtree
                            if c.dep_ in ("compound", "pobj", "nmod") and c.i < head.i + 6
                        ),
                    ),
                )
                if any(s[0] <= span[0] < s[1] or span[0] <= s[0] < span[1] for s in taken):
                    continue
                text = self.document.text[span[0] : span[1]]
                return gazetteer.place(text) or Place(text=text)
        return None

    def _evidence(self, scene: Scene, sentence: Tree, token: Token, frame: Frame) -> Span:
        words = {token.i}
        verb = carrier(token)
        if verb != token and token.dep_ in ("dobj", "nsubjpass"):
            words.add(verb.i)
        for name in (*frame.sources, *frame.targets):
            for filler in role(token, name):
                if not filler.carried and sentence.start <= filler.token.i < sentence.end:
                    words.add(filler.token.i)
                    words.add(filler.token.left_edge.i)
        for child in token.children:
            if child.dep_ in ("aux", "auxpass", "neg", "prt", "dobj", "agent", "nsubjpass"):
                words.add(child.i)
        inside = [i for i in words if sentence.start <= i < sentence.end]
        span, _ = scene.span(min(inside), max(inside))
        return span


PLACE_SLOTS = frozenset({"in", "near", "around"})
"""Slots that say where, not to whom; `code` uses them because it is told the target."""


def name_is_own(head: Token) -> bool:
    """Whether a noun is the doer's own ("its ships")."""
    return any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children)


def _warship(head: Token) -> bool:
    """Whether a ship is a state's force: it is a target, not an object."""
    return bool(names_of(head) & classes()["warship"])


AGREEING = frozenset({"agree", "consent", "assent", "commit", "accept"})

ELLIPTIC = frozenset({"one", "third", "another", "two", "three", "it", "her", "them", "other"})

ABSTRACT = frozenset(
    """rate price market moment report decision plan resolution law measure supplier competitor
    move statement storm wind accident fire engine weather news tension crisis war situation year
    time day data study figure result demand item session""".split()
)
"""Nouns that do nothing to anybody."""

BACK_REFERENCES = {
    "charge": frozenset({"accuse", "charge", "allege", "claim", "say"}),
    "accusation": frozenset({"accuse", "charge", "allege", "claim"}),
    "allegation": frozenset({"allege", "accuse", "claim"}),
    "label": frozenset({"claim", "call", "allege", "brand"}),
    "request": frozenset({"ask", "request", "urge", "call", "appeal"}),
    "demand": frozenset({"demand", "call", "ask"}),
    "offer": frozenset({"offer", "propose"}),
    "measure": frozenset({"quarantine", "blockade", "impose", "ban", "close"}),
    "closure": frozenset({"close", "blockade", "shut"}),
    "vote": frozenset({"call", "adopt", "ask", "vote"}),
    "resolution": frozenset({"call", "adopt", "ask"}),
    "move": frozenset({"blockade", "seize", "close", "impose"}),
}


def _offered(token: Token) -> tuple[str, str] | None:
    """What is offered or pledged by a noun: talks, or help."""
    for filler in roles.objects(token) + roles.datives(token):
        names = names_of(filler.token)
        if names & classes()["talk"] or "mediation" in names:
            return "CONSULT", "040"
        if names & (
            classes()["aid"] | classes()["ship"] | classes()["troop"] | classes()["aircraft"]
        ):
            return "AID", "070"
    return None


def _covered(token: Token, frame: Frame, by_verb: dict[int, Frame]) -> bool:
    """Whether a noun of doing is told already by the verb it is the object of."""
    if frame.pos != "n" or token.dep_ not in ("dobj", "nsubjpass", "pobj"):
        return False
    verb = carrier(token)
    above = by_verb.get(verb.i)
    if above is None:
        return False
    taken = any(
        test.slot == "obj" and test.words and lemma(token) in test.words for test in above.tests
    )
    return taken or (above.act == frame.act and above.op is None)


def _under_refusal(token: Token, by_verb: dict[int, Frame]) -> bool:
    """Whether a verb is only what somebody refuses to do."""
    if token.dep_ not in ("xcomp", "ccomp"):
        return False
    above = by_verb.get(token.head.i)
    return above is not None and above.act == "REJECT" and above.op == "negated"


def _directions(
    frame: Frame, sources: tuple[Actor, ...], targets: tuple[Actor, ...]
) -> list[tuple[tuple[Actor, ...], tuple[Actor, ...]]]:
    """One way, or both ways for what two do together."""
    if "recip" not in frame.flags:
        return [(sources, targets)]
    if targets and sources:
        return [(sources, targets), (targets, sources)]
    if len(sources) > 1:
        return [
            ((one,), tuple(o for o in sources if o is not one)) for one in sources
        ]  # fmt: skip
    return [(sources, targets)]


def _unique(actors: list[Actor]) -> tuple[Actor, ...]:
    return tuple({(a.span, a.country): a for a in actors}.values())


def _implicit(actor: Actor) -> Actor:
    return Actor(text=actor.text, name=actor.name, country=actor.country, sector=actor.sector,
                 span=actor.span, implicit=True)  # fmt: skip


def _with_known(mention: Mention, side: Mention) -> Mention:
    return Mention(mention.text, mention.span, mention.head, mention.heads, side.known,
                   False, False, False)  # fmt: skip


def _link(mention: Mention, verb: str | None, channel: str | None, quoted: bool) -> Attribution:
    return Attribution(
        who=mention.text, country=mention.known.country, sector=mention.known.sector,
        channel=channel, verb=verb, quoted=quoted, span=mention.span,
    )  # fmt: skip


def _same(one: Event, other: Event) -> bool:
    """Whether two readings of a sentence tell the same deed."""
    if (one.act, one.incident) != (other.act, other.incident):
        return False
    if one.sources != other.sources or one.status is not other.status:
        return False
    a, b = one.evidence[0], other.evidence[0]
    overlap = a.start < b.end and b.start < a.end  # type: ignore[union-attr, operator]
    return overlap and (one.targets, one.objects) == (other.targets, other.objects)


def _tense(verb: Token) -> str | None:
    if any(c.dep_ == "aux" and c.lower_ in ("will", "would", "shall", "to") for c in verb.children):
        return "future"
    return "past" if verb.tag_ in ("VBD", "VBN") else None


def _holder(scene: Scene, start: int, end: int, wanted: set[int]) -> Token | None:
    """The trigger or its verb, if the words of a date hang on it."""
    for token in scene.tree:
        if token.is_space:
            continue
        at = scene.masked.start(token.idx)
        if not start <= at < end:
            continue
        node = token
        for _ in range(8):
            if node.i in wanted:
                return node
            if node.pos_ in ("VERB", "AUX") and node.i not in wanted:
                return None
            if node.head == node:
                return None
            node = node.head
        return None
    return None


def _place_head(preposition: Token) -> Token | None:
    """The noun of a prepositional phrase that says where: a name or a kind of water or land."""
    if preposition.dep_ == "advmod":
        inner = [c for c in preposition.children if c.dep_ == "prep" and c.lower_ == "of"]
        if preposition.lower_ in ("south", "north", "east", "west", "southeast", "southwest",
                                  "northeast", "northwest") and inner:  # fmt: skip
            return next((c for c in inner[0].children if c.dep_ == "pobj"), None)
        return None
    if preposition.lower_ not in PLACE_PREPOSITIONS or preposition.lower_ in ("to", "from", "of"):
        return None
    for child in preposition.children:
        if child.dep_ == "pobj" and (
            lemma(child) in classes()["geography"]
            or (child.pos_ == "PROPN" and child.lower_ not in _NOT_PLACES)
        ):
            return child
    return None


_NOT_PLACES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)


def _confidence(
    frame: Frame, sources: tuple[Actor, ...], targets: tuple[Actor, ...],
    objects: tuple[Vessel, ...], status: Status,
) -> float:  # fmt: skip
    """How sure the reading is: a frame with tests, roles that are named and known."""
    value = 0.5 + 0.05 * min(3, len(frame.tests))
    value += 0.1 * any(a.country for a in sources) + 0.05 * bool(sources)
    value += 0.1 * bool(targets or objects)
    value -= 0.1 * any(a.implicit for a in sources)
    value -= 0.05 * (frame.pos == "n")
    return round(min(0.95, max(0.1, value)), 2)
