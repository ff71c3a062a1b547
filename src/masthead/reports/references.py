"""Whom the word in a slot means: pronouns, "both sides", "the foreign ministers of A and B"."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from masthead.model import Span
from masthead.reports import roles
from masthead.reports.actor_tables.places import country_name
from masthead.reports.cast import Cast
from masthead.reports.frames import lemma
from masthead.reports.given_names import unnamed
from masthead.reports.parse import Token, children
from masthead.reports.phrases import GROUP_PRONOUNS, Known, Mention, actor_nouns
from masthead.reports.pronouns import NEARBY, refer
from masthead.reports.scene import Scene
from masthead.reports.words import classes

GROUPS = classes()["groups"]

QUARRELLING = frozenset({"government", "country", "state", "nation", "power", "capital"})
"""Words for two who are spoken to because of their quarrel ("urged both governments to")."""

PARTS = frozenset(
    {"each", "all", "both", "some", "most", "none", "neither", "either", "many", "several"}
)
"""Words that take a part of whom a pronoun means ("each of them")."""

ONTO = frozenset({"against", "at", "on", "onto", "aboard", "into", "towards", "toward"})
"""Prepositions of what is done to a ship ("fired at it")."""

ANYBODY = frozenset({"those", "whoever", "anyone", "anybody", "everyone", "all"})
"""Pronouns that a relative clause makes somebody ("those who arm the rebels")."""


class References:
    """What the words of one document go back to. `quarrels` counts how often two states have done
    something hostile to one another: "both sides" are the two that did so most."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.quarrels: Counter[frozenset[str]] = Counter()

    def mentions(
        self,
        scene: Scene,
        filler: roles.Filler,
        *,
        ship: bool = False,
        exclude: tuple[Span, ...] = (),
        talks: bool = False,
    ) -> list[Mention]:
        """Whom the filler of a slot means; more than one for "both countries". Who `talks` is no
        ship, if there is somebody else."""
        head = _antecedent(filler.token)
        part = part_of(head)
        if part is not None:
            whole = self.mentions(scene, roles.Filler(part), ship=ship, exclude=exclude)
            if len(whole) == 1:
                span, text = scene.named(head.i, part.i)
                return [replace(whole[0], text=text, span=span)]
            return whole
        if head.lower_ in ANYBODY and any(c.dep_ in ("relcl", "acl") for c in children(head)):
            span, text = scene.named(head.i, head.right_edge.i)
            return [Mention(text, span, head.lower_, frozenset(), Known(), False, True, False)]
        if head.pos_ == "PRON" or head.lower_ in ("its", "their", "his", "her", "our"):
            found = self._refer(scene, head, ship=ship, exclude=exclude, talks=talks)
            ours = head.lower_ in ("we", "us", "i")
            if ours and (not found or not scene.quoting(head)):
                found = self._self(scene, head)
            if found and head.dep_ in roles.SUBJECT | roles.PASSIVE:
                self.cast.recall(found, scene.at(head))
            if found and head.lower_ in GROUP_PRONOUNS and found.span in self.cast.together:
                return self.cast.together[found.span]
            return [found] if found else []
        if is_group(head):
            return self._two_sides(scene, head)
        if head.lower_ in ("latter", "former"):
            meant = self._of_two(scene, head)
            return [meant] if meant is not None else []
        return self._shared_head(scene, head) or [self.cast.look(head, scene.named)]

    def _refer(
        self, scene: Scene, head: Token, *, ship: bool, exclude: tuple[Span, ...], talks: bool
    ) -> Mention | None:
        near = scene.masked.start(head.sent.start_char)
        same = _same_above(head)
        if same is not None:
            found = self.mentions(scene, roles.Filler(same), exclude=exclude)
            return found[0] if len(found) == 1 else None
        if head.dep_ not in roles.SUBJECT and head.lower_ in ("it", "her", "them", "she"):
            onto = head.dep_ == "pobj" and head.head.lower_ in ONTO
            here = self._afloat_here(scene, head, exclude) if ship or onto else None
            aboard = [m for m in self.cast.ships if m.span[0] < scene.at(head)] if ship else []
            several = head.lower_ == "them"
            aboard = [m for m in aboard if m.span not in exclude and m.plural is several]
            if here or aboard:
                return here or aboard[-1]
        return self._above(scene, head) or refer(
            self.cast,
            head,
            before=scene.at(head),
            near=near,
            wants_ship=ship,
            talks=talks,
            barred=exclude if head.dep_ not in roles.SUBJECT and head.dep_ != "poss" else (),
        )

    def _afloat_here(
        self, scene: Scene, pronoun: Token, exclude: tuple[Span, ...]
    ) -> Mention | None:
        """The ship that a clause of the same sentence has for its object, nearest before: "rammed a
        supply boat and used water cannon against it"."""
        several = pronoun.lower_ == "them"
        for token in reversed([t for t in pronoun.sent if t.i < pronoun.i]):
            if token.dep_ in roles.OBJECT | roles.PASSIVE and scene.afloat(token):
                mention = self.cast.look(token, scene.named)
                if mention.plural is several and mention.span not in exclude:
                    return mention
        return None

    def _self(self, scene: Scene, pronoun: Token) -> Mention | None:
        """ "We" of a statement: the word itself, of the country of whoever issued it."""
        span, text = scene.named(pronoun.i, pronoun.i)
        issuer = self.cast.issuer
        if issuer is not None:
            return replace(issuer, text=text, span=span)
        return Mention(text, span, pronoun.lower_, frozenset(), Known(), False, True, False)

    def _above(self, scene: Scene, pronoun: Token) -> Mention | None:
        """ "The navy said it had …": a subject pronoun goes back to the subject of the clause
        above, or to the speaker of the frame; "we" is whoever is quoted."""
        if pronoun.lower_ in ("we", "i", "us", "our"):
            return scene.quoting(pronoun) or self.cast.speaker
        if pronoun.dep_ not in roles.SUBJECT | roles.PASSIVE:
            return None
        node = pronoun.head
        for _ in range(6):
            if node.head == node:
                return None
            node = node.head
            if node.i in scene.frames:
                speaker = scene.frames[node.i]
                if pronoun.lower_ in ("he", "she") and unnamed(speaker.text):
                    return None  # "a diplomat said that she had offered": she is another
                fits = {
                    "it": not speaker.person,
                    "he": speaker.person,
                    "she": speaker.person,
                    "they": speaker.plural,
                }
                return speaker if fits.get(pronoun.lower_) else None
            above = [c for c in children(node) if c.dep_ in roles.SUBJECT | roles.PASSIVE]
            if not above and pronoun.lower_ == "they":
                above = [f.token for f in roles.subjects(node)]
            if not above or above[0].pos_ not in ("NOUN", "PROPN"):
                continue
            mention = self.cast.look(above[0], scene.named)
            if pronoun.lower_ == "it" and not mention.person and not mention.plural:
                return mention
            if pronoun.lower_ == "they":  # "two men drowned as they were being chased"
                below = pronoun.head if pronoun.head.dep_ != "xcomp" else pronoun.head.head
                apart = below.dep_ in ("advcl", "relcl")
                return mention if apart and mention.plural else None
        return None

    def _two_sides(self, scene: Scene, head: Token) -> list[Mention]:
        """ "Both countries": the two states named last, the doer of the sentence left out if
        it is not the doer itself."""
        mention = self.cast.look(head, scene.named)
        quarrel = self.quarrels.most_common(1)
        below = head.head.tag_ == "VB" and head.head.dep_ in ("ccomp", "xcomp")
        talk = (below or head.dep_ not in roles.SUBJECT) and lemma(head) in QUARRELLING
        if quarrel and (lemma(head) in ("side", "party") or talk):
            known = [
                next((m for m in reversed(self.cast.mentions) if m.known.country == c), None)
                for c in sorted(quarrel[0][0])
            ]
            if all(known):
                return [_as_state(m, mention) for m in known if m is not None]
        outside: set[str] = set()
        if head.dep_ not in roles.SUBJECT:
            start = scene.masked.start(head.sent.start_char)
            outside = {
                m.known.country for m in self.cast.mentions
                if m.subject and m.known.country and start <= m.span[0] < mention.span[0]
            }  # fmt: skip
        sides: dict[str, Mention] = {}
        for earlier in reversed(self.cast.mentions):
            country = earlier.known.country
            if earlier.known.sector not in (None, "GOV", "MIL", "COP", "LEG"):
                continue
            if not country or country in sides or country in outside:
                continue
            if earlier.span[0] < mention.span[0]:
                sides[country] = earlier
            if len(sides) == 2:
                sector = mention.known.sector
                return [
                    replace(m, known=replace(m.known, sector=m.known.sector or sector))
                    for m in sides.values()
                ]
        return [mention]

    def _of_two(self, scene: Scene, head: Token) -> Mention | None:
        """ "The latter" is who was named last, "the former" who was named before him."""
        at = scene.at(head)
        named: list[Mention] = []
        for mention in reversed(self.cast.mentions):
            known = mention.known.country or mention.known.sector
            sure = known or mention.ship or mention.person or mention.head in actor_nouns()
            if mention.span[0] >= at or not sure:
                continue
            if at - mention.span[0] > 3 * NEARBY or len(named) == 2:
                break
            if all(mention.text != other.text for other in named):
                named.append(mention)
        wanted = 0 if head.lower_ == "latter" else 1
        return named[wanted] if len(named) > wanted else None

    def _shared_head(self, scene: Scene, head: Token) -> list[Mention]:
        """ "The foreign ministers of Thailand and Vietnam", "US and British activists": one of
        each."""
        for child in children(head):
            sides = roles.conjuncts(child) if child.dep_ in ("amod", "nmod", "compound") else []
            if len(sides) > 1:
                knowns = [self.cast.known(_in_words(side)) for side in sides]
                if all(k.country for k in knowns):
                    whole = self.cast.look(head, scene.named)
                    sector = whole.known.sector
                    return [replace(whole, known=replace(k, sector=sector)) for k in knowns]
        if head.tag_ not in ("NNS", "NNPS"):
            return []
        names = [f.token for f in roles.preposition(head, "of")]
        if len(names) < 2:
            return []
        found = [self.cast.look(name, scene.named) for name in names]
        return found if all(m.known.country for m in found) else []


