"""From the first sight of a ship to what becomes of it: chase, hail, boarding, diversion, seizure.

A patrol ship that finds a ship it may stop closes at full speed. Within `HAIL_NM` it hails: the
ship stops, or runs. Alongside, with both stopped, a party boards for some hours; then the ship may
go on, is sent elsewhere, or is taken to the prize port in company.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from masthead.geo import distance_m
from masthead.sim.captains import Captains
from masthead.sim.motion import AWAY, CHASE, FIXED, STOP
from masthead.sim.stage import Entry, Stage
from masthead.sim.traffic import Demand

if TYPE_CHECKING:
    from masthead.sim.patrols import Patrols, Unit

HAIL_NM = 3.0
CHASE_H = 5.0
LOOK_MIN = 4.0
STANDOFF_M = 280.0
ESCORT_M = 700.0
STOPPED_KN = 1.0
BOARD_WITHIN_M = 480.0
PURSUED_H = (0.5, 1.2)
"""How long a patrol keeps beside a ship that will not stop, before it gives in or is given up."""
PRIZE_KN = 11.0
ENCOUNTER_MIN = 120
"""Two ships that lie together so long have met, whatever for; the bound of the track detector."""


@dataclass
class Affair:
    """One ship and the patrol that deals with it."""

    ship: int
    unit: int
    since: int
    suspect: bool
    approach: Entry
    interception: Entry
    hailed: bool = False
    flees: bool = False
    stopped_by: int = 0
    pursuit: Entry | None = None
    boarding: Entry | None = None
    escort: tuple[Entry, ...] = ()


class Boarding:
    """All the affairs between patrols and ships."""

    def __init__(self, stage: Stage, demand: Demand, captains: Captains, patrols: Patrols) -> None:
        self.stage, self.demand, self.captains, self.patrols = stage, demand, captains, patrols
        self.affairs: dict[int, Affair] = {}
        self.seized = 0
        self.busy_min: list[int] = []
        """How long each affair kept its patrol ship from searching, the way back included."""

    def found(self, unit: Unit, ship: int) -> None:
        """A unit sees a ship in the zone: it, or the nearest free ship, may go after it."""
        stage, voyage = self.stage, self.captains.voyages[ship]
        blockade = stage.scenario.blockade
        assert blockade is not None
        suspect = self.captains.intentions.concerns(ship, voyage)
        if not stage.chance(0.97 if suspect else blockade.checks_others):
            voyage.handled = True
            return
        chaser = self.patrols.free_near(ship) if self.patrols.is_aircraft(unit) else unit
        if chaser is None or chaser.phase != "on" or not self._can_reach(chaser, ship):
            return
        voyage.handled = True
        sea, side = stage.sea, self.patrols.group(chaser.group).side
        chaser.phase, chaser.busy_since = "chase", stage.minute
        pair = [ship, chaser.i]
        sighted = float(distance_m(sea.lat[ship], sea.lon[ship], sea.lat[chaser.i],
                                   sea.lon[chaser.i])) / 1852.0  # fmt: skip
        self.affairs[chaser.i] = Affair(
            ship, chaser.i, stage.minute, suspect,
            stage.note("approach", pair, lasting=True, actor=side, sighted_nm=round(sighted, 1)),
            stage.note("interception", pair, lasting=True, actor=side),
        )  # fmt: skip
        sea.mode[chaser.i], sea.target[chaser.i] = CHASE, ship
        sea.standoff_m[chaser.i], sea.alongside[chaser.i] = STANDOFF_M, False
        sea.want_kn[chaser.i] = self.patrols.group(chaser.group).max_kn
        sea.status[chaser.i] = 0
        stage.plan(chaser.i, stage.minute + LOOK_MIN, "look")

    def chased(self) -> set[int]:
        """The ships that a patrol deals with now."""
        return {affair.ship for affair in self.affairs.values()}

    def _can_reach(self, unit: Unit, ship: int) -> bool:
        """Whether the way to a ship is clear, and it cannot get to its end before."""
        sea = self.stage.sea
        here = (float(sea.lat[unit.i]), float(sea.lon[unit.i]))
        there = (float(sea.lat[ship]), float(sea.lon[ship]))
        if not self.stage.world.is_clear(*here, *there):
            return False
        end = sea.route[ship, int(sea.legs[ship]) - 1]
        left_h = distance_m(*there, float(end[0]), float(end[1])) / 1852.0 / max(sea.sog[ship], 3.0)
        faster = self.patrols.group(unit.group).max_kn - float(sea.sog[ship])
        return faster > 1.0 and distance_m(*here, *there) / 1852.0 / faster < max(0.0, left_h - 0.7)

    def carry_out(self, unit: Unit, what: str, detail: Any) -> None:
        """Do what a unit had planned for its affair."""
        affair = self.affairs.get(unit.i)
        if affair is None:
            return
        if what == "look" and unit.phase == "chase":
            self._watch(unit, affair)
        elif what == "press" and unit.phase == "chase":
            self._press(unit, affair)
        elif what == "search_ends" and unit.phase == "board":
            self._decide(unit, affair)
        elif what == "mind" and unit.phase == "escort":
            self._mind(unit, affair)

    def _watch(self, unit: Unit, affair: Affair) -> None:
        """Every few minutes of a chase: hail when near; break off when it has no end."""
        stage, sea = self.stage, self.stage.sea
        far = self._apart_m(affair)
        here = (float(sea.lat[unit.i]), float(sea.lon[unit.i]))
        there = (float(sea.lat[affair.ship]), float(sea.lon[affair.ship]))
        gone = sea.mode[affair.ship] in (AWAY, FIXED)
        blocked = far > 1500.0 and not stage.world.is_clear(*here, *there)
        if gone or blocked or stage.minute - affair.since > CHASE_H * 60.0:
            self._break_off(unit, affair, "lost")
            return
        if not affair.hailed and far <= HAIL_NM * 1852.0:
            affair.hailed = True
            behaviour = stage.scenario.behaviour
            affair.flees = affair.suspect and stage.chance(behaviour.flee)
            if affair.flees:
                ship = stage.ships[affair.ship]
                self.captains.weave(affair.ship, ship.speed_kn * 1.08)
                side = self.patrols.group(unit.group).side
                affair.pursuit = stage.note(
                    "pursuit", [affair.ship, unit.i], lasting=True, actor=side
                )
            else:
                self._stop(affair)
        if sea.alongside[unit.i] and not affair.flees and self._can_board(affair):
            self._board(unit, affair)
            return
        if sea.alongside[unit.i] and not affair.flees and far > BOARD_WITHIN_M:
            sea.alongside[unit.i] = False
        stage.plan(unit.i, stage.minute + (1.0 if affair.hailed else LOOK_MIN), "look")

    def alongside(self, unit: Unit) -> None:
        """The chaser is beside the ship."""
        affair = self.affairs.get(unit.i)
        if affair is None or affair.boarding is not None:
            return
        self.stage.close(affair.approach)
        if affair.flees and not affair.stopped_by:
            affair.stopped_by = self.stage.minute + int(self.stage.drawn(PURSUED_H) * 60.0)
            self.stage.plan(unit.i, affair.stopped_by, "press")

    def _press(self, unit: Unit, affair: Affair) -> None:
        """A ship that ran is beside its pursuer: it gives in, or it does not."""
        stage = self.stage
        if stage.chance(stage.scenario.behaviour.resist):
            side = self.patrols.group(unit.group).side
            stage.note("attempted_boarding", [affair.ship, unit.i], start=stage.minute - 10,
                       actor=side, status="attempted")  # fmt: skip
            self._break_off(unit, affair, "resisted")
            return
        stage.close(affair.pursuit)
        affair.flees = False
        self._stop(affair)
        stage.plan(unit.i, stage.minute + 1, "look")

    def _stop(self, affair: Affair) -> None:
        self.captains.deceit_of(affair.ship)
        self.captains.hold(affair.ship)

    def _can_board(self, affair: Affair) -> bool:
        sea = self.stage.sea
        slow = max(sea.sog[affair.ship], sea.sog[affair.unit]) <= STOPPED_KN
        return bool(slow) and self._apart_m(affair) <= BOARD_WITHIN_M

    def _board(self, unit: Unit, affair: Affair) -> None:
        stage, blockade = self.stage, self.stage.scenario.blockade
        assert blockade is not None
        unit.phase = "board"
        self.captains.run_ends(affair.ship, stopped=True)
        sea = stage.sea  # both lie stopped, and drift together
        sea.mode[unit.i], sea.sway[unit.i] = STOP, sea.sway[affair.ship]
        stage.close(affair.approach)
        side = self.patrols.group(unit.group).side
        affair.boarding = stage.note("boarding", [affair.ship, unit.i], lasting=True, actor=side)
        stage.plan(unit.i, stage.minute + stage.drawn(blockade.boarding_h) * 60.0, "search_ends")

    def _decide(self, unit: Unit, affair: Affair) -> None:
        """The party is back: release, diversion or seizure."""
        stage, blockade = self.stage, self.stage.scenario.blockade
        assert blockade is not None
        stage.close(affair.boarding)
        stage.close(affair.interception)
        begun = affair.boarding.start if affair.boarding else stage.minute
        if stage.minute - begun >= ENCOUNTER_MIN:
            pair = [affair.ship, affair.unit]
            stage.note("encounter", pair, start=begun, kind="boarding")
        fates = blockade.fates
        throw = float(stage.dice.random()) if affair.suspect else 1.0
        side = self.patrols.group(unit.group).side
        pair = [affair.ship, unit.i]
        if throw < fates.seized:
            self._seize(unit, affair, side)
            return
        if throw < fates.seized + fates.diverted:
            self._divert(affair, side)
        else:
            stage.note("release", pair, actor=side, after="boarding")
            self.captains.proceed(affair.ship)
        self._over(unit, affair)

    def _divert(self, affair: Affair, side: str) -> None:
        stage, blockade = self.stage, self.stage.scenario.blockade
        assert blockade is not None
        voyage = self.captains.voyages[affair.ship]
        was_for = voyage.to.name if voyage.to else None
        sea = stage.sea
        lat, lon = float(sea.lat[affair.ship]), float(sea.lon[affair.ship])
        to = self.demand.alternative(lat, lon, {blockade.against}, stage.world)
        stage.note("diversion", [affair.ship, affair.unit], actor=side, bound_for=was_for,
                   now_for=to.name)  # fmt: skip
        self.captains.proceed(affair.ship, to)

    def _seize(self, unit: Unit, affair: Affair, side: str) -> None:
        stage, blockade, sea = self.stage, self.stage.scenario.blockade, self.stage.sea
        assert blockade is not None
        self.seized += 1
        pair = [affair.ship, unit.i]
        stage.note("seizure", pair, actor=side, to=blockade.prize_port)
        prize = self.demand.spots[blockade.prize_port]
        speed = min(PRIZE_KN, stage.ships[affair.ship].speed_kn)
        self.captains.taken(affair.ship, prize, speed)
        unit.phase = "escort"
        affair.escort = tuple(
            stage.note(name, pair, lasting=True, actor=side, to=blockade.prize_port)
            for name in ("escort", "escorted")
        )
        sea.mode[unit.i], sea.target[unit.i] = CHASE, affair.ship
        sea.standoff_m[unit.i] = ESCORT_M
        sea.want_kn[unit.i] = speed + 6.0
        stage.plan(unit.i, stage.minute + 10, "mind")

    def _mind(self, unit: Unit, affair: Affair) -> None:
        """Every ten minutes of an escort: whether it is in port."""
        stage, blockade = self.stage, self.stage.scenario.blockade
        assert blockade is not None
        if stage.sea.mode[affair.ship] != FIXED:
            stage.plan(unit.i, stage.minute + 10, "mind")
            return
        for entry in affair.escort:
            stage.close(entry)
        side = self.patrols.group(unit.group).side
        held = stage.note("detention", [affair.ship], lasting=True, actor=side,
                          port=blockade.prize_port)  # fmt: skip
        call = stage.note("port_call", [affair.ship], lasting=True, port=blockade.prize_port)
        self.captains.detain(affair.ship, (held, call), stage.drawn(blockade.detention_h), side)
        self._over(unit, affair)

    def _break_off(self, unit: Unit, affair: Affair, why: str) -> None:
        stage = self.stage
        for entry in (affair.approach, affair.interception, affair.pursuit):
            if entry is not None and entry.end is None:
                if entry.incident == "interception":
                    entry.status = "attempted"
                stage.close(entry, broken_off=why)
        if affair.hailed and self.captains.voyages[affair.ship].phase == "held":
            self.captains.proceed(affair.ship)
        if not stage.sea.in_zone[affair.ship]:
            self.captains.run_ends(affair.ship)
        stage.unplan(unit.i, "look", "press")
        self._over(unit, affair)

    def _over(self, unit: Unit, affair: Affair) -> None:
        del self.affairs[unit.i]
        self.patrols.resume(unit)

    def _apart_m(self, affair: Affair) -> float:
        sea = self.stage.sea
        return float(distance_m(sea.lat[affair.ship], sea.lon[affair.ship],
                                sea.lat[affair.unit], sea.lon[affair.unit]))  # fmt: skip
