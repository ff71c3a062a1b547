"""Passages of the blockade's zone: into a closed port, or out of one, as the tracks show them.

Each ship's positions near the zone are cut into stretches: outside, inside, and in a closed port
(a stretch within 10 km of it with an hour or more at less than a knot: berth or roads). A stretch
inside is a passage inward if it ends in such a port, outward if it begins in one. One that does
neither counts as inward if the ship, while in it, declared a closed port as its destination; other
ships that cross the zone are no passages. Between a position outside and one in port with none in
between lies a passage unheard: `silent`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import shapely

from masthead.checks.effectiveness.blockade import Blockade
from masthead.checks.sightings import Sighting, hours
from masthead.tracks.destinations import HELD_H, declared
from masthead.tracks.kernels import Flags, distances_m
from masthead.tracks.lake import Lake
from masthead.tracks.places import PORT_REACH_M, Port
from masthead.tracks.ship_types import ship_class

MARGIN_DEG = 0.75
BEFORE_H, AFTER_H = 24.0, 12.0
"""How long before the blockade and after it positions are looked at."""
CALL_H, CALL_KN = 1.0, 1.0
SILENT_H = 1.0
"""A silence longer than that is told."""
AGAIN_H = 72.0
SAME_PORT_M = 25_000.0
OUTSIDE, INSIDE, PORT = 0, 1, 2


@dataclass(frozen=True)
class Passage:
    """One passage: from when to when (hours since 1970), into a closed port or out of one, whether
    it reached its end (the port, or open water), the hours without a position in it, and the
    ship's positions from the last before to the first after it. `open` is one whose end was not
    heard."""

    mmsi: int
    ship_class: str | None
    flag: str | None
    start: float
    end: float
    inward: bool
    arrived: bool
    open: bool
    silent_h: float
    track: Sighting


def passages(lake: Lake, blockade: Blockade) -> list[Passage]:
    """The passages of a blockade's zone while it was in force, in the order of their start."""
    if not blockade.measurable or blockade.since is None or blockade.zone is None:
        return []
    ships = _merchants(lake, blockade)
    bound = _bound(lake, blockade.ports)
    found = [
        passage
        for sighting in _near_zone(lake, blockade, set(ships))
        for passage in _joined(_of_ship(sighting, blockade, *ships[sighting.mmsi], bound))
    ]
    return sorted(found, key=lambda p: (p.start, p.mmsi))


def _merchants(lake: Lake, blockade: Blockade) -> dict[int, tuple[str | None, str | None]]:
    """The ships that the blockade does not spare, with class and flag, as they last said."""
    kinds: dict[int, tuple[str | None, str | None]] = {}
    rows = lake.identities().sort("mmsi", "first").select("mmsi", "ship_type", "flag")
    for mmsi, said, flag in rows.iter_rows():
        before = kinds.get(mmsi, (None, None))
        kinds[mmsi] = (ship_class(said) or before[0], flag or before[1])
    return {m: k for m, k in kinds.items() if k[0] not in blockade.spares}


def _bound(lake: Lake, ports: Iterable[Port]) -> dict[int, list[tuple[float, float]]]:
    """When each ship declared itself bound for a closed port (hours since 1970): by the port's own
    name, or by that or the code of a known port near it."""
    closed = tuple(ports)
    lat, lon = (np.array([getattr(p, side) for p in closed]) for side in ("lat", "lon"))
    said = lake.statements().filter(pl.col("destination").is_not_null())
    names = "|".join(re.escape(p.town.upper()) for p in closed)
    found: dict[int, list[tuple[float, float]]] = {}
    own = said.filter(pl.col("destination").str.to_uppercase().str.contains(rf"\b(?:{names})\b"))
    for mmsi, first, last in own.select("mmsi", "first", "last").iter_rows():
        found.setdefault(mmsi, []).append((hours(first), hours(last)))
    for b in declared(said):
        there = np.full(len(closed), b.port.lat), np.full(len(closed), b.port.lon)
        if distances_m(*there, lat, lon).min() <= SAME_PORT_M:
            found.setdefault(b.mmsi, []).append((b.begin / 3.6e6, b.end / 3.6e6 - HELD_H))
    return found


def _near_zone(lake: Lake, blockade: Blockade, ships: set[int]) -> Iterator[Sighting]:
    assert blockade.zone is not None
    assert blockade.since is not None
    west, south, east, north = shapely.geometry.shape(blockade.zone.geometry).bounds
    first, last = _period(lake, blockade)
    days = [d for d in lake.days() if first.date() <= d <= last.date()]
    columns = ("lat", "lon", "sog", "cog")
    near = (
        lake.scan(days)
        .filter(
            pl.col("t").is_between(first, last)
            & pl.col("lat").is_between(south - MARGIN_DEG, north + MARGIN_DEG)
            & pl.col("lon").is_between(west - MARGIN_DEG, east + MARGIN_DEG)
        )
        .select("mmsi", "t", *columns)
        .sort("mmsi", "t")
        .collect()
    )
    for (mmsi,), part in near.group_by("mmsi", maintain_order=True):
        if int(str(mmsi)) in ships:
            values = [part[n].cast(pl.Float64).fill_null(np.nan).to_numpy() for n in columns]
            yield Sighting(int(str(mmsi)), part["t"].dt.epoch("ms").to_numpy() / 3.6e6, *values)


