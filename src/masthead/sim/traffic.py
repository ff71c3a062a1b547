"""Who sails whither: the demand between places, by class of ship.

A voyage from A to B is drawn with a chance in proportion to B's weight (a gravity model without
distance, as in a strait all through traffic passes anyway). Ferries sail between the ports their
fleet names; other ships never between two gates that lie within `NEAR_NM` of one another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.sim.motion import near_m
from masthead.sim.scenario import Fleet, Scenario
from masthead.sim.world import Place, World

NEAR_NM = 60.0


@dataclass(frozen=True)
class Spot:
    """A port or gate as ships know it: `side` is whose port it is."""

    place: Place
    weight: float
    is_gate: bool
    side: str | None

    @property
    def name(self) -> str:
        return self.place.name


class Demand:
    """The places of a scenario on its chart, and draws of destinations."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self.spots: dict[str, Spot] = {}
        for port in scenario.ports:
            place = world.place(port.name, port.lat, port.lon)
            self.spots[port.name] = Spot(place, port.weight, False, port.side)
        for gate in scenario.gates:
            place = world.place(gate.name, gate.lat, gate.lon)
            self.spots[gate.name] = Spot(place, gate.weight, True, None)
        for spot in self.spots.values():
            world.learn(spot.place.cell)

    def of(self, fleet: Fleet) -> list[Spot]:
        """The places a fleet sails between."""
        if fleet.ports:
            return [self.spots[name] for name in fleet.ports]
        return [s for s in self.spots.values() if s.weight > 0]

    def draw(
        self, among: list[Spot], dice: np.random.Generator, origin: Spot | None = None
    ) -> Spot:
        """A destination."""
        weights = np.array([_weight(s, origin) for s in among])
        if weights.sum() <= 0:
            weights = np.array([float(s is not origin) for s in among])
        return among[int(dice.choice(len(among), p=weights / weights.sum()))]

    def alternative(self, lat: float, lon: float, closed: set[str], world: World) -> Spot:
        """The open gate or port that is cheapest to sail to, gates first."""
        fit = [s for s in self.spots.values() if s.side not in closed]
        gates = [s for s in fit if s.is_gate] or fit
        return min(gates, key=lambda s: (world.way_nm(lat, lon, s.place), s.name))


def _weight(spot: Spot, origin: Spot | None) -> float:
    if origin is None:
        return spot.weight
    if spot is origin:
        return 0.0
    if spot.is_gate and origin.is_gate:
        a, b = spot.place, origin.place
        if near_m(a.lat, a.lon, b.lat, b.lon) < NEAR_NM * 1852.0:
            return 0.0
    return spot.weight
