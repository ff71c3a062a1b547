"""A paragraph while it is read, and what is read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from masthead.model import Document, Event, Span, Vessel
from masthead.reports.frames import Frame
from masthead.reports.mask import Masked
from masthead.reports.overlaps import meet
from masthead.reports.parse import Sentence, Token, Tree
from masthead.reports.phrases import Mention
from masthead.reports.quotes import Quote, quote_at
from masthead.reports.sentences import Paragraph
from masthead.reports.vessels import FoundVessel, is_naval


@dataclass
class Fired:
    """A trigger with the frame that fired."""

    token: Token
    frame: Frame


@dataclass(frozen=True)
class Step:
    """What was read at one trigger, for `--explain`, and the signs its confidence rests on."""

    sentence: str
    trigger: str
    rule: str
    event: Event
    signs: tuple[float, ...]


@dataclass
class Scene:
    """A paragraph: its tree, its quotes, the speaker of each verb of saying (by the index of the
    verb), and the speaker and the channel of each thread of quotes."""

    document: Document
    paragraph: Paragraph
    masked: Masked
    tree: Tree
    quotes: list[Quote]
    threads: dict[int, Mention]
    ships: Sequence[FoundVessel]
    channels: dict[int, str]
    frames: dict[int, Mention] = field(default_factory=dict)
    spoken: Mention | None = None
    """Who has the word in a transcript: what stands in the paragraph is that speaker's."""

    def ship(self, token: Token) -> Vessel | None:
        """The ship whose noun or name a word is."""
        start = self.at(token)
        end = self.masked.end(token.idx + len(token.text))
        for found in self.ships:
            if start < found.head[1] and found.head[0] < end:
                return found.vessel
        return None

    def ship_at(self, span: Span) -> Vessel | None:
        """The ship whose words are a phrase's, as a pronoun means it again."""
        return next((f.vessel for f in self.ships if meet(f.span, span)), None)

    def ship_before(self, token: Token, span: Span) -> Vessel | None:
        """The ship that fills a phrase up to its last word ("gave the tanker Vega chase")."""
        start = self.at(token)
        for found in self.ships:
            first, last = found.span
            if first == span[0] and last <= start and not self.document.text[last:start].strip():
                return found.vessel
        return None

    def afloat(self, token: Token) -> bool:
        """Whether a word is the noun or name of a ship."""
        return self.ship(token) is not None

    def navy(self, token: Token) -> str | None:
        """The flag of the warship whose noun or name a word is ("HMS …")."""
        found = self.ship(token)
        return found.flag if found is not None and is_naval(found.subtype) else None

    def warships(self) -> frozenset[int]:
        """The words that stand for the bare name of a state's ship ("USS …")."""
        bare = (t for t in self.tree if t.lower_ == "ship")
        found = ((t, self.ship(t)) for t in bare)
        return frozenset(t.i for t, ship in found if ship is not None and is_naval(ship.subtype))

    def span(self, left: int, right: int) -> Span:
        """The document's span of the words from `left` to `right`."""
        first, last = self.tree[left], self.tree[right]
        return self.masked.start(first.idx), self.masked.end(last.idx + len(last.text))

    def named(self, left: int, right: int) -> tuple[Span, str]:
        """The span of the words from `left` to `right`, and the text there."""
        span = self.span(left, right)
        return span, self.document.text[span[0] : span[1]]

    def at(self, token: Token) -> int:
        """Where a word starts in the document."""
        return self.masked.start(token.idx)

    def of(self, sentence: Sentence) -> Span:
        """The document's span of a sentence."""
        return self.masked.start(sentence.start_char), self.masked.end(sentence.end_char)

    def quoting(self, token: Token) -> Mention | None:
        """The speaker of the quote that a word stands in."""
        quote = quote_at(self.quotes, self.at(token))
        return self.threads.get(quote.thread) if quote else None

    def telling(self, token: Token) -> Mention | None:
        """Who says the clause that a word stands in, by the nearest frame above it."""
        node = token
        for _ in range(6):
            if node.head == node:
                return None
            if node.dep_ == "ccomp" and node.head.i in self.frames:
                return self.frames[node.head.i]
            node = node.head
        return None
