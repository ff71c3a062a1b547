"""Prose to events: one document, read from its first sentence to its last.

For every paragraph: mask, parse, note who is named, who speaks and what is quoted; then every
word that fires a frame becomes an event with its roles, status, speakers, time and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from masthead import codes
from masthead.model import Actor, Document, Event, Reject, Sense, Span, Status, TextSpan
from masthead.reports import gazetteer, roles
from masthead.reports.abbreviations import abbreviations
from masthead.reports.attribution import Frame as SpeechFrame
from masthead.reports.attribution import own_frames
from masthead.reports.cast import Cast
from masthead.reports.confidence import signs
from masthead.reports.frames import lemma, names_of
from masthead.reports.given_names import may_be
from masthead.reports.mask import dateline
from masthead.reports.offices import left_out, of_several
from masthead.reports.parse import Sentence, Token, Tree
from masthead.reports.parties import Parties
from masthead.reports.phrases import Known, Mention, all_heads
from masthead.reports.pieces import Piece
from masthead.reports.pronouns import NEARBY, refer
from masthead.reports.quotes import Quote, find_quotes, left_open, quote_at
from masthead.reports.references import part_of
from masthead.reports.retag import mend
from masthead.reports.scene import Fired, Scene, Step
from masthead.reports.sentences import Paragraph
from masthead.reports.setting import chain, evidence_of, place_of, time_of
from masthead.reports.solid import of_blockade, own_affair, solid
from masthead.reports.status import read_status
from masthead.reports.triggers import fire
from masthead.reports.voices import (
    heading_lines,
    issuer_of,
    section_label,
    setting_of,
    turns,
    usual_case,
)
from masthead.reports.words import classes

OFFICIAL = frozenset({"GOV", "MIL", "LEG", "COP"})

OFFICE_WORD = re.compile(
    r"\b(?:ministry|department|headquarters|navy|coast ?guard|command|government|embassy|"
    r"presidency|republic of|kingdom of|state of|parliament|house of|senate|assembly|directorate|"
    r"authority|police|office of|prime minister)\b",
    re.I,
)
"""What makes a line of a heading the name of an office."""

AGREEING = frozenset({"agree", "consent", "assent", "commit", "accept"})
"""Verbs of agreement, which are an act themselves; "offer" and "pledge" only give the deed below
them its status."""


RECOGNISING = frozenset({"recognise", "recognize", "acknowledge", "accept"})
"""Verbs of which not to do it is to refuse."""


QUOTED = re.compile('["“][^"“”]*["”]')
OURS = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
"""What shows, outside quotes, that a document is somebody's own statement."""

NAMED = re.compile(r"\b(?!The\b|An?\b)[A-ZÀ-Þ]")
"""A capital in a phrase, but for its article's."""

UNTOLD = (Status.ASSERTED, Status.ONGOING)


