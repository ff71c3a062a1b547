"""Numbers of simulated ships hold up, and belong to one ship."""

from __future__ import annotations

from stdnum import imo

from masthead.codes import rows
from masthead.sim.play import Play
from masthead.sim.scenario import load_scenario
from masthead.sim.ships import Registry, imo_check_digit

SCENARIO = load_scenario("otranto")


def test_imo_numbers_have_their_check_digit() -> None:
    assert imo_check_digit(907472) == 9  # IMO 9074729, the number that explains the rule
    registry = Registry(SCENARIO, 1)
    for _ in range(300):
        ship = registry.ship("bulk")
        assert imo.is_valid(str(ship.imo))


def test_mmsis_are_of_the_flag_and_given_once() -> None:
    countries = {int(r["mid"]): r["country"] for r in rows("mid.csv")}
    countries |= {s.mid: s.country for s in SCENARIO.sides}
    ships = Play(SCENARIO).ships
    assert len({s.mmsi for s in ships}) == len(ships)
    for ship in ships:
        assert 200_000_000 <= ship.mmsi < 800_000_000
        assert countries[ship.mmsi // 1_000_000] == ship.flag
    with_imo = [s.imo for s in ships if s.imo is not None]
    assert len(set(with_imo)) == len(with_imo)
    assert len({s.name for s in ships}) == len(ships)


def test_another_name_keeps_the_hull() -> None:
    registry = Registry(SCENARIO, 2)
    ship = registry.ship("product_tanker")
    other = registry.renamed(ship)
    assert (other.imo, other.length_m) == (ship.imo, ship.length_m)
    assert other.mmsi != ship.mmsi
    assert other.name != ship.name
    assert other.flag != ship.flag
