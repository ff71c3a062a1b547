"""The page in one file: opened from the disk, without a server, with nothing asked of anybody."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from masthead.case import load_case
from masthead.ledger import Ledger
from masthead.ledger.marks import MarkKind, add_mark, withdraw_mark
from masthead.ledger.merge import incidents_of
from masthead.views.brief.evidence import problems_of

from .conftest import Watched

pytestmark = pytest.mark.xdist_group("page")  # one case, one server, one browser

NOTE = "Ask her owner. <script>document.title = 'OWNED'</script>"
VIEWS = ["Map", "Incidents", "Reader", "Network", "Blockade", "Ships", "Search"]


@pytest.fixture(scope="module")
def brief(case_file: Path, url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the case; `url` sees to it that the page was built."""
    assert url
    out = tmp_path_factory.mktemp("file") / "brief.html"
    masthead = Path(sys.executable).with_name("masthead")
    case = load_case(case_file)
    with Ledger.open(case.ledger_path) as ledger:
        told = next(i for i in incidents_of(ledger, case) if i.vessel.name == "Amber Tern")
        note = add_mark(ledger, told.id, MarkKind.NOTE, text=NOTE, groups=[told.events])
        command = [masthead, "brief", case_file, "--format", "html", "--out", out]
        subprocess.run(command, check=True, capture_output=True)
        withdraw_mark(ledger, note.id)  # the case is the other tests', too
    return out


@pytest.fixture
def opened(browser: Browser, brief: Path) -> Iterator[Page]:
    """The file in a browser that has no network; after each test nothing was complained of."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    watched = Watched(context.new_page(), brief.as_uri())
    watched.page.goto(brief.as_uri())
    yield watched.page
    context.close()
    assert watched.complaints == []
    asked = [u for u in watched.requests if not u.startswith((brief.as_uri(), "data:"))]
    assert asked == []


def to_desk(page: Page) -> None:
    page.get_by_role("link", name="Open the desk").click()
    page.wait_for_selector("h1:has-text('Three reports'):visible")


def test_every_view_opens_and_the_brief_is_one_click_away(opened: Page, shots: Path) -> None:
    expect(opened.get_by_role("heading", name="The situation")).to_be_visible()
    expect(opened).to_have_title("Three reports")
    to_desk(opened)
    expect(opened).to_have_title("Map: Three reports – Masthead")
    expect(opened.locator("#brief")).to_be_hidden()
    opened.wait_for_selector("canvas.chart-canvas")
    for view in VIEWS:
        opened.get_by_role("navigation", name="Views").get_by_role("link", name=view).click()
        expect(opened.locator("#main h2").first).to_be_visible()
        expect(opened.get_by_role("alert")).to_have_count(0)
    opened.wait_for_timeout(1000)
    opened.screenshot(path=shots / "file.png")
    opened.get_by_role("link", name="Brief").click()
    expect(opened.get_by_role("heading", name="The situation")).to_be_visible()
    expect(opened).to_have_title("Three reports")
    opened.go_back()
    expect(opened.locator("#page")).to_be_visible()
    expect(opened).to_have_title(re.compile("– Masthead$"))


def test_the_map_has_the_ships_and_their_tracks(opened: Page) -> None:
    to_desk(opened)
    opened.evaluate("location.hash = 'view=map&t=2026-06-02T08:00:00Z&layers=zones'")
    opened.wait_for_selector("canvas.chart-canvas")
    opened.wait_for_timeout(2000)
    before = opened.locator("section.chart").screenshot()
    opened.locator("label", has_text="Ships and tails").locator("input").check()
    opened.wait_for_timeout(1500)
    assert opened.locator("section.chart").screenshot() != before


def test_an_incident_and_its_documents_are_in_it(opened: Page) -> None:
    to_desk(opened)
    opened.evaluate("location.hash = 'view=incidents'")
    opened.locator("#main").get_by_role("link", name="Amber Tern").first.click()
    expect(opened.get_by_role("group", name="Your marks").first).to_contain_text(NOTE)
    expect(opened.get_by_role("button", name="Take back")).to_have_count(0)
    expect(opened.locator(".rulings")).to_have_count(0)
    expect(opened.locator(".verdict-box")).to_contain_text("Reach")
    expect(opened.locator("svg.plot").first).to_be_visible()
    opened.locator(".voice").get_by_role("link", name="Read it").first.click()
    expect(opened.locator(".text mark.chosen").first).to_be_visible()
    expect(opened.get_by_role("button", name="Star")).to_have_count(0)


def test_fields_and_periods_work_without_a_server(opened: Page) -> None:
    to_desk(opened)
    opened.evaluate("location.hash = 'view=search&q=ship:amber+act:boarding'")
    expect(opened.locator(".hits").first).to_contain_text("Amber Tern")
    opened.evaluate("location.hash = 'view=network'")
    expect(opened.locator("svg.graph .node").first).to_be_visible()
    opened.evaluate("location.hash = 'view=network&until=2026-06-01T00:00:00Z'")
    expect(opened.locator(".nothing")).to_contain_text("Choose a longer time")


def test_a_document_that_attacks_is_text_here_too(opened: Page) -> None:
    to_desk(opened)
    opened.evaluate("location.hash = 'view=reader&document=reports/2026-06-03-hostile-wire.txt'")
    expect(opened.locator(".text")).to_contain_text("<script>document.title")
    expect(opened.locator(".text .hidden-character").first).to_have_text("U+202E")
    assert "OWNED" not in opened.title()


def test_without_scripts_and_on_paper_it_is_the_brief(browser: Browser, brief: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{brief.as_uri()}#view=map")
    expect(page.get_by_role("heading", name="The situation")).to_be_visible()
    expect(page.locator(".to-desk")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")
    context.close()


def test_on_a_phone_the_brief_needs_no_sideways_scrolling(
    browser: Browser, brief: Path, shots: Path
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(brief.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=shots / "brief-phone.png")
    page.close()


def test_only_its_own_script_may_run(opened: Page, brief: Path) -> None:
    policy = opened.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "script-src 'sha256-" in policy
    assert "connect-src" not in policy
    assert "default-src 'none'" in policy
    assert brief.read_text("utf-8").count("<script>") == 1


def test_verify_checks_it_and_finds_a_change(brief: Path, tmp_path: Path) -> None:
    masthead = Path(sys.executable).with_name("masthead")
    told = subprocess.run([masthead, "verify", brief], capture_output=True, text=True, check=True)
    assert "as written" in told.stdout
    text = brief.read_text("utf-8")
    assert problems_of(text) == []
    at = text.index('id="masthead-evidence">') + 400
    changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    assert problems_of(changed) != []
