"""Which column of a table means what: known layouts, and own maps of columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from masthead import codes
from masthead.errors import MastheadError

NEEDED = ("mmsi", "t", "lat", "lon")
FIELDS = (
    *NEEDED, "sog", "cog", "heading", "status", "name", "imo", "call_sign", "ship_type",
    "length_m", "width_m", "draught_m", "destination", "kind",
)  # fmt: skip
"""The fields that a column may stand for; `kind` is the kind of station (ship, base station)."""


@dataclass(frozen=True)
class Layout:
    """A layout by name, and our field to the table's own column name."""

    name: str
    columns: dict[str, str]


@cache
def _known() -> dict[str, dict[str, str]]:
    """Of each layout: their column, normalised, to our field."""
    found: dict[str, dict[str, str]] = {}
    for row in codes.rows("track_columns.csv"):
        found.setdefault(row["layout"], {})[normal(row["column"])] = row["field"]
    return found


@cache
def status_words() -> dict[str, int]:
    """Navigational status in words, normalised, to its number."""
    return {normal(r["words"]): int(r["status"]) for r in codes.rows("navigational_status.csv")}


def normal(name: str) -> str:
    """A name for comparing: lower case, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def find_layout(header: Sequence[str], own: Mapping[str, str] | None = None) -> Layout | None:
    """The layout of a table with these column names, or None. A map of own columns (our field to
    theirs) goes before the known ones. Raises `MastheadError` for a map that does not fit."""
    names = {normal(column): column for column in reversed(header)}
    mapped = _own(header, own) if own else {}
    best: Layout | None = None
    most = 0
    for layout, known in _known().items():
        hits = {names[theirs]: field for theirs, field in known.items() if theirs in names}
        columns: dict[str, str] = {}
        for column, field in hits.items():
            if field in FIELDS:
                columns.setdefault(field, column)
        columns.update(mapped)
        if len(hits) > most and all(field in columns for field in NEEDED):
            best, most = Layout(layout, columns), len(hits)
    if best is None and all(field in mapped for field in NEEDED):
        best = Layout("own", mapped)
    if own and best is not None:
        best = Layout("own", best.columns)
    return best


def _own(header: Sequence[str], own: Mapping[str, str]) -> dict[str, str]:
    unknown = [field for field in own if field not in FIELDS]
    if unknown:
        raise MastheadError(f"columns: no field '{unknown[0]}'; the fields are {', '.join(FIELDS)}")
    exact = {column: column for column in header}
    loose = {normal(column): column for column in header}
    found = {}
    for field, column in own.items():
        theirs = exact.get(column) or loose.get(normal(column))
        if theirs is not None:
            found[field] = theirs
        elif field in NEEDED:
            raise MastheadError(
                f"columns: the table has no column '{column}' for {field}; "
                f"it has {', '.join(header)}"
            )
    return found
