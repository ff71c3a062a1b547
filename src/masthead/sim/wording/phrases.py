"""Phrases with their meaning: a ship as a dispatch names it, a place, a time.

Each gives the words and what a reader should understand by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import numpy as np

from masthead.geo import NAUTICAL_MILE_M, bearing_deg, destination, distance_m
from masthead.sim.scenario import Port
from masthead.sim.truth import Ship
from masthead.sim.wording.grammar import pick

NOUNS: dict[str, tuple[str, ...]] = {
    "crude_tanker": ("crude tanker", "oil tanker", "tanker"),
    "product_tanker": ("product tanker", "tanker", "fuel tanker"),
    "bulk": ("bulk carrier", "cargo ship"),
    "container": ("container ship", "cargo ship"),
    "general": ("general cargo ship", "freighter", "cargo ship"),
    "fishing": ("trawler", "fishing boat"),
    "ferry": ("ferry",),
    "warship": ("warship",), "coast_guard": ("patrol boat",), "tug": ("tug",),
    "aircraft": ("patrol aircraft",),
}  # fmt: skip
"""What dispatches call a ship of each class."""

POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
NEARBY_NM = 70.0
"""Within which a port is close enough to tell a place by."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Phrase:
    """Words, and what they mean: an object, a place or a time of a `Telling`; None if nothing."""

    words: str
    means: dict[str, Any] | None = None


def ship_phrase(
    dice: np.random.Generator, ship: Ship, country: str | None, *, style: str, imo: bool = False
) -> Phrase:
    """A ship as a dispatch names it. `style`: "full" (flag, class, name), "name" (class and name),
    "unnamed" (class and flag), "vague" ("a tanker"), "again" ("the tanker"). `country` is the
    name of its flag."""
    noun = str(pick(dice, NOUNS[ship.type]))
    name = ship.name.title()
    flagged = f"{country}-flagged " if country else ""
    means: dict[str, Any] = {"type": "vessel", "name": None, "mmsi": None, "imo": None, "count": 1}
    if style == "again":
        return Phrase(f"the {noun}", means)
    if style in ("unnamed", "vague"):
        lead = flagged if style == "unnamed" else ""
        article = "an" if (lead or noun)[0].lower() in "aeiou" else "a"
        return Phrase(f"{article} {lead}{noun}", means)
    shown = str(pick(dice, (name, name, f"“{name}”")))
    number = f" (IMO {ship.imo})" if imo and ship.imo else ""
    means |= {"name": name, "imo": ship.imo if number else None}
    return Phrase(f"the {flagged if style == 'full' else ''}{noun} {shown}{number}", means)


def place_phrase(
    dice: np.random.Generator, lat: float, lon: float, ports: Sequence[Port], zone: str | None
) -> Phrase:
    """Where: by distance and bearing from a port, off a port, or in the zone."""
    near = sorted((distance_m(p.lat, p.lon, lat, lon) / NAUTICAL_MILE_M, p.name, p) for p in ports)
    way, _, port = near[0]
    if way > NEARBY_NM or (zone is not None and dice.random() < 0.12):
        return Phrase(f" in the {zone}" if zone else "")
    if way < 12.0 and dice.random() < 0.7:
        means = {"lat": port.lat, "lon": port.lon, "radius_m": 15.0 * NAUTICAL_MILE_M}
        return Phrase(f" {pick(dice, ('off', 'near'))} {port.name}", means)
    step = 5 if way > 15 else 1
    told = max(1, round(way / step) * step)
    bearing = bearing_deg(port.lat, port.lon, lat, lon)
    point = round(bearing / 45.0) % 8
    there = destination(port.lat, port.lon, point * 45.0, told * NAUTICAL_MILE_M)
    unit = str(pick(dice, ("nautical miles", "nautical miles", "miles", "NM")))
    radius = (0.45 * told + step) * NAUTICAL_MILE_M
    means = {"lat": there[0], "lon": there[1], "radius_m": radius}
    lead = "" if told == 1 else str(pick(dice, ("", "", "about ", "some ")))
    unit = unit.removesuffix("s") if told == 1 else unit
    return Phrase(f" {lead}{told} {unit} {POINTS[point]} of {port.name}", means)


def _whole(day: datetime) -> dict[str, datetime]:
    return {"earliest": day, "latest": day + timedelta(days=1, seconds=-1)}


def time_phrase(dice: np.random.Generator, moment: datetime, told: datetime) -> Phrase:
    """When, as one writes of `moment` on the day of `told`: a weekday, a part of it, a date, or a
    clock time. Days are UTC."""
    day = datetime.combine(moment.date(), time(), UTC)
    ago = (told.date() - moment.date()).days
    kind = dice.random()
    if ago > 6 or ago < 0 or kind < 0.15:
        return Phrase(f" on {moment.day} {moment:%B}", _whole(day))
    name = DAYS[moment.weekday()]
    if kind < 0.3:
        minute = moment.replace(second=0, microsecond=0)
        return Phrase(
            f" at {moment:%H%M} UTC on {name}",
            {"earliest": minute, "latest": minute + timedelta(minutes=1)},
        )
    if kind < 0.45:
        part = "morning" if 5 <= moment.hour < 12 else (
            "afternoon" if 12 <= moment.hour < 18 else "night" if moment.hour >= 18 else ""
        )  # fmt: skip
        return Phrase(f" on {name} {part}".rstrip() if part else f" early on {name}", _whole(day))
    return Phrase(f" on {name}", _whole(day))
