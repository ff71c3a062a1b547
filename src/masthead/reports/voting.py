"""Several parsers on one document: the first leads, the others vote.

Parsers err in different places. What the leading one reads stands; what another alone reads, about
words of which the leader reads no such act, is added. `agreed` is the share of the other parsers
that read the same act there: one of the signs that confidence rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masthead.model import Document, Event, Reject, Span, TextSpan
from masthead.reports.confidence import sure
from masthead.reports.parse import Parser
from masthead.reports.scene import Step
from masthead.reports.story import Story


@dataclass(frozen=True)
class Deed:
    """What one parser reads at one place: the act, or the incident of no act."""

    act: str | None
    span: Span

    def same(self, other: Deed) -> bool:
        """Whether both are one act told by words that overlap."""
        (a, b), (c, d) = self.span, other.span
        return self.act == other.act and a < d and c < b


def read_steps(
    document: Document, parsers: Sequence[Parser], rejects: list[Reject] | None = None
) -> list[Step]:
    """What the parsers read in a document, in its order, each with its confidence. Sentences that
    the reader fails on are added to `rejects`."""
    stories = [Story(document, one) for one in parsers]
    first, *others = ([*story.read()] for story in stories)
    if rejects is not None:
        rejects += {r.where: r for story in stories for r in story.rejects}.values()
    deeds = [[_deed(step.event) for step in steps] for steps in (first, *others)]
    chosen = [(step, _agreed(deeds[0][i], deeds[1:])) for i, step in enumerate(first)]
    known = [*deeds[0]]
    for number, steps in enumerate(others, 1):
        rest = [*deeds[1:number], *deeds[number + 1 :]]
        for step, deed in zip(steps, deeds[number], strict=True):
            if not any(deed.same(one) for one in known):
                chosen.append((step, _agreed(deed, [*rest, deeds[0]])))
        known += [d for d in deeds[number] if d not in known]
    if others:
        chosen.sort(key=lambda item: _deed(item[0].event).span)
    return [sure(step, agreed) for step, agreed in chosen]


def _deed(event: Event) -> Deed:
    piece = event.evidence[0]
    assert isinstance(piece, TextSpan)  # all that prose shows
    return Deed(event.act or event.incident, (piece.start, piece.end))


def _agreed(deed: Deed, others: Sequence[Sequence[Deed]]) -> float | None:
    """The share of the other parsers that read a deed; None if there is no other."""
    if not others:
        return None
    return sum(any(deed.same(one) for one in deeds) for deeds in others) / len(others)
