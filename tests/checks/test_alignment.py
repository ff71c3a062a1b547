"""Who stands where: network, stances, disputes."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from masthead.checks.alignment import disputes, network, stances
from masthead.judgement import Incident, State
from masthead.model import Actor, Attribution, Event, Interval, Sense, Status, TextSpan, Vessel

_N = iter(range(10_000))


def told(
    source: str, act: str, target: str, day: int | None = 1, *, status: Status = Status.ASSERTED,
    says: str | None = None, incident: str | None = None,
) -> Event:  # fmt: skip
    """A report that one country does something to another."""
    n = next(_N)
    moment = datetime(2031, 5, day, tzinfo=UTC) if day else None
    return Event(
        sense=Sense.REPORT, act=act, incident=incident, status=status,
        sources=(Actor(text=source, country=source, sector="GOV"),),
        targets=(Actor(text=target, country=target, sector="GOV"),),
        time=Interval(earliest=moment, latest=moment) if moment else None,
        attribution=(Attribution(who=f"{says} ministry", country=says),) if says else (),
        evidence=(TextSpan(document=f"d{n}", start=n, end=n + 4, text="word"),),
    )  # fmt: skip


def test_friends_of_either_side_stand_on_it() -> None:
    found = {s.country: s for s in stances(
        [told("AAA", "SUPPORT", "XVM"), told("AAA", "ACCUSE", "XKE", 2), told("BBB", "AID", "XKE"),
         told("CCC", "CONSULT", "XKE"), told("XVM", "ACCUSE", "XKE")], "XKE", "XVM")}  # fmt: skip
    assert found["AAA"].called == "opposes the blockade"
    assert found["BBB"].called == "supports the blockade"
    assert found["CCC"].called == "takes no side"
    assert "XVM" not in found, "the sides themselves have no stance toward their quarrel"
    assert [d.day for d, _ in found["AAA"].changed] == [1, 2]
    assert found["AAA"].changed[1][1] < found["AAA"].changed[0][1], "a second act says more"


def test_an_echo_adds_nothing_and_a_denial_counts_nothing() -> None:
    once = stances([told("AAA", "SUPPORT", "XVM")], "XKE", "XVM")[0]
    thrice = stances([told("AAA", "SUPPORT", "XVM") for _ in range(3)], "XKE", "XVM")[0]
    assert thrice.stance == once.stance
    denied = [told("AAA", "SUPPORT", "XVM", status=Status.DENIED)]
    assert stances(denied, "XKE", "XVM") == []


def test_what_another_side_says_counts_half() -> None:
    own = stances([told("AAA", "SUPPORT", "XKE", says="AAA")], "XKE", "XVM")[0]
    claimed = stances([told("AAA", "SUPPORT", "XKE", says="XKE")], "XKE", "XVM")[0]
    assert 0 < claimed.stance < own.stance


def test_an_undated_act_takes_the_day_of_its_document() -> None:
    event = told("AAA", "SUPPORT", "XVM", None)
    (piece,) = event.evidence
    assert isinstance(piece, TextSpan)
    date = datetime(2031, 5, 9, tzinfo=UTC)
    (dated,) = stances([event], "XKE", "XVM", {piece.document: date})
    assert [d for d, _ in dated.changed] == [date.date()]
    assert stances([event], "XKE", "XVM")[0].changed == ()


def test_the_network_has_an_edge_for_each_act_and_none_for_what_is_denied() -> None:
    found = network([
        told("AAA", "SUPPORT", "XVM"), told("AAA", "SUPPORT", "XVM", 3), told("AAA", "AID", "XVM"),
        told("BBB", "COERCE", "XVM", status=Status.DENIED),
    ])  # fmt: skip
    edges = {(e.source, e.act, e.target): e for e in found.edges}
    assert set(edges) == {("AAA-GOV", "SUPPORT", "XVM-GOV"), ("AAA-GOV", "AID", "XVM-GOV")}
    support = edges["AAA-GOV", "SUPPORT", "XVM-GOV"]
    assert support.count == 2
    assert support.first is not None
    assert support.last is not None
    assert (support.first.day, support.last.day) == (1, 3)
    assert support.sign > 0
    assert {n.id for n in found.nodes} == {"AAA-GOV", "XVM-GOV"}


def test_the_network_of_a_time_leaves_out_the_rest() -> None:
    events = [told("AAA", "SUPPORT", "XVM", d) for d in (1, 5, 9)] + [
        told("AAA", "SUPPORT", "XVM", None)
    ]
    (edge,) = network(
        events, datetime(2031, 5, 4, tzinfo=UTC), datetime(2031, 5, 6, tzinfo=UTC)
    ).edges
    assert edge.count == 1


def test_a_denial_meets_its_claim() -> None:
    claim = told("XKE", "COERCE", "XVM", incident="seizure", says="XVM")
    denial = told("XKE", "COERCE", "XVM", incident="seizure", status=Status.DENIED, says="XKE")
    incident = Incident(
        id="i", kind="seizure", state=State.COMPLETED, events=(claim.id, denial.id),
        vessel=Vessel(text="the tanker", name="Blue Heron"),
    )  # fmt: skip
    (found,) = disputes([incident], [claim, denial])
    assert found.about == "seizure of Blue Heron"
    assert [c.who for c in found.claims] == ["XVM ministry"]
    assert [c.who for c in found.against] == ["XKE ministry"]
    assert disputes([incident], [claim]) == []


def test_mutual_accusations_are_one_dispute() -> None:
    events = [told("XKE", "ACCUSE", "XVM"), told("XVM", "REJECT", "XKE"),
              told("AAA", "ACCUSE", "XKE")]  # fmt: skip
    (found,) = disputes([], events)
    assert found.about == "XKE and XVM accuse or refute one another"


def test_a_code_is_no_name() -> None:
    event = told("XVM", "ACCUSE", "XKE")
    actor = Actor(text="Velmark", name="XVM", country="XVM", sector="GOV")
    found = network([dataclasses.replace(event, sources=(actor,))])
    assert {n.name for n in found.nodes} == {"Velmark", "XKE"}
