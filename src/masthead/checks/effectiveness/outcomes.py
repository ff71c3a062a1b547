"""What became of each passage: stopped, turned back, through, through in silence, or not known.

A ship was stopped if it lay at less than 1.5 knots for 20 minutes or more, in the zone and away
from ports, with a patrol (a warship, coast guard or other ship of the blockader) heard within a
mile; or if reports that the tracks do not contradict tell of its boarding, seizure, detention or
diversion then. One that lay so for 40 minutes with no patrol heard beside it counts as stopped,
too, since warships often sail without AIS, but the share says what it would be without those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from masthead.checks.effectiveness.blockade import Blockade
from masthead.checks.effectiveness.passages import Passage
from masthead.checks.sightings import Sighting, Sightings, hours
from masthead.judgement import Finding, Incident, State, Verdict
from masthead.tracks.kernels import Flags
from masthead.tracks.places import PORT_REACH_M
from masthead.tracks.ship_types import ship_class

SLOW_KN = 1.5
STOP_H, ALONE_H = 1 / 3, 2 / 3
DRIFT_M = 3_000.0
BESIDE_M = 1_852.0
PATROLS = frozenset({"warship", "law enforcement vessel", "search and rescue vessel"})
ACTS = frozenset({"boarding", "seizure", "detention", "diversion", "interception"})
DONE = frozenset({State.COMPLETED, State.UNDER_WAY, State.RELEASED})
TOLD_H = 12.0
"""How far from the passage a report may put the deed."""
UNHEARD_H = 3.0
"""A passage silent for so long may hide a stop."""


class End(StrEnum):
    """What became of a passage."""

    STOPPED = "stopped"
    TURNED = "turned back"
    THROUGH = "through"
    DARK = "through in silence"
    OPEN = "not known"


@dataclass(frozen=True)
class Outcome:
    """A passage and what became of it. `beside` is the patrol heard beside it (MMSI), `told` the
    incidents that tell of it; a stop with neither was seen in the ship's own track alone."""

    passage: Passage
    end: End
    beside: int | None = None
    told: tuple[str, ...] = ()
    stop: tuple[float, float] | None = None

    @property
    def alone(self) -> bool:
        """Whether a stop shows in the ship's own track alone."""
        return self.end is End.STOPPED and self.beside is None and not self.told


def outcomes(
    found: Sequence[Passage],
    blockade: Blockade,
    sightings: Sightings,
    incidents: Iterable[Incident] = (),
    verdicts: Mapping[str, Verdict] | None = None,
) -> list[Outcome]:
    """What became of the passages, in their order."""
    told = _told(incidents, verdicts or {}, sightings)
    patrols = [
        row["mmsi"] for row in sightings.identities
        if ship_class(row["ship_type"]) in PATROLS
        and (row["flag"] is None or row["flag"] == blockade.by or _nobodys(row["flag"], blockade))
    ]  # fmt: skip
    sightings.load(patrols)
    ships = [sightings.of(m) for m in sorted(set(patrols))]
    return [_outcome(p, blockade, ships, told.get(p.mmsi, ())) for p in found]


def _nobodys(flag: str, blockade: Blockade) -> bool:
    """Whether a patrol's flag may be the blockader's for want of a better one: any but the
    blockaded state's, if none of the blockader's own is known."""
    return blockade.by is None and flag != blockade.against


def _told(
    incidents: Iterable[Incident], verdicts: Mapping[str, Verdict], sightings: Sightings
) -> dict[int, list[Incident]]:
    found: dict[int, list[Incident]] = {}
    for incident in incidents:
        verdict = verdicts.get(incident.id)
        if incident.kind not in ACTS or incident.state not in DONE or incident.vessel is None:
            continue
        if verdict is not None and verdict.finding is Finding.CONTRADICTED:
            continue
        for mmsi in sightings.ships_of(incident.vessel):
            found.setdefault(mmsi, []).append(incident)
    return found


def _outcome(
    p: Passage, blockade: Blockade, patrols: Sequence[Sighting], told: Sequence[Incident]
) -> Outcome:
    ids = tuple(i.id for i in told if _meets(i, p))
    alone: tuple[float, float] | None = None
    for start, end, lat, lon in _stops(p, blockade):
        beside = _beside(patrols, start, end, lat, lon)
        if beside is not None:
            return Outcome(p, End.STOPPED, beside, ids, (start, end))
        if end - start >= ALONE_H and alone is None:
            alone = (start, end)
    if ids or alone:
        return Outcome(p, End.STOPPED, None, ids, alone)
    if p.open:
        return Outcome(p, End.OPEN)
    if not p.arrived:
        return Outcome(p, End.TURNED)
    return Outcome(p, End.DARK if p.silent_h > UNHEARD_H else End.THROUGH)


def _meets(incident: Incident, p: Passage) -> bool:
    time = incident.time
    if time is None or (time.earliest is None and time.latest is None):
        return False
    first = hours(time.earliest or time.latest)  # type: ignore[arg-type]
    last = hours(time.latest or time.earliest)  # type: ignore[arg-type]
    return first <= p.end + TOLD_H and last >= p.start - TOLD_H


def _stops(p: Passage, blockade: Blockade) -> list[tuple[float, float, float, float]]:
    """When and where a ship lay still in the zone, away from ports: from, to (hours), degrees."""
    s = p.track
    slow = _slow(s) & _away(s, blockade)
    found = []
    edges = np.flatnonzero(np.diff(slow)) + 1
    for a, b in zip(np.r_[0, edges], np.r_[edges, slow.size], strict=True):
        if b > a and slow[a] and s.t[b - 1] - s.t[a] >= STOP_H:
            middle = float(np.median(s.lat[a:b])), float(np.median(s.lon[a:b]))
            found.append((float(s.t[a]), float(s.t[b - 1]), *middle))
    return found


def _slow(s: Sighting) -> Flags:
    slow: Flags = np.nan_to_num(s.sog, nan=99.0) < SLOW_KN
    return slow


def _away(s: Sighting, blockade: Blockade) -> Flags:
    """Which positions are in the zone, and not in or off a closed port."""
    assert blockade.zone is not None
    away: Flags = shapely.contains_xy(shapely.geometry.shape(blockade.zone.geometry), s.lon, s.lat)
    for port in blockade.ports:
        away = away & (s.distances_m(port.lat, port.lon) > PORT_REACH_M)
    return away


def _beside(
    patrols: Sequence[Sighting], start: float, end: float, lat: float, lon: float
) -> int | None:
    """The patrol heard within a mile of a place in a time; None if none was."""
    for patrol in patrols:
        near = patrol.inside(start, end)
        if near.any() and patrol.distances_m(lat, lon, near).min() <= BESIDE_M:
            return patrol.mmsi
    return None
