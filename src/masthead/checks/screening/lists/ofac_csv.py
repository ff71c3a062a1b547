"""OFAC's SDN list as CSV: SDN.CSV with ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV beside it.

No file has a header; the columns are those of OFAC's data specification (dat_spec.txt): a null is
`-0-`; a vessel's IMO number, MMSI and former flags, and weak aliases, stand in Remarks, parted by
semicolons. The consolidated (non-SDN) files cons_prim, cons_alt, cons_add, cons_comments have the
same columns. None tells a date of listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from masthead.checks.screening.entries import Draft, EntryKind, NameKind, Parsed, Rejects
from masthead.checks.screening.lists.text import read_text, rows

SDN_COLUMNS = 12
KINDS: dict[str, EntryKind] = {
    "vessel": "ship", "individual": "person", "aircraft": "other", "": "organisation",
    "entity": "organisation",
}  # fmt: skip
ALIASES: dict[str, NameKind] = {"aka": "alias", "fka": "former name", "nka": "name"}
_QUOTED_NAME = re.compile(r"\b([afn])\.k\.a\.\s+'([^']{1,200})'")
_PROGRAMMES = re.compile(r"\]\s*\[|;")


def load_ofac_csv(paths: dict[str, Path]) -> Parsed:
    """The entries of an SDN.CSV (`paths["sdn"]`) with what its companions ("alt", "add",
    "comments") add. Rows of a companion that belong to no entry are rejects. Raises `OSError`."""
    rejects = {part: Rejects(str(path)) for part, path in paths.items()}
    drafts: dict[str, Draft] = {}
    for line, row in _rows(paths["sdn"], SDN_COLUMNS, rejects["sdn"]):
        if row[0] in drafts:
            rejects["sdn"].add(f"line {line}", "has the ent_num of an earlier row", row[1])
            continue
        drafts[row[0]] = _entry(row)
    companions = {"alt": (5, _alternate), "add": (6, _address), "comments": (2, _comment)}
    for part, (width, fill) in companions.items():
        if part not in paths:
            continue
        for line, row in _rows(paths[part], width, rejects[part]):
            draft = drafts.get(row[0])
            if draft is None:
                rejects[part].add(f"line {line}", "belongs to no entry of SDN.CSV", row[0])
            else:
                fill(draft, row)
    entries = [draft.finish() for draft in drafts.values() if not draft.empty]
    return Parsed(entries, None, list(rejects.values()))


def read_remarks(draft: Draft, remarks: str) -> None:
    """Take from Remarks what identifies: IMO, MMSI, call sign, flags, names, nationality."""
    for piece in remarks[:20_000].split(";"):
        text = piece.strip(" .")
        low = text.casefold().removeprefix("alt. ")
        if "registration identification" in low or low.startswith("imo "):
            draft.add_imo(text)
        elif low.startswith("mmsi"):
            draft.add_mmsi(text)
        elif low.startswith(("vessel call sign", "call sign")):
            draft.add_call_sign(text.rpartition(" ")[2])
        elif low.startswith("former vessel flag"):
            draft.add_flag(text[-len(low) :].removeprefix("Former Vessel Flag "))
        elif low.startswith(("nationality ", "citizen ")):
            draft.add_country(text.partition("ality " if "ality " in low else "izen ")[2])
    for which, name in _QUOTED_NAME.findall(remarks):
        draft.add_name(name, "former name" if which == "f" else "weak alias")


def _entry(row: list[str]) -> Draft:
    draft = Draft(row[0], KINDS.get(row[2].casefold(), "other"))
    draft.add_name(row[1])
    for programme in _PROGRAMMES.split(row[3]):
        draft.add_programme(programme.strip(" []"))
    draft.add_call_sign(row[5])
    draft.ship_type = row[6] or None
    draft.add_flag(row[9])
    read_remarks(draft, row[11])
    return draft


def _alternate(draft: Draft, row: list[str]) -> None:
    weak = "weak" in row[4].casefold()
    draft.add_name(row[3], "weak alias" if weak else ALIASES.get(row[2].casefold(), "alias"))


def _address(draft: Draft, row: list[str]) -> None:
    draft.add_country(row[4])


def _comment(draft: Draft, row: list[str]) -> None:
    read_remarks(draft, row[1])


def _rows(path: Path, width: int, rejects: Rejects) -> Iterator[tuple[int, list[str]]]:
    for line, row in rows(read_text(path), rejects):
        cells = ["" if cell.strip() == "-0-" else cell.strip() for cell in row]
        if len(cells) != width:
            rejects.add(f"line {line}", f"has {len(cells)} cells, {width} expected", "|".join(row))
        elif not cells[0].isdecimal():
            rejects.add(f"line {line}", "does not begin with a number (ent_num)", cells[0])
        else:
            yield line, cells
