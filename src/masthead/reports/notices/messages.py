"""Navigational warnings as messages: where each begins and ends in a document, its head (series,
number, year, subregion, date-time group), its numbered parts, its authority and what it cancels.

A broadcast page holds many messages one after the other. A message is known by its head line
("HYDROLANT 1498/23(37)."), by its NAVTEX frame (ZCZC ... NNNN), or, where a loader gave the head
apart from the text, by the document's `meta` (`series`, `number`, `year`, or `name`). A text
without any head counts as a warning only if it is written like one (`looks_like_warning`).
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest

from masthead.model import Document, Span, parse_utc
from masthead.reports.notices import dtg
from masthead.reports.notices.coordinates import scan_angles

_SERIES = (
    r"NAVAREA\s{1,3}(?:[IVX]{1,6}|\d{1,2})(?:\s{1,3}COASTAL(?:\s{1,3}[A-Z]{1,2})?)?"
    r"|HYDRO(?:LANT|PAC|ARC)"
    r"|NAVTEX(?:\s{1,3}[A-Z]{3,15}){0,2}|AUSCOAST|WZ|AVURNAV(?:\s{1,3}[A-Z]{3,15}){1,2}"
    r"|[A-Z]{3,15}\s{1,3}NAVTEX|COASTAL\s{1,3}WARNING(?:\s{1,3}[A-Z]{3,15}){0,2}"
    r"|SPECIAL\s{1,3}WARNING"
)
_NUMBER = (
    r"(?:[ \t]{1,3}(?:NAV(?:IGATIONAL)?\s)?WARNING)?[ \t]{1,3}(?:(?:NR|NO|NUMBER)\b\.?[ \t]{0,2})?"
    r"(?P<number>\d{1,4})\s?[/-]\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
    r"[ \t]{0,2}(?:\((?P<sub>[\dA-Z,/ ]{1,30})\))?"
)
_HEAD = re.compile(
    rf"^[ \t(*]{{0,12}}(?:(?P<dtg>\d{{6}}Z\s{{1,3}}[A-Z]{{3}}\s{{1,3}}\d{{2,4}})[ \t)]{{1,4}})?"
    rf"(?P<series>{_SERIES}){_NUMBER}(?P<rest>[^\n]{{0,120}})",
    re.MULTILINE,
)
_OWN_LINE_DTG = re.compile(
    r"\s{0,9}\n[ \t]{0,9}(\d{6}\s?(?:Z|UTC)\s{1,3}[A-Z]{3}\s{1,3}\d{2,4})[ \t.]{0,9}(?=\n|$)"
)
_HEAD_REST = re.compile(r"^[ \t.):]{0,6}(?:\d{6}Z\s[A-Z]{3}\s\d{2,4})?[ \t.)]{0,6}$")
_CITED = re.compile(r"(?:CANCEL|AND|,|REF(?:ERENCE)?|SEE|REFER TO|TO|OF|IN)[ \t]{0,6}$")
_ZCZC = re.compile(r"^[ \t]{0,6}ZCZC[ \t]{1,3}(?P<id>[A-Z]{2}\d{2})", re.MULTILINE)
_END = re.compile(
    r"//(?=\s|$|AUTHORITY|NNNN|DATE:)|^[ \t]{0,6}(?:NNNN|BT)\b|^[ \t]{0,6}AUTHORITY:",
    re.IGNORECASE | re.MULTILINE,
)
_AUTHORITY = re.compile(
    r"AUTHORITY:\s{0,10}(?P<who>[^\n]{1,200}?)(?=\s{0,5}(?:DATE:|CANCEL:|//|\n|$))", re.IGNORECASE
)
_DATED = re.compile(r"\bDATE:\s{0,10}(?P<when>\d{6}Z?\s[A-Z]{3}\s\d{2,4})", re.IGNORECASE)
_CANCEL_SELF = re.compile(
    r"\bCANCEL(?P<others>(?:(?!\bCANCEL\b)[^.]){0,200}?)\b(?:AND\s{1,9})?THIS\s{1,9}(?:MSG"
    r"|MESSAGE|WARNING)\b"
    r"(?P<when>[^.]{0,40})",
    re.IGNORECASE,
)
_CANCEL = re.compile(r"\bCANCEL(?:S|LED)?\s{1,9}(?P<what>[^.]{3,300})", re.IGNORECASE)
_CITED_NUMBER = re.compile(
    rf"(?:(?P<series>{_SERIES})\s{{1,9}})?(?<![\d/])(?P<number>\d{{1,4}})/(?P<year>\d{{4}}"
    rf"|\d\d)(?!\d)"
)
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s{{1,9}}({dtg.MONTH})(?:\s{{1,9}}(\d{{4}}|\d\d))?", re.IGNORECASE
)
_PART = re.compile(r"(?:^|(?<=[\s]))(\d{1,2})\.[ \t]{1,6}(?=[A-Z0-9\"'(])", re.MULTILINE)
_LETTER = re.compile(r"(?:^|(?<=[\s:.]))([A-Z])\.[ \t]{1,6}(?=\S)", re.MULTILINE)
_CHART = re.compile(r"\b(?:(?:NGA )?CHARTS? \d[\d, ]{0,60}\d|DNC \d\d(?:, ?(?:DNC )?\d\d){0,8})")
_NEVER_NEWS = re.compile(
    r"\bCANCEL\s{1,9}(?:THIS\s{1,9}(?:MSG|MESSAGE)|(?:HYDRO(?:LANT|PAC|ARC)"
    r"|NAVAREA\s{1,9}[IVX]{1,5})\s{1,9}\d)"
    r"|^\s{0,9}GPS SATELLITE SYSTEM\.\s{1,9}PRN\b"
)
_PREAMBLE = 250
"""Small letters before the first head: a page's banner has fewer, an article's opening more."""
_WARNING_SIGNS = (
    re.compile(r"^\s{0,9}(?:NGA )?(?:DNC|CHART) \d", re.MULTILINE),
    re.compile(r"\b\d{6}Z\b"),
    re.compile(
        r"\bBERTH REQUESTED\b|\bKEEP CLEAR OF THIS\b|\bKEEP A SHARP LOOKOUT\b|\bCAUTION "
        r"ADVISED\b"
    ),
    re.compile(r"//\s?Authority:"),
    re.compile(r"^\s{0,9}[A-Z][A-Z' -]{2,40}\.\s{0,9}\n"),
    re.compile(r"^\s{0,9}(?:HYDRO(?:LANT|PAC|ARC)|NAVAREA [IVX]+)\b", re.MULTILINE),
)


@dataclass(frozen=True)
class Part:
    """A numbered part of a message (number None if it has no parts), its lead and its lettered
    items; all spans are offsets into the document."""

    number: int | None
    span: Span
    lead: Span
    items: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True)
class Message:
    """One warning: its head, where its body stands in the document, and what its tail says."""

    span: Span
    body: Span
    series: str | None = None
    number: int | None = None
    year: int | None = None
    subregion: str | None = None
    authority: str | None = None
    issued: datetime | None = None
    cancel: str | None = None
    cancels: tuple[str, ...] = ()
    area: str | None = None
    charts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    reference: datetime | None = field(default=None)


def looks_like_warning(text: str) -> bool:
    """Whether a text without a head is written like a navigational warning: nearly all capitals,
    and at least two of the signs that news never has (DNC and chart lines, date-time groups,
    "CANCEL THIS MSG", an authority line, positions in the agencies' style)."""
    sample = text[:20_000]
    letters = sum(map(str.isalpha, sample))
    if not letters or sum(map(str.isupper, sample)) < 0.85 * letters:
        return False
    if _NEVER_NEWS.search(sample):
        return True
    signs = sum(bool(sign.search(sample)) for sign in _WARNING_SIGNS)
    return signs + bool(scan_angles(sample[:5_000])) >= 2


def split_messages(document: Document) -> list[Message]:
    """Every warning of a document in its order; an empty list if it holds none."""
    text = document.text
    heads = _heads(text)
    known = _known_head(document)
    if known.get("series") or not heads:
        if known.get("series") or looks_like_warning(text):
            return [_message(document, 0, len(text), 0, known)] if text.strip() else []
        return []
    starts = [start for start, _, _ in heads] + [len(text)]
    before = text[: starts[0]][:5_000]
    if sum(c.islower() for c in before) > _PREAMBLE:
        return []  # prose that quotes a warning is prose
    return [
        _message(document, start, starts[i + 1], body, head)
        for i, (start, body, head) in enumerate(heads)
    ]


def _heads(text: str) -> list[tuple[int, int, dict[str, str | None]]]:
    """The heads: where the message begins, where its body begins, and what the head says."""
    found: list[tuple[int, int, dict[str, str | None]]] = []
    for match in _HEAD.finditer(text):
        before = text[max(0, match.start() - 200) : match.start()].rstrip()
        alone = bool(_HEAD_REST.match(match["rest"]))
        first = not text[: match.start()].strip() if match.start() < 400 else False
        if _CITED.search(before[-12:]) or not (alone or (first and match["rest"][:1] in ".(: ")):
            continue
        if not alone and not looks_like_warning(text):
            continue
        if found and not text[found[-1][1] : match.start()].strip(" .\t\r\n"):
            continue  # a second head right below names the warning that it is about
        start = match.start()
        lines = before.rsplit("\n", 1)[-1].strip(" \t().")
        when = match["dtg"]
        if not when and (group := re.fullmatch(r"(?:DTG:? )?(\d{6}Z\s[A-Z]{3}\s\d{2,4})", lines)):
            when = group[1]
            start = text.rfind(lines, 0, match.start())
        if not when and (group := re.search(r"\d{6}Z\s[A-Z]{3}\s\d{2,4}", match["rest"])):
            when = group[0] if alone else None
        body = match.end("rest") if alone else match.start("rest")
        if alone and not when and (group := _OWN_LINE_DTG.match(text, body)):
            when, body = group[1], group.end()
        head = {k: match[k] for k in ("series", "number", "year", "sub")} | {"dtg": when}
        found.append((start, body, head))
    frames = list(_ZCZC.finditer(text))
    starts = [start for start, _, _ in found]
    for match, following in zip_longest(frames, frames[1:]):
        i = bisect(starts, match.start())
        if i < len(starts) and (following is None or starts[i] < following.start()):
            found[i] = (match.start(), *found[i][1:])
            continue
        group = re.compile(r"\s{0,20}(\d{6}\s?(?:Z|UTC)\s[A-Z]{3}\s?\d{0,4})").match(
            text, match.end()
        )
        head = {"series": f"NAVTEX {match['id'][0]}", "number": match["id"][2:], "year": None}
        head["dtg"] = group[1] if group else None
        found.append((match.start(), group.end() if group else match.end(), head))
    return sorted(found, key=lambda h: h[0])


def _known_head(document: Document) -> dict[str, str | None]:
    """The head that the document's format gave apart from its text."""
    meta = document.meta
    known = {
        key: str(meta[source]) if meta.get(source) is not None else None
        for key, source in (
            ("series", "series"),
            ("number", "number"),
            ("year", "year"),
            ("sub", "subregion"),
            ("dtg", "issue"),
        )
    }
    if known["series"] and not re.fullmatch(_SERIES, known["series"].strip().upper()):
        known["series"] = None
    for name in (meta.get("name"), document.title):
        if not known["series"] and isinstance(name, str):
            match = re.match(rf"\s{{0,5}}(?P<series>{_SERIES}){_NUMBER}", name)
            if match:
                known |= {k: match[k] for k in ("series", "number", "year", "sub") if match[k]}
    return known


def _message(
    document: Document, start: int, end: int, body: int, head: dict[str, str | None]
) -> Message:
    text = document.text
    stop = _END.search(text, body, end)
    body_end = stop.start() if stop else end
    while body < body_end and text[body] in " \t\r\n.":
        body += 1
    while body_end > body and text[body_end - 1] in " \t\r\n":
        body_end -= 1
    tail = text[stop.start() : end] if stop else ""
    authority = _AUTHORITY.search(tail)
    who = " ".join(authority["who"].split()).rstrip(". ") if authority else None
    if who is None and document.meta.get("authority"):
        who = str(document.meta["authority"]).strip().rstrip(".")
    year = dtg.full_year(head["year"]) if (head.get("year") or "").isdigit() else None  # type: ignore[arg-type]
    number = head.get("number") or ""
    dated = _DATED.search(tail)
    issued, reference = _issue(
        document, head.get("dtg"), dated["when"] if dated else None, who, year
    )
    words = text[body:body_end]
    cancel, cancels = _cancels(words, head.get("series"), issued, reference)
    parts = _parts(text, (body, body_end))
    prelude_end = parts[0].span[0] if parts[0].number else _prelude_end(text, body, body_end)
    if not parts[0].number and prelude_end < body_end:
        parts = _parts(text, (prelude_end, body_end))
    prelude = text[body:prelude_end]
    area = "; ".join(
        line.strip(" .\t\r")
        for line in re.split(r"\.(?:\s|$)|\n", _CHART.sub("", prelude))
        if re.search(r"[A-Z]{3}", line) and not re.search(r"\d", line)
    )
    return Message(
        span=(start, end),
        body=(body, body_end),
        series=" ".join((head.get("series") or "").upper().split()) or None,
        number=int(number) if number.isdigit() else None,
        year=year,
        subregion=head.get("sub"),
        authority=who,
        issued=issued,
        cancel=cancel,
        cancels=cancels,
        area=area[:300] or None,
        charts=tuple(" ".join(m[0].split()) for m in _CHART.finditer(prelude)),
        parts=parts,
        reference=reference,
    )


def _issue(
    document: Document, head: str | None, dated: str | None, authority: str | None, year: int | None
) -> tuple[datetime | None, datetime | None]:
    """When the warning was issued (None if nothing says so to the minute), and the moment that
    dates without a year count from."""
    for words in (head, dated):
        if words and (moment := dtg.parse_dtg(words) or _iso_moment(words)):
            return moment, moment
    if document.date and document.date_precision != "day":
        return document.date, document.date
    if authority and (moment := dtg.parse_dtg(authority, document.date)):
        return None, moment
    if document.date:
        return None, document.date
    return None, datetime(year, 7, 1, tzinfo=UTC) if year else None


def _iso_moment(words: str) -> datetime | None:
    try:
        return parse_utc(words)
    except ValueError:
        return None


def _cancels(
    body: str, series: str | None, issued: datetime | None, reference: datetime | None
) -> tuple[str | None, tuple[str, ...]]:
    """When the message ends by its own words, and the other warnings that it ends."""
    ends: str | None = None
    others: dict[str, None] = {}
    for match in _CANCEL_SELF.finditer(body):
        groups = [group for _, group in dtg.find_groups(match["when"])]
        day = _DAY.search(match["when"])
        if groups:
            moment = groups[0].resolve(reference)
            ends = dtg.iso(moment) if moment else ends
        elif day:
            group = dtg.Group(
                int(day[1]),
                month=dtg.month_number(day[2]),
                year=dtg.full_year(day[3]) if day[3] else None,
            )
            moment = group.resolve(reference)
            ends = moment.date().isoformat() if moment else ends
        elif issued:
            ends = dtg.iso(issued)
    for match in _CANCEL.finditer(body):
        current = series
        what = re.split(r"\bTHIS\s{1,9}(?:MSG|MESSAGE)", match["what"])[0]
        for cited in _CITED_NUMBER.finditer(what):
            if cited["series"]:
                current = " ".join(cited["series"].upper().split())
            if current:
                others[f"{current} {int(cited['number'])}/{cited['year'][-2:]}"] = None
    return ends, tuple(others)


def _parts(text: str, span: Span) -> tuple[Part, ...]:
    """The numbered parts in their order; one unnumbered part if there are none."""
    marks: list[tuple[int, int]] = []
    for match in _PART.finditer(text, *span):
        if int(match[1]) != len(marks) + 1:
            continue
        before = text[max(span[0], match.start() - 40) : match.start()].rstrip(" \t")
        if match.start() == span[0] or before[-1:] in "\n.:;),":
            marks.append((match.start(), match.end()))
    if not marks:
        return (_lettered(text, None, span, span[0]),)
    ends = [start for start, _ in marks[1:]] + [span[1]]
    return tuple(
        _lettered(text, i + 1, (start, end), content)
        for i, ((start, content), end) in enumerate(zip(marks, ends, strict=True))
    )


def _lettered(text: str, number: int | None, span: Span, content: int) -> Part:
    end = span[1]
    while end > span[0] and text[end - 1].isspace():
        end -= 1
    marks: list[tuple[str, int]] = []
    for match in _LETTER.finditer(text, content, end):
        if len(marks) == 26 or match[1] != chr(ord("A") + len(marks)):
            continue
        before = text[max(content, match.start() - 40) : match.start()]
        if "\n" in before[len(before.rstrip()) :] or before.rstrip()[-1:] in ":.;,":
            marks.append((match[1], match.start()))
    if len(marks) < 2:
        return Part(number, (span[0], end), (span[0], end))
    ends = [start for _, start in marks[1:]] + [end]
    items = tuple(
        (letter, (start, _rstrip(text, start, stop)))
        for (letter, start), stop in zip(marks, ends, strict=True)
    )
    return Part(number, (span[0], end), (span[0], _rstrip(text, span[0], marks[0][1])), items)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


_HEADLINE = re.compile(r"[A-Z][A-Z'., ()/-]{2,60}?(?:\.\s{0,20}\n|\.?\s{0,3}\n|\.\s{1,20})")
_NO_HEADLINE = re.compile(
    r"\b(?:ATTACKED|HIJACKED|BOARDED|APPROACHED|UNREPORTED|OVERDUE|INOPERATIVE|UNLIT|OPERATIONS"
    r"|EXERCISES|CANCEL|UNRELIABLE|OFF AIR|MISSING|DESTROYED|DAMAGED|ESTABLISHED|REPORTED"
    r"|REPORTS|M/V"
    r"|F/V|S/V|VESSELS?|IN PROGRESS|UNTIL|REQUESTED|ADRIFT|DISABLED|ARE|IS|HAS|HAVE|WILL"
    r"|BLOCKADE)\b"
)


def _prelude_end(text: str, start: int, end: int) -> int:
    """Where the geographic, topic and chart lines at the top of a message end."""
    at = start
    for _ in range(12):
        chart = _CHART.match(text, at, end)
        if chart:
            at = chart.end()
            rest = re.compile(r"(?: ?\([^)\n]{1,20}\))?[.\s]{1,20}").match(text, at, end)
            at = rest.end() if rest else at
            continue
        line = _HEADLINE.match(text, at, end)
        if not line or _NO_HEADLINE.search(line[0]) or line.end() >= end:
            break
        at = line.end()
    return at
