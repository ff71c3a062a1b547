"""The signs that an interdiction leaves in a ship's track, and how much each says.

Each sign is looked for in the window of the incident (its time, with what may lie on either side of
it), near the place if there is one. How much more often it is found when such an incident happened
than when not, and missing where the ship was heard well enough to show it, is in
`data/check_signs.csv`: likelihood ratios, fitted on simulated crises so that the product of those
of one track is right (`benchmarks/checking.py --fit`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from masthead import codes
from masthead.checks.sightings import Flags, Floats, Places, Sighting, distances_nm, hours
from masthead.checks.usual import LED, MET
from masthead.geo import NAUTICAL_MILE_M
from masthead.model import Event

SLOW_KN = 3.0
"""A ship under way that falls below this is being stopped, boarded, or drifts."""
SLOW_H = 0.34
"""For at least twenty minutes: a boarding takes longer, a pilot's ladder less."""
TURN_DEG = 100.0
LEAST_WAY_NM = 5.0
"""A shorter way has no direction."""
SILENT_H = 3.0
NEAR_NM = 8.0
IN_PORT = ("detention",)
"""Incidents that may be a ship lying in port."""

SIGNS = ("stop", "company", "turn", "silence", "led_away", "near", "heard")

AFTER_H = {"seizure": 30.0, "detention": 30.0, "diversion": 8.0, "release": 8.0}
"""Hours after the told time in which signs are looked for: what follows a seizure is its escort."""
AROUND_H = 2.0
"""Hours on either side of the told time."""
BESIDE_H = 0.5
"""How far from a moment a track event may be that shows what happened at it."""


@dataclass(frozen=True)
class Sign:
    """One sign: whether it was found, when (hours since 1970), and the track event that shows it,
    if one does. `shown` is whether the track is dense enough to tell. `strength` is the power to
    which its ratio is taken."""

    name: str
    found: bool
    shown: bool
    text: str
    at: float | None = None
    event: str | None = None
    strength: float = 1.0


def signs_of(
    sighting: Sighting,
    events: list[Event],
    incident: str,
    first: float,
    last: float,
    place: tuple[float, float, float] | None,
    heard_share: float = 0.0,
) -> list[Sign]:
    """The signs of an incident told to have happened between two moments (hours since 1970), at a
    place (degrees, degrees, radius in metres) if one is told. `heard_share`: of the hours told,
    those in which anybody was heard near there (`coverage`)."""
    a, b = first - AROUND_H, last + AFTER_H.get(incident, AROUND_H)
    sighting = sighting.around(a, b)
    inside = sighting.inside(a, b)
    dense = _dense(sighting, a, last + AROUND_H)
    within = _within(sighting, place)
    found = [
        _stop(
            sighting,
            inside & within & sighting.inside(a, last + AROUND_H),
            events,
            dense,
            in_port=incident in IN_PORT,
        ),
        _company(events, a, last + AROUND_H, place, dense),
        _turn(sighting, a, min(b, last + 8.0), within, dense),
        _silence(sighting, a, b),
        _led(events, a, b, dense),
    ]
    if place is not None:
        passed = bool((inside & within).any())
        found.append(Sign("near", passed, dense, "it passed the place" if passed else
                          "it was not heard near the place"))  # fmt: skip
        if not (passed or dense):
            found.append(_unheard(heard_share))
    return found


def ratio(sign: Sign, incident: str) -> float:
    """The likelihood ratio of a sign: of its presence, or of its absence where the track would have
    shown it; 1 where it would not."""
    if not (sign.shown or sign.found):
        return 1.0
    found, missing = of_table(sign.name, incident)
    return math.pow(found if sign.found else missing, sign.strength)


def of_table(sign: str, incident: str) -> tuple[float, float]:
    """The likelihood ratios of a sign found, and missing: of the kind of incident, or of all. 1 and
    1 for a sign without a row."""
    table = _table()
    return table.get((incident, sign)) or table.get(("all", sign)) or (1.0, 1.0)


@cache
def _table() -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (r["incident"], r["sign"]): (float(r["found"]), float(r["missing"]))
        for r in codes.rows("check_signs.csv")
    }


def _unheard(heard_share: float) -> Sign:
    """It was silent in that sea, if it was there. That says the more against it the better the sea
    was heard."""
    text = f"it was not heard near there, where others were in {heard_share:.0%} of the hours"
    return Sign("heard", False, heard_share > 0.0, text, strength=heard_share)


def _dense(sighting: Sighting, first: float, last: float) -> bool:
    """Whether the ship was heard at least once in most half hours of the window."""
    times = sighting.t[sighting.inside(first, last)]
    slots = max(1, int((last - first) * 2))
    return np.unique(np.floor(times * 2)).size >= 0.6 * slots


def _within(sighting: Sighting, place: tuple[float, float, float] | None) -> Flags:
    if place is None:
        return np.ones(sighting.t.size, np.bool_)
    lat, lon, radius_m = place
    away = distances_nm(lat, lon, sighting.lat, sighting.lon)
    return np.asarray(away <= radius_m / NAUTICAL_MILE_M + NEAR_NM)


