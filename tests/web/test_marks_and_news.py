"""Marks through the API, what they do to the incidents, and how a page hears of it."""

from __future__ import annotations

import os
import signal
import socket
import threading
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from masthead.case import load_case
from masthead.ledger import Ledger
from masthead.watch import run_case
from masthead.web.desk import Desk
from masthead.web.door import Door
from masthead.web.running import Server
from web.conftest import TOKEN, client_of


def _incidents(ask: TestClient) -> list[dict]:
    return ask.get("/api/incidents").json()["items"]


def test_marks_are_kept_through_a_reload_and_taken_back(case_file: Path, door: Door) -> None:
    with Desk(case_file) as desk, client_of(desk, door) as ask:
        incident = _incidents(ask)[0]["incident"]
        event = incident["events"][0]
        for about, kind, text in (
            (event, "dispute", "not that ship"), (incident["id"], "star", None),
        ):  # fmt: skip
            made = ask.post("/api/marks", json={"about": about, "kind": kind, "text": text})
            assert made.status_code == 201
    with Desk(case_file) as desk, client_of(desk, door) as ask:
        kept = ask.get("/api/marks").json()["items"]
        assert [(m["kind"], m["text"]) for m in kept] == [
            ("dispute", "not that ship"), ("star", None),
        ]  # fmt: skip
        assert ask.get(f"/api/events/{event}").json()["marks"] == [kept[0]]
        assert _incidents(ask)[0]["marks"] == kept[1:]
        assert ask.delete(f"/api/marks/{kept[0]['id']}").status_code == 200
        assert ask.get("/api/marks").json()["items"] == kept[1:]
        assert ask.delete(f"/api/marks/{kept[0]['id']}").status_code == 404
    with Ledger.open(load_case(case_file).ledger_path, read_only=True) as ledger:
        assert ledger.verify().problems == ()


def test_a_merge_joins_incidents_a_split_parts_them_and_both_can_be_undone(
    ask: TestClient,
) -> None:
    before = _incidents(ask)
    one, two = (i["incident"] for i in before[:2])
    tag = ask.get("/api/case").headers["ETag"]
    merge = ask.post(
        "/api/marks", json={"about": one["id"], "kind": "merge", "others": [two["id"]]}
    ).json()
    after = _incidents(ask)
    joined = next(i for i in after if set(one["events"]) <= set(i["incident"]["events"]))
    assert set(joined["incident"]["events"]) == {*one["events"], *two["events"]}
    assert len(after) == len(before) - 1
    assert joined["verdict"]["about"] == joined["incident"]["id"]
    assert [m["kind"] for m in joined["marks"]] == ["merge"], "so that it can be taken back there"
    assert ask.get("/api/case").headers["ETag"] != tag
    split = ask.post(
        "/api/marks",
        json={"about": joined["incident"]["id"], "kind": "split", "others": two["events"]},
    ).json()
    assert [i["incident"] for i in _incidents(ask)] == [i["incident"] for i in before]
    for mark in (split, merge):
        ask.delete(f"/api/marks/{mark['id']}")
    assert [i["incident"] for i in _incidents(ask)] == [i["incident"] for i in before]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"about": "none", "kind": "star"}, 404), ({"about": "{event}", "kind": "note"}, 422),
     ({"about": "{event}", "kind": "praise"}, 422), ({"about": "{event}"}, 422),
     ({"about": "{event}", "kind": "merge"}, 422),
     ({"kind": "star", "about": "{event}", "x": 1}, 422),
     ({"about": "{event}", "kind": "note", "text": "x" * 4001}, 422),
     ({"about": "{event}", "kind": "merge", "others": ["none"]}, 404)],
)  # fmt: skip
def test_a_mark_that_cannot_be_is_refused(ask: TestClient, body: dict, status: int) -> None:
    event = ask.get("/api/events?limit=1").json()["items"][0]["id"]
    asked = {k: v.format(event=event) if isinstance(v, str) else v for k, v in body.items()}
    answer = ask.post("/api/marks", json=asked)
    assert answer.status_code == status, answer.text
    assert ask.get("/api/marks").json()["total"] == 0


def test_a_run_beside_the_server_is_noticed(ask: TestClient, desk: Desk, case_file: Path) -> None:
    before = ask.get("/api/case").json()["counts"]["documents"]
    (case_file.parent / "reports" / "2026-06-04-wire.txt").write_text(
        "June 4 (Gulf Wire) - The Carthian Navy seized the tanker Amber Tern on Thursday.\n"
    )
    run_case(load_case(case_file))
    desk.look()
    assert ask.get("/api/case").json()["counts"]["documents"] == before + 1
    os.utime(case_file)
    assert desk.look()


def test_the_stream_tells_of_a_new_head(desk: Desk) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    door = Door(port=listener.getsockname()[1], token=TOKEN)
    server = Server(desk, door)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=door.url, headers=headers, timeout=20) as client:
            event = client.get("api/events?limit=1").json()["items"][0]["id"]
            with client.stream("GET", "api/stream") as stream:
                lines = stream.iter_lines()
                first = next(line for line in lines if line.startswith("data: "))
                client.post("api/marks", json={"about": event, "kind": "star"})
                second = next(line for line in lines if line.startswith("data: "))
                assert first != second
                assert desk.now.head in second
                server.handle_exit(signal.SIGTERM, None)
                assert list(lines)[-1:] in ([], [""])
    finally:
        server.should_exit = True
        thread.join(timeout=10)
    assert not thread.is_alive()
