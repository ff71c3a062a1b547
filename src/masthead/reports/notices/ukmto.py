"""UKMTO warnings, advisories and updates (UK Maritime Trade Operations), and others of that layout.

A head ("UKMTO WARNING 062-26 - ATTACK", in many spellings), sometimes report and issue times,
then a narrative that says where ("60NM east of Muscat, Oman") and what. The head's class is kept
in `details.class`, but what happened is judged from the narrative: a "suspicious activity" whose
ship was hit is an attack. Another authority's head is taken for one if the line after it tells the
date or time of the report. Without a time of the incident it lies in the day before the report.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from masthead import codes
from masthead.model import (
    Attribution,
    Document,
    Event,
    Interval,
    Place,
    Scalar,
    Sense,
    Span,
    Status,
)
from masthead.reports import places
from masthead.reports.notices import dtg, narratives

_HEAD = re.compile(
    r"(?:^|(?<=\n))[ \t]{0,8}(?:\d{8}[-_ ])?"
    r"(?:UKMTO|(?=[^\n]{0,160}\n\s{0,8}(?:Report|Issue|Incident)\s(?:Date|Time)\s{0,2}:)"
    r"[A-Z]{2,20}(?: [A-Z]{2,20}){0,3})[-_ ]{1,3}(?P<kind>WARNING|ADVISORY|UPDATE"
    r"|NOTICE|INCIDENT)(?![A-Za-z])"
    r"(?P<head>[^\n]{0,120}?)(?=[ \t]{0,4}-?[ \t]{0,2}(?:UKMTO\s(?:has\s)?receiv|(?:Report"
    r"|Issue|Incident)\s(?:Date|Time)|Source\b)|\n|\.\s|$)",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"\s*(?:\d{8}[- ])?(?P<who>[A-Z]{2,20}(?: [A-Z]{2,20}){0,3}?)[- ]{1,3}"
    r"(?:WARNING|ADVISORY|UPDATE|NOTICE|INCIDENT)(?![A-Za-z])",
    re.IGNORECASE,
)
_HEADLESS = re.compile(
    r"^\s{0,20}UKMTO\s(?:has\s)?received\s(?:an?\s)?(?:reports?|information)\b", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\bUKMTO\s(?:said|says|added|reported|told|wrote)\b|\baccording\sto\s(?:the\s)?UKMTO\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<!\d)(?P<number>\d{1,3})(?:\s?[-/]\s?(?:[A-Z]{3}[-/])?(?P<year>20\d\d|\d\d))?(?!\d)",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"\bUPDATE\s{0,2}(?:NO\.?\s)?(?P<update>\d{1,3})\b", re.IGNORECASE)
_CLASS = re.compile(
    r"\b(?P<class>ATTACK|HIJACK(?:ING)?|BOARDING|SUSPICIOUS\s(?:ACTIVITY|APPROACH)|APPROACH"
    r"|KIDNAP\w*|SEIZURE|ILLEGAL\sBOARDING"
    r"|ADVISORY|GPS\s\w+|ELECTRONIC\sINTERFERENCE|ROBBERY)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"\b(?P<what>Report|Incident"
    rf"|Issued?)(?:\sDate)?\s{{0,2}}:\s{{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\s(?P<month>{dtg.MONTH})"
    r"\s(?P<year>\d{4}|\d\d)(?:\s{0,2}(?:(?P=what)\sTime\s{0,2}:\s{0,2})?(?P<hhmm>\d{4})"
    r"\s?(?:UTC|Z|GMT))?",
    re.IGNORECASE,
)
_ON = re.compile(
    rf"\bon\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{dtg.MONTH})(?:\s(?P<year>\d{{4}}"
    rf"|\d\d))?",
    re.IGNORECASE,
)
_AT = re.compile(r"\bat\s(?:approximately\s)?(?P<hhmm>\d{4})\s?(?:UTC|Z)\b", re.IGNORECASE)
_SOURCE = re.compile(
    r"\b(?P<who>(?:The\s|A\s|several\s)?(?:Master(?:s)?|Company\sSecurity\sOfficer|CSO"
    r"|Captain|Military\sauthorities)"
    r"(?:\sof\s(?:an?|the|his)\s[A-Za-z-]{3,15}(?:\s(?:Carrier|Ship|Vessel|Tanker|vessel"
    r"|ship|carrier))?)?)"
    r"\s(?:has\s|have\s)?(?P<verb>report(?:s|ed)|stat(?:es|ed)|witness(?:es|ed)|confirm(?:s"
    r"|ed)|advis(?:es|ed))\b"
)
_AFFECTED = {
    "ATTACK": "attack",
    "HIJACK": "hijack",
    "HIJACKING": "hijack",
    "BOARDING": "boarding",
    "ROBBERY": "robbery",
    "ILLEGAL BOARDING": "boarding",
    "KIDNAP": "kidnap",
    "KIDNAPPING": "kidnap",
    "SEIZURE": "seizure",
}
_INTERFERENCE = re.compile(
    r"\b(?:gps|gnss|ais|electronic)\b[^.]{0,40}\b(?:interference|jamming|spoofing|disruption)\b",
    re.IGNORECASE,
)


def read_ukmto(document: Document) -> tuple[Event, ...] | None:
    """The events of every UKMTO notice in a document; None if it is not one."""
    text = document.text
    heads = [m for m in _HEAD.finditer(text) if _NUMBER.search(m["head"])]
    if heads:
        if heads[0].start() > 400 and text[: heads[0].start()].strip():
            return None
        spans = [
            (head.start(), heads[i + 1].start() if i + 1 < len(heads) else len(text), head.end())
            for i, head in enumerate(heads)
        ]
    elif _HEADLESS.match(text) and len(text) < 2_500 and not _ABOUT.search(text):
        spans = [(0, len(text), 0)]
    else:
        return None
    return tuple(_read(document, start, end, body) for start, end, body in spans)


def _read(document: Document, start: int, end: int, body: int) -> Event:
    text = document.text
    start += len(text[start:end]) - len(text[start:end].lstrip())
    head = text[start:body].replace("_", " ")
    details = _details(document, head, text[start:end])
    narrative = (_narrative_start(text, body, end), end)
    told = narratives.judge(text, narrative)
    incident, status = _incident(text[slice(*narrative)], head, told)
    known = codes.incidents()[incident]
    evidence = [
        told.sentence if told else next(narratives.sentences(text, *narrative), (start, end))
    ]
    where = _where(text, narrative)
    if where and not evidence[0][0] <= where[0][0] < evidence[0][1]:
        sentence = next(
            (s for s in narratives.sentences(text, *narrative) if s[0] <= where[0][0] < s[1]), None
        )
        if sentence:
            evidence.insert(0, sentence)
    who = narratives.perpetrators(text, narrative, evidence[-1])
    ship = narratives.victim(text, narrative)
    said = _SOURCE.search(text, *narrative)
    attribution = (
        (
            Attribution(
                who=said["who"],
                sector="BUS",
                verb=said["verb"],
                span=said.span("who"),
            ),
        )
        if said
        else ()
    )
    return Event(
        sense=Sense.NOTICE,
        act=known.act,
        mode=known.mode,
        cameo=known.cameo,
        incident=incident,
        sources=(who,) if who else (),
        objects=(ship,) if ship else (),
        time=_time(document, text[start:end], details),
        place=where[1] if where else None,
        status=status,
        attribution=attribution,
        evidence=tuple(document.cite(*span) for span in evidence),
        confidence=0.85 if told else 0.5,
        why=f"narrative: {told.words!r}" if told else "UKMTO notice without a known deed",
        details=details,
    )


def _details(document: Document, head: str, whole: str) -> dict[str, Scalar | list[Scalar]]:
    named = _AUTHORITY.match(head)
    who = " ".join(named["who"].split()) if named else "UKMTO"
    details: dict[str, Scalar | list[Scalar]] = {
        "series": who, "authority": who, "numbers": "incident",
    }  # fmt: skip
    number = _NUMBER.search(re.sub(r"^\s*\d{8}", "", head))
    if number:
        details["number"] = int(number["number"])
        if number["year"]:
            details["year"] = dtg.full_year(number["year"])
    elif str(document.meta.get("incident", "")).isdigit():
        details["number"] = int(str(document.meta["incident"]))
    if "year" not in details and document.date:
        details["year"] = document.date.year
    if update := _UPDATE.search(head):
        details["update"] = int(update["update"])
    kind = _CLASS.search(head, named.end() if named else 0)
    if kind:
        details["class"] = " ".join(kind["class"].upper().split())
    for match in _WHEN.finditer(whole):
        moment, exact = _moment(match)
        if moment:
            key = {"report": "reported", "incident": "happened"}.get(
                match["what"].lower(), "issued"
            )
            details[key] = dtg.iso(moment) if exact else moment.date().isoformat()
    return details


def _moment(match: re.Match[str]) -> tuple[datetime | None, bool]:
    try:
        day = datetime(
            dtg.full_year(match["year"]),
            dtg.month_number(match["month"]),
            int(match["day"]),
            tzinfo=UTC,
        )
        hhmm = match["hhmm"]
        if hhmm:
            return day.replace(hour=int(hhmm[:2]), minute=int(hhmm[2:])), True
    except ValueError:
        return None, False
    return day, False


def _narrative_start(text: str, body: int, end: int) -> int:
    match = re.compile(r"\bUKMTO\s(?:has\s)?received\b", re.IGNORECASE).search(
        text, body, min(end, body + 600)
    )
    return match.start() if match else body


def _incident(narrative: str, head: str, told: narratives.Judgement | None) -> tuple[str, Status]:
    """What happened: the narrative's deed; the head's class only where the narrative tells
    nothing."""
    if told and told.incident != "suspicious_approach":
        return told.incident, Status(told.status)
    if _INTERFERENCE.search(narrative):
        return "gnss_interference", Status.ONGOING
    if told:
        general = re.search(r"\bmultiple reports\b|\bvarious sources\b", narrative, re.IGNORECASE)
        return "suspicious_approach", Status.ONGOING if general else Status.ASSERTED
    kind = _CLASS.search(head)
    incident = _AFFECTED.get(" ".join(kind["class"].upper().split()), "") if kind else ""
    return incident or "other_warning", Status.ASSERTED


def _where(text: str, span: Span) -> tuple[Span, Place] | None:
    """The narrative's first bearing and distance, else its position, else its first named place."""
    found = [
        ((a + span[0], b + span[0]), place)
        for (a, b), place in places.find_places(text[slice(*span)])
    ]
    offsets = [f for f in found if places.is_offset(text[slice(*f[0])])]
    located = [f for f in found if f[1].lat is not None]
    return next(iter(offsets or located or found), None)


