"""The signs of an interdiction in a track, and what they weigh."""

from __future__ import annotations

import numpy as np

from masthead.checks.sightings import Sighting
from masthead.checks.signature import SIGNS, Sign, of_table, ratio, signs_of


def sailing(*, stop: tuple[float, float] | None = None, turn: float | None = None,
            silent: tuple[float, float] | None = None) -> Sighting:  # fmt: skip
    """A ship that sails east at 12 knots for two days, heard every ten minutes."""
    t = np.arange(0.0, 48.0, 1 / 6)
    speed = np.full(t.size, 12.0)
    if stop:
        speed[(t >= stop[0]) & (t < stop[1])] = 0.2
    way = np.where(t >= turn, -1.0, 1.0) if turn is not None else np.ones(t.size)
    lon = 60.0 + np.cumsum(speed * way) / 6 / 60.0
    keep = np.ones(t.size, bool) if silent is None else ~((t > silent[0]) & (t < silent[1]))
    cog = np.where(way > 0, 90.0, 270.0)
    return Sighting(1, t[keep], np.zeros(keep.sum()), lon[keep], speed[keep], cog[keep])


def found(sighting: Sighting, incident: str = "boarding") -> set[str]:
    return {s.name for s in signs_of(sighting, [], incident, 20.0, 24.0, None) if s.found}


def test_each_sign_is_seen_where_it_is() -> None:
    assert found(sailing()) == set()
    assert found(sailing(stop=(21.0, 22.0))) == {"stop"}
    assert found(sailing(stop=(5.0, 6.0))) == set()
    assert "turn" in found(sailing(turn=22.0))
    assert "silence" in found(sailing(silent=(22.0, 30.0)))


def test_near_is_asked_only_of_a_place() -> None:
    sighting = sailing()
    there = (0.0, float(sighting.lon[132]), 9000.0)
    signs = {s.name: s for s in signs_of(sighting, [], "boarding", 20.0, 24.0, there)}
    assert signs["near"].found
    far = {s.name: s for s in signs_of(sighting, [], "boarding", 20.0, 24.0, (10.0, 60.0, 9000.0))}
    assert not far["near"].found


def test_a_ship_not_heard_speaks_against_it_the_more_the_better_the_sea_was_heard() -> None:
    dark = sailing(silent=(16.0, 30.0))
    place = (0.0, 65.0, 9000.0)
    weights = []
    for share in (0.0, 0.4, 0.95):
        signs = {s.name: s for s in signs_of(dark, [], "boarding", 20.0, 24.0, place, share)}
        assert not signs["near"].shown
        weights.append(ratio(signs["heard"], "boarding"))
    assert weights[0] == 1.0
    assert 1.0 > weights[1] > weights[2]
    names = {s.name for s in signs_of(sailing(), [], "boarding", 20.0, 24.0, place, 0.95)}
    assert "heard" not in names, "its track shows that it was elsewhere"


def test_a_sign_that_is_found_never_speaks_against_nor_a_missing_one_for() -> None:
    for kind in ("boarding", "seizure", "attack"):
        for name in SIGNS:
            found, missing = of_table(name, kind)
            assert found >= 1 >= missing > 0
            assert ratio(Sign(name, False, False, ""), kind) == 1.0, "what was not to be seen"
            assert ratio(Sign(name, True, True, ""), kind) == found


def test_a_stop_speaks_for_a_boarding() -> None:
    assert ratio(Sign("stop", True, True, ""), "boarding") > 5
    assert ratio(Sign("stop", False, True, ""), "boarding") < 0.6
