"""Fishing: out to a ground, short legs over it with the gear out, and home."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from masthead.geo import destination as point_at
from masthead.sim.stage import Stage

if TYPE_CHECKING:
    from masthead.sim.captains import Captains, Voyage

FISHING_KN = (2.5, 4.0)
FISHING_LEG_NM = (1.5, 5.0)
FISHING_H = (18.0, 60.0)


class Fishing:
    """What fishing boats do at sea."""

    def __init__(self, stage: Stage, captains: Captains) -> None:
        self.stage, self.captains = stage, captains

    def start(self, i: int, voyage: Voyage) -> None:
        """Put a boat into its home port or onto its ground."""
        stage = self.stage
        grounds = stage.scenario.grounds
        voyage.ground = int(stage.dice.integers(len(grounds)))
        ground = grounds[voyage.ground]
        ports = [s for s in voyage.among if not s.is_gate]
        spot = stage.world.place(ground.name, ground.lat, ground.lon)
        ways = [stage.world.way_nm(spot.lat, spot.lon, s.place) for s in ports]
        near = sorted(zip(ways, range(len(ports)), strict=True))[:3]
        voyage.origin = voyage.to = ports[near[int(stage.dice.integers(len(near)))][1]]
        stage.put(i, voyage.origin.place.lat, voyage.origin.place.lon)
        if stage.chance(0.4):
            self.captains.lay_up(i, voyage, voyage.origin, stage.drawn((0.0, 24.0)))
            return
        stage.sea.lat[i], stage.sea.lon[i] = self.on_ground(voyage)
        voyage.phase, voyage.since = "fish", 0
        stage.plan(i, stage.drawn((1.0, FISHING_H[1])) * 60.0, "home")
        self.haul(i, voyage)

    def on_ground(self, voyage: Voyage) -> tuple[float, float]:
        """A point of a boat's ground."""
        ground = self.stage.scenario.grounds[voyage.ground]
        for _ in range(60):
            off = ground.radius_nm * 1852.0 * math.sqrt(float(self.stage.dice.random()))
            spot = point_at(ground.lat, ground.lon, self.stage.drawn((0, 360)), off)
            if self.stage.world.is_water(*spot) and self.stage.world.offshore(*spot) > 1.5:
                return spot
        return ground.lat, ground.lon

    def sail_out(self, i: int, voyage: Voyage) -> None:
        """Leave port for the ground."""
        stage = self.stage
        spot = self.on_ground(voyage)
        place = stage.world.place("ground", *spot)
        stage.sail_to(i, place, self.captains.speed(i))
        voyage.phase, voyage.since = "fish", stage.minute
        stage.plan(i, stage.minute + stage.drawn(FISHING_H) * 60.0, "home")

    def haul(self, i: int, voyage: Voyage) -> None:
        """One more leg with the gear out, within the ground."""
        stage, sea = self.stage, self.stage.sea
        ground = stage.scenario.grounds[voyage.ground]
        lat, lon = float(sea.lat[i]), float(sea.lon[i])
        for _ in range(12):
            turn = float(sea.heading[i]) + float(stage.dice.normal(0.0, 60.0))
            leg = point_at(lat, lon, turn % 360.0, stage.drawn(FISHING_LEG_NM) * 1852.0)
            off = math.hypot(leg[0] - ground.lat,
                             (leg[1] - ground.lon) * math.cos(math.radians(lat)))  # fmt: skip
            if off * 60.0 <= ground.radius_nm and stage.world.is_clear(lat, lon, *leg):
                stage.sail(i, [leg], stage.drawn(FISHING_KN), brake=False)
                break
        else:
            place = stage.world.place("ground", *self.on_ground(voyage))  # fmt: skip
            stage.sail_to(i, place, stage.drawn(FISHING_KN) + 2.0)
        sea.status[i] = 7

    def home(self, i: int, voyage: Voyage) -> None:
        """Take the gear in and go home."""
        if voyage.origin is not None:
            voyage.phase, voyage.to = "sail", voyage.origin
            self.stage.sail_to(i, voyage.origin.place, self.captains.speed(i))
