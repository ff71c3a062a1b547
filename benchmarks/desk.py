"""A desk's year in one run: 100,000 events of reports merged, the incidents that come out of them
checked against tracks, and all their ships screened against 100,000 list entries.

    python benchmarks/desk.py [--events 100000] [--entries 100000] [--more 1000] [--save]

The reports are those of `merging.py`. Each ship that they name is in a lake, with positions every
half hour on the days around each incident told of it: half of the ships where the report puts them,
stopped for three hours, half of them under way elsewhere; every detector but those of pairs has
looked at them beforehand (its time is `detect_speed.py`'s). A third of the list are the reports'
own ships. Printed: the seconds of each step, in one process, of `--more` events that come after,
and what came out.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from masthead.checks.checking import verdicts_on
from masthead.checks.screening import Subject, screen_subjects
from masthead.checks.screening.entries import ListEntry
from masthead.checks.screening.lists import WatchedList
from masthead.checks.sightings import Sightings
from masthead.ledger.merge import Merger
from masthead.model import Event
from masthead.tracks.engine import detect
from masthead.tracks.lake import Lake
from masthead.tracks.load import import_files
from masthead.tracks.positions import STATIC
from merging import invented
from screening import coin, perturb

STEP_H = 0.5
AROUND_H = 36.0
DETECTORS = ["gap", "stopped_at_sea", "loitering", "turn_back"]


def lake_of(events: list[Event], folder: Path) -> Lake:
    """A lake in which each ship that an event names was heard around the day told of it."""
    dice = np.random.default_rng(5)
    ships: dict[str, int] = {}
    told: dict[tuple[int, int], tuple[float, float] | None] = {}
    for event in events:
        name = event.objects[0].name
        if name is None or event.time is None or event.time.earliest is None:
            continue
        mmsi = ships.setdefault(name, 300_000_000 + 1000 * len(ships))
        key = mmsi, int(event.time.earliest.timestamp() // 3600)
        where = event.place
        there = (where.lat, where.lon) if where and where.lat and where.lon else None
        told[key] = told.get(key) or there
    hours = np.arange(-AROUND_H, AROUND_H, STEP_H) + 12.0
    parts: dict[str, list[Any]] = {"mmsi": [], "t": [], "lat": [], "lon": [], "sog": []}
    for (mmsi, day), there in told.items():
        lat, lon = there or (float(dice.uniform(-30, 60)), float(dice.uniform(-180, 180)))
        was_there = mmsi // 1000 % 2 == 0
        if not was_there:
            lat, lon = -lat, lon + 20.0
        stopped = (np.abs(hours - 12.0) < 1.5) & was_there
        knots = np.where(stopped, 0.2, 12.0)
        way = np.cumsum(knots * STEP_H) / 60.0
        parts["mmsi"].append(np.full(hours.size, mmsi, np.uint32))
        parts["t"].append(((day + hours) * 3_600_000).astype(np.int64))
        parts["lat"].append(lat + way - way[hours.size // 2])
        parts["lon"].append(np.full(hours.size, (lon + 180.0) % 360.0 - 180.0))
        parts["sog"].append(knots)
    t = pl.Series(np.concatenate(parts["t"])).cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    table = pl.DataFrame({n: np.concatenate(parts[n]) for n in ("mmsi", "lat", "lon", "sog")})
    table = table.with_columns(t.alias("t"), cog=pl.lit(0.0))
    table.write_parquet(folder / "heard.parquet")
    import_files([folder / "heard.parquet"], folder / "lake")
    said = pl.DataFrame({"mmsi": list(ships.values()), "name": list(ships)})
    said = said.with_columns(first=pl.lit(t.min()), last=pl.lit(t.max()))
    blank = pl.DataFrame(schema=STATIC)
    pl.concat(
        [blank, said.cast({n: STATIC[n] for n in said.columns})], how="diagonal"
    ).write_parquet(folder / "lake" / "identities.parquet")
    return Lake(folder / "lake")


def list_of(names: list[str], entries: int) -> WatchedList:
    """A list of so many ships, a third of them these, spelt as somebody else would."""
    dice = random.Random(8)
    own = [perturb(name, dice) for name in dice.sample(names, min(len(names), entries // 3))]
    other = [coin(dice) for _ in range(entries - len(own))]
    listed = tuple(
        ListEntry(id=str(n), kind="ship", names=((name, "name"),))
        for n, name in enumerate(own + other)
    )
    now = datetime.now(UTC)
    return WatchedList("made up", "own", (), now.date(), "0" * 64, now, listed, ())


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--more", type=int, default=1000)
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    events, documents = invented(options.events + options.more, 1)
    names = sorted({e.objects[0].name for e in events if e.objects[0].name})
    watched = list_of(names, options.entries)
    with tempfile.TemporaryDirectory() as folder:
        lake = lake_of(events, Path(folder))
        signs = detect(lake, only=DETECTORS)
        positions = lake.scan().select(pl.len()).collect().item()
        print(f"{positions:,} positions of {len(names):,} ships, {len(signs):,} track events")
        took: dict[str, float] = {}
        clock = time.monotonic()

        def step(name: str) -> None:
            nonlocal clock
            took[name] = round(time.monotonic() - clock, 1)
            clock = time.monotonic()

        merger = Merger(documents)
        merger.add(events[: options.events])
        incidents = merger.incidents()
        step("merge")
        sightings = Sightings(lake, signs)
        verdicts = verdicts_on(incidents, sightings)
        step("check")
        hits = screen_subjects([Subject("ship", name) for name in names], [watched])
        step("screen")
        whole = round(sum(took.values()), 1)
        merger.add(events[options.events :])
        after = merger.incidents()
        before = {incident.id: incident for incident in incidents}
        changed = [i for i in after if before.get(i.id) != i]
        verdicts |= verdicts_on(changed, sightings)
        step("more")
    found = Counter(str(v.finding) for v in verdicts.values())
    for name, seconds in took.items():
        print(f"{name:10}{seconds:8.1f} s")
    print(f"{options.events:,} events and {len(watched.entries):,} entries in {whole} s: "
          f"{len(incidents):,} incidents, {dict(found)}, {len(hits):,} hits; "
          f"{options.more:,} events more changed {len(changed):,} incidents")  # fmt: skip
    if options.save:
        figures = {"events": options.events, "entries": options.entries, "seconds": took,
                   "whole": whole, "incidents": len(incidents), "findings": found,
                   "hits": len(hits), "positions": positions}  # fmt: skip
        Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
