"""Confidence rests on what the reader went by."""

from __future__ import annotations

from datetime import UTC, datetime

from masthead.model import Document
from masthead.reports.confidence import SIGNS, confidence
from masthead.reports.parse import parsers
from masthead.reports.voting import read_steps


def sureness(text: str) -> float:
    document = Document(id="d", text=text, date=datetime(2020, 5, 4, tzinfo=UTC))
    (step,) = read_steps(document, parsers())
    assert step.event.confidence == confidence(step.signs)
    return step.event.confidence


def test_a_state_that_does_it_is_surer_than_an_actor_without_one() -> None:
    state = sureness("Iran's navy seized the tanker Blue Heron on Sunday.")
    assert state > sureness("Some men tried to seize the tanker on Sunday.")


def test_confidence_stays_between_its_bounds_and_grows_with_a_named_state() -> None:
    nothing = tuple(0.0 for _ in SIGNS)
    state = tuple(float(name == "source_country") for name in SIGNS)
    assert 0.05 <= confidence(nothing) < confidence(state) <= 0.97
