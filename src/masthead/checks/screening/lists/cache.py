"""Lists that were parsed before, by the digest of their file; the cache may be deleted any time.

It lies in `$XDG_CACHE_HOME/masthead/lists` (`~/.cache/masthead/lists`) as compressed JSON lines.
What cannot be read, or was written by another version of Masthead, is parsed again.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from masthead import __version__, kept
from masthead.checks.screening.entries import ListEntry, Parsed, Rejects
from masthead.model import Reject

FORM = 1
"""Raised when a loader or the entry changes, so that older files are parsed again."""
_FIELDS = [f.name for f in fields(ListEntry)]
_DAYS = ("listed_on", "delisted_on", "seen_since")


def folder() -> Path:
    """Where parsed lists are kept."""
    return kept.folder() / "lists"


def recall(layout: str, digest: str) -> Parsed | None:
    """A list parsed before by this version; None if there is none that can be read."""
    try:
        with gzip.open(_path(layout, digest), "rt", encoding="utf-8") as file:
            head = json.loads(next(file))
            if head["made_by"] != [__version__, FORM]:
                return None
            entries = [_entry(json.loads(line)) for line in file]
    except (OSError, EOFError, ValueError, KeyError, TypeError, StopIteration):
        return None
    if len(entries) != head["entries"]:
        return None
    return Parsed(entries, _day(head["version"]), [_rejects(r) for r in head["rejects"]])


def store(layout: str, digest: str, parsed: Parsed) -> None:
    """Keep a parsed list. A cache that cannot be written is no error: it is parsed again."""
    target = _path(layout, digest)
    part = target.with_suffix(f".{os.getpid()}.part")
    head = {
        "made_by": [__version__, FORM], "entries": len(parsed.entries),
        "version": parsed.version, "rejects": [
            {"path": r.path, "reasons": r.reasons, "first": [vars(x) for x in r.first]}
            for r in parsed.rejects
        ],
    }  # fmt: skip
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(part, "wt", encoding="utf-8", compresslevel=1) as file:
            file.write(json.dumps(head, default=str) + "\n")
            for entry in parsed.entries:
                row = [getattr(entry, name) for name in _FIELDS]
                file.write(json.dumps(row, default=str) + "\n")
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)


def _path(layout: str, digest: str) -> Path:
    return folder() / f"{digest}-{layout.replace(' ', '-')}.jsonl.gz"


def _entry(row: list[Any]) -> ListEntry:
    values = dict(zip(_FIELDS, row, strict=True))
    for name in _DAYS:
        values[name] = _day(values[name])
    values["names"] = tuple((text, kind) for text, kind in values["names"])
    for name in ("imo", "mmsi", "call_signs", "flags", "countries"):
        values[name] = tuple(values[name])
    return ListEntry(**values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rejects(kept: dict[str, Any]) -> Rejects:
    return Rejects(kept["path"], Counter(kept["reasons"]), [Reject(**r) for r in kept["first"]])
