"""The roles of a frame as actors and ships: who does it, to whom, with which ships.

Slots are filled by grammar (`roles`), phrases become mentions (`cast`); here it is settled who of
them counts: things do nothing, a ship is an object unless it is spoken to, a state's warship is
a party, and behind "the decision" or "the charge" stands whoever took or made it.
"""

from __future__ import annotations

from dataclasses import replace

from masthead.model import Actor, Document, Vessel
from masthead.reports import roles
from masthead.reports.bystanders import bystander
from masthead.reports.cast import Cast
from masthead.reports.fleet import Fleet
from masthead.reports.frames import Frame, frames, lemma, match, names_of
from masthead.reports.pairs import Pair
from masthead.reports.parse import Token, children
from masthead.reports.party_nouns import deeds, demonym, elliptic, is_own, people, warship
from masthead.reports.personified import personified
from masthead.reports.phrases import SPEAKER_PRONOUNS, Mention
from masthead.reports.plain_ships import looks_like_ship
from masthead.reports.references import ANYBODY, References, is_group
from masthead.reports.scene import Scene
from masthead.reports.slots import role
from masthead.reports.words import classes

VERBAL = frozenset(
    {"REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONSULT", "AGREE", "SUPPORT", "CONCEDE"}
)
"""Acts of words, in which a ship that is spoken to, or refuses, is an actor."""

REFUSING = frozenset({"refuse", "ignore", "defy", "disobey", "disregard", "decline", "fail"})
"""Acts of words that ships do: they refuse and ignore."""

PLACE_SLOTS = frozenset({"in", "near", "around"})
"""Slots that say where, not to whom; `code` uses them because it is told the target."""

ABOARD = ("of", "poss", "from", "on", "aboard")
"""Slots in which a crew, a part or a cargo names its ship."""

MISSIONS = frozenset({"operation", "mission", "expedition", "station", "headquarters"})
"""Nouns of what is done, or of places, by which those who do it go."""

SHIPS_PEOPLE = frozenset({"owner", "operator", "manager", "charterer", "master", "captain", "crew"})
"""Those of a ship ("her owners"), who are not the speaker's own."""

ABSTRACT = classes()["abstract"]
"""Nouns that do nothing to anybody."""

BACK_REFERENCES = {
    "charge": frozenset({"accuse", "charge", "allege", "claim", "say"}),
    "accusation": frozenset({"accuse", "charge", "allege", "claim"}),
    "allegation": frozenset({"allege", "accuse", "claim"}),
    "criticism": frozenset({"criticise", "criticize", "condemn", "accuse"}),
    "label": frozenset({"claim", "call", "allege", "brand", "describe"}),
    "request": frozenset({"ask", "request", "urge", "call", "appeal"}),
    "appeal": frozenset({"ask", "request", "urge", "call", "appeal"}),
    "demand": frozenset({"demand", "call", "ask", "order"}),
    "order": frozenset({"order", "demand", "tell"}),
    "offer": frozenset({"offer", "propose"}),
    "threat": frozenset({"threaten", "warn", "vow"}),
    "warning": frozenset({"warn", "threaten"}),
    "measure": frozenset({"quarantine", "blockade", "impose", "ban", "close"}),
    "closure": frozenset({"close", "blockade", "shut"}),
    "blockade": frozenset({"blockade", "impose", "announce", "declare", "close"}),
    "seizure": frozenset({"seize", "seizure", "capture", "take"}),
    "vote": frozenset({"call", "adopt", "ask", "vote"}),
    "resolution": frozenset({"call", "adopt", "ask"}),
    "move": frozenset({"blockade", "seize", "close", "impose"}),
}
"""A noun of reference, and the triggers it can go back to."""


SAID = frozenset({"charge", "accusation", "allegation", "claim", "account", "version", "assertion",
                  "suggestion", "contention", "insinuation"})  # fmt: skip
"""What somebody said, when another rejects it."""

HOLDING = frozenset({"seizure", "detention", "hijack", "kidnap", "boarding", "blockade"})
"""Incidents after which whoever did it is asked to release, return or lift."""

HOSTILE = frozenset({"COERCE", "ASSAULT", "ACCUSE", "REJECT", "THREATEN", "REQUEST", "SANCTION"})
"""Acts whose doer and target are the two sides of a quarrel."""


