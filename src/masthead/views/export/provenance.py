"""Where an exported file comes from: the case, the Masthead, the head of the ledger's chain. And
what the analyst marked, which is the analyst's word and stands apart from the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from masthead import __version__
from masthead.ledger.marks import Mark, MarkKind
from masthead.views.export.columns import Row
from masthead.views.export.content import Content
from masthead.views.export.flat import joined, stamp


def origin(content: Content) -> dict[str, str]:
    """The case's title, the ledger's head, and the version. No clock: the same ledger gives the
    same file."""
    return {"case": content.case.title, "ledger_head": content.head, "masthead": __version__}


def cells(content: Content, marks: Iterable[Mark] = ()) -> Row:
    """The columns of `columns.PROVENANCE` for a row that bears these marks."""
    return {"marks": joined(map(mark_in_words, marks)), "ledger_head": content.head}


def mark_in_words(mark: Mark) -> str:
    """A mark in a line. A ruling has the ids of the events that it sets together (joined by +) or
    apart (by /)."""
    words = f"{mark.kind} ({mark.made_at:%Y-%m-%d %H:%M}Z)"
    if mark.kind in _BETWEEN:
        words += ": " + f" {_BETWEEN[mark.kind]} ".join(" ".join(g) for g in mark.groups)
    return words + (f": {mark.text}" if mark.text else "")


def mark_as_record(mark: Mark) -> dict[str, Any]:
    """A mark for programs: `groups` are the events that a ruling sets together or apart."""
    record = {"kind": str(mark.kind), "made_at": stamp(mark.made_at), "text": mark.text}
    return record | ({"groups": mark.groups} if mark.kind in _BETWEEN else {})


def mark_row(content: Content, mark: Mark) -> Row:
    """A mark as the columns of `columns.MARK`."""
    return {
        "id": mark.id, "about": mark.about, "kind": str(mark.kind), "made_at": mark.made_at,
        "text": mark.text, "others": joined(mark.others),
        "events": joined(" ".join(group) for group in mark.groups), "ledger_head": content.head,
    }  # fmt: skip


_BETWEEN = {MarkKind.MERGE: "+", MarkKind.SPLIT: "/"}
