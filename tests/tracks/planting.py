"""A random sea with planted behaviours, to measure what the detectors find and what they invent.

    python tests/tracks/planting.py --seed 11 --ships 25

Every ship is sailed minute by minute without error; what it did is written down from that. Then
come what a receiver makes of it: irregular reports, lost ones, outages, noise on place, speed and
course, missing speeds, and messages with wrong bits. Seeds 11 to 16 were used
in about six rounds in which misses were looked at and detectors, plants, or what counts as true
were changed: circles slower and better reported, a course change asked of an escort, borderline
plants counting neither way. Seeds from 17 on, the test's among them, came after. Plants and
detectors have one author, so the simulation is the independent check.
"""

# ruff: noqa: E501

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from searoute import searoute
from shapely.geometry import LineString, Point, Polygon

from masthead.model import Event, Zone
from masthead.tracks.engine import detect
from masthead.tracks.identity import flag_of
from masthead.tracks.positions import SCHEMA, STATIC, in_order

BEGIN = datetime(2025, 9, 1, tzinfo=UTC)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
BEGIN_MS = int(BEGIN.timestamp() * 1000)
NM = 1.0 / 60.0
AREA = [(-40.0, 30.0), (-36.0, 30.0), (-35.0, 32.0), (-37.0, 34.0), (-40.0, 33.0), (-40.0, 30.0)]
LINE = [(-50.0, 24.0), (-50.0, 29.0), (-49.0, 33.0)]
ZONES = [
    Zone(name="area", geometry={"type": "Polygon", "coordinates": [[list(p) for p in AREA]]}),
    Zone(name="line", geometry={"type": "LineString", "coordinates": [list(p) for p in LINE]}),
]


@dataclass
class Truth:
    """Something that happened: what, to which ships, from when to when (minutes since BEGIN)."""

    incident: str
    ships: set[int]
    start: float
    end: float


@dataclass
class Ship:
    """A ship's true track: minute, lat, lon, knots, course."""

    mmsi: int
    minute: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    knots: np.ndarray
    course: np.ndarray


