"""Who says so: chains, quotes, channels."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from masthead.model import Document, Event
from masthead.reports.reader import read_document

DAY = datetime(2024, 5, 3, tzinfo=UTC)

SPEAKERS = [
    ("Iran seized a tanker.", []),
    ("Oman's navy said Iran had seized a tanker.", ["Oman's navy"]),
    ("Iran seized a tanker, according to Oman's navy.", ["Oman's navy"]),
    ("Iran seized a tanker, Oman's navy said on Monday.", ["Oman's navy"]),
    ("The envoy said that the owner had reported that pirates had boarded the tanker.",
     ["The envoy", "the owner"]),
    ("The owner denied that pirates had boarded the tanker.", ["The owner"]),
    ('"Pirates boarded the tanker at dawn and took the crew," the owner said.', ["the owner"]),
]  # fmt: skip


def sea_event(text: str) -> Event:
    events = read_document(Document(id="t", text=text, date=DAY, language="en")).events
    return next(e for e in events if e.incident)


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS)
def test_the_chain_of_speakers_outermost_first(text: str, speakers: list[str]) -> None:
    assert [link.who for link in sea_event(text).attribution] == speakers


def test_a_channel() -> None:
    event = sea_event("The minister told state television that the navy had seized a tanker.")
    assert event.attribution[0].channel == "state television"
    assert event.attribution[0].verb == "told"


def test_a_quote_goes_on_over_paragraphs() -> None:
    text = (
        '"Our navy has done its work," the Chilean minister said.\n\n'
        '"It boarded two trawlers in the bay last night.\n\n'
        '"It seized a third ship near the cape this morning."'
    )
    events = read_document(Document(id="t", text=text, date=DAY, language="en")).events
    taken = next(e for e in events if e.incident == "seizure")
    assert [link.who for link in taken.attribution] == ["the Chilean minister"]
    assert taken.attribution[0].quoted


def test_he_in_a_frame_is_the_last_speaker() -> None:
    text = (
        "Captain Leif Holm said the patrol had begun. A trawler's mate, Jon Vik, was hurt. "
        "He added that the navy had boarded two ships."
    )
    assert sea_event(text).attribution[0].who == "Captain Leif Holm"
