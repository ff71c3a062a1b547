"""/api/incidents: what happened to which ship, who says so, and what the tracks say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field

from masthead.judgement import Incident
from masthead.model import Event, TextSpan
from masthead.web import titles
from masthead.web.asking import Asked, Page, Paged, Time, Words, listed, page_of
from masthead.web.errors import not_found
from masthead.web.models import DocumentHead, IncidentItem, MarkAnswer
from masthead.web.prism import prism_of
from masthead.web.routes.asked import Now
from masthead.web.snapshot import Snapshot
from masthead.web.surroundings import TrackArrays, around
from masthead.web.wanted import Term, column, fold, terms

router = APIRouter(tags=["incidents"])


class IncidentFilter(Asked):
    """Which incidents; of several values of one, any."""

    finding: Words | None = None
    state: Words | None = None
    kind: Words | None = None
    q: str | None = Field(None, max_length=200)
    from_: Time | None = Field(None, alias="from")
    until: Time | None = None


class IncidentsAsked(IncidentFilter, Paged):
    """A filter, and which page."""


class IncidentDetail(IncidentItem):
    """An incident with its events, their documents, the tracks of its ships around its time, and
    where its ship could have been while it was silent (`prism`, GeoJSON)."""

    events: list[Event]
    documents: list[DocumentHead]
    track: dict[str, TrackArrays]
    prism: dict[str, Any] | None


@router.get("/incidents")
def list_incidents(now: Now, asked: Annotated[IncidentsAsked, Query()]) -> Page[IncidentItem]:
    """The incidents that a filter leaves, in the order of their time."""
    found = [_item(i, now) for i in now.incidents if _fits(i, asked, now)]
    return page_of(found, asked, now.head)


@router.get("/incidents/{incident_id}")
def read_incident(now: Now, incident_id: Annotated[str, Path(max_length=64)]) -> IncidentDetail:
    """One incident with all that belongs to it."""
    incident = next((i for i in now.incidents if i.id == incident_id), None)
    if incident is None:
        raise not_found("incident", incident_id)
    item = _item(incident, now)
    verdict = item.verdict
    ships = ([verdict.mmsi] if verdict.mmsi is not None else []) + [
        c.mmsi for c in verdict.candidates[:3] if c.mmsi != verdict.mmsi
    ]
    tracks = around(now.tracks, ships, incident, verdict)
    first = tracks.get(str(ships[0])) if ships else None
    events = now.events_of(incident.events)
    return IncidentDetail(
        incident=incident, verdict=verdict, title=item.title, marks=item.marks,
        events=events, documents=_documents(events, now), track=tracks,
        prism=prism_of(first, incident, now.class_of(ships[0])) if first else None,
    )  # fmt: skip


def _item(incident: Incident, now: Snapshot) -> IncidentItem:
    return IncidentItem(
        incident=incident,
        verdict=now.verdicts[incident.id],
        title=titles.of_incident(incident),
        marks=[MarkAnswer.of(m) for m in now.marked.on_incident(incident.id, incident.events)],
    )


def _fits(incident: Incident, asked: IncidentFilter, now: Snapshot) -> bool:
    finding = now.verdicts[incident.id].finding
    for wanted, value in (
        (asked.finding, finding), (asked.state, incident.state), (asked.kind, incident.kind)
    ):  # fmt: skip
        if wanted and str(value) not in listed(wanted):
            return False
    time = incident.time
    first = (time.earliest or time.latest) if time else None
    last = (time.latest or time.earliest) if time else None
    if asked.from_ is not None and (last is None or last < asked.from_):
        return False
    if asked.until is not None and (first is None or first > asked.until):
        return False
    return not asked.q or says(incident, terms(asked.q), now)


def says(incident: Incident, asked: Iterable[Term], now: Snapshot) -> bool:
    """Whether the terms hold of the words of an incident's title and of all its events."""
    frame = now.table.frame[[now.table.rows[i] for i in incident.events if i in now.table.rows]]
    title = fold(titles.of_incident(incident))
    return all(
        term.holds(" ".join([*(() if term.field else (title,)), *frame[column(term.field)]]))
        for term in asked
    )


def _documents(events: Iterable[Event], now: Snapshot) -> list[DocumentHead]:
    names = {p.document: None for e in events for p in e.evidence if isinstance(p, TextSpan)}
    found = [d for name in names if (d := now.documents.get(name)) is not None]
    return [DocumentHead.of(d, now.told_in(d.id)) for d in found]