@dataclass
class World:
    """The sea: its ships' received positions and what truly happened."""

    rng: np.random.Generator
    frames: list[pl.DataFrame] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    said: list[dict[str, object]] = field(default_factory=list)
    next_mmsi: int = 201_000_000

    def mmsi(self) -> int:
        """A number that no other ship has, of some country."""
        while True:
            self.next_mmsi += int(self.rng.integers(1_000, 90_000))
            if flag_of(self.next_mmsi) is not None:
                return self.next_mmsi

    def tell(self, incident: str, ships: set[int], start: float, end: float) -> None:
        """Write down what happened."""
        self.truths.append(Truth(incident, ships, float(start), float(end)))

    def far_place(self) -> tuple[float, float]:
        """A place in the open Atlantic, away from islands and the watched area and line."""
        while True:
            lat, lon = self.rng.uniform(22, 44), self.rng.uniform(-62, -34)
            if not (28 < lat < 36 and -42 < lon < -33) and not (-52 < lon < -47 and lat < 35):
                return lat, lon

    def declare(self, ship: Ship, destination: str) -> None:
        """The ship says where it is bound, all the time."""
        first, last = (BEGIN + timedelta(minutes=float(ship.minute[i])) for i in (0, -1))
        said = {"mmsi": ship.mmsi, "first": first, "last": last, "destination": destination}
        self.said.append(said)

    def sail(
        self,
        start: tuple[float, float],
        legs: list[tuple[float, float, float]],
        *,
        at: float = 0.0,
        mmsi: int | None = None,
    ) -> Ship:
        """A ship over legs of (hours, knots, course), speeds and courses changed over minutes."""
        knots = np.concatenate([np.full(round(h * 60), k) for h, k, _ in legs])
        course = np.concatenate([np.full(round(h * 60), c) for h, _, c in legs])
        kernel = np.ones(7) / 7
        knots = np.convolve(np.pad(knots, 3, mode="edge"), kernel, mode="valid")
        turned = np.unwrap(np.radians(course))
        turned = np.convolve(np.pad(turned, 3, mode="edge"), kernel, mode="valid")
        lat = start[0] + np.cumsum(knots / 60 * NM * np.cos(turned))
        lon = start[1] + np.cumsum(knots / 60 * NM * np.sin(turned) / np.cos(np.radians(lat)))
        minute = at + np.arange(knots.size)
        return Ship(mmsi or self.mmsi(), minute, lat, lon, knots, np.degrees(turned) % 360)

    def receive(
        self,
        ship: Ship,
        *,
        silent: list[tuple[float, float]] | None = None,
        most_min: float = 5.0,
    ) -> pl.DataFrame:
        """What is received of a ship, but for the silences (from, to in minutes), its reports at
        most `most_min` minutes apart unless they are lost."""
        rng = self.rng
        self.watch(ship, silent or [])
        every = min(rng.choice([1.0, 2.0, 3.0, 5.0]), most_min)
        at = np.arange(ship.minute[0], ship.minute[-1], every)
        at = np.sort(at + rng.uniform(0, every * 0.9, at.size))
        at = at[at <= ship.minute[-1]]
        kept = rng.random(at.size) > rng.uniform(0.02, 0.25)
        for begin, end in silent or ():
            kept &= (at < begin) | (at > end)
        at = at[kept]
        lat, lon = np.interp(at, ship.minute, ship.lat), np.interp(at, ship.minute, ship.lon)
        shift = rng.normal(0, 8 / 111_000, (2, at.size))
        lat, lon = lat + shift[0], lon + shift[1] / np.cos(np.radians(lat))
        knots = np.clip(
            np.interp(at, ship.minute, ship.knots) + rng.normal(0, 0.15, at.size), 0, None
        )
        course = np.interp(at, ship.minute, np.degrees(np.unwrap(np.radians(ship.course))))
        course = course + rng.normal(0, 1, at.size) * np.where(knots > 2, 1.5, 60)
        missing = rng.random(at.size) < 0.01
        table = pl.DataFrame(
            {
                "mmsi": np.full(at.size, ship.mmsi),
                "t": pl.Series(BEGIN_MS + np.round(at * 60).astype(np.int64) * 1000)
                .cast(pl.Datetime("ms"))
                .dt.replace_time_zone("UTC"),
                "lat": np.round(lat, 5),
                "lon": np.round((lon + 180) % 360 - 180, 5),
                "sog": pl.Series(np.round(knots, 1)).set(pl.Series(missing), None),
                "cog": np.round(course % 360, 1) % 360,
                "heading": pl.Series([None] * at.size, dtype=pl.Float32),
                "status": pl.Series([None] * at.size, dtype=pl.UInt8),
                "source": pl.Series(["planted"] * at.size),
            }
        ).cast(dict(SCHEMA))
        self.frames.append(table)
        return table

    def watch(self, ship: Ship, silent: list[tuple[float, float]]) -> None:
        """Write down the area entries and exits and the line crossings of a true track; those
        in a silence are only possible to see."""
        area, line = Polygon(AREA), LineString(LINE)
        inside = np.array(
            [area.contains(Point(x, y)) for x, y in zip(ship.lon, ship.lat, strict=True)]
        )
        heard = np.array([all(not a - 1 <= m <= b + 1 for a, b in silent) for m in ship.minute])
        for i in np.flatnonzero(np.diff(inside.astype(int))).tolist():
            name = "zone_entry" if inside[i + 1] else "zone_exit"
            self.tell(
                name + "?" * (not heard[i]), {ship.mmsi}, ship.minute[i] - 1, ship.minute[i] + 2
            )
        for i in range(ship.minute.size - 1):
            if -51 < ship.lon[i] < -48 and 23 < ship.lat[i] < 34:
                leg = LineString([(ship.lon[i], ship.lat[i]), (ship.lon[i + 1], ship.lat[i + 1])])
                if leg.crosses(line):
                    name = "line_crossing" + "?" * (not heard[i])
                    self.tell(name, {ship.mmsi}, ship.minute[i] - 1, ship.minute[i] + 2)


