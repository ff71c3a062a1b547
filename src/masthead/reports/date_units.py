"""Calendar arithmetic for dates in text: days, weeks, months and years as intervals of UTC.

A week is Monday to Sunday, a weekend Saturday and Sunday. Every unit ends one second before the
next begins.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from masthead.model import Interval
from masthead.reports.numerals import NUMBERS

Precision = Literal["second", "minute", "hour", "day", "week", "month", "year", "interval"]
Tense = str | None
"""`past`, `future`, or None where the text does not tell."""

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SECOND = timedelta(seconds=1)


def month_number(name: str) -> int:
    """1 to 12 for a month's name or its first three letters."""
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name[:3].lower()))


def weekday_number(name: str) -> int:
    """0 (Monday) to 6."""
    return next(i for i, d in enumerate(WEEKDAYS) if d.startswith(name[:3].lower()))


def number_of(text: str) -> int | None:
    """A number in digits or a word ("two", "a couple of")."""
    word = text.lower().removesuffix(" of").removeprefix("a ").strip()
    return 1 if word in ("a", "an") else int(word) if word.isdigit() else NUMBERS.get(word)


def midnight(moment: datetime) -> datetime:
    """The beginning of the moment's UTC day."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def between(first: datetime, after: datetime, precision: Precision) -> Interval:
    """From `first` up to, not including, `after`."""
    return Interval(earliest=first, latest=after - _SECOND, precision=precision)


def days(first: datetime, count: int = 1, precision: Precision = "day") -> Interval:
    """`count` days from the day of `first` on."""
    begin = midnight(first)
    try:
        return between(begin, begin + timedelta(days=count), precision)
    except OverflowError:
        return Interval(earliest=begin, precision=precision)


def week(moment: datetime) -> Interval:
    """The week of a moment."""
    return days(moment - timedelta(days=moment.weekday()), 7, "week")


def month(year: int, number: int) -> Interval:
    """A month of a year."""
    first = datetime(year, number, 1, tzinfo=UTC)
    return between(first, first + timedelta(days=monthrange(year, number)[1]), "month")


def years(first: int, count: int = 1) -> Interval:
    """`count` years from `first` on."""
    begin, after = datetime(first, 1, 1, tzinfo=UTC), datetime(first + count, 1, 1, tzinfo=UTC)
    return between(begin, after, "year" if count == 1 else "interval")


def shifted_month(moment: datetime, by: int) -> Interval:
    """The month that is `by` months after that of the moment."""
    year, index = divmod(moment.year * 12 + moment.month - 1 + by, 12)
    return month(year, index + 1)


def calendar_day(year: int, number: int, day: int) -> Interval | None:
    """A day of the calendar; None if there is none (31 June)."""
    if not 1 <= day <= monthrange(year, number)[1]:
        return None
    return days(datetime(year, number, day, tzinfo=UTC))


def day_without_year(anchor: datetime, number: int, day: int, tense: Tense) -> Interval | None:
    """The day of that name nearest to the anchor; for the past the last one up to the anchor's
    day, for the future the first one from it on."""
    found = [
        one
        for year in range(anchor.year - 8, anchor.year + 9)  # 29 February may be eight years off
        if 1 <= year <= 9998 and (one := calendar_day(year, number, day)) is not None
    ]
    return _nearest(found, anchor, tense)


def month_without_year(anchor: datetime, number: int, tense: Tense) -> Interval | None:
    """The month of that name nearest to the anchor, as above; the anchor's own counts for both."""
    found = [
        month(y, number) for y in range(max(1, anchor.year - 1), min(9998, anchor.year + 1) + 1)
    ]
    return _nearest(found, anchor, tense)


def _nearest(found: list[Interval], anchor: datetime, tense: Tense) -> Interval | None:
    day = midnight(anchor)
    if tense == "past":
        found = [f for f in found if f.earliest is not None and f.earliest <= day]
    elif tense == "future":
        found = [f for f in found if f.latest is not None and f.latest >= day]
    return min(found, key=lambda f: _distance(f, day), default=None)


def _distance(one: Interval, day: datetime) -> timedelta:
    if one.earliest is None or one.latest is None:
        return timedelta.max
    return max(one.earliest - day, day - one.latest, timedelta(0))


def weekday(anchor: datetime, number: int, which: str, tense: Tense) -> Interval:
    """A weekday: the last one up to the anchor's day, for the future the first from it on.

    `which` is "last" (before the anchor's day), "next" (after it), "this" (of its week where the
    tense is not told), or "".
    """
    back = (anchor.weekday() - number) % 7
    ahead = (number - anchor.weekday()) % 7
    if which == "last":
        offset = -(back or 7)
    elif which == "next":
        offset = ahead or 7
    elif tense == "future":
        offset = ahead
    elif which == "this" and tense is None:
        offset = number - anchor.weekday()
    else:
        offset = -back
    return days(anchor + timedelta(days=offset))


def weekend(anchor: datetime, which: str, tense: Tense) -> Interval:
    """Saturday and Sunday: the weekend under way or last past; for the future the coming one."""
    since = (anchor.weekday() - 5) % 7
    saturday = anchor - timedelta(days=since)
    under_way = since < 2
    if which == "last" and under_way:
        saturday -= timedelta(days=7)
    elif which == "next" or (not under_way and (tense == "future" or which == "this")):
        saturday += timedelta(days=7)
    return days(saturday, 2, "interval")


def unit_around(anchor: datetime, unit: str, offset: int) -> Interval:
    """The day, week, month or year that is `offset` of its kind after the anchor's."""
    if unit == "day":
        return days(anchor + timedelta(days=offset))
    if unit == "week":
        return week(anchor + timedelta(weeks=offset))
    if unit == "month":
        return shifted_month(anchor, offset)
    return years(anchor.year + offset * (10 if unit == "decade" else 1))


def stretch(anchor: datetime, unit: str, count: int) -> Interval:
    """The stretch of `count` units up to the end of the anchor's day, or from it on if negative."""
    span = {
        "minute": timedelta(days=0), "hour": timedelta(days=(abs(count) + 23) // 24),
        "day": timedelta(days=abs(count)), "week": timedelta(weeks=abs(count)),
        "month": timedelta(days=round(30.44 * abs(count))),
        "year": timedelta(days=round(365.25 * abs(count))),
        "decade": timedelta(days=round(3652.5 * abs(count))),
    }[unit]  # fmt: skip
    today = days(anchor)
    if today.earliest is None or today.latest is None:
        return today
    if count < 0:
        return Interval(earliest=today.earliest, latest=today.latest + span, precision="interval")
    return Interval(earliest=today.earliest - span, latest=today.latest, precision="interval")


def zone_of(name: str) -> timezone | None:
    """The offset of a zone's name; None for local time and names that several zones share."""
    text = name.upper().replace(" ", "")
    if text in ("UTC", "GMT", "Z", "ZULU"):
        return UTC
    if text[:3] in ("UTC", "GMT") and text[3:4] in ("+", "-"):
        sign = -1 if text[3] == "-" else 1
        digits = text[4:].replace(":", "")
        hours, minutes = (
            (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        )
        if hours > 14 or minutes > 59:
            return None
        return timezone(sign * timedelta(hours=hours, minutes=minutes))
    return None
