"""The event record: checked when it is made, the same through JSON, with a stable id."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from masthead import codes
from masthead.errors import EvidenceError, UnknownCodeError
from masthead.model import (
    Actor,
    Attribution,
    Document,
    Event,
    Interval,
    Place,
    Sense,
    TextSpan,
    TrackSpan,
    Vessel,
    from_json,
    parse_utc,
    to_dict,
    to_json,
)

DOCUMENT = Document(id="wire.txt", text="Carthia's navy seized a chemical tanker on Saturday.")

DESIGNED = [
    "id", "sense", "act", "mode", "context", "cameo", "incident", "sources", "targets", "objects",
    "time", "place", "status", "attribution", "evidence", "confidence", "why",
]  # fmt: skip


def seizure(**changes: object) -> Event:
    values: dict[str, object] = {
        "sense": Sense.REPORT, "act": "COERCE", "mode": "seize", "context": ("military",),
        "cameo": "1711", "incident": "seizure",
        "sources": (Actor(text="Carthia's navy", sector="MIL", span=(0, 14)),),
        "objects": (Vessel(text="a chemical tanker", subtype="tanker", span=(22, 39)),),
        "time": Interval(earliest=datetime(2024, 4, 13, tzinfo=UTC), precision="day"),
        "place": Place(text="40NM off", lat=29.56, lon=48.48, radius_m=9000),
        "attribution": (Attribution(who="the port", verb="said"),),
        "evidence": (DOCUMENT.cite(0, 51),), "confidence": 0.83, "why": "verb 'seize' + object",
    }  # fmt: skip
    return Event(**(values | changes))  # type: ignore[arg-type]


def test_the_record_has_the_designed_names_in_order() -> None:
    record = to_dict(seizure())
    assert [key for key in record if key in DESIGNED] == DESIGNED
    assert set(record) - set(DESIGNED) == {"details"}
    assert record["time"]["earliest"] == "2024-04-13T00:00:00Z"
    assert record["objects"][0]["type"] == "vessel"


def test_json_and_back() -> None:
    span = TrackSpan(mmsi=366730000, start=parse_utc("2024-04-13"), end=parse_utc("2024-04-14"))
    gap = Event(sense=Sense.TRACK, incident="gap", evidence=(span,), details={"duration_h": 24.0})
    for event in (seizure(), gap):
        assert from_json(to_json(event)) == event


@given(st.text(min_size=1), st.data())
def test_a_cited_span_is_the_text_at_its_offsets(text: str, draw: st.DataObject) -> None:
    document = Document(id="d", text=text)
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    assert document.cite(start, end).text == text[start:end]
    with pytest.raises(EvidenceError):
        document.cite(start, end, text[start:end] + "x")


def test_a_span_that_cannot_be_true_is_refused() -> None:
    with pytest.raises(EvidenceError):
        TextSpan(document="d", start=0, end=4, text="seized")
    with pytest.raises(EvidenceError, match="no text at"):
        DOCUMENT.cite(40, 400)
    with pytest.raises(EvidenceError, match="its object span"):
        seizure(objects=(Vessel(text="a trawler", span=(0, 9)),)).verify(DOCUMENT.text)
    with pytest.raises(EvidenceError, match="ends before"):
        TrackSpan(mmsi=1, start=parse_utc("2024-04-14"), end=parse_utc("2024-04-13"))


def test_an_event_needs_evidence_and_known_codes() -> None:
    with pytest.raises(ValidationError, match="at least 1"):
        seizure(evidence=())
    for field, value in (("act", "YIELD"), ("cameo", "999"), ("incident", "piracy")):
        with pytest.raises(UnknownCodeError):
            seizure(**{field: value})
    with pytest.raises(EvidenceError, match="neither an act nor an incident"):
        seizure(act=None, incident=None)


def test_the_id_follows_the_evidence_and_not_the_explanation() -> None:
    assert seizure().id == seizure(confidence=0.1, why="other").id
    assert seizure().id == seizure(place=Place(text="40NM off")).id
    assert seizure().id != seizure(evidence=(DOCUMENT.cite(0, 39),)).id
    assert seizure().id != seizure(status="denied").id


def test_places_and_times_are_honest() -> None:
    with pytest.raises(EvidenceError, match="radius_m"):
        Place(text="Basra", lat=30.5, lon=47.8)
    with pytest.raises(EvidenceError, match="not both"):
        Place(text="Basra", lat=30.5)
    local = datetime(2024, 4, 13, 3, tzinfo=timezone(timedelta(hours=3)))
    assert Interval(earliest=local).earliest == datetime(2024, 4, 13, tzinfo=UTC)


def test_the_tables_agree_with_one_another() -> None:
    assert len(codes.acts()) == 16
    for incident in codes.incidents().values():
        codes.check(act=incident.act, cameo=incident.cameo)
    for row in codes.crosswalk().values():
        codes.check(act=row.act, context=row.context)
    assert codes.crosswalk()["1711"].act == "COERCE"
    assert json.dumps(sorted(codes.sectors()))
