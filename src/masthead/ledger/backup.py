"""A copy of a ledger that may be in use, by SQLite's own online backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from masthead.errors import LedgerError


def copy_to(source: Path, target: Path) -> None:
    """Copy `source` to `target`. The copy is made under another name and renamed when it is whole.
    Raises `LedgerError` if `target` is there already or cannot be written."""
    if target.exists():
        raise LedgerError(f"{target}: is there already; name another file")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as copy:
            live.backup(copy, pages=1000)
        part.rename(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise LedgerError(f"{target}: the copy could not be written ({error})") from error
