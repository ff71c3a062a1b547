"""Reception: the reporting intervals of the standard, radio range, collisions, and what follows."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.sim.play import STATES
from masthead.sim.radio import (
    SLOTS_MIN,
    footprint_cosine,
    heard_at,
    radio_range_nm,
    satellite_points,
    through,
)
from masthead.sim.receivable import Heard
from masthead.sim.reception import Receiver, Reception, Station
from masthead.sim.reporting import interval_ms
from masthead.sim.theory import kept_interval_s, lost_in_a_row
from masthead.sim.truth import Happening, Ship

START = datetime(2031, 3, 3, tzinfo=UTC)
HERE = Station(name="Here", lat=40.0, lon=18.0, antenna_m=100.0)
QUIET = Reception(
    stations=(HERE,), satellites=0, shore_share=1.0, clock_sd_s=0.0, bad_clocks=0.0,
    duplicates=0.0, thin_s=0, noise_m=0.0,
)  # fmt: skip


def ship(mmsi: int, kind: str = "bulk") -> Ship:
    return Ship(mmsi, None, f"S{mmsi}", "X", kind, "ITA", None, 150, 20, 8.0, 12.0)  # type: ignore[arg-type]


def states(
    mmsi: int, minutes: int, *, sog: float = 12.0, rot: float = 0.0, status: int = 0,
    kind: int = 0, lat: float = 40.1, begin: int = 0, **more: object,
) -> pl.DataFrame:  # fmt: skip
    """A ship that goes due north from 40.1 N 18.0 E."""
    minute = np.arange(begin, begin + minutes)
    frame = pl.DataFrame(
        {
            "mmsi": np.full(minutes, mmsi),
            "lat": lat + sog / 3600.0 * minute,
            "lon": np.full(minutes, 18.0),
            "t": [START + timedelta(minutes=int(m)) for m in minute],
        }
    )
    constant: dict[str, object] = {
        "sog": sog, "cog": 0.0, "heading": 0.0, "rot": rot, "status": status, "on": True,
        "class": kind, "said_lat": None, "said_lon": None, "said_sog": None, "said_cog": None,
        **more,
    }  # fmt: skip
    frame = frame.with_columns(pl.lit(v).alias(k) for k, v in constant.items())
    return frame.select(pl.col(n).cast(k) for n, k in STATES.items())


@pytest.mark.parametrize(
    ("kind", "status", "sog", "rot", "seconds"),
    [
        (0, 1, 0.1, 0, 180), (0, 5, 3.0, 0, 180), (0, 1, 3.1, 0, 10), (0, 0, 0.0, 0, 10),
        (0, 0, 14.0, 0, 10), (0, 0, 14.0, 21, 10 / 3), (0, 0, 14.1, 0, 6), (0, 0, 23.0, -30, 2),
        (0, 0, 23.1, 0, 2), (1, 0, 2.0, 0, 180), (1, 0, 2.1, 0, 30), (1, 0, 30.0, 40, 30),
    ],
)  # fmt: skip
def test_reporting_intervals_are_those_of_the_standard(
    kind: int, status: int, sog: float, rot: float, seconds: float
) -> None:
    """ITU-R M.1371-5, Annex 1, tables 1 and 2."""
    assert interval_ms(kind, status, sog, rot) == pytest.approx(1000 * seconds)
    day = states(235_000_001, 121, sog=sog, rot=rot, status=status, kind=kind, lat=40.0)
    day = day.with_columns(pl.lit(40.05).alias("lat"))
    received = Receiver(QUIET, [ship(235_000_001)], START, 1).receive(day)
    assert received.height == pytest.approx(7200 / seconds, abs=2)
    gaps = received["t"].diff().dt.total_milliseconds().drop_nulls().to_numpy() / 1000
    jitter = min(seconds / 6, 5) if kind else min(seconds / 10, 2)
    assert abs(gaps - seconds).max() <= 2 * jitter + 1.0  # whole seconds


def test_the_radio_horizon_and_its_edge() -> None:
    # 4.12 km (sqrt 100 + sqrt 25) = 61.8 km
    assert radio_range_nm(25.0, 100.0) * 1.852 == pytest.approx(61.8)
    assert heard_at(30, 30) == 0.5
    assert heard_at(27, 30) > 0.87
    assert heard_at(33, 30) < 0.13
    day = states(235_000_001, 600, sog=20.0)
    received = Receiver(QUIET, [ship(235_000_001)], START, 1).receive(day)
    far = (received["lat"].max() - 40.0) * 60.0  # type: ignore[operator]
    assert far == pytest.approx(radio_range_nm(8 + 0.09 * 150, 100.0), rel=0.4)
    assert far < 150  # the ship went on for 200 miles


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=6), st.integers(0, 2**31))
def test_cutting_the_play_changes_nothing(cuts: list[int], seed: int) -> None:
    crew = [ship(235_000_001), ship(244_000_002)]
    whole = pl.concat([states(s.mmsi, 360, sog=9.0 + k, lat=40.2) for k, s in enumerate(crew)])
    air = QUIET.model_copy(update={"thin_s": 30, "shore_share": 0.6, "clock_sd_s": 1.0})
    at_once = Receiver(air, crew, START, seed).receive(whole)
    receiver, parts, last = Receiver(air, crew, START, seed), [], -1
    for cut in [*sorted({min(c, 358) for c in cuts}), 359]:
        minute = (pl.col("t") - START).dt.total_minutes()
        parts.append(receiver.receive(whole.filter((minute > last) & (minute <= cut))))
        last = cut
    pieces = pl.concat(parts).sort("mmsi", "t")
    assert pieces.equals(at_once)


def test_false_positions_are_heard_from_where_the_ship_is() -> None:
    near = states(235_000_001, 60, said_lat=-30.0, said_lon=100.0, said_sog=3.0, said_cog=90.0)
    far = states(
        235_000_001, 60, lat=50.0, said_lat=40.1, said_lon=18.0, said_sog=3.0, said_cog=90.0
    )
    heard = Receiver(QUIET, [ship(235_000_001)], START, 1).receive(near)
    assert heard.height > 300
    assert set(heard["lat"]) == {-30.0}
    assert set(heard["lon"]) == {100.0}
    assert Receiver(QUIET, [ship(235_000_001)], START, 1).receive(far).is_empty()


def test_a_ship_that_is_off_is_silent_and_thinning_keeps_one_a_span() -> None:
    day = states(235_000_001, 240, sog=4.0).with_columns(
        on=(pl.col("t") < START + timedelta(hours=1)) | (pl.col("t") >= START + timedelta(hours=3))
    )
    air = QUIET.model_copy(update={"thin_s": 300})
    received = Receiver(air, [ship(235_000_001)], START, 1).receive(day)
    assert received.height == 24
    assert received["t"].diff().dt.total_minutes().max() == pytest.approx(120, abs=6)


def test_silences_and_first_reports_follow_the_reporting_laws() -> None:
    minutes, share = 3000, 0.4
    day = states(235_000_001, minutes, sog=10.0).with_columns(pl.lit(40.05).alias("lat"))
    air = QUIET.model_copy(update={"shore_share": share})
    every = Receiver(air, [ship(235_000_001)], START, 1).receive(day)
    assert every.height / (minutes * 6) == pytest.approx(share, abs=0.015)
    gaps = every["t"].diff().dt.total_seconds().drop_nulls()
    for lost in (1, 2, 4):
        longer = (gaps > 10 * lost + 5).mean()
        assert longer == pytest.approx(lost_in_a_row(share, lost), abs=0.02)
    thinned = Receiver(
        air.model_copy(update={"thin_s": 60}), [ship(235_000_001)], START, 1
    ).receive(day)
    mean = thinned["t"].diff().dt.total_seconds().mean()
    assert mean == pytest.approx(kept_interval_s(10.0, share, 60.0), rel=0.01)


def test_satellites_lose_messages_in_dense_seas() -> None:
    assert through(0.0, 0.9) == 0.9
    assert through(SLOTS_MIN, 1.0) == pytest.approx(math.exp(-1))
    heights = []
    for others in (0, 3000, 12_000):
        air = QUIET.model_copy(update={"stations": (), "satellites": 6, "other_ships": others})
        day = states(235_000_001, 1440, sog=8.0)
        heights.append(Receiver(air, [ship(235_000_001)], START, 1).receive(day).height)
    assert heights[0] > 3 * heights[1] > 0
    assert heights[2] < 20


def test_orbits_go_round_at_their_height_and_tilt() -> None:
    minutes = np.arange(0.0, 1440.0)
    points = satellite_points(3, 550.0, 97.5, minutes, 1)
    assert np.allclose(np.linalg.norm(points, axis=2), 1.0)
    lat = np.degrees(np.arcsin(points[:, :, 2]))
    assert lat.max() == pytest.approx(82.5, abs=0.5)
    period = np.diff(np.flatnonzero(np.diff(np.sign(lat[:, 0])) > 0)).mean()
    assert period == pytest.approx(95.6, abs=0.5)  # minutes, at 550 km
    assert math.degrees(math.acos(footprint_cosine(550.0))) == pytest.approx(23.0, abs=0.1)


def test_clocks_and_duplicates() -> None:
    day = states(235_000_001, 60).with_columns(pl.lit(40.05).alias("lat"))
    right = Receiver(QUIET, [ship(235_000_001)], START, 1).receive(day)
    air = QUIET.model_copy(update={"bad_clocks": 1.0, "bad_clock_s": 3000.0})
    wrong = Receiver(air, [ship(235_000_001)], START, 1).receive(day)
    off = (wrong["t"] - right["t"]).dt.total_seconds()
    assert off.min() == pytest.approx(off.max(), abs=1)  # type: ignore[arg-type]
    assert abs(off.mean()) > 5  # type: ignore[arg-type]
    twice = Receiver(QUIET.model_copy(update={"duplicates": 0.5}), [ship(235_000_001)], START, 1)
    assert twice.receive(day).height == pytest.approx(1.5 * right.height, rel=0.12)


def happening(incident: str, begin_h: float, end_h: float, *ships: int) -> Happening:
    at = [START + timedelta(hours=h) for h in (begin_h, end_h)]
    return Happening("h1", incident, "done", at[0], at[1], 40.0, 18.0, None, ships)


def test_what_is_receivable() -> None:
    heard = Heard(START, 1440)
    every = [START + timedelta(minutes=m) for m in (*range(0, 300, 5), *range(600, 1440, 5))]
    heard.add(pl.DataFrame({"mmsi": [1] * len(every), "t": every}))
    heard.add(pl.DataFrame({"mmsi": [2] * 60, "t": every[:60]}))
    assert heard.shows(happening("seizure", 2, 2.5, 1))
    assert not heard.shows(happening("seizure", 7, 7.5, 1))
    assert heard.shows(happening("gap", 5, 10, 1))
    assert not heard.shows(happening("gap", 5, 10, 2))
    assert heard.shows(happening("encounter", 1, 3, 1, 2))
    assert not heard.shows(happening("encounter", 11, 13, 1, 2))
    assert not heard.shows(happening("loitering", 4.5, 11, 1))
    assert not heard.shows(happening("blockade", 1, 2))
