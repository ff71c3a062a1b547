"""Plays a scenario: minute by minute, a day of states at a time.

All chance comes from the scenario and the seed; how the minutes are cut into stretches changes
nothing (`Play.days` gives the same rows for every `chunk_min`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from masthead.sim.captains import Captains
from masthead.sim.chart import Floats
from masthead.sim.deceit import GHOSTS
from masthead.sim.motion import LINE, ZONE, Record, inside, new_record, new_sea, step
from masthead.sim.patrols import OUT_SHARE, Patrols
from masthead.sim.scenario import Scenario, minute_of
from masthead.sim.ships import Registry, classes
from masthead.sim.stage import Entry, Stage
from masthead.sim.traffic import Demand
from masthead.sim.truth import Happening, Passage, Ship, chance
from masthead.sim.world import chart

DAY_MIN = 1440
STEP_S = 60
STATES: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(), "t": pl.Datetime("ms", "UTC"), "lat": pl.Float64(), "lon": pl.Float64(),
    "sog": pl.Float32(), "cog": pl.Float32(), "heading": pl.Float32(), "rot": pl.Float32(),
    "status": pl.UInt8(), "class": pl.UInt8(), "on": pl.Boolean(),
    "said_lat": pl.Float64(), "said_lon": pl.Float64(),
    "said_sog": pl.Float32(), "said_cog": pl.Float32(),
}  # fmt: skip
"""One row a ship and minute: the truth, whether it transmits, and the position it sends where that
is false (null else). `class` is that of the transponder, 0 = A, 1 = B. `mmsi` is the ship's own
one; `Play.identities` tells when it sends another."""


@dataclass(frozen=True)
class Identity:
    """A ship (by its own MMSI) uses an identity from a minute on, until its next."""

    mmsi: int
    since: int
    ship: Ship


class Play:
    """One play of a scenario."""

    def __init__(self, scenario: Scenario, seed: int | None = None) -> None:
        about = scenario.scenario
        self.seed = about.seed if seed is None else seed
        self.scenario = scenario.model_copy(
            update={"scenario": about.model_copy(update={"seed": self.seed})}
        )
        world = chart(about.region)
        registry = Registry(self.scenario, self.seed)
        cast = _cast(self.scenario, registry)
        self.ships: tuple[Ship, ...] = tuple(ship for ship, _, _ in cast)
        sea = new_sea(len(cast) + GHOSTS)
        dice = chance(self.seed, "play")
        sea.sway[:] = dice.uniform(0.0, 2.0 * np.pi, sea.sway.size)
        self.stage = Stage(
            self.scenario, world, sea, list(self.ships), dice, agenda=[[] for _ in sea.lat]
        )
        self.demand = Demand(self.scenario, world)
        self.captains = Captains(self.stage, self.demand, [fleet for _, fleet, _ in cast])
        self.captains.intentions.deceit.registry = registry
        self.patrols = Patrols(self.stage, self.demand, self.captains)
        slots: dict[int, int] = {}
        for i, (_, _, group) in enumerate(cast):
            if group >= 0:
                slot = slots.get(group, 0)
                slots[group] = slot + 1
                size = self.scenario.patrols[group].count
                air = self.scenario.patrols[group].type == "aircraft"
                self.patrols.add(i, group, slot, size if air else int(np.ceil(size * OUT_SHARE)))
        self._blockade: Entry | None = None
        self.minutes = about.days * DAY_MIN
        blockade = self.scenario.blockade
        self.declared = minute_of(self.scenario, blockade.declared) if blockade else self.minutes
        self.ring: Floats = np.array(blockade.zone if blockade else np.zeros((0, 2)))
        line = blockade.line if blockade else None
        self.line: Floats = np.array(line) if line else np.zeros((0, 2))
        for i in self.captains.voyages:
            sea.watched[i] = True
        self.captains.start()
        self.patrols.start(self.declared)
        self._settle_zone()

    def days(self, chunk_min: int = DAY_MIN, *, keep: bool = True) -> Iterator[pl.DataFrame]:
        """The states (`STATES`), a stretch of `chunk_min` minutes at a time, sorted by (mmsi, t);
        with `keep` off the frames are empty, for plays of which only the log is wanted."""
        size = len(self.ships)
        record = new_record(size, chunk_min) if keep else new_record(0, 1)
        while self.stage.minute < self.minutes:
            first = self.stage.minute
            count = min(chunk_min, self.minutes - first)
            for column in range(count):
                self._minute(record, column, keep)
            yield self._frame(record, first, count) if keep else pl.DataFrame(schema=STATES)

    def day(self, number: int) -> date:
        """The UTC day of a day's number, for scenarios that begin at midnight."""
        return (self.scenario.scenario.start + timedelta(days=number)).date()

    def happenings(self) -> list[Happening]:
        """What has happened so far."""
        return self.stage.happenings()

    def passages(self) -> list[Passage]:
        """The passages of the zone by ships that the blockade is meant for, so far."""
        return [
            Passage(
                self.ships[run.ship].mmsi,
                self.stage.at(run.start),
                None if run.end is None else self.stage.at(run.end),
                run.inward,
                run.stopped,
            )
            for run in self.captains.runs
        ]

    def identities(self) -> list[Identity]:
        """Identities used beside the ships' own ones, with when each began."""
        return [
            Identity(self.ships[i].mmsi, since, ship)
            for i, since, ship in self.stage.others
            if since >= 0
        ]

    def _minute(self, record: Record, column: int, keep: bool) -> None:
        stage = self.stage
        self._politics()
        self.captains.transfers.tick()
        wanting = step(stage.sea, stage.minute, self.ring, self.line, record, column, keep)
        stage.minute += 1
        self.patrols.tick()
        if wanting:
            for i in np.flatnonzero(stage.sea.due).tolist():
                why = int(stage.sea.due[i])
                if i >= len(self.ships):
                    continue
                self._boundaries(i, why)
                if i in self.patrols.units:
                    self.patrols.attend(i, why)
                else:
                    self.captains.attend(i, why)

    def _politics(self) -> None:
        """The declaration, and the end of the blockade."""
        stage, blockade = self.stage, self.scenario.blockade
        if blockade is None:
            return
        if stage.minute == self.declared:
            self.patrols.active = True
            self.captains.intentions.declared()
            for i in np.flatnonzero(stage.sea.in_zone).tolist():
                self.captains.run_begins(i)
            self._blockade = stage.note(
                "blockade", [], lasting=True, actor=blockade.by, against=blockade.against,
                zone=blockade.zone_name, exempt=list(blockade.exempt),
            )  # fmt: skip
        if not self.patrols.active:
            return
        enough = blockade.lifted_after_seizures
        over = blockade.until is not None and stage.at(stage.minute) >= blockade.until
        if over or (enough is not None and self.patrols.boarding.seized >= enough):
            self.captains.lifted = True
            self.patrols.recall()
            stage.close(self._blockade)
            stage.note("blockade_lifted", [], actor=blockade.by, against=blockade.against)

    def _boundaries(self, i: int, why: int) -> None:
        stage, blockade = self.stage, self.scenario.blockade
        if blockade is None or not self.patrols.active:
            return
        if why & ZONE:
            name = "zone_entry" if stage.sea.in_zone[i] else "zone_exit"
            stage.note(name, [i], zone=blockade.zone_name)
            if stage.sea.in_zone[i]:
                self.captains.run_begins(i)
            elif i not in self.patrols.boarding.chased():
                self.captains.run_ends(i)
        if why & LINE:
            heading = "left" if stage.sea.line_side[i] > 0 else "right"
            stage.note("line_crossing", [i], line=blockade.line_name, to_the=heading)

    def _settle_zone(self) -> None:
        sea = self.stage.sea
        if self.ring.size:
            for i in range(len(self.ships)):
                sea.in_zone[i] = inside(self.ring, sea.lat[i], sea.lon[i])

    def _frame(self, record: Record, first: int, count: int) -> pl.DataFrame:
        here = record.here[:, :count]
        ship, minute = np.nonzero(here)
        start = np.datetime64(self.scenario.scenario.start.replace(tzinfo=None), "ms")
        t = start + (first + minute).astype("timedelta64[m]").astype("timedelta64[ms]")
        kind = np.array([classes()[s.type].ais_class == "B" for s in self.ships], np.uint8)
        columns: dict[str, object] = {
            "mmsi": np.array([s.mmsi for s in self.ships], np.uint32)[ship],
            "t": t,
            "class": kind[ship],
        }
        for name in STATES:
            if name not in columns:
                columns[name] = getattr(record, name)[:, :count][here]
        said = [pl.col(n).fill_nan(None) for n in ("said_lat", "said_lon", "said_sog", "said_cog")]
        return (
            pl.DataFrame(columns)
            .with_columns(pl.col("t").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"), *said)
            .select(pl.col(name).cast(kind_) for name, kind_ in STATES.items())
        )


def _cast(scenario: Scenario, registry: Registry) -> list[tuple[Ship, int, int]]:
    """All ships in the order of MMSI, each with its fleet or its patrol group (else -1)."""
    cast: list[tuple[Ship, int, int]] = []
    for k, fleet in enumerate(scenario.fleets):
        flags = dict(fleet.flags) or None
        cast += [(registry.ship(fleet.type, flags=flags), k, -1) for _ in range(fleet.count)]
    for k, group in enumerate(scenario.patrols):
        country = scenario.side(group.side).country
        for _ in range(group.count):
            ship = registry.ship(
                group.type, flags={country: 1.0}, side=group.side, speed_kn=group.patrol_kn
            )
            cast.append((ship, -1, k))
    return sorted(cast, key=lambda member: member[0].mmsi)
