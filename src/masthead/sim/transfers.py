"""Transfers from ship to ship: two tankers meet, lie side by side for hours, and part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from masthead.geo import destination as point_at
from masthead.sim.motion import CHASE, ROUTE, STOP
from masthead.sim.stage import Entry, Stage

if TYPE_CHECKING:
    from masthead.sim.captains import Captains

HOURS = (5.0, 14.0)
MAX_DETOUR_NM = 120.0
STANDOFF_M = 70.0
PATIENCE_H = 20.0


@dataclass
class Meeting:
    """Two ships, and how far they have come."""

    first: int
    second: int
    here: set[int]
    since: int = 0
    entry: Entry | None = None


class Transfers:
    """The meetings of a play, drawn as a Poisson stream for each area."""

    def __init__(self, stage: Stage, captains: Captains) -> None:
        self.stage, self.captains = stage, captains
        self.meetings: dict[int, Meeting] = {}
        self.calls: list[tuple[int, int]] = []

    def start(self) -> None:
        """Draw when somebody arranges to meet."""
        minutes = self.stage.scenario.scenario.days * 1440
        for k, area in enumerate(self.stage.scenario.meetings):
            moment = 0.0
            while area.per_day > 0:
                moment += float(self.stage.dice.exponential(1440.0 / area.per_day))
                if moment >= minutes:
                    break
                self.calls.append((int(moment), k))
        self.calls.sort()

    def tick(self) -> None:
        """Arrange the meetings that are due."""
        while self.calls and self.calls[0][0] <= self.stage.minute:
            self._arrange(self.calls.pop(0)[1])

    def _arrange(self, k: int) -> None:
        stage, sea = self.stage, self.stage.sea
        area = stage.scenario.meetings[k]
        near = []
        for i, voyage in self.captains.voyages.items():
            free = voyage.phase == "sail" and voyage.stance is None and not voyage.handled
            if free and sea.mode[i] == ROUTE and "tanker" in stage.ships[i].type:
                lat, lon = float(sea.lat[i]), float(sea.lon[i])
                off = max(abs(lat - area.lat), abs(lon - area.lon)) * 60.0
                if off <= MAX_DETOUR_NM and i not in self.meetings:
                    near.append((off, i))
        if len(near) < 2:
            return
        (_, one), (_, two) = sorted(near)[:2]
        meeting = Meeting(one, two, set())
        spot = point_at(area.lat, area.lon, stage.drawn((0, 360)),
                        stage.drawn((0, area.radius_nm)) * 1852.0)  # fmt: skip
        place = stage.world.place(area.name, *spot)
        for i in (one, two):
            self.meetings[i] = meeting
            self.captains.voyages[i].phase = "meet"
            stage.unplan(i, "silent")
            stage.sail_to(i, place, stage.ships[i].speed_kn * 0.95)
            stage.plan(i, stage.minute + PATIENCE_H * 60.0, "give_up")

    def arrived(self, i: int) -> None:
        """The first to come lies stopped; the second goes alongside."""
        meeting, sea = self.meetings[i], self.stage.sea
        meeting.here.add(i)
        if len(meeting.here) == 1:
            sea.mode[i] = STOP
            self.captains.voyages[i].since = self.stage.minute
            return
        sea.mode[i], sea.standoff_m[i] = CHASE, STANDOFF_M
        sea.target[i] = meeting.second if i == meeting.first else meeting.first
        sea.alongside[i] = False
        sea.want_kn[i] = 5.0

    def alongside(self, i: int) -> None:
        """They lie together."""
        meeting = self.meetings[i]
        if meeting.entry is not None:
            return
        meeting.since = self.stage.minute
        self.captains.voyages[i].since = meeting.since
        meeting.entry = self.stage.note(
            "encounter", [meeting.first, meeting.second], lasting=True, kind="transfer"
        )
        sea = self.stage.sea  # both lie stopped, and drift together
        for k in (meeting.first, meeting.second):
            self.stage.unplan(k)
            sea.mode[k], sea.status[k], sea.sway[k] = STOP, 3, sea.sway[meeting.first]
        until = self.stage.minute + self.stage.drawn(HOURS) * 60.0
        self.stage.plan(meeting.first, until, "cast_off")

    def cast_off(self, i: int) -> None:
        """They part, each to where it was bound."""
        meeting = self.meetings.get(i)
        if meeting is not None:
            self.stage.close(meeting.entry)
            self._part(meeting)

    def give_up(self, i: int) -> None:
        """One of them did not come in time."""
        meeting = self.meetings.get(i)
        if meeting is not None and meeting.entry is None:
            self._part(meeting)

    def _part(self, meeting: Meeting) -> None:
        for k in (meeting.first, meeting.second):
            self.meetings.pop(k, None)
            voyage = self.captains.voyages[k]
            if voyage.phase != "meet":
                continue
            if self.stage.sea.mode[k] != ROUTE:
                self.captains.stopped(k, voyage.since)
            self.stage.unplan(k)
            if voyage.to is not None:
                self.captains.send(k, voyage.to)
