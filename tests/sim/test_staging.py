"""A simulation is written as a case that can be run, beside its truth."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from masthead.case import load_case
from masthead.errors import SourceError
from masthead.sim.scenario import load_scenario, source_of
from masthead.sim.staging import simulate
from masthead.tracks.lake import Lake


def test_what_is_written_holds_together(tmp_path: Path) -> None:
    out = tmp_path / "day"
    outcome = simulate(load_scenario("small"), out, text=source_of("small"))
    case = load_case(out / "case.toml")
    lake = Lake(case.lake_path)
    received = lake.scan().collect()
    assert received.height == outcome.positions
    assert {z.name for z in case.drawn_zones()} == {"Otranto quarantine area", "Otranto line"}
    truth = [json.loads(line) for line in (out / "truth.jsonl").read_text("utf-8").splitlines()]
    assert len(truth) == len(outcome.happenings)
    assert len({h["id"] for h in truth}) == len(truth)
    assert {h["receivable"] for h in truth} <= {True, False}
    ships = pl.read_csv(out / "ships.csv")
    known = set(ships["mmsi"])
    assert {m for h in truth for m in h["ships"]} <= known
    assert set(received["mmsi"]) <= known
    true = pl.read_parquet(out / "true" / "2031-03-03.parquet")
    assert true.columns == ["mmsi", "t", "lat", "lon", "sog", "cog"]
    assert true["t"].max() == datetime(2031, 3, 3, 23, 59, tzinfo=UTC)
    assert load_scenario(out / "scenario.toml") == load_scenario("small")
    said = lake.identities()
    assert set(said["mmsi"]) <= known
    assert said.filter(pl.col("destination").is_not_null()).height > 5
    with pytest.raises(SourceError, match="not empty"):
        simulate(load_scenario("small"), out)


def test_the_same_seed_writes_the_same(tmp_path: Path) -> None:
    one = simulate(load_scenario("small"), tmp_path / "one", seed=9)
    two = simulate(load_scenario("small"), tmp_path / "two", seed=9)
    assert one.happenings == two.happenings
    for name in ("truth.jsonl", "ships.csv", "zones.geojson", "case.toml"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    lakes = [Lake(tmp_path / n / "tracks" / "lake").scan().collect() for n in ("one", "two")]
    assert lakes[0].equals(lakes[1])
