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
from masthead.tracks.limits import PlaceLimits
from masthead.tracks.segment import by_segment
from masthead.tracks.shore import shore_distance_nm
from masthead.tracks.stays import stays

USUAL = PlaceLimits()
PORT_REACH_M = USUAL.reach_m
"""How far from a port's point a ship is at the port, where a case says nothing else."""


@dataclass(frozen=True)
class Places:
    """Named ports and learned anchorages, to ask what is near."""

    names: tuple[str, ...]
    ports: PlaceIndex
    anchorages: PlaceIndex

    def near(self, lat: Floats, lon: Floats) -> Flags:
        """Whether a port or an anchorage is in reach (10 km, if not set otherwise)."""
        return self.ports.near(lat, lon) | self.anchorages.near(lat, lon)

    def port(self, lat: Floats, lon: Floats) -> tuple[list[str | None], Floats]:
        """Of each point the name of the nearest port in reach, and metres to it."""
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
def port_index(reach_m: float = PORT_REACH_M) -> PlaceIndex:
    """The known ports, to ask for the nearest within `reach_m` metres."""
    lat, lon = (np.array([getattr(port, side) for port in ports()]) for side in ("lat", "lon"))
    return PlaceIndex(lat, lon, reach_m)


def port_ahead(
    lat: float, lon: float, course: float, *, within_deg: float, within_nm: float
) -> str | None:
    """The nearest known port that lies ahead of a ship, no farther than `within_deg` degrees off
    its course and `within_nm` nautical miles away; None if there is none."""
    known = ports()
    to_lat, to_lon = (np.array([getattr(port, side) for port in known]) for side in ("lat", "lon"))
    far = distances_m(np.full(len(known), lat), np.full(len(known), lon), to_lat, to_lon)
    for i in np.argsort(far):
        if far[i] > within_nm * 1852.0:
            return None
        off = bearing_deg(lat, lon, to_lat[i], to_lon[i]) - course
        if far[i] <= PORT_REACH_M or abs((off + 180.0) % 360.0 - 180.0) <= within_deg:
            return known[int(i)].name
    return None


def shown_stays(tracks: pl.DataFrame, limits: PlaceLimits = USUAL) -> pl.DataFrame:
    """What the tracks of some ships show of ports and anchorages, for `learn_places`."""
    found = stays(by_segment(tracks), limit_kn=limits.stay_kn, min_h=limits.stay_h)
    return found.filter(pl.col("radius_m") <= limits.stay_m)


def learn_places(found: pl.DataFrame, limits: PlaceLimits = USUAL) -> Places:
    """The known ports, and the anchorages that these stays (`shown_stays`) show."""
    found = found.sort("mmsi", "start", "end")
    long = pl.when(pl.col("hours") >= limits.long_stay_h).then("mmsi")
    key = cell_keys(
        found["lat"].to_numpy(), found["lon"].to_numpy(), np.zeros(found.height, np.int64),
        limits.cell_km * 1_000.0,
    )  # fmt: skip
    placed = found.with_columns(pl.Series("cell", key))
    cells = (
        placed.group_by("cell")
        .agg(
            long.drop_nulls().n_unique().alias("ships"),
            pl.col("lat").first(),
            pl.col("lon").first(),
        )
        .join(_at_once(placed), on="cell")
        .filter(pl.max_horizontal("ships", "at_once") >= limits.min_ships)
        .sort("cell")
    )
    off = shore_distance_nm(
        cells["lat"].to_numpy(), cells["lon"].to_numpy(), up_to_nm=2.0 * limits.max_shore_nm
    )
    cells = cells.filter(off <= limits.max_shore_nm)
    return Places(
        tuple(port.name for port in ports()),
        port_index(limits.reach_m),
        PlaceIndex(cells["lat"].to_numpy(), cells["lon"].to_numpy(), limits.reach_m),
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
