"""UKMTO warnings and IMB narratives, on texts written for the test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from masthead import geo
from masthead.model import Document, Event
from masthead.reports.notices import read_notices


def read(text: str, date: datetime | None = None) -> Event:
    events = read_notices(Document(id="n", text=text, date=date))
    assert events is not None
    (event,) = events
    event.verify(text)
    return event


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


UKMTO = (
    "UKMTO WARNING 071-25 - SUSPICIOUS ACTIVITY Report Date: 04 Feb 2025 Report Time: 1130UTC "
    "Source: Master UKMTO has received a report of an incident 40NM east of Muscat, Oman. "
)


@pytest.mark.parametrize(
    ("told", "incident", "status"),
    [
        (
            "The Master of a tanker reported being hit by an unknown projectile.",
            "attack",
            "asserted",
        ),
        ("A splash was seen in close proximity of a tanker.", "suspicious_approach", "asserted"),
        ("A missile exploded in close proximity to a tanker.", "attack", "attempted"),
        (
            "A tanker was approached by a skiff which turned away.",
            "suspicious_approach",
            "asserted",
        ),
        ("Two skiffs approached and opened fire on a bulk carrier.", "attack", "asserted"),
        (
            "The guards of a bulk carrier fired warning shots at a skiff which approached.",
            "suspicious_approach",
            "asserted",
        ),
        (
            "Armed men in a skiff attempted to board a bulk carrier.",
            "attempted_boarding",
            "attempted",
        ),
        ("Unauthorised persons have taken control of a bulk carrier.", "hijack", "asserted"),
        ("A tanker has been seized by the navy and taken to port.", "seizure", "asserted"),
        ("Several ships report GPS interference.", "gnss_interference", "ongoing"),
    ],
)
def test_ukmto_incident_by_what_happened(told: str, incident: str, status: str) -> None:
    event = read(UKMTO + told + " Vessels are advised to transit with caution.")
    assert (event.incident, event.status.value) == (incident, status)
    assert (event.details["number"], event.details["year"]) == (71, 2025)
    assert event.details["class"] == "SUSPICIOUS ACTIVITY"
    assert event.time
    assert event.time.latest == utc(2025, 2, 4, 11, 30)


def test_ukmto_place_time_and_ship() -> None:
    text = (
        "20250205-UKMTO_WARNING_072-25 ATTACK Incident date: 04th February 2025 Incident "
        "time: 2240UTC "
        "Source: Master Issued: 05th February 2025 0030UTC UKMTO has received a report of an "
        "incident "
        "12NM North East of Fujairah, United Arab Emirates. The Master of a container ship "
        "reported "
        "being struck by two projectiles."
    )
    event = read(text)
    assert event.time
    assert event.time.earliest == event.time.latest == utc(2025, 2, 4, 22, 40)
    assert event.place
    assert event.place.lat
    assert event.place.lon
    assert event.place.radius_m
    away = geo.distance_m(25.17, 56.37, event.place.lat, event.place.lon)
    assert away == pytest.approx(12 * 1852, rel=0.15)
    assert not geo.is_land(event.place.lat, event.place.lon)
    assert event.place.radius_m > 12 * 1852 * 0.38
    assert (event.objects[0].text, event.objects[0].subtype) == ("a container ship", "container")
    assert event.attribution[0].who == "The Master of a container ship"


@pytest.mark.parametrize(
    "head",
    [
        "UKMTO WARNING 12-25.",
        "UKMTO WARNING-ATTACK 012-25.",
        "UKMTO WARNING 012-2025 ",
        "UKMTO ADVISORY 12-25 - ADVISORY",
        "UKMTO Warning 12-25 -",
        "UKMTO WARNING INCIDENT 012 ATTACK -",
    ],
)
def test_ukmto_heads(head: str) -> None:
    told = (
        f"{head} UKMTO has received a report of an incident off Aden. A tanker was hit by a drone."
    )
    event = read(told, utc(2025, 3, 1))
    assert (event.details["number"], event.details["year"]) == (12, 2025)
    assert event.incident == "attack"


def test_a_bearing_from_a_whole_country_gets_no_point() -> None:
    event = read(UKMTO.replace("Muscat, Oman", "OMAN") + "A tanker was hit by a drone.")
    assert event.place
    assert event.place.text == "40NM east of OMAN"
    assert event.place.lat is None


IMB = "{head}\n{told}"


@pytest.mark.parametrize(
    ("position", "lat", "lon"),
    [
        ("01:11N - 103:37E", 1 + 11 / 60, 103 + 37 / 60),
        ("10:18.31N – 075:33.14W", 10 + 18.31 / 60, -(75 + 33.14 / 60)),
        ("05:50.6S — 106:55.8E", -(5 + 50.6 / 60), 106 + 55.8 / 60),
        ("01:06N – 103: 44E", 1.1, 103 + 44 / 60),
        ("03:47N -098:42E", 3 + 47 / 60, 98.7),
        ("07.44.1S - 109.04.0E", -(7 + 44.1 / 60), 109 + 4 / 60),
    ],
)
def test_imb_positions(position: str, lat: float, lon: float) -> None:
    event = read(f"03.04.2016: 0215 UTC: Posn: {position}, Somewhere.\nRobbers boarded a tanker.")
    assert event.place
    assert event.place.geometry
    assert (event.place.lat, event.place.lon) == (pytest.approx(lat), pytest.approx(lon))
    assert event.time
    assert event.time.earliest == utc(2016, 4, 3, 2, 15)


def test_imb_local_time_in_port_and_on_the_high_seas() -> None:
    port = read(
        "03.04.2016: 0215 LT: Posn: 10:18.3N – 075:32.0W, Cartagena Anchorage, Colombia.\nX."
    )
    assert port.details["local_time"] == "2016-04-03T02:15"
    assert port.time
    assert port.time.earliest == port.time.latest == utc(2016, 4, 3, 7, 15)
    sea = read("03.04.2016: 0215 LT: Posn: 03:00N – 002:00E, Around 200nm South of Lome, Togo.\nX.")
    assert sea.time
    assert sea.time.precision == "hour"
    assert (sea.time.earliest, sea.time.latest) == (utc(2016, 4, 3, 1, 15), utc(2016, 4, 3, 3, 15))


@pytest.mark.parametrize(
    ("clock", "start", "end"),
    [
        ("0100 – 0300 UTC", (2016, 4, 3, 1), (2016, 4, 3, 3)),
        ("2200 to 0200 UTC", (2016, 4, 3, 22), (2016, 4, 4, 2)),
        ("Early Morning Hours", (2016, 4, 2, 16), (2016, 4, 3, 4)),
    ],
)
def test_imb_times_that_are_spans(clock: str, start: tuple[int, ...], end: tuple[int, ...]) -> None:
    event = read(f"03.04.2016: {clock}: Posn: 01:20N - 104:00E, Singapore.\nRobbers boarded a tug.")
    assert event.time
    assert (event.time.earliest, event.time.latest) == (utc(*start), utc(*end))


@pytest.mark.parametrize(
    ("told", "incident"),
    [
        ("Four robbers boarded an anchored tanker, stole engine spares and escaped.", "robbery"),
        ("Robbers boarded a bulk carrier. Alarm raised. Nothing was stolen.", "boarding"),
        (
            "Duty oiler noticed two robbers on the poop deck. The robbers jumped overboard.",
            "boarding",
        ),
        (
            "Crew saw a man attempting to board a tanker with a hook. He escaped.",
            "attempted_boarding",
        ),
        ("Pirates in a skiff chased and fired upon a tanker. Boarding was averted.", "attack"),
        ("Pirates boarded a tug and kidnapped three crew members.", "kidnap"),
        ("Pirates hijacked a product tanker and sailed her south.", "hijack"),
        ("A speed boat chased a container ship for an hour.", "suspicious_approach"),
        (
            "Master noticed skiffs with ladders. The armed team fired a warning shot.",
            "suspicious_approach",
        ),
        ("On arrival the crew found two mooring ropes missing.", "robbery"),
    ],
)
def test_imb_incident_by_the_narrative(told: str, incident: str) -> None:
    event = read(f"03.04.2016: 0215 UTC: Posn: 01:11N - 103:37E, Near.\n{told}")
    assert event.incident == incident


def test_imb_who_and_which_ship() -> None:
    text = (
        "03.04.2016: 0215 UTC: Posn: 01:11N - 103:37E, Near.\n"
        "Three robbers armed with knives boarded an anchored bulk carrier and stole paint."
    )
    event = read(text)
    assert [(a.text, a.sector) for a in event.sources] == [
        ("Three robbers armed with knives", "CRM")
    ]
    assert [(v.text, v.subtype) for v in event.objects] == [
        ("an anchored bulk carrier", "bulk carrier")
    ]


def test_a_position_that_contradicts_its_named_place_is_flagged() -> None:
    event = read(
        "03.04.2016: 0215 UTC: Posn: 01:43N - 101:25W, Dumai, Indonesia.\nRobbers boarded a tug."
    )
    assert event.confidence <= 0.5
    assert isinstance(event.details["position_off_named_place_km"], int)


def test_many_narratives_in_one_document() -> None:
    text = (
        "03.04.2016: 0215 UTC: Posn: 01:11N - 103:37E, Near.\nRobbers boarded a tug.\n\n"
        "04.04.2016: 0215 LT: Posn: Lagos Anchorage, Nigeria.\nRobbers boarded a barge.\n"
    )
    events = read_notices(Document(id="n", text=text))
    assert events is not None
    assert [e.place.text for e in events if e.place] == [
        "01:11N - 103:37E, Near",
        "Lagos Anchorage, Nigeria",
    ]
    assert events[1].time
    assert events[1].time.earliest == utc(2016, 4, 4, 1, 15)
