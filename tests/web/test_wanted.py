"""A search in words and fields."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from masthead.web.desk import Desk
from masthead.web.door import Door
from masthead.web.wanted import Term, terms
from web.conftest import client_of


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Amber  Tern", [Term(None, ("amber",)), Term(None, ("tern",))]),
        ('"Amber Tern"', [Term(None, ("amber tern",))]),
        ('ship:"Amber Tern" act:seizure,boarding',
         [Term("ship", ("amber tern",)), Term("act", ("seizure", "boarding"))]),
        ("-status:denied", [Term("status", ("denied",), absent=True)]),
        ("at 12:30 https://a.b", [Term(None, ("at",)), Term(None, ("12:30",)),
                                  Term(None, ("https://a.b",))]),
        ("SHIP:x", [Term("ship", ("x",))]),
        ('ship: act:"', []),
        ("   ", []),
    ],
)  # fmt: skip
def test_what_is_asked_is_understood(q: str, expected: list[Term]) -> None:
    assert terms(q) == expected


def found(client: TestClient, q: str) -> list[tuple[str | None, str | None]]:
    answer = client.get(f"/api/events?limit=1000&q={quote(q)}")
    assert answer.status_code == 200
    return [(e["incident"], e["act"]) for e in answer.json()["items"]]


def test_fields_filter_the_events(reading: TestClient) -> None:
    boarded = found(reading, 'ship:"amber tern" act:boarding')
    assert boarded
    assert {incident for incident, _ in boarded} == {"boarding"}
    assert found(reading, 'ship:"amber tern" act:hijack') == []
    everything = found(reading, "sense:report")
    without = found(reading, "sense:report -act:boarding")
    assert 0 < len(without) < len(everything)
    assert "boarding" not in {incident for incident, _ in without}
    assert found(reading, "source:gulf sense:report")
    assert found(reading, "says:fisherman") == [("interception", "COERCE")]
    assert found(reading, "place:yemen") == [("interception", "COERCE")]
    assert all(act == "ACCUSE" for _, act in found(reading, "by:veloria act:accuse"))


def test_one_box_finds_each_kind_by_its_fields(reading: TestClient) -> None:
    def kinds(q: str) -> set[str]:
        items = reading.get(f"/api/search?limit=1000&q={quote(q)}").json()["items"]
        return {item["kind"] for item in items}

    assert {"incident", "event"} <= kinds("ship:amber act:boarding")
    assert "ship" not in kinds("ship:amber act:boarding")
    assert "ship" in kinds("ship:amber")
    assert "document" in kinds("source:wire")
    assert "document" in kinds("Mumbai source:wire")
    assert "document" not in kinds("Mumbai source:ministry")


def test_a_port_that_the_blockade_closes_is_on_the_map(case_file: Path, door: Door) -> None:
    with case_file.open("a", encoding="utf-8") as case:
        case.write('\n[blockade]\nby = "XCA"\nagainst = "XVE"\n'
                   'ports = [{ name = "Port Ash", lat = 17.0, lon = 55.5 }]\n')  # fmt: skip
    with Desk(case_file) as desk, client_of(desk, door) as client:
        ports = client.get("/api/ports").json()["features"]
    closed = [p for p in ports if p["properties"]["closed"]]
    assert [p["properties"]["name"] for p in closed] == ["Port Ash"]
    assert closed[0]["geometry"]["coordinates"] == [55.5, 17.0]


def test_the_stream_ends_when_it_is_told_to(reading: TestClient) -> None:
    answer = reading.get("/api/stream?most_s=0")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.text.startswith("event: head\ndata: {")
    assert reading.get("/api/stream?most_s=-1").status_code == 422
