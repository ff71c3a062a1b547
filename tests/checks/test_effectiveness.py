"""Passages of a blockade's zone and what becomes of them, in tracks laid by hand."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from masthead.case import Case, load_case
from masthead.checks.effectiveness import Effectiveness, effectiveness
from masthead.checks.effectiveness.outcomes import End, Outcome
from masthead.model import Actor, Event, Interval, Place, Sense, TextSpan
from masthead.watch import run_case

pytestmark = pytest.mark.xdist_group("effectiveness")  # one case, run once

BEGIN = datetime(2031, 5, 1, tzinfo=UTC)
STEP_MIN = 5
PORT = (10.0, 62.0)
CASE = """
[case]
title = "A closed port"
from = 2031-05-01
until = 2031-05-06

[[tracks]]
path = "ais.csv"

[[zones]]
file = "zones.geojson"

[blockade]
by = "XKE"
against = "XVM"
from = 2031-05-02
zone = "The zone"
line = "The line"
spares = ["fishing vessel", "warship"]

[[blockade.ports]]
name = "Sarnholt"
lat = 10.0
lon = 62.0
"""
ZONES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"name": "The zone"}, "geometry": {
            "type": "Polygon",
            "coordinates": [[[61, 9.5], [62.2, 9.5], [62.2, 10.5], [61, 10.5], [61, 9.5]]]}},
        {"type": "Feature", "properties": {"name": "The line"}, "geometry": {
            "type": "LineString", "coordinates": [[61, 9.5], [61, 10.5]]}},
    ],
}  # fmt: skip
Way = list[tuple[float, float, float]]
"""Hours since the beginning, latitude, longitude: corners of a track."""


def track(
    mmsi: int, way: Way, *, kind: int = 70, bound: str = "", flag: str = "",
    silent: tuple[float, float] | None = None,
) -> list[dict[str, object]]:  # fmt: skip
    """Positions every five minutes along straight ways between corners."""
    rows: list[dict[str, object]] = []
    for (h0, lat0, lon0), (h1, lat1, lon1) in itertools.pairwise(way):
        far = ((lat1 - lat0) ** 2 + (lon1 - lon0) ** 2) ** 0.5 * 60.0
        steps = round((h1 - h0) * 60 / STEP_MIN)
        for k in range(steps):
            part = k / steps
            hour = h0 + part * (h1 - h0)
            if silent and silent[0] < hour < silent[1]:
                continue
            rows.append({
                "MMSI": mmsi, "BaseDateTime": f"{BEGIN + timedelta(hours=hour):%Y-%m-%dT%H:%M:%S}",
                "LAT": lat0 + part * (lat1 - lat0), "LON": lon0 + part * (lon1 - lon0),
                "SOG": far / (h1 - h0), "COG": 90.0, "VesselType": kind, "Destination": bound,
            })  # fmt: skip
    return rows


IN = [(30.0, 10.0, 60.4), (36.0, 10.0, 61.98), (60.0, 10.0, 61.98)]
"""Comes from the west through the zone to the port, and lies there."""

SHIPS: dict[str, list[dict[str, object]]] = {
    "through": track(215000001, IN),
    "stopped": track(215000002, [(30.0, 9.9, 60.4), (33.0, 9.9, 61.4), (34.5, 9.9, 61.4),
                                 (37.0, 9.9, 60.4)], bound="SARNHOLT"),
    "alone": track(215000003, [(30.0, 9.7, 60.4), (33.0, 9.7, 61.4), (34.5, 9.7, 61.4),
                               (38.0, 10.0, 61.98), (60.0, 10.0, 61.98)]),
    "dark": track(215000004, [(x + 2, a, b) for x, a, b in IN], silent=(33.0, 39.5)),
    "outward": track(215000005, [(0.0, 10.0, 61.98), (40.0, 10.0, 61.98), (46.0, 10.0, 60.4)]),
    "early": track(215000006, [(1.0, 10.0, 60.4), (6.0, 10.0, 61.98), (20.0, 10.0, 61.98)]),
    "passer-by": track(215000007, [(30.0, 9.6, 60.4), (38.0, 9.6, 62.6)]),
    "fisher": track(215000008, IN, kind=30),
    "patrol": track(299000009, [(25.0, 9.902, 61.0), (33.1, 9.902, 61.401), (34.4, 9.902, 61.401),
                                (50.0, 10.3, 61.5)], kind=35),
}  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("closed")
    rows = sorted(
        (r for ship in SHIPS.values() for r in ship), key=lambda r: str(r["BaseDateTime"])
    )
    pl.DataFrame(rows).write_csv(folder / "ais.csv")
    (folder / "zones.geojson").write_text(json.dumps(ZONES), "utf-8")
    (folder / "case.toml").write_text(CASE, "utf-8")
    loaded = load_case(folder / "case.toml")
    run_case(loaded)
    return loaded


@pytest.fixture(scope="module")
def measured(case: Case) -> Effectiveness:
    found = effectiveness(case, [])
    assert found is not None
    return found


@pytest.fixture(scope="module")
def by_ship(measured: Effectiveness) -> Mapping[int, Outcome]:
    return {o.passage.mmsi: o for o in measured.outcomes}


def test_each_ship_ends_as_it_did(by_ship: Mapping[int, Outcome]) -> None:
    ends = {mmsi: o.end for mmsi, o in by_ship.items()}
    assert ends == {
        215000001: End.THROUGH, 215000002: End.STOPPED, 215000003: End.STOPPED,
        215000004: End.DARK, 215000005: End.THROUGH,
    }  # fmt: skip


def test_a_stop_names_the_patrol_beside_it_or_says_that_none_was_heard(
    by_ship: Mapping[int, Outcome],
) -> None:
    assert by_ship[215000002].beside == 299000009
    assert by_ship[215000003].beside is None
    assert by_ship[215000003].alone


def test_ways_in_and_out_are_told_apart(by_ship: Mapping[int, Outcome]) -> None:
    assert by_ship[215000001].passage.inward
    assert not by_ship[215000005].passage.inward
    assert not by_ship[215000002].passage.arrived


def test_the_share_counts_what_could_be_either_to_both_sides(measured: Effectiveness) -> None:
    share = measured.stopped
    assert share is not None
    assert (share.hits, share.of) == (2, 5)
    assert share.low < 0.4 < share.high


def test_transits_are_counted_before_and_after(measured: Effectiveness) -> None:
    assert measured.transits is not None
    assert measured.transits.declared_day == 1
    assert measured.transits.daily[0] == 1, "the early ship, and no fisher or patrol"
    assert sum(measured.transits.daily[1:]) == 6


def test_without_a_zone_it_says_what_is_missing(case: Case, tmp_path: Path) -> None:
    text = CASE.replace('file = "zones.geojson"', "circle = { lat = 10, lon = 62, radius_nm = 9 }")
    text = text.replace('zone = "The zone"\nline = "The line"', 'zone = "Another"')
    (tmp_path / "case.toml").write_text(text, "utf-8")
    (tmp_path / "ais.csv").write_bytes((case.folder / "ais.csv").read_bytes())
    other = load_case(tmp_path / "case.toml")
    run_case(other)
    found = effectiveness(other, [])
    assert found is not None
    assert found.stopped is None
    assert "'zone'" in (found.why_not or "")


def declared(by: str, said_by: str | None, where: bool) -> Event:
    """A report of the blockade."""
    from masthead.model import Attribution

    return Event(
        sense=Sense.REPORT, act="COERCE", incident="blockade",
        sources=(Actor(text="Kestria", country=by),),
        targets=(Actor(text="Velmark", country="XVM"),),
        time=Interval(earliest=BEGIN + timedelta(days=1)),
        place=Place(lat=10.0, lon=61.5, radius_m=9000.0) if where else None,
        attribution=(Attribution(who="the navy", country=said_by),) if said_by else (),
        evidence=(TextSpan(document="a", start=0, end=4, text="word"),),
    )  # fmt: skip


def test_the_law_tells_what_is_held_and_what_is_missing(case: Case) -> None:
    bare = effectiveness(case, [])
    told = effectiveness(case, [declared("XKE", "XKE", True)])
    assert bare is not None
    assert told is not None
    first, then = bare.law[0], told.law[0]
    assert first.name == then.name == "Declared"
    assert not first.held
    assert any("declares it" in m for m in first.missing)
    assert any("own words" in h.text for h in then.held)
    assert not any("limits" in m for m in then.missing)
    assert [c.name for c in told.law] == [
        "Declared", "Notified", "Effective", "Impartial", "Spares neutral coasts",
        "Lets relief through",
    ]  # fmt: skip


def test_a_flag_that_is_let_pass_stands_out() -> None:
    import numpy as np

    from masthead.checks.effectiveness.law import _impartial
    from masthead.checks.effectiveness.passages import Passage
    from masthead.checks.sightings import Sighting

    nothing = Sighting(1, *(np.zeros(0) for _ in range(5)))

    def passed(flag: str, end: End) -> Outcome:
        return Outcome(Passage(1, None, flag, 0, 1, True, True, False, 0, nothing), end)

    found = [passed("AAA", End.THROUGH)] * 12 + [passed("BBB", End.STOPPED)] * 20
    found += [passed("BBB", End.THROUGH)] * 5
    assert any("AAA stands out: 0 of 12" in h.text for h in _impartial(found).held)
    alike = [passed(f, e) for f in ("AAA", "BBB") for e in (End.STOPPED, End.THROUGH) * 6]
    assert not any("stands out" in h.text for h in _impartial(alike).held)


def test_a_case_without_a_blockade_has_none(case: Case, tmp_path: Path) -> None:
    (tmp_path / "ais.csv").write_bytes((case.folder / "ais.csv").read_bytes())
    (tmp_path / "zones.geojson").write_text(json.dumps(ZONES), "utf-8")
    (tmp_path / "case.toml").write_text(CASE.split("[blockade]")[0], "utf-8")
    assert effectiveness(load_case(tmp_path / "case.toml"), []) is None
