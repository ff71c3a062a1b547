"""Updates, corrections and counts: one number is one incident, a source's later word counts."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger.test_merge import told
from masthead.judgement import Incident, State, Tally
from masthead.ledger.merge import merge
from masthead.model import Document, Event, TextSpan, Vessel
from masthead.reports.numerals import ordinal
from masthead.reports.reader import read_document

WARNING = (
    "UKMTO WARNING 041-26 - ATTACK Report Date: 03 Jun 2026 Report Time: 0915UTC Source Master "
    "UKMTO has received a report of an incident 38NM southeast of Aden, Yemen. The Master of a "
    "Bulk Carrier reports that a skiff with five armed persons fired upon the vessel."
)
UPDATE = (
    "UKMTO WARNING 041-26 - UPDATE 001 Report Date: 03 Jun 2026 Report Time: 1340UTC Source Master "
    "UKMTO has received an update on the incident 46NM southeast of Aden, Yemen. The Master of "
    "the Tanker reports that five armed persons boarded the vessel."
)
ANOTHER = WARNING.replace("041-26", "042-26")


def notices(*texts: str) -> tuple[list[Event], dict[str, Document]]:
    documents = [
        Document(id=f"{n}.txt", text=text, date=datetime(2026, 6, 3 + n, tzinfo=UTC), outlet="Desk")
        for n, text in enumerate(texts)
    ]
    return [e for d in documents for e in read_document(d).events], {d.id: d for d in documents}


def found(*texts: str) -> list[Incident]:
    events, documents = notices(*texts)
    every = [merge(order, documents) for order in itertools.permutations(events)]
    assert all(e == every[0] for e in every)
    return every[0]


def test_an_update_is_of_the_incident_of_its_number_and_mends_what_was_told() -> None:
    (incident,) = found(WARNING, UPDATE)
    assert incident.kind == "attack"
    assert incident.place is not None
    assert incident.place.text == "46NM southeast of Aden, Yemen"
    (mended,) = incident.corrections
    assert (mended.about, mended.source) == ("place", "UKMTO 41/26")
    assert mended.was.startswith("38NM")
    assert not incident.disagreements


def test_two_numbers_are_two_incidents_however_alike() -> None:
    assert len(found(WARNING, ANOTHER)) == 2
    assert len(found(WARNING, ANOTHER, UPDATE)) == 2


def test_a_warning_that_cancels_another_and_tells_its_deed_takes_its_place() -> None:
    first = (
        "HYDROLANT 702/26\nGULF OF GUINEA.\nNIGERIA.\n1. VESSEL ATTACKED BY ARMED MEN IN SPEEDBOAT "
        "031200Z JUN 26 IN 03-10N 005-20E.\n"
    )
    later = first.replace("702/26", "711/26").replace("03-10N", "04-10N")
    assert len(found(first, later)) == 2
    assert len(found(first, later + "2. CANCEL HYDROLANT 702/26.\n")) == 2  # 60 NM away: no
    nearer = later.replace("04-10N", "03-15N")
    (incident,) = found(first, nearer + "2. CANCEL HYDROLANT 702/26.\n")
    assert any("takes the place of HYDROLANT 702/26" in why for why in incident.joined)


def test_what_one_speaker_tells_anew_is_a_correction_and_of_two_a_disagreement() -> None:
    documents = {
        name: Document(id=name, text=name, outlet=name, date=datetime(2031, 3, 8 + n, tzinfo=UTC))
        for n, name in enumerate(("a.txt", "b.txt"))
    }
    early = told(document="a.txt", hour=14, speaker="IRN")
    for speaker, mended in (("IRN", True), ("USA", False)):
        late = told(document="b.txt", hour=16, speaker=speaker)
        (incident,) = merge([late, early], documents)
        assert [c.about for c in incident.corrections] == (["time"] if mended else [])
        assert [d.about for d in incident.disagreements] == ([] if mended else ["time"])
        assert incident.time is not None
        if mended:
            assert incident.time == late.time
            assert incident.corrections[0].was.endswith("14:00Z")


def counted(text: str, count: int, *, day: int | None, document: str) -> Event:
    event = told(name=None, text=text, day=day or 0, document=document)
    ship = Vessel(text=text, subtype="tanker", count=count)
    span = TextSpan(document=document, start=0, end=len(text), text=text)
    return replace(
        event, objects=(ship,), evidence=(span,), time=event.time if day is not None else None
    )


def test_counts_are_kept_together() -> None:
    documents = {
        f"{n}.txt": Document(id=f"{n}.txt", text="", date=datetime(2031, 3, 6 + 3 * n, tzinfo=UTC))
        for n in range(4)
    }
    two = counted("two tankers", 2, day=0, document="0.txt")
    third = counted("a third tanker", 1, day=3, document="1.txt")
    total = counted("three tankers", 3, day=None, document="2.txt")
    sixth = counted("a sixth tanker", 1, day=9, document="3.txt")
    incidents = {i.events[0]: i for i in merge([sixth, total, third, two], documents)}
    assert incidents[two.id].tally is None
    assert incidents[third.id].tally == Tally(held=2, nth=3)
    parts = tuple(sorted(incidents[e.id].id for e in (two, third)))
    assert incidents[total.id].tally == Tally(held=3, parts=parts)
    tally = incidents[sixth.id].tally
    assert tally == Tally(held=3, nth=6)
    assert tally.missing == 2
    alone = merge([two, counted("four tankers", 4, day=None, document="2.txt")], documents)
    assert [i.tally for i in alone] == [None, None]


def test_a_denied_seizure_is_not_counted() -> None:
    documents = {"1.txt": Document(id="1.txt", text="", date=datetime(2031, 3, 9, tzinfo=UTC))}
    denied = told(status="denied", name="Grey Gull")
    third = counted("a third tanker", 1, day=3, document="1.txt")
    by_state = {i.state: i for i in merge([denied, third], documents)}
    assert by_state[State.DENIED].tally is None
    assert by_state[State.COMPLETED].tally == Tally(held=0, nth=3)


@pytest.mark.parametrize(
    ("text", "nth"),
    [("a third tanker", 3), ("the 12th vessel", 12), ("its second ship", 2), ("a tanker", None),
     ("the first tanker", None), ("Third Fleet ships", None), ("second mate of the ship", None)],
)  # fmt: skip
def test_ordinals(text: str, nth: int | None) -> None:
    assert ordinal(text) == nth


def test_who_has_named_a_ship_does_not_later_tell_of_a_ship_as_news() -> None:
    documents = {
        name: Document(id=name, text=name, outlet=outlet, date=datetime(2031, 3, day, tzinfo=UTC))
        for name, outlet, day in (("a.txt", "Wire", 7), ("b.txt", "Wire", 8), ("c.txt", "Post", 8))
    }
    spot = (16.0, 60.0)
    named = told(document="a.txt", place=spot)
    again = counted("a tanker", 1, day=None, document="b.txt")
    again = replace(again, place=named.place)
    other = counted("a tanker", 1, day=None, document="c.txt")
    other = replace(other, place=named.place)
    joined = {frozenset(i.events) for i in merge([named, again], documents)}
    assert joined == {frozenset([named.id]), frozenset([again.id])}
    assert len(merge([named, other], documents)) == 1
    background = counted("a tanker", 1, day=0, document="b.txt")
    background = replace(background, place=named.place)
    assert len(merge([named, background], documents)) == 1
