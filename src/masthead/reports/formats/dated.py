"""The date of a document, as written: in a head line, a field of its format, or its file name.

A date counts only if it has a year and exists in the calendar. Nothing is guessed: 31 February, or
03/04/2024 that may be March or April, gives no date.

The head of a document is its first 15 lines that are not blank. A head line is one of

- a label and a date: `date 2024-04-13`, `Date: 14 April 2024 1015 UTC`, `Report Date: 6 May 2026`
  (then `Report Time: 0715UTC` may follow),
- a date alone on its line: `Saturday 13 April 2024`, `040600Z MAY 26`,
- a dateline: `LONDON, April 14, 2024 (Agency) -`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Literal

HEAD_LINES = 15
HEAD_CHARS = 2000

TWO_DIGIT_PIVOT = 70
"""Years of two digits from 70 on are of the 1900s (POSIX strptime, `%y`: 69), the rest 2000s."""

Precision = Literal["second", "minute", "day"]


class WrongDate(ValueError):  # noqa: N818  (it is a finding, not a failure of ours)
    """Words in the shape of a date that is not in the calendar."""


@dataclass(frozen=True)
class Dated:
    """A moment in UTC and how finely its source gives it."""

    moment: datetime
    precision: Precision


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s{1,3}", re.I)
_SHAPES = [
    re.compile(shape, re.I)
    for shape in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?)?(?!\d)",
        rf"(?P<d>\d\d)(?P<H>\d\d)(?P<M>\d\d)(?P<z>Z)\s{{1,3}}{_MONTH}\s{{1,3}}(?P<y>\d{{4}}|\d\d)(?!\d)",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s{{1,3}}|-)(?:of\s)?{_MONTH},?(?:\s{{1,3}}|-)"
        r"(?P<y>\d{4}|\d\d)(?!\d)",
        rf"{_MONTH}\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y>\d{{4}})(?!\d)",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)",
        r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})(?!\d)",
    )
]
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_TIME = re.compile(
    r"(?:T|[\s,]{1,3}(?:at\s)?)"
    r"(?:(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d{1,9})?)?(?!\d)"
    r"|(?P<H2>\d\d)(?P<M2>\d\d)(?=\s?(?:Z|UTC|GMT|hrs|hours|LT)\b))"
    r"\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?(?:hrs|hours)\b)?"
    r"\s?(?P<z>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d(?!\d))?"
    r"(?P<local>\s?\(?(?-i:[A-Z]{2,5}|local)\b)?",
    re.I,
)
_REPORT_TIME = re.compile(r"\s{0,3}(?:report\s)?time\s?:(?=\s?\d)", re.I)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?$")

_LABEL = re.compile(
    r"(?:(?:report|issue|release|publication)\s{1,3})?"
    r"(?:dated?|date/time|dtg|issued|published|posted|updated)(?:\s{1,3}(?:on|of issue))?"
    r"(?:\s{0,3}[:=][\s*_]{0,5}|\s{1,3})[\"']?",
    re.I,
)
_INLINE_LABEL = re.compile(r"\b(?:(?:report|issue)\s{1,3}date|issued)\s?:\s{0,3}", re.I)
_MARKS = " \t#*_>|\ufeff"
_DATELINE_END = re.compile(r"\s*(?:[-–—:()/]|$)")
_IN_FILE_NAME = re.compile(
    r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?:([-_.])(\d\d)\2(\d\d)|(\d\d)(\d\d))(?:[T_-]?\d{4,6})?(?!\d)"
)


def read_date(words: str) -> Dated | None:
    """The date that the words begin with; None if they begin with none. Raises `WrongDate`.

    A time without a zone is taken as UTC; a time in a zone that is only named ("EST", "LT") is
    left out, and the date is good to the day.
    """
    found = _read(words.strip())
    return found[0] if found else None


def head_date(text: str) -> Dated | None:
    """The date in the head of a text; None if it has none. Raises `WrongDate` where a label stands
    before a date that does not exist."""
    lines = [line.strip(_MARKS) for line in text[:HEAD_CHARS].split("\n")]
    lines = [line for line in lines if line][:HEAD_LINES]
    for line, following in pairwise([*lines, ""]):
        if label := _LABEL.match(line) or _INLINE_LABEL.search(line):
            time = f" {following[:40]}" if _REPORT_TIME.match(following) else ""
            if found := _read(line[label.end() : label.end() + 100] + time):
                return found[0]
        elif (found := _quietly(line[:100])) and not line[found[1] :].strip(" .,*_"):
            return found[0]
        elif dated := _dateline(line[:120]):
            return dated
    return None


def file_name_date(name: str) -> Dated | None:
    """The date in a file name (`2024-04-13_x.txt`, `20240413-x`); None if none or a wrong one."""
    for found in _IN_FILE_NAME.finditer(name):
        try:
            year, month, day = found[1], found[3] or found[5], found[4] or found[6]
            return Dated(datetime(int(year), int(month), int(day), tzinfo=UTC), "day")
        except ValueError:
            continue
    return None


def exact(moment: datetime) -> Dated:
    """A date that a format gives as a moment (mail, feeds, PDF), to the second, in UTC. Raises
    `WrongDate` where UTC would leave the calendar."""
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return Dated(aware.astimezone(UTC), "second")
    except (OverflowError, ValueError) as error:
        raise WrongDate(str(moment)) from error


def _read(words: str) -> tuple[Dated, int] | None:
    """The date at the start of the words, and where it ends."""
    skipped = _WEEKDAY.match(words)
    at = skipped.end() if skipped else 0
    if _EPOCH.match(words, at):
        seconds = float(words[at:]) / (1000 if len(words[at:].split(".")[0]) == 13 else 1)
        return exact(datetime.fromtimestamp(seconds, UTC)), len(words)
    for shape in _SHAPES:
        if found := shape.match(words, at):
            parts = found.groupdict()
            month = _month(parts.get("mon")) or int(parts["m"])
            year = int(parts["y"])
            if len(parts["y"]) == 2:
                year += 1900 if year >= TWO_DIGIT_PIVOT else 2000
            return _moment(words, found, year, month, int(parts["d"]))
    if found := _SLASHED.match(words, at):
        a, b, year = int(found[1]), int(found[2]), int(found[3])
        if a <= 12 and b <= 12 and a != b:
            return None
        return _moment(words, found, year, min(a, b) if a > 12 else a, a if a > 12 else b)
    return None


def _moment(
    words: str, day: re.Match[str], year: int, month: int, of_month: int
) -> tuple[Dated, int]:
    inside = day.groupdict()
    if inside.get("H"):
        clock, end = inside, day.end()
    else:
        label = _REPORT_TIME.match(words, day.end())
        start = label.end() if label else day.end()
        # after "Report Time:" the hour may follow at once, elsewhere a space or a T parts them
        time = _TIME.match(" " + words[start:].lstrip() if label else words[start:])
        clock, end = (time.groupdict(), start + time.end()) if time else ({}, day.end())
        if clock.get("local") and not clock.get("z"):
            # a zone that is only named: the day stands, the hour does not
            return Dated(_calendar(words, year, month, of_month), "day"), end
    hour, minute = clock.get("H") or clock.get("H2"), clock.get("M") or clock.get("M2")
    if hour is None or minute is None:
        return Dated(_calendar(words, year, month, of_month), "day"), end
    hours = int(hour)
    if half := clock.get("half"):
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    moment = _calendar(
        words, year, month, of_month, hours, int(minute), int(clock.get("S") or 0),
        zone=_zone(clock.get("z"), words),
    )  # fmt: skip
    return Dated(moment, "second" if clock.get("S") else "minute"), end


def _calendar(words: str, *parts: int, zone: timezone = UTC) -> datetime:
    try:
        return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError) as error:
        raise WrongDate(words[:40]) from error


def _zone(name: str | None, words: str) -> timezone:
    if not name or name[0] not in "+-":
        return UTC
    digits = name[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        raise WrongDate(words[:40])
    return timezone(-offset if name[0] == "-" else offset)


def _month(name: str | None) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name else 0


def _quietly(words: str) -> tuple[Dated, int] | None:
    try:
        return _read(words)
    except WrongDate:
        return None


def _dateline(line: str) -> Dated | None:
    """`PLACE, 14 April 2024 (Agency) -`: capitalised words, a comma, a date with its year, a dash
    or a bracket."""
    for comma in re.finditer(r"[,(]\s?", line[:60]):
        place = line[: comma.start()].split()
        if not place or not all(word[0].isupper() or word[0] in "(" for word in place):
            return None
        found = _quietly(line[comma.end() :])
        if found and _DATELINE_END.match(line, comma.end() + found[1]):
            return found[0]
    return None
