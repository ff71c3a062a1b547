"""Many reports, one incident: what joins, what never does, whatever the order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.judgement import Incident, State
from masthead.ledger.merge import Merger, merge
from masthead.model import (
    Actor,
    Attribution,
    Document,
    Event,
    Interval,
    Place,
    Sense,
    Status,
    TextSpan,
    Vessel,
)

DAY = datetime(2031, 3, 6, tzinfo=UTC)
ACTS = {"seizure": "COERCE", "boarding": "COERCE", "release": "RETREAT", "pursuit": "COERCE"}
COUNT = iter(range(1_000_000))


def told(
    incident: str = "seizure", name: str | None = "Blue Heron", *, document: str = "a.txt",
    day: int = 0, hour: int | None = None, status: str = "asserted", by: str | None = "IRN",
    subtype: str | None = "tanker", flag: str | None = None, imo: int | None = None,
    place: tuple[float, float] | None = None, speaker: str | None = None, text: str | None = None,
) -> Event:  # fmt: skip
    at = DAY + timedelta(days=day)
    if hour is None:
        time = Interval(earliest=at, latest=at + timedelta(hours=24), precision="day")
    else:
        moment = at + timedelta(hours=hour)
        time = Interval(earliest=moment, latest=moment + timedelta(minutes=1), precision="minute")
    start = next(COUNT) * 10
    return Event(
        sense=Sense.REPORT, act=ACTS[incident], incident=incident,
        sources=(Actor(text=by, country=by),) if by else (),
        objects=(Vessel(text=text or f"the {subtype or 'ship'} {name or ''}".strip(), name=name,
                        subtype=subtype, flag=flag, imo=imo),),
        time=time, status=Status(status),
        place=Place(lat=place[0], lon=place[1], radius_m=9000.0) if place else None,
        attribution=(Attribution(who=speaker, country=speaker),) if speaker else (),
        evidence=(TextSpan(document=document, start=start, end=start + 4, text="told"),),
    )  # fmt: skip


def groups(incidents: list[Incident]) -> set[frozenset[str]]:
    return {frozenset(i.events) for i in incidents}


def test_a_named_ship_is_one_incident_from_chase_to_release() -> None:
    events = [
        told("pursuit", document="a.txt"), told("seizure", document="b.txt"),
        told("release", day=4, document="c.txt"), told("seizure", "Grey Gull", document="d.txt"),
    ]  # fmt: skip
    found = merge(events)
    assert groups(found) == {frozenset(e.id for e in events[:3]), frozenset([events[3].id])}
    heron = next(i for i in found if len(i.events) == 3)
    assert (heron.kind, heron.state) == ("seizure", State.RELEASED)
    assert [s.state for s in heron.steps] == [State.UNDER_WAY, State.COMPLETED, State.RELEASED]


def test_spellings_of_a_name_join_and_numbers_part() -> None:
    assert len(merge([told(name="Blue Heron"), told(name="BLUE HERRON", document="b.txt")])) == 1
    assert len(merge([told(imo=9074729), told(imo=9176187, document="b.txt")])) == 2
    assert len(merge([told(), told(day=40, document="b.txt")])) == 2
    assert len(merge([told(), told(by="OMN", document="b.txt")])) == 2


def test_an_unnamed_ship_joins_the_only_incident_that_fits() -> None:
    vague: dict[str, Any] = {
        "name": None,
        "flag": "PAN",
        "place": (25.0, 57.0),
        "document": "b.txt",
    }
    named = told(flag="PAN", place=(25.05, 57.0))
    assert len(merge([named, told(**vague)])) == 1
    assert len(merge([named, told(**{**vague, "place": (29.0, 49.0)})])) == 2
    assert len(merge([named, told(**{**vague, "flag": "LBR"})])) == 2
    twin = told(name="Grey Gull", flag="PAN", place=(25.0, 57.05), document="c.txt")
    assert len(merge([named, twin, told(**vague)])) == 3, "which of the two cannot be told"


def test_a_threat_to_any_ship_is_no_incident() -> None:
    assert merge([told(name=None, status="threatened", text="any ship")]) == []


def test_states() -> None:
    def state(*events: Event) -> State:
        (found,) = merge(events)
        return found.state

    assert state(told(status="attempted")) is State.FAILED
    assert state(told(status="planned")) is State.REPORTED
    assert state(told(status="denied")) is State.DENIED
    assert state(told("pursuit")) is State.UNDER_WAY
    assert state(told(status="attempted"), told(document="b.txt")) is State.COMPLETED


def test_a_denial_by_others_is_a_disagreement_and_by_oneself_a_correction() -> None:
    documents = {n: Document(id=n, text=n, date=DAY + timedelta(days=i)) for i, n in
                 enumerate(("a.txt", "b.txt"))}  # fmt: skip
    claim = told(speaker="IRN")
    (found,) = merge([claim, told(document="b.txt", status="denied", speaker="OMN")], documents)
    assert found.state is State.COMPLETED
    (state,) = [d for d in found.disagreements if d.about == "state"]
    assert set(state.versions) == {"seizure happened", "seizure denied"}
    (found,) = merge([claim, told(document="b.txt", status="denied", speaker="IRN")], documents)
    assert found.state is State.DENIED


def test_clocks_and_places_that_cannot_both_be_right_are_shown() -> None:
    one = told(hour=14, place=(25.0, 57.0))
    other = told(hour=17, place=(26.5, 57.0), document="b.txt")
    (found,) = merge([one, other])
    about = {d.about: d for d in found.disagreements}
    assert {"time", "place"} <= about.keys()
    assert len(about["time"].versions) == 2


STORY = (
    "The navy seized the tanker Blue Heron off the coast on Thursday morning. "
    "Its crew of twenty is said to be safe and well aboard. The owners could not be reached."
)


def test_an_echo_is_no_voice_of_its_own_and_its_drift_is_told() -> None:
    documents = {
        "a.txt": Document(id="a.txt", text=STORY, date=DAY, outlet="Agency"),
        "b.txt": Document(id="b.txt", text=f"{STORY} Agency contributed to this report.", date=DAY,
                          outlet="Courier"),
        "c.txt": Document(id="c.txt", text="Quite another story about this very same ship, said "
                          "by other people.", date=DAY, outlet="Post"),
    }  # fmt: skip
    events = [told(status="attempted"), told(document="b.txt"), told(document="c.txt")]
    (found,) = merge(events, documents)
    assert [v.name for v in found.voices] == ["Agency", "Post"]
    agency = found.voices[0]
    assert (len(agency.events), len(agency.echoes)) == (1, 1)
    assert agency.drift == ("seizure: “attempted” became “asserted” in b.txt",)


def test_the_users_rulings_stand_above_all() -> None:
    one, other = told(), told(name="Grey Gull", document="b.txt")
    assert len(merge([one, other], same=[[one.id[:10], other.id]])) == 1
    again = told(document="c.txt")
    assert len(merge([one, again])) == 1
    assert len(merge([one, again], different=[[one.id, again.id[:8]]])) == 2


@st.composite
def sets_of_events(draw: st.DrawFn) -> list[Event]:
    size = draw(st.integers(1, 14))
    return [
        told(
            draw(st.sampled_from(["seizure", "boarding", "release", "pursuit"])),
            draw(st.sampled_from(["Blue Heron", "Grey Gull", "Blue Herron", None])),
            document=draw(st.sampled_from(["a.txt", "b.txt", "c.txt"])),
            day=draw(st.integers(0, 14)),
            status=draw(st.sampled_from(["asserted", "denied", "attempted"])),
            by=draw(st.sampled_from(["IRN", "OMN", None])),
            flag=draw(st.sampled_from(["PAN", "LBR", None])),
            subtype=draw(st.sampled_from(["tanker", "cargo", None])),
            place=draw(st.sampled_from([None, (25.0, 57.0), (27.0, 57.0)])),
        )
        for _ in range(size)
    ]


@settings(max_examples=60, deadline=None)
@given(sets_of_events(), st.randoms(use_true_random=False))
def test_the_order_and_the_pieces_make_no_difference(
    events: list[Event], dice: random.Random
) -> None:
    whole = merge(events)
    assert sorted(i for one in whole for i in one.events) == sorted(e.id for e in events)
    shuffled = events[:]
    dice.shuffle(shuffled)
    assert merge(shuffled) == whole
    merger = Merger()
    while shuffled:
        cut = dice.randint(1, len(shuffled))
        merger.add(shuffled[:cut])
        shuffled = shuffled[cut:]
        seen = merger.incidents()
    assert seen == whole


@settings(max_examples=60, deadline=None)
@given(sets_of_events(), st.randoms(use_true_random=False), st.lists(st.booleans(), min_size=3))
def test_what_is_worked_out_anew_is_all_that_additions_touch(
    events: list[Event], dice: random.Random, echo: list[bool]
) -> None:
    """With documents that turn out to repeat one another, and rulings on what is yet to come."""
    documents = {
        name: Document(id=name, text=STORY if echo[n] else f"Of its own, {name}.", outlet=name,
                       date=DAY + timedelta(days=n))
        for n, name in enumerate(["a.txt", "b.txt", "c.txt"])
    }  # fmt: skip
    ids = sorted(e.id for e in events)
    rulings: dict[str, Any] = {"same": [ids[:2]], "different": [ids[-2:]]}
    whole = merge(events, documents, **rulings)
    merger = Merger(**rulings)
    dice.shuffle(events)
    for event in events:
        name = event.evidence[0].document  # type: ignore[union-attr]
        merger.add([event], {name: documents[name]})
        seen = merger.incidents()
    merger.add([], documents)
    assert merger.incidents() == whole
    assert len(seen) > 0
