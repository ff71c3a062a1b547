"""Where ships are bound: the port that they declare, or the one that they have always gone to.

A declared destination is free text typed by the crew: a port's name ("ROTTERDAM"), its UN/LOCODE
("NLRTM", "NL RTM"), or from and to ("USHOU>NLRTM"), as IMO SN/Circ.244 asks. A habitual one is told
from the ship's own calls: where all its earlier voyages from the port that it left have ended.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import Any, NamedTuple

import polars as pl

from masthead.tracks.kernels import distance_m
from masthead.tracks.places import Port, port_index, ports
from masthead.tracks.segment import by_segment
from masthead.tracks.stays import stays

HELD_H = 24.0
"""How long after a destination was replaced, or last heard, the ship is still held to it: a
new one is typed in about when the ship turns, before or after."""
SAME_PORT_M = 60_000.0
_ROUTE = re.compile(r"<?[-=]*>+|\s-\s|/|\bTO\b|\bVIA\b")
_IDLE = re.compile(r"\b(?:PORT OF|PORT|ANCHORAGE|ANCH|PILOT|ROADS|OPL|FOR ORDERS|ETA.*)\b")


class Bound(NamedTuple):
    """A ship bound for a port, from when to when (milliseconds), and how that is known."""

    mmsi: int
    begin: int
    end: int
    port: Port
    known: str
    said: str | None
    next_said: str | None


@cache
def _by_name() -> dict[str, Port]:
    """Ports by UN/LOCODE, and by name where the name is one place's."""
    found = {port.code: port for port in ports()}
    named: dict[str, list[Port]] = defaultdict(list)
    for port in ports():
        named[_plain(port.town)].append(port)
    for name, same in named.items():
        one = same[0]
        if all(distance_m(one.lat, one.lon, p.lat, p.lon) <= SAME_PORT_M for p in same):
            found[name] = one
    return found


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]+", " ", text.upper()).strip()


@lru_cache(maxsize=100_000)
def read_destination(text: str) -> Port | None:
    """The port that a declared destination stands for; None if it is no known port, or its name is
    that of several."""
    parts = [_plain(part) for part in _ROUTE.split(text.upper())]
    last = next((part for part in reversed(parts) if part), "")
    bare = " ".join(_IDLE.sub(" ", last).split())
    for name in (last, bare, last.replace(" ", ""), bare.replace(" ", "")):
        if name in _by_name():
            return _by_name()[name]
    return None


def declared(statements: pl.DataFrame, held_h: float = HELD_H) -> list[Bound]:
    """What ships say they are bound for. A destination holds from when it is first heard to
    `held_h` hours after another is, or after it is last heard; while two are said to hold at the
    same time (statements that were merged over days), neither does."""
    said = (
        statements.filter(pl.col("destination").is_not_null())
        .select("mmsi", "destination", pl.col("first", "last").dt.epoch("ms"))
        .unique()
        .sort("mmsi", "first", "destination", "last")
    )
    held = round(held_h * 3_600_000)
    found = []
    for (mmsi,), ship in said.partition_by("mmsi", as_dict=True, maintain_order=True).items():
        rows = _joined(ship.select("destination", "first", "last").rows())
        ended = 0
        for n, (text, first, last) in enumerate(rows):
            after, until = rows[n + 1][:2] if n + 1 < len(rows) else (None, None)
            begin, end = max(first, ended), last if until is None else min(last, until)
            ended = max(ended, last)
            port = read_destination(text)
            if port is not None and begin <= end:
                found.append(Bound(mmsi, begin, end + held, port, "declared", text, after))
    return found


def _joined(rows: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Statements in the order of their begin, those of one destination that follow each other (a
    new draught or name in between) as one."""
    found: list[tuple[str, int, int]] = []
    for text, first, last in rows:
        if found and found[-1][0] == text:
            found[-1] = text, found[-1][1], max(found[-1][2], last)
        else:
            found.append((text, first, last))
    return found


def habitual(
    positions: pl.DataFrame, min_voyages: int, *, call_h: float, call_kn: float, reach_m: float
) -> list[Bound]:
    """Where ships are bound by habit: after leaving a port from which at least `min_voyages` of
    the ship's earlier voyages went, all of them to one other port. A call is a stay at no more than
    `call_kn` knots for `call_h` hours or longer within `reach_m` metres of a known port."""
    found: list[Bound] = []
    last_heard = dict(positions.group_by("mmsi").agg(pl.col("t").max().dt.epoch("ms")).iter_rows())
    calls = _calls(positions, 2 * min_voyages + 1, call_h, call_kn, reach_m)
    for mmsi, ship in calls.items():
        went: dict[int, list[int]] = defaultdict(list)
        for n, call in enumerate(ship):
            here = call["port"]
            before = went[here]
            follows = ship[n + 1] if n + 1 < len(ship) else None
            if len(before) >= min_voyages and len(set(before)) == 1:
                until = follows["start"] if follows else last_heard[mmsi]
                port = ports()[before[0]]
                found.append(Bound(mmsi, call["end"], until, port, "habitual", None, None))
            if follows is not None and follows["port"] != here:
                before.append(follows["port"])
    return found


def _calls(
    positions: pl.DataFrame, least: int, call_h: float, call_kn: float, reach_m: float
) -> dict[int, list[dict[str, Any]]]:
    """The calls of the ships that made that many, in order, at known ports."""
    tracks = by_segment(positions)
    found = stays(tracks, limit_kn=call_kn, min_h=call_h, max_leg_h=12.0)
    found = found.filter(pl.len().over("mmsi") >= least)
    if not found.height:
        return {}
    which, _ = port_index(reach_m).nearest(found["lat"].to_numpy(), found["lon"].to_numpy())
    calls = (
        found.select("mmsi", pl.col("start", "end").dt.epoch("ms"), pl.Series("port", which))
        .filter(pl.col("port") >= 0)
        .filter(pl.len().over("mmsi") >= least)
        .sort("mmsi", "start")
    )
    ships: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in calls.iter_rows(named=True):
        before = ships[row["mmsi"]]
        if before and before[-1]["port"] == row["port"]:
            before[-1]["end"] = row["end"]
        else:
            before.append(row)
    return ships