class Story:
    """One document being read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cast = Cast(gazetteer.known, document.date)
        self.cast.short = abbreviations(document.text)
        self.cast.voice = _voice(document)
        found = turns(document.text)
        self.turns = {turn.begins: turn for turn in found}
        self.spoken: Mention | None = None
        city = dateline(document.text)
        minutes = bool(city and OFFICE_WORD.search(city))
        if minutes:
            city = None  # "HOUSE OF COMMONS - URGENT QUESTION": nobody speaks as "we"
        town = gazetteer.known(city.title(), document.date) if city else Known()
        seat = town.country if town.sector == "GOV" else None
        headed = _heading_home(document)
        self.cast.home = seat or self.cast.voice or headed
        if headed is not None and not city and not found:
            self.cast.voice = self.cast.voice or headed
            self.cast.seen.add(headed)
        self.cast.filed = town.country if town.kind in ("place", "capital") else None
        if not minutes:
            self._headed()
        if not (city or self.cast.voice or self.cast.home or self.cast.issuer):
            self.cast.setting = setting_of(document)
        self.parties = Parties(document, self.cast)
        self.threads: dict[int, Mention] = {}
        self.channels: dict[int, str] = {}
        self.before: Quote | None = None
        self.rejects: list[Reject] = []
        self.ours = city is None and bool(OURS.search(QUOTED.sub("", document.text)))
        self.cast.ours = self.ours and not self.turns

    def read(self, parsed: Iterable[tuple[Piece, Tree]]) -> Iterator[Step]:
        """Every event of the document in order, with the sentence and the rule. `parsed`: its
        pieces with their trees."""
        last: Quote | None = None
        for piece, tree in parsed:
            paragraph = piece.paragraph
            mend(tree)
            quotes = find_quotes(self.document.text, paragraph, last)
            self._turn(paragraph)
            self._section(paragraph)
            scene = Scene(
                self.document, paragraph, piece.masked, tree, quotes, self.threads, piece.ships,
                self.channels, spoken=self.spoken,
            )  # fmt: skip
            tree.warships = scene.warships()
            self.cast.turn(paragraph.start, scene.at, scene.afloat, scene.navy)
            self.parties.fleet.meet(piece.ships)
            for sentence in tree.sents:
                for head in all_heads(sentence):
                    subject = head.dep_ in roles.SUBJECT | roles.PASSIVE
                    mention = self.cast.name(head, scene.named, subject=subject)
                    self._issued(head, mention)
                self._speakers(scene, sentence)
            self._goes_on(paragraph, quotes)
            for sentence in tree.sents:
                yield from self._guarded(scene, sentence)
            last = left_open(self.document.text, quotes, paragraph)
            self.before = quotes[-1] if quotes and quotes[-1].speech else None

    def _headed(self) -> None:
        """The office that the heading of a statement names speaks in it as "we"."""
        span = issuer_of(self.document.text) or self._office_line()
        if span is None:
            return
        who = self.document.text[span[0] : span[1]]
        known = gazetteer.known(who, self.document.date)
        if known.country is None and self.cast.voice is not None:
            known = replace(known, country=self.cast.voice, sector=known.sector or "GOV")
        if known.country or known.sector:
            self.cast.issuer = _office(who, span, known)
            self.cast.voice = self.cast.voice or known.country
            self.cast.home = self.cast.home or known.country

    def _office_line(self) -> Span | None:
        """The line of the heading that names an office of the state whose statement it is."""
        if self.cast.voice is None or self.turns:
            return None
        for at, line in heading_lines(self.document.text):
            known = gazetteer.known(usual_case(line.strip(" :,")), self.document.date)
            if OFFICE_WORD.search(line) and known.country in (None, self.cast.voice):
                return at, at + len(line)
        return None

    def _turn(self, paragraph: Paragraph) -> None:
        """In a transcript, whoever has the word speaks as "we"; who asks does not."""
        turn = self.turns.get(paragraph.start)
        if turn is None:
            return
        if turn.asked:
            self.spoken = self.cast.issuer = None
            return
        surname = turn.who.split()[-1].lower()
        before = self.cast.surnames.get(surname)
        title, comma, _ = turn.who.rpartition(",")
        known = before.known if before else Known()
        if comma:  # "Spokesperson, Ms Vale": whose spokesperson, not what else is called Vale
            known = gazetteer.known(title, self.document.date)
        if known.country is None:
            known = replace(known, country=self.cast.home, sector=known.sector or "GOV")
        mention = _office(turn.who, turn.span, known, person=True)
        self.cast.surnames.setdefault(surname, mention)
        self.spoken = self.cast.issuer = mention

    def _section(self, paragraph: Paragraph) -> None:
        """A paragraph that begins with the name of a state is of it, and so are those after it."""
        label = section_label(self.document.text, paragraph.start)
        if label:
            known = gazetteer.known(label.title(), self.document.date)
            named = known.kind in ("country", "capital", "place")
            self.cast.section = known.country if named else None

    def _issued(self, head: Token, mention: Mention) -> None:
        """Whoever the first sentence of a statement is about speaks in it as "we"."""
        if self.cast.issuer is None and head.dep_ in roles.SUBJECT and self.ours:
            office = lemma(head) in classes()["organisation"] or head.pos_ == "PROPN"
            says = lemma(head.head) in classes()["issuing"]
            medium = lemma(head) in classes()["channel"]
            if office and says and not (mention.person or mention.ship or medium):
                self.cast.issuer = mention
                self.cast.home = self.cast.home or mention.known.country

    # --- speakers

    def _speakers(self, scene: Scene, sentence: Sentence) -> None:
        """Name the speaker of each frame of a sentence, and give quotes to their speakers."""
        start, end = scene.of(sentence)
        for frame in own_frames(sentence):
            mention = self._speaker(scene, frame)
            if mention is None:
                continue
            scene.frames[frame.verb.i] = mention
            if quote_at(scene.quotes, scene.at(frame.verb)) is not None:
                continue
            self.cast.speaker = mention
            for quote in scene.quotes:
                if quote.speech and quote.start < end and start < quote.end:
                    self.threads.setdefault(quote.thread, mention)
                    if frame.channel:
                        self.channels.setdefault(quote.thread, scene.named(*frame.channel)[1])
        for before, quote in zip(scene.quotes, scene.quotes[1:], strict=False):
            if quote.speech and before.thread in self.threads:
                self._hand_on(before.thread, quote.thread)

    def _meant_ship(self, scene: Scene, word: Token) -> bool:
        """Whether a word is a ship's, or an object pronoun that can mean one named before."""
        if word.lower_ in ("those", "these") and word.dep_ in roles.SUBJECT | roles.PASSIVE:
            near = [m for m in self.cast.ships if 0 < scene.at(word) - m.span[0] < NEARBY]
            return bool(near)
        if word.pos_ == "NUM":
            part = part_of(word)
            whole = of_several(self.cast, word) if left_out(word) else None
            if part is not None:
                whole = refer(self.cast, part, before=scene.at(word))
            return scene.afloat(word) if whole is None else whole.ship
        if word.pos_ != "PRON":
            return scene.afloat(word)
        if word.dep_ in roles.PASSIVE and word.lower_ in ("it", "they"):
            meant = refer(self.cast, word, before=scene.at(word))
            return meant is not None and meant.ship
        handled = word.dep_ in roles.OBJECT | {"pobj"} or (
            word.dep_ in roles.SUBJECT and word.head.tag_ == "VB"  # "allowed it to continue"
        )
        pronoun = word.lower_ in ("it", "her", "them") and handled
        return pronoun and bool(self.cast.ships)

    def _goes_on(self, paragraph: Paragraph, quotes: list[Quote]) -> None:
        """A paragraph that opens with a quote and names no speaker keeps the one before."""
        if not quotes or self.before is None or self.before.thread not in self.threads:
            return
        first = quotes[0]
        if first.speech and first.start == paragraph.start and first.thread not in self.threads:
            self._hand_on(self.before.thread, first.thread)

    def _hand_on(self, thread: int, to: int) -> None:
        """A quote keeps the speaker and the channel of the one before it."""
        self.threads.setdefault(to, self.threads[thread])
        if thread in self.channels:
            self.channels.setdefault(to, self.channels[thread])

    def _speaker(self, scene: Scene, frame: SpeechFrame) -> Mention | None:
        head = frame.speaker
        if head is None:
            return None
        if head.pos_ == "PRON":
            if head.lower_ in ("he", "she") and self.cast.speaker and self.cast.speaker.person:
                return self._latest(self.cast.speaker, head, scene.at(head))
            if head.lower_ == "they":
                return self.cast.speakers(scene.at(head))
            return refer(self.cast, head, before=scene.at(head))
        return self.cast.look(head, scene.named, subject=True)

    def _latest(self, speaker: Mention, pronoun: Token, at: int) -> Mention:
        """Whom "she said" means: the last speaker, or who has been the subject since."""
        named = refer(self.cast, pronoun, before=at)
        if named is None or not may_be(pronoun.lower_, speaker.text):
            return named or speaker
        since = named.subject and named.position > speaker.position
        return named if since and NAMED.search(named.text) else speaker

    # --- a sentence

    def _guarded(self, scene: Scene, sentence: Sentence) -> list[Step]:
        """What is read in a sentence. One that the reader fails on is left out and counted, so that
        it does not take the rest of the document with it."""
        try:
            return list(self._sentence(scene, sentence))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end a run
            start, end = scene.of(sentence)
            self.rejects.append(Reject(
                path=self.document.id, where=f"characters {start} to {end}",
                reason=f"the reader failed on a sentence ({type(error).__name__}: a fault of ours)",
                sample=self.document.text[start:end][:200],
            ))  # fmt: skip
            return []

    def _sentence(self, scene: Scene, sentence: Sentence) -> Iterator[Step]:
        events: list[tuple[Event, Fired]] = []
        for item in fire(sentence, lambda word: self._meant_ship(scene, word)):
            for event in self._events(scene, sentence, item):
                if not any(_same(event, o) or _threat_told(event, o) for o, _ in events):
                    events.append((event, item))
        start, end = scene.of(sentence)
        text = self.document.text[start:end].strip()
        for event, item in events:
            told = signs(item.frame, event)
            yield Step(text, item.token.text, event.why, event, told)

    def _events(self, scene: Scene, sentence: Sentence, item: Fired) -> list[Event]:
        token, frame = item.token, item.frame
        act, incident, cameo = frame.act, frame.incident, frame.cameo
        status, status_why = read_status(token)
        if frame.op in ("offered", "planned") and act == "AGREE" and frame.lemma not in AGREEING:
            inner = _offered(token)
            if inner is None:
                return []
            (act, cameo), incident = inner, None
            if status is Status.ASSERTED:
                status = Status.OFFERED if frame.op == "offered" else Status.PLANNED
        sources = self.parties.actors(scene, token, frame)
        targets, objects = self.parties.patients(scene, token, frame, act, sources)
        if frame.op == "planned" and act not in (None, "AGREE") and status in UNTOLD:
            status, status_why = Status.PLANNED, token.text
        if "idiom" in frame.flags and status is Status.NEGATED:
            status, status_why = Status.ASSERTED, ""  # "will not hesitate to"
        if incident == "boarding" and status is Status.ATTEMPTED and not _state_force(sources):
            act, cameo, incident = "ASSAULT", "180", "attempted_boarding"
        if act == "AGREE" and status is Status.NEGATED:
            act, cameo, status, status_why = "REJECT", "120", Status.ASSERTED, "not agreed to"
        if (
            frame.lemma in RECOGNISING
            and act in ("SUPPORT", "CONCEDE")
            and status is Status.NEGATED
        ):
            act, cameo, status, status_why = "REJECT", "120", Status.ASSERTED, "not recognised"
        if act == "PROTEST" and sources and all(_is_state(a) for a in sources):
            act, cameo = "ACCUSE", "111"
        if incident == "blockade" and own_affair(token) and not of_blockade(token):
            cameo, incident = "163", None
        active = not (token.pos_ == "VERB" and roles.is_passive(token))
        if act == "MOBILIZE" and incident != "escort" and not sources and objects and active:
            sources = tuple(Actor(text=v.text, span=v.span, country=v.flag) for v in objects)
            objects = ()
        if not solid(self.parties, scene, token, frame, act, sources, targets, objects, status):
            return []
        links = chain(scene, token)
        when = time_of(scene, sentence, token)
        taken = [a.span for a in (*sources, *targets) if a.span]
        where = place_of(scene, token, act, incident, taken)
        start, end = evidence_of(scene, sentence, token, frame)
        why = "; ".join(
            part for part in (
                f"{token.text!r}: {frame.name}",
                f"{status.value}: {status_why}" if status_why else "",
                "actor from the governing clause" if any(s.implicit for s in sources) else "",
            ) if part
        )  # fmt: skip
        if act == "MOBILIZE" and sources and sources[0].country:
            for ship in objects:
                if ship.span:
                    self.cast.own(ship.span, sources[0].country)
        known = codes.crosswalk().get(cameo or "")
        self.parties.done(lemma(token), act, incident, sources, targets)
        return [
            Event(
                sense=Sense.REPORT, act=act, mode=known.mode if known else None,
                context=known.context if known else (), cameo=cameo, incident=incident,
                sources=one, targets=other, objects=objects, time=when, place=where,
                status=status, attribution=links, evidence=(self.document.cite(start, end),),
                confidence=0.5, why=why,
            )
            for one, other in _directions(
                "recip" in frame.flags or (not targets and sources in self.parties.pair),
                sources,
                targets,
            )
        ]  # fmt: skip


