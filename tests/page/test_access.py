"""Keyboard, labels, colours, a phone's width, dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .conftest import Watched

pytestmark = pytest.mark.xdist_group("page")  # one case, one server, one browser

UNNAMED = """() => [...document.querySelectorAll(
  'a, button, input, select, textarea, [role=img], [role=slider], canvas')]
  .filter(e => e.checkVisibility())
  .filter(e => !(e.getAttribute('aria-label') || e.innerText || e.title
    || [...(e.labels || [])].some(l => l.innerText.trim())))
  .map(e => e.outerHTML.slice(0, 120))"""
LOW_CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2])
  const rgb = text => text.match(/[\\d.]+/g).map(Number)
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor)
      if (c.length < 4 || c[3] > 0.99) return c
    }
    return [255, 255, 255]
  }
  return [...document.querySelectorAll('.desk *')].filter(e => e.checkVisibility()
      && !e.closest('svg, .chart, :disabled')
      && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).flatMap(e => {
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    return ratio < 4.5 ? [`${ratio.toFixed(2)} ${e.className} ${e.innerText.slice(0, 30)}`] : []
  })
}"""
VIEWS = ["map", "incidents", "reader&document=reports/2026-06-03-wire.txt", "network", "blockade",
         "ships", "search&q=Amber"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_control_has_a_name_and_every_word_contrast(
    browser: Browser, url: str, shots: Path, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = Watched(context.new_page(), url).open("view=map")
    for view in VIEWS:
        page.evaluate("state => { location.hash = state }", f"view={view}")
        page.wait_for_timeout(500)
        assert page.evaluate(UNNAMED) == [], view
        assert page.evaluate(LOW_CONTRAST) == [], view
        assert page.locator("h1").count() == 1
        page.screenshot(path=shots / f"{view.partition('&')[0]}-{scheme}.png")
    context.close()


def test_the_keyboard_reaches_everything(watched: Watched) -> None:
    page = watched.open("view=map")
    page.keyboard.press("Tab")
    order = []
    for _ in range(13):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.innerText || document.activeElement.id"))
    assert order[:7] == ["Map", "Incidents", "Reader", "Network", "Blockade", "Ships", "Search"]
    assert "words" in order
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("2")
    expect(page.get_by_role("heading", level=2)).to_have_text("Incidents")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".crumbs")).to_be_visible()


def test_the_switch_turns_the_page_dark_and_stays(watched: Watched) -> None:
    page = watched.open("view=incidents")
    page.get_by_role("button", name="Switch to dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    expect(page.get_by_role("button", name="Switch to light")).to_be_visible()


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, url: str, shots: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    watched = Watched(context.new_page(), url)
    page = watched.open("view=map")
    for view in VIEWS:
        page.evaluate("state => { location.hash = state }", f"view={view}")
        page.wait_for_timeout(400)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{view} is {width} wide"
        page.screenshot(path=shots / f"{view.partition('&')[0]}-phone.png")
    page.evaluate("location.hash = 'view=incidents'")
    page.get_by_role("link", name="Amber Tern").first.click()  # which moves the map that is hidden
    page.locator(".voice").get_by_role("link", name="Read it").first.click()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("section.chart canvas")).to_be_visible()
    page.wait_for_timeout(1000)
    context.close()
    assert watched.complaints == []


def test_the_policy_lets_nothing_inline_run(watched: Watched) -> None:
    page = watched.open("view=map")
    answer = page.request.get(watched.url)
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    html = answer.text()
    assert "<script>" not in html
    assert "style=" not in html
