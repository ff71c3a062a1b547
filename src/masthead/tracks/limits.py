"""Thresholds that belong to no single detector: what one track is, what a port or an anchorage is,
and when two ships are in company. Each is a table of the case file's `[detect]`, as a detector's
settings are: `[detect.segments]`, `[detect.places]`, `[detect.company]`."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class SegmentLimits:
    """What one ship can have sailed.

    A position is of a track (`tracks.segment`) if it can be reached from the last of it.

    `max_speed_kn` (50 knots, ours: above the fastest ferries and patrol craft in service;
    gpsdio-segment's are 25 to 30), `max_aircraft_kn` (500 knots, ours) for search and rescue
    aircraft, MMSI 111…; `noise_m` (500 metres: long-range reports, type 27, are rounded to 0.1
    minute, 185 m, and poor fixes are off by more; ITU-R M.1371-5); `clock_s` (30 seconds, ours:
    receivers stamp a message when they get it, and satellites' clocks and relays add to that).
    `reckon_min` (60 minutes, ours): beyond an hour a ship's last course says little about which of
    several tracks a position is of.
    """

    max_speed_kn: float = 50.0
    max_aircraft_kn: float = 500.0
    noise_m: float = 500.0
    clock_s: float = 30.0
    reckon_min: float = 60.0


@dataclass(frozen=True)
class PlaceLimits:
    """Where a ship is at a known port, or at an anchorage that the tracks themselves show.

    `reach_km` (10 kilometres): a large port's berths and roads lie this far from the one point that
    stands for it; it is also how far from an anchorage Global Fishing Watch's encounters must be.

    An anchorage is a cell of `cell_km` kilometres (3, ours), no more than `max_shore_nm` nautical
    miles from land (15, ours: ships that stop together farther out are news), in which `min_ships`
    different ships (4, ours; Global Fishing Watch's need 20, in some years, a case's weeks have
    fewer) have stayed for `long_stay_h` hours (12, theirs), or as many lay at the same time: those
    stopped by a patrol at one spot, one after the other, make none. To have stayed is to keep to
    `stay_kn` knots (0.5) for `stay_h` hours (1) within `stay_m` metres (1,000; 500 by their rule,
    more here for the swing of a large ship on a long chain).
    """

    reach_km: float = 10.0
    cell_km: float = 3.0
    max_shore_nm: float = 15.0
    min_ships: float = 4.0
    long_stay_h: float = 12.0
    stay_kn: float = 0.5
    stay_h: float = 1.0
    stay_m: float = 1_000.0

    @property
    def reach_m(self) -> float:
        """`reach_km` in metres."""
        return self.reach_km * 1_000.0


@dataclass(frozen=True)
class CompanyLimits:
    """When two ships are in company: `approach`, `pursuit`, `escorted`, `silent_after_stop`.

    All ours. They are no more than `sight_nm` nautical miles apart (3: a ship that is to be boarded
    is approached from outside it, at the range of a radio call), breaks of `bridged_min` minutes
    (30) aside; alongside within `alongside_nm` (0.75: boardings from a warship's boat keep it
    within about half a mile), for `together_min` minutes in all (15), until they are `apart_nm`
    apart (1); and one was seen to come from `seen_coming_nm` or more (1.5, twice the distance of
    alongside).

    Positions more than `max_leg_h` hours apart (0.5) do not tell who followed whom. A ship that did
    not make `under_way_kn` knots (3) within `lately_h` hours (6) lies at anchor and meets nobody.
    What a ship made before is its highest speed in `before_h` hours (1): one that is hailed by
    radio stops before the other is beside it.
    """

    sight_nm: float = 3.0
    alongside_nm: float = 0.75
    seen_coming_nm: float = 1.5
    apart_nm: float = 1.0
    together_min: float = 15.0
    bridged_min: float = 30.0
    max_leg_h: float = 0.5
    under_way_kn: float = 3.0
    lately_h: float = 6.0
    before_h: float = 1.0


@dataclass(frozen=True)
class Limits:
    """All three."""

    segments: SegmentLimits = SegmentLimits()
    places: PlaceLimits = PlaceLimits()
    company: CompanyLimits = CompanyLimits()


SHARED: dict[str, type[Any]] = {
    "segments": SegmentLimits, "places": PlaceLimits, "company": CompanyLimits,
}  # fmt: skip
"""By the name of their table."""


def shared_defaults(name: str) -> dict[str, float]:
    """The settings of a shared table with their defaults."""
    usual = SHARED[name]()
    return {field.name: float(getattr(usual, field.name)) for field in fields(usual)}


def shared_doc(name: str) -> str:
    """What the settings of a shared table mean, and where they come from."""
    return inspect.getdoc(SHARED[name]) or ""


def limits_of(settings: Mapping[str, Mapping[str, float]]) -> Limits:
    """The shared thresholds, with those of `settings` in the place of defaults."""
    return Limits(**{name: kind(**settings.get(name, {})) for name, kind in SHARED.items()})
