"""Words to events: reports, statements, notices and warnings.

`read` gives the events of a text or a file; `code` says what one named party does to another in a
sentence.
"""

from __future__ import annotations

from datetime import date as calendar_date
from datetime import datetime
from pathlib import Path

from masthead.model import Event


def read(
    text_or_path: str | Path, date: datetime | calendar_date | str | None = None
) -> list[Event]:
    """The events of a text, or of a file if the string (or `Path`) names one that exists. `date`
    is what relative dates count from, unless the text says its own. Raises `SourceError` for a
    file that cannot be read."""
    from masthead.errors import SourceError
    from masthead.model import Document, parse_utc
    from masthead.reports.load import load, load_text
    from masthead.reports.reader import read_document

    day = parse_utc(date.isoformat() if not isinstance(date, str) else date) if date else None
    path = _existing(text_or_path)
    if path is None:
        if isinstance(text_or_path, Path):
            raise SourceError(text_or_path, "there is no such file")
        documents = [load_text(text_or_path, date=day)]
    else:
        documents = [item for item in load(path, date=day) if isinstance(item, Document)]
    return [event for document in documents for event in read_document(document).events]


def _existing(text_or_path: str | Path) -> Path | None:
    if isinstance(text_or_path, str) and (len(text_or_path) > 1024 or "\n" in text_or_path):
        return None
    path = Path(text_or_path)
    try:
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None


def code(sentence: str, source: str | None = None, target: str | None = None) -> list[Event]:
    """The acts of a sentence by the PLOVER manual, best first. `source` and `target` are the
    substrings whose interaction is asked for; with both, there is always a best guess."""
    from masthead.reports.between import code as read_code

    return read_code(sentence, source, target)
