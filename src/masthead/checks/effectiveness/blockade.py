"""Which blockade a case is about: as its file says, else as its reports declare it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pycountry

from masthead.case import BlockadeTable, Case
from masthead.model import Event, Sense, Status, Zone
from masthead.tracks.places import Port, ports

SPARED = frozenset({
    "fishing vessel", "warship", "law enforcement vessel", "search and rescue vessel",
    "pilot vessel", "tug", "port tender", "pleasure craft", "sailing vessel", "passenger ship",
})  # fmt: skip
"""Classes of ship that are not counted where the case names none that the blockade spares."""

AREAS, LINES = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString")


@dataclass(frozen=True)
class Blockade:
    """A blockade: whose, against whom (ISO 3166 alpha-3), from when to when, its zone, its line,
    the ports it closes, the AIS classes it spares, and the events that declare it."""

    by: str | None
    against: str | None
    since: datetime | None
    until: datetime | None
    zone: Zone | None
    line: Zone | None
    ports: tuple[Port, ...]
    spares: frozenset[str]
    told: tuple[Event, ...]

    @property
    def measurable(self) -> bool:
        """Whether passages can be looked for: since when, where, and to which ports."""
        return self.since is not None and self.zone is not None and bool(self.ports)


def blockade_of(case: Case, events: Sequence[Event]) -> Blockade | None:
    """The blockade of a case; None if neither its file nor its reports speak of one.

    What `[blockade]` leaves open comes from the reports that declare one: the pair of states named
    most often, the earliest time. Ports are the known ones of the blockaded state.
    """
    told = tuple(
        e for e in events
        if e.incident == "blockade" and e.sense is not Sense.TRACK
        and e.status in (Status.ASSERTED, Status.ONGOING)
    )  # fmt: skip
    table = case.blockade
    if table is None and not told:
        return None
    table = table or BlockadeTable.model_validate({})
    by = table.by or _most(e.sources[0].country for e in told if e.sources)
    against = table.against or _most(e.targets[0].country for e in told if e.targets)
    zones = [z for z in case.drawn_zones() if z.geometry["type"] in AREAS]
    lines = [z for z in case.drawn_zones() if z.geometry["type"] in LINES]
    starts = [e.time.earliest for e in told if e.time and e.time.earliest]
    closed = tuple(Port(p.name, against or "", "", p.lat, p.lon) for p in table.ports)
    return Blockade(
        by=by,
        against=against,
        since=table.start or min(starts, default=None),
        until=table.until or case.until,
        zone=_named(zones, table.zone),
        line=_named(lines, table.line),
        ports=closed or _ports_of(against),
        spares=frozenset(table.spares) or SPARED,
        told=told,
    )


def _most(countries: Iterable[str | None]) -> str | None:
    found = Counter(c for c in countries if c)
    return found.most_common(1)[0][0] if found else None


def _named(zones: Sequence[Zone], name: str | None) -> Zone | None:
    for zone in zones:
        if name is None or zone.name == name:
            return zone
    return None


def _ports_of(country: str | None) -> tuple[Port, ...]:
    """The known ports of a state, by the country in their UN/LOCODE."""
    found = pycountry.countries.get(alpha_3=country) if country else None
    return tuple(p for p in ports() if found and p.code.startswith(found.alpha_2))
