"""Navigational warnings (NAVAREA, HYDROLANT, HYDROPAC, HYDROARC, NAVTEX) to events.

One event for each area, line or point that a warning draws, numbered and lettered as in the text;
one for each deed against a ship that it reports; one for the warning as a whole if it has neither.
What it is about is read from the part that draws it, when from the same part or the list's lead.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from masthead import codes
from masthead.model import Document, Event, Interval, Place, Scalar, Sense, Span, Status, Vessel
from masthead.reports.notices import dtg, security
from masthead.reports.notices.areas import Drawing, read_areas
from masthead.reports.notices.messages import Message, Part, split_messages
from masthead.reports.notices.parties import enforcer
from masthead.reports.notices.periods import Period, read_period
from masthead.reports.notices.ships import find_named
from masthead.reports.notices.subjects import read_subject

_IN_FORCE = {"blockade", "deployment"}
_TOPICS = {
    "GUNNERY": "exercise",
    "MISSILES": "exercise",
    "ORDNANCE": "hazard_area",
    "ROCKETS": "hazard_area",
    "ICE": "hazard_area",
    "MINES": "hazard_area",
}
_TOPIC_LINE = re.compile(r"\b(?:EXERCISES?|OPERATIONS|LAUNCHING|FIRINGS?|DEBRIS)$")
_LONGEST_EVIDENCE = 4_000
"""Characters. The longest area of the agency's warnings takes about 2,000."""


def read_navarea(document: Document) -> tuple[Event, ...] | None:
    """The events of every navigational warning in a document; None if it holds none."""
    messages = split_messages(document)
    if not messages:
        return None
    return tuple(event for message in messages for event in _read(document, message))


def _read(document: Document, message: Message) -> list[Event]:
    text = document.text
    if message.body[0] >= message.body[1]:
        return []
    body = text[slice(*message.body)]
    advisory = security.is_advisory(body)
    deeds = [
        deed
        for part in message.parts
        if not _is_cancel(text, part)
        for deed in security.find_deeds(text, part.span, active=advisory)
    ]
    events = _deed_events(document, message, deeds, advisory=advisory)
    reported = [deed.sentence for deed in deeds]
    for part in message.parts:
        if not advisory and not _is_cancel(text, part):
            events += _part_events(document, message, part, reported)
    if not events or advisory:
        events.insert(0, _whole(document, message, advisory=advisory))
    return events


def _is_cancel(text: str, part: Part) -> bool:
    words = text[slice(*part.span)].lstrip("0123456789. \t")
    return words.startswith("CANCEL")


def _part_events(
    document: Document, message: Message, part: Part, reported: list[Span]
) -> list[Event]:
    """The events of a part's drawings, those in sentences that report a deed left out."""
    text = document.text
    lead = text[slice(*part.lead)]
    events = []
    drawn: list[tuple[str, Span, list[Drawing]]] = [("", part.lead, read_areas(lead))]
    for letter, span in part.items:
        drawn.append((letter, span, read_areas(text[slice(*span)], lead)))
    for letter, span, drawings in drawn:
        if not drawings:
            continue
        own = text[slice(*span)]
        period = read_period(own, message.reference)
        if letter and period.interval is None:
            period = read_period(lead, message.reference)
        subject = read_subject(own)
        if letter and subject == "other_warning":
            subject = read_subject(lead)
        if subject == "other_warning" and (part.number or 1) > 1:
            subject = _first_subject(text, message)
        if subject == "other_warning" and message.area and part.number in (None, 1):
            subject = _topic(own, message.area)
        for drawing in drawings:
            start, end = drawing.span[0] + span[0], drawing.span[1] + span[0]
            if not any(a <= start < b for a, b in reported):
                evidence = _evidence(text, span, (start, end))
                if letter:
                    evidence.insert(0, part.lead)
                name = f"{part.number or ''}{letter or ''}"
                events.append(_event(document, message, subject, period, drawing, evidence, name))
    return events


def _topic(own: str, headlines: str) -> str:
    """The subject that a topic line ("ROCKET LAUNCHING.", "ORDNANCE.") gives to an area that
    names none itself. A place is no topic: NANTUCKET SHOALS is no shoal."""
    if find_named(own):
        return "other_warning"
    for line in headlines.split("; "):
        if line in _TOPICS:
            return _TOPICS[line]
        if _TOPIC_LINE.search(line):
            return read_subject(line)
    return "other_warning"


