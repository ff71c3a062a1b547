"""A document four times as long costs four times as much: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from masthead.model import Document
from masthead.reports.abbreviations import abbreviations
from masthead.reports.overlaps import Overlaps
from masthead.reports.reader import read_document
from masthead.reports.vessels import find_vessels

PARAGRAPH = (
    "Oman's navy boarded the tanker Linden {n} off Muscat on Monday, the ministry said. "
    'Ghana condemned the boarding. "We will not accept this," its minister said on Tuesday. '
    "The coast guard of Peru detained two trawlers, and the Linden {n} was released.\n\n"
)


def calls(work: Callable[[], Any]) -> int:
    """How many functions are called, of Python and of C."""
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def told(paragraphs: int) -> str:
    return "".join(PARAGRAPH.format(n=n) for n in range(paragraphs))


@pytest.mark.parametrize("shape", ["prose", "capitals"])
def test_reading_is_linear(shape: str) -> None:
    texts = [told(n) if shape == "prose" else told(n).upper() for n in (1, 24, 96)]
    documents = [Document(id="-", text=text, language="en") for text in texts]
    read_document(documents[0])  # load the model and the tables
    short, long = (calls(lambda d=d: read_document(d)) for d in documents[1:])  # type: ignore[misc]
    assert long < 4.4 * short


def test_finding_ships_is_linear() -> None:
    find_vessels(told(1))
    short, long = (calls(lambda n=n: find_vessels(told(n))) for n in (50, 400))  # type: ignore[misc]
    assert long < 8.8 * short


def test_a_span_is_compared_with_its_neighbours_only() -> None:
    many = Overlaps(("SEIZE", (at, at + 30)) for at in range(0, 1_000_000, 100))
    assert many.touch("SEIZE", (500_020, 500_060))
    assert not many.touch("SEIZE", (500_040, 500_090))
    assert not many.touch("AID", (500_020, 500_060))
    assert many.compared < 20


def test_a_span_over_many_blocks_is_found_from_its_middle() -> None:
    assert Overlaps([("", (100, 5_000))]).touch("", (2_500, 2_501))


def test_a_run_of_names_without_an_end_is_searched_once() -> None:
    run = "Alpha Bravo Charlie " * 5_000
    assert abbreviations(f"{run}and the Gulf Maritime Authority (GMA) met.") == {
        "GMA": "Gulf Maritime Authority"
    }