def trader(world: World) -> None:
    """A ship on its way, with a waypoint or two; sometimes with a message of wrong bits."""
    rng = world.rng
    course, knots = rng.uniform(0, 360), rng.uniform(8, 20)
    legs = [(rng.uniform(8, 16), knots, course + rng.uniform(-40, 40)) for _ in range(3)]
    start = world.far_place()
    ship = world.sail(start, legs, at=rng.uniform(0, 1500))
    world.receive(ship)


def through_area(world: World) -> None:
    """A ship through the area."""
    rng = world.rng
    course = rng.uniform(0, 360)
    aim = (rng.uniform(30.8, 32.5), rng.uniform(-38.8, -36.5))
    knots = rng.uniform(9, 18)
    hours = 400 / knots
    north, east = np.cos(np.radians(course)), np.sin(np.radians(course))
    start = (aim[0] - hours / 2 * knots * NM * north,
             aim[1] - hours / 2 * knots * NM * east / np.cos(np.radians(aim[0])))  # fmt: skip
    ship = world.sail(start, [(hours, knots, course)], at=rng.uniform(0, 900))
    world.receive(ship)


def over_line(world: World) -> None:
    """A ship across the line."""
    rng = world.rng
    course = rng.choice([90, 270]) + rng.uniform(-30, 30)
    lat = rng.uniform(25.5, 31)
    away = -1 if course < 180 else 1
    ship = world.sail((lat, -49.6 + away * 2.0), [(24, rng.uniform(9, 16), course)])
    world.receive(ship)


def gap(world: World) -> None:
    """A ship that is silent for more than twelve hours."""
    rng = world.rng
    ship = world.sail(world.far_place(), [(40, rng.uniform(8, 16), rng.uniform(0, 360))])
    begin = rng.uniform(300, 700)
    end = begin + rng.uniform(12.6, 24) * 60
    world.receive(ship, silent=[(begin, end)])
    world.tell("gap", {ship.mmsi}, begin, end)


def short_silence(world: World) -> None:
    """A ship that is silent for less than twelve hours: no gap."""
    ship = world.sail(world.far_place(), [(40, world.rng.uniform(8, 16), 45)])
    world.receive(ship, silent=[(600, 600 + world.rng.uniform(4, 11.3) * 60)])


def jump(world: World) -> None:
    """A ship whose positions are elsewhere for a while."""
    rng = world.rng
    ship = world.sail(world.far_place(), [(20, rng.uniform(8, 16), rng.uniform(0, 360))])
    table = world.receive(ship)
    world.frames.pop()
    first = int(rng.integers(40, table.height - 60))
    count = int(rng.integers(4, 30))
    turn = rng.uniform(0, 2 * np.pi)
    row = pl.int_range(pl.len())
    away = row.is_between(first, first + count - 1)
    crawl = (row - first) * 1e-4
    moved = table.with_columns(
        pl.when(away)
        .then(table["lat"][first] + 3 * np.cos(turn) + crawl)
        .otherwise("lat")
        .alias("lat"),
        pl.when(away).then(table["lon"][first] + 3 * np.sin(turn)).otherwise("lon").alias("lon"),
    )
    world.frames.append(moved)
    t = (moved["t"].to_physical().to_numpy() - BEGIN_MS) / 60_000
    world.tell("jump", {ship.mmsi}, t[first - 1], t[first + count])
    world.tell("spoofing?", {ship.mmsi}, t[first - 1], t[first + count])


def wrong_bits(world: World) -> None:
    """A ship with one message that says it is elsewhere."""
    ship = world.sail(world.far_place(), [(14, 12, world.rng.uniform(0, 360))])
    table = world.receive(ship)
    world.frames.pop()
    at = int(world.rng.integers(20, table.height - 20))
    bad = pl.int_range(pl.len()) == at
    world.frames.append(
        table.with_columns(pl.when(bad).then(pl.col("lat") - 8.0).otherwise("lat").alias("lat"))
    )
    t = (table["t"].to_physical().to_numpy() - BEGIN_MS) / 60_000
    world.tell("jump", {ship.mmsi}, t[at - 1], t[at + 1])