NOMINATIVE = {"them": "they", "him": "he", "her": "she", "it": "it"}


def _same_above(pronoun: Token) -> Token | None:
    """The subject above that a pronoun repeats: "they want the navy to escort them"."""
    wanted = NOMINATIVE.get(pronoun.lower_)
    if wanted is None or pronoun.dep_ not in roles.OBJECT:
        return None
    verb = pronoun.head
    while verb.dep_ in ("xcomp", "ccomp") and verb.head.pos_ == "VERB":
        own = [c for c in children(verb) if c.dep_ in roles.SUBJECT and c.pos_ != "PRON"]
        verb = verb.head
        above = [c for c in children(verb) if c.dep_ in roles.SUBJECT and c.lower_ == wanted]
        if above and (own or roles.objects(verb)):
            return above[0]
    return None


def _as_state(mention: Mention, words: Mention) -> Mention:
    """The state of a mention, under the words that mean it with another."""
    country = mention.known.country or ""
    known = Known(country_name(country), country, words.known.sector)
    return replace(words, known=known)


def part_of(head: Token) -> Token | None:
    """The pronoun of "each of them", "nine of them", "all of us"."""
    if head.pos_ != "NUM" and head.lower_ not in PARTS:
        return None
    for filler in roles.preposition(head, "of"):
        if filler.token.pos_ == "PRON":
            return filler.token
    return None


def _in_words(side: Token) -> str:
    """A side with the words of its name before it ("Sri Lankan")."""
    first = min([side.i, *(c.i for c in children(side) if c.dep_ == "compound" and c.i < side.i)])
    return side.doc.phrase(first, side.i)


def _antecedent(word: Token) -> Token:
    """ "Whose" is the noun that its clause belongs to; any other word is itself."""
    if word.lower_ != "whose":
        return word
    node = word
    for _ in range(6):
        if node.dep_ == "relcl":
            return node.head
        node = node.head
    return word


def is_group(head: Token) -> bool:
    return lemma(head) in GROUPS and any(
        c.lower_ in ("two", "both") and c.dep_ in ("nummod", "det", "amod", "predet", "preconj")
        for c in children(head)
    )
