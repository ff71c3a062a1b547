"""IMB piracy reports: "08.01.2015: 0234 LT: Posn: 01:11N - 103:37E, Around 2.7nm NW of ...", then a
narrative.

The head gives the day, the time (local, UTC, or a word such as "Morning hours") and the
position. Local time becomes UTC by the zone of the position (`tzfpy`): in territorial waters the
coast's; on the high seas the nautical zone and one hour either side of it, since a ship there
keeps the clock of her last or next port. Without a position the zone is that of the named place,
and without that the whole span of the world's zones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from masthead import codes, geo
from masthead.model import Document, Event, Interval, Place, Scalar, Sense, Span, Status
from masthead.reports import places
from masthead.reports.notices import narratives
from masthead.reports.notices.coordinates import scan_positions
from masthead.reports.notices.dtg import iso

_DATE = r"(\d\d)\.(\d\d)\.(\d{4})"
_HEAD = re.compile(
    rf"^[ \t]{{0,8}}(?P<preface>[^\n]{{0,160}}\b(?:IMB|statistics"
    rf"|stats)\b[^\n]{{0,60}}\n\s{{0,8}})?"
    rf"(?:Between\s)?{_DATE}(?:\s{{1,2}}(?:to|and|-"
    rf"|–)\s{{1,2}}{_DATE})?\s{{0,2}}:\s{{0,3}}(?P<rest>[^\n]{{0,400}})",
    re.MULTILINE | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^(?P<from>\d{4})\s{0,2}(?:(?:-|–|—"
    r"|to)\s{0,2}(?P<to>\d{4}))?\s{0,2}(?:hrs\s)?(?P<zone>LT|UTC|UTS|GMT|Local Time)\b",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    r"^(?:(?P<early>early)\s)?(?P<part>morning|afternoon|evening|night)\s(?:hrs|hours)",
    re.IGNORECASE,
)
_HOURS = {"morning": (4, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (18, 30)}
"""The hours that a part of the day may mean (ours: wide, so that none is left out)."""
_POSITION = re.compile(r"\bPosn?\b\s{0,2}[:.]?\s{0,2}", re.IGNORECASE)
_UNDER_WAY = re.compile(
    r"^While\s(?:transiting|en\s?route|under\s?way|at\sanchor|drifting)", re.IGNORECASE
)
_WORLD_H = (-12, 14)
_APART_M = 400_000.0
"""Positions "off" a place are within this of it (ours: the furthest true one in 2015-2017 is 282
NM off)."""


def read_imb(document: Document) -> tuple[Event, ...] | None:
    """The events of every IMB report in a document; None if it does not begin as one."""
    text = document.text
    heads = [m for m in _HEAD.finditer(text) if _is_head(m)]
    if not heads or text[: heads[0].start()].strip():
        return None
    ends = [m.start() for m in heads[1:]] + [len(text)]
    return tuple(
        event
        for head, end in zip(heads, ends, strict=True)
        if (event := _read(document, head, end)) is not None
    )


def _is_head(match: re.Match[str]) -> bool:
    rest = match["rest"]
    return bool(
        _CLOCK.match(rest)
        or _PART_OF_DAY.match(rest)
        or _POSITION.search(rest[:60])
        or _UNDER_WAY.match(rest)
    )


def _read(document: Document, head: re.Match[str], end: int) -> Event | None:
    text = document.text
    start, line_end = head.start("rest"), head.end("rest")
    dates = head.groups()
    try:
        first = datetime(int(dates[3]), int(dates[2]), int(dates[1]))  # noqa: DTZ001
        last = datetime(int(dates[6]), int(dates[5]), int(dates[4])) if dates[4] else first  # noqa: DTZ001
    except ValueError:
        return None
    body = (line_end, end)
    if not text[line_end:end].strip():  # all on one line
        written = scan_positions(text[start:line_end])
        first_sentence = next(narratives.sentences(text, start, line_end), (start, line_end))
        stop = start + written[0].span[1] if written else first_sentence[1]
        body, line_end = (stop, line_end), stop
    place = _place(text, (start, line_end))
    time, local, zone = _time(head["rest"], first, last, place)
    told = narratives.judge(text, body)
    incident = told.incident if told else "other_warning"
    known = codes.incidents()[incident]
    evidence = [
        (head.start() if not head["preface"] else head.start() + len(head["preface"]), line_end)
    ]
    if told:
        evidence.append(told.sentence)
    details: dict[str, Scalar | list[Scalar]] = {"series": "IMB", "local_time": local, "zone": zone}
    if head["preface"]:
        details["counted"] = False
    if place and (doubt_m := _contradiction_m(place)) is not None:
        details["position_off_named_place_km"] = round(doubt_m / 1000)
    ship = narratives.victim(text, body)
    who = narratives.perpetrators(text, body, told.sentence) if told else None
    begin, finish = evidence[0]
    while finish > begin and text[finish - 1].isspace():
        finish -= 1
    while begin < finish and text[begin].isspace():
        begin += 1
    evidence[0] = (begin, finish)
    return Event(
        sense=Sense.NOTICE,
        act=known.act,
        mode=known.mode,
        cameo=known.cameo,
        incident=incident,
        sources=(who,) if who else (),
        objects=(ship,) if ship else (),
        time=time,
        place=place,
        status=Status(told.status if told else "asserted"),
        evidence=tuple(document.cite(*span) for span in evidence),
        confidence=0.5 if not told or "position_off_named_place_km" in details else 0.9,
        why=f"narrative: {told.words!r}" if told else "narrative without a known deed",
        details={key: value for key, value in details.items() if value is not None},
    )


def _place(text: str, span: Span) -> Place | None:
    """The position of the head line, else the place that it names."""
    line = text[slice(*span)]
    marker = _POSITION.search(line)
    start = marker.end() if marker else 0
    if not marker and (clock := _CLOCK.match(line) or _PART_OF_DAY.match(line)):
        start = clock.end()
    words = " ".join(line[start:].split()).strip(" :,.")
    positions = scan_positions(line)
    if positions:
        p = positions[0]
        return Place(
            text=words or None,
            lat=p.lat,
            lon=p.lon,
            radius_m=p.radius_m,
            geometry={"type": "Point", "coordinates": [p.lon, p.lat]},
        )
    if not words:
        return None
    found = places.find_place(words)
    return replace(found, text=words) if found else Place(text=words)


def _contradiction_m(place: Place) -> float | None:
    """How far a written position lies from the port or anchorage that the same line names, if
    that is
    further than they could be apart ("114:25.2W, Taboneo Anchorage, Indonesia": W for E)."""
    if place.geometry is None or place.lat is None or place.lon is None or not place.text:
        return None
    for span, named in places.find_places(place.text):
        words = place.text[slice(*span)]
        if (
            named.lat is None
            or named.lon is None
            or scan_positions(words)
            or places.is_offset(words)
        ):
            continue
        away_m = geo.distance_m(place.lat, place.lon, named.lat, named.lon)
        if away_m > 4 * (named.radius_m or 0.0) + _APART_M:
            return away_m
    return None


def _time(
    rest: str, first: datetime, last: datetime, place: Place | None
) -> tuple[Interval, str, str | None]:
    """The interval in UTC, the local time as written, and the zone taken."""
    clock = _CLOCK.match(rest)
    part = _PART_OF_DAY.match(rest)
    opens, closes = first, last + timedelta(hours=23, minutes=59, seconds=59)
    local = first.date().isoformat()
    exact = False
    if clock and (start := _at(first, clock["from"])) is not None:
        opens = closes = start
        exact = True
        local = start.strftime("%Y-%m-%dT%H:%M")
        if clock["to"] and (stop := _at(last, clock["to"])) is not None:
            closes = stop if stop >= start else stop + timedelta(days=1)
            local += "/" + closes.strftime("%Y-%m-%dT%H:%M")
            exact = False
    elif part:
        low, high = _HOURS[part["part"].lower()]
        opens, closes = (
            first + timedelta(hours=0 if part["early"] else low),
            last + timedelta(hours=high),
        )
    words = rest[: (clock or part).end()] if clock or part else None  # type: ignore[union-attr]
    if clock and clock["zone"].upper() in ("UTC", "UTS", "GMT"):
        offsets: tuple[float, float] = (0.0, 0.0)
        zone: str | None = "UTC"
    else:
        offsets, zone = _offsets_h(opens, place)
    earliest = opens.replace(tzinfo=UTC) - timedelta(hours=offsets[1])
    latest = closes.replace(tzinfo=UTC) - timedelta(hours=offsets[0])
    sure = offsets[0] == offsets[1]
    precision = (
        "minute" if exact and sure else "hour" if exact else "interval" if clock or part else "day"
    )
    return (
        Interval(
            earliest=earliest,
            latest=latest,
            precision=precision,  # type: ignore[arg-type]
            text=f"{first:%d.%m.%Y}" + (f" {words}" if words else ""),
        ),
        local if zone != "UTC" else iso(earliest),
        zone,
    )


def _at(day: datetime, hhmm: str) -> datetime | None:
    hour, minute = int(hhmm[:2]), int(hhmm[2:])
    if hour == 24 and minute == 0:
        return day + timedelta(days=1)
    return day + timedelta(hours=hour, minutes=minute) if hour < 24 and minute < 60 else None


def _offsets_h(moment: datetime, place: Place | None) -> tuple[tuple[float, float], str | None]:
    """The least and greatest offset from UTC, in hours, that local time may have had there."""
    if place is None or place.lat is None or place.lon is None:
        return (float(_WORLD_H[0]), float(_WORLD_H[1])), None
    from tzfpy import get_tz

    name = get_tz(place.lon, place.lat)
    nautical = round(place.lon / 15.0)
    wide = (place.radius_m or 0.0) > 100_000.0
    if not name or name.startswith("Etc/") or wide:
        return (nautical - 1.0, nautical + 1.0), name or None
    try:
        offset = ZoneInfo(name).utcoffset(moment)
    except (ZoneInfoNotFoundError, ValueError):
        offset = None
    if offset is None:
        return (nautical - 1.0, nautical + 1.0), name
    hours = offset.total_seconds() / 3600.0
    return (hours, hours), name
