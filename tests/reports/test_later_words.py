"""Later words for those named before: epithets and short names."""

from __future__ import annotations

import masthead
from masthead.reports.abbreviations import abbreviations, in_full
from masthead.reports.epithets import state_meant


def test_an_epithet_is_the_latest_state_that_fits() -> None:
    assert state_meant("the Islamic republic", ["PAK", "IRN", "USA"]) == "IRN"
    assert state_meant("The kingdom", ["SAU", "IRN"]) == "SAU"
    assert state_meant("the kingdom", ["IRN"]) is None
    assert state_meant("the Jewish state", []) == "ISR"
    assert state_meant("a kingdom", ["SAU"]) is None
    assert state_meant("", []) is None


def test_short_names_in_brackets() -> None:
    text = "Members of the Kestrian Fishers Union (KFU) met. The bank (AB) did not."
    short = abbreviations(text)
    assert short == {"KFU": "Kestrian Fishers Union"}
    assert in_full("the KFU", short) == "Kestrian Fishers Union"
    assert in_full("the KFU boats", short) is None


def test_they_carry_to_the_events() -> None:
    events = masthead.read(
        "The Seafarers Union of Kenya (SUK) met on Monday. SUK accused the shipowners of neglect. "
        "Iran sent two frigates. The Islamic republic condemned the blockade.",
        date="2024-05-04",
    )
    accused = [e for e in events if e.act == "ACCUSE"]
    assert [a.country for e in accused for a in e.sources] == ["KEN", "IRN"]
