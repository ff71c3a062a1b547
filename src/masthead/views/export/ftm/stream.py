"""A case as a stream of entities, each once, each before or after those that refer to it: readers
of FollowTheMoney take them in any order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from masthead.judgement import Incident
from masthead.ledger.marks import Mark
from masthead.model import Event
from masthead.views.export.content import Content, cited
from masthead.views.export.ftm.entities import Entity
from masthead.views.export.ftm.happenings import (
    address_entity,
    document_entity,
    event_entity,
    incident_entity,
    link,
    mention,
    note,
)
from masthead.views.export.ftm.parties import Ships, actor_of


def write(content: Content, what: frozenset[str], out: TextIO) -> None:
    """The entities of a case as JSON lines. Each has the ledger's head as its dataset's version,
    and in its notes where its schema has notes."""
    for found in _Case(content, what).entities():
        if found.schema not in ("Mention", "UnknownLink"):
            found.add("notes", f"Masthead ledger {content.head}")
        record = {
            "id": found.id, "schema": found.schema, "properties": found.properties,
            "datasets": [f"masthead-{content.head}"],
        }  # fmt: skip
        out.write(json.dumps(record, ensure_ascii=False) + "\n")


class _Case:
    """The entities of a case, gathered so that each party and link is written once."""

    def __init__(self, content: Content, what: frozenset[str]) -> None:
        self._content, self._what = content, what
        self._ships = Ships(content.ships)
        self._once: dict[str, Entity] = {}
        self._events: dict[str, Entity] = {}
        self._noted: dict[int, tuple[Mark, list[Entity]]] = {}

    def entities(self) -> Iterator[Entity]:
        content = self._content
        events = {e.id: e for e in content.events} if "events" in self._what else {}
        incidents = content.incidents if "incidents" in self._what else ()
        for name in self._documents(events, incidents):
            found = document_entity(content.documents[name])
            self._note(content.marked.on(name), found)
            yield found
        if "ships" in self._what:
            for ship in self._ships.said():
                self._keep(ship)
        for event in content.counted("events", list(events.values())):
            yield self._event(event)
        for incident in incidents:
            yield self._incident(incident)
        yield from self._once.values()
        for vessel in [e for e in self._once.values() if e.schema == "Vessel"]:
            self._note(content.marked.on(*_numbers(vessel)), vessel)
        for mark, things in self._noted.values():
            yield note(mark, things)

    def _documents(
        self, events: dict[str, Event], incidents: Sequence[Incident]
    ) -> dict[str, None]:
        told = {d: None for i in incidents for d in self._content.telling(i)}
        return cited(events.values()) | told

    def _note(self, marks: Iterable[Mark], thing: Entity) -> None:
        """Keep that these marks are on a thing."""
        for mark in marks:
            self._noted.setdefault(mark.id, (mark, []))[1].append(thing)

    def _keep(self, found: Entity) -> Entity:
        """The entity of this id, with what this one adds to it."""
        own = self._once.setdefault(found.id, found)
        if own is not found:
            for name, values in found.properties.items():
                own.add(name, values)
        return own

    def _event(self, event: Event) -> Entity:
        content = self._content
        names = list(cited([event]))
        document = content.documents[names[0]] if names else None
        found = event_entity(event, document)
        self._events[event.id] = found
        self._note(content.marked.on(event.id), found)
        place = address_entity(event.place)
        if place is not None:
            found.add("addressEntity", self._keep(place).id)
        parties = [
            *(("source", actor_of(a)) for a in event.sources),
            *(("target", actor_of(a)) for a in event.targets),
            *(("speaker", actor_of(a)) for a in event.attribution),
            *(("ship", self._ships.vessel_of(v)) for v in event.objects),
        ]
        for role, party in parties:
            if party is None:
                continue
            kept = self._keep(party)
            if role in ("source", "target"):
                found.add("involved", kept.id)
            self._keep(link(kept, found, role, status=str(event.status), record=event.id,
                            proof=found.properties.get("proof", [])))  # fmt: skip
            for name in names:
                self._keep(mention(kept, name))
        return found

    def _incident(self, incident: Incident) -> Entity:
        content = self._content
        verdict = content.verdicts[incident.id]
        found = incident_entity(incident, verdict, content.telling(incident))
        self._note(content.marks_on(incident), found)
        proof = found.properties.get("proof", [])
        for event_id in incident.events:
            if event_id in self._events:
                self._keep(link(self._events[event_id], found, "tells of", proof=proof,
                                status=str(incident.state), record=incident.id))  # fmt: skip
        ship = incident.vessel and self._ships.vessel_of(incident.vessel)
        if ship:
            self._keep(link(self._keep(ship), found, "ship, as told", proof=proof,
                            status=str(incident.state), record=incident.id))  # fmt: skip
        if verdict.mmsi:
            self._keep(link(self._keep(self._ships.by_mmsi(verdict.mmsi)), found,
                            "ship whose track was checked", status=str(verdict.finding),
                            record=incident.id, proof=proof))  # fmt: skip
        return found


def _numbers(vessel: Entity) -> list[str]:
    """A ship's numbers, as marks name ships by."""
    said = (*vessel.properties.get("mmsi", ()), *vessel.properties.get("imoNumber", ()))
    return [number.removeprefix("IMO").lstrip("0") for number in said]
