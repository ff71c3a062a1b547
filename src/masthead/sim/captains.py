"""Captains of ordinary shipping: voyages, port calls, anchoring, fishing, and being held.

A ship at sea is in one `phase`: `port`, `roads` (at anchor before its port), `sail`, `away` (out of
the region), `fish`, `meet` (for a transfer), `wait` (outside of a blockade), `held` (stopped by a
patrol) or `prize`. What it means to do next, and when, is on its agenda.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from masthead.geo import destination as point_at
from masthead.sim.fishing import Fishing
from masthead.sim.intentions import Intentions
from masthead.sim.motion import ALONGSIDE, ARRIVED, AWAY, NEVER, STOP, WAKE
from masthead.sim.ships import classes
from masthead.sim.stage import Entry, Stage, travelled
from masthead.sim.traffic import Demand, Spot
from masthead.sim.transfers import Transfers
from masthead.sim.world import MAX_POINTS

BERTH_M = 900.0
ROADS_NM = (2.0, 5.0)
WEAVE_NM, WEAVE_STEP_NM, WEAVE_OFF_M = 24.0, 1.6, 900.0
STOPPED_H, STOPPED_NM = 1.0, 5.0
LOITERING_H, LOITERING_NM = 4.0, 20.0
"""What counts as stopped at sea and as loitering; the bounds the track detectors start from."""


@dataclass
class Run:
    """One passage of the zone by a ship that the blockade is meant for."""

    ship: int
    start: int
    inward: bool
    end: int | None = None
    stopped: bool = False


@dataclass
class Voyage:
    """What one ship is about."""

    among: list[Spot]
    offset_nm: float
    ground: int = -1
    phase: str = "port"
    origin: Spot | None = None
    to: Spot | None = None
    handled: bool = False
    since: int = 0
    stance: str | None = None
    run: Run | None = None
    call: Entry | None = None
    open: dict[str, Entry] = field(default_factory=dict)
    held: tuple[str, tuple[Entry, ...]] | None = None


class Captains:
    """All ships that belong to no side's forces."""

    def __init__(self, stage: Stage, demand: Demand, fleet_of: list[int]) -> None:
        self.stage, self.demand = stage, demand
        self.voyages: dict[int, Voyage] = {}
        self.declared: int | None = None
        self.lifted = False
        self.runs: list[Run] = []
        self.bound: list[tuple[int, int, str]] = []
        """What ships say they are bound for: the ship, from which minute, the port."""
        for i, fleet in enumerate(fleet_of):
            if fleet >= 0:
                among = demand.of(stage.scenario.fleets[fleet])
                offset = float(stage.dice.normal(0.9, 0.5))
                self.voyages[i] = Voyage(among, offset)
        self.intentions = Intentions(stage, self)
        self.transfers = Transfers(stage, self)
        self.fishing = Fishing(stage, self)

    # -- the start --------------------------------------------------------------------------

    def start(self) -> None:
        """Put every ship somewhere in its round of voyages, as if they had long been going on."""
        for i, voyage in self.voyages.items():
            self.stage.enrol(i)
            if self.stage.ships[i].type == "fishing":
                self.fishing.start(i, voyage)
            else:
                self._start_sailing(i, voyage)
        self.transfers.start()

    def _start_sailing(self, i: int, voyage: Voyage) -> None:
        stage, ship = self.stage, self.stage.ships[i]
        known = classes()[ship.type]
        voyage.origin = self.demand.draw(voyage.among, stage.dice)
        voyage.to = self.demand.draw(voyage.among, stage.dice, voyage.origin)
        a, b = voyage.origin.place, voyage.to.place
        points = stage.world.route(a.lat, a.lon, b, offset_nm=voyage.offset_nm)
        way, far = travelled(points, (a.lat, a.lon))
        sail_h = float(far[-1]) / ship.speed_kn
        stay_h = stage.drawn(known.away_h if voyage.origin.is_gate else known.stay_h)
        moment = stage.drawn((0.0, stay_h + sail_h))
        if moment < stay_h:
            self.lay_up(i, voyage, voyage.origin, stay_h - moment)
            return
        done = (moment - stay_h) * ship.speed_kn
        leg = min(int(np.searchsorted(far, done, side="right")), len(far) - 1)
        part = (done - far[leg - 1]) / max(far[leg] - far[leg - 1], 1e-9)
        spot = way[leg - 1] + min(1.0, part) * (way[leg] - way[leg - 1])
        sea = stage.sea
        sea.lat[i], sea.lon[i] = spot
        north, east = way[leg] - way[leg - 1]
        shrink = math.cos(math.radians(spot[0]))
        sea.heading[i] = math.degrees(math.atan2(east * shrink, north)) % 360.0
        stage.sail(i, points[leg - 1 :], self.speed(i), brake=not voyage.to.is_gate)
        sea.sog[i] = sea.want_kn[i]
        voyage.phase = "sail"
        self._says(i, voyage.to)
        self._under_way(i, voyage)

    def _says(self, i: int, to: Spot) -> None:
        self.bound.append((i, self.stage.minute, to.name))

    # -- what wants attention ---------------------------------------------------------------

    def attend(self, i: int, why: int) -> None:
        """See to a ship that has arrived, has something on its agenda, or came alongside."""
        voyage = self.voyages[i]
        if why & WAKE:
            for what, detail in self.stage.due(i):
                self._do(i, voyage, what, detail)
        if why & ARRIVED and self.stage.sea.mode[i] not in (AWAY, STOP):
            self._arrived(i, voyage)
        if why & ALONGSIDE and voyage.phase == "meet":
            self.transfers.alongside(i)

    def _do(self, i: int, voyage: Voyage, what: str, detail: Any) -> None:
        if what == "depart" and voyage.phase in ("port", "away"):
            self._depart(i, voyage)
        elif what == "berth" and voyage.phase == "roads":
            self._weigh(i, voyage)
        elif what == "home" and voyage.phase == "fish":
            self.fishing.home(i, voyage)
        elif what == "freed":
            self._freed(i, voyage)
        elif what == "cast_off":
            self.transfers.cast_off(i)
        elif what == "give_up":
            self.transfers.give_up(i)
        else:
            self.intentions.carry_out(i, voyage, what, detail)

    def _arrived(self, i: int, voyage: Voyage) -> None:
        stage = self.stage
        if voyage.phase == "fish":
            self.fishing.haul(i, voyage)
        elif voyage.phase in ("sail", "roads") and voyage.to is not None:
            known = classes()[stage.ships[i].type]
            self.intentions.arrived(i, voyage)
            span = known.away_h if voyage.to.is_gate else known.stay_h
            self.lay_up(i, voyage, voyage.to, stage.drawn(span))
        elif voyage.phase == "to_roads":
            voyage.phase, voyage.since = "roads", stage.minute
            stage.put(i, float(stage.sea.lat[i]), float(stage.sea.lon[i]), status=1)
            stage.plan(i, stage.minute + stage.drawn((2.0, 14.0)) * 60.0, "berth")
        elif voyage.phase == "meet":
            self.transfers.arrived(i)
        elif voyage.phase == "to_wait":
            self.intentions.waiting(i, voyage)
        elif voyage.phase == "prize":
            stage.put(i, float(stage.sea.lat[i]), float(stage.sea.lon[i]))

    # -- port -------------------------------------------------------------------------------

    def lay_up(self, i: int, voyage: Voyage, at: Spot, hours: float) -> None:
        """Stay at a place for some hours: in port, or out of the region."""
        stage, sea = self.stage, self.stage.sea
        voyage.origin, voyage.since = at, stage.minute
        self.run_ends(i)
        if at.is_gate:
            sea.lat[i], sea.lon[i] = at.place.lat, at.place.lon
            sea.mode[i], sea.sog[i] = AWAY, 0.0
            voyage.phase = "away"
        else:
            if stage.minute == 0:
                sea.lat[i], sea.lon[i] = self.berth(at)
            stage.put(i, float(sea.lat[i]), float(sea.lon[i]))
            voyage.phase = "port"
            voyage.call = stage.note("port_call", [i], lasting=True, port=at.name)
        stage.plan(i, stage.minute + max(hours * 60.0, 10.0), "depart")

    def berth(self, spot: Spot) -> tuple[float, float]:
        """A berth of a port: a point of water near its own."""
        lat, lon = spot.place.lat, spot.place.lon
        for _ in range(8):
            there = point_at(lat, lon, self.stage.drawn((0, 360)), self.stage.drawn((0, BERTH_M)))
            if self.stage.world.is_clear(lat, lon, *there):
                return there
        return lat, lon

    def _depart(self, i: int, voyage: Voyage) -> None:
        stage = self.stage
        stage.close(voyage.call)
        voyage.call, voyage.handled = None, False
        if stage.ships[i].type == "fishing" and voyage.ground >= 0:
            self.fishing.sail_out(i, voyage)
            return
        origin = voyage.origin
        voyage.to = self.demand.draw(voyage.among, stage.dice, origin)
        if self.intentions.puts_off(i, voyage):
            return
        self.send(i, voyage.to)
        if stage.sea.in_zone[i]:
            self.run_begins(i)

    def send(self, i: int, to: Spot, *, speed_kn: float | None = None) -> None:
        """Send a ship on its way to a place, from where it is."""
        voyage, stage = self.voyages[i], self.stage
        voyage.to, voyage.phase = to, "sail"
        self._says(i, to)
        lat, lon = float(stage.sea.lat[i]), float(stage.sea.lon[i])
        points = stage.world.route(lat, lon, to.place, offset_nm=voyage.offset_nm)
        if not to.is_gate:
            points[-1:] = [self.berth(to)]
        anchors = not to.is_gate and stage.chance(stage.scenario.behaviour.anchors_before_port)
        if anchors and self._by_the_roads(i, voyage, points):
            return
        stage.sail(i, points, speed_kn or self.speed(i), brake=not to.is_gate)
        self._under_way(i, voyage)

    def _by_the_roads(self, i: int, voyage: Voyage, points: list[tuple[float, float]]) -> bool:
        """Whether a ship can anchor a few miles before its port; if so it is on its way there."""
        stage = self.stage
        if stage.ships[i].type not in ("crude_tanker", "product_tanker", "bulk", "general"):
            return False
        lat, lon = float(stage.sea.lat[i]), float(stage.sea.lon[i])
        way, far = travelled(points, (lat, lon))
        left = float(far[-1]) - stage.drawn(ROADS_NM)
        if left < 20.0:
            return False
        leg = int(np.searchsorted(far, left, side="right"))
        part = (left - far[leg - 1]) / (far[leg] - far[leg - 1])
        spot = way[leg - 1] + part * (way[leg] - way[leg - 1])
        end = (float(spot[0]), float(spot[1]))
        if not stage.world.is_water(*end):
            return False
        stage.sail(i, [*points[: leg - 1], end], self.speed(i))
        self._under_way(i, voyage)
        voyage.phase = "to_roads"
        return True

    def _weigh(self, i: int, voyage: Voyage) -> None:
        self.stopped(i, voyage.since)
        voyage.phase = "sail"
        if voyage.to is not None:
            self.stage.sail_to(i, voyage.to.place, self.speed(i))

    def speed(self, i: int) -> float:
        """A speed for a voyage, a little under the ship's best."""
        return self.stage.ships[i].speed_kn * self.stage.drawn((0.86, 1.0))

    def _under_way(self, i: int, voyage: Voyage) -> None:
        """Habits of a voyage at sea: a careless silence, and what the blockade makes of it."""
        stage = self.stage
        hours = 24.0
        if stage.chance(stage.scenario.behaviour.careless_gaps_per_day):
            begin = stage.minute + stage.drawn((1.0, hours)) * 60.0
            stage.plan(i, begin, "silent", stage.drawn((3.0, 18.0)))
        self.intentions.form(i, voyage)

    # -- runs -------------------------------------------------------------------------------

    def run_begins(self, i: int) -> None:
        """A ship that the blockade is meant for is under way in the zone."""
        voyage = self.voyages.get(i)
        if voyage is None or voyage.run is not None or voyage.handled:
            return
        if voyage.phase in ("sail", "to_roads") and self.intentions.concerns(i, voyage):
            blockade = self.stage.scenario.blockade
            closed = blockade.against if blockade is not None else None
            inward = voyage.to is not None and voyage.to.side == closed
            voyage.run = Run(i, self.stage.minute, inward)
            self.runs.append(voyage.run)

    def run_ends(self, i: int, *, stopped: bool = False) -> None:
        """It has left the zone, come to port, or been boarded."""
        voyage = self.voyages.get(i)
        if voyage is not None and voyage.run is not None:
            voyage.run.end, voyage.run.stopped = self.stage.minute, stopped
            voyage.run = None

    # -- what patrols make of a ship --------------------------------------------------------

    def hold(self, i: int) -> None:
        """Stop for a patrol."""
        voyage, sea = self.voyages[i], self.stage.sea
        voyage.phase, voyage.since, voyage.handled = "held", self.stage.minute, True
        sea.mode[i] = STOP
        sea.wake[i] = NEVER
        self.stage.unplan(i)

    def deceit_of(self, i: int) -> None:
        """With a patrol beside it a ship gives up what it pretended."""
        self.intentions.deceit.end(i, self.voyages[i])

    def detain(self, i: int, entries: tuple[Entry, ...], hours: float, side: str) -> None:
        """Lie in the prize port until released."""
        voyage = self.voyages[i]
        voyage.phase, voyage.held = "detained", (side, entries)
        self.stage.plan(i, self.stage.minute + hours * 60.0, "freed")

    def _freed(self, i: int, voyage: Voyage) -> None:
        side, entries = voyage.held or (None, ())
        for entry in entries:
            self.stage.close(entry)
        self.stage.note("release", [i], actor=side, after="detention")
        voyage.held, voyage.stance = None, None
        blockade = self.stage.scenario.blockade
        if blockade is not None:
            voyage.origin = self.demand.spots[blockade.prize_port]
        lat, lon = float(self.stage.sea.lat[i]), float(self.stage.sea.lon[i])
        closed = {blockade.against} if blockade else set()
        voyage.handled = True
        self.proceed(i, self.demand.alternative(lat, lon, closed, self.stage.world))

    def weave(self, i: int, speed_kn: float) -> None:
        """Run from a pursuer: go on to the same end, turning to and fro for `WEAVE_NM`."""
        sea, world = self.stage.sea, self.stage.world
        here = (float(sea.lat[i]), float(sea.lon[i]))
        ahead = [(float(a), float(b)) for a, b in sea.route[i, sea.leg[i] : sea.legs[i]]]
        way, far = travelled(ahead, here)
        points, last, side = [], here, 1.0
        for along in np.arange(WEAVE_STEP_NM, min(WEAVE_NM, float(far[-1]) - 3.0), WEAVE_STEP_NM):
            leg = int(np.searchsorted(far, along, side="right"))
            part = (along - far[leg - 1]) / max(far[leg] - far[leg - 1], 1e-9)
            lat, lon = way[leg - 1] + part * (way[leg] - way[leg - 1])
            shrink = math.cos(math.radians(lat))
            north, east = way[leg] - way[leg - 1]
            course = math.degrees(math.atan2(east * shrink, north))
            spot = point_at(lat, lon, course + 90.0 * side, WEAVE_OFF_M)
            if not world.is_clear(*last, *spot):
                break
            points.append(spot)
            last, side = spot, -side
        rest = [p for p, d in zip(ahead, far[1:], strict=True) if d > WEAVE_NM]
        whole = [*points, *(rest or ahead[-1:])]
        if (
            len(points) > 1
            and len(whole) <= MAX_POINTS
            and world.is_clear(*last, *whole[len(points)])
        ):
            self.stage.sail(i, whole, speed_kn, brake=bool(sea.brake[i]))
        sea.want_kn[i] = speed_kn

    def proceed(
        self,
        i: int,
        to: Spot | None = None,
        speed_kn: float | None = None,
        *,
        to_be_said: bool = True,
    ) -> None:
        """Go on, to where it was bound or elsewhere; a new destination is told on the air, or
        not."""
        voyage = self.voyages[i]
        if voyage.phase in ("held", "wait"):
            self.stopped(i, voyage.since)
        voyage.phase, voyage.handled = "sail", True
        target = to or voyage.to or self.demand.alternative(
            float(self.stage.sea.lat[i]), float(self.stage.sea.lon[i]), set(), self.stage.world
        )  # fmt: skip
        if self.stage.ships[i].type == "fishing":
            target = voyage.origin or target
        if target is not voyage.to and to_be_said:
            self._says(i, target)
        voyage.to = target
        self.stage.sail_to(
            i, target.place, speed_kn or self.speed(i),
            offset_nm=voyage.offset_nm, brake=not target.is_gate,
        )  # fmt: skip

    def taken(self, i: int, to: Spot, speed_kn: float) -> None:
        """Sail to a port with a prize crew on board."""
        self.proceed(i, to, speed_kn, to_be_said=False)
        self.voyages[i].phase = "prize"

    def stopped(self, i: int, since: int) -> None:
        """Log a stop at sea that lasted from `since` until now, if it was one."""
        stage = self.stage
        lat, lon = float(stage.sea.lat[i]), float(stage.sea.lon[i])
        hours, off = (stage.minute - since) / 60.0, stage.world.offshore(lat, lon)
        if hours >= STOPPED_H and off >= STOPPED_NM:
            stage.note("stopped_at_sea", [i], start=since, hours=round(hours, 2))
        if hours >= LOITERING_H and off >= LOITERING_NM:
            stage.note("loitering", [i], start=since, hours=round(hours, 2))
