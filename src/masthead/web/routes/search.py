"""/api/search: one box for everything: incidents, ships, documents, events that have all the
words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import polars as pl
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from masthead.model import Event, Utc
from masthead.views import wording
from masthead.web import titles
from masthead.web.asking import Page, Paged, page_of
from masthead.web.columns import fold
from masthead.web.filters import EventFilter, chosen
from masthead.web.routes.asked import Now
from masthead.web.snapshot import Snapshot

router = APIRouter(tags=["search"])
AROUND = 80
"""Characters of a snippet before and after the first word found."""


class SearchAsked(Paged):
    """The words, and which page."""

    q: str = Field(min_length=1, max_length=200)


class Found(BaseModel):
    """Something that has the words: its kind and id, its title, the words around (plain text)."""

    kind: Literal["event", "incident", "ship", "document"]
    id: str
    title: str
    snippet: str
    time: Utc | None


@router.get("/search")
def search(now: Now, asked: Annotated[SearchAsked, Query()]) -> Page[Found]:
    """What has all the words: incidents, ships, documents, then events, each by time."""
    words = fold(asked.q).split()
    if not words:
        return Page(items=[], total=0, next=None)
    found: list[Callable[[], Found]] = [
        *_incidents(words, now), *_ships(words, now), *_documents(words, now), *_events(asked, now)
    ]  # fmt: skip
    page = page_of(found, asked, now.head)
    return Page(items=[make() for make in page.items], total=page.total, next=page.next)


def _incidents(words: list[str], now: Snapshot) -> list[Callable[[], Found]]:
    def found(number: int) -> Callable[[], Found]:
        incident = now.incidents[number]
        time = incident.time
        first = now.events_of(incident.events[:1])
        return lambda: Found(
            kind="incident", id=incident.id, title=titles.of_incident(incident),
            snippet=_snippet(wording.quote(first[0]) if first else "", words),
            time=(time.earliest or time.latest) if time else None,
        )  # fmt: skip

    named = [fold(titles.of_incident(i)) for i in now.incidents]
    return [found(n) for n, text in enumerate(named) if all(w in text for w in words)]


def _ships(words: list[str], now: Snapshot) -> list[Callable[[], Found]]:
    text = pl.concat_str(
        [pl.col(c).cast(pl.String).fill_null("") for c in ("name", "call_sign", "mmsi", "imo")],
        separator=" ",
    ).str.to_lowercase()
    rows = now.ships().filter(*(text.str.contains(w, literal=True) for w in words)).to_dicts()

    def found(row: dict[str, object]) -> Callable[[], Found]:
        shown = [f"{k} {row[v]}" for k, v in (("IMO", "imo"), ("flag", "flag"), ("", "class"))
                 if row[v]]  # fmt: skip
        return lambda: Found(
            kind="ship", id=str(row["mmsi"]), title=f"{row['name'] or 'MMSI'} ({row['mmsi']})",
            snippet=", ".join(s.strip() for s in shown), time=None,
        )  # fmt: skip

    return [found(row) for row in rows]


def _documents(words: list[str], now: Snapshot) -> list[Callable[[], Found]]:
    def found(name: str) -> Callable[[], Found]:
        document = now.documents[name]
        return lambda: Found(
            kind="document", id=name, title=titles.of_document(document),
            snippet=_snippet(document.text, words), time=document.date,
        )  # fmt: skip

    return [found(n) for n in now.documents if all(w in now.words_of(n) for w in words)]


def _events(asked: SearchAsked, now: Snapshot) -> list[Callable[[], Found]]:
    words = fold(asked.q).split()

    def found(event: Event) -> Callable[[], Found]:
        time = event.time
        return lambda: Found(
            kind="event", id=event.id, title=titles.of_event(event),
            snippet=_snippet(wording.quote(event, 2000) or event.why, words),
            time=(time.earliest or time.latest) if time else None,
        )  # fmt: skip

    rows = chosen(now.table, EventFilter(q=asked.q))["row"]
    return [found(now.table.events[row]) for row in rows]


def _snippet(text: str, words: list[str]) -> str:
    """The words around the first one found, on one line."""
    line = wording.flat(text[:200_000])
    at = max(0, line.casefold().find(words[0]))
    start, end = max(0, at - AROUND), min(len(line), at + AROUND)
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
