"""Which ships an unnamed one could be.

Every ship that was heard within reach of the place in time is weighed by its class and flag where
the report tells them, and by whether its track shows the incident's signs. One more "ship" stands
for those that nobody heard, so the probabilities of the candidates sum to less than one.
"""

from __future__ import annotations

import math

from masthead.checks.reach import TOP_KN, reach
from masthead.checks.sightings import Sighting, Sightings
from masthead.checks.signature import ratio, signs_of
from masthead.judgement import Candidate
from masthead.model import Vessel
from masthead.reports.ship_words import ship_class

UNHEARD = 1.0
"""The weight of a ship that was not heard at all, beside 1 of one that fits and shows nothing."""
MOST = 8
"""Candidates that are told."""
LOOKED_AT = 60
"""Ships near the place that are looked at; more are no candidates but a crowd."""
BEFORE_H = 3.0
"""A ship is a candidate that was near some hours before or after."""
CLASSES = {
    "tanker": ("tanker",), "bulk carrier": ("cargo ship",), "container": ("cargo ship",),
    "cargo": ("cargo ship",), "fishing": ("fishing vessel",), "passenger": ("passenger ship",),
    "military": ("warship",), "law": ("law enforcement vessel", "warship"),
}  # fmt: skip
"""The classes that AIS tells apart for each class of words: a bulk carrier says "cargo ship"."""


def candidates(
    sightings: Sightings, vessel: Vessel | None, incident: str, first: float, last: float,
    place: tuple[float, float, float], heard_share: float = 0.0,
) -> tuple[Candidate, ...]:  # fmt: skip
    """The ships that an incident without a named ship can be about, the likeliest first.
    `heard_share`: of the hours told, those in which anybody was heard near there."""
    lat, lon, radius_m = place
    chosen = possible(sightings, vessel, first, last, place)
    sightings.load(chosen)
    box = _box(place)
    chosen = [m for m in chosen if _was_in(sightings.of(m), box, first - BEFORE_H, last + BEFORE_H)]
    if len(chosen) > LOOKED_AT:
        return ()
    weighed = []
    for mmsi in chosen:
        track = sightings.of(mmsi)
        _, kind = sightings.flag_and_class(mmsi)
        could = reach(track, lat, lon, radius_m, first, last, speed_kn=_top(kind))
        if could is None or could.short_nm > 0:
            continue
        events = sightings.signs[mmsi]
        found = signs_of(track, events, incident, first, last, place, heard_share)
        weight = 1.0
        for sign in found:
            weight *= ratio(sign, incident)
        seen = ", ".join(s.text for s in found if s.found) or "no sign"
        weighed.append((weight, mmsi, seen))
    total = sum(w for w, _, _ in weighed) + UNHEARD
    ranked = sorted(weighed, key=lambda item: (-item[0], item[1]))[:MOST]
    return tuple(
        Candidate(
            mmsi=mmsi, name=sightings.called(mmsi)[0], imo=sightings.called(mmsi)[1],
            probability=math.floor(weight / total * 10_000) / 10_000, why=seen,
        )
        for weight, mmsi, seen in ranked
    )  # fmt: skip


def possible(
    sightings: Sightings, vessel: Vessel | None, first: float, last: float,
    place: tuple[float, float, float],
) -> list[int]:  # fmt: skip
    """The ships that may have been heard near a place in time and that fit a report's words: more
    than `candidates` looks at, found without their positions; none where they are a crowd."""
    south, north, west, east = _box(place)
    ships = sightings.near(south, north, west, east, first - BEFORE_H, last + BEFORE_H)
    wanted = CLASSES.get(str(ship_class(vessel.subtype))) if vessel and vessel.subtype else None
    chosen = []
    for mmsi in ships:
        flag, kind = sightings.flag_and_class(mmsi)
        if wanted and kind is not None and kind not in wanted:
            continue
        if vessel and vessel.flag and flag and flag != vessel.flag:
            continue
        if kind in ("warship", "law enforcement vessel") and not wanted:
            continue
        chosen.append(mmsi)
    return chosen if len(chosen) <= 8 * LOOKED_AT else []


def _box(place: tuple[float, float, float]) -> tuple[float, float, float, float]:
    """South, north, west and east of what is near a place."""
    lat, lon, radius_m = place
    tall = radius_m / 111_000.0 + 0.3
    wide = tall / max(0.2, math.cos(math.radians(lat)))
    return lat - tall, lat + tall, lon - wide, lon + wide


def _was_in(
    track: Sighting, box: tuple[float, float, float, float], first: float, last: float
) -> bool:
    south, north, west, east = box
    east_of = (track.lon - west) % 360.0 <= east - west
    return bool(
        (track.inside(first, last) & (track.lat >= south) & (track.lat <= north) & east_of).any()
    )


def _top(kind: str | None) -> float:
    return TOP_KN.get(kind, TOP_KN[None])
