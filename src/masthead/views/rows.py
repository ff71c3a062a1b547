"""Events as flat rows: CSV for a spreadsheet, PLOVER rows for event-data tools."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from masthead import codes
from masthead.model import Actor, Event, Evidence, Interval, TextSpan, Vessel

CSV_COLUMNS = (
    "id", "sense", "incident", "act", "mode", "context", "cameo", "status",
    "source", "source_country", "source_sector", "target", "target_country", "target_sector",
    "object", "object_subtype", "object_count", "ship_name", "imo", "mmsi",
    "earliest", "latest", "precision", "place", "lat", "lon", "radius_m",
    "said_by", "channel", "document", "start", "end", "evidence", "confidence", "why",
)  # fmt: skip

PLOVER_COLUMNS = (
    "event_id", "date", "actor1", "actor1_country", "actor1_sector",
    "event_type", "mode", "context", "quad", "cameo",
    "actor2", "actor2_country", "actor2_sector",
    "status", "reported_by", "place", "lat", "lon", "source_document", "text",
)  # fmt: skip


def write_csv(events: Iterable[Event], out: TextIO) -> None:
    """One row an event; several actors or ships are joined by " | "."""
    _write(CSV_COLUMNS, map(_csv_row, events), out)


def write_plover(events: Iterable[Event], out: TextIO) -> None:
    """One row for each pair of source and target of each event that has a PLOVER act, as dyadic
    event data are kept. A ship acted on stands as actor2 where no target is named."""
    _write(PLOVER_COLUMNS, (row for event in events for row in _plover_rows(event)), out)


def _write(columns: tuple[str, ...], rows: Iterable[dict[str, object]], out: TextIO) -> None:
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _safe(value) for key, value in row.items()})


def _safe(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value


def _joined(values: Iterable[object]) -> str:
    return " | ".join("" if v is None else str(v) for v in values)


def _csv_row(event: Event) -> dict[str, object]:
    time, place = event.time or Interval(), event.place
    text = next((e for e in event.evidence if isinstance(e, TextSpan)), None)
    return {
        "id": event.id, "sense": str(event.sense), "incident": event.incident, "act": event.act,
        "mode": event.mode, "context": " ".join(event.context), "cameo": event.cameo,
        "status": str(event.status),
        **_actor_cells("source", event.sources), **_actor_cells("target", event.targets),
        "object": _joined(v.text for v in event.objects),
        "object_subtype": _joined(v.subtype for v in event.objects),
        "object_count": _joined(v.count for v in event.objects),
        "ship_name": _joined(v.name for v in event.objects),
        "imo": _joined(v.imo for v in event.objects),
        "mmsi": _joined(v.mmsi for v in event.objects) or _mmsi_of(event.evidence),
        "earliest": _stamp(time.earliest), "latest": _stamp(time.latest),
        "precision": time.precision if event.time else None,
        "place": place and place.text, "lat": place and place.lat, "lon": place and place.lon,
        "radius_m": place and place.radius_m,
        "said_by": " > ".join(link.who or "" for link in event.attribution),
        "channel": _joined(link.channel for link in event.attribution if link.channel),
        "document": text and text.document, "start": text and text.start,
        "end": text and text.end, "evidence": text and text.text,
        "confidence": round(event.confidence, 3), "why": event.why,
    }  # fmt: skip


def _actor_cells(prefix: str, actors: tuple[Actor, ...]) -> dict[str, object]:
    return {
        prefix: _joined(a.name or a.text for a in actors),
        f"{prefix}_country": _joined(a.country for a in actors),
        f"{prefix}_sector": _joined(a.sector for a in actors),
    }


def _plover_rows(event: Event) -> Iterator[dict[str, object]]:
    if event.act is None:
        return
    place = event.place
    text = next((e for e in event.evidence if isinstance(e, TextSpan)), None)
    common: dict[str, object] = {
        "event_id": event.id,
        "date": (_stamp(event.time.earliest) or "")[:10] if event.time else None,
        "event_type": event.act, "mode": event.mode, "context": " ".join(event.context),
        "quad": codes.acts()[event.act].quad, "cameo": event.cameo, "status": str(event.status),
        "reported_by": " > ".join(link.who or "" for link in event.attribution),
        "place": place and place.text, "lat": place and place.lat, "lon": place and place.lon,
        "source_document": text and text.document, "text": text and text.text,
    }  # fmt: skip
    sources: tuple[Actor | None, ...] = event.sources or (None,)
    targets: tuple[Actor | Vessel | None, ...] = event.targets or event.objects or (None,)
    for one in sources:
        for two in targets:
            yield {**common, **_party("actor1", one), **_party("actor2", two)}


def _party(prefix: str, who: Actor | Vessel | None) -> dict[str, object]:
    if who is None:
        return {prefix: None, f"{prefix}_country": None, f"{prefix}_sector": None}
    country = who.country if isinstance(who, Actor) else who.flag
    sector = who.sector if isinstance(who, Actor) else None
    return {
        prefix: who.name or who.text,
        f"{prefix}_country": country,
        f"{prefix}_sector": sector,
    }


def _stamp(moment: object) -> str | None:
    return None if moment is None else str(moment).replace(" ", "T").replace("+00:00", "Z")


def _mmsi_of(evidence: Iterable[Evidence]) -> str:
    return _joined(e.mmsi for e in evidence if not isinstance(e, TextSpan))