class Parties:
    """Fills the roles of frames in one document."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.document = document
        self.cast = cast
        self.doers: list[tuple[str, tuple[Actor, ...]]] = []
        self.holder: tuple[Actor, ...] = ()
        self.meant = References(cast)
        self.fleet = Fleet()
        self.pair = Pair()

    def done(
        self, trigger: str, act: str | None, incident: str | None,
        sources: tuple[Actor, ...], targets: tuple[Actor, ...],
    ) -> None:  # fmt: skip
        """Remember who did what to whom, for later words that go back to the deed."""
        self.pair.met(act, self.cast.begins, sources, targets)
        self.doers = [*self.doers[-40:], (trigger, sources)]
        if incident in HOLDING and sources:
            self.holder = tuple(a for a in sources if a.country)
        if act in HOSTILE:
            pairs = {(s.country, t.country) for s in sources for t in targets}
            self.meant.quarrels.update(frozenset((s, t)) for s, t in pairs if s and t and s != t)

    # --- the doer

    def actors(self, scene: Scene, token: Token, frame: Frame) -> tuple[Actor, ...]:
        """The actors in the first of the source slots that somebody fills."""
        for name in frame.sources:
            found: list[Actor] = []
            if name == "speaker":
                speaker = scene.quoting(token) or scene.telling(token) or self.cast.issuer
                found += [speaker.actor(implicit=True)] if speaker is not None else []
            for filler in role(token, name) or self._charged(token, frame, name):
                filler = _author(filler)
                both = self.pair.meant(frame.act, self.cast.begins, filler.token)
                if both:
                    return both
                for mention in self.meant.mentions(scene, filler, talks=_talks(frame)):
                    if name == "amod" and not mention.known.country:
                        continue
                    if lemma(filler.token) in classes()["projectile"]:
                        found += [
                            replace(whose, implicit=True)
                            for whose in self._nationality(scene, filler.token)
                            if whose.country
                        ]
                        found += self._owners(scene, filler.token)
                    if self._thing(filler.token, mention, frame):
                        continue
                    found.append(mention.actor(implicit=filler.carried))
            if found:
                return unique_actors(found)
        return ()

    def _charged(self, token: Token, frame: Frame, slot: str) -> list[roles.Filler]:
        """Who is called to account over a deed did it: "summoned the ambassador over the
        seizure", "condemned Israel for the attack"."""
        if slot != frame.sources[-1] or token.dep_ != "pobj" or frame.pos != "n":
            return []
        if frame.act not in ("COERCE", "ASSAULT") or token.head.lower_ not in ("over", "for"):
            return []
        verb = token.head.head
        if verb.dep_ == "dobj":
            verb = verb.head
        found = match(verb, weak=False) if verb.pos_ == "VERB" else []
        if not found or found[0].act not in ("ACCUSE", "REQUEST"):
            return []
        return [f for f in roles.carried(roles.objects(verb)) if f.token.pos_ != "PRON"]

    def nobody(self, scene: Scene, token: Token, frame: Frame) -> bool:
        """Whether all that does the deed is a thing."""
        for name in frame.sources:
            fillers = role(token, name)
            if fillers:
                return all(
                    self._thing(f.token, self.cast.look(f.token, scene.named), frame)
                    for f in fillers
                )
        return False

    def _thing(self, head: Token, mention: Mention, frame: Frame) -> bool:
        """Whether a doer is a thing. Who boards or seizes a ship by a verb is somebody, whatever
        the word, unless it is plainly none."""
        if head.pos_ != "NOUN" or lemma(head) in classes()["document"]:
            return False
        if lemma(head) in classes()["person"] | classes()["quantity"]:
            return False
        if frame.pos == "v" and frame.act and lemma(head) in MISSIONS:
            return False
        if frame.incident and frame.pos == "v" and lemma(head) not in ABSTRACT:
            return (lemma(head), "n") in frames() or lemma(head) in classes()["geography"]
        return not self.actor_like(head, mention)

    def actor_like(self, head: Token, mention: Mention) -> bool:
        """Whether a phrase can be a party: a state, an organisation, people, a ship."""
        if is_group(head):
            return True
        if head.pos_ == "NOUN" and not mention.ship and not personified(head, mention):
            if (lemma(head), "n") in frames() or lemma(head) in ABSTRACT | deeds():
                return False
            if head.dep_ == "pobj" and head.head.lower_ in ("by", "with") and roles.is_means(head):
                return False
            if lemma(head) in classes()["geography"] and not mention.known.sector:
                return False
            if lemma(head) in classes()["channel"] - classes()["organisation"]:
                return False
        known = mention.known
        if personified(head, mention):
            return True
        if mention.person or mention.ship or head.lower_ in ANYBODY | SPEAKER_PRONOUNS:
            return True
        if head.pos_ == "NOUN":
            # "the Malaysia Airlines flight crash" names an actor, and is none
            if names_of(head) & people():
                return True
            alone = self.cast.known(head.text)
            return bool(alone.sector or (alone.country and head.text[:1].isupper()))
        if known.country or known.sector:
            return True
        if head.pos_ != "PROPN" and head.lower_ not in mention.heads:
            return not mention.heads.isdisjoint(people())  # whom "them" or "two of them" means
        return bool(head.pos_ == "PROPN" or names_of(head) & people())

    # --- to whom

    def patients(
        self, scene: Scene, token: Token, frame: Frame, act: str | None,
        sources: tuple[Actor, ...],
    ) -> tuple[tuple[Actor, ...], tuple[Vessel, ...]]:  # fmt: skip
        """To whom it is done, and the ships it is about."""
        targets: list[Actor] = []
        vessels: list[Vessel] = []
        exclude = tuple(a.span for a in sources if a.span)
        own_words = {s.text.casefold() for s in sources}
        wants_ship = frame.incident is not None
        filled: str | None = None
        for slot, filler in self._fillers(token, frame, act):
            if filled not in (None, slot):
                break  # one slot says to whom; its other fillers are "and Bulgaria"
            for mention in self.meant.mentions(
                scene, filler, ship=wants_ship, exclude=exclude, talks=_talks(frame)
            ):
                if mention.span in exclude or mention.text.casefold() in own_words:
                    continue
                if bystander(slot, filler.token, mention, act):
                    continue
                if slot == "inner" and is_own(filler.token) and not mention.heads & SHIPS_PEOPLE:
                    continue
                if slot == "inner" and act == "ACCUSE" and not _charged(filler.token):
                    continue  # what was done to him, or where it was, is no charge against him
                if slot == "inner" and act == "REQUEST" and filler.token.dep_ not in roles.SUBJECT:
                    continue
                if slot == "inner" and act == "THREATEN" and filler.token.dep_ in roles.SUBJECT:
                    continue  # "warned that the fleet would answer"
                if "label" in frame.flags and mention.ship:
                    continue
                if slot == "inner" and _same_side(mention.actor(), sources):
                    continue
                if filler.token.dep_ == "pcomp":
                    continue
                as_ship = mention.ship or (wants_ship and elliptic(filler.token, mention))
                if as_ship and act in ("ASSAULT", "COERCE") and warship(filler.token):
                    mention = self._other_side(scene, token, filler, mention, act, sources)
                    targets.append(mention.actor(implicit=filler.carried))
                    vessels.append(self.fleet.vessel(scene, filler.token, mention))
                elif as_ship and act not in VERBAL:
                    vessels.append(self.fleet.vessel(scene, filler.token, mention))
                    targets += self._nationality(scene, filler.token)
                elif self.actor_like(filler.token, mention):
                    mention = self._other_side(scene, token, filler, mention, act, sources)
                    actor = mention.actor(implicit=filler.carried)
                    targets.append(_at_home(filler.token, actor, sources))
                else:
                    targets += self._behind(scene, filler.token, act, sources)
                    if act in ("COERCE", "ASSAULT"):
                        owned, whose = self._of_ship(scene, filler.token)
                        vessels += owned
                        targets += whose
            if act in ("AID", "COERCE", "ASSAULT", "RETREAT") and not vessels:
                vessels += self._of_ship(scene, filler.token)[0]
            if targets and act not in ("COERCE", "ASSAULT", "RETREAT", "AID"):
                filled = slot
        if not targets and act in ("ACCUSE", "REQUEST", "PROTEST"):
            targets += self._spoken_to(scene, token)
        return unique_actors(targets), tuple({v.span: v for v in vessels}.values())

    def _other_side(
        self, scene: Scene, verb: Token, filler: roles.Filler, mention: Mention, act: str | None,
        sources: tuple[Actor, ...],
    ) -> Mention:  # fmt: skip
        """ "An Israeli boat had rammed one of its cutters", "expelled its consul": what nobody does
        to his own is done to the other's, named before."""
        if act != "ASSAULT" and lemma(verb) != "expel":
            return mention
        if not is_own(filler.token):
            return mention
        if mention.known.country and not _same_side(mention.actor(), sources):
            return mention
        other = self.cast.other_than({s.country for s in sources}, scene.at(verb))
        return replace(mention, known=replace(mention.known, country=other)) if other else mention

    def _spoken_to(self, scene: Scene, token: Token) -> list[Actor]:
        """ "Telephoned his counterpart to protest", "called in the ambassador and delivered a
        note": whom a purpose, or what follows, is put to."""
        if token.dep_ not in ("advcl", "xcomp", "conj"):
            return []
        above = match(token.head, weak=False) if token.head.pos_ == "VERB" else []
        if not above or above[0].act not in ("CONSULT", "REQUEST"):
            return []
        return [
            m.actor(implicit=True)
            for f in roles.objects(token.head)
            for m in self.meant.mentions(scene, f)
            if self.actor_like(f.token, m)
        ]

    def _fillers(
        self, token: Token, frame: Frame, act: str | None
    ) -> list[tuple[str, roles.Filler]]:
        names = tuple(n for n in frame.targets if n not in PLACE_SLOTS or n in frame.flags)
        found = [(name, filler) for name in names for filler in role(token, name)][:8]
        received = token.dep_ == "dobj" and lemma(token.head) in classes()["receiving"]
        if frame.pos == "n" and received:
            found += [("subj", f) for f in roles.subjects(token.head)]
        carries = act in ("MOBILIZE", "AID", "RETREAT") or frame.incident is not None
        if "obj" not in names and token.pos_ == "VERB" and carries:
            found += [("obj", f) for f in role(token, "obj") if looks_like_ship(f.token)]
        return found

    def _of_ship(self, scene: Scene, head: Token) -> tuple[list[Vessel], list[Actor]]:
        """The ship whose part or gear is meant ("the nets of the British trawler"), its state."""
        aboard = [f for name in ABOARD for f in role(head, name)]
        for filler in aboard:
            if filler.token.pos_ == "PRON":
                if lemma(head) in classes()["ashore"]:
                    continue
                found = self.meant.mentions(scene, filler, ship=True)
                mention = found[0] if found else self.cast.look(filler.token, scene.named)
            else:
                mention = self.cast.look(filler.token, scene.named)
            if mention.ship:
                ship = self.fleet.vessel(scene, filler.token, mention)
                return [ship], self._nationality(scene, filler.token)
        return [], []

    def _owners(self, scene: Scene, head: Token) -> list[Actor]:
        """Whose a weapon is: "its drones had struck the terminal"."""
        return [
            mention.actor(implicit=True)
            for child in children(head)
            if child.dep_ == "poss" and child.pos_ == "PRON"
            for mention in self.meant.mentions(scene, roles.Filler(child))
            if not mention.ship
        ]

    def _nationality(self, scene: Scene, head: Token) -> list[Actor]:
        """The state that a ship's own words name: "a Kuwaiti tanker", "Spain's trawler"."""
        found = []
        for child in children(head):
            if child.i > head.i or child.dep_ not in ("amod", "compound", "poss", "nmod"):
                continue
            if child.text[:1].isupper():
                mention = self.cast.look(child, scene.named)
                if mention.known.country or demonym(child):
                    found.append(mention.actor())
        return found

    def _behind(
        self, scene: Scene, head: Token, act: str | None, sources: tuple[Actor, ...]
    ) -> list[Actor]:
        """Who stands behind a thing: "Portugal's decision", "the Argentine account", or the one
        who did "the seizure" or made "the charge"."""
        if head.pos_ == "PRON":
            return []
        done_to = any("of" in f.targets for f in frames().get((lemma(head), "n"), ()))
        for name in ("poss", "by", "from") if done_to else ("poss", "by", "from", "of"):
            for filler in role(head, name):
                if filler.token.pos_ == "PRON":
                    continue
                if name == "from" and lemma(filler.token) in classes()["aircraft"]:
                    continue  # "onto the deck from a helicopter"
                mention = self.cast.look(filler.token, scene.named)
                if self.actor_like(filler.token, mention) and not mention.ship:
                    return [self.cast.look(f.token, scene.named).actor() for f in role(head, name)]
                if mention.ship and name == "by":  # "the seizure by a Moroccan cutter"
                    known = mention.known.country is not None
                    return [mention.actor()] if known else self._nationality(scene, filler.token)
        for child in children(head):
            if child.dep_ == "acl" and roles.is_passive(child):
                by = [self.cast.look(f.token, scene.named) for f in roles.agents(child)]
                if by and all(m.known.country for m in by):
                    return [m.actor() for m in by if not _same_side(m.actor(), sources)]
            if child.dep_ in ("amod", "compound") and child.text[:1].isupper():
                mention = self.cast.look(child, scene.named)
                if mention.known.country:
                    return [mention.actor()]
        for filler in role(head, "poss") if act != "REQUEST" else ():
            whose = self.meant.mentions(scene, filler)
            if whose and not whose[0].ship and not _same_side(whose[0].actor(), sources):
                return [whose[0].actor()]
            ours = filler.token.lower_ == "our" and lemma(head) not in classes()["ship_part"]
            if not whose and ours:
                span, text = scene.named(filler.token.i, filler.token.i)
                return [Actor(text=text, span=span)]
        owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in children(head))
        if act == "REQUEST" and lemma(head) in classes()["handing_back"] and not owned:
            return [replace(a, implicit=True) for a in self.holder[:1]]
        if act in ("ACCUSE", "REJECT", "SUPPORT", "CONCEDE"):
            kinds = BACK_REFERENCES.get(lemma(head), frozenset({lemma(head)}))
            for word, doers in reversed(self.doers):
                if word in kinds and doers and not _same_side(doers[0], sources):
                    return [replace(doers[0], implicit=True)]
        said = self.cast.speaker
        if act in ("REJECT", "SUPPORT", "CONCEDE") and said and lemma(head) in SAID:
            whose_word = said.actor(implicit=True)
            return [] if _same_side(whose_word, sources) else [whose_word]
        return []


