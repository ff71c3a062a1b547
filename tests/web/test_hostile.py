"""A document full of scripts, odd characters and a line of a megabyte is only ever JSON text."""

from __future__ import annotations

from fastapi.testclient import TestClient

from web.conftest import HOSTILE, HOSTILE_TEXT


def test_it_comes_as_a_json_string_and_nothing_else(reading: TestClient) -> None:
    from urllib.parse import quote

    answer = reading.get(f"/api/documents/{quote(HOSTILE)}")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    found = answer.json()["document"]
    assert found["id"] == HOSTILE
    assert "<script>alert(1)</script>" in found["text"]
    assert "A" * 1_000_000 in found["text"]
    for event in answer.json()["events"]:
        for piece in event["evidence"]:
            assert found["text"][piece["start"] : piece["end"]] == piece["text"]
    assert "\u202e" in HOSTILE_TEXT


def test_no_route_gives_it_as_html(reading: TestClient) -> None:
    for path in ("events?q=alert", "search?q=onerror", "incidents", "documents?q=script",
                 "events.geojson", "network", "stances"):  # fmt: skip
        answer = reading.get(f"/api/{path}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].split(";")[0].endswith("json")
    brief = reading.get("/api/brief.html").text
    assert "<script>alert" not in brief
    assert "<img src=x" not in brief
    assert "<svg/onload" not in brief
    assert "<b onmouseover" not in brief


def test_snippets_are_short_whatever_the_line(reading: TestClient) -> None:
    items = reading.get("/api/search?q=alert").json()["items"]
    assert any(i["id"] == HOSTILE for i in items)
    assert all(len(i["snippet"]) < 200 and len(i["title"]) < 400 for i in items)
