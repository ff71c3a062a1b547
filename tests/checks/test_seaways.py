"""Ways by sea: longer around land, and never told longer than a way that is there."""

from __future__ import annotations

import numpy as np
import pytest

from masthead.checks.reach import reach
from masthead.checks.seaways import sea_distances_nm
from masthead.checks.sightings import Sighting, distances_nm

BARI, NAPLES = (41.3, 17.0), (40.6, 14.0)
KUANTAN, KLANG = (3.7, 103.8), (3.0, 101.0)


def _both(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    lats, lons = np.array([other[0]]), np.array([other[1]])
    return (
        float(distances_nm(*one, lats, lons)[0]),
        float(sea_distances_nm(*one, 0.0, lats, lons)[0]),
    )


@pytest.mark.parametrize(("one", "other", "least"), [
    (BARI, NAPLES, 1.25), (KUANTAN, KLANG, 1.5),
])  # fmt: skip
def test_a_peninsula_is_sailed_around(
    one: tuple[float, float], other: tuple[float, float], least: float
) -> None:
    direct, by_sea = _both(one, other)
    assert by_sea > least * direct


@pytest.mark.parametrize(("one", "other"), [
    ((31.6, 32.4), (29.0, 32.9)),  # through the Suez Canal
    ((9.6, -79.9), (8.6, -79.5)),  # through the Panama Canal
    ((41.5, 29.2), (40.3, 26.0)),  # through Bosporus and Dardanelles
    ((25.5, 57.2), (26.0, 55.5)),  # through the Strait of Hormuz
    ((53.9, 8.3), (54.6, 10.6)),  # through the Kiel Canal
])  # fmt: skip
def test_a_canal_or_a_strait_is_no_land(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    direct, by_sea = _both(one, other)
    assert by_sea < 1.35 * direct


def test_a_way_that_is_there_is_never_shorter() -> None:
    """Ways of the lane network are ways by sea: none may be shorter than what is told."""
    searoute = pytest.importorskip("searoute")
    dice = np.random.default_rng(4)
    seas = [((36, 44), (5, 27)), ((0, 12), (97, 108)), ((50, 60), (-3, 15)), ((20, 30), (48, 62))]
    compared = 0
    for (south, north), (west, east) in seas:
        for _ in range(12):
            ends = [(dice.uniform(south, north), dice.uniform(west, east)) for _ in range(2)]
            found = searoute.searoute(*([lon, lat] for lat, lon in ends), units="naut")
            line = np.array(found["geometry"]["coordinates"])
            lons, lats = line[:, 0], line[:, 1]
            legs = [
                float(distances_nm(a, b, np.array([c]), np.array([d]))[0])
                for a, b, c, d in zip(lats, lons, lats[1:], lons[1:], strict=False)
            ]
            _, told = _both((float(lats[0]), float(lons[0])), (float(lats[-1]), float(lons[-1])))
            assert told <= sum(legs) + 0.1
            compared += told > 0
    assert compared > 40


def test_a_silence_too_short_for_the_way_around_contradicts() -> None:
    times = np.array([0.0, 12.0])
    track = Sighting(
        1, times, np.full(2, BARI[0]), np.full(2, BARI[1]), np.full(2, 12.0), np.full(2, 90.0)
    )
    over_land = reach(track, *NAPLES, 9_000.0, 3.0, 9.0, speed_kn=24.0)
    around = reach(track, *NAPLES, 9_000.0, 3.0, 9.0, speed_kn=24.0, around_land=True)
    assert over_land is not None
    assert around is not None
    assert over_land.short_nm == 0.0
    assert around.by_sea
    assert around.short_nm > 5.0
