"""Shapes that several answers of the API share."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from masthead.judgement import Incident, Verdict
from masthead.ledger.marks import Mark, MarkKind
from masthead.model import Document, Utc
from masthead.web import titles


class Problem(BaseModel):
    """An error: what is wrong, in one line, and what to do."""

    error: str
    hint: str


class Feature(BaseModel):
    """A feature of GeoJSON (RFC 7946): longitude, latitude; null where there is no place."""

    type: Literal["Feature"] = "Feature"
    id: str | None = None
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


class FeatureCollection(BaseModel):
    """Features of GeoJSON."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[Feature]


class MarkAnswer(BaseModel):
    """A mark of the analyst."""

    id: int
    about: str
    kind: MarkKind
    text: str | None
    others: list[str]
    made_at: Utc

    @classmethod
    def of(cls, mark: Mark) -> MarkAnswer:
        """The mark as it is answered."""
        return cls(id=mark.id, about=mark.about, kind=mark.kind, text=mark.text,
                   others=list(mark.others), made_at=mark.made_at)  # fmt: skip


class DocumentHead(BaseModel):
    """A document without its text."""

    id: str
    title: str
    outlet: str | None
    date: Utc | None
    language: str | None
    events: int

    @classmethod
    def of(cls, document: Document, events: int) -> DocumentHead:
        """The head of a document that so many events were read in."""
        return cls(id=document.id, title=titles.of_document(document), outlet=document.outlet,
                   date=document.date, language=document.language, events=events)  # fmt: skip


class IncidentItem(BaseModel):
    """An incident with the verdict on it, its title, and the ids of the marks on it."""

    incident: Incident
    verdict: Verdict
    title: str
    marks: list[MarkAnswer]
