"""What each written form of a date means.

A form's function takes the match, the anchor (or None), the tense and the date found before it in
the text (for "the next day"), and gives an interval without text, one without bounds where the
anchor is missing, or None where the words are no date after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from masthead.model import Interval
from masthead.reports import date_units as units

Anchor = datetime | None
Tense = str | None
Form = Callable[[re.Match[str], Anchor, Tense, Interval | None], Interval | None]


def which_of(match: re.Match[str]) -> str:
    word = (match["which"] or "").lower()
    if word in ("last", "past", "previous", "this past"):
        return "last"
    return "next" if word in ("next", "coming", "this coming") else word


def calendar_date(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval | None:
    number, day = units.month_number(match["month"]), int(match["day"])
    year = match.groupdict().get("year")
    if year:
        return units.calendar_day(int(year), number, day)
    if anchor is None:
        return Interval(precision="day") if units.calendar_day(2000, number, day) else None
    return units.day_without_year(anchor, number, day, tense)


def two_days(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval | None:
    """3-5 May, May 3 to 9, 28-30 September 2021."""
    first = calendar_date(match, anchor, tense, None)
    if first is None or first.earliest is None:
        return first and Interval()
    last = units.calendar_day(first.earliest.year, first.earliest.month, int(match["day2"]))
    if last is None or last.latest is None or last.latest < first.earliest:
        return None
    return Interval(earliest=first.earliest, latest=last.latest)


def iso_date(match: re.Match[str], *_: object) -> Interval | None:
    number = int(match["number"])
    if not 1 <= number <= 12:
        return None
    return units.calendar_day(int(match["year"]), number, int(match["day"]))


def numeric_date(match: re.Match[str], *_: object) -> Interval | None:
    """13/04/2024; where day and month could be either (03/04/2024), no bounds are given."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    dotted = match["dot"] == "."
    if not dotted and a <= 12 and b <= 12 and a != b:
        return Interval(precision="day")
    day, number = (a, b) if dotted or a > 12 else (b, a)
    return units.calendar_day(year, number, day) if 1 <= number <= 12 else None


