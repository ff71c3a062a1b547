"""Incidents merged and split by hand: the page shows what became of them, and asks for no incident
that is gone (which the browser would complain of: `watched` holds it to none)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Watched

pytestmark = pytest.mark.xdist_group("page")  # one case, one server, one browser

SUMMARY = re.compile(r"^The (\d+) events? it is made of$")


def events(page: Page) -> int:
    """How many events the open incident is made of."""
    summary = page.locator("summary", has_text=SUMMARY)
    found = SUMMARY.match(summary.inner_text())
    assert found
    return int(found[1])


def rulings(page: Page) -> Locator:
    """The part of an incident where it is merged and split."""
    part = page.locator("details.rulings")
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part


def incidents(page: Page) -> list[str]:
    """The incidents of the list, as it tells them."""
    crumb = page.get_by_role("link", name="All incidents")
    if crumb.count():
        crumb.click()
    expect(page.locator("table.list")).to_be_visible()
    return page.locator("table.list tbody td:nth-child(2)").all_inner_texts()


def opened(watched: Watched, name: str) -> tuple[Page, list[str]]:
    """The incident of a ship, opened, and the list that it stands in."""
    page = watched.open("view=incidents")
    before = incidents(page)
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text(name)
    expect(page.locator("summary", has_text=SUMMARY)).to_be_visible()
    return page, before


def change(page: Page, button: Locator) -> None:
    """Press a button that makes another incident of the open one, and wait for that."""
    address = page.url
    button.click()
    page.wait_for_function(
        "a => location.href !== a && /incident=/.test(location.href)", arg=address
    )
    expect(page.locator("summary", has_text=SUMMARY)).to_be_visible()


def taken_back(page: Page, marks: Locator) -> tuple[int, list[str]]:
    """How many events the open incident is made of, and the list, once its ruling is taken back."""
    change(page, marks.get_by_role("button", name="Take back"))
    whole = events(page)
    page.wait_for_timeout(1200)  # the server's stream tells of the change, too
    return whole, incidents(page)


def test_two_incidents_are_merged_and_the_merger_is_taken_back(
    watched: Watched, shots: Path
) -> None:
    page, before = opened(watched, "Amber Tern")
    own = events(page)
    choice = rulings(page).get_by_role("combobox")
    other = choice.locator("option", has_text="Cedar Lark").first.inner_text()
    choice.select_option(label=other)
    change(page, rulings(page).get_by_role("button", name="Merge"))
    assert events(page) > own, "the page is at the incident that came of it"
    marks = page.get_by_role("group", name="Your marks").first
    expect(marks).to_contain_text("You merged this")
    page.wait_for_timeout(1200)  # the server's stream tells of the change, too
    page.screenshot(path=shots / "merged.png")
    assert len(incidents(page)) == len(before) - 1
    page.go_back()
    expect(marks).to_contain_text("You merged this")
    assert taken_back(page, marks) == (own, before)


def test_an_incident_is_split_and_made_whole_again(watched: Watched) -> None:
    page, before = opened(watched, "Amber Tern")
    own = events(page)
    assert own > 1
    rulings(page).get_by_role("checkbox").last.check()
    change(page, rulings(page).get_by_role("button", name="Split"))
    assert events(page) == own - 1, "the page is at the part that stayed"
    marks = page.get_by_role("group", name="Your marks").first
    expect(marks).to_contain_text("You split this")
    page.wait_for_timeout(1200)
    assert len(incidents(page)) == len(before) + 1
    page.go_back()
    assert taken_back(page, marks) == (own, before)


def test_another_hand_merges_the_open_incident_away(watched: Watched) -> None:
    """A colleague's ruling takes the open incident away: the page goes to what became of it."""
    page, _ = opened(watched, "Amber Tern")
    ask = page.request
    items = ask.get(watched.url.split("?")[0] + "api/incidents").json()["items"]
    one, two = (i["incident"] for i in items[:2])
    address = watched.url.split("?")[0] + "api/marks"
    made = ask.post(address, data={"about": one["id"], "kind": "merge", "others": [two["id"]]})
    assert made.status == 201
    try:
        page.wait_for_function("id => !location.href.includes(id)", arg=one["id"])
        marks = page.get_by_role("group", name="Your marks").first
        expect(marks).to_contain_text("You merged this")
        assert events(page) == len({*one["events"], *two["events"]})
    finally:
        ask.delete(f"{address}/{made.json()['id']}")
    page.wait_for_function(
        "ids => ids.some(id => location.href.includes(id))", arg=[one["id"], two["id"]]
    )
