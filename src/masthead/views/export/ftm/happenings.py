"""Documents, events and incidents as entities, and the links between them and their parties."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from masthead import codes
from masthead.judgement import Incident, Verdict
from masthead.ledger.marks import Mark
from masthead.model import Document, Event, Place, TextSpan
from masthead.views import wording
from masthead.views.export.ftm.entities import Entity, date, dates, entity, key, language_of
from masthead.views.export.in_words import in_words, title
from masthead.views.export.provenance import mark_in_words

_URL = re.compile(r"https?://[\w.-]+(:\d+)?(/[!-~]*)?", re.ASCII)


def document_entity(document: Document) -> Entity:
    """A document, with its text."""
    found = entity(
        document_id(document.id), "Document",
        fileName=document.id, title=document.title, contentHash=_sha1(document.text),
        publisher=document.outlet, sourceUrl=_address(document), mimeType=document.media_type,
        language=language_of(document.language), bodyText=document.text,
        notes=f"SHA-256 of the text: {document.digest}",
    )  # fmt: skip
    if document.date is not None:
        found.add("date", date(document.date))
    return found


def document_id(name: str) -> str:
    """The id of a document's entity."""
    return key("document", name)


def event_entity(event: Event, document: Document | None) -> Entity:
    """An event: what is told or seen, by whom, and where it stands written."""
    outlet = document.outlet if document else None
    return entity(
        f"mh-event-{event.id}", "Event",
        name=title(event, outlet),
        summary=in_words(event, outlet), description=list(_shown(event)), recordId=event.id,
        keywords=[str(event.sense), event.incident, event.act, event.mode, *event.context,
                  f"status: {event.status}"],
        location=event.place.text if event.place else None,
        proof=[document_id(d) for d in _documents(event)],
        publisher=outlet,
        sourceUrl=_address(document) if document else None,
        notes=[f"Confidence {event.confidence:.2f}", event.why],
        **dates(event.time),
    )  # fmt: skip


def incident_entity(incident: Incident, verdict: Verdict, documents: Iterable[str]) -> Entity:
    """An incident: what many tell, and what the tracks say of it."""
    ship = wording.vessel(incident.vessel) if incident.vessel else "a ship"
    finding = str(verdict.finding).replace("_", " ")
    label = codes.incidents()[incident.kind].label
    told = ", ".join(v.name for v in incident.voices)
    return entity(
        f"mh-incident-{incident.id}", "Event",
        name=f"{label}, told as {incident.state}: {ship}",
        summary=f"Told by {told}; {incident.state}. The tracks: {finding} "
                f"(likelihood ratio {verdict.ratio:.3g}, probability {verdict.probability:.2f}).",
        description=[f"{r.test}: {r.text}" for r in verdict.reasons],
        recordId=incident.id,
        keywords=["incident", incident.kind, f"state: {incident.state}", f"tracks: {finding}"],
        location=incident.place.text if incident.place else None,
        proof=[document_id(d) for d in documents],
        notes=[*incident.joined,
               *(f"They differ on the {d.about}: {'; '.join(d.versions)}"
                 for d in incident.disagreements),
               *(f"Corrected: {wording.correction(c)}" for c in incident.corrections),
               *filter(None, [wording.count(incident.tally)])],
        **dates(incident.time),
    )  # fmt: skip


def address_entity(place: Place | None) -> Entity | None:
    """Where something was located; None if it was not."""
    if place is None or place.lat is None or place.lon is None:
        return None
    spot = wording.position(place.lat, place.lon)
    full = f"{wording.flat(place.text)} ({spot})" if place.text else spot
    return entity(
        key("place", place.text, place.lat, place.lon, place.radius_m), "Address", full=full,
        latitude=f"{place.lat:.6f}", longitude=f"{place.lon:.6f}",
        remarks=f"within {place.radius_m:.0f} m" if place.radius_m is not None else None,
    )  # fmt: skip


def link(
    subject: Entity, thing: Entity, role: str, *, status: str, record: str, proof: Sequence[str]
) -> Entity:
    """That a party has a role in an event, as it is told: the status is the event's."""
    return entity(
        key("link", subject.id, thing.id, role), "UnknownLink", subject=subject.id,
        object=thing.id, role=role, status=status, recordId=record, proof=proof,
    )  # fmt: skip


def mention(party: Entity, document: str) -> Entity:
    """That a document names a party."""
    name = party.properties["name"][0]
    resolved = None if party.schema == "Vessel" else party.id
    return entity(
        key("mention", party.id, document), "Mention", document=document_id(document), name=name,
        resolved=resolved, detectedSchema=party.schema,
        contextCountry=party.properties.get("country"),
    )  # fmt: skip


def note(mark: Mark, things: Iterable[Entity]) -> Entity:
    """A mark of the analyst on these things."""
    return entity(
        key("mark", mark.id, mark.about, mark.made_at), "Note",
        name=f"The analyst's mark: {mark.kind}", description=mark_in_words(mark),
        entity=[thing.id for thing in things], keywords=["mark", str(mark.kind)],
        createdAt=mark.made_at.strftime("%Y-%m-%dT%H:%M:%S"),
    )  # fmt: skip


def _sha1(text: str) -> str:
    """The checksum that FollowTheMoney's `checksum` type is."""
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _documents(event: Event) -> dict[str, None]:
    return {p.document: None for p in event.evidence if isinstance(p, TextSpan)}


def _shown(event: Event) -> Iterable[str]:
    for piece in event.evidence:
        if isinstance(piece, TextSpan):
            yield piece.text
        else:
            yield f"MMSI {piece.mmsi}, {piece.start:%Y-%m-%d %H:%M}Z to {piece.end:%Y-%m-%d %H:%M}Z"


def _address(document: Document) -> str | None:
    return document.url if document.url and _URL.fullmatch(document.url) else None