def conflict(world: World) -> None:
    """Two ships under one number."""
    rng = world.rng
    one = world.sail(world.far_place(), [(20, rng.uniform(8, 16), rng.uniform(0, 360))])
    lat, lon = world.far_place()
    while np.hypot(lat - one.lat[0], lon - one.lon[0]) < 10:
        lat, lon = world.far_place()
    two = world.sail((lat, lon), [(10, rng.uniform(8, 16), rng.uniform(0, 360))],
                     at=rng.uniform(60, 500), mmsi=one.mmsi)  # fmt: skip
    world.receive(one)
    world.receive(two)
    world.tell("identity_conflict", {one.mmsi}, two.minute[0], two.minute[-1])


def stop(world: World) -> None:
    """A ship that stops at sea for some hours, drifting."""
    rng = world.rng
    hours = rng.uniform(1.3, 3.5)
    course = rng.uniform(0, 360)
    ship = world.sail(
        world.far_place(),
        [(8, 13, course), (hours, rng.uniform(0.1, 0.9), rng.uniform(0, 360)), (8, 13, course)],
    )
    world.receive(ship)
    world.tell("stopped_at_sea", {ship.mmsi}, 480, 480 + hours * 60)


def slow_down(world: World) -> None:
    """A ship that goes slowly for a while, but goes: no stop, no loitering."""
    ship = world.sail(world.far_place(), [(6, 13, 80), (5, 4.5, 100), (6, 13, 80)])
    world.receive(ship)


def loiter(world: World) -> None:
    """A ship that drifts about for half a day; it was under way before, so it stopped too."""
    rng = world.rng
    hours = rng.uniform(5, 14)
    drift = [(hours / 4, rng.uniform(0.3, 1.2), rng.uniform(0, 360)) for _ in range(4)]
    ship = world.sail(world.far_place(), [(5, 12, 200), *drift, (5, 12, 200)])
    world.receive(ship)
    world.tell("loitering", {ship.mmsi}, 300, 300 + hours * 60)
    world.tell("stopped_at_sea", {ship.mmsi}, 300, 300 + hours * 60)


def meeting(world: World) -> None:
    """Two ships side by side for some hours."""
    rng = world.rng
    hours = rng.uniform(2.6, 8)
    place = world.far_place()
    gap_deg = rng.uniform(60, 350) / 111_000
    drift, way = rng.uniform(0.1, 0.8), rng.uniform(0, 360)
    ships = set()
    for side in (-0.5, 0.5):
        course = rng.uniform(0, 360)
        north, east = np.cos(np.radians(course)), np.sin(np.radians(course))
        there = (place[0] + side * gap_deg, place[1])
        start = (there[0] - 5 * 12 * NM * north,
                 there[1] - 5 * 12 * NM * east / np.cos(np.radians(there[0])))  # fmt: skip
        ship = world.sail(start, [(5, 12, course), (hours, drift, way), (5, 12, course)])
        shift = 5 * 60
        ship.lat += there[0] - ship.lat[shift]
        ship.lon += there[1] - ship.lon[shift]
        world.receive(ship)
        ships.add(ship.mmsi)
        world.tell("stopped_at_sea", {ship.mmsi}, 300, 300 + hours * 60)
        if hours > 3.7:
            name = "loitering" if hours > 4.5 else "loitering?"
            world.tell(name, {ship.mmsi}, 300, 300 + hours * 60)
    world.tell("encounter", ships, 300, 300 + hours * 60)
    world.tell("approach?", ships, 240, 300 + hours * 60)


PORTS = [
    (36.14, -5.36),
    (38.70, -9.12),
    (53.54, 8.58),
    (40.68, -74.04),
    (1.27, 103.75),
    (35.45, 139.66),
]


def port(world: World) -> None:
    """A ship that comes in and lies in a port."""
    rng = world.rng
    lat, lon = PORTS[int(rng.integers(len(PORTS)))]
    hours = rng.uniform(3, 15)
    course = rng.uniform(0, 360)
    start = (lat - 5 * 10 * NM * np.cos(np.radians(course)),
             lon - 5 * 10 * NM * np.sin(np.radians(course)) / np.cos(np.radians(lat)))  # fmt: skip
    ship = world.sail(start, [(5, 10, course), (hours, 0.02, 0), (5, 10, course + 180)])
    world.receive(ship)
    world.tell("port_call", {ship.mmsi}, 300, 300 + hours * 60)


