"""/api/case and /api/zones: what the case is about."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from masthead.model import Interval, Utc, Zone
from masthead.watch import notice_name
from masthead.web.columns import moment
from masthead.web.models import Feature, FeatureCollection
from masthead.web.routes.asked import Now
from masthead.web.snapshot import Snapshot

router = APIRouter(tags=["case"])


class Period(BaseModel):
    """From when to when; either end may be open."""

    earliest: Utc | str | None
    latest: Utc | str | None


class Counts(BaseModel):
    """How much there is of everything."""

    documents: int
    events: int
    incidents: int
    ships: int
    positions: int
    marks: int


class CaseAnswer(BaseModel):
    """A case in short. `span` covers every event and position that has a time; `states` names the
    states and flags that occur, by code; `head` is the ledger's last link."""

    title: str
    period: Period
    region: tuple[float, float, float, float] | None
    as_known_on: Utc | None
    counts: Counts
    span: Period
    states: dict[str, str]
    head: str


@router.get("/case")
def read_case(now: Now) -> CaseAnswer:
    """The case in short."""
    frame = now.table.frame
    firsts = [v for v in (frame["first"].min(), frame["last"].min()) if isinstance(v, int)]
    lasts = [v for v in (frame["first"].max(), frame["last"].max()) if isinstance(v, int)]
    return CaseAnswer(
        title=now.case.title,
        period=Period(earliest=now.case.start, latest=now.case.until),
        region=now.case.region,
        as_known_on=None,
        counts=Counts(
            documents=len(now.documents),
            events=frame.height,
            incidents=len(now.incidents),
            ships=now.ships().height,
            positions=now.tracks.positions(),
            marks=len(now.marked.all),
        ),
        span=Period(
            earliest=moment(min(firsts)) if firsts else None,
            latest=moment(max(lasts)) if lasts else None,
        ),
        states={code: now.picture().state(code) for code in sorted(_states(now))},
        head=now.head,
    )


def _states(now: Snapshot) -> set[str]:
    """The codes of the states that act, are acted on, speak, or whose flag a ship flies."""
    found = set(now.ships()["flag"].drop_nulls())
    for event in now.table.events:
        found |= {a.country for a in (*event.sources, *event.targets) if a.country}
        found |= {link.country for link in event.attribution if link.country}
        found |= {v.flag for v in event.objects if v.flag}
    return found


@router.get("/zones")
def read_zones(now: Now) -> FeatureCollection:
    """The zones and lines that are watched, and the areas that notices draw."""
    features = [_drawn(zone, now) for zone in now.sources.zones]
    drawn = {zone.origin for zone in now.sources.zones}
    features += [
        Feature(
            id=event.id,
            geometry=event.place.geometry,
            properties={
                "name": notice_name(event) or event.incident or "notice", "kind": "notice",
                "period": _period(event.time), "event": event.id,
            },
        )
        for event in now.table.events
        if event.sense == "notice" and event.place is not None
        and event.place.geometry is not None and event.id not in drawn
    ]  # fmt: skip
    return FeatureCollection(features=features)


def _drawn(zone: Zone, now: Snapshot) -> Feature:
    event = zone.origin if zone.origin in now.table.rows else None
    kind = "line" if "Line" in zone.geometry["type"] else "notice" if event else "zone"
    return Feature(
        geometry=zone.geometry,
        properties={
            "name": zone.name, "kind": kind, "period": _period(zone.period), "event": event,
        },
    )  # fmt: skip


def _period(time: Interval | None) -> dict[str, Any] | None:
    if time is None:
        return None
    return {
        "earliest": time.earliest.isoformat().replace("+00:00", "Z") if time.earliest else None,
        "latest": time.latest.isoformat().replace("+00:00", "Z") if time.latest else None,
    }
