"""The UK Sanctions List as CSV (a first line with the report's date, then the header, one row for
each name), and the older OFSI consolidated list (ConList.csv), whose columns are called otherwise.
Rows of one `Unique ID` (or `Group ID`) are one entry. Dates are day/month/year.
"""

from __future__ import annotations

import re
from pathlib import Path

from masthead.checks.screening.entries import Draft, EntryKind, NameKind, Parsed, Rejects
from masthead.checks.screening.lists.text import column_key, parse_day, read_text, records, rows

_KINDS: dict[str, EntryKind] = {
    "individual": "person", "entity": "organisation", "ship": "ship",
}  # fmt: skip
_IMO = re.compile(r"\bIMO\b\D{0,20}(\d{7})\b", re.I)
COLUMNS = {
    "id": ("uniqueid", "ofsigroupid", "groupid"),
    "kind": ("individualentityship", "designationtype", "grouptype"),
    "name type": ("nametype", "aliastype"),
    "strength": ("aliasstrength", "aliasquality"),
    "regime": ("regimename", "regime"),
    "listed": ("datedesignated", "uksanctionslistdatedesignated", "listedon"),
    "script": ("namenonlatinscript",),
    "imo": ("imonumber",),
    "ship type": ("typeofship",),
    "flag": ("currentbelievedflagofship",),
    "past flags": ("previousflags",),
    "country": ("addresscountry", "country"),
    "nationality": ("nationalityies", "nationality"),
    "other": ("otherinformation",),
}
"""What each thing is called in the two layouts, as `column_key`; the first that a file has."""


def load_uk(path: Path) -> Parsed:
    """The entries of a UK list. Raises `OSError`."""
    rejects = Rejects(str(path))
    body = rows(read_text(path), rejects)
    version = None
    for _, row in body:
        if "name6" in map(column_key, row):
            header = row
            break
        version = version or parse_day(" ".join(row))
    else:
        rejects.add("line 1", "has no column 'Name 6'")
        return Parsed([], version, [rejects])
    keys = set(map(column_key, header))
    column = {what: next((c for c in names if c in keys), "") for what, names in COLUMNS.items()}
    drafts: dict[str, Draft] = {}
    for line, record in records(header, body, rejects):
        key = record.get(column["id"], "")
        if not key:
            rejects.add(f"line {line}", "has no Unique ID or Group ID")
            continue
        _take(drafts.setdefault(key, Draft(key)), record, column)
    for draft in drafts.values():
        if draft.empty:
            rejects.add(f"entry {draft.id}", "has no name or number")
    return Parsed([d.finish() for d in drafts.values() if not d.empty], version, [rejects])


def _take(draft: Draft, row: dict[str, str], column: dict[str, str]) -> None:
    def cell(what: str) -> str:
        return row.get(column[what], "")

    draft.kind = _KINDS.get(cell("kind").casefold(), draft.kind)
    parts = [row.get(f"name{n}", "") for n in (1, 2, 3, 4, 5, 6)]
    name_type = cell("name type").casefold()
    kind: NameKind = "name" if name_type.startswith("primary name") or not name_type else "alias"
    if "low" in cell("strength").casefold() or "weak" in cell("strength").casefold():
        kind = "weak alias"
    if "fka" in name_type or "formerly" in name_type:
        kind = "former name"
    draft.add_name(" ".join(filter(None, parts)), kind)
    draft.add_name(cell("script"), "alias")
    draft.add_programme(cell("regime"))
    draft.listed(parse_day(cell("listed")))
    draft.add_imo(cell("imo"))
    if draft.kind == "ship" and (found := _IMO.search(cell("other"))):
        draft.add_imo(found[1])
    draft.ship_type = cell("ship type") or draft.ship_type
    for flag in (cell("flag"), *re.split(r"[|;,/]", cell("past flags"))):
        draft.add_flag(flag)
    draft.add_country(cell("country"))
    for nationality in re.split(r"[|;,/]|\(\d\)", cell("nationality")):
        draft.add_country(nationality)
