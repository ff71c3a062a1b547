"""An MMSI that is more than one track is said to be so, with the track of each event."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from typer.testing import CliRunner

from masthead.cli import app
from masthead.tracks.engine import detect, detect_table
from masthead.tracks.lake import write_positions
from masthead.tracks.segment import segment
from masthead.tracks.splits import Split, count_splits, find_splits, with_track
from tracks.planting import ZONES, plant
from tracks.ships import fleet, sail

SHIP, OTHER = 211000001, 311000002


def test_two_ships_under_one_number_are_two_tracks_and_each_event_is_on_its_own() -> None:
    here = [sail(SHIP, [(0, 30.0, -40.0), (20, 34.0, -40.0)]),
            sail(SHIP, [(34, 36.8, -40.0), (54, 40.8, -40.0)])]  # fmt: skip
    there = sail(SHIP, [(0.01, -30.0, 20.0), (20, -26.0, 20.0), (54, -20.0, 20.0)])
    single = sail(OTHER, [(0, 0.0, 0.0), (54, 8.0, 0.0)])
    told: list[Split] = []
    (gap,) = detect(fleet(*here, there, single), only=["gap"], tell_split=told.append)
    assert (gap.details["track"], gap.details["tracks"]) == (1, 2)
    assert told == [Split(ships=1, tracks=2, single=0)]
    (gap,) = detect(fleet(*here, there.with_columns(mmsi=pl.lit(OTHER, pl.UInt32))), only=["gap"])
    assert "track" not in gap.details


def test_noise_is_a_track_of_one_position() -> None:
    whole = sail(SHIP, [(0, 10.0, 50.0), (10, 12.0, 50.0)])
    wrong = pl.int_range(pl.len()) == 60
    bad = whole.with_columns(pl.when(wrong).then(-20.0).otherwise("lat").alias("lat"))
    told: list[Split] = []
    (jump,) = detect(bad, only=["jump"], tell_split=told.append)
    assert told == [Split(ships=1, tracks=2, single=1)]
    assert (jump.details["track"], jump.details["tracks"]) == (1, 2)


def test_the_track_is_that_of_the_position_at_which_an_event_begins() -> None:
    table, _, said = plant(seed=31, ships=4)
    tracks = segment(table)
    begins = tracks.group_by("mmsi", "segment").agg(pl.col("t").min()).sort("mmsi", "t")
    ranks = begins.with_columns(rank=pl.int_range(1, pl.len() + 1).over("mmsi")).drop("t")
    known = tracks.join(ranks, on=["mmsi", "segment"])
    found = detect_table(table, zones=ZONES, identities=said).filter(pl.col("track").is_not_null())
    at = found.join(
        known, left_on=["mmsi", "start", "lat", "lon"], right_on=["mmsi", "t", "lat", "lon"]
    )
    assert at["incident"].n_unique() > 2
    assert at.height > 20
    assert at["track"].to_list() == at["rank"].to_list()
    split = find_splits(tracks)
    assert set(found["mmsi"]) <= set(split["mmsi"])
    assert with_track(found.drop("track", "tracks"), split)["track"].equals(found["track"])
    assert count_splits(split).ships == split["mmsi"].n_unique()


def test_the_command_says_how_many_numbers_were_split(tmp_path: Path) -> None:
    both = fleet(sail(SHIP, [(0, 30.0, -40.0), (9, 31.0, -40.0)]),
                 sail(SHIP, [(0.01, -30.0, 20.0), (9, -29.0, 20.0)]))  # fmt: skip
    write_positions(both, tmp_path / "two.parquet")
    told = CliRunner().invoke(app, ["detect", str(tmp_path / "two.parquet"), "-f", "jsonl"])
    assert told.exit_code == 0
    assert "1 MMSI split into 2 tracks (0 of a single position)" in told.stderr
    write_positions(sail(OTHER, [(0, 0.0, 0.0), (9, 1.0, 0.0)]), tmp_path / "one.parquet")
    told = CliRunner().invoke(app, ["detect", str(tmp_path / "one.parquet"), "-f", "jsonl"])
    assert "split" not in told.stderr
