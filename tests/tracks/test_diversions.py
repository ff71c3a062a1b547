"""Diversions, from declared and from habitual destinations."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from masthead.tracks.destinations import read_destination
from masthead.tracks.engine import detect
from masthead.tracks.lanes import lane_distance_nm, remaining_nm
from masthead.tracks.positions import STATIC
from tracks.ships import START, sail

SHIP = 211000001


def says(destination: str, first_h: float, last_h: float) -> pl.DataFrame:
    row = {"mmsi": SHIP, "first": START + timedelta(hours=first_h),
           "last": START + timedelta(hours=last_h), "destination": destination}  # fmt: skip
    return pl.concat([pl.DataFrame(schema=STATIC), pl.DataFrame([row])], how="diagonal_relaxed")


# through the Gulf of Aden for Bab el-Mandeb, and round Socotra southward instead
ADEN = [(0, 13.9, 54.0), (20, 12.9, 49.5)]
BACK = [(24, 13.2, 50.3), (36, 12.9, 53.0), (48, 11.0, 55.2), (60, 7.5, 56.0)]
ON = [(24, 12.6, 48.6), (44, 12.2, 44.6), (48, 12.7, 43.3), (60, 15.5, 41.5)]


def test_a_ship_that_turns_from_its_declared_port_is_diverted() -> None:
    said = says("SGSIN > SA JED", -10, 70)
    (found,) = detect(sail(SHIP, ADEN + BACK), only=["diversion"], identities=said)
    assert found.place is not None
    assert found.place.text == "Jiddah, Saudi_Arabia" or "J" in str(found.place.text)
    assert found.place.lon == pytest.approx(49.5, abs=0.3)
    assert found.details["destination_known"] == "declared"
    assert found.details["turn_deg"] > 100
    assert detect(sail(SHIP, ADEN + ON), only=["diversion"], identities=said) == []
    assert detect(sail(SHIP, ADEN + BACK), only=["diversion"]) == []


def test_a_new_destination_about_the_turn_is_told_and_lowers_confidence() -> None:
    said = pl.concat([says("SA JED", -10, 22), says("MOMBASA", 22, 70)])
    (found,) = detect(sail(SHIP, ADEN + BACK), only=["diversion"], identities=said)
    assert found.details["new_destination"] == "MOMBASA"
    assert found.confidence == 0.5
    short = {"diversion": {"held_h": 1.0, "min_away_nm": 40.0}}
    assert (
        detect(sail(SHIP, ADEN + BACK), only=["diversion"], identities=said, settings=short) == []
    )


ALGECIRAS, LISBON = (36.14, -5.42), (38.70, -9.12)
WAY = [(0.0, *LISBON), (2.0, 38.5, -9.6), (8.0, 36.9, -9.1), (12.0, 36.5, -8.0),
       (18.0, 35.95, -5.8), (20.0, *ALGECIRAS)]  # fmt: skip


def test_a_ship_that_always_went_to_one_port_and_turns_from_the_way() -> None:
    legs: list[tuple[float, float, float]] = []
    at = 0.0
    for _ in range(3):
        legs += [(at + h, lat, lon) for h, lat, lon in WAY]
        legs += [(at + 30 + (20 - h), lat, lon) for h, lat, lon in reversed(WAY)]
        at += 60.0
    whole = [(at + h, lat, lon) for h, lat, lon in WAY]
    turned = [*whole[:4], (at + 24, 37.0, -9.8), (at + 36, 37.5, -13.0)]
    (found,) = detect(sail(SHIP, legs + turned), only=["diversion"])
    assert found.details["destination_known"] == "habitual"
    assert "Algeciras" in str(found.place and found.place.text)
    assert detect(sail(SHIP, legs + whole), only=["diversion"]) == []
    swings = sail(SHIP, legs + turned).with_columns(pl.col("sog").clip(0.2))
    for setting in ({"min_voyages": 4}, {"call_h": 30}, {"call_kn": 0.1}, {"port_reach_km": 0.01}):
        given = {"diversion": setting}
        assert detect(swings, only=["diversion"], settings=given) == [], setting
    assert len(detect(swings, only=["diversion"])) == 1


@pytest.mark.parametrize(
    ("text", "port"),
    [("ROTTERDAM", "Rotterdam"), ("nlrtm", "Rotterdam"), ("NL RTM", "Rotterdam"),
     ("USHOU>NLRTM", "Rotterdam"), ("PORT OF ROTTERDAM", "Rotterdam"), ("FOR ORDERS", None),
     ("SINGAPORE OPL", "Singapore"), ("", None), (">>", None), ("AT SEA", None)],
)  # fmt: skip
def test_declared_destinations_are_read(text: str, port: str | None) -> None:
    found = read_destination(text)
    assert (found and found.town.title()) == port


def test_what_is_left_to_sail_goes_round_the_land() -> None:
    from_suez = remaining_nm(np.array([29.6]), np.array([32.55]), 18.95, 72.83)
    assert from_suez[0] == pytest.approx(2950, rel=0.06), "Suez to Bombay, some 2,950 nm"
    assert lane_distance_nm(np.array([12.3]), np.array([47.5]))[0] < 40
