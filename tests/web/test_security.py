"""Who may ask: nobody with another Host, Origin or token, and nobody beyond this machine."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from masthead.cli import main
from masthead.errors import MastheadError
from masthead.web.door import Door
from masthead.web.security import HEADERS, LARGEST_BODY
from web.conftest import TOKEN


@pytest.mark.parametrize(
    "host",
    ["evil.example:8321", "evil.example", "127.0.0.1", "127.0.0.1:80", "[::1:8321",
     "127.0.0.1.evil.example:8321", "localhost:8322", "192.168.1.5:8321", "", "127.0.0.1:8321:1",
     "localhost@x:8321"],
)  # fmt: skip
def test_another_host_is_refused(reading: TestClient, host: str) -> None:
    assert reading.get("/api/case", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8321", "localhost:8321", "LOCALHOST:8321", "[::1]:8321"]
)
def test_this_machine_by_its_names_is_let_in(reading: TestClient, host: str) -> None:
    assert reading.get("/api/case", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://evil.example", 403), ("null", 403), ("https://127.0.0.1:8321", 403),
     ("http://127.0.0.1:8322", 403), ("http://127.0.0.1:8321", 200)],
)  # fmt: skip
def test_another_origin_is_refused(reading: TestClient, origin: str, status: int) -> None:
    assert reading.get("/api/case", headers={"Origin": origin}).status_code == status


@pytest.mark.parametrize("path", ["/", "/api/case", "/api/openapi.json", "/api/stream", "/x.js"])
@pytest.mark.parametrize(
    "token", [None, "", "Bearer ", "Bearer " + TOKEN[:-1], "Bearer é", f"Basic {TOKEN}"]
)
def test_without_the_token_nothing_is_told(
    reading: TestClient, path: str, token: str | None
) -> None:
    headers = {"Authorization": (token or "").encode()}
    answer = reading.get(path, headers=headers)
    assert answer.status_code == 401
    assert "Three reports" not in answer.text


def test_the_printed_address_sets_a_cookie_that_opens(reading: TestClient, door: Door) -> None:
    bare = {"Authorization": ""}
    wrong = reading.get("/?token=not-the-token-of-this-run", headers=bare)
    assert wrong.status_code == 401
    assert "set-cookie" not in wrong.headers
    answer = reading.get(f"/?token={TOKEN}&view=map", headers=bare)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?view=map")
    cookie = answer.headers["set-cookie"]
    assert f"{door.cookie}={TOKEN}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    reading.cookies.clear()
    given = bare | {"Cookie": f"other=1; {door.cookie}={TOKEN}"}
    assert reading.get("/api/case", headers=given).status_code == 200
    out = reading.get(f"//evil.example/?token={TOKEN}", headers=bare)
    assert not out.headers.get("location", "").startswith("//")
    reading.cookies.clear()


@pytest.mark.parametrize("path", ["/", "/api/case", "/api/none", "/api/events?limit=0"])
def test_every_answer_carries_the_headers(reading: TestClient, path: str) -> None:
    found = reading.get(path).headers
    assert {name: found[name] for name in HEADERS} == HEADERS
    policy = found["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy


def test_a_body_has_a_limit(reading: TestClient) -> None:
    assert reading.post("/api/marks", content=b"x" * (LARGEST_BODY + 1)).status_code == 413


def test_an_address_beyond_this_machine_needs_a_token_of_the_users_own() -> None:
    for host in ("0.0.0.0", "::", "192.168.1.5", "example.org"):
        with pytest.raises(MastheadError, match="--token of at least 16"):
            Door(host=host)
    for short in ("short", "fifteen-letters", "sixteen letters and spaces", "seize-lettres-é!"):
        with pytest.raises(MastheadError, match="at least 16 ASCII"):
            Door(token=short)
    wide = Door(host="0.0.0.0", token=TOKEN)
    assert wide.is_ours("192.168.1.5:8321")
    assert not wide.is_ours("evil.example:8321")
    assert Door().token != Door().token
    assert len(Door().token) >= 43


def test_the_command_refuses_another_address_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["masthead", "serve", "case.toml", "--host", "0.0.0.0"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "give a --token" in capsys.readouterr().err


@pytest.mark.parametrize(
    "path",
    ["/api/documents/../../../../etc/passwd", "/api/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
     "/api/documents//etc/passwd", "/../case.toml", "/%2e%2e/app.py", "/api/events/%00",
     "/static/../app.py"],
)  # fmt: skip
def test_no_path_reaches_the_file_system(reading: TestClient, path: str) -> None:
    answer = reading.get(path)
    assert answer.status_code in (200, 404, 503)  # 200 is the page itself, of a deep link
    assert "root:" not in answer.text
    assert "[case]" not in answer.text
    assert "def make_app" not in answer.text
