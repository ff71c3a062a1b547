"""Scenario files are checked, and each problem names the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.errors import CaseError
from masthead.sim.scenario import built_in, load_scenario, source_of


@pytest.mark.parametrize("name", built_in())
def test_the_built_in_scenarios_load(name: str) -> None:
    assert load_scenario(name).fleets


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ('prize_port = "Brindisi"', 'prize_port = "Brindsi"', "", "did you mean 'Brindisi'?"),
        ("days = 1", "days = 0", "days = 0", "'scenario.days'"),
        ("go_dark = 0.2", "go_dark = 0.9", "[behaviour]", "more than 1"),
        ("boarding_h = [", "boarding_hours = [", "boarding_hours", "unknown key"),
        ('against = "velmark"', 'against = "nobody"', "", "no side 'nobody'"),
        ("lat = 40.66", "lat = 95.0", "lat = 95.0", "'ports.0.lat'"),
        ("[[fleets]]\n", "[[fleets]\n", "[[fleets]\n", "is not TOML"),
    ],
)
def test_problems_are_told(tmp_path: Path, old: str, new: str, at: str, said: str) -> None:
    text = source_of("small").replace(old, new, 1)
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(CaseError) as raised:
        load_scenario(file)
    assert said in str(raised.value)
    if at:
        line = text[: text.index(at)].count("\n") + 1
        assert str(raised.value).startswith(f"{file}:{line}:")


def test_a_file_that_is_not_there_names_the_built_in_ones(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"built in are: .*otranto"):
        load_scenario(tmp_path / "none.toml")


def test_patrol_ships_are_shared_out_in_proportion() -> None:
    scenario = load_scenario("otranto")
    ships = [p.count for p in scenario.patrols if p.type != "aircraft"]
    for number in range(25):
        varied = scenario.with_patrol_ships(number)
        counts = [p.count for p in varied.patrols if p.type != "aircraft"]
        assert sum(counts) == number
        for count, share in zip(counts, ships, strict=True):
            assert abs(count - number * share / sum(ships)) < 1.0
