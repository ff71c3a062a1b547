"""Date-time groups and positions: round trips, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.reports.notices.coordinates import find_positions, scan_positions
from masthead.reports.notices.dtg import find_groups, format_dtg, parse_dtg

moments = st.datetimes(datetime(1971, 1, 1), datetime(2068, 12, 31)).map(  # noqa: DTZ001
    lambda m: m.replace(second=0, microsecond=0, tzinfo=UTC)
)


@given(moments)
def test_a_group_written_and_read_is_the_same(moment: datetime) -> None:
    assert parse_dtg(format_dtg(moment)) == moment


@given(moments, st.integers(-180, 180))
def test_a_year_left_out_is_the_nearest(moment: datetime, days: int) -> None:
    assert parse_dtg(format_dtg(moment)[:-3], moment + timedelta(days=days)) == moment


@pytest.mark.parametrize("text", ["310000Z FEB 23", "002500Z JAN 23", "PHONE 441923", "123456", ""])
def test_no_moment(text: str) -> None:
    assert parse_dtg(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("UNTIL 190001Z MAR 12 STREAMERS", 2012),
        ("UNTIL 190001Z MAR 12 MILES OFF", None),
        ("190001Z MAR 12 6000 METER", None),
    ],
)
def test_a_number_with_a_unit_is_no_year(text: str, year: int | None) -> None:
    assert [group.year for _, group in find_groups(text)] == [year]


latitudes = st.tuples(st.integers(0, 89), st.integers(0, 5999), st.sampled_from("NS"))
longitudes = st.tuples(st.integers(0, 179), st.integers(0, 5999), st.sampled_from("EW"))


@given(
    latitudes, longitudes, st.sampled_from([" ", ", ", " - ", " – ", "\n"]), st.sampled_from("-:")
)
def test_positions_written_and_read_are_the_same(
    lat: tuple[int, int, str], lon: tuple[int, int, str], gap: str, mark: str
) -> None:
    text = (
        f"AT {lat[0]:02d}{mark}{lat[1] // 100:02d}.{lat[1] % 100:02d}{lat[2]}{gap}"
        f"{lon[0]:03d}{mark}{lon[1] // 100:02d}.{lon[1] % 100:02d}{lon[2]}."
    )
    ((span, found_lat, found_lon),) = find_positions(text)
    assert text[slice(*span)] == text[3:-1]
    assert abs(found_lat) == pytest.approx(lat[0] + lat[1] / 6000)
    assert abs(found_lon) == pytest.approx(lon[0] + lon[1] / 6000)
    assert (found_lat <= 0) == (lat[2] == "S") or found_lat == 0


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("69-18-50N 056-55-35E", 69.313889, 56.926389),
        ("15° 04'N 042° 12'E", 15.066667, 42.2),
        ("25.9182N 51.6071E", 25.9182, 51.6071),
        ("1234N 04512E", 12.566667, 45.2),
        ("N12-34.5 E045-06.0", 12.575, 45.1),
        ("lat: 12.5, lon: -45.25", 12.5, -45.25),
    ],
)
def test_styles_of_position(text: str, lat: float, lon: float) -> None:
    ((_, found_lat, found_lon),) = find_positions(text)
    assert (found_lat, found_lon) == (pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6))


@pytest.mark.parametrize(
    "text", ["95-00N 010-00E", "10-75N 010-00E", "10-00N 190-00E", "12-34 45-06"]
)
def test_no_position(text: str) -> None:
    assert find_positions(text) == []


def test_the_radius_is_half_the_last_place() -> None:
    whole, tenth = scan_positions("46-40N 003-48W AND 46-40.0N 003-48.5W")
    assert (whole.radius_m, tenth.radius_m) == (926.0, pytest.approx(92.6))
