"""When a notice's activity takes place: its date-time group ranges, daily hours, days, "until".

A period is the outermost start and end that the words state, and the windows inside it: "0400Z TO
1600Z DAILY 07, 08 AND 10 THRU 12 DEC" starts on the 7th at 0400Z, ends on the 12th at 1600Z, and
has five windows. A start or end that is not stated stays open ("UNTIL FURTHER NOTICE").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from masthead.model import Interval
from masthead.reports.notices import dtg

MAX_WINDOWS = 62
"""Two months of daily hours are listed one by one; of more only the hours and the days are kept."""

_DAY = rf"\d{{1,2}}(?:\s{dtg.MONTH}(?:\s{dtg.YEAR})?)?"
_JOIN = r"(?:\s?,\s?(?:AND\s)?|\sAND\s|\sTHRU\s|\sTHROUGH\s|\sTO\s|\s?-\s?)"
_DAYS = re.compile(
    rf"(?<![\d/.:-])(?:{_DAY}{_JOIN}){{0,40}}\d{{1,2}}\s{dtg.MONTH}(?:\s{dtg.YEAR})?", re.IGNORECASE
)
_DAY_ITEM = re.compile(
    rf"(\d{{1,2}})(?:\s({dtg.MONTH})(?:\s({dtg.YEAR}))?)?({_JOIN})?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?<!\d)(\d\d)(\d\d)Z? (?:TO|UNTIL|-|THRU) (\d\d)(\d\d)Z(?! ?[A-Z]{3}\b \d)")
_PATTERN = re.compile(
    r"\b(?:DAILY|NIGHTLY|EACH DAY|EVERY DAY|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAYS?)\b"
)
_WEEKDAY = re.compile(r"\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAYS?\b|\bEXCEPT\b|\bHOLIDAYS\b")
_RANGE_WORD = re.compile(r"^\s?(?:TO|THRU|THROUGH|UNTIL|TILL|-|AND UNTIL)\s?$")
_LIST_WORD = re.compile(r"^\s?(?:,|AND|, AND|OR|,? ?ALTERNATE(?: DATES?)?:?|, OR|&)\s?$")
_UNTIL_END = re.compile(r"\b(?:UNTIL|TILL|THRU|THROUGH|ENDING|NOT LATER THAN)\s?$")
_FROM_END = re.compile(r"\b(?:COMMENCING|FROM|STARTING|BEGINNING|AFTER|SINCE|EFFECTIVE)\s?$")
_OPEN_END = re.compile(r"\bUNTIL FURTHER NOTICE\b|\bUNTIL CANCELL?ED\b|\bUFN\b")
_IN_PROGRESS = re.compile(r"\bIN PROGRESS\b|\bUNDER WAY\b|\bONGOING\b|\bCURRENTLY\b")


@dataclass(frozen=True)
class Period:
    """`interval` from the words (None if they state none), the `windows` inside it, the `daily`
    hours if there are any ("0400Z-1600Z"), and whether the activity has no stated end."""

    interval: Interval | None = None
    windows: tuple[tuple[datetime, datetime], ...] = ()
    daily: str | None = None
    open_end: bool = False
    in_progress: bool = False


@dataclass(frozen=True)
class _Moment:
    start: int
    end: int
    group: dtg.Group


def read_period(text: str, issued: datetime | None) -> Period:
    """The period that a part of a notice states. `issued` is what years left out count from."""
    flat = " ".join(text.split())[:20_000].upper()
    open_end = bool(_OPEN_END.search(flat))
    in_progress = bool(_IN_PROGRESS.search(flat))
    clocks = [m for m in _CLOCK.finditer(flat) if int(m[1]) <= 24 and int(m[3]) <= 24]
    moments = [_Moment(*span, group) for span, group in dtg.find_groups(flat)]
    days = _day_chains(flat, moments)
    if moments:
        windows, marks = _group_windows(flat, moments, issued)
    else:
        windows, marks = [], []
    daily: list[str] = []
    before = 0
    for chain in days:
        own = [c for c in clocks if before <= c.start() < chain[0].start] or clocks
        before = chain[-1].end
        if moments and windows and not (clocks and _PATTERN.search(flat)):
            continue  # the six-digit groups say it all; a lone day beside them is an "until"
        listed = _day_windows(flat, chain, issued)
        if own and listed:
            daily += [f"{m[1]}{m[2]}Z-{m[3]}{m[4]}Z" for m in own]
            listed = _at_hours(listed, own[0], own[-1], split=not _WEEKDAY.search(flat))
        windows += listed
        marks.append((chain[0].start, chain[-1].end))
    starts = [w[0] for w in windows if w[0] is not None]
    ends = [w[1] for w in windows if w[1] is not None]
    if not starts and not ends:
        return Period(None, (), ", ".join(daily) or None, open_end, in_progress)
    earliest = min(starts) if starts and all(w[0] is not None for w in windows) else None
    latest = max(ends) if ends and not open_end else None
    if earliest and latest and latest < earliest:
        latest = None
    words = flat[min(a for a, _ in marks) : max(b for _, b in marks)][:200]
    single = len(windows) == 1 and earliest is not None and earliest == latest
    whole = tuple((a, b) for a, b in windows if a is not None and b is not None and b > a)
    return Period(
        Interval(
            earliest=earliest,
            latest=latest,
            precision="minute" if single else "interval",
            text=words,
        ),
        whole if 1 < len(whole) <= MAX_WINDOWS else (),
        ", ".join(daily) or None,
        open_end,
        in_progress,
    )


_Window = tuple[datetime | None, datetime | None]


def _group_windows(
    flat: str, moments: list[_Moment], issued: datetime | None
) -> tuple[list[_Window], list[tuple[int, int]]]:
    """Six-digit groups to windows: pairs joined by TO, single moments, UNTIL and FROM."""
    chains: list[list[_Moment]] = []
    for moment in moments:
        between = flat[chains[-1][-1].end : moment.start] if chains else ""
        if chains and (_RANGE_WORD.match(between) or _LIST_WORD.match(between)):
            chains[-1].append(moment)
        else:
            chains.append([moment])
    windows: list[_Window] = []
    marks: list[tuple[int, int]] = []
    for chain in chains:
        groups = dtg.fill_backwards([m.group for m in chain])
        marks.append((chain[0].start, chain[-1].end))
        at = 0
        before = flat[: chain[0].start]
        while at < len(chain):
            ranged = at + 1 < len(chain) and _RANGE_WORD.match(
                flat[chain[at].end : chain[at + 1].start]
            )
            if ranged:
                windows.append(_range(groups[at], groups[at + 1], issued))
                at += 2
                continue
            when = groups[at].resolve(issued)
            if at == 0 and _UNTIL_END.search(before[-20:]):
                windows.append((None, when))
            elif at == 0 and (
                _FROM_END.search(before[-20:])
                or _OPEN_END.match(flat[chain[at].end : chain[at].end + 24].lstrip())
            ):
                windows.append((when, None))
            else:
                windows.append((when, when))
            at += 1
    return [w for w in windows if w != (None, None)], marks


def _range(first: dtg.Group, last: dtg.Group, issued: datetime | None) -> _Window:
    """Both ends of "A TO B": a year written only at the end rules the start."""
    if first.year is None and last.year is not None:
        end = last.resolve(issued)
        start = dtg.Group(first.day, first.hour, first.minute, first.month).resolve(end)
        if start and end and start > end:
            start = dtg.Group(
                first.day, first.hour, first.minute, first.month, end.year - 1
            ).resolve(end)
        return start, end
    start = first.resolve(issued)
    return start, (last.first_after(start) if start else last.resolve(issued))


def _day_chains(flat: str, taken: list[_Moment]) -> list[list[_Moment]]:
    """Lists of days ("07, 08 AND 10 THRU 12 DEC") outside of the six-digit groups."""
    busy = {i for m in taken for i in range(m.start, m.end)}
    chains = []
    for match in _DAYS.finditer(flat):
        if match.start() in busy:
            continue
        chain = [
            _day(item)
            for item in _DAY_ITEM.finditer(flat, match.start(), match.end())
            if 1 <= int(item[1]) <= 31
        ]
        if chain:
            chains.append(chain)
    return chains


def _day(item: re.Match[str]) -> _Moment:
    written = 3 if item[3] else 2 if item[2] else 1
    group = dtg.Group(
        int(item[1]),
        month=dtg.month_number(item[2]) if item[2] else None,
        year=dtg.full_year(item[3]) if item[3] else None,
    )
    return _Moment(item.start(), item.end(written), group)


def _day_windows(flat: str, chain: list[_Moment], issued: datetime | None) -> list[_Window]:
    """A list of days to windows from the start of a day or range to its end."""
    windows: list[_Window] = []
    groups = dtg.fill_backwards([m.group for m in chain])
    before = flat[max(0, chain[0].start - 20) : chain[0].start]
    after = flat[chain[-1].end : chain[-1].end + 24].lstrip()
    at = 0
    while at < len(chain):
        between = flat[chain[at].end : chain[at + 1].start] if at + 1 < len(chain) else ""
        if _RANGE_WORD.match(between):
            start, end = _range(groups[at], groups[at + 1], issued)
            at += 2
        else:
            start = end = groups[at].resolve(issued)
            at += 1
        windows.append((start, _end_of_day(end)))
    if len(chain) == 1 and _UNTIL_END.search(before):
        windows[-1] = (None, windows[-1][1])
    elif len(chain) == 1 and (_FROM_END.search(before) or _OPEN_END.match(after)):
        windows[-1] = (windows[-1][0], None)
    return [w for w in windows if w != (None, None)]


def _end_of_day(moment: datetime | None) -> datetime | None:
    return moment + timedelta(hours=23, minutes=59, seconds=59) if moment else None


def _at_hours(
    days: list[_Window], first: re.Match[str], last: re.Match[str], *, split: bool
) -> list[_Window]:
    """Whole days narrowed to daily hours; with `split`, one window a day."""
    opens = timedelta(hours=int(first[1]), minutes=int(first[2]))
    closes = timedelta(hours=int(last[3]), minutes=int(last[4]))
    if closes <= opens:
        closes += timedelta(days=1)
    windows: list[_Window] = []
    for start, end in days:
        midnight = end.replace(hour=0, minute=0, second=0) if end else None
        if start is None or midnight is None:
            windows.append(
                (start + opens if start else None, midnight + closes if midnight else None)
            )
        elif split and (count := (midnight - start).days + 1) <= MAX_WINDOWS:
            for n in range(count):
                day = start + timedelta(days=n)
                windows.append((day + opens, day + closes))
        else:
            windows.append((start + opens, midnight + closes))
    return windows
