"""OpenSanctions' simple CSV (targets.simple.csv): one row an entity, many values in one cell parted
by semicolons. It tells no date of listing, but when OpenSanctions first saw the entity."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

from masthead.checks.screening.entries import Draft, Parsed, Rejects
from masthead.checks.screening.lists.ftm_json import KINDS
from masthead.checks.screening.lists.text import column_key, parse_day, read_text, records, rows

NEEDED = ("id", "schema", "name")
_IMO = re.compile(r"(?:^|\bIMO\D{0,3})(\d{7})$", re.I)


def load_ftm_csv(path: Path) -> Parsed:
    """The entries of a simple CSV. Raises `OSError`."""
    rejects = Rejects(str(path))
    body = rows(read_text(path), rejects)
    _, header = next(body, (0, []))
    missing = [name for name in NEEDED if name not in map(column_key, header)]
    if missing:
        rejects.add("line 1", f"has no column {', '.join(missing)}", ",".join(header))
        return Parsed([], None, [rejects])
    entries, version = [], None
    for line, row in records(header, body, rejects):
        if row["schema"] not in KINDS:
            continue
        draft = _entry(row)
        if not row["id"] or draft.empty:
            rejects.add(f"line {line}", "has no id, or no name and number")
            continue
        seen: date | None = parse_day(row.get("lastseen"))
        version = max(filter(None, (version, seen)), default=None)
        entries.append(draft.finish())
    return Parsed(entries, version, [rejects])


def _entry(row: dict[str, str]) -> Draft:
    draft = Draft(row["id"], KINDS[row["schema"]])
    draft.add_name(row["name"])
    for alias in values(row.get("aliases", "")):
        draft.add_name(alias, "alias")
    for country in values(row.get("countries", "")):
        draft.add_country(country)
        if draft.kind == "ship":
            draft.add_flag(country)
    if draft.kind == "ship":
        for number in values(row.get("identifiers", "")):
            if found := _IMO.search(number):
                draft.add_imo(found[1])
            elif number.isdecimal() and len(number) == 9:
                draft.add_mmsi(number)
            elif re.fullmatch(r"[A-Z0-9]{4,6}", number) and not number.isdecimal():
                draft.add_call_sign(number)
    for programme in values(row.get("programids", "")) or values(row.get("sanctions", "")):
        draft.add_programme(programme)
    draft.seen_since = parse_day(row.get("firstseen"))
    return draft


def values(cell: str) -> list[str]:
    """The values of one cell: semicolons between them, quoted where one holds a semicolon."""
    if not cell:
        return []
    try:
        found = next(csv.reader([cell.replace("\n", " ").replace("\r", " ")], delimiter=";"), [])
    except csv.Error:
        found = cell.split(";")
    return [value.strip() for value in found if value.strip()]
