"""What the tracks show of a ship: its positions in a window, and who a report's ship can be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.checks.heard import Heard
from masthead.checks.usual import UsualSigns
from masthead.geo import MEAN_RADIUS_M, NAUTICAL_MILE_M
from masthead.ledger.merge.matters import name_key
from masthead.model import Event, Sense, Vessel
from masthead.tracks.lake import Lake
from masthead.tracks.ship_types import ship_class as class_of_type

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

AROUND_H = 3.0
"""A turn is told from the way of the two hours before it and after it."""

EARTH_NM = MEAN_RADIUS_M / NAUTICAL_MILE_M
"""The Earth's mean radius (IUGG) in nautical miles."""


def distances_nm(lat: float, lon: float, lats: Floats, lons: Floats) -> Floats:
    """Great-circle distances from one point to many, in nautical miles. Of NumPy, not a kernel: to
    load Numba takes longer than to check one sentence."""
    a, b = math.radians(lat), np.radians(lats)
    d = np.radians(lons - lon)
    h = np.sin((b - a) / 2) ** 2 + math.cos(a) * np.cos(b) * np.sin(d / 2) ** 2
    return np.asarray(2 * EARTH_NM * np.arcsin(np.sqrt(np.clip(h, 0, 1))), dtype=np.float64)


@dataclass(frozen=True)
class Sighting:
    """The positions of one ship in order: `t` in hours since 1970, degrees, knots (NaN where it is
    not told)."""

    mmsi: int
    t: Floats
    lat: Floats
    lon: Floats
    sog: Floats
    cog: Floats

    def between(self, first: float, last: float) -> Sighting:
        """The positions from one moment to another, with the last before and the first after."""
        a = max(0, int(np.searchsorted(self.t, first)) - 1)
        b = min(self.t.size, int(np.searchsorted(self.t, last, "right")) + 1)
        return Sighting(self.mmsi, *(x[a:b] for x in (self.t, self.lat, self.lon, self.sog,
                                                      self.cog)))  # fmt: skip

    def around(self, first: float, last: float) -> Sighting:
        """The positions from some hours before one moment to some hours after another: all that
        signs between them are looked for in."""
        return self.between(first - AROUND_H, last + AROUND_H)

    def distances_m(self, lat: float, lon: float, among: Flags | None = None) -> Floats:
        """How far each position (or each `among` those flagged) is from a place."""
        lats, lons = (x if among is None else x[among] for x in (self.lat, self.lon))
        return distances_nm(lat, lon, lats, lons) * NAUTICAL_MILE_M

    def inside(self, first: float, last: float) -> Flags:
        """Which positions lie between two moments."""
        return (self.t >= first) & (self.t <= last)


def hours(moment: datetime) -> float:
    """A moment in hours since 1970."""
    return moment.timestamp() / 3600.0


class Sightings:
    """The tracks of a case, asked ship by ship."""

    def __init__(self, lake: Lake, events: Iterable[Event] = ()) -> None:
        self._lake = lake
        self._kept: dict[int, Sighting] = {}
        self._told_of: set[int] = set()
        self.signs: dict[int, list[Event]] = defaultdict(list)
        for event in events:
            if event.sense is Sense.TRACK:
                for ship in event.objects:
                    if ship.mmsi is not None:
                        self.signs[ship.mmsi].append(event)

    @cached_property
    def identities(self) -> list[dict[str, Any]]:
        """What ships said of themselves."""
        return list(self._lake.identities().iter_rows(named=True))

    @cached_property
    def _by_key(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for row in self.identities:
            found[f"mmsi:{row['mmsi']}"].add(row["mmsi"])
            if row["imo"]:
                found[f"imo:{row['imo']}"].add(row["mmsi"])
            if row["call_sign"]:
                found[f"call:{row['call_sign']}"].add(row["mmsi"])
            if row["name"]:
                found[f"name:{name_key(row['name'])}"].add(row["mmsi"])
        return found

    def ships_of(self, vessel: Vessel) -> list[int]:
        """The MMSIs that a report's ship has in the tracks: by IMO, else MMSI, call sign, name."""
        for key, value in (
            ("imo", vessel.imo), ("mmsi", vessel.mmsi), ("call", vessel.call_sign),
            ("name", name_key(vessel.name) if vessel.name else None),
        ):  # fmt: skip
            if value and (found := self._by_key.get(f"{key}:{value}")):
                return sorted(found)
        if vessel.mmsi is not None and vessel.mmsi in self._sending:
            return [vessel.mmsi]
        return []

    @cached_property
    def _sending(self) -> frozenset[int]:
        """The MMSIs that have positions, whether or not they said a name."""
        return frozenset(self._lake.ships())

    def flag_and_class(self, mmsi: int) -> tuple[str | None, str | None]:
        """The flag and the class of a ship, as it says of itself."""
        row = self._first_said.get(mmsi)
        return (row["flag"], class_of_type(row["ship_type"])) if row else (None, None)

    def called(self, mmsi: int) -> tuple[str | None, int | None]:
        """The name and the IMO number of a ship, as it said last."""
        row = self._last_said.get(mmsi)
        return (row["name"], row["imo"]) if row else (None, None)

    @cached_property
    def _first_said(self) -> dict[int, dict[str, Any]]:
        return {row["mmsi"]: row for row in reversed(self.identities)}

    @cached_property
    def _last_said(self) -> dict[int, dict[str, Any]]:
        return {row["mmsi"]: row for row in self.identities}

    def load(self, ships: Iterable[int]) -> None:
        """Read the positions of these ships at once: far quicker than one by one."""
        wanted = sorted(set(ships) - self._kept.keys())
        if not wanted:
            return
        found = (
            self._lake.scan()
            .filter(pl.col("mmsi").is_in(wanted))
            .select("mmsi", "t", "lat", "lon", "sog", "cog")
            .sort("mmsi", "t")
            .collect()
        )
        columns = [found["t"].dt.epoch("ms").to_numpy() / 3.6e6]
        columns += [found[n].cast(pl.Float64).fill_null(np.nan).to_numpy()
                    for n in ("lat", "lon", "sog", "cog")]  # fmt: skip
        names, begins = np.unique(found["mmsi"].to_numpy(), return_index=True)
        ends = [*begins[1:].tolist(), found.height]
        for mmsi, begin, end in zip(names.tolist(), begins.tolist(), ends, strict=True):
            self._kept[mmsi] = Sighting(mmsi, *(column[begin:end] for column in columns))
        for mmsi in wanted:
            self._kept.setdefault(mmsi, Sighting(mmsi, *(np.zeros(0) for _ in range(5))))

    def of(self, mmsi: int) -> Sighting:
        """All positions of a ship; none if it was never heard."""
        if mmsi not in self._kept:
            self.load([mmsi])
        return self._kept[mmsi]

    @cached_property
    def heard(self) -> Heard:
        """Where and when any ship was heard."""
        return Heard.of(self._lake.scan())

    def leave_out(self, ships: Iterable[int]) -> None:
        """Ships of which reports tell: what they show is not what is usual in a sea."""
        if not self._told_of.issuperset(ships := set(ships)):
            self._told_of |= ships
            self.__dict__.pop("usual", None)

    @cached_property
    def usual(self) -> UsualSigns:
        """How usual each sign is, by the ships that no report tells of."""
        return UsualSigns(self.heard, self.signs, self._told_of)

    def near(
        self, south: float, north: float, west: float, east: float, first: float, last: float
    ) -> list[int]:
        """The ships that may have been heard in a box of degrees between two moments (hours since
        1970): those of the cells that it touches."""
        return self.heard.ships(south, north, west, east, first, last)
