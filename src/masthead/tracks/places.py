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
from masthead.tracks.kernels import Flags, Floats
from masthead.tracks.segment import by_segment
from masthead.tracks.shore import shore_distance_nm
from masthead.tracks.stays import stays

PORT_REACH_M = 10_000.0
"""A large port's berths and roads lie this far from the one point that stands for it; it is also
how far from an anchorage Global Fishing Watch's encounters must be."""
STAY_KN, STAY_H = 0.5, 1.0
"""A ship that has stayed, for learning: at Global Fishing Watch's resume speed or below."""
CELL_M = 3_000.0
MIN_SHIPS = 4
"""Different ships that make an anchorage of a cell. Global Fishing Watch's anchorages need 20 in
some years; a case's weeks have fewer."""

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


def shown_stays(tracks: pl.DataFrame) -> pl.DataFrame:
    """What the tracks of some ships show of ports and anchorages, for `learn_places`."""
    return first_stays(stays(by_segment(tracks), limit_kn=STAY_KN, min_h=STAY_H))


def first_stays(found: pl.DataFrame) -> pl.DataFrame:
    """What `learn_places` needs of stays: the first of each ship in each cell."""
    lat, lon = found["lat"].to_numpy(), found["lon"].to_numpy()
    key = cell_keys(lat, lon, np.zeros(found.height, np.int64), CELL_M)
    return (
        found.with_columns(pl.Series("cell", key))
        .sort("mmsi", "start", "end")
        .unique(["mmsi", "cell"], keep="first", maintain_order=True)
    )


def learn_places(found: pl.DataFrame) -> Places:
    """The known ports, and the anchorages that these stays (`tracks.stays`) show."""
    cells = (
        first_stays(found)
        .sort("mmsi", "start", "end")
        .group_by("cell")
        .agg(pl.col("mmsi").n_unique().alias("ships"), pl.col("lat").first(), pl.col("lon").first())
        .filter(pl.col("ships") >= MIN_SHIPS)
        .sort("cell")
    )
    off = shore_distance_nm(cells["lat"].to_numpy(), cells["lon"].to_numpy(), up_to_nm=30.0)
    cells = cells.filter(off <= MAX_SHORE_NM)
    return Places(
        tuple(port.name for port in ports()),
        port_index(),
        PlaceIndex(cells["lat"].to_numpy(), cells["lon"].to_numpy(), PORT_REACH_M),
    )