def _evidence(text: str, span: Span, drawn: Span) -> list[Span]:
    """From the beginning of the part or item to the end of the drawing's sentence; of a very long
    part its beginning and the drawing."""
    end = _sentence_end(text, drawn[1], span[1])
    if end - span[0] <= _LONGEST_EVIDENCE:
        return [(span[0], end)]
    opening = (span[0], min(span[0] + _LONGEST_EVIDENCE // 2, drawn[0]))
    return [opening, (drawn[0], end)] if opening[0] < opening[1] else [(drawn[0], end)]


def _first_subject(text: str, message: Message) -> str:
    return read_subject(text[slice(*message.parts[0].span)])


def _sentence_end(text: str, at: int, end: int) -> int:
    for start, stop in security.sentences(text, at, min(end, at + 400)):
        if text[start:stop].strip(" .,") or stop >= end:
            return stop if text[stop - 1] == "." else min(at, end)
        return stop
    return at


def _event(
    document: Document,
    message: Message,
    subject: str,
    period: Period,
    drawing: Drawing | None,
    evidence: list[Span],
    part: str,
) -> Event:
    text = document.text
    incident = codes.incidents()[subject]
    time, status = _time(message, period, subject)
    objects: tuple[Vessel, ...] = tuple(
        vessel
        for start, end in evidence
        for vessel in find_named(text[start:end], start)
        if vessel.name
    )
    actor = enforcer(text, evidence[0]) if subject in _IN_FORCE else None
    details = _details(message) | _period_details(period)
    if part:
        details["part"] = part
    if drawing:
        details["shape"] = drawing.kind
    place = drawing.place if drawing else (Place(text=message.area) if message.area else None)
    return Event(
        sense=Sense.NOTICE,
        act=incident.act,
        mode=incident.mode,
        cameo=incident.cameo,
        incident=subject,
        sources=(actor,) if actor else (),
        objects=objects,
        time=time,
        place=place,
        status=status,
        evidence=tuple(document.cite(*span) for span in evidence),
        confidence=0.95 if drawing else 0.9,
        why=f"warning about {incident.label}"
        + (f", drawn as {drawing.kind}" if drawing else ", no position given"),
        details=details,
    )


def _details(message: Message) -> dict[str, Scalar | list[Scalar]]:
    details: dict[str, Scalar | list[Scalar]] = {
        "series": message.series,
        "number": message.number,
        "year": message.year,
        "subregion": message.subregion,
        "authority": message.authority,
        "issued": dtg.iso(message.issued) if message.issued else None,
        "cancel": message.cancel,
        "area": message.area,
    }
    if message.cancels:
        details["cancels"] = list(message.cancels)
    if message.charts:
        details["charts"] = list(message.charts)
    return {key: value for key, value in details.items() if value is not None}


def _period_details(period: Period) -> dict[str, Scalar | list[Scalar]]:
    details: dict[str, Scalar | list[Scalar]] = {}
    if period.windows:
        details["windows"] = [f"{dtg.iso(a)}/{dtg.iso(b)}" for a, b in period.windows]
    if period.daily:
        details["daily"] = period.daily
    if period.open_end:
        details["until_further_notice"] = True
    return details


def _time(message: Message, period: Period, subject: str) -> tuple[Interval | None, Status]:
    """The interval in which the warning's activity takes place, and how real it is by then."""
    stated = period.interval
    earliest = stated.earliest if stated else None
    latest = stated.latest if stated else None
    known_from = message.issued
    running = period.in_progress or period.open_end
    if earliest is None and known_from and (latest is None or latest > known_from):
        earliest = known_from
    cancel = _cancel_moment(message)
    if latest is None and cancel and (earliest is None or cancel >= earliest):
        latest = cancel
    status = Status.ASSERTED
    if running or subject in _IN_FORCE:
        status = Status.ONGOING
    if stated and stated.earliest and known_from and stated.earliest > known_from:
        status = Status.PLANNED
    elif stated and stated.earliest != stated.latest:
        status = Status.ONGOING if known_from else Status.PLANNED
    if stated and stated.latest and known_from and stated.latest < known_from:
        status = Status.ASSERTED
    if earliest is None and latest is None:
        return None, status
    return (
        Interval(
            earliest=earliest,
            latest=latest,
            precision=stated.precision if stated else "interval",
            text=stated.text if stated else None,
        ),
        status,
    )


def _cancel_moment(message: Message) -> datetime | None:
    if not message.cancel:
        return None
    return datetime.fromisoformat(
        message.cancel if "T" in message.cancel else message.cancel + "T00:00:00+00:00"
    )


def _whole(document: Document, message: Message, *, advisory: bool) -> Event:
    """The warning as one event, without a place drawn: its first part shows it."""
    text = document.text
    first = next((p for p in message.parts if not _is_cancel(text, p)), message.parts[0])
    words = text[slice(*first.span)]
    cancel_only = _is_cancel(text, first)
    subject = "other_warning" if advisory or cancel_only else read_subject(words)
    period = Period() if advisory or cancel_only else read_period(words, message.reference)
    end = first.span[1] if first.span[1] - first.span[0] <= 1_500 else first.lead[1]
    evidence = [(first.span[0], min(end, first.span[0] + 1_500))]
    event = _event(document, message, subject, period, None, evidence, str(first.number or ""))
    return replace(event, id="", why=event.why + " (general advisory)") if advisory else event


def _deed_events(
    document: Document, message: Message, deeds: list[security.Deed], *, advisory: bool
) -> list[Event]:
    text = document.text
    events: list[Event] = []
    for deed in deeds:
        start, end = deed.sentence
        drawings = read_areas(text[start:end])
        after = [d for d in drawings if d.span[0] + start >= deed.span[1]]
        place = (after or drawings)[0].place if drawings else None
        time = (
            read_period(text[deed.span[1] : end], message.reference).interval
            or read_period(text[start : deed.span[0]], message.reference).interval
        )
        if events and not advisory:  # "ONE VESSEL HIJACKED": of those in the sentence before
            place, time = place or events[0].place, time or events[0].time
        if time is None and message.issued:
            time = Interval(latest=message.issued, precision="interval")
        if time and time.precision == "interval" and _one_day(time):
            time = replace(time, precision="day")
        incident = codes.incidents()[deed.incident]
        details = _details(message)
        if deed.hedged:
            details["hedged"] = True
        events.append(
            Event(
                sense=Sense.NOTICE,
                act=incident.act,
                mode=incident.mode,
                cameo=incident.cameo,
                incident=deed.incident,
                sources=(deed.by,) if deed.by else (),
                objects=(deed.ship,) if deed.ship else (),
                time=time,
                place=place or (Place(text=message.area) if message.area else None),
                status=Status(deed.status),
                evidence=(document.cite(start, end),),
                confidence=0.5 if deed.hedged else 0.9,
                why=f"{incident.label}: {' '.join(text[slice(*deed.span)].split())!r}",
                details=details,
            )
        )
    return events


def _one_day(time: Interval) -> bool:
    return bool(time.earliest and time.latest and time.latest - time.earliest < timedelta(days=1))