def date_time_group(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval | None:
    """A date-time group, 211530Z DEC 2023."""
    day, hour, minute = int(match["dd"]), int(match["hh"]), int(match["mm"])
    month, year = match["month"], match["year2"]
    one: Interval | None
    if month is None:
        if anchor is None:
            return Interval(precision="minute")
        near = [units.shifted_month(anchor, k) for k in (0, -1, 1)]
        found = [
            d for m in near if m.earliest
            and (d := units.calendar_day(m.earliest.year, m.earliest.month, day)) is not None
        ]  # fmt: skip
        one = min(found, key=lambda d: abs((d.earliest or anchor) - anchor), default=None)
    elif year is None:
        if anchor is None:
            return Interval(precision="minute")
        one = units.day_without_year(anchor, units.month_number(month), day, tense)
    else:
        full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
        one = units.calendar_day(full, units.month_number(month), day)
    if one is None or one.earliest is None or hour > 23:
        return None
    begin = one.earliest + timedelta(hours=hour, minutes=minute)
    return units.between(begin, begin + timedelta(minutes=1), "minute")


def in_month(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval | None:
    number = units.month_number(match["month"])
    groups = match.groupdict()
    if groups.get("year"):
        return units.month(int(groups["year"]), number)
    if anchor is None:
        return Interval(precision="month")
    which = (groups.get("which") or "").lower()
    if which in ("last", "past", "previous"):
        found = units.month_without_year(anchor, number, "past")
        if found and found.latest and found.latest > anchor:
            return units.month(anchor.year - 1, number)
        return found
    if which in ("next", "coming"):
        found = units.month_without_year(anchor, number, "future")
        if found and found.earliest and found.earliest <= anchor:
            return units.month(anchor.year + 1, number)
        return found
    return units.month_without_year(anchor, number, tense)


def in_year(match: re.Match[str], *_: object) -> Interval | None:
    return units.years(int(match["year"]))


def in_decade(match: re.Match[str], *_: object) -> Interval | None:
    return units.years(int(match["decade"]), 10)


def on_weekday(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval | None:
    if anchor is None:
        return Interval(precision="day")
    groups = match.groupdict()
    which = which_of(match) if "which" in groups else ""
    return units.weekday(anchor, units.weekday_number(match["weekday"]), which, tense)


def at_weekend(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval | None:
    return Interval() if anchor is None else units.weekend(anchor, which_of(match), tense)


def days_off(offset: int) -> Form:
    def make(_: re.Match[str], anchor: datetime | None, *__: object) -> Interval:
        if anchor is None:
            return Interval(precision="day")
        return units.days(anchor + timedelta(days=offset))

    return make


def overnight(_: re.Match[str], anchor: datetime | None, *__: object) -> Interval:
    return Interval() if anchor is None else units.days(anchor - timedelta(days=1), 2, "interval")


def that_unit(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval:
    """Last week, next month, this year; "earlier this week" ends, "later" begins, at the anchor."""
    unit = match["unit"].lower()
    if anchor is None:
        return Interval(precision="interval")
    which = which_of(match)
    one = units.unit_around(anchor, unit, {"last": -1, "next": 1}.get(which, 0))
    today = units.days(anchor)
    side = (match.groupdict().get("side") or "").lower()
    if which == "this":
        if "earlier" in side or "so far" in side or (tense == "past" and not side):
            return Interval(earliest=one.earliest, latest=today.latest, precision=one.precision)
        if "later" in side or (tense == "future" and not side):
            return Interval(earliest=today.earliest, latest=one.latest, precision=one.precision)
    return one


def ago(match: re.Match[str], anchor: datetime | None, *_: object) -> Interval | None:
    """Two days ago: that day; weeks ago: that day give or take three; months, years: the whole."""
    n, unit = units.number_of(match["n"]), match["unit"].lower()
    if anchor is None or n is None:
        return Interval()
    if unit in ("minute", "hour"):
        return units.days(anchor) if n < 24 else units.days(anchor - timedelta(hours=n))
    if unit == "week":
        return units.days(anchor - timedelta(weeks=n, days=3), 7, "week")
    return units.unit_around(anchor, unit, -n)


def from_before(
    match: re.Match[str], _: object, __: object, before: Interval | None
) -> Interval | None:
    """The next day, two days later, a day earlier, the same day: from the date before it."""
    groups = match.groupdict()
    word = match[0].lower()
    n = units.number_of(groups["n"]) if groups.get("n") else (0 if "same" in word else 1)
    unit = (groups.get("unit") or "day").lower()
    if (
        before is None
        or before.earliest is None
        or before.precision not in ("day", "minute", "second")
    ):
        return Interval()
    back = "earlier" in word or "before" in word or "previous" in word
    if unit in ("minute", "hour") or n is None:
        return Interval(earliest=before.earliest)
    return units.unit_around(before.earliest, unit, -n if back else n)


def past_stretch(match: re.Match[str], anchor: datetime | None, *_: object) -> Interval:
    """In the past two weeks, over the last month."""
    n = units.number_of(match["n"]) if match["n"] else 1
    if anchor is None or n is None:
        return Interval()
    return units.stretch(anchor, match["unit"].lower(), n)


def next_stretch(match: re.Match[str], anchor: datetime | None, *_: object) -> Interval:
    n = units.number_of(match["n"]) if match["n"] else 1
    if anchor is None or n is None:
        return Interval()
    return units.stretch(anchor, match["unit"].lower(), -n)


def recent(_: re.Match[str], anchor: datetime | None, *__: object) -> Interval:
    """In recent weeks: up to the anchor, from no one knows when."""
    return Interval() if anchor is None else Interval(latest=units.days(anchor).latest)


def coming(_: re.Match[str], anchor: datetime | None, *__: object) -> Interval:
    return Interval() if anchor is None else Interval(earliest=units.days(anchor).earliest)


def lasting(
    match: re.Match[str], anchor: datetime | None, tense: str | None, _: object
) -> Interval:
    """For ten days: up to the anchor in the past, from it on in the future, else no one knows."""
    n = units.number_of(match["n"])
    if anchor is None or n is None or tense is None:
        return Interval()
    return units.stretch(anchor, match["unit"].lower(), -n if tense == "future" else n)


def this_unit(match: re.Match[str], anchor: datetime | None, *_: object) -> Interval:
    """The end of the month: its last third; "of the year", "of the week" likewise."""
    return Interval() if anchor is None else units.unit_around(anchor, match["unit"].lower(), 0)