def _charged(noun: Token) -> bool:
    """Whether a noun in what is alleged is who did it: the first of those coordinated tells."""
    while noun.dep_ == "conj" and noun.head.pos_ in roles.NOUN:
        noun = noun.head
    return noun.dep_ not in roles.PASSIVE | {"pobj"}


def _talks(frame: Frame) -> bool:
    """Whether a frame is an act of words that ships do not do."""
    return frame.act in VERBAL and frame.lemma not in REFUSING


def _author(filler: roles.Filler) -> roles.Filler:
    """ "Parliament passed a motion that condemns …": what a text does, whoever passed, sent or read
    it does; "a Danish resolution urging …" is Denmark's."""
    noun = filler.token
    if lemma(noun) not in classes()["document"]:
        return filler
    verb = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB":
        doers = roles.subjects(verb)
        if doers:
            return roles.Filler(doers[0].token, True)
    for child in children(noun):
        own = child.dep_ == "poss" and child.pos_ == "PROPN"
        if own or (child.dep_ in ("amod", "nmod", "compound") and child.text[:1].isupper()):
            return roles.Filler(child, True)
    return filler


def _same_side(one: Actor, others: tuple[Actor, ...]) -> bool:
    """Whether an actor is one of others, or of the same state."""
    return any(
        one.span == o.span or (one.country is not None and one.country == o.country) for o in others
    )


def _at_home(head: Token, actor: Actor, sources: tuple[Actor, ...]) -> Actor:
    """ "The federation urged the government": a bare government is that of the country of whoever
    speaks to it, if that is not a government itself."""
    bare = lemma(head) in ("government", "authority", "parliament") and all(
        c.dep_ == "det" and c.lower_ not in ("both", "all") for c in children(head)
    )
    speaker = next((s for s in sources if s.country), None)
    if bare and speaker is not None and speaker.sector != "GOV":
        return replace(actor, country=speaker.country)
    return actor


def unique_actors(actors: list[Actor]) -> tuple[Actor, ...]:
    """The actors in their order, each phrase and country once."""
    return tuple({(a.span, a.country): a for a in actors}.values())
