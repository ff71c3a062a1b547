"""Dates as a text writes them, as intervals of UTC with the grain of the text's own words.

Absolute dates ("13 April 2024", "Apr. 13", "211530Z DEC 2023") need no anchor once their year is
said; without a year it is the one that brings the date nearest to the anchor, on the side that the
tense asks for. Relative dates ("on Saturday", "two days ago", "since August") count from the
anchor, the dispatch's date; without one they keep their text and have no bounds.

A day is 00:00:00 to 23:59:59 UTC. A part of a day ("early on", "Friday night") keeps the bounds of
the day, for the text does not say whose night; so does a clock in local time. "Overnight" is the
day before and the day itself. A weekday is the last one up to and including the anchor's day, for
the future the first from it on. "Since" leaves the end open, "until" and "by" the start.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from masthead.model import Interval, Span
from masthead.reports import date_units as units
from masthead.reports.date_context import CLOCK, CONNECTED, QUALIFIED, is_clock, moment
from masthead.reports.date_forms import FORMS
from masthead.reports.date_meanings import Form

Found = tuple[Span, Interval]


@dataclass(frozen=True, slots=True)
class _Point:
    """A date that stands by itself, before the words around it are looked at."""

    start: int
    end: int
    interval: Interval


def find_dates(
    text: str, anchor: datetime | None, *, tense: str | None = None
) -> list[tuple[Span, Interval]]:
    """The dates of a text, in order; none overlap. `tense` ("past", "future", None) decides the
    direction of weekdays and of months without a year. Each interval's `text` is its span's."""
    points = _points(text, anchor, tense)
    points = [_with_clock(text, p) for p in points]
    found: list[Found] = []
    i = 0
    while i < len(points):
        point, used = _range(text, points, i)
        found.append(_qualified(text, point))
        i += used
    return [((a, b), replace(one, text=text[a:b])) for (a, b), one in _apart(found)]


def _points(text: str, anchor: datetime | None, tense: str | None) -> list[_Point]:
    """All dates that stand by themselves; of those that overlap, the longest."""
    found: list[tuple[int, int, int, re.Match[str], Form]] = []
    for rank, (pattern, make) in enumerate(FORMS):
        found += [(m.start() - m.end(), rank, m.start(), m, make) for m in pattern.finditer(text)]
    found.sort(key=lambda f: f[:3])
    kept: list[tuple[re.Match[str], Form]] = []
    taken: list[Span] = []
    for _, _, _, match, make in found:
        if not any(match.start() < b and a < match.end() for a, b in taken):
            taken.append(match.span())
            kept.append((match, make))
    kept.sort(key=lambda k: k[0].start())
    points: list[_Point] = []
    for n, (match, make) in enumerate(kept):
        before = points[-1].interval if points else None
        count_from, side = anchor, _local_tense(text, match.start(), tense)
        if (year_end := _end_with_year(text, kept, n)) is not None:
            count_from, side = year_end, "past"
        told = make(match, count_from, side, before)
        if told is not None:
            points.append(_Point(match.start(), match.end(), told))
    return points


def _end_with_year(
    text: str, kept: Sequence[tuple[re.Match[str], Form]], n: int
) -> datetime | None:
    """The other end of a range whose year stands only there ("28 April to 3 May 2023")."""
    if n + 1 == len(kept):
        return None
    (match, _), (other, make) = kept[n], kept[n + 1]
    own, theirs = match.groupdict(), other.groupdict()
    if not own.get("month") or own.get("year") or not theirs.get("year"):
        return None
    if not CONNECTED.joint.fullmatch(text[match.end() : other.start()]):
        return None
    told = make(other, None, None, None)
    return told.earliest if told else None


_FUTURE_BEFORE = re.compile(
    r"\b(?:until|till|by|no later than|before)\s(?:the\s)?(?:\w+\s(?:of\s)?)?$", re.IGNORECASE
)


def _local_tense(text: str, start: int, tense: str | None) -> str | None:
    """The tense that the words just before the date settle, else the one given."""
    before = text[max(0, start - 30) : start]
    if re.search(r"\bsince\s(?:\w+\s)?$", before, re.IGNORECASE):
        return "past"
    if tense is None and _FUTURE_BEFORE.search(before) and not re.search(r"before\s$", before):
        return "future"
    return tense


def _with_clock(text: str, point: _Point) -> _Point:
    """The point with the time of day that stands beside it."""
    one = point.interval
    after = CLOCK.after.match(text, point.end)
    before = CLOCK.before.search(text[max(0, point.start - 40) : point.start])
    match = after or before
    if match is None or not is_clock(match):
        return point
    start = point.start if after else point.start - len(match[0])
    end = match.end() if after else point.end
    timed = moment(match, one) if one.precision == "day" else None
    return _Point(start, end, timed or one)


def _range(text: str, points: list[_Point], i: int) -> tuple[_Point, int]:
    """Two dates joined as a range ("from May 3 to June 9"), and how many points it used."""
    first = points[i]
    if i + 1 == len(points):
        return first, 1
    second = points[i + 1]
    joint = text[first.end : second.start]
    opener = CONNECTED.opening.search(text[max(0, first.start - 20) : first.start])
    if not CONNECTED.joint.fullmatch(joint) or (
        opener is None and not CONNECTED.sure_joint.fullmatch(joint)
    ):
        return first, 1
    if opener is not None and opener[1].lower() == "from" and joint.strip().lower() == "and":
        return first, 1
    if opener is not None and opener[1].lower() == "between" and joint.strip().lower() != "and":
        return first, 1
    a, b = first.interval.earliest, second.interval.latest
    if (a and b and b < a) or (a is None) != (b is None):
        return first, 1
    start = first.start - (len(opener[0]) if opener else 0)
    return _Point(start, second.end, Interval(earliest=a, latest=b, precision="interval")), 2


def _qualified(text: str, point: _Point) -> Found:
    """The point with "since", "until", "the end of", "early" … before it."""
    start, one, narrowed = point.start, point.interval, ""
    while (match := QUALIFIED.search(text[max(0, start - 40) : start])) is not None:
        word = " ".join(match[1].lower().split())
        if word == "before" and narrowed.endswith("end of"):
            word = "by"  # before the end of June: up to its last day
        start -= len(match[0])
        one, narrowed = _qualify(one, word), word
    return (start, point.end), one


_OPENING = ("since", "starting", "beginning on", "as of", "ever since", "as from", "effective")
_CLOSING = ("until", "till", "up to", "by", "no later than", "through", "up until")
_EARLY, _MIDDLE = ("early", "beginning", "start"), ("mid", "middle")


def _qualify(one: Interval, word: str) -> Interval:
    """The interval as the word before it opens, closes or narrows it."""
    first, last = one.earliest, one.latest
    if (word.startswith(_OPENING) and not word.endswith("of")) or word == "as of":
        return replace(one, latest=None, precision="interval")
    if word in _CLOSING:
        return replace(one, earliest=None, precision="interval")
    if word == "before":
        return Interval(latest=first - timedelta(seconds=1) if first else None)
    if word == "after":
        return Interval(earliest=last + timedelta(seconds=1) if last else None)
    if first is None or last is None or one.precision not in ("week", "month", "year", "interval"):
        return one
    third = (last - first) / 3
    part = word.removeprefix("the ")
    if part.startswith(_EARLY):
        day_before = first + third - timedelta(days=1)
        return Interval(earliest=first, latest=units.days(day_before).latest)
    if part.startswith(_MIDDLE):
        return Interval(
            earliest=units.days(first + third).earliest, latest=units.days(last - third).latest
        )
    return Interval(earliest=units.days(last - third).earliest, latest=last)


def _apart(found: list[Found]) -> list[Found]:
    out: list[Found] = []
    for one in found:
        if not out or one[0][0] >= out[-1][0][1]:
            out.append(one)
    return out
