# ruff: noqa: E501 - a pattern is one line
"""The forms in which a date is written: each a pattern, and which meaning it has."""

from __future__ import annotations

import re

from masthead.reports.date_meanings import (
    Form,
    ago,
    at_weekend,
    calendar_date,
    coming,
    date_time_group,
    days_off,
    from_before,
    in_decade,
    in_month,
    in_year,
    iso_date,
    lasting,
    next_stretch,
    numeric_date,
    on_weekday,
    overnight,
    past_stretch,
    recent,
    that_unit,
    this_unit,
    two_days,
)

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_M = rf"(?P<month>{MONTH}|{MONTH.upper()})(?![a-z])"
_FULL_MONTH = (
    r"(?P<month>January|February|April|June|July|August|September|October|November|December)"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY2 = r"(?P<day2>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[789]|20)\d\d)\b"
_WD = r"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,?\s)"
_TO = r"\s?(?:-|–|—|to|and|through|until|till)\s?"
_N = (
    r"(?P<n>\d{1,3}|a couple of|a dozen|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty|sixty|ninety)"
)
_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade)s?"
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_PART = r"(?:early|late|earlier|later)(?:\s(?:on|in the day on))?\s"
_PART_AFTER = (
    r"(?:\s(?:early\s|late\s)?(?:morning|afternoon|evening|night|noon|midday|midnight|dawn))?"
)
_WHICH = r"(?P<which>last|past|previous|next|coming|this|this past|this coming)"


