"""What else would explain an event depends on what was found."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from masthead.model import Vessel
from masthead.tracks import otherwise
from masthead.tracks.engine import detect
from masthead.tracks.positions import STATIC
from tracks.ships import START, fleet, positions, sail

SHIP, OTHER = 211000001, 211000002
HEARD = {"lost_share": 0.0, "others_before_share": 1.0, "others_heard_share": 1.0,
         "positions_before": 60, "off_shore_nm": 60.0, "off_sog_kn": 12.0}  # fmt: skip
STOP = {"nav_status": 0, "shore_nm": 60.0}
JUMP = {"positions_away": 30, "returned": False}


def vessel(kind: str | None = None) -> Vessel:
    return Vessel(text="A", subtype=kind)


@pytest.mark.parametrize(
    ("row", "said", "unsaid"),
    [
        ({}, "hardly reception", "edge of reception"),
        ({"lost_share": 0.015}, "the edge of reception", "hardly"),
        ({"others_heard_share": 0.6}, "the edge of reception", "hardly"),
        ({"lost_share": None}, "too few ships pass there to tell", "hardly"),
        ({"positions_before": 3}, "seldom heard", "berth"),
        ({"off_shore_nm": 1.0, "off_sog_kn": 0.1}, "made fast", "edge of reception"),
    ],
)
def test_a_gap(row: dict[str, Any], said: str, unsaid: str) -> None:
    told = otherwise.of_gap(HEARD | row, [vessel()])
    assert said in told
    assert unsaid not in told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (otherwise.of_stop(STOP, [vessel()]), "engine trouble, waiting for orders"),
        (otherwise.of_stop(STOP | {"shore_nm": 6.0}, [vessel()]), "waiting for a berth"),
        (otherwise.of_stop(STOP | {"nav_status": 1}, [vessel()]), "anchorage"),
        (otherwise.of_stop(STOP | {"nav_status": 2}, [vessel()]), "it says"),
        (otherwise.of_stop(STOP, [vessel("fishing vessel")]), "fishing"),
        (otherwise.of_loitering(STOP, [vessel("tanker")]), "cargo"),
        (otherwise.of_encounter(STOP, [vessel("tanker"), vessel("tanker")]), "ship-to-ship"),
        (otherwise.of_encounter(STOP, [vessel("cargo ship"), vessel("tug")]), "at its work"),
        (otherwise.of_encounter(STOP | {"shore_nm": 5.0}, [vessel(), vessel()]), "a pilot"),
        (otherwise.of_encounter(STOP, [vessel(), vessel()]), "bunkering or stores at sea"),
        (otherwise.of_approach({"least_speed_kn": 0.0}, [vessel(), vessel("pilot vessel")]),
         "the pilot vessel at its work"),
        (otherwise.of_approach({"least_speed_kn": 2.5}, [vessel(), vessel()]), "under way"),
        (otherwise.of_jump(JUMP, [vessel()]), "another ship"),
        (otherwise.of_jump(JUMP | {"positions_away": 1}, [vessel()]), "wrong bits"),
        (otherwise.of_turn_back({"distance_nm": 35.0}, [vessel()]), "still far off"),
        (otherwise.of_turn_back({"distance_nm": 5.0}, [vessel()]), "waiting for a slot"),
    ],
)  # fmt: skip
def test_stops_meetings_jumps_and_turns(told: str, said: str) -> None:
    assert said in told


def circling(mmsi: int, lon: float) -> pl.DataFrame:
    hours = np.arange(0, 2, 1 / 60)
    turn = hours / 0.5 * 2 * np.pi
    return positions(mmsi, hours, 45.5 + 0.02 * np.cos(turn), lon + 0.028 * np.sin(turn))


def test_a_circle_is_interference_if_several_ships_have_it_at_once() -> None:
    (alone,) = detect(circling(SHIP, -30.5), only=["spoofing"])
    assert "ship on trials" in str(alone.details["otherwise"])
    both = detect(fleet(circling(SHIP, -30.5), circling(OTHER, -30.6)), only=["spoofing"])
    assert len(both) == 2
    for event in both:
        assert event.details["ships_at_once"] == 2
        assert "several have it at once" in str(event.details["otherwise"])


def test_two_tankers_side_by_side_may_have_agreed_to() -> None:
    legs = [(0, 30.0, -40.0), (4, 30.001, -40.0)]
    pair = fleet(sail(SHIP, legs), sail(OTHER, [(h, lat + 0.001, lon) for h, lat, lon in legs]))
    said = pl.DataFrame([{"mmsi": m, "ship_type": "80", "first": START, "last": START}
                         for m in (SHIP, OTHER)], schema_overrides=STATIC)  # fmt: skip
    said = pl.concat([pl.DataFrame(schema=STATIC), said], how="diagonal")
    (tankers,) = detect(pair, only=["encounter"], identities=said)
    assert "ship-to-ship transfer" in str(tankers.details["otherwise"])
    (unknown,) = detect(pair, only=["encounter"])
    assert "ship-to-ship transfer" not in str(unknown.details["otherwise"])
