"""W3C Web Annotations (Recommendation of 2017-02-23), JSON-LD: one annotation an event.

Its targets are the event's spans in the document, each with a TextPositionSelector (characters,
that is Unicode code points, of the text as loaded) and a TextQuoteSelector (the words, with those
around them), so that a tool that has another rendering of the text still finds them. Its bodies are
the event in words, the whole record as JSON, and the analyst's marks on it, each with its time and
creator. Track events have no text and are left out. A mark on a document, or on an incident, is an
annotation of its own: of the document, or of the annotations of the incident's events.

A document is named `urn:masthead:document:NAME`; the address it came from, if known, is its `via`,
and its SHA-256 is given, for offsets count in that text and no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO
from urllib.parse import quote

from masthead import __version__
from masthead.ledger.marks import RULINGS, Mark, MarkKind
from masthead.model import Document, Event, TextSpan, to_json
from masthead.views import wording
from masthead.views.export.content import Content
from masthead.views.export.flat import stamp
from masthead.views.export.in_words import in_words
from masthead.views.export.provenance import mark_in_words, origin
from masthead.views.visible import whole

AROUND = 32
"""Characters of context before and after a quote."""

PURPOSES = {
    MarkKind.STAR: "bookmarking", MarkKind.NOTE: "commenting", MarkKind.CONFIRM: "assessing",
    MarkKind.DISPUTE: "assessing", MarkKind.MERGE: "identifying", MarkKind.SPLIT: "identifying",
}  # fmt: skip
"""What a mark is for, in the words of the Web Annotation Vocabulary (3.3.2)."""

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"masthead": "urn:masthead:"}]


def write(content: Content, what: frozenset[str], out: TextIO) -> None:
    """An AnnotationPage with an annotation a line."""
    source = origin(content)
    page = {
        "@context": CONTEXT, "id": f"urn:masthead:ledger:{source['ledger_head']}",
        "type": "AnnotationPage", "label": source["case"],
        "masthead:ledgerHead": source["ledger_head"],
    }  # fmt: skip
    out.write(whole(json.dumps(page, ensure_ascii=False)[:-1]) + ', "items": [')
    for number, item in enumerate(_items(content)):
        out.write(",\n" if number else "\n")
        out.write(whole(json.dumps(item, ensure_ascii=False)))
    out.write("\n]}\n")


def _items(content: Content) -> Iterator[dict[str, Any]]:
    read: dict[str, str] = {}
    for event in content.counted("events", content.events):
        name = next((p.document for p in event.evidence if isinstance(p, TextSpan)), None)
        if name is not None:
            marks = content.marked.on(event.id)
            yield annotation(event, content.documents[name], content.head, marks)
            read[event.id] = name
    for name in dict.fromkeys(read.values()):
        for mark in content.marked.on(name):
            yield _marking(mark, [_source(content.documents[name])], content.head)
    for mark, events in _on_incidents(content):
        yield _marking(mark, [_name(e) for e in events if e in read], content.head)


def _on_incidents(content: Content) -> Iterable[tuple[Mark, list[str]]]:
    """The marks on incidents, with their events; the rulings are on the events themselves."""
    found: dict[int, tuple[Mark, list[str]]] = {}
    for incident in content.incidents:
        for mark in content.marks_on(incident):
            if mark.kind not in RULINGS:
                found.setdefault(mark.id, (mark, []))[1].extend(incident.events)
    return found.values()


def _marking(mark: Mark, targets: Sequence[object], head: str) -> dict[str, Any]:
    """A mark that is on no event, as an annotation."""
    return {
        "id": f"urn:masthead:mark:{mark.made_at:%Y%m%dT%H%M%S}-{mark.id}", "type": "Annotation",
        "motivation": PURPOSES[mark.kind], **_made(mark), "body": _commented(mark),
        "target": targets, "masthead:ledgerHead": head,
    }  # fmt: skip


def annotation(
    event: Event, document: Document, head: str, marks: Sequence[Mark] = ()
) -> dict[str, Any]:
    """The annotation of one event that was read in a document."""
    bodies = [
        _body("describing", "text/plain", in_words(event, document.outlet)),
        _body("classifying", "application/json", to_json(event)),
        *map(_commented, marks),
    ]
    return {
        "id": _name(event.id),
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": f"urn:masthead:version:{__version__}", "type": "Software",
                      "name": f"Masthead {__version__}"},
        "body": bodies,
        "target": _targets(event, document),
        "masthead:status": str(event.status),
        "masthead:saidBy": wording.says(event),
        "masthead:ledgerHead": head,
    }  # fmt: skip


def _body(purpose: str, form: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "format": form, "value": value}


def _commented(mark: Mark) -> dict[str, Any]:
    return _body(PURPOSES[mark.kind], "text/plain", mark_in_words(mark)) | _made(mark)


def _made(mark: Mark) -> dict[str, Any]:
    """When a mark was made, and by whom: the ledger knows no more of the analyst."""
    return {"created": stamp(mark.made_at), "creator": {"type": "Person", "name": "The analyst"}}


def _name(event: str) -> str:
    return f"urn:masthead:event:{event}"


def _source(document: Document) -> dict[str, Any]:
    source: dict[str, Any] = {
        "id": f"urn:masthead:document:{quote(document.id, safe='', errors='replace')}",
        "type": "Text", "format": "text/plain", "masthead:sha256": document.digest,
    }  # fmt: skip
    if document.url and document.url.startswith(("http://", "https://")):
        source["via"] = quote(document.url, safe=":/?#[]@!$&'()*+,;=%~", errors="replace")
    return source


def _targets(event: Event, document: Document) -> list[dict[str, Any]]:
    source = _source(document)
    return [
        {
            "type": "SpecificResource",
            "source": source,
            "selector": _selectors(document.text, start, end),
            "masthead:role": role,
        }
        for role, (start, end), _ in _whose(event, document)
    ]


def _whose(event: Event, document: Document) -> Iterator[tuple[str, tuple[int, int], str | None]]:
    """The spans of the event in the document; evidence that cites another is left out."""
    others = {(p.start, p.end) for p in event.evidence
              if isinstance(p, TextSpan) and p.document != document.id}  # fmt: skip
    for role, span, words in event.spans():
        if role != "evidence" or span not in others:
            yield role, span, words


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": text[start:end],
         "prefix": text[max(0, start - AROUND):start], "suffix": text[end:end + AROUND]},
    ]  # fmt: skip
