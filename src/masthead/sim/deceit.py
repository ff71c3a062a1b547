"""What ships hide and pretend: silence, false positions, other identities.

A false position is one of three kinds: `offset` shifts the true one by some miles, `circle` goes
round a point some way off (as in GNSS spoofing), `false_track` sails an honest-looking voyage
elsewhere while the ship goes on. Another identity is a new name, flag and MMSI for the same hull,
or the MMSI of another ship that is in the region (`identity_conflict`).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from masthead.geo import destination as point_at
from masthead.geo import distance_m
from masthead.sim.motion import AWAY, CIRCLE, GHOST, HONEST, OFFSET
from masthead.sim.ships import Registry
from masthead.sim.stage import Stage

if TYPE_CHECKING:
    from masthead.sim.captains import Captains, Voyage

OFFSET_NM = (8.0, 35.0)
CIRCLE_NM = (0.4, 2.5)
MIN_JUMP_NM = 3.0
CLONED = 0.4
"""The share of changes of identity that take another ship's."""
GHOSTS = 24
"""False tracks at any one time; their states are the last elements of the sea."""


class Deceit:
    """Silences, false positions and identities of all ships."""

    def __init__(self, stage: Stage, captains: Captains) -> None:
        self.stage, self.captains = stage, captains
        self.registry: Registry | None = None

    def silence(self, i: int, voyage: Voyage, why: str) -> None:
        """Switch the transmitter off."""
        if "gap" not in voyage.open:
            self.stage.sea.on[i] = False
            voyage.open["gap"] = self.stage.note("gap", [i], lasting=True, why=why)

    def speak(self, i: int, voyage: Voyage) -> None:
        """Switch the transmitter on again."""
        entry = voyage.open.pop("gap", None)
        self.stage.sea.on[i] = True
        if entry is not None:
            there = (float(self.stage.sea.lat[i]), float(self.stage.sea.lon[i]))
            self.stage.close(entry, end_lat=there[0], end_lon=there[1],
                             hours=round((self.stage.minute - entry.start) / 60.0, 2))  # fmt: skip

    def begin(self, i: int, voyage: Voyage) -> None:
        """Begin to send false positions of a kind drawn by the scenario's weights."""
        if "spoofing" in voyage.open:
            return
        stage, sea = self.stage, self.stage.sea
        kinds = stage.scenario.behaviour.spoof_kinds
        names = [name for name in ("offset", "circle", "false_track") if kinds.get(name, 0.0) > 0]
        weights = [kinds[name] for name in names]  # type: ignore[index]
        kind = str(stage.dice.choice(names, p=[w / sum(weights) for w in weights]))
        lat, lon = float(sea.lat[i]), float(sea.lon[i])
        ghost = self._free_ghost() if kind == "false_track" else None
        if kind == "false_track" and ghost is None:
            kind = "offset"
        details: dict[str, Any] = {}
        if ghost is not None:
            self._haunt(i, voyage, ghost)
        elif kind == "offset":
            there = self._spot_off(lat, lon)
            sea.lie_a[i], sea.lie_b[i] = there[0] - lat, there[1] - lon
            sea.lie[i] = OFFSET
            details["offset_nm"] = round(distance_m(lat, lon, *there) / 1852.0, 1)
        else:
            sea.lie_a[i], sea.lie_b[i] = self._spot_off(lat, lon)
            sea.lie_c[i] = stage.drawn(CIRCLE_NM)
            sea.lie[i] = CIRCLE
            details["radius_nm"] = round(float(sea.lie_c[i]), 2)
        sea.lie_since[i] = stage.minute
        voyage.open["spoofing"] = stage.note("spoofing", [i], lasting=True, kind=kind, **details)
        self._jump(i)

    def end(self, i: int, voyage: Voyage) -> None:
        """Be honest again: on the air, at the true position, under the own name."""
        stage, sea = self.stage, self.stage.sea
        self.speak(i, voyage)
        entry = voyage.open.pop("spoofing", None)
        if entry is not None:
            self._jump(i)
            stage.close(entry)
            if sea.ghost[i] >= 0:
                sea.mode[sea.ghost[i]] = AWAY
            sea.lie[i], sea.ghost[i] = HONEST, -1
        conflict = voyage.open.pop("identity_conflict", None)
        if conflict is not None:
            own = conflict.details["own_mmsi"]
            stage.close(conflict)
            known = next(s for k, _, s in stage.others if k == i and s.mmsi == own)
            stage.ships[i] = known
            stage.others.append((i, stage.minute, known))

    def rename(self, i: int, voyage: Voyage) -> None:
        """Come back on the air as another ship."""
        stage, ship = self.stage, self.stage.ships[i]
        assert self.registry is not None
        if not any(k == i for k, _, _ in stage.others):
            stage.others.append((i, -1, ship))
        fit = [k for k, v in self.captains.voyages.items()
               if k != i and v.phase in ("port", "sail", "fish") and stage.sea.on[k]
               and stage.sea.lie[k] == HONEST and "identity_conflict" not in v.open
               and not any(n == k for n, _, _ in stage.others)
               and distance_m(stage.sea.lat[i], stage.sea.lon[i], stage.sea.lat[k],
                              stage.sea.lon[k]) > 40_000.0]  # fmt: skip
        if fit and stage.chance(CLONED):
            k = fit[int(stage.dice.integers(len(fit)))]
            victim = stage.ships[k]
            new = replace(ship, mmsi=victim.mmsi, name=victim.name, call_sign=victim.call_sign,
                          flag=victim.flag, imo=victim.imo)  # fmt: skip
            stage.ships[i] = new
            voyage.open["identity_conflict"] = stage.note(
                "identity_conflict", [i], lasting=True, own_mmsi=ship.mmsi
            )
        else:
            new = self.registry.renamed(ship)
            stage.ships[i] = new
        stage.others.append((i, stage.minute, new))
        self.speak(i, voyage)

    def _spot_off(self, lat: float, lon: float) -> tuple[float, float]:
        """A point of water some miles off."""
        for _ in range(40):
            off = self.stage.drawn(OFFSET_NM) * 1852.0
            there = point_at(lat, lon, self.stage.drawn((0, 360)), off)
            if self.stage.world.is_water(*there) and self.stage.world.offshore(*there) > 3.0:
                return there
        return lat + OFFSET_NM[0] / 60.0, lon

    def _free_ghost(self) -> int | None:
        size = self.stage.sea.lat.size
        free = [k for k in range(size - GHOSTS, size) if self.stage.sea.mode[k] == AWAY]
        return free[0] if free else None

    def _haunt(self, i: int, voyage: Voyage, ghost: int) -> None:
        stage, sea = self.stage, self.stage.sea
        blockade = stage.scenario.blockade
        closed = {blockade.against} if blockade else set()
        lat, lon = float(sea.lat[i]), float(sea.lon[i])
        fit = [s for s in self.captains.demand.spots.values()
               if s.side not in closed and s is not voyage.to
               and stage.world.way_nm(lat, lon, s.place) > 80.0]  # fmt: skip
        to = fit[int(stage.dice.integers(len(fit)))] if fit else voyage.origin
        for name in ("lat", "lon", "sog", "heading", "accel", "turn", "sway"):
            values = getattr(sea, name)
            values[ghost] = values[i]
        if to is not None:
            stage.sail_to(ghost, to.place, stage.ships[i].speed_kn * 0.9)
        sea.ghost[i], sea.lie[i] = ghost, GHOST

    def _jump(self, i: int) -> None:
        """Log the leap that the sent position makes now, if it is one."""
        stage, sea = self.stage, self.stage.sea
        lat, lon = float(sea.lat[i]), float(sea.lon[i])
        if sea.lie[i] == OFFSET:
            said = (lat + float(sea.lie_a[i]), lon + float(sea.lie_b[i]))
        elif sea.lie[i] == CIRCLE:
            said = (float(sea.lie_a[i]) + float(sea.lie_c[i]) / 60.0, float(sea.lie_b[i]))
        else:
            k = int(sea.ghost[i])
            said = (float(sea.lat[k]), float(sea.lon[k]))
        far = distance_m(lat, lon, *said) / 1852.0
        if far >= MIN_JUMP_NM and sea.on[i] and not math.isnan(far):
            stage.note("jump", [i], distance_nm=round(far, 1))
