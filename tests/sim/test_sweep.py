"""What fleets of different size stop is near what search theory says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from masthead.sim.scenario import load_scenario
from masthead.sim.sweep import draw, play_sweep, stopped_share, write_table


def test_the_sweep_is_within_the_band_of_the_theory(tmp_path: Path) -> None:
    rows = play_sweep(load_scenario("sweep"), [3, 8], 2)
    for row in rows:
        spread = row.spread / np.sqrt(2)  # of the mean of two plays
        assert abs(row.stopped - row.theory) < 3.5 * spread
    assert rows[0].stopped < rows[1].stopped
    write_table(rows, tmp_path / "sweep.csv")
    assert len((tmp_path / "sweep.csv").read_text("utf-8").splitlines()) == 3
    draw(rows, tmp_path / "sweep.png")
    assert (tmp_path / "sweep.png").read_bytes().startswith(b"\x89PNG")


def test_theory_at_its_ends() -> None:
    scenario = load_scenario("sweep")
    hours = np.array([4.0])
    assert stopped_share(scenario, 0, hours, 0.5, 5.0) == 0.0
    free = stopped_share(scenario, 4, hours, 0.5, 0.0)
    assert free == pytest.approx(1.0 - np.exp(-3 * 2 * 5 * 16.5 * 4 / (np.pi * 46**2)), abs=0.01)
    assert stopped_share(scenario, 4, hours, 0.5, 5.0) < free
