"""A play is reproducible, physical, and its log agrees with what the ships did."""

from __future__ import annotations

from collections import Counter

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from masthead.geo import distance_m, is_land
from masthead.sim.play import STATES, Play
from masthead.sim.scenario import load_scenario
from masthead.sim.ships import classes
from masthead.sim.truth import Happening

pytestmark = pytest.mark.xdist_group("play")  # played once

FAST = {"warship": 28.0, "coast_guard": 23.0}


def played(name: str, seed: int | None = None, chunk_min: int = 1440) -> tuple[Play, pl.DataFrame]:
    play = Play(load_scenario(name), seed)
    states = pl.concat(play.days(chunk_min)).sort("mmsi", "t")
    return play, states


@pytest.fixture(scope="module")
def crisis() -> tuple[Play, pl.DataFrame]:
    """The first built-in scenario, whole."""
    return played("otranto")


def test_the_same_seed_plays_the_same() -> None:
    one, states = played("small", 11)
    two, again = played("small", 11)
    assert_frame_equal(states, again)
    assert one.happenings() == two.happenings()
    assert one.ships == two.ships


def test_another_seed_plays_differently() -> None:
    assert played("small", 1)[0].happenings() != played("small", 2)[0].happenings()


@pytest.mark.parametrize("chunk_min", [37, 360, 5000])
def test_how_the_minutes_are_cut_changes_nothing(chunk_min: int) -> None:
    whole, states = played("small", 3)
    cut, pieces = played("small", 3, chunk_min)
    assert_frame_equal(states, pieces)
    assert whole.happenings() == cut.happenings()


def test_states_have_their_columns_and_order(crisis: tuple[Play, pl.DataFrame]) -> None:
    play, states = crisis
    assert dict(states.schema) == STATES
    assert states.select("mmsi", "t").equals(states.select("mmsi", "t").unique().sort("mmsi", "t"))
    assert states["t"].min() == play.scenario.scenario.start
    assert states.select(pl.col("lat", "lon", "sog", "cog").null_count()).row(0) == (0, 0, 0, 0)


def test_ships_keep_off_the_land(crisis: tuple[Play, pl.DataFrame]) -> None:
    """On the 1 km grid; berths and anchorages lie close to it."""
    play, states = crisis
    air = [s.mmsi for s in play.ships if s.type == "aircraft"]
    sample = states.filter(~pl.col("mmsi").is_in(air)).gather_every(97)
    ashore = sum(is_land(lat, lon) for lat, lon in sample.select("lat", "lon").iter_rows())
    assert ashore / sample.height < 0.002


def test_ships_move_as_their_class_can(crisis: tuple[Play, pl.DataFrame]) -> None:
    play, states = crisis
    for kind, frame in _by_class(play, states).items():
        known = classes()[kind]
        fastest = FAST.get(kind, known.speed_kn[1] * 1.1 + 0.2)
        if kind == "aircraft":
            continue
        assert frame["sog"].max() <= fastest
        assert frame["rot"].abs().max() <= known.turn_deg_min + 1e-3
        moved = _moved_kn(frame)
        assert moved.max() <= fastest + 0.1
        steady = frame.filter((pl.col("dt") == 60) & (pl.min_horizontal("sog", "sog_before") > 3))
        assert steady["dv"].abs().max() <= known.accel_kn_min + 0.01


def test_places_agree_with_speeds(crisis: tuple[Play, pl.DataFrame]) -> None:
    """The way made good in a minute is the mean speed, but for the last moment of an arrival."""
    play, states = crisis
    frame = _by_class(play, states)["bulk"].filter(pl.col("dt") == 60)
    mean = (frame["sog"] + frame["sog_before"]) / 2.0
    apart = np.abs(_moved_kn(frame) - mean.to_numpy())
    assert np.quantile(apart, 0.999) < 0.6


def test_a_boarding_has_both_ships_stopped_and_close(crisis: tuple[Play, pl.DataFrame]) -> None:
    play, states = crisis
    seen = 0
    for happening in play.happenings():
        if happening.incident != "boarding" or "open" in happening.details:
            continue
        one, two = (_during(play, states, m, happening) for m in happening.ships)
        both = one.join(two, on="t", suffix="_2")
        seen += 1
        assert both.height > 30
        assert both["sog"].max() <= 1.0
        assert both["sog_2"].max() <= 1.0
        for row in both.gather_every(10).iter_rows(named=True):
            assert distance_m(row["lat"], row["lon"], row["lat_2"], row["lon_2"]) <= 500.0
    assert seen > 20


