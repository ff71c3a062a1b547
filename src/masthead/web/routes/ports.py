"""/api/ports: the ports of the case: those that ships were seen to call at, and those closed."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter

from masthead.geo import distance_m
from masthead.tracks.places import PORT_REACH_M, ports
from masthead.web.columns import ships_of
from masthead.web.models import Feature, FeatureCollection
from masthead.web.routes.asked import Now
from masthead.web.snapshot import Snapshot

router = APIRouter(tags=["case"])


@router.get("/ports")
def read_ports(now: Now) -> FeatureCollection:
    """The ports that ships of the case called at, with how often (`calls`) and by how many of them
    (`ships`), and those that its blockade closes (`closed`); the busiest first."""
    return FeatureCollection(features=_ports(now))


def _ports(now: Snapshot) -> list[Feature]:
    calls: dict[str, list[int]] = defaultdict(list)
    for row in now.table.frame.filter(incident="port_call")["row"]:
        event = now.table.events[row]
        if event.place is not None and event.place.text:
            calls[event.place.text] += sorted(ships_of(event))[:1]
    blockade = now.case.blockade
    shut = list(blockade.ports) if blockade is not None else []
    found = []
    for port in ports():
        if port.name not in calls:
            continue
        near = [c for c in shut if distance_m(port.lat, port.lon, c.lat, c.lon) <= PORT_REACH_M]
        shut = [c for c in shut if c not in near]
        ships = calls.pop(port.name)
        found.append(
            _feature(port.town, port.lat, port.lon, len(ships), len(set(ships)), bool(near))
        )
    found += [_feature(c.name, c.lat, c.lon, 0, 0, closed=True) for c in shut]
    return sorted(found, key=lambda f: (-f.properties["calls"], f.properties["name"]))


def _feature(name: str, lat: float, lon: float, calls: int, ships: int, closed: bool) -> Feature:
    return Feature(
        geometry={"type": "Point", "coordinates": [lon, lat]},
        properties={"name": name, "calls": calls, "ships": ships, "closed": closed},
    )
