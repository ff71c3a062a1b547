"""Lines crossed, and ships that turn back before a line or an area."""

from __future__ import annotations

import pytest

from masthead.geo import circle
from masthead.model import Zone
from masthead.tracks.engine import detect
from tracks.ships import sail

SHIP = 211000001


def line(*points: tuple[float, float]) -> Zone:
    """A line through (lon, lat) points."""
    return Zone(name="line", geometry={"type": "LineString", "coordinates": [*map(list, points)]})


@pytest.mark.parametrize("lon", [0.0, 178.0, 180.0])
def test_line_crossing_has_its_moment_place_and_way(lon: float) -> None:
    watched = line((lon, -1), (lon, 1))
    there = sail(SHIP, [(0, 0.0, lon - 1), (7, 0.0, lon + 2)], every_min=17)
    (found,) = detect(there, zones=[watched], only=["line_crossing"])
    assert found.details["crossed_at"] == "2026-03-01T02:20:00Z"
    assert found.details["toward_left"] is False
    assert found.place is not None
    assert found.place.text == "line"
    back = sail(SHIP, [(0, 0.0, lon + 1), (7, 0.0, lon - 2)], every_min=17)
    (found,) = detect(back, zones=[watched], only=["line_crossing"])
    assert found.details["toward_left"] is True
    past = sail(SHIP, [(0, 1.5, lon - 1), (7, 1.5, lon + 2)])
    assert detect(past, zones=[watched], only=["line_crossing"]) == []


@pytest.mark.parametrize("lon", [-40.0, 180.0])
@pytest.mark.parametrize("kind", ["area", "line"])
def test_turn_back(lon: float, kind: str) -> None:
    watched = (
        Zone(name="area", geometry=circle(30.0, lon, 50_000))
        if kind == "area"
        else line((lon - 2, 30.0), (lon + 2, 30.0))
    )
    if kind == "line" and lon == 180.0:
        watched = line((178, 30.0), (-178, 30.0))
    near = 29.2 if kind == "area" else 29.6
    turned = sail(SHIP, [(0, 28.0, lon), (6, near, lon), (12, 28.0, lon + 0.1)])
    (found,) = detect(turned, zones=[watched], only=["turn_back"])
    assert found.details["turn_deg"] == pytest.approx(175, abs=8)
    assert found.details["turned_at"] == "2026-03-01T06:00:00Z"
    through = sail(SHIP, [(0, 28.0, lon), (20, 32.0, lon)])
    assert detect(through, zones=[watched], only=["turn_back"]) == []
    alongside = sail(SHIP, [(0, near, lon - 1), (10, near, lon + 1)])
    assert detect(alongside, zones=[watched], only=["turn_back"]) == []
    crossed = sail(SHIP, [(0, 28.0, lon), (9, 30.1, lon), (18, 28.0, lon)])
    assert detect(crossed, zones=[watched], only=["turn_back"]) == []


def test_nearest_points_of_two_areas_are_one_turn_if_they_are_close_in_time() -> None:
    near, far = (Zone(name=n, geometry=circle(30.0 + k, k / 3, 50_000)) for k, n in enumerate("ab"))
    turned = sail(SHIP, [(0, 27.9, 0.0), (6, 29.0, 0.02), (6.6, 29.02, 0.2), (12, 28.0, 0.6)])
    options = {"zones": [near, far], "only": ["turn_back"]}
    (found,) = detect(turned, **options, settings={"turn_back": {"max_distance_nm": 200}})
    assert found.details["also_before"] == "b"
    apart = {"turn_back": {"max_distance_nm": 200, "same_turn_h": 0.0}}
    assert len(detect(turned, **options, settings=apart)) == 2
