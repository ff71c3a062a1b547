"""The tracks of a case as lines to draw: cut where a ship was silent for long or cannot have
sailed (`tracks.segment`), and thinned so that no moment of them is off by more than 50 metres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from masthead import geo
from masthead.tracks.kernels import Floats, Longs
from masthead.tracks.lake import Lake
from masthead.tracks.positions import in_order
from masthead.tracks.segment import segment
from masthead.views.export.columns import Row
from masthead.views.export.thinning import kept, unwrapped
from masthead.watch import Progress

TOLERANCE_M = 50.0
"""Below the width of a drawn line on any chart; AIS positions are good to 10 metres."""

SILENCE_H = 6.0
"""A line drawn over a longer silence would show a way that nobody saw."""

SHIPS_AT_ONCE = 100
"""So that memory does not grow with the fleet."""


@dataclass(frozen=True)
class Track:
    """One ship's way without a long silence: `t` in milliseconds since 1970, `lat` and `lon` in
    degrees (`lon` may go past 180), of the positions kept out of `positions` heard."""

    mmsi: int
    name: str | None
    segment: int
    positions: int
    t: Longs
    lat: Floats
    lon: Floats

    @property
    def start(self) -> datetime:
        return _moment(self.t[0])

    @property
    def end(self) -> datetime:
        return _moment(self.t[-1])

    def moments(self) -> list[datetime]:
        """When each kept position was heard."""
        return [_moment(t) for t in self.t]

    def row(self) -> Row:
        """As the columns of `columns.TRACK`."""
        return {"mmsi": self.mmsi, "name": self.name, "segment": self.segment,
                "start": self.start, "end": self.end, "positions": self.positions,
                "drawn": int(self.t.size)}  # fmt: skip

    def geometry(self) -> dict[str, Any]:
        """GeoJSON, six decimals (11 cm), cut at the antimeridian; a point where only one position
        was heard."""
        lat, lon = self.lat.round(6).tolist(), self.lon.round(6).tolist()
        if len(lat) == 1 or len(set(zip(lat, lon, strict=True))) == 1:
            return {"type": "Point", "coordinates": [lon[0], lat[0]]}
        return geo.line(list(zip(lat, lon, strict=True)))


def tracks_of(
    lake: Lake, since: datetime | None, until: datetime | None, progress: Progress
) -> Iterator[Track]:
    """The tracks of every ship in the period, in the order of MMSI and time."""
    names = {row["mmsi"]: row["name"] for row in
             lake.statements().filter(pl.col("name").is_not_null()).sort("mmsi", "last")
             .iter_rows(named=True)}  # fmt: skip
    days = [d for d in lake.days() if (since is None or d >= since.date())
            and (until is None or d <= until.date())]  # fmt: skip
    frame = lake.scan(days).select("mmsi", "t", "lat", "lon", "sog", "cog")
    if since is not None:
        frame = frame.filter(pl.col("t") >= since)
    if until is not None:
        frame = frame.filter(pl.col("t") <= until)
    ships = frame.select(pl.col("mmsi").unique().sort()).collect()["mmsi"].to_list()
    for at in range(0, len(ships), SHIPS_AT_ONCE):
        progress("ships' tracks", at, len(ships))
        part = frame.filter(pl.col("mmsi").is_in(ships[at : at + SHIPS_AT_ONCE])).collect()
        for (mmsi,), own in segment(in_order(part)).group_by("mmsi", maintain_order=True):
            yield from _cut(int(str(mmsi)), names.get(mmsi), own)
    progress("ships' tracks", len(ships), len(ships))


def _cut(mmsi: int, name: str | None, own: pl.DataFrame) -> Iterator[Track]:
    pieces = []
    for _, run in own.group_by("segment", maintain_order=True):
        t = run["t"].to_physical().to_numpy()
        breaks = np.flatnonzero(np.diff(t) > SILENCE_H * 3_600_000) + 1
        bounds = [0, *breaks.tolist(), t.size]
        pieces += [run[a:b] for a, b in pairwise(bounds)]
    pieces.sort(key=lambda piece: piece["t"][0])
    for number, piece in enumerate(pieces):
        t = piece["t"].to_physical().to_numpy()
        lat, lon = piece["lat"].to_numpy(), unwrapped(piece["lon"].to_numpy())
        keep = kept(t, lat, lon, TOLERANCE_M)
        yield Track(mmsi, name, number, t.size, t[keep], lat[keep], lon[keep])


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
