"""The footnotes of a brief: every event that a line cites, once, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from masthead.model import Document, Event, TextSpan, TrackSpan
from masthead.views import wording
from masthead.views.brief.parts import Note, Section


def notes_of(
    sections: Iterable[Section], events: Mapping[str, Event], documents: Mapping[str, Document]
) -> tuple[Note, ...]:
    """The footnotes of these sections, numbered in the order in which lines cite them."""
    order: dict[str, None] = {}
    for section in sections:
        for group in section.groups:
            for line in group.lines:
                order.update(dict.fromkeys(i for i in line.cites if i in events))
    return tuple(
        Note(number, i, _where(events[i], documents), wording.quote(events[i]))
        for number, i in enumerate(order, 1)
    )


def _where(event: Event, documents: Mapping[str, Document]) -> str:
    places = []
    for piece in event.evidence[:2]:
        if isinstance(piece, TextSpan):
            document = documents.get(piece.document)
            outlet = f"{document.outlet}, " if document and document.outlet else ""
            dated = f", {document.date:%Y-%m-%d}" if document and document.date else ""
            places.append(f"{outlet}{piece.document}{dated}, characters {piece.start}–{piece.end}")
        elif isinstance(piece, TrackSpan):
            places.append(
                f"AIS of MMSI {piece.mmsi}, {piece.start:%Y-%m-%d %H:%M}Z to {piece.end:%H:%M}Z"
            )
    return "; ".join(places)
