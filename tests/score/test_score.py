"""Scores of small truths written by hand, where the right figures are known."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from masthead.errors import SourceError
from masthead.model import (
    Actor,
    Attribution,
    Event,
    Interval,
    Place,
    Sense,
    Status,
    TextSpan,
    TrackSpan,
    Vessel,
)
from masthead.score import score_events
from masthead.score.definitions import Definitions
from masthead.score.figures import NOTHING, Figures
from masthead.score.reports import score_reports
from masthead.score.tracks import score_tracks
from masthead.score.truths import read_happenings, read_tellings
from masthead.sim.truth import Happening, Telling, write_lines
from masthead.views.score.html import to_html, to_json
from masthead.views.score.terminal import print_score

START = datetime(2031, 3, 3, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def happened(
    number: int, incident: str, begin: float, end: float, *ships: int, receivable: bool = True
) -> Happening:
    return Happening(
        f"h{number}", incident, "done", at(begin), at(end), 40.0, 18.0, None, ships, receivable
    )


def seen(incident: str, begin: float, end: float, *ships: int, lat: float = 40.0) -> Event:
    return Event(
        sense=Sense.TRACK,
        incident=incident,
        objects=tuple(Vessel(text=str(m), mmsi=m) for m in ships),
        time=Interval(earliest=at(begin), latest=at(end)),
        place=Place(lat=lat, lon=18.0, radius_m=100.0),
        evidence=tuple(TrackSpan(mmsi=m, start=at(begin), end=at(end)) for m in ships),
    )


def told(
    number: int, start: int, incident: str | None, status: str = "asserted", **more: object
) -> Telling:
    sentence = "x" * 40
    values: dict[str, object] = {
        "act": "COERCE" if incident else "ACCUSE", "truthful": "true", "happening": None, **more,
    }  # fmt: skip
    return Telling(
        id=f"t{number}", document="a.txt", sentence=sentence, start=start, end=start + 40,
        incident=incident, status=Status(status), **values,  # type: ignore[arg-type]
    )  # fmt: skip


def read(start: int, incident: str | None, status: str = "asserted", **more: object) -> Event:
    return Event(
        sense=Sense.REPORT, incident=incident, act="COERCE" if incident else "ACCUSE",
        status=Status(status), **more,  # type: ignore[arg-type]
        evidence=(TextSpan(document="reports/a.txt", start=start, end=start + 9, text="y" * 9),),
    )  # fmt: skip


def test_tracks_by_hand() -> None:
    truth = [
        happened(1, "gap", 0, 20, 1),
        happened(2, "gap", 30, 50, 2, receivable=False),
        happened(3, "gap", 60, 80, 3),
        happened(4, "encounter", 5, 9, 1, 4),
        happened(5, "boarding", 5, 6, 9),  # no track event: not counted
    ]
    events = [
        seen("gap", 0.5, 20, 1, lat=40.1),
        seen("gap", 100, 120, 3),  # another gap of the third ship
        seen("loitering", 6, 8, 1),  # the truth logs no loitering: neither right nor wrong
        seen("encounter", 5, 8.5, 4, 1),
    ]
    table = score_tracks(truth, events)
    gap = table.row("gap")
    assert (gap.true, gap.found, gap.hits, gap.receivable, gap.receivable_hits) == (3, 2, 1, 2, 1)
    assert gap.precision == 0.5
    assert gap.recall == pytest.approx(1 / 3)
    assert gap.receivable_recall == 0.5
    assert gap.f1 == pytest.approx(2 / 5)
    assert gap.time_error_min == 30.0
    assert gap.place_error_km == pytest.approx(11.1, abs=0.1)
    assert table.row("encounter").f1 == 1.0
    assert {r.name for r in table.rows} == {"gap", "encounter"}
    assert table.confusion == {
        ("encounter", "encounter"): 1, ("gap", "gap"): 1, ("gap", NOTHING): 2, (NOTHING, "gap"): 1,
    }  # fmt: skip
    assert (table.total.true, table.total.found, table.total.hits) == (4, 3, 2)


def test_a_wrong_kind_of_event_is_a_confusion() -> None:
    truth = [happened(1, "port_call", 0, 3, 1), happened(2, "stopped_at_sea", 10, 12, 2)]
    table = score_tracks(truth, [seen("stopped_at_sea", 0.2, 1, 1)])
    assert table.total.hits == 0
    assert table.confusion == {("port_call", "stopped_at_sea"): 1, ("stopped_at_sea", NOTHING): 1}


def test_an_event_is_right_for_a_happening_that_its_definition_means() -> None:
    truth = [
        happened(1, "turn_back", 0, 1, 1),
        happened(2, "diversion", 10, 12, 2),
        happened(3, "boarding", 20, 22, 3, 4),  # the patrol, 4, lies stopped
        happened(4, "stopped_at_sea", 20, 22, 3),
    ]
    events = [seen("diversion", 0.2, 1, 1), seen("stopped_at_sea", 20, 22, 4)]
    table = score_tracks(truth, events)
    diversion, stop = table.row("diversion"), table.row("stopped_at_sea")
    assert (diversion.found, diversion.hits, diversion.named, diversion.told) == (1, 1, 0, 0)
    assert (stop.found, stop.hits, stop.named, stop.told) == (1, 1, 0, 0)
    assert (diversion.precision, diversion.recall) == (1.0, 0.0)


def test_a_jump_out_and_back_is_one_event_for_two_leaps() -> None:
    truth = [happened(1, "jump", 5, 5, 1), happened(2, "jump", 7, 7, 1)]
    row = score_tracks(truth, [seen("jump", 5, 7, 1)]).row("jump")
    assert (row.true, row.told, row.found, row.hits) == (2, 2, 1, 1)


def test_what_is_too_short_by_the_definition_is_counted_apart() -> None:
    truth = [happened(1, "gap", 0, 3, 1), happened(2, "gap", 0, 20, 2)]
    row = score_tracks(truth, [seen("gap", 0, 20, 2)]).row("gap")
    assert (row.recall, row.receivable_recall, row.fit, row.fit_recall) == (0.5, 0.5, 1, 1.0)
    wider = Definitions({"gap": {"min_gap_h": 2.0}})
    assert score_tracks(truth, [], definitions=wider).row("gap").fit == 2


def test_reports_by_hand() -> None:
    ship = {"name": "Silver Heron", "type": "vessel"}
    tellings = [
        told(1, 0, "seizure", objects=(ship,), happening="h1", sources=("kestria",),
             attribution=("velmark", "the harbour master"),
             time={"earliest": at(0), "latest": at(24)},
             place={"lat": 40.0, "lon": 18.0, "radius_m": 20_000.0}),
        told(2, 100, "boarding", "denied"),
        told(3, 200, None),
        told(4, 300, "seizure"),
    ]  # fmt: skip
    events = [
        read(3, "seizure", objects=(Vessel(text="Silver Heron", name="SILVER HERON"),),
             sources=(Actor(text="the navy", country="XKE"),),
             attribution=(Attribution(who="Harbour Master"),),
             time=Interval(earliest=at(30), latest=at(31)),
             place=Place(lat=40.1, lon=18.0, radius_m=1.0)),
        read(110, "boarding", "asserted"),
        read(120, "boarding", "denied"),  # the better of two for one telling
        read(210, None),
        read(305, "detention"),
        read(500, "attack"),
    ]  # fmt: skip
    sides = {"kestria": frozenset({"kestria", "xke"}), "velmark": frozenset({"xvm"})}
    table = score_reports(tellings, events, sides)
    assert table.row("seizure").recall == 0.5
    assert table.row("seizure").precision == 1.0
    assert table.row("boarding").precision == 0.5
    assert table.row("ACCUSE").f1 == 1.0
    assert table.row("seizure").time_error_min == 360.0
    assert table.row("seizure").place_error_km == pytest.approx(11.1, abs=0.1)
    facets = {f.name: (f.right, f.told) for f in table.facets}
    assert facets["status"] == (3, 3)
    assert facets["who did it"] == facets["who says so"] == (1, 1)
    assert facets["attributed or not"] == (3, 3)
    assert facets["ship's name or number"] == (1, 1)
    assert facets["time overlaps"] == (0, 1)
    assert facets["place within its radius or 5 km"] == (1, 1)
    assert table.confusion[("seizure", "detention")] == 1
    assert table.confusion[(NOTHING, "attack")] == 1
    assert table.confusion[(NOTHING, "boarding")] == 1


kinds = st.sampled_from(["gap", "encounter", "port_call", "zone_entry"])
truths = st.lists(
    st.tuples(kinds, st.floats(0, 200), st.floats(0, 30), st.integers(1, 6), st.booleans()),
    min_size=1, max_size=30,
)  # fmt: skip


@settings(deadline=None)
@given(truths)
def test_a_perfect_run_scores_one_and_an_empty_one_nothing(rows: list[tuple]) -> None:  # type: ignore[type-arg]
    happenings = [
        happened(n, kind, begin, begin + length, ship, receivable=heard)
        for n, (kind, begin, length, ship, heard) in enumerate(rows)
    ]
    events = [seen(kind, begin, begin + length, ship) for kind, begin, length, ship, _ in rows]
    perfect = score_tracks(happenings, events)
    for row in (*perfect.rows, perfect.total):
        assert row.precision == row.recall == row.f1 == 1.0
        assert row.receivable_recall in (1.0, None)
        assert row.time_error_min == 0.0
    assert all(true == found for true, found in perfect.confusion)
    empty = score_tracks(happenings, [])
    assert (empty.total.recall, empty.total.f1, empty.total.precision) == (0.0, 0.0, None)


@settings(deadline=None)
@given(truths, truths)
def test_counts_always_add_up(rows: list[tuple], others: list[tuple]) -> None:  # type: ignore[type-arg]
    happenings = [
        happened(n, kind, begin, begin + length, ship, receivable=heard)
        for n, (kind, begin, length, ship, heard) in enumerate(rows)
    ]
    events = [seen(kind, begin, begin + length, ship) for kind, begin, length, ship, _ in others]
    table = score_tracks(happenings, events)
    total, mix = table.total, table.confusion
    assert total.hits <= total.found
    assert (total.named or 0) <= (total.told or 0) <= total.true
    assert total.receivable_hits <= total.receivable <= total.true
    assert sum(n for (true, _), n in mix.items() if true != NOTHING) == total.true == len(rows)
    assert sum(n for (_, found), n in mix.items() if found != NOTHING) >= total.found
    assert sum(n for (true, found), n in mix.items() if true == found) >= total.hits


@given(st.lists(st.sampled_from(["seizure", "boarding", None]), min_size=1, max_size=12))
def test_a_perfect_reader_scores_one(kinds: list[str | None]) -> None:
    tellings = [told(n, 100 * n, kind) for n, kind in enumerate(kinds)]
    table = score_reports(tellings, [read(100 * n, kind) for n, kind in enumerate(kinds)])
    assert table.total.f1 == 1.0
    assert all(f.share == 1.0 for f in table.facets)
    assert score_reports(tellings, []).total.f1 == 0.0


def test_shares_of_nothing_are_not_shown_as_nought() -> None:
    assert Figures("gap").precision is Figures("gap").recall is Figures("gap").f1 is None


def test_truth_is_read_as_it_was_written(tmp_path: Path) -> None:
    truth = [happened(1, "gap", 0, 20, 1), happened(2, "encounter", 5, 9, 1, 4)]
    tellings = [told(1, 0, "seizure", time={"earliest": at(0), "latest": None})]
    write_lines(truth, tmp_path / "truth.jsonl")
    write_lines(tellings, tmp_path / "tellings.jsonl")
    assert read_happenings(tmp_path) == truth
    assert [asdict(t) for t in read_tellings(tmp_path)] == [asdict(t) for t in tellings]
    with (tmp_path / "truth.jsonl").open("a") as handle:
        handle.write('{"id": "h3"}\n')
    with pytest.raises(SourceError, match=r"truth\.jsonl:3"):
        read_happenings(tmp_path)
    with pytest.raises(SourceError, match="simulation"):
        read_happenings(tmp_path / "elsewhere")


def test_a_score_is_drawn_in_three_ways() -> None:
    truth = [happened(1, "gap", 0, 20, 1), happened(2, "encounter", 5, 9, 1, 4)]
    score = score_events("A <b>case", truth, [told(1, 0, "seizure", happening="h1")],
                         [seen("gap", 0, 20, 1), read(1, "seizure")])  # fmt: skip
    assert (score.told, score.receivable, score.neither) == (1, 2, 0)
    console = Console(width=140, record=True, file=StringIO())
    print_score(score, console)
    drawn = console.export_text()
    assert "gap" in drawn
    assert "100 %" in drawn
    page = to_html(score)
    assert "A &lt;b&gt;case" in page
    assert "<script" not in page
    content = json.loads(to_json(score))
    assert [t["title"] for t in content["tables"]] == ["Reports", "Tracks"]
    assert content["tables"][1]["total"]["recall"] == 0.5
