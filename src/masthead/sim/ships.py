"""The ships: drawn by class, with numbers that hold up and names that are invented.

An MMSI is a country's maritime identification digits and six more (ITU-R M.585). An IMO number is
six digits and a check digit: the last digit of the sum of each times 7, 6, 5, 4, 3, 2 (IMO
resolution A.1117(30)). The numbers drawn here lie in a block that is hardly issued yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from masthead.codes import rows
from masthead.sim.scenario import Scenario, Span
from masthead.sim.truth import Ship, ShipType, chance

FIRST_IMO, LAST_IMO = 960_000, 999_999
"""The first six digits of the IMO numbers given out here."""
KINDS = {
    "crude_tanker": "tanker", "product_tanker": "tanker", "bulk": "dry", "general": "dry",
    "container": "container", "fishing": "local", "ferry": "local", "tug": "local",
}  # fmt: skip


@dataclass(frozen=True)
class ShipClass:
    """What ships of one class have in common (data/sim_classes.csv)."""

    type: ShipType
    length_m: Span
    width_ratio: float
    draught_m: Span
    speed_kn: Span
    turn_deg_min: float
    accel_kn_min: float
    stay_h: Span
    away_h: Span
    ais_type: int
    ais_class: str


@cache
def classes() -> dict[str, ShipClass]:
    """The classes of ship, by name."""
    found = {}
    for r in rows("sim_classes.csv"):
        kind: ShipType = r["type"]  # type: ignore[assignment]
        found[r["type"]] = ShipClass(
            kind, _span(r["length_m"]), float(r["width_ratio"]), _span(r["draught_m"]),
            _span(r["speed_kn"]), float(r["turn_deg_min"]), float(r["accel_kn_min"]),
            _span(r["stay_h"]), _span(r["away_h"]), int(r["ais"]), r["ais_class"],
        )  # fmt: skip
    return found


def imo_check_digit(six: int) -> int:
    """The seventh digit of an IMO number."""
    return sum(int(d) * w for d, w in zip(f"{six:06d}", range(7, 1, -1), strict=True)) % 10


class Registry:
    """Gives out identities, each once: MMSI, IMO number, name, call sign."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._chance = chance(seed, "ships")
        self._used: set[int] = set()
        self._names: set[str] = set()
        self._mids = {s.country: [s.mid] for s in scenario.sides}
        for r in rows("mid.csv"):
            self._mids.setdefault(r["country"], []).append(int(r["mid"]))
        self._calls = {r["flag"]: r["call_sign"] for r in rows("sim_flags.csv")}
        self._words = {r["kind"]: r["words"].split() for r in rows("sim_names.csv")}

    def ship(
        self,
        kind: ShipType,
        *,
        flags: dict[str, float] | None = None,
        side: str | None = None,
        speed_kn: float | None = None,
    ) -> Ship:
        """A new ship of a class; `flags` are weights by ISO alpha-3."""
        known = classes()[kind]
        length = self._between(known.length_m)
        share = (length - known.length_m[0]) / max(known.length_m[1] - known.length_m[0], 1e-9)
        draught = known.draught_m[0] + share * (known.draught_m[1] - known.draught_m[0])
        flag = self._pick(flags or _mix(KINDS.get(kind, "dry")))
        speed = speed_kn if speed_kn is not None else self._between(known.speed_kn)
        return Ship(
            mmsi=self._mmsi(flag),
            imo=self._imo() if known.ais_class == "A" and kind != "aircraft" else None,
            name=self._name(kind),
            call_sign=self._call_sign(flag),
            type=kind,
            flag=flag,
            side=side,
            length_m=round(length),
            width_m=max(4, round(length / known.width_ratio)),
            draught_m=round(draught, 1),
            speed_kn=round(speed, 1),
        )

    def renamed(self, ship: Ship, flags: dict[str, float] | None = None) -> Ship:
        """The same hull (its IMO number) under another flag, name, MMSI and call sign."""
        mix = {f: w for f, w in (flags or _mix("tanker")).items() if f != ship.flag}
        flag = self._pick(mix)
        return replace(
            ship, mmsi=self._mmsi(flag), name=self._name(ship.type), flag=flag,
            call_sign=self._call_sign(flag),
        )  # fmt: skip

    def _between(self, span: Span) -> float:
        return float(self._chance.uniform(*span))

    def _pick(self, weights: dict[str, float]) -> str:
        names = sorted(name for name, weight in weights.items() if weight > 0)
        share = np.array([weights[name] for name in names])
        return str(self._chance.choice(names, p=share / share.sum()))

    def _mmsi(self, flag: str) -> int:
        mids: Sequence[int] = self._mids.get(flag) or [int(self._chance.integers(201, 775))]
        while True:
            found = int(self._chance.choice(mids)) * 1_000_000
            found += int(self._chance.integers(100, 999_999))
            if found not in self._used:
                self._used.add(found)
                return found

    def _imo(self) -> int:
        while True:
            six = int(self._chance.integers(FIRST_IMO, LAST_IMO + 1))
            found = six * 10 + imo_check_digit(six)
            if found not in self._used:
                self._used.add(found)
                return found

    def _name(self, kind: ShipType) -> str:
        words = self._words
        while True:
            if kind in ("warship", "coast_guard"):
                found = str(self._chance.choice(words["navy"]))
                if found in self._names:
                    found = f"{found} {self._chance.choice(words['last'])}"
            elif kind == "fishing":
                found = str(self._chance.choice(words["boat"]))
                if found in self._names:
                    found = f"{found} {self._chance.choice(['II', 'III', 'IV', 'V', 'VI', 'VII'])}"
                if found in self._names:
                    found = f"{found.split()[0]} {self._chance.choice(words['last'])}"
            elif kind == "aircraft":
                found = f"PATROL {int(self._chance.integers(11, 99))}"
            else:
                first = self._chance.choice(words["first"])
                found = f"{first} {self._chance.choice(words['last'])}"
            if found in self._names and len(self._names) > 1500:
                found = f"{found} {int(self._chance.integers(2, 99))}"
            if found not in self._names:
                self._names.add(found)
                return found

    def _call_sign(self, flag: str) -> str:
        start = self._calls.get(flag, flag[0] + "X")
        letters = "".join(self._chance.choice(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 2))
        return f"{start}{letters}{int(self._chance.integers(2, 10))}"


@cache
def _mix(kind: str) -> dict[str, float]:
    return {r["flag"]: float(r[kind]) for r in rows("sim_flags.csv")}


def _span(text: str) -> Span:
    low, high = text.split()
    return float(low), float(high)
