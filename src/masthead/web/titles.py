"""One line that names an incident, an event, a ship or a document in a list."""

from __future__ import annotations

import re

from masthead import codes
from masthead.judgement import Incident
from masthead.model import Document, Event
from masthead.views import wording


def of_incident(incident: Incident) -> str:
    """As "Seizure: MV Anna (tanker), 2031-03-07"."""
    known = codes.incidents().get(incident.kind)
    what = known.label if known else incident.kind
    ship = wording.vessel(incident.vessel) if incident.vessel else "a ship"
    return f"{what[:1].upper()}{what[1:]}: {ship}, {wording.when(incident.time)}"


def of_event(event: Event) -> str:
    """As "seizure: Kestrian Navy (XKE) → MV Anna (tanker)"."""
    parties = wording.parties(event)
    return f"{wording.what(event)}: {parties}" if parties else wording.what(event)


_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,40}, [A-Z][a-z]+\.? \d{1,2} (?:\([^)]{2,40}\) )?[-–—]+ ")
"""As "PORT HALLAM, March 7 (Meridian Newswire) - ", with which every dispatch begins."""


def of_document(document: Document) -> str:
    """Its title, else its first line that is a sentence rather than a heading or a date, without
    its dateline."""
    lines = (wording.flat(line) for line in document.text[:5000].splitlines())
    first = next((line for line in lines if len(line) >= 40), document.text[:300])
    words = wording.flat(document.title or _DATELINE.sub("", first, count=1))
    return words if len(words) <= 100 else words[:99].rstrip() + "…"
