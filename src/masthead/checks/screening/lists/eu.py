"""The European Union's consolidated financial sanctions list, CSV version 1.1: semicolons, 118
columns, one row for each name, address, birth date or identity paper, with the columns of the
entity repeated. Rows of one `Entity_LogicalId` are one entry.

The day of listing is `Entity_DesignationDate`, or where that is empty the earliest
`Entity_Regulation_PublicationDate`.
"""

from __future__ import annotations

import re
from pathlib import Path

from masthead.checks.screening.entries import Draft, Parsed, Rejects
from masthead.checks.screening.lists.text import column_key, parse_day, read_text, records, rows

NEEDED = ("Entity_LogicalId", "NameAlias_WholeName")
_IMO = re.compile(r"\bIMO\b\D{0,20}(\d{7})\b", re.I)


def load_eu(path: Path) -> Parsed:
    """The entries of the EU's CSV. Raises `OSError`."""
    rejects = Rejects(str(path))
    body = rows(read_text(path), rejects, delimiter=";")
    _, header = next(body, (0, []))
    missing = [name for name in NEEDED if column_key(name) not in map(column_key, header)]
    if missing:
        rejects.add("line 1", f"has no column {', '.join(missing)}", ";".join(header))
        return Parsed([], None, [rejects])
    drafts: dict[str, Draft] = {}
    version = None
    for line, row in records(header, body, rejects):
        version = version or parse_day(row.get("filegenerationdate"))
        key = row["entitylogicalid"]
        if not key:
            rejects.add(f"line {line}", "has no Entity_LogicalId")
            continue
        draft = drafts.get(key)
        if draft is None:
            draft = drafts[key] = Draft(row.get("entityeureferencenumber") or key)
        _take(draft, row)
    found = [d.finish() for d in drafts.values() if not d.empty]
    for draft in drafts.values():
        if draft.empty:
            rejects.add(f"entity {draft.id}", "has no name or number")
    return Parsed(found, version, [rejects])


def _take(draft: Draft, row: dict[str, str]) -> None:
    kind = (row.get("entitysubjecttypeclassificationcode") or row.get("entitysubjecttype", "")
            ).casefold()  # fmt: skip
    if draft.kind != "ship":
        draft.kind = "person" if kind in ("person", "p") else "organisation"
    parts = (row.get(f"namealias{part}name", "") for part in ("first", "middle", "last"))
    draft.add_name(row["namealiaswholename"] or " ".join(filter(None, parts)))
    draft.add_programme(row.get("entityregulationprogramme"))
    designated = parse_day(row.get("entitydesignationdate"))
    draft.listed(designated or parse_day(row.get("entityregulationpublicationdate")))
    for column in ("addresscountryiso2code", "citizenshipcountryiso2code"):
        draft.add_country(row.get(column))
    paper = " ".join(
        row.get(f"identification{part}", "") for part in ("typecode", "typedescription")
    )
    number = row.get("identificationnumber", "")
    for words in (f"{paper} {number}", row.get("entityremark", ""), row.get("namealiasremark", "")):
        if "company" not in words.casefold() and (found := _IMO.search(words)):
            draft.add_imo(found[1])
            draft.kind = "ship"