def turn_back(world: World) -> None:
    """A ship that heads for the area and turns before it."""
    rng = world.rng
    knots = rng.uniform(9, 16)
    lon = rng.uniform(-39.5, -36.5)
    before_nm = rng.uniform(6, 30)
    hours = rng.uniform(6, 9)
    start = (30.0 - before_nm * NM - hours * knots * NM, lon)
    back = 180 + rng.uniform(-40, 40)
    ship = world.sail(start, [(hours, knots, 0), (8, knots, back)], at=rng.uniform(0, 1000))
    world.receive(ship)
    world.tell("turn_back", {ship.mmsi}, ship.minute[0], ship.minute[-1])


def alongside(world: World, victim: Ship, until: float) -> Ship:
    """A ship that comes from 25 nautical miles off to the victim's side and stays until a minute."""
    side = world.rng.uniform(0, 2 * np.pi)
    near = world.rng.uniform(0.15, 0.4)
    off = np.interp(victim.minute, [0, 270, 365, until], [25, 25, near, 0.4])
    lat = victim.lat + off * NM * np.cos(side)
    lon = victim.lon + off * NM * np.sin(side) / np.cos(np.radians(lat))
    speed_n, speed_e = np.gradient(lat) * 3600, np.gradient(lon) * 3600 * np.cos(np.radians(lat))
    course = np.degrees(np.arctan2(speed_e, speed_n)) % 360
    return Ship(world.mmsi(), victim.minute, lat, lon, np.hypot(speed_n, speed_e), course)


def interdiction(world: World) -> None:
    """A ship is approached, stopped, and escorted away."""
    rng = world.rng
    course = rng.uniform(0, 360)
    hours = rng.uniform(1.5, 4)
    away = course + rng.choice([-1, 1]) * rng.uniform(70, 170)
    victim = world.sail(
        world.far_place(),
        [(6, 12, course), (hours, rng.uniform(0.2, 0.8), rng.uniform(0, 360)), (5, 9, away)],
    )
    warship = alongside(world, victim, 16 * 60)
    world.receive(victim)
    world.receive(warship)
    both = {victim.mmsi, warship.mmsi}
    world.tell("approach", both, 270, 370 + hours * 60)
    world.tell("escorted", both, 360 + hours * 60, 16 * 60)
    for ship in both:
        world.tell("stopped_at_sea", {ship}, 360, 360 + hours * 60)
    world.tell("encounter?", both, 360, 360 + hours * 60)


def silenced(world: World) -> None:
    """A ship is approached and stopped, and then its transponder is off; the other goes on."""
    rng = world.rng
    course, hours = rng.uniform(0, 360), rng.uniform(1.0, 3.0)
    victim = world.sail(
        world.far_place(),
        [(6, 12, course), (hours, rng.uniform(0.2, 0.8), rng.uniform(0, 360)), (14, 10, course)],
    )
    other = alongside(world, victim, 24 * 60)
    dark = 360 + hours * 60 - rng.uniform(0, 20)
    until = dark + rng.uniform(3.6, 11.0) * 60
    back = rng.random() < 0.5
    world.receive(victim, silent=[(dark, until if back else 1e6)])
    world.receive(other)
    both = {victim.mmsi, other.mmsi}
    world.tell("silent_after_stop", both, 360, until if back else victim.minute[-1])
    world.tell("approach", both, 270, 370 + hours * 60)
    for ship in both:
        world.tell("stopped_at_sea?", {ship}, 360, 360 + hours * 60)
    world.tell("encounter?", both, 360, 360 + hours * 60)
    world.tell("gap?", {victim.mmsi}, dark, 1e6)


def parts_in_range(world: World) -> None:
    """Two ships lie together, and part; both go on sending: nobody was silenced."""
    meeting(world)


