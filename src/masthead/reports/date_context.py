# ruff: noqa: E501 - a pattern is one line
"""What stands around a date: a time of day, a range's other end, "since", "until", "the end of"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from masthead.model import Interval
from masthead.reports import date_units as units

_CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)|(?P<minute4>(?<=\d\d)[0-5]\d))(?::[0-5]\d)?(?:\s?(?:hours|hrs|h)\b)?"
    r"|(?P<hour12>1[0-2]|0?[1-9])(?:[:.](?P<minute12>[0-5]\d))?)(?:\s?(?P<half>[ap]\.?m\b\.?))?"
)
_ZONE = r"(?:\s?\(?(?P<zone>(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d\d)?|UTC|GMT|Z\b|[A-Z]{2,4}T\b|local(?:\stime)?\b|[A-Z][a-z]+\stime\b)\)?)"


@dataclass(frozen=True)
class ClockForms:
    """A time of day beside a date: after it ("on Friday at 0915 UTC"), or before it."""

    after: re.Pattern[str]
    before: re.Pattern[str]


CLOCK = ClockForms(
    after=re.compile(
        rf",?\s(?P<at>(?:at|around|about)\s(?:about\s|around\s|approximately\s)?)?{_CLOCK}{_ZONE}?(?![\d.]\d|\d)"
    ),
    before=re.compile(rf"(?:(?P<at>at)\s)?(?<![\d.:-]){_CLOCK}{_ZONE}?\s?,?\s(?:on\s|of\s)?$"),
)


def moment(match: re.Match[str], day: Interval) -> Interval | None:
    """The minute of a day that a clock beside it tells; None where its zone is not told."""
    zone = units.zone_of(match["zone"]) if match["zone"] else None
    if zone is None or day.earliest is None:
        return None
    hour = int(match["hour"] or match["hour12"])
    minute = int(match["minute"] or match["minute4"] or match["minute12"] or 0)
    half = (match["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    begin = day.earliest.replace(hour=hour, minute=minute, tzinfo=zone)
    return units.between(begin, begin + timedelta(minutes=1), "minute")


def is_clock(match: re.Match[str]) -> bool:
    """Whether the digits are a time of day at all: a zone, "at", a colon or a.m. says so."""
    return bool(
        match["zone"] or match["half"] or (match["at"] and (match["minute"] or match["minute4"]))
    )


@dataclass(frozen=True)
class RangeForms:
    """What joins two dates into one range."""

    opening: re.Pattern[str]
    joint: re.Pattern[str]
    sure_joint: re.Pattern[str]


CONNECTED = RangeForms(
    opening=re.compile(r"\b(between|from)\s(?:the\s)?$", re.IGNORECASE),
    joint=re.compile(r"\s?(?:-|–|—|to|until|till|through|and)\s?", re.IGNORECASE),
    sure_joint=re.compile(r"\s?(?:–|—|-)\s?|\s(?:to|until|through)\s", re.IGNORECASE),
)
QUALIFIED = re.compile(
    r"\b(ever since|since|starting(?: on)?|as of|as from|effective|until|till|up until|up to|by|no later than|through|before|after|"
    r"(?:the )?(?:beginning|start|middle|end|early part|latter part) of|early|late|mid)(?: in)?(?:\s|-)(?:the\s)?$".replace(
        " ", r"\s"
    ),
    re.IGNORECASE,
)
"""Words before a date that open, close or narrow it."""
