"""Events, incidents, ships and zones as flat rows: one value a column, several joined by " | "."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from masthead.judgement import Incident, Verdict
from masthead.model import Actor, Event, Interval, Place, TextSpan, TrackSpan, Zone, parse_utc
from masthead.views import wording
from masthead.views.export.columns import Row


def joined(values: Iterable[object]) -> str:
    """Several values of one column. A missing one leaves its place empty, so that the n-th of one
    column belongs to the n-th of the next."""
    return " | ".join("" if v is None else str(v) for v in values)


def stamp(moment: datetime) -> str:
    """A moment as ISO 8601 with a Z."""
    return moment.isoformat().replace("+00:00", "Z")


def event_row(event: Event) -> Row:
    """An event as the columns of `columns.EVENT`."""
    texts = [piece for piece in event.evidence if isinstance(piece, TextSpan)]
    tracks = [piece for piece in event.evidence if isinstance(piece, TrackSpan)]
    ships = event.objects
    return {
        "id": event.id, "sense": str(event.sense), "incident": event.incident, "act": event.act,
        "mode": event.mode, "context": " ".join(event.context), "cameo": event.cameo,
        "status": str(event.status),
        **_actors("source", event.sources), **_actors("target", event.targets),
        "object": joined(v.text for v in ships),
        "object_subtype": joined(v.subtype for v in ships),
        "object_count": joined(v.count for v in ships),
        "ship_name": joined(v.name for v in ships),
        "imo": joined(v.imo for v in ships),
        "mmsi": joined(v.mmsi for v in ships) or joined(t.mmsi for t in tracks),
        **_when(event.time), **_where(event.place),
        "said_by": speakers(event),
        "channel": joined(link.channel for link in event.attribution if link.channel),
        "document": joined(t.document for t in texts),
        "start": joined(t.start for t in texts), "end": joined(t.end for t in texts),
        "evidence": joined(t.text for t in texts),
        "track_mmsi": joined(t.mmsi for t in tracks),
        "track_start": joined(stamp(t.start) for t in tracks),
        "track_end": joined(stamp(t.end) for t in tracks),
        "confidence": round(event.confidence, 3), "why": event.why,
    }  # fmt: skip


def speakers(event: Event) -> str:
    """The chain of who says so, outermost first; empty for the narrator's own word."""
    return " > ".join(link.who or "" for link in event.attribution)


def incident_row(incident: Incident, verdict: Verdict | None) -> Row:
    """An incident with its verdict as the columns of `columns.INCIDENT`."""
    ship = incident.vessel
    row: Row = {
        "id": incident.id, "kind": incident.kind, "state": str(incident.state),
        "ship": ship and wording.vessel(ship), "ship_name": ship and ship.name,
        "imo": ship and ship.imo and str(ship.imo), "mmsi": ship and ship.mmsi and str(ship.mmsi),
        "by": joined(incident.by), "victims": incident.victims,
        **_when(incident.time), **_where(incident.place),
        "told_by": joined(v.name for v in incident.voices),
        "speakers": joined(dict.fromkeys(s for v in incident.voices for s in v.speakers)),
        "echoes": sum(len(v.echoes) for v in incident.voices),
        "disagreements": joined(
            f"{d.about}: {' / '.join(d.versions)}" for d in incident.disagreements
        ),
        "corrections": joined(wording.correction(c) for c in incident.corrections),
        "counted": wording.count(incident.tally) or None,
        "events": joined(incident.events),
    }  # fmt: skip
    if verdict is not None:
        row |= verdict_cells(verdict)
    return row


def verdict_cells(verdict: Verdict) -> Row:
    """What the tracks say of an incident."""
    return {
        "finding": str(verdict.finding), "ratio": verdict.ratio,
        "probability": verdict.probability,
        "reasons": joined(f"{r.test}: {r.text}" for r in verdict.reasons),
        "tipping": verdict.tipping, "checked_mmsi": verdict.mmsi,
        "candidates": joined(
            f"{c.name or c.mmsi} ({c.probability:.2f})" for c in verdict.candidates
        ),
    }  # fmt: skip


def ship_row(fact: dict[str, Any]) -> Row:
    """What a ship said of itself, a row of the ledger, as the columns of `columns.SHIP`."""
    row: Row = {name: fact[name] for name in
                ("mmsi", "imo", "name", "call_sign", "flag", "ship_type", "source")}  # fmt: skip
    for name in ("first_seen", "last_seen"):
        row[name] = parse_utc(fact[name]) if fact[name] else None
    return row


def zone_row(zone: Zone) -> Row:
    """A zone as the columns of `columns.ZONE`."""
    period = zone.period or Interval()
    return {"name": zone.name, "earliest": period.earliest, "latest": period.latest,
            "origin": zone.origin}  # fmt: skip


def _actors(prefix: str, actors: Sequence[Actor]) -> Row:
    return {
        prefix: joined(a.name or a.text for a in actors),
        f"{prefix}_country": joined(a.country for a in actors),
        f"{prefix}_sector": joined(a.sector for a in actors),
    }


def _when(time: Interval | None) -> Row:
    if time is None:
        return {"earliest": None, "latest": None, "precision": None}
    return {"earliest": time.earliest, "latest": time.latest, "precision": time.precision}


def _where(place: Place | None) -> Row:
    return {"place": place and place.text, "lat": place and place.lat, "lon": place and place.lon,
            "radius_m": place and place.radius_m}  # fmt: skip