def renamed(world: World) -> None:
    """A ship that takes another name on its way, or its IMO number another MMSI."""
    rng = world.rng
    ship = world.sail(world.far_place(), [(30, rng.uniform(8, 16), rng.uniform(0, 360))])
    world.receive(ship)
    change = float(rng.uniform(300, 1500))
    imo = _imo(rng)
    first = {"mmsi": ship.mmsi, "name": f"SHIP {ship.mmsi}", "imo": imo}
    second = {**first, "name": f"OTHER {ship.mmsi}"}
    for said, begin, end in ((first, 0.0, change), (second, change + 6, 1800.0)):
        world.said.append({
            **said, "first": BEGIN + timedelta(minutes=begin), "last": BEGIN + timedelta(minutes=end),
        })  # fmt: skip
    world.tell("identity_change", {ship.mmsi}, change - 10, change + 16)


def invalid(world: World) -> None:
    """A ship with an MMSI of no country, or an IMO number with a wrong check digit."""
    rng = world.rng
    imo, mmsi = _imo(rng), None
    if rng.random() < 0.5:
        mmsi = int(rng.integers(100_000_000, 110_000_000))
    else:
        imo += 1 if imo % 10 < 9 else -1
    ship = world.sail(world.far_place(), [(10, rng.uniform(8, 16), rng.uniform(0, 360))], mmsi=mmsi)
    world.receive(ship)
    world.said.append({"mmsi": ship.mmsi, "name": "X", "imo": imo,
                       "first": BEGIN, "last": BEGIN + timedelta(hours=10)})  # fmt: skip
    world.tell("invalid_identity", {ship.mmsi}, 0, 600)


def _imo(rng: np.random.Generator) -> int:
    """A number whose check digit holds."""
    six = int(rng.integers(800_000, 999_999))
    return six * 10 + sum(int(d) * w for d, w in zip(str(six), range(7, 1, -1), strict=True)) % 10


def chase(world: World) -> None:
    """A ship is chased through several turns."""
    rng = world.rng
    course = rng.uniform(0, 360)
    turns = np.cumsum(rng.choice([-1, 1], 4) * rng.uniform(35, 80, 4))
    legs = [(5, 12, course), *((0.5, 13, course + turn) for turn in turns)]
    victim = world.sail(world.far_place(), legs)
    side = rng.uniform(0, 2 * np.pi)
    off = np.interp(victim.minute, [0, 150, 300, 1000], [22, 22, 0.4, 0.4])
    lat = victim.lat + off * NM * np.cos(side)
    lon = victim.lon + off * NM * np.sin(side) / np.cos(np.radians(lat))
    speed_n, speed_e = np.gradient(lat) * 3600, np.gradient(lon) * 3600 * np.cos(np.radians(lat))
    hunter = Ship(world.mmsi(), victim.minute, lat, lon, np.hypot(speed_n, speed_e),
                  np.degrees(np.arctan2(speed_e, speed_n)) % 360)  # fmt: skip
    world.receive(victim)
    world.receive(hunter)
    closing = float(np.median(hunter.knots[260:300] - victim.knots[260:300]))
    if closing >= 2.5:
        world.tell("pursuit", {victim.mmsi, hunter.mmsi}, 200, victim.minute[-1])
    else:
        world.tell("pursuit?", {victim.mmsi, hunter.mmsi}, 200, victim.minute[-1])


def overtaking(world: World) -> None:
    """Two ships on one lane, one faster, that turn at the same waypoint: neither chase nor stop."""
    rng = world.rng
    place, course = world.far_place(), rng.uniform(0, 360)
    slow = world.sail(place, [(10, 11, course), (6, 11, course + 25)])
    behind = (place[0] - 20 * NM * np.cos(np.radians(course)) + 0.008,
              place[1] - 20 * NM * np.sin(np.radians(course)) / np.cos(np.radians(place[0])))  # fmt: skip
    fast = world.sail(behind, [(10, 14, course), (6, 14, course + 25)])
    world.receive(slow)
    world.receive(fast)


