"""Several parsers on one document: the first leads, the others vote.

Parsers err in different places. What the leading one reads stands; what another alone reads, about
words of which the leader reads no such act, is added. `agreed` is the share of the other parsers
that read the same act there: one of the signs that confidence rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from masthead.model import Document, Event, Reject, Span, TextSpan
from masthead.reports.confidence import sure
from masthead.reports.overlaps import Overlaps
from masthead.reports.parse import Parser
from masthead.reports.scene import Step
from masthead.reports.story import Story


class Deed(NamedTuple):
    """What one parser reads at one place: the act, or the incident of no act. Two deeds are one
    if they are one act told by words that overlap."""

    act: str | None
    span: Span


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
    told = [Overlaps(some) for some in deeds]
    chosen = [(step, _agreed(deeds[0][i], told[1:])) for i, step in enumerate(first)]
    known = Overlaps(deeds[0])
    for number, steps in enumerate(others, 1):
        rest = [*told[1:number], *told[number + 1 :], told[0]]
        for step, deed in zip(steps, deeds[number], strict=True):
            if not known.touch(*deed):
                chosen.append((step, _agreed(deed, rest)))
        for deed in deeds[number]:
            known.add(*deed)
    if others:
        chosen.sort(key=lambda item: _deed(item[0].event).span)
    return [sure(step, agreed) for step, agreed in chosen]


def _deed(event: Event) -> Deed:
    piece = event.evidence[0]
    assert isinstance(piece, TextSpan)  # all that prose shows
    return Deed(event.act or event.incident, (piece.start, piece.end))


def _agreed(deed: Deed, others: Sequence[Overlaps]) -> float | None:
    """The share of the other parsers that read a deed; None if there is no other."""
    if not others:
        return None
    return sum(told.touch(*deed) for told in others) / len(others)
