"""Each view opened, the main clicks done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .conftest import Watched

pytestmark = pytest.mark.xdist_group("page")  # one case, one server, one browser

MAP = "section.chart canvas"


@pytest.mark.parametrize("query", ["webgl=1", "canvas=1", ""])
def test_the_map_is_drawn_with_and_without_webgl(watched: Watched, shots: Path, query: str) -> None:
    page = watched.open("view=map&t=2026-06-02T08:00:00Z", query)
    page.wait_for_selector(MAP)
    page.wait_for_timeout(1500)
    kind = "canvas.maplibregl-canvas" if query == "webgl=1" else "canvas.chart-canvas"
    assert page.locator(kind).count() == 1
    picture = page.locator("section.chart").screenshot(path=shots / f"map{query[:6]}.png")
    page.locator("label", has_text="Ships and tails").locator("input").uncheck()
    page.wait_for_timeout(600)
    assert page.locator("section.chart").screenshot() != picture, "the ships were on it"
    assert "layers=zones,events" in page.url


@pytest.mark.parametrize("query", ["webgl=1", "canvas=1"])
@pytest.mark.parametrize("layer", ["Whole tracks", "Where AIS was heard"])
def test_each_layer_is_seen_on_the_map(watched: Watched, query: str, layer: str) -> None:
    page = watched.open("view=map&t=2026-06-02T08:00:00Z&layers=zones", query)
    page.wait_for_selector(MAP)
    page.wait_for_timeout(1500)
    before = page.locator("section.chart").screenshot()
    page.locator("label", has_text=layer).locator("input").check()
    page.wait_for_timeout(1500)
    assert page.locator("section.chart").screenshot() != before


def test_the_map_follows_the_hand_and_the_address_follows_the_map(watched: Watched) -> None:
    page = watched.open("view=map", "canvas=1")
    page.wait_for_selector(MAP)
    page.wait_for_timeout(1500)
    before = page.locator("section.chart").screenshot()
    box = page.locator(MAP).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 420, box["y"] + 260, steps=5)
    page.mouse.up()
    page.wait_for_timeout(800)
    assert page.locator("section.chart").screenshot() != before
    first = re.search(r"at=([\d.,-]+)", page.url)
    assert first
    page.keyboard.press("Tab")
    page.locator(MAP).focus()
    page.keyboard.press("+")
    page.wait_for_timeout(600)
    second = re.search(r"at=([\d.,-]+)", page.url)
    assert second
    assert float(second[1].split(",")[2]) == float(first[1].split(",")[2]) + 0.5


def test_a_family_is_filtered_and_the_address_keeps_it(watched: Watched) -> None:
    page = watched.open("view=map")
    caption = page.locator("caption", has_text="events")
    before = int(caption.inner_text().split()[0])
    page.locator("label", has_text="Unusual movement").locator("input").uncheck()
    expect(caption).not_to_have_text(f"{before} events")
    fewer = int(caption.inner_text().split()[0])
    assert fewer < before
    page.reload()
    expect(caption).to_have_text(f"{fewer} events")
    page.get_by_role("searchbox", name="Words").fill("Amber Tern")
    expect(caption).not_to_have_text(f"{fewer} events")
    assert int(caption.inner_text().split()[0]) > 0
    assert "q=Amber+Tern" in page.url


def test_the_time_axis_steps_brushes_and_plays(watched: Watched) -> None:
    page = watched.open("view=map")
    axis = page.get_by_role("slider")
    box = axis.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator(".brushed")).not_to_have_text("the whole time")
    assert "from=2026" in page.url
    axis.focus()
    page.keyboard.press("Home")
    expect(axis).to_have_attribute("aria-valuetext", re.compile("^1 Jun 2026, "))
    for _ in range(24):
        page.keyboard.press("ArrowRight")
    expect(axis).to_have_attribute("aria-valuetext", re.compile("^2 Jun 2026, "))
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Whole time").click()
    expect(page.locator(".brushed")).to_have_text("the whole time")
    page.locator(".axis").get_by_role("button", name="Table").click()
    expect(page.locator(".bin-table caption")).to_have_text("Events by day")


def test_an_incident_shows_sources_verdict_and_plots(watched: Watched, shots: Path) -> None:
    page = watched.open("view=incidents")
    page.get_by_role("link", name="Amber Tern").first.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Amber Tern")
    expect(page.locator(".verdict-box")).to_contain_text("Reach")
    expect(page.locator("svg.plot").first).to_be_visible()
    expect(page.locator(".voice").first).to_contain_text("Gulf Wire")
    page.wait_for_timeout(1200)
    page.screenshot(path=shots / "incident.png")
    page.locator(".voice").get_by_role("link", name="Read it").first.click()
    expect(page.locator(".text mark.chosen").first).to_be_visible()
    page.go_back()
    expect(page.locator(".verdict-box")).to_be_visible()


def test_a_seizure_that_the_tracks_contradict_says_so(watched: Watched) -> None:
    page = watched.open("view=incidents&finding=contradicted")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    expect(page.locator("table.list")).to_contain_text("Cedar Lark")


def test_the_reader_links_words_to_the_map_and_back(watched: Watched, shots: Path) -> None:
    page = watched.open("view=reader&document=reports/2026-06-03-wire.txt")
    page.locator(".text mark.role-object").first.hover()
    expect(page.locator(".event.hovered")).to_have_count(1)
    page.locator(".text mark.role-object").first.click()
    assert "event=" in page.url
    expect(page.locator(".event.chosen")).to_have_count(1)
    expect(page.locator(".event .chain").first).to_contain_text("Gulf Wire")
    page.screenshot(path=shots / "reader.png")


def test_network_ships_and_search_open(watched: Watched, shots: Path) -> None:
    page = watched.open("view=network")
    expect(page.locator("svg.graph .node").first).to_be_visible()
    expect(page.get_by_role("cell", name="Accuse").first).to_be_visible()
    page.screenshot(path=shots / "network.png")
    page.get_by_role("link", name="Ships", exact=True).click()
    page.get_by_label("Name, number, call sign, flag or class").fill("harrier")
    page.get_by_role("link", name="HARRIER").click()
    expect(page.get_by_role("heading", name="What it said of itself")).to_be_visible()
    page.screenshot(path=shots / "ship.png")
    page.keyboard.press("/")
    words = page.get_by_label("Words of a report")
    expect(words).to_be_focused()
    words.fill("fishing")
    expect(page.locator(".hits").first).to_contain_text("fishing boat")
    words.fill("no such word at all")
    expect(page.locator(".nothing")).to_contain_text("Try fewer words")


def test_fields_narrow_the_search_and_the_map(watched: Watched) -> None:
    page = watched.open("view=search&q=ship:amber+act:boarding")
    expect(page.locator(".hits").first).to_contain_text("Amber Tern")
    page.get_by_label("Words of a report").fill("ship:amber act:hijack")
    expect(page.locator(".nothing")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".nothing")).to_contain_text("No event passes")
    page.get_by_role("searchbox", name="Words").fill("source:gulf")
    expect(page.locator("caption", has_text="events")).to_be_visible()


def test_the_blockade_view_measures_or_says_why_not(watched: Watched, shots: Path) -> None:
    page = watched.open("view=blockade")
    view = page.locator(".view.blockade")
    expect(view.locator(".nothing, .ruling").first).to_be_visible()
    page.screenshot(path=shots / "blockade.png")


def test_marks_are_made_and_taken_back(watched: Watched) -> None:
    page = watched.open("view=incidents")
    page.get_by_role("link", name="Amber Tern").first.click()
    marks = page.get_by_role("group", name="Your marks").first
    marks.get_by_role("button", name="Star").click()
    expect(marks.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    marks.get_by_role("button", name="Note").click()
    page.get_by_label("Your note").fill("Ask the owner.")
    page.get_by_role("button", name="Keep the note").click()
    expect(marks.locator(".kept")).to_contain_text("Ask the owner.")
    marks.get_by_role("button", name="Take back").click()
    expect(marks.locator(".kept")).to_have_count(0)
    marks.get_by_role("button", name="Star").click()
    expect(marks.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "false")


def test_a_document_that_attacks_is_shown_as_text(watched: Watched, shots: Path) -> None:
    page = watched.open("view=reader&document=reports/2026-06-03-hostile-wire.txt")
    text = page.locator(".text")
    expect(text).to_contain_text("<script>document.title")
    expect(text.locator(".hidden-character").first).to_have_text("U+202E")
    expect(page.locator(".event .chain").first).to_contain_text("[U+202E]spokesman[U+202C]")
    marked = page.locator("mark.role-object").all_inner_texts()
    assert any("Cedar Lark" in words for words in marked), "offsets count characters, not units"
    page.screenshot(path=shots / "hostile.png")
    for view in ("map", "incidents", "network", "search&q=Amber"):
        page.evaluate("state => { location.hash = state }", f"view={view}")
        page.wait_for_timeout(300)
    assert "OWNED" not in page.title()
    assert page.locator("main script, main img").count() == 0


def test_what_is_not_there_says_what_to_do(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.goto(f"{url}#view=incidents&incident=none")
    expect(page.get_by_role("alert").first).to_contain_text("no incident")
    page.close()
