"""Navigational warnings: what the README promises of them, on messages written for the test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shapely.geometry import Point, shape

from masthead import geo
from masthead.model import Document, Event
from masthead.reports.notices import read_notices

EXERCISE = """\
141200Z MAY 24
HYDROLANT 1021/24(37,38).
BAY OF BISCAY.
FRANCE.
DNC 08.
1. GUNNERY EXERCISES 160600Z TO 160900Z AND 170600Z TO 170900Z MAY
   IN AREAS:
   A. BOUND BY
      46-10.0N 003-00.0W, 46-10.0N 003-20.0W,
      45-50.0N 003-20.0W.
   B. WITHIN FIVE MILES OF TRACKLINE JOINING
      45-00.0N 003-00.0W, 45-10.0N 003-30.0W.
   C. WITHIN 10 MILES OF 44-30.0N 003-00.0W.
2. CANCEL HYDROLANT 998/24, 1001/24(37) AND HYDROPAC 12/24.
3. CANCEL THIS MSG 171000Z MAY 24.//

Authority: AVURNAV BREST 77/24 141130Z MAY 24.

Date: 141200Z MAY 24
Cancel: 17100000 May 24
"""


def read(text: str, **meta: str) -> tuple[Event, ...]:
    document = Document(id="n", text=text, meta=dict(meta))
    events = read_notices(document)
    assert events is not None
    for event in events:
        event.verify(text)
    return events


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


def test_the_head_tail_and_cancels_of_a_broadcast_warning() -> None:
    for event in read(EXERCISE):
        assert event.details["series"] == "HYDROLANT"
        assert (event.details["number"], event.details["year"]) == (1021, 2024)
        assert event.details["subregion"] == "37,38"
        assert event.details["authority"] == "AVURNAV BREST 77/24 141130Z MAY 24"
        assert event.details["issued"] == "2024-05-14T12:00:00Z"
        assert event.details["cancel"] == "2024-05-17T10:00:00Z"
        assert event.details["cancels"] == [
            "HYDROLANT 998/24",
            "HYDROLANT 1001/24",
            "HYDROPAC 12/24",
        ]
        assert event.details["area"] == "BAY OF BISCAY; FRANCE"


def test_one_event_for_each_lettered_area_with_the_shape_that_its_words_draw() -> None:
    events = read(EXERCISE)
    assert [(e.details["part"], e.details["shape"]) for e in events] == [
        ("1A", "area"),
        ("1B", "corridor"),
        ("1C", "circle"),
    ]
    area, corridor, circle = (shape(e.place.geometry) for e in events if e.place)
    assert area.contains(Point(-3.2, 46.1))
    assert not area.contains(Point(-3.02, 45.9))
    assert corridor.contains(Point(-3.25, 45.05))
    north = geo.destination(44.5, -3.0, 0.0, 9.9 * 1852)
    beyond = geo.destination(44.5, -3.0, 0.0, 10.1 * 1852)
    assert circle.contains(Point(north[1], north[0]))
    assert not circle.contains(Point(beyond[1], beyond[0]))
    assert {e.incident for e in events} == {"exercise"}
    assert {e.status.value for e in events} == {"planned"}


def test_evidence_is_the_lead_and_the_item() -> None:
    first = read(EXERCISE)[0]
    assert [EXERCISE[e.start : e.end] for e in first.evidence] == [e.text for e in first.evidence]
    assert first.evidence[0].text.startswith("1. GUNNERY EXERCISES")
    assert first.evidence[1].text.startswith("A. BOUND BY")
    assert first.evidence[1].text.endswith("003-20.0W.")


def test_windows_inside_the_period() -> None:
    time = read(EXERCISE)[0].time
    assert time is not None
    assert (time.earliest, time.latest) == (utc(2024, 5, 16, 6), utc(2024, 5, 17, 9))
    assert read(EXERCISE)[0].details["windows"] == [
        "2024-05-16T06:00:00Z/2024-05-16T09:00:00Z",
        "2024-05-17T06:00:00Z/2024-05-17T09:00:00Z",
    ]


def head(body: str, issued: str = "141200Z MAY 24") -> str:
    return f"{issued}\nHYDROPAC 7/24(62).\nARABIAN SEA.\nDNC 10.\n{body}\n"


@pytest.mark.parametrize(
    ("words", "kind", "inside", "outside"),
    [
        ("IN AREA BETWEEN 20-00N 21-00N AND 060-00E 061-00E.", "box", (20.5, 60.5), (19.9, 60.5)),
        (
            "BETWEEN LATITUDES 20-00N AND 21-00N AND LONGITUDES 060-00E AND 061-00E.",
            "box",
            (20.5, 60.5),
            (20.5, 61.1),
        ),
        (
            "IN AREA BOUNDED BY 20-00-00N 060-00-00E, 21-00-00N 060-00-00E, 21-00-00N 061-00-00E.",
            "area",
            (20.9, 60.2),
            (20.1, 60.9),
        ),
        ("WITHIN 12 MILES OF 20-00N 060-00E.", "circle", (20.1, 60.1), (20.25, 60.0)),
        (
            "WITHIN 20 MILES OF 20-00N 060-00E BETWEEN 000 DEGREES AND 090 DEGREES.",
            "sector",
            (20.1, 60.1),
            (19.9, 59.9),
        ),
        (
            "WITHIN ONE MILE OF TRACKLINE JOINING 20-00N 060-00E, 20-00N 061-00E.",
            "corridor",
            (20.01, 60.5),
            (20.02, 60.5),
        ),
        (
            "IN AREA BOUND BY 20-00N 179-30E, 21-00N 179-30E, 21-00N 179-30W, 20-00N 179-30W.",
            "area",
            (20.5, -179.8),
            (20.5, -179.3),
        ),
    ],
)
def test_areas(
    words: str, kind: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    event = read(head(f"HAZARDOUS OPERATIONS 160600Z TO 160900Z MAY {words}"))[0]
    assert event.details["shape"] == kind
    assert event.place
    drawn = shape(event.place.geometry)
    assert drawn.contains(Point(inside[1], inside[0]))
    assert not drawn.contains(Point(outside[1], outside[0]))


@pytest.mark.parametrize(
    "words",
    [
        "CABLE OPERATIONS ALONG TRACKLINE BETWEEN 20-00N 060-00E AND 21-00N 061-00E.",
        "CABLE OPERATIONS ALONG TRACKLINE JOINING 20-00N 060-00E, 21-00N 061-00E.",
        "S/V BLUE HERON OVERDUE SALALAH (20-00N 060-00E) TO 21-00N 061-00E.",
    ],
)
def test_lines(words: str) -> None:
    event = read(head(words))[0]
    assert event.place
    assert event.place.geometry
    assert event.place.geometry["type"] == "LineString"


def test_every_listed_point_is_an_event_of_its_own() -> None:
    events = read(head("WRECKS REPORTED IN:\nA. 20-01.5N 060-02.5E.\nB. 20-03N 060-04E."))
    assert [(e.place.lat, e.place.lon) for e in events if e.place] == [
        (pytest.approx(20.025), pytest.approx(60.0 + 2.5 / 60)),
        (pytest.approx(20.05), pytest.approx(60.0 + 4 / 60)),
    ]
    assert [e.place.radius_m for e in events if e.place] == [
        pytest.approx(92.6),
        pytest.approx(926.0),
    ]


PERIODS = [
    ("160600Z TO 160900Z MAY", (2024, 5, 16, 6), (2024, 5, 16, 9), 0),
    ("310600Z MAY TO 010900Z JUN", (2024, 5, 31, 6), (2024, 6, 1, 9), 0),
    ("0400Z TO 1600Z DAILY 17, 18 AND 20 THRU 22 MAY", (2024, 5, 17, 4), (2024, 5, 22, 16), 5),
    ("2200Z TO 0200Z DAILY 17 AND 18 MAY", (2024, 5, 17, 22), (2024, 5, 19, 2), 2),
    (
        "160600Z TO 160900Z, 0100Z TO 0500Z DAILY 18 THRU 20 MAY",
        (2024, 5, 16, 6),
        (2024, 5, 20, 5),
        4,
    ),
    ("01 JAN THRU 31 DEC 25", (2025, 1, 1, 0), (2025, 12, 31, 23, 59, 59), 0),
    ("28 DEC THRU 03 JAN", (2023, 12, 28, 0), (2024, 1, 3, 23, 59, 59), 0),
    ("UNTIL 19 JUN", (2024, 5, 14, 12), (2024, 6, 19, 23, 59, 59), 0),
    ("IN PROGRESS UNTIL 190001Z JUN", (2024, 5, 14, 12), (2024, 6, 19, 0, 1), 0),
    ("UNTIL FURTHER NOTICE", (2024, 5, 14, 12), None, 0),
    ("20 MAY UNTIL FURTHER NOTICE", (2024, 5, 20, 0), None, 0),
]


@pytest.mark.parametrize(("words", "start", "end", "windows"), PERIODS)
def test_periods(
    words: str, start: tuple[int, ...], end: tuple[int, ...] | None, windows: int
) -> None:
    event = read(head(f"SURVEY OPERATIONS {words} IN AREA WITHIN 5 MILES OF 20-00N 060-00E."))[0]
    assert event.time is not None
    assert event.time.earliest == utc(*start)
    assert event.time.latest == (utc(*end) if end else None)
    assert len(event.details.get("windows") or []) == windows  # type: ignore[arg-type]


def test_a_day_to_cancel_stays_a_day_and_cancel_with_this_message_is_at_issue() -> None:
    day = read(head("1. BUOY A4 IN 20-00N 060-00E MISSING.\n2. CANCEL THIS MSG 01 JAN 25."))[0]
    assert day.details["cancel"] == "2025-01-01"
    now = read(head("CANCEL HYDROPAC 5/24 AND THIS MSG."))[0]
    assert now.details["cancel"] == "2024-05-14T12:00:00Z"
    assert now.details["cancels"] == ["HYDROPAC 5/24"]
    assert now.incident == "other_warning"


def test_a_page_of_many_warnings() -> None:
    page = EXERCISE + "\n" + head("M/V ATTACKED IN 12-00N 045-00E AT 140300Z MAY.")
    page += "\nZCZC GA12\n150000Z MAY 24\nNAVAREA IX 210/24\n"
    page += "DERELICT DHOW ADRIFT 21-00N 061-00E.\nNNNN\n"
    events = read(page)
    assert [e.details["number"] for e in events] == [1021, 1021, 1021, 7, 210]
    assert [e.incident for e in events[3:]] == ["attack", "hazard_area"]
    assert events[4].details["issued"] == "2024-05-15T00:00:00Z"


def test_a_head_kept_apart_by_the_loader() -> None:
    text = "GULF OF ADEN.\nLIGHT BUOY 12-00N 045-00E UNLIT."
    event = read(text, series="HYDROPAC", number="31", year="2024", issue="020304Z FEB 2024")[0]
    assert (event.details["number"], event.details["issued"]) == (31, "2024-02-02T03:04:00Z")
    named = read(text, name="NAVAREA IX 55/23 [1 of 1]")[0]
    assert (named.details["series"], named.details["year"]) == ("NAVAREA IX", 2023)


TRAPS = [
    ("CREW MEMBER SUFFERED HEART ATTACK ABOARD M/V OCEAN STAR IN 20-00N 060-00E.", "other_warning"),
    ("F/V BLOCKADE RUNNER, FOUR PERSONS ON BOARD, OVERDUE IN 20-00N 060-00E.", "other_warning"),
    ("SHARK ATTACK REPORTED IN 20-00N 060-00E.", "other_warning"),
    ("M/V PIRATE QUEEN DISABLED AND ADRIFT IN 20-00N 060-00E.", "other_warning"),
    ("S/V HIJACK IN 20-00N 060-00E REPORTS ENGINE FAILURE.", "other_warning"),
    ("VESSELS IN 20-00N 060-00E SHOULD EXERCISE EXTREME CAUTION.", "other_warning"),
    ("PIRACY. VESSELS ARE ADVISED THAT ATTACKS HAVE OCCURRED IN THIS AREA.", "other_warning"),
    ("PILOT BOARDING AREA MOVED TO 20-00N 060-00E.", "other_warning"),
    ("GPS JAMMING EXERCISES WITHIN 5 MILES OF 20-00N 060-00E.", "gnss_interference"),
    ("GUNNERY EXERCISES IN 20-00N 060-00E.", "exercise"),
    ("NAVY IS ENFORCING A NAVAL BLOCKADE WITHIN 5 MILES OF 20-00N 060-00E.", "blockade"),
]


@pytest.mark.parametrize(("words", "incident"), TRAPS)
def test_subjects_and_their_traps(words: str, incident: str) -> None:
    assert {e.incident for e in read(head(words))} == {incident}


DEEDS = [
    ("M/V ATTACKED IN 12-00N 045-00E AT 140300Z MAY.", "attack", "asserted", None),
    (
        "M/V RED PINE POSSIBLY HIJACKED IN 12-00N 045-00E ON 13 MAY.",
        "hijack",
        "asserted",
        "RED PINE",
    ),
    (
        "F/V BOARDED BY SIX ARMED PIRATES IN 12-00N 045-00E AT 140300Z MAY.",
        "boarding",
        "asserted",
        None,
    ),
    (
        "M/V APPROACHED BY PIRATES IN 12-00N 045-00E AT 140300Z MAY.",
        "suspicious_approach",
        "asserted",
        None,
    ),
    (
        "M/V REPORTS ATTEMPTED BOARDING IN 12-00N 045-00E AT 140300Z MAY.",
        "attempted_boarding",
        "attempted",
        None,
    ),
]


@pytest.mark.parametrize(("words", "incident", "status", "name"), DEEDS)
def test_deeds_against_ships(words: str, incident: str, status: str, name: str | None) -> None:
    (event,) = read(head(words + "\nVESSELS ARE ADVISED TO EXERCISE EXTREME CAUTION."))
    assert (event.incident, event.status.value) == (incident, status)
    assert event.place
    assert (event.place.lat, event.place.lon) == (12.0, 45.0)
    assert event.objects[0].name == name
    assert event.time
    assert event.time.earliest
    assert event.time.earliest.day in (13, 14)
    assert all(a.sector == "CRM" for a in event.sources)


def test_a_suspicion_is_said_to_be_one() -> None:
    (event,) = read(head("VESSEL POSSIBLY HIJACKED IN 12-00N 045-00E AT 140300Z MAY."))
    assert event.details["hedged"] is True
    assert event.confidence <= 0.5


def test_an_advisory_reports_no_deed_but_the_dated_one() -> None:
    general = head(
        "1. THIS MARAD ADVISORY PROVIDES GUIDANCE TO VESSELS.\n"
        "2. VESSELS HAVE BEEN ATTACKED AND BOARDED. PIRATES HAVE HIJACKED TANKERS."
    )
    assert [e.incident for e in read(general)] == ["other_warning"]
    dated = head("1. THIS MARAD ADVISORY PROVIDES GUIDANCE.\n2. ON 09 MAY PIRATES HIJACKED A DHOW.")
    assert [e.incident for e in read(dated)] == ["other_warning", "hijack"]


def test_a_topic_line_is_the_subject_of_an_area_that_names_none_and_a_place_is_none() -> None:
    area = "AREA BOUND BY 20-00N 060-00E, 21-00N 060-00E, 21-00N 061-00E."
    for topic, incident in (
        ("ROCKET LAUNCHING", "hazard_area"),
        ("GUNNERY", "exercise"),
        ("NANTUCKET SHOALS", "other_warning"),
    ):
        text = f"HYDROPAC 7/24(62).\nARABIAN SEA.\n{topic}.\n1. 160600Z TO 160900Z MAY IN {area}\n"
        assert {e.incident for e in read(text)} == {incident}


@pytest.mark.parametrize(
    "listed",
    [
        "BOUND BY A) 20-00N 060-00E B) 21-00N 060-00E C) 21-00N 061-00E.",
        "BOUNDED BY LINES JOINING 20-00N 060-00E, 21-00N 060-00E AND 21-00N 061-00E.",
        "20-00N 060-00E, 21-00N 060-00E, 21-00N 061-00E.",
    ],
)
def test_other_ways_to_list_a_ring(listed: str) -> None:
    (event,) = read(head(f"FIRING EXERCISES IN AREA {listed}"))
    assert event.place
    assert shape(event.place.geometry).contains(Point(60.2, 20.9))


def test_the_date_time_group_may_stand_below_the_head() -> None:
    event = read("NAVAREA I 123/25\n190915 UTC JUN 25\nNORTH SEA.\nBUOY 53-30N 000-20E UNLIT.")[0]
    assert event.details["issued"] == "2025-06-19T09:15:00Z"


def test_an_article_that_quotes_a_warning_is_read_as_prose() -> None:
    article = "Officials said on Sunday that ships were told to keep away from the strait. " * 6
    assert read_notices(Document(id="n", text=article + "\n" + EXERCISE)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "TEHRAN, April 5 - Iran's navy seized a tanker near the Strait of Hormuz, officials said.",
        "NAVY ATTACKS PIRATES\nTHE NAVY SAID ON SUNDAY THAT IT HAD ATTACKED A PIRATE SKIFF.",
        "The warning, HYDROLANT 1021/24, was cancelled on Monday, a spokesman said.",
        "UKMTO said on Sunday it had received a report of an incident 5NM east of Fujairah.",
        "UKMTO has received a report of an attack, Reuters wrote. UKMTO said no one was hurt.",
        "08.01.2015: the president said that pirates had been caught.",
        "In NAVAREA IX the warnings continue. Ships keep clear.",
    ],
)
def test_news_is_no_notice(text: str) -> None:
    assert read_notices(Document(id="n", text=text)) is None
