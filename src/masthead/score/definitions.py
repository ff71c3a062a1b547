"""Where what happened and what a detector looks for are not the same thing.

A transmitter switched off for three hours is a true silence, and no gap by the definition of
twelve. `fits` tells whether a happening is what the detector of its name is defined to find, by the
detector's own settings. `ALSO` names the happenings for which an event of another name is right: a
ship that is led away to a prize port has left the lane to its own, whatever else it is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from masthead.geo import NAUTICAL_MILE_M, bearing_deg, distance_m
from masthead.sim.truth import Happening
from masthead.tracks.limits import limits_of
from masthead.tracks.places import port_index
from masthead.tracks.registry import detectors

ALSO: dict[str, tuple[str, ...]] = {
    # the patrol lies stopped beside the ship that it boards; a transfer is a stop of both
    "stopped_at_sea": ("boarding", "encounter"),
    # who turns back before the zone, is sent away, is taken to another port or goes to meet another
    # ship has left the lane to its destination, and where that lay behind the zone, turned before
    # it
    "diversion": ("turn_back", "escorted", "encounter"),
    "turn_back": ("diversion", "escorted", "encounter"),
    # a boarding of over two hours is logged as an encounter, one of just under is not
    "encounter": ("boarding",),
    "approach": ("boarding",),
}
HOURS = {
    "gap": "min_gap_h", "stopped_at_sea": "min_stop_h", "loitering": "min_hours",
    "port_call": "min_call_h", "encounter": "min_hours", "escorted": "min_escort_h",
}  # fmt: skip
"""The setting that says how many hours a happening must last."""
AWAY = ("stopped_at_sea", "encounter", "approach", "pursuit", "escorted")
"""Incidents that are looked for away from known ports."""
Spots = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Definitions:
    """The detectors' settings, and where the places lie that the truth names (lat, lon)."""

    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    spots: Spots = field(default_factory=dict)

    def fits(self, happening: Happening) -> bool:
        """Whether a happening is what the detector of its incident is defined to find."""
        name = happening.incident
        mine = {**detectors()[name].defaults, **self.settings.get(name, {})}
        hours = (happening.end - happening.start).total_seconds() / 3600.0
        if name in HOURS and hours <= mine[HOURS[name]]:
            return False
        if name == "pursuit" and hours * 60.0 < mine["min_follow_min"]:
            return False
        if name in ("approach", "pursuit") and happening.details.get("broken_off"):
            return False
        if name in AWAY and self._by_a_port(happening):
            return False
        return name != "diversion" or self._leads_elsewhere(happening, mine)

    def _leads_elsewhere(self, happening: Happening, mine: Mapping[str, float]) -> bool:
        """Whether there is way left to the old destination, and the new one lies elsewhere."""
        old, new = (self.spots.get(str(happening.details.get(k))) for k in ("bound_for", "now_for"))
        if old is None or new is None or happening.lat is None or happening.lon is None:
            return True
        here = happening.lat, happening.lon
        left_nm = distance_m(*here, *old) / NAUTICAL_MILE_M
        turn = abs((bearing_deg(*here, *old) - bearing_deg(*here, *new) + 180.0) % 360.0 - 180.0)
        return left_nm >= mine["min_left_nm"] and turn >= mine["min_turn_deg"]

    def _by_a_port(self, happening: Happening) -> bool:
        """Whether it is in a known port or one of the scenario's, or in their roads."""
        lat, lon = happening.lat, happening.lon
        if lat is None or lon is None:
            return False
        reach_m = limits_of(self.settings).places.reach_m
        near = any(distance_m(lat, lon, *spot) <= reach_m for spot in self.spots.values())
        return near or bool(port_index(reach_m).near(np.array([lat]), np.array([lon]))[0])
