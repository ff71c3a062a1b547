"""Where an exported file comes from: the case, the Masthead, the head of the ledger's chain. And
what the analyst marked, which is the analyst's word and stands apart from the record."""

from __future__ import annotations

from masthead import __version__
from masthead.views.export.columns import Row
from masthead.views.export.content import Content
from masthead.views.export.flat import joined, stamp


def origin(content: Content) -> dict[str, str]:
    """The case's title, the ledger's head, and the version. No clock: the same ledger gives the
    same file."""
    return {"case": content.case.title, "ledger_head": content.head, "masthead": __version__}


def cells(content: Content, *about: object) -> Row:
    """The columns of `columns.PROVENANCE` for a row about these ids."""
    marks = [m for one in about if one is not None for m in marks_in_words(content, str(one))]
    return {"marks": joined(dict.fromkeys(marks)), "ledger_head": content.head}


def marks_in_words(content: Content, about: str) -> list[str]:
    """The analyst's marks on something, a line each."""
    return [
        f"{mark.kind} ({mark.made_at:%Y-%m-%d %H:%M}Z)" + (f": {mark.text}" if mark.text else "")
        for mark in content.marks.get(about, ())
    ]


def marks_as_records(content: Content, about: str) -> list[dict[str, str | None]]:
    """The analyst's marks on something, for programs."""
    return [
        {"kind": str(mark.kind), "made_at": stamp(mark.made_at), "text": mark.text}
        for mark in content.marks.get(about, ())
    ]
