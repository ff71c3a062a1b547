"""What the blockade cost in distance and time: ships that turned away, and where they went then.

For each diversion and each turn before the zone in the ledger, of a ship that the blockade does not
spare: what it sailed from the turn to where it next lay in port (or to its last position, "at
least"), against what it had left to sail to the port it was bound for, along the sea lanes. The
difference is the extra distance of a ship that goes on to that port in the end, and no less than
the loss of one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from masthead.checks.effectiveness.blockade import Blockade
from masthead.checks.sightings import Sighting, Sightings, hours
from masthead.model import Event, Sense, parse_utc
from masthead.tracks.kernels import distances_m
from masthead.tracks.ship_types import ship_class

KINDS = ("diversion", "turn_back")
STEP_H = 0.25
"""Tracks are thinned to a position in so many hours, so that noise adds no distance."""
SAME_H = 24.0
"""A ship's turns within so long are one."""


@dataclass(frozen=True)
class Detour:
    """One ship that turned away: the event, the nautical miles it sailed after, the days until it
    lay in port, and whether it did (else both are "at least"); `left_nm` is what it had left to
    sail to where it was bound, None if that is not known."""

    event: str
    mmsi: int
    kind: str
    sailed_nm: float
    days: float
    arrived: bool
    left_nm: float | None

    @property
    def extra_nm(self) -> float | None:
        """The extra distance, no less than nothing; None where it was bound is not known."""
        return None if self.left_nm is None else max(0.0, self.sailed_nm - self.left_nm)


def detours(events: Iterable[Event], blockade: Blockade, sightings: Sightings) -> list[Detour]:
    """The ships that turned away while the blockade was in force."""
    if blockade.since is None:
        return []
    spared = {
        row["mmsi"] for row in sightings.identities
        if ship_class(row["ship_type"]) in blockade.spares
    }  # fmt: skip
    arrivals: dict[int, list[float]] = {}
    turns: list[tuple[float, int, Event]] = []
    for event in events:
        if event.sense is not Sense.TRACK or event.time is None or event.time.earliest is None:
            continue
        mmsi = next((v.mmsi for v in event.objects if v.mmsi), None)
        if mmsi is None or mmsi in spared:
            continue
        at = hours(event.time.earliest)
        if event.incident == "port_call":
            arrivals.setdefault(mmsi, []).append(at)
        elif event.incident in KINDS and _concerned(event, blockade):
            turns.append((at, mmsi, event))
    sightings.load({mmsi for _, mmsi, _ in turns})
    found: list[Detour] = []
    last: dict[int, float] = {}
    for at, mmsi, event in sorted(turns, key=lambda t: t[:2]):
        if at - last.get(mmsi, -1e9) < SAME_H:
            continue
        last[mmsi] = at
        found.append(_detour(event, mmsi, at, arrivals.get(mmsi, []), sightings.of(mmsi)))
    return found


def _concerned(event: Event, blockade: Blockade) -> bool:
    """Whether a turn has to do with the blockade: in its time, and for a diversion away from a
    closed port, for a turn before the blockade's own zone or line."""
    assert blockade.since is not None
    assert event.time is not None
    start = event.time.earliest
    if start is None or start < blockade.since:
        return False
    if blockade.until is not None and start > blockade.until:
        return False
    where = event.place.text if event.place else None
    if event.incident == "turn_back":
        return where in {z.name for z in (blockade.zone, blockade.line) if z}
    town = (where or "").split(",")[0]
    return any(port.town.casefold() == town.casefold() for port in blockade.ports)


def _detour(
    event: Event, mmsi: int, at: float, arrivals: Iterable[float], track: Sighting
) -> Detour:
    left = event.details.get("remaining_nm")
    turned = event.details.get("turned_at")
    begin = at if not isinstance(turned, str) else max(at, hours(parse_utc(turned)))
    end = min((a for a in arrivals if a > begin), default=None)
    last = end if end is not None else float(track.t[-1]) if track.t.size else begin
    return Detour(
        event.id, mmsi, str(event.incident), _sailed_nm(track, begin, last),
        max(0.0, last - begin) / 24.0, end is not None,
        float(left) if isinstance(left, int | float) else None,
    )  # fmt: skip


def _sailed_nm(track: Sighting, begin: float, end: float) -> float:
    kept = np.flatnonzero(track.inside(begin, end))
    if kept.size < 2:
        return 0.0
    slot = np.floor(track.t[kept] / STEP_H)
    kept = kept[np.r_[True, np.diff(slot) > 0]]
    lat, lon = track.lat[kept], track.lon[kept]
    return float(distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum()) / 1852.0