def _voice(document: Document) -> str | None:
    """The state whose office issued the document, if its outlet is such an office: "our" is then
    that state's."""
    if not document.outlet:
        return None
    known = gazetteer.known(document.outlet, document.date)
    return known.country if known.sector in ("GOV", "MIL", "LEG", "COP") else None


def _heading_home(document: Document) -> str | None:
    """The state whose office the heading of a transcript or statement names, or whose seat of
    government it names last."""
    found = None
    for _, line in heading_lines(document.text):
        for part in re.split(r"[,:(]| [-–—] ", line):
            known = gazetteer.known(usual_case(part.strip(" )")), document.date)
            if known.country is None:
                continue
            if known.sector in OFFICIAL and OFFICE_WORD.search(part):
                return known.country
            if known.sector == "GOV" and known.kind in ("country", "capital"):
                found = known.country
    return found


def _office(who: str, span: Span, known: Known, *, person: bool = False) -> Mention:
    """Whoever issues a statement, or has the word."""
    word = who.split()[-1].lower()
    return Mention(who, span, word, frozenset({word}), known, person, False, False, True)


def _offered(token: Token) -> tuple[str, str] | None:
    """What is offered or pledged by a noun: talks, or help."""
    known = classes()
    for filler in roles.objects(token) + roles.datives(token) + roles.preposition(token, "to"):
        names = names_of(filler.token)
        if names & {"amnesty", "release", "ceasefire", "truce", "withdrawal"}:
            return "RETREAT", "080"
        if names & known["talk"] or "mediation" in names:
            return "CONSULT", "040"
        if names & (known["aid"] | known["ship"] | known["troop"] | known["aircraft"]):
            return "AID", "070"
    return None


