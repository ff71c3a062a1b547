"""Dates in text: each line of the tables is a claim about what the words mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.reports.dates import find_dates

WEDNESDAY = datetime(2024, 4, 17, tzinfo=UTC)


def read(text: str, anchor: datetime | None = WEDNESDAY, tense: str | None = None) -> list[str]:
    """`words | first day .. last day | precision` of each date."""
    found = []
    for (start, end), one in find_dates(text, anchor, tense=tense):
        assert text[start:end] == one.text
        days = [d.strftime("%Y-%m-%d") if d else "" for d in (one.earliest, one.latest)]
        bounds = days[0] if days[0] == days[1] else "..".join(days)
        found.append(f"{one.text} | {bounds} | {one.precision}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sailed on 13 April 2024.", "13 April 2024 | 2024-04-13 | day"),
        ("It sailed on April 13.", "April 13 | 2024-04-13 | day"),
        ("It sailed on Apr. 13, 2021, laden.", "Apr. 13, 2021 | 2021-04-13 | day"),
        ("logged 2024-02-29 twice", "2024-02-29 | 2024-02-29 | day"),
        ("the 3rd of May 2023", "the 3rd of May 2023 | 2023-05-03 | day"),
        ("Saturday, 13 April 2024", "Saturday, 13 April 2024 | 2024-04-13 | day"),
        ("on 28.02.2023", "28.02.2023 | 2023-02-28 | day"),
        ("on 13/04/2023", "13/04/2023 | 2023-04-13 | day"),
        ("on 03/04/2023", "03/04/2023 |  | day"),  # March or April: nobody can tell
        ("between 3 and 5 May", "between 3 and 5 May | 2024-05-03..2024-05-05 | interval"),
        ("from May 3 to 9", "from May 3 to 9 | 2024-05-03..2024-05-09 | interval"),
        (
            "from 28 April to 3 May 2023",
            "from 28 April to 3 May 2023 | 2023-04-28..2023-05-03 | interval",
        ),
        ("21-23 November 2020", "21-23 November 2020 | 2020-11-21..2020-11-23 | interval"),
        ("in January 2022", "January 2022 | 2022-01-01..2022-01-31 | month"),
        ("in 1987", "1987 | 1987-01-01..1987-12-31 | year"),
        ("in the 1980s", "the 1980s | 1980-01-01..1989-12-31 | interval"),
        ("since August", "since August | 2023-08-01.. | interval"),
        ("since 2011", "since 2011 | 2011-01-01.. | interval"),
        ("by the end of June", "by the end of June | ..2024-06-30 | interval"),
        ("before the end of the month", "before the end of the month | ..2024-04-30 | interval"),
        ("until 1 May", "until 1 May | ..2024-05-01 | interval"),
        ("in early May", "early May | 2024-05-01..2024-05-10 | interval"),
        ("on Saturday", "Saturday | 2024-04-13 | day"),
        ("on Wednesday", "Wednesday | 2024-04-17 | day"),
        ("last Sunday", "last Sunday | 2024-04-14 | day"),
        ("last Wednesday", "last Wednesday | 2024-04-10 | day"),
        ("next Monday", "next Monday | 2024-04-22 | day"),
        ("Friday's raid", "Friday | 2024-04-12 | day"),
        ("early on Friday", "early on Friday | 2024-04-12 | day"),
        ("late on Friday", "late on Friday | 2024-04-12 | day"),
        ("Friday night", "Friday night | 2024-04-12 | day"),
        ("overnight", "overnight | 2024-04-16..2024-04-17 | interval"),
        ("this morning", "this morning | 2024-04-17 | day"),
        ("yesterday evening", "yesterday evening | 2024-04-16 | day"),
        ("the day before yesterday", "the day before yesterday | 2024-04-15 | day"),
        ("two days ago", "two days ago | 2024-04-15 | day"),
        ("three months ago", "three months ago | 2024-01-01..2024-01-31 | month"),
        ("two weeks ago", "two weeks ago | 2024-03-31..2024-04-06 | week"),
        ("earlier this week", "earlier this week | 2024-04-15..2024-04-17 | week"),
        ("later this week", "later this week | 2024-04-17..2024-04-21 | week"),
        ("last week", "last week | 2024-04-08..2024-04-14 | week"),
        ("last month", "last month | 2024-03-01..2024-03-31 | month"),
        ("next month", "next month | 2024-05-01..2024-05-31 | month"),
        ("last year", "last year | 2023-01-01..2023-12-31 | year"),
        ("over the weekend", "the weekend | 2024-04-13..2024-04-14 | interval"),
        ("in recent weeks", "in recent weeks | ..2024-04-17 | interval"),
        ("in the past two weeks", "in the past two weeks | 2024-04-03..2024-04-17 | interval"),
        ("for ten days", "for ten days |  | interval"),  # over, or to come: the tense decides
        ("Monday to Wednesday", "Monday to Wednesday | 2024-04-15..2024-04-17 | interval"),
    ],
)  # fmt: skip
def test_a_date_is_read(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "tense", "expected"),
    [
        ("on Saturday", "future", "2024-04-20"),
        ("on Saturday", "past", "2024-04-13"),
        ("in August", "future", "2024-08-01..2024-08-31"),
        ("in August", "past", "2023-08-01..2023-08-31"),
        ("on 1 June", "past", "2023-06-01"),
        ("on 1 June", "future", "2024-06-01"),
        ("at the weekend", "future", "2024-04-20..2024-04-21"),
        ("for ten days", "past", "2024-04-07..2024-04-17"),
        ("for ten days", "future", "2024-04-17..2024-04-27"),
        ("this week", "past", "2024-04-15..2024-04-17"),
    ],
)
def test_the_tense_decides_the_direction(text: str, tense: str, expected: str) -> None:
    assert [line.split(" | ")[1] for line in read(text, tense=tense)] == [expected]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("at 0915 UTC 21 DEC 2023", "2023-12-21T09:15"),
        ("211530Z DEC 2023", "2023-12-21T15:30"),
        ("211530Z DEC 23", "2023-12-21T15:30"),
        ("on 3 May 2024 at 21:00 GMT", "2024-05-03T21:00"),
        ("on 3 May 2024 at 9.30 p.m. GMT", "2024-05-03T21:30"),
        ("at 23:30 UTC+3 on 3 May 2024", "2024-05-03T20:30"),
    ],
)
def test_a_clock_with_its_zone_gives_the_minute(text: str, moment: str) -> None:
    ((_, one),) = find_dates(text, None)
    assert one.precision == "minute"
    assert one.earliest is not None
    assert one.earliest.strftime("%Y-%m-%dT%H:%M") == moment


def test_a_clock_in_local_time_keeps_the_day_and_says_so() -> None:
    assert read("on Saturday at 09:15 local time") == [
        "Saturday at 09:15 local time | 2024-04-13 | day"
    ]


def test_the_next_day_counts_from_the_date_before_it() -> None:
    assert read("They met on 12 March. The next day they left, and two days later returned.") == [
        "12 March | 2024-03-12 | day",
        "The next day | 2024-03-13 | day",
        "two days later | 2024-03-15 | day",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The fleet may sail. They march on. Mr. May spoke. An august body.",
        "MMSI 211530000, IMO 9387421, 500 MT of wheat, 12 miles, at 30 knots, position 1530N.",
        "on 31 June 2024 and on 2024-13-45",
        "in 2000 metres of water",
        "Good Friday",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["on Saturday", "yesterday", "13 April", "since August", "overnight"]
)
def test_without_an_anchor_a_relative_date_keeps_its_text_alone(text: str) -> None:
    ((_, one),) = find_dates(text, None)
    assert one.text
    assert one.earliest is None
    assert one.latest is None


@given(st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2090, 1, 1).date()))  # noqa: DTZ001
def test_every_day_is_read_in_every_form(day: object) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y", "%A, %d %B %Y"):
        text = f"seen {day:{form}} there"
        ((_, one),) = find_dates(text, None)
        assert one.earliest is not None
        assert one.earliest.date() == day


@given(
    st.sampled_from(
        ["Monday", "last Friday", "next Sunday", "yesterday", "overnight", "two weeks ago",
         "last month", "since March 3", "by 29 February", "this weekend", "31 January"]
    ),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2090, 1, 1)),  # noqa: DTZ001
    st.sampled_from(["past", "future", None]),
)  # fmt: skip
def test_past_is_not_after_and_future_not_before_the_anchor(
    words: str, moment: datetime, tense: str | None
) -> None:
    anchor = moment.replace(tzinfo=UTC)
    for _, one in find_dates(words, anchor, tense=tense):
        assert one.earliest is None or one.latest is None or one.earliest <= one.latest
        if words in ("Monday", "31 January") and one.earliest is not None:
            apart = one.earliest - anchor
            assert tense != "past" or apart <= timedelta(0)
            assert tense != "future" or apart > timedelta(days=-1)


@given(st.text(max_size=200), st.sampled_from(["past", "future", None]))
def test_no_text_breaks_it(text: str, tense: str | None) -> None:
    last = 0
    for (start, end), one in find_dates(text, WEDNESDAY, tense=tense):
        assert last <= start < end
        assert one.text == text[start:end]
        last = end
