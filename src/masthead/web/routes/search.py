"""/api/search: one box for everything: the incidents, ships, documents and events of which all
terms hold (`wanted`). A ship is found by words and `ship:`, a document by words and `source:`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Literal

import polars as pl
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from masthead.judgement import Incident
from masthead.model import Event, Utc
from masthead.views import wording
from masthead.web import titles
from masthead.web.asking import Page, Paged, page_of
from masthead.web.routes.asked import Now
from masthead.web.routes.incidents import says
from masthead.web.snapshot import Snapshot
from masthead.web.wanted import Term, expressions, first_word, fold, terms

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
    """Of what all terms hold: incidents, ships, documents, then events, each by time."""
    wanted = terms(asked.q)
    if not wanted:
        return Page(items=[], total=0, next=None)
    found: list[Callable[[], Found]] = [
        *_incidents(wanted, now), *_ships(wanted, now), *_documents(wanted, now),
        *_events(wanted, now),
    ]  # fmt: skip
    page = page_of(found, asked, now.head)
    return Page(items=[make() for make in page.items], total=page.total, next=page.next)


def _incidents(wanted: Sequence[Term], now: Snapshot) -> list[Callable[[], Found]]:
    def found(incident: Incident) -> Callable[[], Found]:
        time = incident.time
        first = now.events_of(incident.events[:1])
        return lambda: Found(
            kind="incident", id=incident.id, title=titles.of_incident(incident),
            snippet=_snippet(wording.quote(first[0]) if first else "", first_word(wanted)),
            time=(time.earliest or time.latest) if time else None,
        )  # fmt: skip

    return [found(i) for i in now.incidents if says(i, wanted, now)]


def _ships(wanted: Sequence[Term], now: Snapshot) -> list[Callable[[], Found]]:
    if any(term.field not in (None, "ship") for term in wanted):
        return []
    text = pl.concat_str(
        [pl.col(c).cast(pl.String).fill_null("") for c in ("name", "call_sign", "mmsi", "imo")],
        separator=" ",
    ).str.to_lowercase()
    everyone = now.ships().with_columns(text.alias("text"))
    rows = everyone.filter(expressions([replace(t, field=None) for t in wanted])).to_dicts()

    def found(row: dict[str, object]) -> Callable[[], Found]:
        shown = [f"{k} {row[v]}" for k, v in (("IMO", "imo"), ("flag", "flag"), ("", "class"))
                 if row[v]]  # fmt: skip
        return lambda: Found(
            kind="ship", id=str(row["mmsi"]), title=f"{row['name'] or 'MMSI'} ({row['mmsi']})",
            snippet=", ".join(s.strip() for s in shown), time=None,
        )  # fmt: skip

    return [found(row) for row in rows]


def _documents(wanted: Sequence[Term], now: Snapshot) -> list[Callable[[], Found]]:
    def found(name: str) -> Callable[[], Found]:
        document = now.documents[name]
        return lambda: Found(
            kind="document", id=name, title=titles.of_document(document),
            snippet=_snippet(document.text, first_word(wanted)), time=document.date,
        )  # fmt: skip

    def words(name: str, term: Term) -> str:
        whole = now.words_of(name)
        return whole if term.field is None else fold(f"{name} {now.documents[name].outlet or ''}")

    if any(term.field not in (None, "source") for term in wanted):
        return []
    return [found(n) for n in now.documents if all(t.holds(words(n, t)) for t in wanted)]


def _events(wanted: Sequence[Term], now: Snapshot) -> list[Callable[[], Found]]:
    def found(event: Event) -> Callable[[], Found]:
        time = event.time
        return lambda: Found(
            kind="event", id=event.id, title=titles.of_event(event),
            snippet=_snippet(wording.quote(event, 2000) or event.why, first_word(wanted)),
            time=(time.earliest or time.latest) if time else None,
        )  # fmt: skip

    rows = now.table.frame.filter(expressions(wanted))["row"]
    return [found(now.table.events[row]) for row in rows]


def _snippet(text: str, word: str) -> str:
    """The words around the first place of a word, on one line."""
    line = wording.flat(text[:200_000])
    at = max(0, line.casefold().find(word))
    start, end = max(0, at - AROUND), min(len(line), at + AROUND)
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