def _time(
    document: Document, whole: str, details: dict[str, Scalar | list[Scalar]]
) -> Interval | None:
    """The incident's own date and time if stated; else the day before the report."""
    for match in _WHEN.finditer(whole):
        if match["what"].lower() == "incident" and (found := _moment(match))[0]:
            return _interval(*found, match[0])
    reported = next((m for m in _WHEN.finditer(whole) if _moment(m)[0]), None)
    moment, exact = (
        _moment(reported) if reported else (document.date, document.date_precision != "day")
    )
    on = _ON.search(whole)
    if on:
        group = dtg.Group(
            int(on["day"]),
            month=dtg.month_number(on["month"]),
            year=dtg.full_year(on["year"]) if on["year"] else None,
        )
        day = group.resolve(moment)
        at = _AT.search(whole)
        if day and at and int(at["hhmm"][:2]) < 24 and int(at["hhmm"][2:]) < 60:
            hour = day.replace(hour=int(at["hhmm"][:2]), minute=int(at["hhmm"][2:]))
            return _interval(hour, True, f"{on[0]} {at[0]}")
        if day:
            return _interval(day, False, on[0])
    if moment is None:
        return None
    if exact:
        return Interval(
            earliest=moment - timedelta(days=1),
            latest=moment,
            precision="day",
            text=reported[0] if reported else None,
        )
    return Interval(
        earliest=moment - timedelta(days=1),
        latest=moment + timedelta(hours=23, minutes=59, seconds=59),
        precision="day",
        text=reported[0] if reported else None,
    )


def _interval(moment: datetime | None, exact: bool, words: str) -> Interval | None:
    if moment is None:
        return None
    if exact:
        return Interval(earliest=moment, latest=moment, precision="minute", text=words)
    end = moment + timedelta(hours=23, minutes=59, seconds=59)
    return Interval(earliest=moment, latest=end, precision="day", text=words)
