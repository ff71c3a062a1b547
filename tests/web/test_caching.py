"""ETags: every GET that the API describes is told 304 while nothing changed, and only then."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

QUERIES = {"coverage": "at=2026-06-02T08:00:00Z", "search": "q=tanker", "tracks": "zoom=6"}
ENDLESS = "/api/stream"


def _addresses(ask: TestClient) -> list[str]:
    """An address that answers 200 for every GET of the OpenAPI document."""
    event = ask.get("/api/events?limit=1").json()["items"][0]
    known = {
        "event_id": event["id"],
        "incident_id": ask.get("/api/incidents").json()["items"][0]["incident"]["id"],
        "mmsi": ask.get("/api/ships").json()["items"][0]["mmsi"],
        "document_id": quote(ask.get("/api/documents").json()["items"][0]["id"]),
    }
    found = []
    for path, operations in ask.get("/api/openapi.json").json()["paths"].items():
        if "get" in operations and path != ENDLESS:
            query = QUERIES.get(path.removeprefix("/api/"), "")
            found.append(path.format(**known) + (f"?{query}" if query else ""))
    return [*found, "/api/openapi.json"]


def test_what_did_not_change_is_not_sent_again(ask: TestClient) -> None:
    addresses = _addresses(ask)
    assert len(addresses) > 20
    tags = {}
    for address in addresses:
        first = ask.get(address)
        assert first.status_code == 200, address
        assert first.headers["Cache-Control"] == "private, no-cache", address
        tags[address] = first.headers["ETag"]
        again = ask.get(address, headers={"If-None-Match": tags[address]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again.headers["ETag"] == tags[address]
        several = f'"other", {tags[address]}'
        assert ask.get(address, headers={"If-None-Match": several}).status_code == 304
        assert ask.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    event = ask.get("/api/events?limit=1").json()["items"][0]["id"]
    ask.post("/api/marks", json={"about": event, "kind": "star"})
    for address, tag in tags.items():
        fresh = ask.get(address, headers={"If-None-Match": tag})
        assert fresh.status_code == 200, f"{address}: a mark changed the state"
        assert fresh.headers["ETag"] != tag


@pytest.mark.parametrize("path", ["none", "events/none", "events?limit=0", "events?unknown=1"])
def test_an_error_has_no_tag(reading: TestClient, path: str) -> None:
    answer = reading.get(f"/api/{path}")
    assert answer.status_code in (404, 422)
    assert "ETag" not in answer.headers


def test_news_and_deeds_are_not_kept(ask: TestClient) -> None:
    tag = ask.get("/api/case").headers["ETag"]
    known = {"If-None-Match": tag}
    assert ask.get(f"{ENDLESS}?most_s=0", headers=known).status_code == 200
    event = ask.get("/api/events?limit=1").json()["items"][0]["id"]
    made = ask.post("/api/marks", json={"about": event, "kind": "star"}, headers=known)
    assert (made.status_code, "ETag" in made.headers) == (201, False)
