"""Where an exported file comes from: the case, the Masthead, the head of the ledger's chain. And
what the analyst marked, which is the analyst's word and stands apart from the record."""

from __future__ import annotations

from masthead import __version__
from masthead.views.export.content import Content


def origin(content: Content) -> dict[str, str]:
    """The case's title, the ledger's head, and the version. No clock: the same ledger gives the
    same file."""
    return {"case": content.case.title, "ledger_head": content.head, "masthead": __version__}


def marks_of(content: Content, event_id: str) -> list[str]:
    """The analyst's marks on an event, in words."""
    return list(content.marks.get(event_id, ()))
