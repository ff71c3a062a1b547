"""What a navigational warning is about, in the maritime vocabulary: the table
`data/notice_subjects.csv`, read from the top; ships' names are taken out first, so that a fishing
vessel named BLOCKADE RUNNER declares no blockade."""

from __future__ import annotations

import re
from functools import cache

from masthead import codes
from masthead.reports.notices.ships import without_names


@cache
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["incident"], re.compile(row["words"])) for row in codes.rows("notice_subjects.csv")
    )


def read_subject(text: str) -> str:
    """The incident that a part of a warning is about; `other_warning` where no word tells."""
    words = " ".join(without_names(text).split()).upper()[:5_000]
    for incident, pattern in _table():
        if pattern.search(words):
            return incident
    return "other_warning"
