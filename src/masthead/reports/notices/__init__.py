"""Notices: warnings with a fixed grammar, read to events without any parsing of prose.

A notice is a navigational warning, a UKMTO warning, advisory or update, or an IMB piracy report. Each has
its own module; a text that is none of them is left to the prose reader.
"""

from __future__ import annotations

from masthead.model import Document, Event
from masthead.reports.notices.navarea import read_navarea


def read_notices(document: Document) -> tuple[Event, ...] | None:
    """The events of a document that is a notice, or holds several; None if it is none."""
    return read_navarea(document)
