"""Actors and ships as entities: the same one for the same name, country and sector, or the same
number. A name alone does not make two ships one; that stays a judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from masthead.model import Actor, Attribution, Vessel
from masthead.tracks.identity import imo_is_valid
from masthead.views import wording
from masthead.views.export.ftm.entities import Entity, country_of, entity, key

_STATE = frozenset(("GOV", "MIL", "PAR", "LEG", "JUD", "COP", "SPY"))
_BODY = frozenset(("IGO", "NGO", "NGM", "PTY", "OPP", "REB", "PRM", "BUS", "LAB", "JRN", "REL",
                   "MED", "EDU"))  # fmt: skip


def actor_of(who: Actor | Attribution) -> Entity | None:
    """An actor or speaker as an entity; None for a speaker without a name ("a channel")."""
    label = (who.name or who.text) if isinstance(who, Actor) else who.who
    if not label or not label.strip():
        return None
    schema = "LegalEntity"
    if who.sector in _STATE:
        schema = "PublicBody"
    elif who.sector in _BODY:
        schema = "Organization"
    country = country_of(who.country)
    label = wording.flat(label)
    found = entity(
        key("actor", label.casefold(), who.country, who.sector), schema, name=label,
        country=country, sector=who.sector,
    )  # fmt: skip
    if who.country and country is None:
        found.add("notes", f"country code {who.country}, which is no country of ISO 3166")
    return found


class Ships:
    """Ships by their numbers. `facts` are what ships said of themselves (rows of the ledger): they
    tell which IMO number a MMSI goes with, where it is one only."""

    def __init__(self, facts: Sequence[dict[str, Any]]) -> None:
        self._facts = facts
        numbers: dict[int, set[int]] = {}
        for fact in facts:
            if fact["mmsi"] and fact["imo"]:
                numbers.setdefault(fact["mmsi"], set()).add(fact["imo"])
        self._imo = {mmsi: next(iter(imos)) for mmsi, imos in numbers.items() if len(imos) == 1}

    def said(self) -> list[Entity]:
        """Every ship that said who it is, with all that it said."""
        found: dict[str, Entity] = {}
        for fact in self._facts:
            made = self._vessel(fact["mmsi"], fact["imo"], fact["name"], fact["flag"])
            if made is not None:
                own = found.setdefault(made.id, made)
                for name, values in made.properties.items():
                    own.add(name, values)
                own.add("callSign", fact["call_sign"])
                own.add("notes", f"AIS ship type: {fact['ship_type']}" if fact["ship_type"] else "")
        return list(found.values())

    def vessel_of(self, ship: Vessel) -> Entity | None:
        """The ship of an event; None for one without a name or number ("three trawlers")."""
        found = self._vessel(ship.mmsi, ship.imo, ship.name, ship.flag)
        if found is not None:
            found.add("type", ship.subtype)
            found.add("callSign", ship.call_sign)
        return found

    def by_mmsi(self, mmsi: int) -> Entity:
        """The ship of a MMSI."""
        found = self._vessel(mmsi, None, None, None)
        assert found is not None
        return found

    def _vessel(
        self, mmsi: int | None, imo: int | None, name: str | None, flag: str | None
    ) -> Entity | None:
        imo = imo or self._imo.get(mmsi or 0)
        if imo:
            id_ = key("ship", "imo", imo)
        elif mmsi:
            id_ = key("ship", "mmsi", mmsi)
        elif name and name.strip():
            id_ = key("ship", "name", wording.flat(name).casefold(), flag)
        else:
            return None
        valid = imo is not None and imo_is_valid(imo)
        return entity(
            id_, "Vessel",
            name=name or f"MMSI {mmsi}" if mmsi else name or f"IMO {imo}",
            imoNumber=f"IMO{imo}" if valid else None,
            mmsi=f"{mmsi:09d}" if mmsi else None,
            flag=country_of(flag),
            notes=f"says IMO {imo}, whose check digit is wrong" if imo and not valid else None,
        )  # fmt: skip
