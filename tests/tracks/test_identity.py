"""MMSI and IMO numbers, and two ships under one number."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from stdnum import imo

from masthead.tracks.engine import detect
from masthead.tracks.identity import countries, flag_of, imo_is_valid, station_kind
from masthead.tracks.positions import STATIC
from masthead.tracks.renamings import doubtful_numbers, identity_changes
from tracks.ships import START, fleet, sail


@pytest.mark.parametrize(
    ("mmsi", "kind", "flag"),
    [
        (211000001, "ship", "DEU"),
        (636019825, "ship", "LBR"),
        (2110001, "coast", "DEU"),
        (23200001, "group", "GBR"),
        (111232506, "aircraft", "GBR"),
        (992351234, "aid to navigation", "GBR"),
        (983381234, "craft", "USA"),
        (970012345, "sart", None),
        (123456789, "invalid", None),
        (999999999, "invalid", None),
    ],
)
def test_what_an_mmsi_says(mmsi: int, kind: str, flag: str | None) -> None:
    assert (station_kind(mmsi), flag_of(mmsi)) == (kind, flag)


def test_imo_check_digit_agrees_with_stdnum() -> None:
    for number in range(9_074_000, 9_076_000):
        assert imo_is_valid(number) == imo.is_valid(str(number))
    assert len(countries()) > 280


def test_two_ships_under_one_number_are_a_conflict_and_no_jumps() -> None:
    here = sail(211000001, [(0, 54.0, 8.0), (10, 55.0, 8.0)])
    there = sail(211000001, [(3.01, 1.0, 104.0), (6, 1.5, 104.0)])
    (found,) = detect(fleet(here, there), only=["jump", "identity_conflict", "gap"])
    assert found.incident == "identity_conflict"
    assert found.details["positions"] == here.height
    assert found.details["other_positions"] == there.height
    assert found.details["distance_nm"] > 4000


def said(mmsi: int, name: str, imo: int | None, first: int, last: int) -> dict[str, object]:
    """A statement heard from one hour to another."""
    heard = {"first": START + timedelta(hours=first), "last": START + timedelta(hours=last)}
    return {"mmsi": mmsi, "name": name, "imo": imo, **heard}


def test_changes_of_name_and_flag_and_numbers_that_cannot_be() -> None:
    statements = pl.DataFrame(
        [
            said(211000001, "GREEN HERON", 9074729, 0, 9),
            said(211000001, "BLUE HERON", 9074729, 10, 20),
            said(636000009, "BLUE HERON", 9074729, 30, 40),
            said(311000002, "ONE", None, 0, 20),
            said(311000002, "TWO", 9074728, 10, 30),
            said(123456789, "NOBODY", None, 0, 1),
        ],
        schema=STATIC,
    )
    changes = identity_changes(statements).select("mmsi", "field", "before", "after").rows()
    assert changes == [
        (211000001, "name", "GREEN HERON", "BLUE HERON"),
        (636000009, "flag", "211000001", "636000009"),
    ]
    assert doubtful_numbers(statements).select("mmsi", "number").rows() == [
        (123456789, 123456789),
        (311000002, 9074728),
    ]
