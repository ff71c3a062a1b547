"""What captains mean to do about a blockade: turn back, wait, run at night, go dark, send false
positions, take another name; and the careless silences of any voyage.

A captain bound for (or out of) a closed port forms one intention a voyage, `stance`, by the shares
of the scenario. It is carried out when the way comes within some miles of the zone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely import points as shapely_points
from shapely.geometry import Point, Polygon

from masthead.geo import destination as point_at
from masthead.sim.deceit import Deceit
from masthead.sim.motion import ROUTE, STOP
from masthead.sim.stage import Stage, travelled

if TYPE_CHECKING:
    from masthead.sim.captains import Captains, Voyage

TURN_NM, DARK_NM = (6.0, 30.0), (3.0, 25.0)
"""How far before the zone a ship turns back, or goes dark or starts to deceive."""
BACK_NM = 5.0
"""A ship that goes so much farther off to wait has turned back."""
WAIT_H = (10.0, 40.0)
NIGHT = (20.5, 3.0)
"""Local solar hours between which a ship runs."""
RUN_FACTOR = 1.06
AFTER_WAITING = {"turn_back": 0.4, "run_at_night": 0.35, "go_dark": 0.25}
STAYS_DARK, DARK_IN_PORT_H = 0.7, (4.0, 30.0)
"""The share of ships that came in dark and stay so in port, and for how long."""
DETOUR_H = (4.0, 16.0)
"""How long a ship out of a closed port stays dark or false after it has left the zone's edge."""


