"""Gaps: what reception explains, and what a second track under one number hides."""

from __future__ import annotations

import numpy as np
import polars as pl

from masthead.tracks.engine import detect
from masthead.tracks.losses import at_least
from tracks.ships import fleet, positions, sail

SHIP = 235000000


def patrolled(mmsi: int, lon: float, status: int | None) -> pl.DataFrame:
    """A ship to and fro between 40 and 40.2 N for three days."""
    legs = [(float(h), 40.0 + 0.2 * (h % 2), lon) for h in range(73)]
    return sail(mmsi, legs).with_columns(pl.lit(status, dtype=pl.UInt8).alias("status"))


def silent(track: pl.DataFrame, begin_h: float, end_h: float) -> pl.DataFrame:
    """A track without its positions of some hours."""
    t = track["t"].to_physical().to_numpy()
    hours = (t - t[0]) / 3_600_000
    return track.filter(pl.Series((hours < begin_h) | (hours > end_h)))


def test_a_silence_where_ships_like_it_are_always_lost_is_none() -> None:
    others = [patrolled(SHIP + n, -40.0 - n * 0.02, None) for n in range(1, 7)]
    for k, other in enumerate(others):  # class B: each is lost every six hours, for seven
        for begin in range(k, 70, 13):
            other = silent(other, begin, begin + 7)
        others[k] = other
    loud = [patrolled(SHIP + 50 + n, -40.0 - n * 0.02, 0) for n in range(3)]
    one = silent(patrolled(SHIP, -40.0, None), 30, 45)
    two = silent(patrolled(SHIP + 99, -40.0, 0), 30, 45)  # class A: its like are always heard
    ahead = {"gap": {"ahead_h": 0.0}}  # they sail to and fro, and not away
    found = detect(fleet(one, two, *others, *loud), only=["gap"], settings=ahead)
    assert [v.mmsi for e in found for v in e.objects] == [SHIP + 99]
    everything = {"gap": {"max_lost_share": 1.0, "ahead_h": 0.0}}
    found = detect(fleet(one, two, *others, *loud), only=["gap"], settings=everything)
    assert {v.mmsi for e in found for v in e.objects} == {SHIP, SHIP + 99}


def test_a_ship_that_sends_another_track_is_not_silent() -> None:
    own = patrolled(SHIP, -40.0, 0)
    hours = np.arange(30.0, 46.0, 0.1)
    away = positions(SHIP, hours, np.full(hours.size, 45.0), np.full(hours.size, -30.0))
    found = detect(
        fleet(silent(own, 29.9, 46.0), away, patrolled(SHIP + 1, -40.1, 0)),
        only=["gap", "identity_conflict", "jump"],
    )
    assert [e.incident for e in found] == ["jump"]


def test_few_hours_prove_no_bad_reception() -> None:
    counts = pl.DataFrame({"lost": [1.0, 10.0, 0.0], "hours": [30, 300, 10]})
    share = at_least(pl.col("lost") / pl.col("hours"), pl.col("hours"))
    few, many, none = counts.select(share).to_series()
    assert few < 0.02 < many
    assert none < 1e-12
