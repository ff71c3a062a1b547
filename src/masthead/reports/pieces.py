"""A document cut into what is parsed: its paragraphs, with their ships, masked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from masthead.model import Document
from masthead.reports import gazetteer
from masthead.reports.mask import Masked, mask
from masthead.reports.sentences import Paragraph, paragraphs
from masthead.reports.vessels import FoundVessel
from masthead.reports.voices import turns

WHOLE = 200_000
"""Characters up to which a ship named in one paragraph is known by its bare name in another."""


@dataclass(frozen=True)
class Piece:
    """A paragraph, as the parser sees it, and the ships that are named in it."""

    paragraph: Paragraph
    masked: Masked
    ships: tuple[FoundVessel, ...]


def pieces(document: Document) -> Iterator[Piece]:
    """The pieces of a document, in order."""
    text = document.text
    everywhere = gazetteer.ships(text) if len(text) <= WHOLE else None
    starts = [ship.span[0] for ship in everywhere or ()]
    labels = {turn.start: turn.begins for turn in turns(text)}
    for whole in paragraphs(text):
        paragraph = _without_label(whole, labels.get(whole.start))
        if everywhere is None:
            ships = gazetteer.ships(paragraph.text, paragraph.start)
        else:
            first = bisect_left(starts, paragraph.start)
            here = everywhere[first : bisect_left(starts, paragraph.end)]
            ships = tuple(s for s in here if s.span[1] <= paragraph.end)
        masked = mask(paragraph.text, paragraph.start, ships)
        if masked.text.strip():
            yield Piece(paragraph, masked, ships)


def _without_label(paragraph: Paragraph, begins: int | None) -> Paragraph:
    """A turn of a transcript without the speaker's label, which is no part of what is said."""
    if begins is None or begins >= paragraph.end:
        return paragraph
    return replace(paragraph, start=begins, text=paragraph.text[begins - paragraph.start :])
