"""The land mask is the shipped one, whatever way it is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from masthead import landmask


def test_known_places() -> None:
    assert landmask.is_water(0.0, -30.0)
    assert not landmask.is_water(48.0, 10.0)
    assert landmask.is_water([89.9, -60.0], [0.0, 180.0]).all()
    assert not landmask.is_water(-89.9, 0.0)


def test_the_antimeridian_is_one_line() -> None:
    lat = np.linspace(-60, 60, 50)
    assert (landmask.is_water(lat, 180.0) == landmask.is_water(lat, -180.0)).all()
    assert (landmask.is_water(lat, 190.0) == landmask.is_water(lat, -170.0)).all()


def test_without_a_cache_folder_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = np.random.default_rng(1)
    lat, lon = dice.uniform(-90, 90, 20_000), dice.uniform(-180, 180, 20_000)
    kept = landmask.is_water(lat, lon)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    landmask._bits.cache_clear()
    assert (landmask.is_water(lat, lon) == kept).all()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "new"))
    landmask._bits.cache_clear()
    assert (landmask.is_water(lat, lon) == kept).all()
    assert (tmp_path / "new" / "masthead").is_dir()
    landmask._bits.cache_clear()