def _stop(
    sighting: Sighting, window: Flags, events: list[Event], dense: bool, *, in_port: bool
) -> Sign:
    """At least twenty minutes below three knots; in port only of incidents of ports."""
    slow = window & (sighting.sog < SLOW_KN)
    first = slow & ~np.r_[False, slow[:-1]]
    began = np.maximum.accumulate(np.where(first, np.arange(slow.size), 0))
    long = slow & (sighting.t - sighting.t[began] >= SLOW_H)
    if not in_port:
        long &= ~_in_port(events, sighting.t)
    lain = np.flatnonzero(long)
    if not lain.size:
        return Sign("stop", False, dense, "it did not stop")
    i = int(lain[0])
    shown = _event_at(events, ("stopped_at_sea", "encounter"), float(sighting.t[i]))
    text = "it lay still" if in_port else "it lay stopped at sea"
    return Sign("stop", True, True, text, float(sighting.t[began[i]]), shown)


def _in_port(events: list[Event], moments: Floats) -> Flags:
    """At which moments the ship was in a port, or within half an hour of it."""
    inside = np.zeros(moments.size, np.bool_)
    for event in events:
        if event.incident == "port_call" and (span := _span(event)):
            inside |= (moments >= span[0] - BESIDE_H) & (moments <= span[1] + BESIDE_H)
    return inside


def _event_at(events: list[Event], kinds: tuple[str, ...], moment: float) -> str | None:
    for event in events:
        if event.incident in kinds and _spans(event, moment - BESIDE_H, moment + BESIDE_H):
            return event.id
    return None


def _spans(event: Event, first: float, last: float) -> bool:
    span = _span(event)
    return span is not None and span[0] <= last and span[1] >= first


def _span(event: Event) -> tuple[float, float] | None:
    """When a track event began and ended, in hours since 1970."""
    time = event.time
    if time is None or time.earliest is None:
        return None
    return hours(time.earliest), hours(time.latest or time.earliest)


def _company(
    events: list[Event], first: float, last: float, place: tuple[float, float, float] | None,
    dense: bool,
) -> Sign:  # fmt: skip
    """Another ship came to it, followed it, lay with it or led it."""
    for event in events:
        if event.incident not in MET or not _spans(event, first, last):
            continue
        if place is not None and event.place is not None and event.place.lat is not None:
            assert event.place.lon is not None
            lat, lon, radius_m = place
            away = distances_nm(lat, lon, np.array([event.place.lat]), np.array([event.place.lon]))
            if away[0] > radius_m / NAUTICAL_MILE_M + 2 * NEAR_NM:
                continue
        words = str(event.incident).replace("_", " ")
        return Sign("company", True, True, f"another ship was with it ({words})", None, event.id)
    return Sign("company", False, dense, "no other ship was heard with it")


def _turn(sighting: Sighting, first: float, last: float, within: Flags, dense: bool) -> Sign:
    """Its way over two hours after a moment leads back from its way over two hours before."""
    inside = np.flatnonzero(sighting.inside(first, last) & within)
    inside = inside[:: max(1, inside.size // 200)]
    if inside.size:
        t = sighting.t[inside]
        a = np.searchsorted(sighting.t, t - 2.0)
        b = np.minimum(np.searchsorted(sighting.t, t + 2.0), sighting.t.size - 1)
        before, after = _ways(sighting, a, inside), _ways(sighting, inside, b)
        far = np.hypot(*before), np.hypot(*after)
        with np.errstate(invalid="ignore", divide="ignore"):
            cosine = (before * after).sum(0) / (far[0] * far[1])
        turned = np.degrees(np.arccos(np.clip(cosine, -1, 1))) >= TURN_DEG
        back = np.flatnonzero(turned & (far[0] >= LEAST_WAY_NM) & (far[1] >= LEAST_WAY_NM))
        if back.size:
            return Sign("turn", True, True, "it turned back on its way", float(t[back[0]]))
    return Sign("turn", False, dense, "it kept its way")


def _ways(sighting: Sighting, a: Places, b: Places) -> Floats:
    """The ways made between positions, in nautical miles north and east."""
    north = (sighting.lat[b] - sighting.lat[a]) * 60.0
    east = (sighting.lon[b] - sighting.lon[a]) * 60.0 * np.cos(np.radians(sighting.lat[a]))
    return np.vstack([north, east])


def _silence(sighting: Sighting, first: float, last: float) -> Sign:
    """It was silent for hours, from within the window on."""
    track = sighting.between(first, last)
    steps = np.diff(track.t)
    begun = track.t[:-1] >= first - 0.01
    long = np.flatnonzero((steps >= SILENT_H) & begun)
    if long.size:
        at = float(track.t[long[0]])
        return Sign("silence", True, True, f"it fell silent for {steps[long[0]]:.0f} h", at)
    return Sign("silence", False, True, "it did not fall silent")


def _led(events: list[Event], first: float, last: float, dense: bool) -> Sign:
    for event in events:
        if event.incident in LED and _spans(event, first, last):
            return Sign("led_away", True, True, "it was led to a port not its own", None, event.id)
    return Sign("led_away", False, dense, "it was not led anywhere")
