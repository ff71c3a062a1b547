"""One small case, run once: examples/three-reports with a hostile document; its server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from masthead.case import load_case
from masthead.watch import run_case
from masthead.web.app import make_app
from masthead.web.desk import Desk
from masthead.web.door import Door

TOKEN = "a-token-of-the-tests"
EXAMPLE = Path(__file__).parents[2] / "examples" / "three-reports"
HOSTILE = "reports/2026-06-03-<b onmouseover=alert(1)>-wire.txt"
HOSTILE_TEXT = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \u202egnidaolnu\u202c\n\n"
    'The Carthian Navy seized the tanker "<svg/onload=alert(3)>" off Oman on Tuesday, '
    "Gulf Wire said. \x00\x07\ud83d\ude00</script>\u2028\u2066]]>\n\n" + "A" * 1_000_000 + "\n"
)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the case, run; tests copy it."""
    folder = tmp_path_factory.mktemp("case") / "three-reports"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("ais", "*.lake", "*.ledger*"))
    subprocess.run([sys.executable, str(folder / "make_ais.py")], check=True)
    text = HOSTILE_TEXT.encode("utf-16", "surrogatepass").decode("utf-16")
    (folder / HOSTILE).write_text(text, "utf-8")
    run_case(load_case(folder / "case.toml"))
    return folder


@pytest.fixture
def case_file(finished: Path, tmp_path: Path) -> Path:
    """A copy of the case to write to."""
    shutil.copytree(finished, tmp_path / "copy")
    return tmp_path / "copy" / "case.toml"


@pytest.fixture(scope="session")
def door() -> Door:
    """The door of the tests' server."""
    return Door(token=TOKEN)


@pytest.fixture
def desk(case_file: Path) -> Iterator[Desk]:
    """A desk on a copy of the case."""
    with Desk(case_file) as opened:
        yield opened


@pytest.fixture
def ask(desk: Desk, door: Door) -> Iterator[TestClient]:
    """A client with the token, on a copy of the case that it may mark."""
    with client_of(desk, door) as client:
        yield client


@pytest.fixture(scope="session")
def reading(finished: Path, door: Door) -> Iterator[TestClient]:
    """A client with the token on the case itself, for tests that only read."""
    with Desk(finished / "case.toml") as desk, client_of(desk, door) as client:
        yield client


def client_of(desk: Desk, door: Door) -> TestClient:
    """A client that goes through the guard with the token."""
    return TestClient(
        make_app(desk, door), base_url=door.url.rstrip("/"),
        headers={"Authorization": f"Bearer {TOKEN}"}, follow_redirects=False,
    )  # fmt: skip