def _period(lake: Lake, blockade: Blockade) -> tuple[datetime, datetime]:
    assert blockade.since is not None
    days = lake.days()
    end = datetime.combine(days[-1] + timedelta(days=1), datetime.min.time(), UTC) if days else None
    until = blockade.until or end or blockade.since
    return (
        blockade.since - timedelta(hours=BEFORE_H),
        until + timedelta(hours=AFTER_H),
    )


def _of_ship(
    s: Sighting,
    blockade: Blockade,
    kind: str | None,
    flag: str | None,
    bound: dict[int, list[tuple[float, float]]],
) -> Iterator[Passage]:
    assert blockade.zone is not None
    assert blockade.since is not None
    since = hours(blockade.since)
    until = hours(blockade.until) if blockade.until else np.inf
    area = shapely.geometry.shape(blockade.zone.geometry)
    label = np.where(shapely.contains_xy(area, s.lon, s.lat), INSIDE, OUTSIDE)
    label[_in_port(s, blockade.ports)] = PORT
    edges = np.flatnonzero(np.diff(label)) + 1
    starts, ends = np.r_[0, edges], np.r_[edges, label.size]
    runs = [(int(label[a]), int(a), int(b)) for a, b in zip(starts, ends, strict=True)]
    for n, (here, a, b) in enumerate(runs):
        before = runs[n - 1][0] if n else None
        after = runs[n + 1][0] if n + 1 < len(runs) else None
        if here == PORT and before == OUTSIDE:  # came in unheard
            yield from _passage(s, a, a, True, True, False, since, until, kind, flag)
        if here == OUTSIDE and before == PORT:  # went out unheard
            yield from _passage(s, a, a, False, True, False, since, until, kind, flag)
        if here != INSIDE:
            continue
        inward = after == PORT
        if not inward and before != PORT:
            said = bound.get(s.mmsi, ())
            if not any(first <= s.t[b - 1] and s.t[a] <= last for first, last in said):
                continue
            inward = True
        arrived = inward == (after == PORT) and after is not None
        yield from _passage(s, a, b, inward, arrived, after is None, since, until, kind, flag)


def _joined(found: Iterable[Passage]) -> list[Passage]:
    """A ship's passages, those inward that follow within `AGAIN_H` of one that did not arrive made
    one with it: it cut the zone's edge on its way, or tried again."""
    joined: list[Passage] = []
    for p in found:
        last = joined[-1] if joined else None
        if last and last.inward and not last.arrived and p.inward and p.start - last.end < AGAIN_H:
            joined[-1] = _both(last, p)
        else:
            joined.append(p)
    return joined


def _both(one: Passage, other: Passage) -> Passage:
    a, b = one.track, other.track
    more = b.t > a.t[-1]
    columns = zip((a.t, a.lat, a.lon, a.sog, a.cog), (b.t, b.lat, b.lon, b.sog, b.cog), strict=True)
    track = Sighting(a.mmsi, *(np.r_[x, y[more]] for x, y in columns))
    return replace(other, start=one.start, silent_h=one.silent_h + other.silent_h, track=track)


def _passage(
    s: Sighting, a: int, b: int, inward: bool, arrived: bool, unended: bool,
    since: float, until: float, kind: str | None, flag: str | None,
) -> Iterator[Passage]:  # fmt: skip
    """The passage of the positions from `a` to before `b`, if it lies in the blockade's time."""
    start = float(s.t[a]) if b > a else float(s.t[a - 1])
    end = float(s.t[b]) if b < s.t.size else float(s.t[-1])
    if end < since or start > until:
        return
    first, last = max(a - 1, 0), min(b + 1, s.t.size)
    t = s.t[first:last]
    pauses = np.diff(t)
    silent = float(pauses[pauses > SILENT_H].sum())
    part = (s.t[first:last], *(x[first:last] for x in (s.lat, s.lon, s.sog, s.cog)))
    yield Passage(s.mmsi, kind, flag, max(start, since), end, inward, arrived, unended, silent,
                  Sighting(s.mmsi, *part))  # fmt: skip


def _in_port(s: Sighting, ports: Iterable[Port]) -> Flags:
    """Which positions belong to a stay in a closed port or its roads."""
    stays = np.zeros(s.t.size, bool)
    for port in ports:
        near = s.distances_m(port.lat, port.lon) <= PORT_REACH_M
        edges = np.flatnonzero(np.diff(near)) + 1
        for a, b in zip(np.r_[0, edges], np.r_[edges, near.size], strict=True):
            if near[a] and _lay(s, int(a), int(b)):
                stays[a:b] = True
    return stays


def _lay(s: Sighting, a: int, b: int) -> bool:
    """Whether a ship lay still for `CALL_H` between two of its positions."""
    slow = np.nan_to_num(s.sog[a:b], nan=0.0) < CALL_KN
    steps = np.diff(s.t[a:b])
    return bool(steps[slow[1:] & slow[:-1]].sum() >= CALL_H) or bool(
        b < s.t.size and slow[-1:].all() and s.t[b] - s.t[b - 1] >= CALL_H
    )
