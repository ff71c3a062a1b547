"""Who and what of a case is screened: its ships, and the people and organisations in its events.
States are left out: they are not what such lists are about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from masthead import codes
from masthead.case import Case
from masthead.checks.screening.names import ship_name
from masthead.checks.screening.nations import nation
from masthead.ledger import Ledger
from masthead.model import Event, Vessel
from masthead.reports.ship_words import ship_class


@dataclass
class Subject:
    """A ship or actor to screen, and the day of each event that names it (by event id)."""

    kind: Literal["ship", "actor"]
    name: str | None = None
    imo: int | None = None
    mmsi: int | None = None
    call_sign: str | None = None
    flag: str | None = None
    ship_type: str | None = None
    days: dict[str, date | None] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.name or (f"IMO {self.imo}" if self.imo else f"MMSI {self.mmsi}" if self.mmsi
                             else self.call_sign or "?")  # fmt: skip


def subjects_of(case: Case, ledger: Ledger) -> list[Subject]:
    """The subjects of a case: ships first. A ship told only by name is the ship of the tracks that
    alone has that name."""
    ships = [_of_row(row) for row in ledger.ships()]
    ships += [Subject("ship", s.name, s.imo, s.mmsi, s.call_sign, s.flag) for s in case.ships]
    known: dict[tuple[str, Any], Subject] = {}
    merged = [_merge(ship, known) for ship in ships]
    actors: dict[str, Subject] = {}
    states = {a.name.casefold() for a in case.actors if a.sector in (None, "GOV")}
    for event in ledger.events():
        for vessel in event.objects:
            if vessel.type == "vessel" and (
                vessel.name or vessel.imo or vessel.mmsi or vessel.call_sign
            ):
                found = _merge(_of_vessel(vessel), known)
                found.days[event.id] = _day(event)
                merged.append(found)
        for actor in (*event.sources, *event.targets):
            name = actor.name or actor.text
            if _is_state(name) or name.casefold() in states:
                continue
            subject = actors.setdefault(name.casefold(), Subject("actor", name, flag=actor.country))
            subject.days[event.id] = _day(event)
    return [*{id(s): s for s in merged}.values(), *actors.values()]


def _merge(ship: Subject, known: dict[tuple[str, Any], Subject]) -> Subject:
    keys: list[tuple[str, Any]] = [
        (what, value) for what in ("imo", "mmsi", "call_sign") if (value := getattr(ship, what))
    ]
    name = ("name", ship_name(ship.name).compact) if ship.name else None
    found = next((known[k] for k in keys if k in known), None)
    if found is None and name and not (ship.imo or ship.mmsi):
        found = known.get(name)
    if found is None:
        found = ship
    for what in ("name", "imo", "mmsi", "call_sign", "flag", "ship_type"):
        if getattr(found, what) is None:
            setattr(found, what, getattr(ship, what))
    for key in keys:
        known.setdefault(key, found)
    if name and known.setdefault(name, found) is not found:
        known[name] = Subject("ship", ship.name)  # shared by several ships: nobody's number
    return found


def _of_row(row: dict[str, Any]) -> Subject:
    code = str(row["ship_type"] or "")
    kind = next(
        (r["class"] for r in codes.rows("ais_ship_types.csv")
         if code.isdecimal() and int(r["from"]) <= int(code) <= int(r["to"])), None,
    )  # fmt: skip
    return Subject("ship", row["name"], row["imo"], row["mmsi"], row["call_sign"], row["flag"],
                   broad(kind or code))  # fmt: skip


def _of_vessel(vessel: Vessel) -> Subject:
    return Subject("ship", vessel.name, vessel.imo, vessel.mmsi, vessel.call_sign, vessel.flag,
                   broad(vessel.subtype))  # fmt: skip


def broad(text: str | None) -> str | None:
    """The broad class of a type of ship as lists, AIS and reports write it."""
    low = (text or "").casefold()
    if "tanker" in low:
        return "tanker"
    return ship_class(low) or next(
        (c for c in ("bulk", "container", "fishing", "passenger", "cargo") if c in low), None
    )


def _is_state(name: str) -> bool:
    return nation(name) is not None or not re.search(r"[^\W\d_a-z]", re.sub("(?i)^the ", "", name))


def _day(event: Event) -> date | None:
    when = event.time and (event.time.earliest or event.time.latest)
    return when.date() if when else None
