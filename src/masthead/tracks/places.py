"""Ports and anchorages: those of the `searoute` package, and those that the tracks themselves show.

A port is a point with a name (3,962 of them, Apache-2.0, from UN/LOCODE and others; good to a few
kilometres). An anchorage is learned: a cell of about three kilometres in which several different
ships have stayed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import polars as pl

from masthead.tracks.cells import PlaceIndex, cell_keys
from masthead.tracks.kernels import Flags, Floats, bearing_deg, distances_m
from masthead.tracks.segment import by_segment
from masthead.tracks.shore import shore_distance_nm
from masthead.tracks.stays import stays

PORT_REACH_M = 10_000.0
"""A large port's berths and roads lie this far from the one point that stands for it; it is also
how far from an anchorage Global Fishing Watch's encounters must be."""
STAY_KN, STAY_H, STAY_M = 0.5, 1.0, 1_000.0
"""A ship that has stayed, for learning: within half a kilometre by Global Fishing Watch's rule
for an anchorage; within one here, for the swing of a large ship on a long chain."""
LONG_STAY_H = 12.0
"""Global Fishing Watch's stays. Shorter ones count where as many ships lie at the same time: those
stopped by a patrol at one spot of a line, one after the other, make no anchorage of it."""
CELL_M = 3_000.0
MIN_SHIPS = 4
"""Different ships that make an anchorage of a cell. Global Fishing Watch's need 20, in some years;
a case's weeks have fewer."""

MAX_SHORE_NM = 15.0
"""Ships that stop together farther out are not at anchor in a roadstead: that is news."""


@dataclass(frozen=True)
class Places:
    """Named ports and learned anchorages, to ask what is near."""

    names: tuple[str, ...]
    ports: PlaceIndex
    anchorages: PlaceIndex

    def near(self, lat: Floats, lon: Floats) -> Flags:
        """Whether a port or an anchorage is within 10 km."""
        return self.ports.near(lat, lon) | self.anchorages.near(lat, lon)

    def port(self, lat: Floats, lon: Floats) -> tuple[list[str | None], Floats]:
        """Of each point the name of the nearest port within 10 km, and metres to it."""
        which, far = self.ports.nearest(lat, lon)
        return [self.names[i] if i >= 0 else None for i in which.tolist()], far


class Port(NamedTuple):
    """A known port: its own name, its country's, its UN/LOCODE, and where it is."""

    town: str
    country: str
    code: str
    lat: float
    lon: float

    @property
    def name(self) -> str:
        """As events name it."""
        return f"{self.town}, {self.country}"


@cache
def ports() -> tuple[Port, ...]:
    """The ports that `searoute` knows."""
    content = json.loads(files("searoute").joinpath("data", "ports.geojson").read_text("utf-8"))
    found = []
    for feature in content["features"]:
        lon, lat = feature["geometry"]["coordinates"][:2]
        about = feature["properties"]
        found.append(Port(about["name"], about["cty"], about["port"], float(lat), float(lon)))
    return tuple(found)


@cache
def port_index() -> PlaceIndex:
    """The known ports, to ask for the nearest within 10 km."""
    lat, lon = (np.array([getattr(port, side) for port in ports()]) for side in ("lat", "lon"))
    return PlaceIndex(lat, lon, PORT_REACH_M)


AHEAD_DEG, AHEAD_NM = 15.0, 200.0
"""A port ahead lies no farther than this off the course, and from the ship."""


def port_ahead(lat: float, lon: float, course: float) -> str | None:
    """The nearest known port that lies ahead of a ship on a course; None if there is none."""
    known = ports()
    to_lat, to_lon = (np.array([getattr(port, side) for port in known]) for side in ("lat", "lon"))
    far = distances_m(np.full(len(known), lat), np.full(len(known), lon), to_lat, to_lon)
    for i in np.argsort(far):
        if far[i] > AHEAD_NM * 1852.0:
            return None
        off = bearing_deg(lat, lon, to_lat[i], to_lon[i]) - course
        if far[i] <= PORT_REACH_M or abs((off + 180.0) % 360.0 - 180.0) <= AHEAD_DEG:
            return known[int(i)].name
    return None


def shown_stays(tracks: pl.DataFrame) -> pl.DataFrame:
    """What the tracks of some ships show of ports and anchorages, for `learn_places`."""
    return anchored(stays(by_segment(tracks), limit_kn=STAY_KN, min_h=STAY_H))


def anchored(found: pl.DataFrame) -> pl.DataFrame:
    """The stays of ships that swung in one place."""
    return found.filter(pl.col("radius_m") <= STAY_M)


def learn_places(found: pl.DataFrame) -> Places:
    """The known ports, and the anchorages that these stays (`tracks.stays`) show."""
    found = anchored(found).sort("mmsi", "start", "end")
    long = pl.when(pl.col("hours") >= LONG_STAY_H).then("mmsi")
    key = cell_keys(
        found["lat"].to_numpy(), found["lon"].to_numpy(), np.zeros(found.height, np.int64), CELL_M
    )
    placed = found.with_columns(pl.Series("cell", key))
    cells = (
        placed.group_by("cell")
        .agg(
            long.drop_nulls().n_unique().alias("ships"),
            pl.col("lat").first(),
            pl.col("lon").first(),
        )
        .join(_at_once(placed), on="cell")
        .filter((pl.col("ships") >= MIN_SHIPS) | (pl.col("at_once") >= MIN_SHIPS))
        .sort("cell")
    )
    off = shore_distance_nm(cells["lat"].to_numpy(), cells["lon"].to_numpy(), up_to_nm=30.0)
    cells = cells.filter(off <= MAX_SHORE_NM)
    return Places(
        tuple(port.name for port in ports()),
        port_index(),
        PlaceIndex(cells["lat"].to_numpy(), cells["lon"].to_numpy(), PORT_REACH_M),
    )


def _at_once(placed: pl.DataFrame) -> pl.DataFrame:
    """Of each cell the most stays that go on at the same time."""
    come, go = (
        placed.select("cell", pl.col(side).alias("t"), pl.lit(step).alias("step"))
        for side, step in (("start", 1), ("end", -1))
    )
    return (
        pl.concat([come, go])
        .sort("cell", "t", "step")
        .group_by("cell", maintain_order=True)
        .agg(pl.col("step").cum_sum().max().alias("at_once"))
    )
