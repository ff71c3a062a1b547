"""The stage: what captains and patrols share, and the log of what happens on it."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np

from masthead.sim.motion import FIXED, NEVER, ROUTE, Sea
from masthead.sim.scenario import Scenario
from masthead.sim.ships import classes
from masthead.sim.truth import Happening, Ship
from masthead.sim.world import MAX_POINTS, Place, World


@dataclass
class Entry:
    """A happening that may still go on; times in minutes since the start."""

    incident: str
    start: int
    end: int | None
    lat: float | None
    lon: float | None
    actor: str | None
    ships: list[int]
    status: Literal["done", "attempted"] = "done"
    details: dict[str, Any] = field(default_factory=dict)


@dataclass
class Stage:
    """The scenario, the chart, the ships and their states, the clock and the log.

    `ships[i]` is the identity that ship i uses now; `others` are identities taken on meanwhile, as
    (ship, from minute, identity). `agenda[i]` holds what ship i means to do, and when.
    """

    scenario: Scenario
    world: World
    sea: Sea
    ships: list[Ship]
    dice: np.random.Generator
    minute: int = 0
    entries: list[Entry] = field(default_factory=list)
    others: list[tuple[int, int, Ship]] = field(default_factory=list)
    agenda: list[list[tuple[int, int, str, Any]]] = field(default_factory=list)
    _count: int = 0

    def at(self, minute: int) -> datetime:
        """The moment of a minute."""
        return self.scenario.scenario.start + timedelta(minutes=minute)

    def drawn(self, span: tuple[float, float]) -> float:
        """A number drawn from a range."""
        return float(self.dice.uniform(*span))

    def chance(self, share: float) -> bool:
        """Whether something of this probability comes true."""
        return bool(self.dice.random() < share)

    def note(
        self,
        incident: str,
        ships: Sequence[int],
        *,
        start: int | None = None,
        lasting: bool = False,
        actor: str | None = None,
        place: tuple[float, float] | None = None,
        status: Literal["done", "attempted"] = "done",
        **details: Any,
    ) -> Entry:
        """Log something: at this minute or from `start` until now, or `lasting` until closed."""
        begun = self.minute if start is None else start
        if place is None and ships:
            place = (float(self.sea.lat[ships[0]]), float(self.sea.lon[ships[0]]))
        lat, lon = place if place else (None, None)
        entry = Entry(
            incident, begun, None if lasting else self.minute, lat, lon, actor,
            [self.ships[i].mmsi for i in ships], status, dict(details),
        )  # fmt: skip
        self.entries.append(entry)
        return entry

    def close(self, entry: Entry | None, **details: Any) -> None:
        """End an entry at this minute, once."""
        if entry is not None and entry.end is None:
            entry.end = self.minute
            entry.details.update(details)

    def happenings(self) -> list[Happening]:
        """The log so far, in the order of time; what goes on still ends now and is `open`."""
        order = sorted(self.entries, key=lambda e: (e.start, e.incident, e.ships))
        out = []
        for number, e in enumerate(order, 1):
            details = e.details if e.end is not None else {**e.details, "open": True}
            end = self.at(max(e.start, self.minute if e.end is None else e.end))
            lat, lon = (None if x is None else round(float(x), 5) for x in (e.lat, e.lon))
            out.append(
                Happening(
                    f"h{number:05d}", e.incident, e.status, self.at(e.start), end, lat, lon,
                    e.actor, tuple(e.ships), details=details,
                )
            )  # fmt: skip
        return out

    def sail(
        self, i: int, points: Sequence[tuple[float, float]], speed_kn: float, *, brake: bool = True
    ) -> None:
        """Send ship i through these points."""
        points = list(points)[:MAX_POINTS]
        if not points:
            points = [(float(self.sea.lat[i]), float(self.sea.lon[i]))]
        self.sea.route[i, : len(points)] = points
        self.sea.leg[i], self.sea.legs[i] = 0, len(points)
        self.sea.want_kn[i] = speed_kn
        self.sea.mode[i] = ROUTE
        self.sea.brake[i] = brake
        self.sea.status[i] = 0

    def sail_to(
        self, i: int, place: Place, speed_kn: float, *, offset_nm: float = 0.0, brake: bool = True
    ) -> None:
        """Send ship i to a place over water."""
        lat, lon = float(self.sea.lat[i]), float(self.sea.lon[i])
        points = self.world.route(lat, lon, place, offset_nm=offset_nm)
        self.sail(i, points, speed_kn, brake=brake)

    def put(self, i: int, lat: float, lon: float, *, status: int = 5) -> None:
        """Lay ship i up at a point: moored (5) or at anchor (1)."""
        self.sea.lat[i], self.sea.lon[i] = lat, lon
        self.sea.mode[i] = FIXED
        self.sea.sog[i] = 0.0
        self.sea.status[i] = status

    def plan(self, i: int, minute: float, what: str, detail: Any = None) -> None:
        """Put something on ship i's agenda."""
        self._count += 1
        heapq.heappush(
            self.agenda[i], (max(int(minute), self.minute + 1), self._count, what, detail)
        )
        self.sea.wake[i] = self.agenda[i][0][0]

    def unplan(self, i: int, *kinds: str) -> None:
        """Strike things off ship i's agenda (all, if no kind is given)."""
        self.agenda[i] = [a for a in self.agenda[i] if kinds and a[2] not in kinds]
        heapq.heapify(self.agenda[i])
        self.sea.wake[i] = self.agenda[i][0][0] if self.agenda[i] else NEVER

    def due(self, i: int) -> list[tuple[str, Any]]:
        """What of ship i's agenda is due, taken off it."""
        out = []
        while self.agenda[i] and self.agenda[i][0][0] <= self.minute + 1:
            _, _, what, detail = heapq.heappop(self.agenda[i])
            out.append((what, detail))
        self.sea.wake[i] = self.agenda[i][0][0] if self.agenda[i] else NEVER
        return out

    def enrol(self, i: int) -> None:
        """Set what ship i's class says of its handling."""
        known = classes()[self.ships[i].type]
        self.sea.accel[i], self.sea.turn[i] = known.accel_kn_min, known.turn_deg_min
        self.sea.want_kn[i] = self.ships[i].speed_kn


def travelled(
    points: Sequence[tuple[float, float]], start: tuple[float, float]
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """A way as points with `start` first, and the nautical miles to each along it."""
    way = np.array([start, *points])
    mean = np.radians((way[1:, 0] + way[:-1, 0]) / 2.0)
    step = np.diff(way, axis=0) * 60.0
    return way, np.concatenate([[0.0], np.hypot(step[:, 0], step[:, 1] * np.cos(mean)).cumsum()])
