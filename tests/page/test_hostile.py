"""The case of which every word is hostile (`ran_cases.hostile`), in a browser: served, and a file.

Nothing of it runs: no dialog opens, the page keeps its title, no request leaves, no element is made
of a report's words, and no console error tells of an attempt that a policy had to stop.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from masthead.case import load_case
from masthead.ledger import Ledger
from masthead.ledger.marks import MarkKind, add_mark
from masthead.ledger.merge import incidents_of
from ran_cases import SCRIPT, hostile

from .conftest import Watched, serving

pytestmark = pytest.mark.xdist_group("page")  # one case, one server, one browser

VIEWS = ["map", "incidents", "reader", "network", "blockade", "ships", "search&q=alert"]
FOREIGN = """() => {
  const armed = e => [...e.attributes].some(
    a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value))
  const made = 'main :is(script, iframe, object, img:not([src^="data:image/png;base64,"]))'
  return [...document.querySelectorAll('*')].filter(e => armed(e) || e.matches(made))
    .map(e => e.outerHTML.slice(0, 99))
}"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case, with a hostile note of the analyst; a copy, for other tests read the case."""
    folder = tmp_path_factory.mktemp("hostile") / "case"
    shutil.copytree(hostile().parent, folder)
    case = load_case(folder / "case.toml")
    with Ledger.open(case.ledger_path) as ledger:
        told = incidents_of(ledger, case)[0]
        add_mark(ledger, told.id, MarkKind.NOTE, text=SCRIPT, groups=[told.events])
    return case.path


@pytest.fixture(scope="module", params=["served", "file"])
def address(
    request: pytest.FixtureRequest,
    marked: Path,
    built: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    if request.param == "served":
        with serving(marked) as found:
            yield found
        return
    out = tmp_path_factory.mktemp("hostile") / "brief.html"
    masthead = Path(sys.executable).with_name("masthead")
    command = [masthead, "brief", marked, "--format", "html", "--out", out]
    subprocess.run(command, check=True, capture_output=True)
    yield out.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, watched: afterwards nothing ran, nothing was asked of anybody else."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    watched = Watched(context.new_page(), address)
    dialogs: list[str] = []
    watched.page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
    watched.page.goto(address)
    yield watched.page
    own = address.split("?")[0]
    strangers = [u for u in watched.requests if not u.startswith((own, "blob:", "data:"))]
    context.close()
    assert dialogs == []
    assert watched.complaints == []
    assert strangers == []


def test_every_view_shows_it_as_text(page: Page, shots: Path) -> None:
    assert page.evaluate(FOREIGN) == [], "the brief"
    for view in VIEWS:
        page.evaluate("state => { location.hash = state }", f"view={view}")
        expect(page.locator("#main h2").first).to_be_visible()
        page.wait_for_timeout(400)
        assert page.evaluate(FOREIGN) == [], view
        assert "Masthead" in page.title()
    page.evaluate("location.hash = 'view=incidents'")
    page.locator("main table.list tbody a").first.click()
    expect(page.get_by_role("group", name="Your marks").first).to_contain_text(SCRIPT)
    assert page.evaluate(FOREIGN) == [], "an incident"
    page.locator(".voice").get_by_role("link", name="Read it").first.click()
    text = page.locator(".text")
    expect(text).to_contain_text(SCRIPT)
    names = set(text.locator(".hidden-character").all_inner_texts())
    assert {"U+202E", "U+2066", "U+001B", "U+0007"} <= names
    assert page.evaluate(FOREIGN) == [], "the reader"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.screenshot(path=shots / "hostile-reader.png")
