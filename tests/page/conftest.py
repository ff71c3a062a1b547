"""The page in a real browser: examples/three-reports and a hostile document, run, served, opened.

Debian's Chromium draws WebGL in software. Without a Chromium the browser tests are skipped, and say
so. Screenshots are kept under $MASTHEAD_SCREENSHOTS, else in pytest's own folder.
"""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "three-reports"
SCRIPT = "<script>document.title = 'OWNED'</script><img src=x onerror=\"document.title='OWNED'\">"
HOSTILE = (
    "date 2026-06-03\n\n"
    f"MUSCAT, June 3 (Gulf Wire) - The Carthian Navy seized the tanker {SCRIPT} Amber Tern on "
    "Tuesday, a \u202espokesman\u202c said. \U0001f6a2 The Carthian Navy boarded the tanker Cedar "
    "Lark on Tuesday.\n\n" + "x" * 200_000 + "\n"
)


class Watched:
    """A page whose complaints and requests are kept."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._ask)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "GPU stall" not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def _ask(self, request: Request) -> None:
        self.requests.append(request.url)

    def open(self, hash_: str = "", query: str = "") -> Page:
        """Open the page at a state, and wait until the case is there."""
        address = self.url.replace("/?", f"/?{query}&" if query else "/?")
        self.page.goto(f"{address}#{hash_}")
        self.page.wait_for_selector("h1:has-text('Three reports')")
        return self.page

    def strangers(self) -> list[str]:
        """Requests that left the machine."""
        own = self.url.split("/?")[0]
        return [u for u in self.requests if not u.startswith((own, "blob:" + own, "data:"))]


def _chromium() -> str | None:
    return next((p for n in ("chromium", "chromium-browser") if (p := shutil.which(n))), None)


@pytest.fixture(scope="session")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page") / "three-reports"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("*.ledger*", "*.lake", "ais"))
    runpy.run_path(str(folder / "make_ais.py"), run_name="__main__")
    (folder / "reports" / "2026-06-03-hostile-wire.txt").write_text(HOSTILE, encoding="utf-8")
    masthead = Path(sys.executable).with_name("masthead")
    subprocess.run([masthead, "run", folder / "case.toml"], check=True, capture_output=True)
    return folder / "case.toml"


@pytest.fixture(scope="session")
def built() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "web" / "build.py"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(done.stderr.strip())


@pytest.fixture(scope="session")
def url(case_file: Path, built: None) -> Iterator[str]:
    with serving(case_file) as address:
        yield address


@contextmanager
def serving(case_file: Path) -> Iterator[str]:
    """The address of a case that is served meanwhile."""
    masthead = Path(sys.executable).with_name("masthead")
    server = subprocess.Popen(
        [masthead, "serve", case_file, "--no-open", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
    )  # fmt: skip
    assert server.stdout is not None
    said = ""
    for line in server.stdout:
        said += line
        if found := re.search(r"http://\S+token=\S+", line):
            break
    else:
        pytest.fail(f"masthead serve printed no address: {said}")
    yield found.group(0)
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = _chromium()
    if chromium is None:
        pytest.skip("no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
                  "--ignore-gpu-blocklist"],
        )  # fmt: skip
        yield running
        running.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = os.environ.get("MASTHEAD_SCREENSHOTS")
    found = Path(folder) if folder else tmp_path_factory.mktemp("screenshots")
    found.mkdir(parents=True, exist_ok=True)
    return found


@pytest.fixture
def watched(browser: Browser, url: str) -> Iterator[Watched]:
    """A desktop page; after each test nothing was complained of and nothing left the machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    found = Watched(context.new_page(), url)
    yield found
    context.close()
    assert found.complaints == []
    assert found.strangers() == []
