"""What of the simulated traffic is received: settings, and the receiver that goes day by day.

    receiver = Receiver(settings_of(scenario), ships, start, seed)
    for day in play.days():
        positions = receiver.receive(day)

Ships are heard where they are and believed where they say they are: false positions change what is
reported, never what is heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import numpy as np
import polars as pl
from pydantic import Field, ValidationError

from masthead.errors import CaseError
from masthead.sim.hearing import SATELLITE, SHORE, Air, Sent, listen, room
from masthead.sim.radio import satellite_points
from masthead.sim.reporting import MINUTE_MS, report_rates
from masthead.sim.scenario import Lat, Lon, Scenario, Share, Table
from masthead.sim.truth import Ship, chance

RECEIVED: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(), "t": pl.Datetime("ms", "UTC"), "lat": pl.Float64(), "lon": pl.Float64(),
    "sog": pl.Float32(), "cog": pl.Float32(), "heading": pl.Float32(), "status": pl.UInt8(),
    "source": pl.Categorical(), "rot": pl.Float32(), "class": pl.UInt8(), "station": pl.Int16(),
}  # fmt: skip
"""Positions as received. The first nine are the columns of a lake; then the rate of turn (degrees
a minute), the class of the transponder (0 = A, 1 = B), and the shore station (-1: satellite)."""
SOURCES = {SHORE: "shore", SATELLITE: "satellite"}
PORT_ANTENNA_M = 150.0
"""Shore stations stand on hills behind the harbour: 37 nautical miles to a 20 m antenna."""
AIRCRAFT_M = 1500.0
OTHER_REPORTS_MIN = 6.0
"""Reports a minute of an average ship elsewhere in a satellite's footprint."""


class Station(Table):
    """`[[reception.stations]]`: a shore station; `antenna_m` above the sea."""

    name: str
    lat: Lat
    lon: Lon
    antenna_m: Annotated[float, Field(gt=0, le=5000)] = PORT_ANTENNA_M


class Reception(Table):
    """`[reception]`: who listens, and how well.

    `stations`: shore stations (not given: one at every port). `satellites` on circular orbits of
    `altitude_km` and `inclination_deg`; `other_ships` send in a footprint beside the simulated
    ones. `thin_s`: after a position of a ship none is kept for so many seconds, as providers do
    (0: all are). `shore_share`: of the reports in range that the stations receive (near what real
    data shows). `clock_sd_s`: standard deviation of the stations' clocks; `bad_clocks`: the share
    of stations that are off by up to `bad_clock_s`. `duplicates`: share of reports received twice
    (where not thinned), two seconds apart. `corrupted`: share of NMEA sentences with a wrong
    character. `garbled`: share of reports whose latitude has an undetected bit error. `noise_m`:
    standard deviation of a position."""

    stations: tuple[Station, ...] | None = None
    satellites: Annotated[int, Field(ge=0, le=200)] = 8
    altitude_km: Annotated[float, Field(ge=200, le=2000)] = 550.0
    inclination_deg: Annotated[float, Field(ge=0, le=180)] = 97.5
    other_ships: Annotated[int, Field(ge=0)] = 3000
    margin: Share = 0.85
    thin_s: Annotated[int, Field(ge=0, le=86_400)] = 60
    shore_share: Share = 0.86
    clock_sd_s: Annotated[float, Field(ge=0)] = 0.4
    bad_clocks: Share = 0.05
    bad_clock_s: Annotated[float, Field(ge=0)] = 45.0
    duplicates: Share = 0.01
    corrupted: Share = 0.0005
    garbled: Share = 0.0
    noise_m: Annotated[float, Field(ge=0)] = 5.0


def settings_of(scenario: Scenario) -> Reception:
    """The settings of a scenario's `[reception]`. Raises `CaseError` where they do not hold."""
    try:
        found = Reception.model_validate(scenario.reception)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(["reception", *map(str, first["loc"])])
        raise CaseError(scenario.scenario.title, f"'{name}': {first['msg']}") from error
    if found.stations is None:
        ports = tuple(Station(name=p.name, lat=p.lat, lon=p.lon) for p in scenario.ports)
        found = found.model_copy(update={"stations": ports})
    return found


def antenna_m(ship: Ship, class_b: bool = False) -> float:
    """The height of a ship's AIS antenna: it grows with the ship; fishing boats' are low."""
    if ship.type == "aircraft":
        return AIRCRAFT_M
    return 5.0 if class_b or ship.type == "fishing" else 8.0 + 0.09 * ship.length_m


