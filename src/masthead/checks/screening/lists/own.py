"""A list of one's own: a CSV (commas or semicolons) with a header; only `name`, `imo`, `mmsi` or
`call_sign` is needed, the rest may be left out:

    id,kind,name,aliases,former_names,imo,mmsi,call_sign,flag,type,country,programme,listed_on,delisted_on

`kind` is ship, person or organisation (a ship, if the row has a ship's number; else organisation);
several values stand in one cell with `|` between. A line before the header that begins with `#` is
a comment; a date in it is the list's date.
"""

from __future__ import annotations

from pathlib import Path

from masthead.checks.screening.entries import Draft, EntryKind, Parsed, Rejects
from masthead.checks.screening.lists.text import column_key, parse_day, read_text, records, rows

NEEDED = ("name", "imo", "mmsi", "callsign")
KINDS: dict[str, EntryKind] = {
    "ship": "ship", "vessel": "ship", "person": "person", "individual": "person",
    "organisation": "organisation", "organization": "organisation", "company": "organisation",
    "entity": "organisation",
}  # fmt: skip


def load_own(path: Path) -> Parsed:
    """The entries of an own CSV. Raises `OSError`."""
    rejects = Rejects(str(path))
    text, version, comments = read_text(path), None, 0
    while text.startswith("#"):
        comment, _, text = text.partition("\n")
        version = version or parse_day(comment)
        comments += 1
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    body = rows(text, rejects, delimiter=delimiter, first_line=comments + 1)
    _, header = next(body, (0, []))
    if not set(NEEDED) & set(map(column_key, header)):
        wanted = ", ".join(("name", "imo", "mmsi", "call_sign"))
        rejects.add(f"line {comments + 1}", f"has no column {wanted}", first)
        return Parsed([], version, [rejects])
    entries = []
    for line, row in records(header, body, rejects):
        draft = _entry(row, line)
        if draft.empty:
            rejects.add(f"line {line}", "has no name or number", "|".join(row.values()))
        else:
            entries.append(draft.finish())
    return Parsed(entries, version, [rejects])


def _entry(row: dict[str, str], line: int) -> Draft:
    numbered = any(row.get(c) for c in ("imo", "mmsi", "callsign"))
    default: EntryKind = "ship" if numbered else "organisation"
    draft = Draft(
        row.get("id") or f"line {line}", KINDS.get(row.get("kind", "").casefold(), default)
    )
    draft.add_name(row.get("name"))
    for name in row.get("aliases", "").split("|"):
        draft.add_name(name, "alias")
    for name in row.get("formernames", "").split("|"):
        draft.add_name(name, "former name")
    draft.add_imo(row.get("imo"))
    draft.add_mmsi(row.get("mmsi"))
    for sign in row.get("callsign", "").split("|"):
        draft.add_call_sign(sign)
    for flag in row.get("flag", "").split("|"):
        draft.add_flag(flag)
    for country in row.get("country", "").split("|"):
        draft.add_country(country)
    draft.ship_type = row.get("type") or None
    draft.add_programme(row.get("programme") or row.get("program"))
    draft.listed(parse_day(row.get("listedon")))
    draft.delisted_on = parse_day(row.get("delistedon"))
    return draft
