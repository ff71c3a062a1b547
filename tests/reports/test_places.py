"""Places from words: bearing and distance, positions, names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead import codes, geo
from masthead.reports.places import bearing_of, find_place, find_places


@pytest.mark.parametrize(
    ("words", "degrees", "half_width"),
    [
        ("north", 0, 22.5),
        ("NE", 45, 22.5),
        ("North East", 45, 22.5),
        ("north-east", 45, 22.5),
        ("southwest", 225, 22.5),
        ("SSW", 202.5, 11.25),
        ("north-northeast", 22.5, 11.25),
        ("W", 270, 22.5),
    ],
)
def test_compass_words(words: str, degrees: float, half_width: float) -> None:
    assert bearing_of(words) == (degrees, half_width)


def test_no_compass_word() -> None:
    assert bearing_of("up") is None


@pytest.mark.parametrize(
    ("text", "anchor", "bearing", "distance_nm"),
    [
        ("60NM east of Muscat, Oman", (23.63, 58.57), 90, 60),
        ("about 12 nautical miles NNW of Sur, Oman", (22.57, 59.53), 337.5, 12),
        ("35 miles to the south of Aden", (12.79, 45.0), 180, 35),
        ("100 km north-east of Socotra", (12.5, 53.9), 45, 54),
        ("6NM North East of Garacad", (6.95, 49.36), 45, 6),
        ("20nm off Ras Laffan", None, 0, 0),
    ],
)
def test_bearing_and_distance(
    text: str, anchor: tuple[float, float] | None, bearing: float, distance_nm: float
) -> None:
    place = find_place(f"A report of an incident {text}.")
    assert place is not None
    if anchor is None:
        assert place.text == "Ras Laffan"
        return
    assert place.lat is not None
    assert place.lon is not None
    assert place.radius_m
    away_m = geo.distance_m(*anchor, place.lat, place.lon)
    assert away_m == pytest.approx(distance_nm * 1852, rel=0.12)
    turn = (geo.bearing_deg(*anchor, place.lat, place.lon) - bearing + 180) % 360 - 180
    assert abs(turn) <= 22.5
    assert not geo.is_land(place.lat, place.lon)
    assert place.radius_m >= away_m * 0.19


@pytest.mark.parametrize("text", ["25NM northeast of OMAN", "10NM north of Nowhereville"])
def test_a_country_or_an_unknown_anchor_gets_no_point(text: str) -> None:
    place = find_place(text)
    assert place is not None
    assert (place.text, place.lat) == (text, None)


def test_names_by_their_country_and_context() -> None:
    tripoli = find_place("off Tripoli, Lebanon")
    assert tripoli
    assert tripoli.lat == 34.45
    assert find_places("The Male sailors met Victoria.") == []
    assert [p.text for _, p in find_places("They sailed to Male and to Victoria, Seychelles.")] == [
        "Male",
        "Victoria, Seychelles",
    ]
    assert [p.text for _, p in find_places("In the Gulf of Oman and the Red Sea")] == [
        "Gulf of Oman",
        "Red Sea",
    ]


def test_spans_are_exact_and_do_not_overlap() -> None:
    text = "At 12-30N 045-00E, 5NM south of Aden, Yemen, near the Bab el-Mandeb."
    found = find_places(text)
    assert [text[a:b] for (a, b), _ in found] == [
        "12-30N 045-00E",
        "5NM south of Aden, Yemen",
        "Bab el-Mandeb",
    ]


def test_a_town_only_the_fallback_knows() -> None:
    place = find_place("Tarragona, Spain")
    assert place
    assert place.lat == pytest.approx(41.1, abs=0.2)
    assert find_place("nothing of the kind") is None


NAMES = [row["name"] for row in codes.rows("places.csv")]


def test_the_gazetteer_is_well_formed() -> None:
    rows = codes.rows("places.csv")
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert -90 <= float(row["lat"]) <= 90, row["name"]
        assert -180 <= float(row["lon"]) <= 180, row["name"]
        assert float(row["radius_km"]) > 0, row["name"]
        assert row["kind"] in {
            "port",
            "anchorage",
            "town",
            "cape",
            "island",
            "strait",
            "sea",
            "terminal",
            "canal",
        }, row["name"]
        assert len(row["country"]) in (0, 3), row["name"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.integers(1, 300),
    st.sampled_from(("north", "NE", "east", "southeast", "SSW", "west", "NNW")),
)
def test_a_placed_bearing_is_never_on_land(name: str, distance: int, compass: str) -> None:
    place = find_place(f"{distance}NM {compass} of {name}")
    assert place is not None
    if place.lat is not None and place.lon is not None:
        assert not geo.is_land(place.lat, place.lon)
