"""Several parsers on one document: the first leads, the others vote.

Parsers err in different places. What the leading one reads stands; what another alone reads, about
words of which the leader reads no such act, is added. `agreed` is the share of the other parsers
that read the same act there: one of the signs that confidence rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, tee
from typing import NamedTuple

from masthead.model import Document, Event, Reject, Span, TextSpan
from masthead.reports.confidence import sure
from masthead.reports.overlaps import Overlaps
from masthead.reports.parse import Parser
from masthead.reports.pieces import pieces
from masthead.reports.scene import Step
from masthead.reports.story import Story


class Deed(NamedTuple):
    """What one parser reads at one place: the act, or the incident of no act. Two deeds are one
    if they are one act told by words that overlap."""

    act: str | None
    span: Span


def read_steps(document: Document, parsers: Sequence[Parser]) -> list[Step]:
    """What the parsers read in a document, in its order, each with its confidence."""
    return next(read_all([document], parsers))[0]


def read_all(
    documents: Iterable[Document], parsers: Sequence[Parser]
) -> Iterator[tuple[list[Step], list[Reject]]]:
    """What the parsers read in each document, in its order, each with its confidence; and the
    sentences that the reader fails on. Paragraphs of several documents are parsed together."""
    cut = ((document, list(pieces(document))) for document in documents)
    told, *streams = tee(cut, 1 + len(parsers))
    trees = [
        one.parse(piece.masked.text for _, found in stream for piece in found)
        for one, stream in zip(parsers, streams, strict=True)
    ]
    for document, found in told:
        stories = [Story(document) for _ in parsers]
        read = [
            [*story.read(zip(found, islice(some, len(found)), strict=True))]
            for story, some in zip(stories, trees, strict=True)
        ]
        rejects = {r.where: r for story in stories for r in story.rejects}
        yield _voted(*read), list(rejects.values())


def _voted(first: list[Step], *others: list[Step]) -> list[Step]:
    """What the first reads, and what the others add to it."""
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