def test_an_escort_ends_in_the_prize_port(crisis: tuple[Play, pl.DataFrame]) -> None:
    play, states = crisis
    assert play.scenario.blockade is not None
    port = play.demand.spots[play.scenario.blockade.prize_port].place
    ended = [h for h in play.happenings() if h.incident == "escort" and "open" not in h.details]
    assert ended
    for happening in ended:
        prize = _during(play, states, happening.ships[0], happening)
        last = prize.row(-1, named=True)
        assert distance_m(last["lat"], last["lon"], port.lat, port.lon) < 3_000.0
        guard = _during(play, states, happening.ships[1], happening).row(-1, named=True)
        assert distance_m(last["lat"], last["lon"], guard["lat"], guard["lon"]) < 4_000.0


def test_a_gap_is_silent_and_its_ends_are_not(crisis: tuple[Play, pl.DataFrame]) -> None:
    play, states = crisis
    gaps = [h for h in play.happenings() if h.incident == "gap" and "open" not in h.details]
    assert len(gaps) > 10
    for happening in gaps:
        during = _during(play, states, happening.ships[0], happening)
        assert not during["on"][1:-1].any()


def test_false_positions_are_far_from_the_true_ones(crisis: tuple[Play, pl.DataFrame]) -> None:
    _, states = crisis
    false = states.filter(pl.col("said_lat").is_not_null())
    assert false.height > 500
    apart = [
        distance_m(*row) for row in
        false.select("lat", "lon", "said_lat", "said_lon").gather_every(50).iter_rows()
    ]  # fmt: skip
    assert np.median(apart) > 5 * 1852.0


def test_everything_happens_in_the_demo(crisis: tuple[Play, pl.DataFrame]) -> None:
    play, _ = crisis
    counts = Counter(h.incident for h in play.happenings())
    for incident in (
        "blockade", "blockade_lifted", "deployment", "approach", "interception", "pursuit",
        "boarding", "attempted_boarding", "seizure", "detention", "diversion", "escort", "release",
        "gap", "jump", "spoofing", "identity_conflict", "loitering", "encounter", "zone_entry",
        "zone_exit", "line_crossing", "turn_back", "port_call", "stopped_at_sea", "escorted",
    ):  # fmt: skip
        assert counts[incident] >= 1, incident
    kinds = {h.details["kind"] for h in play.happenings() if h.incident == "spoofing"}
    assert kinds == {"offset", "circle", "false_track"}


def test_nobody_is_stopped_before_the_declaration(crisis: tuple[Play, pl.DataFrame]) -> None:
    play, _ = crisis
    assert play.scenario.blockade is not None
    for happening in play.happenings():
        if happening.incident in ("boarding", "seizure", "turn_back", "zone_entry"):
            assert happening.start >= play.scenario.blockade.declared


def _by_class(play: Play, states: pl.DataFrame) -> dict[str, pl.DataFrame]:
    kinds = {s.mmsi: s.type for s in play.ships}
    frame = states.with_columns(
        pl.col("mmsi").replace_strict(kinds, return_dtype=pl.String).alias("type"),
        pl.col("t").diff().over("mmsi").dt.total_seconds().alias("dt"),
        pl.col("sog").diff().over("mmsi").alias("dv"),
        pl.col("sog").shift(1).over("mmsi").alias("sog_before"),
        pl.col("lat").shift(1).over("mmsi").alias("lat_before"),
        pl.col("lon").shift(1).over("mmsi").alias("lon_before"),
    )
    return {str(kind): part for (kind,), part in frame.group_by("type")}


def _moved_kn(frame: pl.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    frame = frame.filter(pl.col("dt") == 60)
    north = (frame["lat"] - frame["lat_before"]).to_numpy()
    east = (frame["lon"] - frame["lon_before"]).to_numpy()
    way = np.hypot(north, east * np.cos(np.radians(frame["lat"].to_numpy())))
    return np.asarray(way * 60.0 * 60.0)


def _during(play: Play, states: pl.DataFrame, used: int, happening: Happening) -> pl.DataFrame:
    own = {ship.mmsi: play.ships[i].mmsi for i, _, ship in play.stage.others}
    names = {s.mmsi for s in play.ships}
    mmsi = used if used in names else own[used]
    when = (pl.col("t") > happening.start) & (pl.col("t") <= happening.end)
    return states.filter((pl.col("mmsi") == mmsi) & when)
