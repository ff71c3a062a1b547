"""Notices: warnings with a fixed grammar, read to events without any parsing of prose.

A notice is a navigational warning, a UKMTO warning, advisory or update, or an IMB piracy report.
Each has its own module; a text that is none of them is left to the prose reader.
"""

from __future__ import annotations

from masthead.model import Document, Event, unique
from masthead.reports.notices.imb import read_imb
from masthead.reports.notices.navarea import read_navarea
from masthead.reports.notices.ukmto import read_ukmto


def read_notices(document: Document) -> tuple[Event, ...] | None:
    """The events of a document that is a notice, or holds several; None if it is none."""
    for read in (read_imb, read_ukmto, read_navarea):
        events = read(document)
        if events is not None:
            return tuple(unique(events))
    return None
