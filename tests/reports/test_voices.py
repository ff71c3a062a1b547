"""Whose word a statement and a transcript are."""

from __future__ import annotations

import pytest

import masthead
from masthead.model import Event
from masthead.reports.voices import issuer_of, turns

STATEMENT = """Statement of the Ministry of Foreign Affairs of Portugal

We condemn the seizure of the tanker Blue Heron by a Moroccan cutter, and we have asked Spain and
France for help. Our navy has sent a frigate.
"""

TRANSCRIPT = """TRANSCRIPT: WEEKLY BRIEFING, OSLO

Spokesperson, Ms Ingrid Vale: Good morning. The trawler was boarded by Russian border guards on
Monday, and we have summoned the Russian ambassador.

Question (Per, Kystbladet): Will Norway send a ship to the area?

Ms Vale: We have asked Sweden for a patrol aircraft. No further decision has been taken so far.
"""


def read(text: str) -> list[Event]:
    return masthead.read(text, date="2031-05-05")


def acts(events: list[Event]) -> set[tuple[str | None, str | None, str | None]]:
    return {
        (e.sources[0].country if e.sources else None, e.act,
         e.targets[0].country if e.targets else None)
        for e in events
    }  # fmt: skip


def test_we_of_a_statement_is_the_office_of_its_heading() -> None:
    found = read(STATEMENT)
    assert ("PRT", "ACCUSE", "MAR") in acts(found)
    asked = next(e for e in found if e.act == "REQUEST")
    assert asked.sources[0].country == "PRT"
    assert {t.country for t in asked.targets} == {"ESP", "FRA"}, "both, not only the first"


def test_a_transcripts_speakers_speak_for_their_state_and_are_named() -> None:
    found = read(TRANSCRIPT)
    assert ("NOR", "REQUEST", "RUS") in acts(found)
    assert ("NOR", "REQUEST", "SWE") in acts(found)
    boarding = next(e for e in found if e.incident == "boarding")
    assert boarding.attribution[0].who == "Spokesperson, Ms Ingrid Vale"
    assert boarding.attribution[0].country == "NOR"
    for event in found:
        event.verify(TRANSCRIPT)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Press release by the Ministry of Defence of Chile\n\nText.",
            "Ministry of Defence of Chile",
        ),
        ("Joint statement of the Governments of A and B\n\nText.", "Governments of A and B"),
        ("A statement by the navy was awaited on Monday.\n", None),
        ("Ship seized off Vlore\n\nThe statement of the navy came late.", None),
    ],
)
def test_headings(text: str, who: str | None) -> None:
    span = issuer_of(text)
    found = None if span is None else text[span[0] : span[1]].removeprefix("the ")
    assert found == who


def test_a_form_with_fields_is_no_transcript() -> None:
    form = "Date: 4 May\nPlace: off Vlore\nShip: Blue Heron\nReported by: the master\n"
    assert turns(form) == []
    assert [t.asked for t in turns(TRANSCRIPT)] == [False, True, False]


def test_an_attempt_that_was_made_is_its_makers() -> None:
    (event,) = read("An attempt was made by two Iranian speedboats to board the tanker Blue Heron.")
    assert event.status == "attempted"
    assert event.sources[0].text == "two Iranian speedboats"
    assert [v.name for v in event.objects] == ["Blue Heron"]


def test_a_hyphenated_rank_is_one_actor() -> None:
    (event,) = (e for e in read("A Russian vice-admiral threatened to mine the port.") if
                e.act == "THREATEN")  # fmt: skip
    assert event.sources[0].text == "A Russian vice-admiral"
    assert event.sources[0].country == "RUS"