def _c(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s"), flags)


_I = re.IGNORECASE
FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (
        _c(
            rf"(?<![\d.-])(?P<dd>[0-3]\d)(?P<hh>[0-2]\d)(?P<mm>[0-5]\d) ?(?:Z|UTC|GMT)(?: (?P<month>{MONTH}|{MONTH.upper()})(?: (?P<year2>(?:19|20)\d\d|\d\d)\b(?![\d:.-]))?)?(?![\w-])"
        ),
        date_time_group,
    ),
    (
        _c(rf"\b(?:(?:between|from) )?{_WD}?{_DAY}{_TO}{_DAY2} (?:of )?{_M}(?:\.?,? {_YEAR})?"),
        two_days,
    ),
    (
        _c(
            rf"\b(?:(?:between|from) )?{_WD}?{_M}\.? {_DAY}{_TO}{_DAY2}\b(?![:.]?\d)(?:,? {_YEAR})?"
        ),
        two_days,
    ),
    (_c(rf"(?<![\d/.-]){_WD}?(?:the )?{_DAY} (?:of )?{_M}(?:\.?,? {_YEAR})?(?!\w)"), calendar_date),
    (
        _c(
            rf"(?<!\d )\b{_WD}?{_M} (?:the )?{_DAY}\b(?![:.]\d|\d| ?(?:-|–)\d)(?:,? {_YEAR})?(?!\w)"
        ),
        calendar_date,
    ),
    (_c(r"(?<![\d-])(?P<year>(?:1[89]|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])"), iso_date),
    (
        _c(
            r"(?<![\d/.])(?P<a>\d{1,2})(?P<dot>[/.])(?P<b>\d{1,2})(?P=dot)(?P<year>(?:19|20)\d\d)(?![\d/])"
        ),
        numeric_date,
    ),
    (_c(rf"\b{_M},? {_YEAR}"), in_month),
    (
        _c(rf"(?<!\d )\b(?:(?P<which>last|past|previous|next|coming) )?{_FULL_MONTH}\b(?! \d)"),
        in_month,
    ),
    (_c(r"\b(?P<which>last|next|previous|coming) (?P<month>May|March)\b"), in_month),
    (
        _c(
            r"(?:(?<=\b[Ii]n )|(?<=\bsince )|(?<=\bSince )|(?<=\buntil )|(?<=\bby )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-)|(?<=\bend of )|(?<=\bfrom )|(?<=\bof )|(?<=\bto )|(?<=\band )|(?<=\bbetween ))(?P<month>May|March)\b(?! \d)"
        ),
        in_month,
    ),
    (
        _c(
            r"(?<=\b[Ii]n )(?P<year>(?:1[789]|20)\d\d)\b(?! (?:tonnes|tons|met|feet|barrels|people|men|hours|hrs|UTC|GMT|local|m\b|nm\b|km\b)|[-:.]\d)"
        ),
        in_year,
    ),
    (
        _c(
            r"(?:(?<=\bsince )|(?<=\bSince )|(?<=\buntil )|(?<=\bbefore )|(?<=\bafter )|(?<=\bfrom )|(?<=\bduring )|(?<=\bthroughout )|(?<=\bof )|(?<=\blate )|(?<=\bearly )|(?<=\bmid-)|(?<=\bto )|(?<=\band ))(?P<year>(?:1[89]|20)\d\d)\b(?! (?:[a-z]+s\b|hours|hrs|UTC|GMT|local|m\b|nm\b|km\b)|[-:.,]\d|Z)"
        ),
        in_year,
    ),
    (_c(r"\b(?:the )?(?P<decade>(?:1[89]|20)\d0)s\b"), in_decade),
    (
        _c(
            rf"\b(?:{_PART})?(?:{_WHICH} )?(?<!Good )(?<!Black )(?<!Bloody )(?<!Easter )(?<!Ash )(?<!Palm ){_WEEKDAY}{_PART_AFTER}\b",
            _I,
        ),
        on_weekday,
    ),
    (_c(rf"\b(?:the )?{_WHICH} weekend\b", _I), at_weekend),
    (_c(r"\bthe (?P<which>)weekend\b", _I), at_weekend),
    (_c(r"\byesterday\b(?: (?:morning|afternoon|evening|night))?", _I), days_off(-1)),
    (_c(r"\b(?:the )?day before yesterday\b", _I), days_off(-2)),
    (_c(r"\b(?:the )?day after tomorrow\b", _I), days_off(2)),
    (
        _c(
            r"\b(?:(?:early|late|earlier|later) )?(?:today\b|this (?:morning|afternoon|evening)\b|tonight\b)",
            _I,
        ),
        days_off(0),
    ),
    (_c(r"\btomorrow\b(?: (?:morning|afternoon|evening|night))?", _I), days_off(1)),
    (_c(r"\b(?:overnight|last night)\b", _I), overnight),
    (
        _c(
            r"\b(?:(?P<side>earlier|later|so far|early|late)(?: in)? )?(?P<which>last|this|next|previous|coming) (?P<unit>week|month|year|decade)\b",
            _I,
        ),
        that_unit,
    ),
    (
        _c(rf"\b(?:(?:about|around|some|nearly|almost|over|more than) )?{_N} {_UNIT} ago\b", _I),
        ago,
    ),
    (
        _c(
            r"\b(?:the (?:next|following|previous|same) day\b|the day (?:before|after|earlier)\b(?! (?:yesterday|tomorrow)))",
            _I,
        ),
        from_before,
    ),
    (_c(rf"\b{_N} (?P<unit>day|week|month|hour)s? (?:later|earlier)\b", _I), from_before),
    (
        _c(rf"\b(?:in|over|during|within|for) the (?:past|last|previous) (?:{_N} )?{_UNIT}\b", _I),
        past_stretch,
    ),
    (
        _c(rf"\b(?:in|over|during|within|for) the (?:next|coming|following) {_N} {_UNIT}\b", _I),
        next_stretch,
    ),
    (_c(rf"\bwithin {_N} {_UNIT}\b", _I), next_stretch),
    (
        _c(
            r"\b(?:in|over|during) (?:the )?(?:recent|past few|last few|past several) (?:hours|days|weeks|months|years)\b|\brecently\b|\blately\b",
            _I,
        ),
        recent,
    ),
    (
        _c(
            r"\b(?:in|over|during) (?:the )?(?:coming|next few|following) (?:hours|days|weeks|months|years)\b",
            _I,
        ),
        coming,
    ),
    (
        _c(
            rf"\bfor (?:(?:about|around|at least|nearly|almost|more than|over|up to) )?{_N} (?P<unit>day|week|month|year)s?\b",
            _I,
        ),
        lasting,
    ),
    (
        _c(
            r"(?:(?<=\bend of )|(?<=\bbeginning of )|(?<=\bstart of )|(?<=\bmiddle of ))the (?P<unit>week|month|year|decade)\b",
            _I,
        ),
        this_unit,
    ),
)
"""All forms. Where two match at one place the longer wins, then the earlier in this list."""
