"""/api/network, /api/stances, /api/effectiveness: who does what to whom, who stands where, and how
effective the blockade is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from masthead.checks.alignment import Claim, network
from masthead.checks.effectiveness.law import Condition
from masthead.checks.effectiveness.share import Share
from masthead.checks.effectiveness.transits import Transits
from masthead.model import Utc
from masthead.web.asking import Asked, Time
from masthead.web.routes.asked import Now

router = APIRouter(tags=["relations"])


class NetworkAsked(Asked):
    """Of which time."""

    from_: Time | None = Field(None, alias="from")
    until: Time | None = None


class NodeAnswer(BaseModel):
    """An actor: `kind` is "state" for a state or its government, else "actor"."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    events: int


class EdgeAnswer(BaseModel):
    """One act of one actor to another: `sign` is how friendly, -1 to 1; `status` counts how it is
    told."""

    source: str
    target: str
    act: str
    sign: float
    count: int
    events: list[str]
    status: dict[str, int]
    first: Utc | None
    last: Utc | None


class NetworkAnswer(BaseModel):
    """The actors, busiest first, and what they do to one another."""

    nodes: list[NodeAnswer]
    edges: list[EdgeAnswer]


class ChangeAnswer(BaseModel):
    """A stance from a day on."""

    from_: date = Field(serialization_alias="from")
    stance: float


class StanceAnswer(BaseModel):
    """Where a state stands toward the matter, -1 (against) to 1 (for), in words `called`."""

    country: str
    name: str
    stance: float
    called: str
    changed: list[ChangeAnswer]
    events: list[str]


class ClaimAnswer(BaseModel):
    """What somebody says, and the event whose evidence shows it."""

    who: str
    country: str | None
    event: str
    text: str


class DisputeAnswer(BaseModel):
    """Claims, and those that go against them."""

    about: str
    incident: str | None
    claims: list[ClaimAnswer]
    against: list[ClaimAnswer]


class Stances(BaseModel):
    """Who stands where on what `matter` (null: no blockade of one state by another is told)."""

    matter: str | None
    states: list[StanceAnswer]
    disputes: list[DisputeAnswer]


class DetourAnswer(BaseModel):
    """One ship that turned away; see masthead.checks.effectiveness."""

    event: str
    mmsi: int
    kind: str
    sailed_nm: float
    days: float
    arrived: bool
    left_nm: float | None
    extra_nm: float | None


class EffectivenessAnswer(BaseModel):
    """How effective the blockade is: what became of passages (`ends`), the share stopped with its
    90 % interval, transits before and after, detours, what the law asks. `why_not` says why nothing
    was measured. `names` has the names of the states and flags in it."""

    by: str | None
    against: str | None
    names: dict[str, str]
    since: Utc | None
    until: Utc | None
    told: list[str]
    ends: dict[str, int]
    stopped: Share | None
    by_class: dict[str, Share]
    by_flag: dict[str, Share]
    transits: Transits | None
    detours: list[DetourAnswer]
    law: list[Condition]
    why_not: str | None


@router.get("/network")
def read_network(now: Now, asked: Annotated[NetworkAsked, Query()]) -> NetworkAnswer:
    """Who does what to whom, in reports and notices; events without a time are left out where a
    time is given."""
    found = network(now.table.events, asked.from_, asked.until)
    return NetworkAnswer(
        nodes=[
            NodeAnswer(
                id=n.id, name=n.name, country=n.country, sector=n.sector, events=n.events,
                kind="state" if n.country and n.sector in (None, "GOV") else "actor",
            )
            for n in found.nodes
        ],
        edges=[
            EdgeAnswer(
                source=e.source, target=e.target, act=e.act, sign=e.sign, count=e.count,
                events=list(e.events), status=e.status, first=e.first, last=e.last,
            )
            for e in found.edges
        ],
    )  # fmt: skip


@router.get("/stances")
def read_stances(now: Now) -> Stances:
    """Where third states stand toward the blockade, and whose claims meet which counter-claims."""
    picture, measured = now.picture(), now.measured()
    matter = None
    if measured is not None and measured.blockade.by and measured.blockade.against:
        of, by = (picture.state(c) for c in (measured.blockade.against, measured.blockade.by))
        matter = f"the blockade of {of} by {by}"
    return Stances(
        matter=matter,
        states=[
            StanceAnswer(
                country=s.country, name=picture.state(s.country), stance=s.stance, called=s.called,
                changed=[ChangeAnswer(from_=day, stance=value) for day, value in s.changed],
                events=list(s.events),
            )
            for s in picture.stances
        ],
        disputes=[
            DisputeAnswer(about=d.about, incident=d.incident, claims=_claims(d.claims),
                          against=_claims(d.against))
            for d in picture.disputes
        ],
    )  # fmt: skip


@router.get("/effectiveness")
def read_effectiveness(now: Now) -> EffectivenessAnswer | None:
    """How effective the blockade is; null without one."""
    found = now.measured()
    if found is None:
        return None
    blockade, picture = found.blockade, now.picture()
    states = {c for c in (blockade.by, blockade.against, *found.by_flag) if c}
    return EffectivenessAnswer(
        by=blockade.by, against=blockade.against,
        names={c: picture.state(c) for c in sorted(states)},
        since=blockade.since, until=blockade.until,
        told=[e.id for e in blockade.told],
        ends={str(end): count for end, count in found.ends.most_common()},
        stopped=found.stopped, by_class=dict(found.by_class), by_flag=dict(found.by_flag),
        transits=found.transits,
        detours=[
            DetourAnswer(
                event=d.event, mmsi=d.mmsi, kind=d.kind, sailed_nm=d.sailed_nm, days=d.days,
                arrived=d.arrived, left_nm=d.left_nm, extra_nm=d.extra_nm,
            )
            for d in found.detours
        ],
        law=list(found.law), why_not=found.why_not,
    )  # fmt: skip


def _claims(claims: Iterable[Claim]) -> list[ClaimAnswer]:
    return [ClaimAnswer(who=c.who, country=c.country, event=c.event, text=c.text) for c in claims]