class Receiver:
    """Receives a play, stretch by stretch. It keeps, between stretches, each ship's next instant
    and its last state: what is sent after the last minute of a stretch comes with the next one."""

    def __init__(
        self, settings: Reception, ships: Sequence[Ship], start: datetime, seed: int
    ) -> None:
        self.settings, self.start_ms = settings, round(start.timestamp() * 1000)
        ordered = sorted(ships, key=lambda s: s.mmsi)
        self.mmsi = np.array([s.mmsi for s in ordered], np.int64)
        self.seed = int(chance(seed, "reception").integers(1 << 62))
        self._heights = np.array([antenna_m(s) for s in ordered])
        stations = settings.stations or ()
        self._stations = np.array([(s.lat, s.lon, s.antenna_m) for s in stations]).reshape(-1, 3)
        self._clocks = self._draw_clocks(len(stations), chance(seed, "clocks"))
        self._due = np.full(len(ordered), -np.inf)
        self._kept = np.full(len(ordered), -np.inf)
        self._last: pl.DataFrame | None = None

    def receive(self, states: pl.DataFrame) -> pl.DataFrame:
        """The positions (`RECEIVED`) heard of a stretch of states, under the ships' own MMSIs,
        sorted by (mmsi, t)."""
        if self._last is not None:
            states = pl.concat([self._last, states]).sort("mmsi", "t")
        if not states.height:
            return pl.DataFrame(schema=RECEIVED)
        latest = states["t"].max()
        self._last = states.filter(pl.col("t") == latest)
        sent, air = self._prepare(states)
        nobody = room(0)
        count = listen(sent, air, self._due.copy(), self._kept.copy(), nobody, False)
        out = room(count)
        listen(sent, air, self._due, self._kept, out, True)
        source = np.array([SOURCES[k] for k in sorted(SOURCES)])[out.source]
        frame = pl.DataFrame(
            {
                "mmsi": self.mmsi[out.ship], "t": out.t, "lat": out.lat, "lon": out.lon,
                "sog": out.sog, "cog": out.cog, "heading": out.heading, "status": out.status,
                "source": source, "rot": out.rot, "class": out.kind, "station": out.station,
            }
        )  # fmt: skip
        frame = frame.with_columns(
            pl.col("t").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"),
            pl.col("heading").fill_nan(None),
            pl.when(pl.col("status") < 15).then(pl.col("status")).alias("status"),
        )
        return frame.select(pl.col(name).cast(kind) for name, kind in RECEIVED.items()).sort(
            "mmsi", "t", maintain_order=True
        )

    def _prepare(self, states: pl.DataFrame) -> tuple[Sent, Air]:
        s = self.settings
        t = states["t"].to_physical().to_numpy()
        first = int(t.min())
        minute = (t - first) // MINUTE_MS
        minutes = int(minute.max()) + 1
        said = states.select(
            pl.coalesce("said_lat", "lat"), pl.coalesce("said_lon", "lon"),
            pl.coalesce("said_sog", "sog"), pl.coalesce("said_cog", "cog"),
            pl.coalesce("said_cog", "heading").alias("said_heading"),
        )  # fmt: skip
        value: dict[str, Any] = {c: states[c].to_numpy() for c in states.columns if c != "t"}
        ship = np.searchsorted(self.mmsi, value["mmsi"].astype(np.int64))
        sent = Sent(
            ship, minute, t, said["said_lat"].to_numpy(), said["said_lon"].to_numpy(),
            said["said_sog"].to_numpy(), said["said_cog"].to_numpy(),
            said["said_heading"].to_numpy(), value["rot"], value["status"], value["class"],
            value["on"],
        )  # fmt: skip
        rate = np.full(minutes, s.other_ships * OTHER_REPORTS_MIN)
        report_rates(minute, sent.kind, sent.on, sent.status, value["sog"], sent.rot, rate)
        clock_min = (first - self.start_ms) / MINUTE_MS + np.arange(minutes, dtype=np.float64)
        orbit = satellite_points(
            s.satellites, s.altitude_km, s.inclination_deg, clock_min, self.seed
        )
        air = Air(
            self.seed, first, value["lat"], value["lon"], self.mmsi, self._heights, self._stations,
            self._clocks, orbit, rate, s.altitude_km, s.margin, s.shore_share, s.thin_s * 1000,
            s.duplicates, s.garbled, s.noise_m,
        )  # fmt: skip
        return sent, air

    def _draw_clocks(self, count: int, dice: np.random.Generator) -> Any:
        """The error of each station's clock, in milliseconds."""
        s = self.settings
        usual = dice.normal(0.0, s.clock_sd_s, count)
        bad = dice.random(count) < s.bad_clocks
        return 1000.0 * np.where(bad, dice.uniform(-s.bad_clock_s, s.bad_clock_s, count), usual)
