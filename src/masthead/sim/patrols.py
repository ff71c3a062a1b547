"""Patrol ships and aircraft: stations, search, reliefs and refuelling.

A unit is in one `phase`: `base`, `out` (on its way to its station), `on` (searching), `chase`,
`board`, `escort`, or `home`. Three in four of a group of ships (rounded up) are out at a time; when
one turns home for fuel, one that is ready sails. Aircraft fly to their area, search, and fly home.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from masthead.geo import bearing_deg, distance_m
from masthead.geo import destination as point_at
from masthead.sim.boarding import Boarding
from masthead.sim.captains import Captains
from masthead.sim.motion import ALONGSIDE, ARRIVED, ROUTE, WAKE, look
from masthead.sim.scenario import Patrol
from masthead.sim.stage import Entry, Stage
from masthead.sim.traffic import Demand

OUT_SHARE = 0.75
STATION_NM = 3.0
LEAD_H = 10.0
"""A blockading fleet sails so long before the declaration."""
VECTOR_NM = 70.0
"""An aircraft calls a ship no farther than this to what it has found."""


@dataclass
class Unit:
    """One patrol ship or aircraft."""

    i: int
    group: int
    slot: int
    slots: int
    phase: str = "base"
    leg: int = 0
    fuel_until: int = 0
    entry: Entry | None = None
    ais: bool = True
    busy_since: int | None = None


class Patrols:
    """The blockading fleet, and the forces of the other side."""

    def __init__(self, stage: Stage, demand: Demand, captains: Captains) -> None:
        self.stage, self.demand, self.captains = stage, demand, captains
        self.units: dict[int, Unit] = {}
        self.boarding = Boarding(stage, demand, captains, self)
        self.active = False

    def add(self, i: int, group: int, slot: int, slots: int) -> None:
        """Take a ship into a group."""
        ais = self.stage.chance(self.group(group).ais)
        self.units[i] = Unit(i, group, slot, slots, ais=ais)

    def group(self, k: int) -> Patrol:
        """The group of a number."""
        return self.stage.scenario.patrols[k]

    def is_aircraft(self, unit: Unit) -> bool:
        return self.group(unit.group).type == "aircraft"

    def start(self, declared: int) -> None:
        """Lay the fleet up at its bases; it sails so as to be there at the declaration."""
        for unit in self.units.values():
            self.stage.enrol(unit.i)
            group = self.group(unit.group)
            base = self.demand.spots[group.base]
            spot = self.captains.berth(base)
            if group.type == "aircraft":
                spot = (base.place.lat, base.place.lon)
            self.stage.put(unit.i, *spot)
            self.stage.sea.on[unit.i] = unit.ais and group.type != "aircraft"
            self.stage.sea.watched[unit.i] = group.type != "aircraft"
            sails = max(0.0, declared - LEAD_H * 60.0) + self.stage.drawn((0.0, 90.0))
            if group.type == "aircraft":
                sails = max(float(declared), 0.0) + self.stage.drawn((0.0, 600.0))
            if unit.slot < unit.slots:
                self.stage.plan(unit.i, sails, "sail")

    # -- searching --------------------------------------------------------------------------

    def tick(self) -> None:
        """Look about from every unit that searches."""
        if not self.active:
            return
        seekers = [u for u in self.units.values() if u.phase == "on"]
        if not seekers:
            return
        sea = self.stage.sea
        wanted = self.wanted()
        groups = [self.group(u.group) for u in seekers]
        seen = look(
            sea, np.array([u.i for u in seekers]), np.array([g.sensor_nm for g in groups]),
            np.array([g.law == "definite" for g in groups]), wanted, self.stage.minute,
            self.stage.scenario.scenario.seed,
        )  # fmt: skip
        for i, ship in seen:
            if wanted[ship] and not self.captains.voyages[ship].handled:
                self.boarding.found(self.units[i], ship)

    def wanted(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which ships a patrol would look at: under way in the zone, and not dealt with yet."""
        sea, blockade = self.stage.sea, self.stage.scenario.blockade
        fit = np.zeros(sea.lat.size, np.bool_)
        if blockade is None:
            return fit
        for i, voyage in self.captains.voyages.items():
            ship = self.stage.ships[i]
            fit[i] = (
                sea.in_zone[i] and sea.mode[i] == ROUTE and not voyage.handled
                and voyage.phase in ("sail", "to_roads")
                and ship.type not in blockade.exempt and ship.flag not in blockade.exempt_flags
            )  # fmt: skip
        return fit

    def free_near(self, ship: int) -> Unit | None:
        """The searching patrol ship nearest to a ship that an aircraft has found."""
        sea = self.stage.sea
        best, best_nm = None, VECTOR_NM
        for unit in self.units.values():
            if unit.phase == "on" and not self.is_aircraft(unit):
                shrink = math.cos(math.radians(float(sea.lat[ship])))
                north = float(sea.lat[ship] - sea.lat[unit.i])
                east = float(sea.lon[ship] - sea.lon[unit.i]) * shrink
                far = 60.0 * math.hypot(north, east)
                if far < best_nm:
                    best, best_nm = unit, far
        return best

    # -- what wants attention ---------------------------------------------------------------

    def attend(self, i: int, why: int) -> None:
        """See to a unit."""
        unit = self.units[i]
        if why & ALONGSIDE and unit.phase == "chase":
            self.boarding.alongside(unit)
        if why & WAKE:
            for what, detail in self.stage.due(i):
                if what == "sail" and unit.phase == "base":
                    self._sail(unit)
                elif what == "fuel":
                    if unit.phase == "on":
                        self._home(unit)
                    elif unit.phase in ("chase", "board", "escort"):
                        self.stage.plan(i, self.stage.minute + 30, "fuel")
                else:
                    self.boarding.carry_out(unit, what, detail)
        if why & ARRIVED and self.stage.sea.mode[i] == ROUTE:
            self._arrived(unit)

    def resume(self, unit: Unit) -> None:
        """Go back to the station, or home if the fuel is short."""
        self.stage.sea.target[unit.i] = -1
        if not self.active or self.stage.minute >= unit.fuel_until:
            self._home(unit)
            return
        if self._off_station(unit):
            unit.phase = "out"
            place = self.stage.world.place("station", *self._post(unit))
            self.stage.sail_to(unit.i, place, self._passage_kn(unit))
            return
        self._on(unit)

    def _on(self, unit: Unit) -> None:
        """On station, and free to search."""
        unit.phase = "on"
        if unit.busy_since is not None:
            self.boarding.busy_min.append(self.stage.minute - unit.busy_since)
            unit.busy_since = None
        self._search(unit)

    def _off_station(self, unit: Unit) -> bool:
        group, sea = self.group(unit.group), self.stage.sea
        here = (float(sea.lat[unit.i]), float(sea.lon[unit.i]))
        if group.search == "barrier":
            reach = max(distance_m(*here, *p) for p in self._points(unit))
            width = distance_m(*self._points(unit)[0], *self._points(unit)[1])
            return reach > width + 10.0 * 1852.0
        return distance_m(*here, *group.track[0]) > (group.radius_nm + 2.0) * 1852.0

    def _passage_kn(self, unit: Unit) -> float:
        group = self.group(unit.group)
        return min(group.max_kn, group.patrol_kn * 1.2)

    def recall(self) -> None:
        """The blockade is over: all that are free go home."""
        self.active = False
        for unit in self.units.values():
            if unit.phase in ("out", "on"):
                self._home(unit)

    def _sail(self, unit: Unit) -> None:
        group = self.group(unit.group)
        blockade = self.stage.scenario.blockade
        if blockade is None or self.captains.lifted:
            return
        unit.phase = "out"
        spot = self._post(unit)
        self.stage.sea.on[unit.i] = unit.ais
        speed = self._passage_kn(unit)
        if group.type == "aircraft":
            self.stage.sail(unit.i, [spot], group.patrol_kn, brake=False)
        else:
            place = self.stage.world.place("station", *spot)
            self.stage.sail_to(unit.i, place, speed)
            unit.entry = self.stage.note(
                "deployment", [unit.i], lasting=True, actor=group.side,
                station_lat=round(spot[0], 4), station_lon=round(spot[1], 4), base=group.base,
            )  # fmt: skip
        share = 1.0 if unit.fuel_until or unit.slots <= 1 else 0.5 + 0.5 * unit.slot / unit.slots
        unit.fuel_until = self.stage.minute + int(group.endurance_h * 60.0 * share)
        self.stage.plan(unit.i, unit.fuel_until, "fuel")

    def _arrived(self, unit: Unit) -> None:
        if unit.phase == "out":
            self.stage.close(unit.entry)
            self._on(unit)
        elif unit.phase == "on":
            self._search(unit)
        elif unit.phase == "home":
            sea = self.stage.sea
            self.stage.put(unit.i, float(sea.lat[unit.i]), float(sea.lon[unit.i]))
            if self.is_aircraft(unit):
                sea.on[unit.i] = False
            else:
                self.stage.note("port_call", [unit.i], port=self.group(unit.group).base)
            unit.phase = "base"
            group = self.group(unit.group)
            ready = self.stage.minute + group.refuel_h * 60.0
            if unit.slot < unit.slots or self.is_aircraft(unit):
                self.stage.plan(unit.i, ready, "sail")

    def _home(self, unit: Unit) -> None:
        """Turn home; a ready ship of the group sails to take the place."""
        group = self.group(unit.group)
        unit.phase = "home"
        base = self.demand.spots[group.base].place
        if group.type == "aircraft":
            self.stage.sail(unit.i, [(base.lat, base.lon)], group.patrol_kn, brake=False)
            return
        self.stage.sail_to(unit.i, base, self._passage_kn(unit))
        for other in self.units.values():
            if other.group == unit.group and other.phase == "base" and other.slot >= other.slots:
                other.slot, unit.slot = unit.slot, other.slot
                self.stage.plan(other.i, self.stage.minute + 1, "sail")
                break

    def _post(self, unit: Unit) -> tuple[float, float]:
        """The first point of a unit's search."""
        return self._points(unit)[0]

    def _points(self, unit: Unit) -> list[tuple[float, float]]:
        """A barrier's section of a unit: its two ends; else the middle of its area."""
        group = self.group(unit.group)
        if group.search != "barrier":
            return [group.track[0]]
        (lat1, lon1), (lat2, lon2) = group.track
        n = max(unit.slots, 1)
        ends = [min(unit.slot, n - 1) / n, (min(unit.slot, n - 1) + 1) / n]
        return [(lat1 + e * (lat2 - lat1), lon1 + e * (lon2 - lon1)) for e in ends]

    def _search(self, unit: Unit) -> None:
        """The next leg of the search."""
        stage, sea = self.stage, self.stage.sea
        group = self.group(unit.group)
        here = (float(sea.lat[unit.i]), float(sea.lon[unit.i]))
        if group.search == "barrier":
            unit.leg += 1
            goal = self._points(unit)[unit.leg % 2]
        else:
            goal = self._anywhere(group, here)
        if group.type == "aircraft" or stage.world.is_clear(*here, *goal):
            stage.sail(unit.i, [goal], group.patrol_kn, brake=False)
        else:
            place = stage.world.place("search", *goal)
            stage.sail_to(unit.i, place, group.patrol_kn)

    def _anywhere(self, group: Patrol, here: tuple[float, float]) -> tuple[float, float]:
        """Where a unit turns next: a drawn point near its station; or in a random search the end of
        a straight run to the edge of the circle, begun at the edge at an angle drawn by Lambert's
        cosine law, for such runs cover the circle evenly."""
        middle = group.track[0]
        if group.search == "station":
            return self._drawn_near(group, STATION_NM)
        radius = group.radius_nm * 1852.0
        for _ in range(20):
            off = distance_m(*middle, *here)
            if off > radius * 0.95:
                slant = math.degrees(math.asin(self.stage.drawn((-0.98, 0.98))))
                course = bearing_deg(*here, *middle) + slant
                goal = point_at(*here, course, 2.0 * radius * math.cos(math.radians(slant)) * 0.98)
            else:
                goal = point_at(*middle, self.stage.drawn((0, 360)), radius * 0.98)
            if group.type == "aircraft" or self.stage.world.is_clear(*here, *goal):
                return goal
        return self._drawn_near(group, group.radius_nm)

    def _drawn_near(self, group: Patrol, radius_nm: float) -> tuple[float, float]:
        for _ in range(40):
            off = radius_nm * 1852.0 * math.sqrt(float(self.stage.dice.random()))
            spot = point_at(*group.track[0], self.stage.drawn((0, 360)), off)
            if group.type == "aircraft" or self.stage.world.is_water(*spot):
                return spot
        return group.track[0]