class Intentions:
    """The intentions of all captains."""

    def __init__(self, stage: Stage, captains: Captains) -> None:
        self.stage, self.captains = stage, captains
        self.deceit = Deceit(stage, captains)
        blockade = stage.scenario.blockade
        self.zone = None
        if blockade:
            self.shrink = math.cos(math.radians(float(np.mean([p[0] for p in blockade.zone]))))
            self.zone = Polygon([(lon * self.shrink, lat) for lat, lon in blockade.zone])

    def concerns(self, i: int, voyage: Voyage) -> bool:
        """Whether the blockade, while in force, is meant for this voyage."""
        blockade = self.stage.scenario.blockade
        if blockade is None or self.captains.declared is None or self.captains.lifted:
            return False
        ship = self.stage.ships[i]
        if ship.type in blockade.exempt or ship.flag in blockade.exempt_flags:
            return False
        ends = (voyage.origin, voyage.to)
        return any(s is not None and s.side == blockade.against for s in ends)

    def form(self, i: int, voyage: Voyage) -> None:
        """Form an intention for the voyage that has begun, or that the declaration changes."""
        if voyage.stance is not None or not self.concerns(i, voyage) or self.zone is None:
            return
        blockade = self.stage.scenario.blockade
        inward = (voyage.to is not None and blockade is not None
                  and voyage.to.side == blockade.against)  # fmt: skip
        shares = dict(self.stage.scenario.behaviour.shares())
        if not inward:
            shares.update(turn_back=0.0, wait=0.0)
        voyage.stance = self._drawn(shares)
        if voyage.stance in ("turn_back", "wait"):
            off = self.stage.drawn(TURN_NM)
            self._plan_at(i, off, voyage.stance)
        elif voyage.stance == "run_at_night":
            self._plan_at(i, DARK_NM[1] + 4.0, "night_fall")
        elif voyage.stance in ("go_dark", "spoof", "change_identity"):
            self._plan_at(i, self.stage.drawn(DARK_NM), voyage.stance)
        if not inward:
            self._plan_end(i)

    def puts_off(self, i: int, voyage: Voyage) -> bool:
        """Whether a ship about to leave for a closed port stays in for now."""
        if voyage.phase == "port" and self.concerns(i, voyage) and self.stage.chance(0.3):
            self.stage.plan(i, self.stage.minute + self.stage.drawn((12.0, 36.0)) * 60.0, "depart")
            return True
        return False

    def carry_out(self, i: int, voyage: Voyage, what: str, detail: Any) -> None:
        """Do what was planned, if it still makes sense."""
        stage = self.stage
        if what == "silent":
            if voyage.phase in ("sail", "fish") and "gap" not in voyage.open and stage.sea.on[i]:
                self.deceit.silence(i, voyage, "careless")
                stage.plan(i, stage.minute + detail * 60.0, "speak")
        elif what == "speak":
            self.deceit.speak(i, voyage)
        elif what == "honest":
            self.deceit.end(i, voyage)
        elif what == "resolve" and voyage.phase == "wait":
            self._resolve(i, voyage)
        elif what == "new_name":
            self.deceit.rename(i, voyage)
        elif what == "run" and voyage.phase == "wait":
            self._run(i, voyage)
        elif voyage.phase == "sail" and not voyage.handled and self.concerns(i, voyage):
            self._before_the_zone(i, voyage, what)

    def _before_the_zone(self, i: int, voyage: Voyage, what: str) -> None:
        stage = self.stage
        if what == "turn_back":
            self._turn_back(i, voyage)
        elif what == "wait":
            self._go_and_wait(i, voyage)
        elif what == "night_fall":
            if self._hours_to_night(i) > 0.3:
                self._lie_off(i, voyage)
            else:
                self._run(i, voyage)
        elif what == "go_dark":
            self.deceit.silence(i, voyage, "evasion")
        elif what == "spoof":
            self.deceit.begin(i, voyage)
        elif what == "change_identity":
            self.deceit.silence(i, voyage, "change of identity")
            stage.plan(i, stage.minute + stage.drawn((90.0, 300.0)), "new_name")

    def arrived(self, i: int, voyage: Voyage) -> None:
        """At the end of a voyage all goes back to honest."""
        stage = self.stage
        stage.unplan(i)
        dark = "gap" in voyage.open and voyage.open["gap"].details["why"] != "careless"
        if dark and stage.chance(STAYS_DARK):
            stage.plan(i, stage.minute + stage.drawn(DARK_IN_PORT_H) * 60.0, "speak")
        else:
            self.deceit.end(i, voyage)
        voyage.stance = None

    def waiting(self, i: int, voyage: Voyage) -> None:
        """A ship has come to where it waits."""
        voyage.phase, voyage.since = "wait", self.stage.minute
        self.stage.sea.mode[i] = STOP
        self.stage.plan(i, self.stage.minute + self.stage.drawn(WAIT_H) * 60.0, "resolve")

    def declared(self) -> None:
        """The blockade is declared: captains at sea think again."""
        self.captains.declared = self.stage.minute
        for i, voyage in self.captains.voyages.items():
            if voyage.phase == "sail" and not self.stage.sea.in_zone[i]:
                self.form(i, voyage)

    # -- the intentions -------------------------------------------------------------------------

    def _turn_back(self, i: int, voyage: Voyage, *, waited: bool = False) -> None:
        stage, sea = self.stage, self.stage.sea
        if sea.in_zone[i]:
            return
        was_for = voyage.to.name if voyage.to else None
        blockade = stage.scenario.blockade
        assert blockade is not None
        back = voyage.origin
        if back is None or back.side == blockade.against:
            back = self.captains.demand.alternative(
                float(sea.lat[i]), float(sea.lon[i]), {blockade.against}, stage.world
            )
        if not waited:  # one that lay in the roads has turned before
            stage.note("turn_back", [i], bound_for=was_for, now_for=back.name)
        voyage.stance = "turned_back"
        self.captains.send(i, back)

    def _go_and_wait(self, i: int, voyage: Voyage) -> None:
        stage, sea = self.stage, self.stage.sea
        lat, lon = float(sea.lat[i]), float(sea.lon[i])
        spots = stage.scenario.anchorages
        if not spots:
            self._stop_here(i, voyage)
            return
        area = min(spots, key=lambda a: math.hypot(a.lat - lat, (a.lon - lon) * self.shrink))
        off = stage.drawn((0.0, area.radius_nm)) * 1852.0
        spot = point_at(area.lat, area.lon, stage.drawn((0, 360)), off)
        if self._off_zone_nm(*spot) > self._off_zone_nm(lat, lon) + BACK_NM:
            bound_for = voyage.to.name if voyage.to else None
            stage.note("turn_back", [i], bound_for=bound_for, now_for=area.name)
        place = stage.world.place(area.name, *spot)
        stage.sail_to(i, place, stage.ships[i].speed_kn * 0.8)
        voyage.phase = "to_wait"

    def _off_zone_nm(self, lat: float, lon: float) -> float:
        """How far a place lies from the zone."""
        if self.zone is None:
            return 0.0
        return 60.0 * float(self.zone.distance(Point(lon * self.shrink, lat)))

    def _stop_here(self, i: int, voyage: Voyage) -> None:
        self.waiting(i, voyage)

    def _lie_off(self, i: int, voyage: Voyage) -> None:
        """Lie stopped outside of the zone until night."""
        self.stage.sea.mode[i] = STOP
        voyage.phase, voyage.since = "wait", self.stage.minute
        self.stage.plan(i, self.stage.minute + self._hours_to_night(i) * 60.0, "run")

    def _resolve(self, i: int, voyage: Voyage) -> None:
        """After waiting: turn back, or run the line."""
        self.captains.stopped(i, voyage.since)
        voyage.phase = "sail"
        if not self.concerns(i, voyage):
            voyage.stance = None
            if voyage.to:
                self.captains.send(i, voyage.to)
            return
        what = self._drawn(AFTER_WAITING) or "turn_back"
        voyage.stance = what
        if what == "turn_back":
            self._turn_back(i, voyage, waited=bool(self.stage.scenario.anchorages))
        elif what == "run_at_night" and self._hours_to_night(i) > 0.3:
            self._lie_off(i, voyage)
        else:
            self._run(i, voyage)

    def _run(self, i: int, voyage: Voyage) -> None:
        """Go for the port, dark, at all the speed there is."""
        stage = self.stage
        if voyage.phase == "wait":
            self.captains.stopped(i, voyage.since)
        if voyage.to is None:
            return
        voyage.phase, voyage.stance = "sail", "running"
        stage.sail_to(i, voyage.to.place, stage.ships[i].speed_kn * RUN_FACTOR)
        self.deceit.silence(i, voyage, "run at night")

    def _hours_to_night(self, i: int) -> float:
        """Hours until it is night by local solar time, 0 if it is."""
        moment = self.stage.at(self.stage.minute)
        hour = (moment.hour + moment.minute / 60.0 + float(self.stage.sea.lon[i]) / 15.0) % 24.0
        return 0.0 if hour >= NIGHT[0] or hour < NIGHT[1] else NIGHT[0] - hour

    # -- where the zone begins ------------------------------------------------------------------

    def _plan_at(self, i: int, off_nm: float, what: str) -> None:
        """Plan something for when the way comes within so many miles of the zone."""
        stage, sea = self.stage, self.stage.sea
        if self.zone is None or sea.mode[i] != ROUTE:
            return
        leg, legs = int(sea.leg[i]), int(sea.legs[i])
        start = (float(sea.lat[i]), float(sea.lon[i]))
        ahead = [(float(a), float(b)) for a, b in sea.route[i, leg:legs]]
        way, far = travelled(ahead, start)
        along = np.arange(0.0, float(far[-1]), 1.0)
        lat, lon = np.interp(along, far, way[:, 0]), np.interp(along, far, way[:, 1])
        near = self.zone.distance
        spots = shapely_points(lon * self.shrink, lat)
        hit = next((k for k, p in enumerate(spots) if near(p) * 60.0 <= off_nm), None)
        if hit is not None:
            hours = float(along[hit]) / max(float(sea.want_kn[i]), 3.0)
            stage.plan(i, stage.minute + hours * 60.0, what)

    def _plan_end(self, i: int) -> None:
        """A ship out of a closed port is honest again some hours after it has left the zone."""
        stage, sea = self.stage, self.stage.sea
        if self.zone is None or sea.mode[i] != ROUTE:
            return
        west, south, east, north = self.zone.bounds
        across = math.hypot(east - west, north - south) * 60.0 * 0.5
        hours = across / max(float(sea.want_kn[i]), 3.0) + stage.drawn(DETOUR_H)
        stage.plan(i, stage.minute + hours * 60.0, "honest")

    def _drawn(self, shares: dict[str, float]) -> str | None:
        throw = float(self.stage.dice.random())
        for name, share in shares.items():
            throw -= share
            if throw < 0.0:
                return name
        return None
