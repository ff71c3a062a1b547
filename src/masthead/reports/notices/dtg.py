"""Date-time groups: the way notices write a moment, `041815Z JUL 23`.

A date-time group is day, hour and minute in six digits, the zone letter Z (UTC), the month in
three letters and the year in two digits (ACP 121; IHO S-53, annex on message format). In running
text the month and year are often left out ("040815Z TO 041015Z JUL"), and then stand at a later
group of the same list, or are those nearest to the day on which the notice was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from masthead.model import Span

MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
}
MONTH = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b"
)
# "19 MAR 12 STREAMERS", "TWO VESSELS ... 08 SEP 14 3700 METER LONG CABLES": a number, not a year
YEAR = (
    r"(?:(?:19|20)\d\d|\d\d)(?![\d:.-]\d|\d|\s{1,20}(?:[A-Z]*\s)?(?:MILES?|MET[ER]{2}S?|NM|\d{3}))"
)
_GROUP = re.compile(
    rf"(?<![\d.-])(\d\d)(\d\d)(\d\d)(?:\s?(?P<zone>Z|UTC|GMT))?(?:\s{{1,20}}(?P<month>{MONTH})"
    rf"(?:\s{{1,20}}(?P<year>{YEAR}))?)?(?![\d-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Group:
    """A date-time group as written: month and year are None where the text leaves them out, and
    hour and minute where it gives only a day."""

    day: int
    hour: int | None = None
    minute: int | None = None
    month: int | None = None
    year: int | None = None

    def resolve(self, reference: datetime | None) -> datetime | None:
        """The moment meant: missing parts are those that bring it nearest to `reference`.

        None if there is no such moment (31 FEB), or too little to tell.
        """
        if self.year is not None and self.month is not None:
            return self._at(self.year, self.month)
        if reference is None:
            return None
        years = [self.year] if self.year else range(reference.year - 1, reference.year + 2)
        months = [self.month] if self.month else range(1, 13)
        found = [m for y in years for n in months if (m := self._at(y, n)) is not None]
        return min(found, key=lambda m: abs(m - reference), default=None)

    def first_after(self, start: datetime) -> datetime | None:
        """The first such moment that is not before `start`: the end of a range."""
        if self.year is not None:
            return self.resolve(start)
        for months in range(49):  # a leap day is at most eight years away; ranges are shorter
            year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
            if self.month in (None, month + 1):
                moment = self._at(year, month + 1)
                if (
                    moment is not None
                    and moment.date() >= start.date()
                    and (moment >= start or self.hour is None)
                ):
                    return moment
        return None

    def _at(self, year: int, month: int) -> datetime | None:
        extra = 0
        hour = self.hour or 0
        if hour == 24 and not self.minute:
            hour, extra = 0, 1
        try:
            moment = datetime(year, month, self.day, hour, self.minute or 0, tzinfo=UTC)
            return moment + timedelta(days=extra)
        except (ValueError, OverflowError):
            return None


def full_year(text: str) -> int:
    """`23` as 2023, `98` as 1998; four digits stay."""
    year = int(text)
    if year >= 100:
        return year
    return 2000 + year if year < 70 else 1900 + year


def month_number(text: str) -> int:
    """`JUL`, `July` as 7."""
    return MONTHS[text[:3].upper()]


def find_groups(text: str, *, need_zone: bool = True) -> Iterator[tuple[Span, Group]]:
    """The six-digit groups of a text with their spans. Without the zone letter a group counts only
    if a month follows ("AT 212118 NOV"); with `need_zone` false no letter or month is asked for."""
    for match in _GROUP.finditer(text):
        if need_zone and not (match["zone"] or match["month"]):
            continue
        day, hour, minute = int(match[1]), int(match[2]), int(match[3])
        if not 1 <= day <= 31 or hour > 24 or minute > 59:
            continue
        yield (
            match.span(),
            Group(
                day,
                hour,
                minute,
                month_number(match["month"]) if match["month"] else None,
                full_year(match["year"]) if match["year"] else None,
            ),
        )


def parse_dtg(text: str, reference: datetime | None = None) -> datetime | None:
    """The moment of the first group in a text; `reference` stands in for what it leaves out."""
    for _, group in find_groups(text):
        return group.resolve(reference)
    return None


def format_dtg(moment: datetime) -> str:
    """`041815Z JUL 23`."""
    moment = moment.astimezone(UTC)
    month = next(name for name, number in MONTHS.items() if number == moment.month)
    return f"{moment:%d%H%M}Z {month} {moment:%y}"


def fill_backwards(groups: list[Group]) -> list[Group]:
    """The groups of one list, those without month or year given that of the next that has it:
    in "040815Z TO 041015Z AND 051515Z TO 051715Z JUL" all are of July."""
    filled: list[Group] = []
    month: int | None = None
    year: int | None = None
    for group in reversed(groups):
        if group.month is None:
            group = replace(group, month=month, year=group.year or year)
        elif group.year is None and month is not None and group.month <= month:
            group = replace(group, year=year)  # 30 DEC .. 02 JAN 19: not the same year
        elif group.year is None and month is not None and year is not None:
            group = replace(group, year=year - 1)
        month, year = group.month, group.year
        filled.append(group)
    return filled[::-1]


def iso(moment: datetime) -> str:
    """A moment as the event record writes it: `2023-07-04T18:15:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
