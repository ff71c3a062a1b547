"""Sentences of one deed each, in the words of newswires and ministries, and what is read in them.

`probes.txt`: `act or incident; source; target[; status] | sentence`, several deeds joined by "&". A
source or target is a country or words of it; "-" is nobody, "*" anybody; "NONE" is no event.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from masthead.model import Actor, Document, Event
from masthead.reports.reader import read_document

LINES = (Path(__file__).parent / "probes.txt").read_text("utf-8").splitlines()
PROBES = [line.split("|", 1) for line in LINES if line and not line.startswith("#")]


def meant(key: str, actors: tuple[Actor, ...]) -> bool:
    """Whether the key of a probe fits the actors that were read."""
    if key in ("-", "*"):
        return key == "*" or not actors
    return any(a.country == key or key.lower() in a.text.lower() for a in actors)


def told(deed: str, events: tuple[Event, ...]) -> bool:
    """Whether one of the events is the deed of a probe."""
    act, source, target, *status = (part.strip() for part in deed.split(";"))
    return any(
        act in (e.act, e.incident)
        and meant(source, e.sources)
        and meant(target, e.targets)
        and (not status or e.status.value == status[0])
        for e in events
    )


@pytest.mark.parametrize(("wanted", "sentence"), PROBES, ids=[s.strip()[:60] for _, s in PROBES])
def test_a_sentence_is_read_as_it_is_meant(wanted: str, sentence: str) -> None:
    day = datetime(2025, 12, 22, tzinfo=UTC)
    events = read_document(Document(id="probe", text=sentence.strip(), date=day)).events
    if wanted.startswith("NONE"):
        assert not events
    else:
        for deed in wanted.split("&"):
            assert told(deed, events), [(e.act, e.incident, e.sources, e.targets) for e in events]
