"""How usual a sign is in a sea, and what that takes from a report's evidence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from masthead.checks.checking import verdicts_on
from masthead.checks.sightings import Sightings
from masthead.judgement import Finding, Incident, Scene, State, Verdict
from masthead.model import Event, Interval, Place, Vessel
from masthead.tracks.engine import detect
from masthead.tracks.lake import Lake
from masthead.tracks.load import import_files

DAY = datetime(2031, 5, 4, tzinfo=UTC)
VICTIM, OTHERS = 211_000_001, range(230_000_001, 230_000_041)


def track(mmsi: int, lat: float, *, stopped: bool) -> pl.DataFrame:
    """A ship that sails east for a day, and lies stopped from noon to three if it does."""
    minutes = list(range(0, 24 * 60, 5))
    lying = [stopped and 12 * 60 <= m < 15 * 60 for m in minutes]
    lon, lons = 62.0, []
    for still in lying:
        lon += 0.0 if still else 12.0 / 12 / 60
        lons.append(lon)
    return pl.DataFrame({
        "mmsi": [mmsi] * len(minutes), "t": [DAY + timedelta(minutes=m) for m in minutes],
        "lat": [lat] * len(minutes), "lon": lons, "sog": [0.1 if s else 12.0 for s in lying],
        "cog": [90.0] * len(minutes),
    }, schema_overrides={"mmsi": pl.UInt32})  # fmt: skip


def told(sightings: Sightings, *others: int) -> Verdict:
    """The verdict on a boarding of the victim, others told of as well."""
    where = Place(text="there", lat=20.0, lon=64.4, radius_m=20_000.0)
    when = Interval(earliest=DAY, latest=DAY + timedelta(hours=23), precision="day")
    incidents = [
        Incident(
            id=str(mmsi), kind="boarding", state=State.COMPLETED, events=(str(mmsi),),
            vessel=Vessel(text="it", mmsi=mmsi), time=when, place=where,
            scenes=(Scene(event=str(mmsi), time=when, place=where),),
        )
        for mmsi in (VICTIM, *others)
    ]  # fmt: skip
    return verdicts_on(incidents, sightings)[str(VICTIM)]


def stop_of(verdict: Verdict) -> float:
    return next(r.ratio for r in verdict.reasons if r.text.startswith("it lay stopped at sea"))


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Lake, list[Event]]]:
    """A sea in which the others sail by, and one in which most lie waiting."""
    found = {}
    for name, waiting in (("lane", 0), ("roads", 30)):
        folder: Path = tmp_path_factory.mktemp(name)
        ships = [track(VICTIM, 20.0, stopped=True)] + [
            track(mmsi, 19.6 + 0.02 * n, stopped=n < waiting) for n, mmsi in enumerate(OTHERS)
        ]
        pl.concat(ships).write_parquet(folder / "heard.parquet")
        import_files([folder / "heard.parquet"], folder / "lake")
        lake = Lake(folder / "lake")
        found[name] = lake, detect(lake, only=["stopped_at_sea"])
    return found


def test_a_stop_says_little_where_ships_lie_waiting(
    lakes: dict[str, tuple[Lake, list[Event]]],
) -> None:
    lane, roads = (told(Sightings(*lakes[name])) for name in ("lane", "roads"))
    assert stop_of(lane) > 5
    assert lane.finding is Finding.CORROBORATED
    assert 1 <= stop_of(roads) < 3
    assert roads.ratio < lane.ratio
    assert "as ships do there on 30 of 40 days" in " ".join(r.text for r in roads.reasons)


def test_ships_that_reports_tell_of_do_not_make_a_stop_usual(
    lakes: dict[str, tuple[Lake, list[Event]]],
) -> None:
    all_told = told(Sightings(*lakes["roads"]), *OTHERS[:30])
    assert stop_of(all_told) == stop_of(told(Sightings(*lakes["lane"])))
