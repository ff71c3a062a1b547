"""The columns of flat exports: their names, order and types, the same in CSV, GeoPackage and
`masthead.open`. docs/exports.md says what each means."""

from __future__ import annotations

from datetime import datetime

Columns = dict[str, type]
Row = dict[str, object]

EVENT: Columns = {
    "id": str, "sense": str, "incident": str, "act": str, "mode": str, "context": str,
    "cameo": str, "status": str,
    "source": str, "source_country": str, "source_sector": str,
    "target": str, "target_country": str, "target_sector": str,
    "object": str, "object_subtype": str, "object_count": str,
    "ship_name": str, "imo": str, "mmsi": str,
    "earliest": datetime, "latest": datetime, "precision": str,
    "place": str, "lat": float, "lon": float, "radius_m": float,
    "said_by": str, "channel": str, "document": str, "start": str, "end": str, "evidence": str,
    "track_mmsi": str, "track_start": str, "track_end": str,
    "confidence": float, "why": str,
}  # fmt: skip
"""An event by itself (`masthead read`, `masthead detect`)."""

OUTLET: Columns = {"outlet": str}
"""Whose document it stands in, which a case knows."""

PROVENANCE: Columns = {"marks": str, "ledger_head": str}
"""What a case's ledger adds."""

INCIDENT: Columns = {
    "id": str, "kind": str, "state": str, "ship": str, "ship_name": str, "imo": str, "mmsi": str,
    "by": str, "victims": int,
    "earliest": datetime, "latest": datetime, "precision": str,
    "place": str, "lat": float, "lon": float, "radius_m": float,
    "told_by": str, "speakers": str, "echoes": int, "disagreements": str,
    "corrections": str, "counted": str,
    "finding": str, "ratio": float, "probability": float, "reasons": str, "tipping": str,
    "checked_mmsi": int, "candidates": str, "events": str,
}  # fmt: skip

SHIP: Columns = {
    "mmsi": int, "imo": int, "name": str, "call_sign": str, "flag": str, "ship_type": str,
    "first_seen": datetime, "last_seen": datetime, "source": str,
}  # fmt: skip

MARK: Columns = {
    "id": int, "about": str, "kind": str, "made_at": datetime, "text": str, "others": str,
    "events": str, "ledger_head": str,
}  # fmt: skip

ZONE: Columns = {
    "name": str, "earliest": datetime, "latest": datetime, "origin": str,
}  # fmt: skip

TRACK: Columns = {
    "mmsi": int, "name": str, "segment": int, "start": datetime, "end": datetime, "positions": int,
    "drawn": int,
}  # fmt: skip

PLOVER: Columns = {
    "event_id": str, "date": str, "actor1": str, "actor1_country": str, "actor1_sector": str,
    "event_type": str, "mode": str, "context": str, "quad": int, "cameo": str,
    "actor2": str, "actor2_country": str, "actor2_sector": str,
    "status": str, "reported_by": str, "place": str, "lat": float, "lon": float,
    "source_document": str, "text": str,
}  # fmt: skip
