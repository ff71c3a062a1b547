"""/api/documents: the reports and notices, their text, and the events read in them."""

from __future__ import annotations

from typing import Annotated

import polars as pl
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from masthead.model import Document, Event
from masthead.web.asking import Page, Paged, page_of
from masthead.web.errors import not_found
from masthead.web.models import DocumentHead, MarkAnswer
from masthead.web.routes.asked import Now
from masthead.web.wanted import fold

router = APIRouter(tags=["documents"])


class DocumentsAsked(Paged):
    """Words that must all stand in the title, outlet or text; and which page."""

    q: str | None = Field(None, max_length=200)


class DocumentDetail(BaseModel):
    """A document with its text, plain and as loaded: every span of the events counts in it."""

    document: Document
    events: list[Event]
    marks: list[MarkAnswer]


@router.get("/documents")
def list_documents(now: Now, asked: Annotated[DocumentsAsked, Query()]) -> Page[DocumentHead]:
    """The documents by date, undated ones last."""
    words = fold(asked.q or "").split()
    found = [d for d in now.documents.values() if all(w in now.words_of(d.id) for w in words)]
    found.sort(key=lambda d: (d.date is None, d.date.timestamp() if d.date else 0.0, d.id))
    return page_of(
        [DocumentHead.of(d, now.told_in(d.id)) for d in found], asked, now.source_head
    )  # fmt: skip


@router.get("/documents/{document_id:path}")
def read_document(
    now: Now, document_id: Annotated[str, Path(min_length=1, max_length=1000)]
) -> DocumentDetail:
    """One document."""
    document = now.documents.get(document_id)
    if document is None:
        raise not_found("document", document_id)
    rows = now.table.frame.filter(pl.col("documents").list.contains(document_id))["row"]
    return DocumentDetail(
        document=document,
        events=[now.table.events[row] for row in rows],
        marks=[MarkAnswer.of(m) for m in now.marked.on(document_id)],
    )
