"""Whether it happened: the status of the deed in the sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from masthead.model import Document
from masthead.reports.reader import read_document

DAY = datetime(2024, 5, 3, tzinfo=UTC)

STATUSES = [
    ("Iran seized the tanker.", "asserted"),
    ("Iran is blockading the port of Aden.", "ongoing"),
    ("Pirates tried to board the tanker.", "attempted"),
    ("The navy will board the tanker tomorrow.", "planned"),
    ("The navy is to board the tanker on Friday.", "planned"),
    ("Iran offered to release the tanker.", "offered"),
    ("Oman asked Iran to release the tanker.", "requested"),
    ("Oman demanded the release of the tanker.", "requested"),
    ("Iran threatened to seize the tanker.", "threatened"),
    ("Iran would seize the tanker if it came closer.", "conditional"),
    ("Should the tanker sail, the navy will board it.", "conditional"),
    ("Iran denied having seized the tanker.", "denied"),
    ("Iran denied that it had seized the tanker.", "denied"),
    ("Iran did not seize the tanker.", "negated"),
    ("No ship has been boarded by the navy.", "negated"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_the_status_of_a_deed(text: str, status: str) -> None:
    events = read_document(Document(id="t", text=text, date=DAY, language="en")).events
    found = [e.status.value for e in events if e.incident]
    assert found, [(e.act, e.why) for e in events]
    assert found[0] == status, [e.why for e in events]
