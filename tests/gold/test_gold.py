"""The gold dispatches are well formed, cover issue 3, and a reading equal to them scores 1."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from masthead import codes
from masthead.model import (
    Actor,
    Attribution,
    Document,
    Event,
    Interval,
    Place,
    Sense,
    Status,
    Vessel,
)

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "benchmarks"))

import gold  # noqa: E402
import reading  # noqa: E402

PATHS = sorted(HERE.glob("*/*.txt"))
GUIDE = (HERE / "README.md").read_text("utf-8")
PHENOMENA = frozenset(GUIDE.partition("<!-- phenomena -->")[2].partition("<!-- end -->")[0].split())
KEYS = {
    "evidence", "occurrence", "act", "mode", "cameo", "incident", "sources", "targets",
    "may_sources", "may_targets", "act_ok", "time_ok", "objects", "status", "status_ok",
    "attribution", "time", "place", "optional", "shows",
}  # fmt: skip


def record(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return loaded


def test_the_sets_are_whole() -> None:
    assert len(list((HERE / "dev").glob("*.txt"))) == 12
    assert len(list((HERE / "retired").glob("*.txt"))) == 8
    assert len(list((HERE / "trial").glob("*.txt"))) == 56
    assert len(list((HERE / "unseen").glob("*.txt"))) == 8
    assert len(list((HERE / "unseen2").glob("*.txt"))) == 10
    assert len(list((HERE / "unseen3").glob("*.txt"))) == 6


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_every_substring_stands_in_the_dispatch(path: Path) -> None:
    text = path.read_text("utf-8")
    for event in record(path)["events"]:
        gold.place_of(text, event["evidence"], event.get("occurrence", 0))
        actors = event["sources"] + event["targets"] + event["objects"]
        phrases = [item["text"] for item in actors]
        phrases += [ship["name"] for ship in event["objects"]]
        phrases += [link[key] for link in event["attribution"] for key in ("who", "channel")]
        phrases.append(event["place"])
        assert [p for p in phrases if p and p not in text] == [], event["evidence"]
    for trap in record(path)["no_event"]:
        gold.place_of(text, trap["evidence"])


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_codes_and_dates_are_valid(path: Path) -> None:
    loaded = record(path)
    assert path.read_text("utf-8").startswith(f"date {loaded['date']}\n\n")
    for event in loaded["events"]:
        assert set(event) <= KEYS
        codes.check(act=event["act"], cameo=event["cameo"], incident=event["incident"])
        assert set(event.get("act_ok", [])) <= set(codes.acts())
        assert event["act"] or event["incident"]
        assert event["cameo"] is None or re.fullmatch(r"\d\d", event["cameo"])
        assert {event["status"], *event.get("status_ok", [])} <= {s.value for s in Status}
        assert set(event["shows"]) <= PHENOMENA
        for actor in event["sources"] + event["targets"]:
            assert actor["country"] is None or re.fullmatch(r"[A-Z]{3}", actor["country"])
            assert actor["sector"] is None or actor["sector"] in codes.sectors()
        incident = codes.incidents()[event["incident"]] if event["incident"] else None
        if incident is not None:
            assert incident.act == event["act"], event["evidence"]
        for time in filter(None, (event["time"], *event.get("time_ok", []))):
            days = [date.fromisoformat(d) for d in time.values() if d]
            assert days
            assert days == sorted(days)


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_a_dispatch_has_eight_to_twenty_sentences(path: Path) -> None:
    body = path.read_text("utf-8").partition("\n\n")[2]
    body = re.sub(r"\b(?:St|Aug|Oct|Sept|No|Jr|Dr|\d+)\. ", " ", body)
    assert 8 <= len(re.findall(r"[.!?][\"*]?(?=\s|$)", body)) <= 20


def test_every_phenomenon_and_every_status_is_shown_by_a_required_event() -> None:
    for folder in ("dev", "retired", "trial"):
        events = [e for p in (HERE / folder).glob("*.txt") for e in record(p)["events"]]
        required = [e for e in events if not e.get("optional")]
        assert {e["status"] for e in required} == {s.value for s in Status}, folder
    shown = {tag for p in PATHS for e in record(p)["events"] for tag in e["shows"]
             if not e.get("optional")}  # fmt: skip
    assert shown == PHENOMENA
    assert {e["act"] for p in PATHS for e in record(p)["events"]} >= set(codes.acts())
    assert all(record(p)["no_event"] for p in PATHS)


def as_read(dispatch: gold.Dispatch, wanted: gold.GoldEvent) -> Event:
    """What a reader that made no mistake would give for one gold event."""
    e = wanted.record
    document = dispatch.document()

    def moment(day: str | None) -> datetime | None:
        return datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None

    def actors(role: str) -> tuple[Actor, ...]:
        return tuple(
            Actor(text=a["text"], country=a["country"], sector=a["sector"]) for a in e[role]
        )

    return Event(
        sense=Sense.REPORT,
        act=e["act"],
        cameo=e["cameo"],
        incident=e["incident"],
        sources=actors("sources"),
        targets=actors("targets"),
        objects=tuple(Vessel(**ship) for ship in e["objects"]),
        time=Interval(earliest=moment(e["time"]["earliest"]), latest=moment(e["time"]["latest"]))
        if e["time"]
        else None,
        place=Place(text=e["place"]) if e["place"] else None,
        status=Status(e["status"]),
        attribution=tuple(
            Attribution(
                who=a["who"], country=a["country"], channel=a["channel"], quoted=a["quoted"]
            )
            for a in e["attribution"]
        ),
        evidence=(document.cite(wanted.start, wanted.end),),
    )


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_a_reading_equal_to_the_gold_scores_one(path: Path) -> None:
    dispatch = gold.load(path)
    events = [as_read(dispatch, e) for e in dispatch.events]
    for chosen in (events, [as_read(dispatch, e) for e in dispatch.events if not e.optional]):
        result, counts = reading.score(dispatch, chosen)
        assert result.missed == []
        assert result.wrong == []
        values = reading.figures(counts)
        fields = ("precision", "recall", *reading.FIELDS, "offsets_exact")
        assert {name: values[name] for name in fields if values[name] not in (None, 1)} == {}


def test_a_wrong_act_country_or_place_in_the_text_is_not_a_match() -> None:
    text = "Spain seized a trawler. Portugal did not."
    start, end = gold.place_of(text, "Spain seized a trawler")
    spain = {"text": "Spain", "country": "ESP", "sector": "GOV"}
    wanted = gold.GoldEvent(
        {"act": "COERCE", "incident": "seizure", "sources": [spain], "targets": [],
         "objects": [], "status": "asserted", "attribution": [], "time": None},
        start, end,
    )  # fmt: skip
    dispatch = gold.Dispatch("t", text, date(2020, 1, 1), None, (wanted,), ())
    document = Document(id="t", text=text)

    def found(act: str, country: str, span: tuple[int, int]) -> int:
        event = Event(
            sense=Sense.REPORT,
            act=act,
            sources=(Actor(text=country, country=country),),
            evidence=(document.cite(*span),),
        )
        return len(gold.match(dispatch, [event]).found)

    assert found("COERCE", "ESP", (start, end)) == 1
    assert found("ASSAULT", "ESP", (start, end)) == 0
    assert found("COERCE", "PRT", (start, end)) == 0
    assert found("COERCE", "ESP", (end + 1, len(text))) == 0


def test_invented_states_are_told_apart_by_their_own_words() -> None:
    assert gold.same_words("the government of Pelagia", "Pelagian government")
    assert not gold.same_words("the government of Pelagia", "the government of Tarsk")
    assert gold.same_words("The Ministry of Foreign Affairs of Kestria", "the ministry")