def _is_state(actor: Actor) -> bool:
    """Whether an actor is a state or its government: states protest by note."""
    office = OFFICE_WORD.search(actor.text)
    return (actor.country is not None or office is not None) and actor.sector in (None, "GOV")


def _state_force(sources: tuple[Actor, ...]) -> bool:
    return any(a.sector in ("MIL", "COP", "GOV") and a.country for a in sources)


def _directions(
    mutual: bool, sources: tuple[Actor, ...], targets: tuple[Actor, ...]
) -> list[tuple[tuple[Actor, ...], tuple[Actor, ...]]]:
    """One way, or both ways for what two do together."""
    if not mutual:
        return [(sources, targets)]
    if targets and sources:
        return [(sources, targets), (targets, sources)]
    if len(sources) > 1:
        return [((one,), tuple(o for o in sources if o is not one)) for one in sources]
    return [(sources, targets)]


def _threat_told(inner: Event, outer: Event) -> bool:
    """Whether a threat is only the words of another: "warned that it would be met with force"."""
    both = inner.act == outer.act == "THREATEN" and inner.status is Status.THREATENED
    same = [a.span for a in inner.sources] == [a.span for a in outer.sources]
    return both and outer.status is Status.ASSERTED and same


def _same(one: Event, other: Event) -> bool:
    """Whether two readings of a sentence tell the same deed."""
    if (one.act, one.incident) != (other.act, other.incident):
        return False
    if one.sources != other.sources or one.status is not other.status:
        return False
    (a,), (b,) = one.evidence, other.evidence
    if not isinstance(a, TextSpan) or not isinstance(b, TextSpan):
        return False
    overlap = a.start < b.end and b.start < a.end
    return overlap and (one.targets, one.objects) == (other.targets, other.objects)
