"""/api/events: the events, filtered, as records, as GeoJSON, as a histogram, one by one."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import polars as pl
from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from masthead.judgement import Verdict
from masthead.model import Event, TextSpan
from masthead.web.asking import Page, Paged, json_page, next_of, start_of
from masthead.web.columns import milliseconds, moment
from masthead.web.errors import not_found
from masthead.web.filters import EventFilter, chosen
from masthead.web.models import DocumentHead, FeatureCollection, MarkAnswer
from masthead.web.routes.asked import Now

router = APIRouter(tags=["events"])
EventId = Annotated[str, Path(max_length=64)]


class EventsAsked(EventFilter, Paged):
    """A filter, and which page."""


class HistogramAsked(EventFilter):
    """A filter, and into how many bins."""

    bins: int = Field(200, ge=1, le=2000)


class Histogram(BaseModel):
    """Counts of events by incident (or act) in bins of equal length: `edges` are one more than
    bins; an event counts in the middle of its time; `undated` have none."""

    edges: list[str]
    series: dict[str, list[int]]
    undated: int


class EventDetail(BaseModel):
    """An event with what belongs to it: its document, its incident with the verdict, its marks."""

    event: Event
    document: DocumentHead | None
    incident_id: str | None
    verdict: Verdict | None
    marks: list[MarkAnswer]


@router.get("/events", response_model=Page[Event])
def list_events(now: Now, asked: Annotated[EventsAsked, Query()]) -> Response:
    """The events that a filter leaves, by time, undated ones last."""
    begin = start_of(asked, now.source_head)
    rows = chosen(now.table, asked)["row"]
    records = [now.table.records[row] for row in rows[begin : begin + asked.limit]]
    following = next_of(begin, asked.limit, rows.len(), now.source_head)
    return json_page(records, rows.len(), following)


@router.get("/events.geojson", response_model=FeatureCollection)
def map_events(now: Now, asked: Annotated[EventFilter, Query()]) -> Response:
    """The events that a filter leaves, as features; those without a place have no geometry."""
    features = now.sources.features()
    found = ",".join(features[row] for row in chosen(now.table, asked)["row"])
    body = f'{{"type":"FeatureCollection","features":[{found}]}}'
    return Response(body.encode("utf-8"), media_type="application/geo+json")


@router.get("/events/histogram")
def count_events(now: Now, asked: Annotated[HistogramAsked, Query()]) -> Histogram:
    """How many events of each kind there are over time, from `from` to `until` (else over all that
    the case has)."""
    everything = now.table.frame
    middle = (pl.coalesce("first", "last") + pl.coalesce("last", "first")) / 2
    found = chosen(now.table, asked).select(
        pl.coalesce("incident", pl.col("act").str.to_lowercase()).alias("kind"),
        middle.alias("at"),
    )
    span = everything.select(middle.alias("at"))["at"]
    low = milliseconds(asked.from_) if asked.from_ else span.min()
    high = milliseconds(asked.until) if asked.until else span.max()
    dated = found.filter(pl.col("at").is_not_null())
    undated = found.height - dated.height
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return Histogram(edges=[], series={}, undated=undated)
    edges = np.linspace(low, max(high, low + 1000), asked.bins + 1)
    series = {
        str(kind): np.histogram(part["at"].to_numpy(), edges)[0].tolist()
        for (kind,), part in dated.sort("kind").group_by("kind", maintain_order=True)
    }
    return Histogram(edges=[moment(float(e)) for e in edges], series=series, undated=undated)


@router.get("/events/{event_id}")
def read_event(now: Now, event_id: EventId) -> EventDetail:
    """One event, with its document, its incident, the verdict on that, and its marks."""
    event = now.table.get(event_id)
    if event is None:
        raise not_found("event", event_id)
    name = next((p.document for p in event.evidence if isinstance(p, TextSpan)), None)
    document = now.documents.get(name) if name is not None else None
    incident = next((i.id for i in now.incidents if event_id in i.events), None)
    return EventDetail(
        event=event,
        document=DocumentHead.of(document, now.told_in(document.id)) if document else None,
        incident_id=incident,
        verdict=now.verdicts.get(incident) if incident else None,
        marks=[MarkAnswer.of(m) for m in now.marked.on(event_id)],
    )
