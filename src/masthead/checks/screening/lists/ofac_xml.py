"""OFAC's classic XML (sdn.xml, consolidated.xml): `sdnList` with one `sdnEntry` an entry and the
list's own date in `publshInformation/Publish_Date` (so spelt), month first. It tells no date of
listing."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from masthead.checks.screening.entries import Draft, NameKind, Parsed, Rejects
from masthead.checks.screening.lists.ofac_csv import KINDS, read_remarks
from masthead.checks.screening.lists.text import parse_day
from masthead.checks.screening.lists.xml import child_text, children, elements

_ALIASES: dict[str, NameKind] = {"a.k.a.": "alias", "f.k.a.": "former name", "n.k.a.": "name"}


def load_ofac_xml(path: Path) -> Parsed:
    """The entries of a classic OFAC XML file. Raises `OSError`."""
    rejects = Rejects(str(path))
    entries, version = [], None
    for number, (name, element) in enumerate(
        elements(path, {"sdnEntry", "publshInformation"}, rejects), 1
    ):
        if name == "publshInformation":
            version = parse_day(child_text(element, "Publish_Date"), month_first=True)
            continue
        uid = child_text(element, "uid")
        draft = _entry(uid, element)
        if not uid or draft.empty:
            rejects.add(f"entry {number}", "has no uid" if not uid else "has no name or number")
        else:
            entries.append(draft.finish())
    return Parsed(entries, version, [rejects])


def _entry(uid: str, element: Element) -> Draft:
    draft = Draft(uid, KINDS.get(child_text(element, "sdnType").casefold(), "other"))
    draft.add_name(_name(element))
    for programme in children(element, "programList", "program"):
        draft.add_programme(programme.text)
    for aka in children(element, "akaList", "aka"):
        weak = child_text(aka, "category") == "weak"
        kind = "weak alias" if weak else _ALIASES.get(child_text(aka, "type"), "alias")
        draft.add_name(_name(aka), kind)
    for paper in children(element, "idList", "id"):
        kind_of = child_text(paper, "idType").casefold()
        number = child_text(paper, "idNumber")
        if "vessel registration" in kind_of or kind_of.startswith("imo"):
            draft.add_imo(number)
        elif kind_of == "mmsi":
            draft.add_mmsi(number)
    for vessel in children(element, "vesselInfo"):
        draft.add_call_sign(child_text(vessel, "callSign"))
        draft.ship_type = child_text(vessel, "vesselType") or None
        draft.add_flag(child_text(vessel, "vesselFlag"))
    for group, item in (("nationality", "nationality"), ("citizenship", "citizenship"),
                        ("address", "address")):  # fmt: skip
        for found in children(element, f"{group}List", item):
            draft.add_country(child_text(found, "country"))
    read_remarks(draft, child_text(element, "remarks"))
    return draft


def _name(element: Element) -> str:
    last, first = child_text(element, "lastName"), child_text(element, "firstName")
    return f"{last}, {first}" if first else last