def circles(world: World) -> None:
    """A ship whose positions go round in circles."""
    rng = world.rng
    place = world.far_place()
    lead = world.sail(place, [(6, 12, 90)])
    minute = 360.0 + np.arange(0, 150)
    period = rng.uniform(20, 50)
    turn = 2 * np.pi * (minute - 360) / period
    radius = rng.uniform(0.5, 30 * period / 60 / (2 * np.pi)) * NM  # up to 30 knots
    lat = lead.lat[-1] + radius * np.sin(turn)
    lon = lead.lon[-1] + radius * (1 - np.cos(turn)) / np.cos(np.radians(lat))
    knots = np.full(minute.size, radius / NM * 2 * np.pi / (period / 60))
    round_ = Ship(lead.mmsi, np.concatenate([lead.minute, minute]), np.concatenate([lead.lat, lat]),
                  np.concatenate([lead.lon, lon]), np.concatenate([lead.knots, knots]),
                  np.concatenate([lead.course, np.degrees(turn) % 360]))  # fmt: skip
    world.receive(round_, most_min=period / 10)  # fewer a circle show no circle
    world.tell("spoofing", {lead.mmsi}, 360, minute[-1])


def beside(world: World) -> None:
    """A ship whose positions are for a while beside its own track."""
    rng = world.rng
    ship = world.sail(world.far_place(), [(20, 14, rng.uniform(0, 360))])
    table = world.receive(ship)
    world.frames.pop()
    first = int(rng.integers(30, table.height // 2))
    count = int(rng.integers(12, 40))
    away = pl.int_range(pl.len()).is_between(first, first + count - 1)
    world.frames.append(table.with_columns(
        pl.when(away).then(pl.col("lat") + 0.25).otherwise("lat").alias("lat"),
        pl.when(away).then(pl.col("lon") + 0.25).otherwise("lon").alias("lon"),
    ))  # fmt: skip
    t = (table["t"].to_physical().to_numpy() - BEGIN_MS) / 60_000
    world.tell("spoofing", {ship.mmsi}, t[first - 1], t[first + count])
    world.tell("jump", {ship.mmsi}, t[first - 1], t[first + count])


ROUTES = [
    ((-74.0, 40.5), (-5.36, 36.1), "ESALG"),
    ((-5.6, 36.0), (-74.04, 40.6), "USHOU>USNYC"),
    ((-79.8, 9.4), (4.1, 51.95), "ROTTERDAM"),
    ((18.4, -33.9), (-46.3, -24.0), "BR SSZ"),
]


def _on_route(world: World, hours: float) -> tuple[Ship, str]:
    """A ship for some hours on the sea route between two ports, miles beside it."""
    rng = world.rng
    begin, end, bound = ROUTES[int(rng.integers(len(ROUTES)))]
    path = np.array(searoute(list(begin), list(end))["geometry"]["coordinates"])
    far = np.hypot(np.diff(path[:, 1]),
                   np.diff(path[:, 0]) * np.cos(np.radians(path[1:, 1]))) * 60  # fmt: skip
    along = np.concatenate([[0.0], np.cumsum(far)])
    knots = rng.uniform(10, 18)
    start = rng.uniform(100, along[-1] - 300 - hours * knots)
    minute = np.arange(round(hours * 60))
    at = start + minute / 60 * knots
    beside = rng.normal(0, 6, 2) * NM
    lat = np.interp(at, along, path[:, 1]) + beside[0]
    lon = np.interp(at, along, path[:, 0]) + beside[1]
    north, east = np.gradient(lat), np.gradient(lon) * np.cos(np.radians(lat))
    course = np.degrees(np.arctan2(east, north)) % 360
    return Ship(world.mmsi(), minute, lat, lon, np.full(minute.size, knots), course), bound


def keeps_lane(world: World) -> None:
    """A ship on the lane to the port that it declares."""
    ship, bound = _on_route(world, world.rng.uniform(30, 60))
    world.receive(ship)
    world.declare(ship, bound)


def leaves_lane(world: World) -> None:
    """A ship on the lane to the port that it declares, which turns away from it."""
    rng = world.rng
    ship, bound = _on_route(world, rng.uniform(14, 30))
    turn = rng.choice([-1, 1]) * rng.uniform(100, 180)
    away = world.sail((ship.lat[-1], ship.lon[-1]), [(16, ship.knots[-1], ship.course[-1] + turn)],
                      at=float(ship.minute[-1]) + 1, mmsi=ship.mmsi)  # fmt: skip
    parts = [
        (getattr(ship, n), getattr(away, n)) for n in ("minute", "lat", "lon", "knots", "course")
    ]
    whole = Ship(ship.mmsi, *(np.concatenate(pair) for pair in parts))
    world.receive(whole)
    world.declare(whole, bound)
    world.tell("diversion", {ship.mmsi}, ship.minute[-1] - 30, whole.minute[-1])


PLANTS: tuple[Callable[[World], None], ...] = (
    trader, trader, trader, trader, through_area, over_line, gap, short_silence, jump, wrong_bits,
    conflict, stop, slow_down, loiter, meeting, port, turn_back, interdiction, chase, overtaking,
    circles, beside, keeps_lane, keeps_lane, leaves_lane, silenced, parts_in_range, renamed, invalid,
)  # fmt: skip


def plant(seed: int, ships: int) -> tuple[pl.DataFrame, list[Truth], pl.DataFrame]:
    """The positions received of `ships` of every kind, what truly happened, and what the ships said
    of themselves."""
    world = World(np.random.default_rng(seed))
    for make in PLANTS:
        for _ in range(ships):
            make(world)
    said = pl.DataFrame(world.said, schema=dict(STATIC))
    table = in_order(pl.concat(world.frames))
    # a planted track ends where its story does: whoever was heard last is missing from then on
    ends = table.group_by("mmsi").agg(pl.col("t").max().dt.epoch("ms"))
    world.truths += [
        Truth("gap?", {mmsi}, (last - BEGIN_MS) / 60_000 - 1, 1e6) for mmsi, last in ends.rows()
    ]
    return table, world.truths, said


@dataclass
class Score:
    """Of one detector: planted, found of those, reported, and true of those."""

    planted: int = 0
    found: int = 0
    reported: int = 0
    true: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return self.true / self.reported if self.reported else 1.0


def score(events: list[Event], truths: list[Truth]) -> dict[str, Score]:
    """Recall and precision per detector. An event is true if something planted of its kind, of one
    of its ships (both, for two), overlaps it in time; a truth marked `?` is possible and counts
    neither as planted nor against."""
    scores: dict[str, Score] = defaultdict(Score)
    hit: set[int] = set()
    for event in events:
        assert event.incident is not None
        ships = {v.mmsi for v in event.objects}
        assert event.time is not None
        assert event.time.earliest is not None
        latest = event.time.latest or FOREVER  # an open gap has no end yet
        matches = [
            n
            for n, truth in enumerate(truths)
            if truth.incident.rstrip("?") == event.incident
            and truth.ships == ships
            and event.time.earliest <= BEGIN + timedelta(minutes=truth.end)
            and latest >= BEGIN + timedelta(minutes=truth.start)
        ]
        if any(truths[n].incident.endswith("?") for n in matches):
            continue
        scores[event.incident].reported += 1
        scores[event.incident].true += bool(matches)
        hit.update(matches)
    for n, truth in enumerate(truths):
        if not truth.incident.endswith("?"):
            scores[truth.incident].planted += 1
            scores[truth.incident].found += n in hit
    return dict(scores)


def main() -> None:
    """Plant, detect, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--ships", type=int, default=25, help="of every kind")
    parser.add_argument("--misses", action="store_true", help="list what was missed and invented")
    options = parser.parse_args()
    table, truths, said = plant(options.seed, options.ships)
    events = detect(table, zones=ZONES, identities=said)
    print(f"{table.height:,} positions of {table['mmsi'].n_unique()} ships, seed {options.seed}")
    print(
        f"{'detector':20}{'planted':>8}{'found':>7}{'recall':>8}{'reported':>10}{'precision':>10}"
    )
    for name, s in sorted(score(events, truths).items()):
        print(f"{name:20}{s.planted:8}{s.found:7}{s.recall:8.3f}{s.reported:10}{s.precision:10.3f}")
    if options.misses:
        for truth in truths:
            alone = score(events, [truth])
            if not truth.incident.endswith("?") and not alone[truth.incident].found:
                print("missed", truth)
        for event in events:
            one = score([event], truths).get(event.incident)
            if one is not None and one.reported > one.true:
                print("invented", event.incident, [v.mmsi for v in event.objects], event.why,
                      event.time.earliest, event.time.latest)  # fmt: skip


if __name__ == "__main__":
    main()
