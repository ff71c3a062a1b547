"""OFAC's advanced XML (sdn_advanced.xml, root `Sanctions`): parties, identity documents and
sanctions entries in separate parts that point at one another by id; what an id means stands in
`ReferenceValueSets`. The only OFAC file that tells the day of listing (`EntryEvent/Date`)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from masthead.checks.screening.entries import Draft, EntryKind, NameKind, Parsed, Rejects
from masthead.checks.screening.lists.xml import child_text, children, elements

_KINDS: dict[str, EntryKind] = {
    "vessel": "ship", "individual": "person", "entity": "organisation", "aircraft": "other",
}  # fmt: skip
_SUBTYPES = {"1": "vessel", "2": "aircraft", "3": "entity", "4": "individual"}
_ALIASES: dict[str, NameKind] = {"a.k.a.": "alias", "f.k.a.": "former name", "n.k.a.": "name"}
_VALUES = {"AliasType", "FeatureType", "IDRegDocType", "PartySubType", "DetailReference"}
_PROGRAMME = "1"


def load_ofac_advanced(path: Path) -> Parsed:
    """The entries of an advanced OFAC XML file. Raises `OSError`."""
    rejects = Rejects(str(path))
    meaning: dict[tuple[str, str], str] = {}
    documents: dict[str, list[tuple[str, str]]] = defaultdict(list)
    drafts: dict[str, Draft] = {}
    version = None
    wanted = {*_VALUES, "DateOfIssue", "IDRegDocument", "DistinctParty", "SanctionsEntry"}
    for number, (name, element) in enumerate(elements(path, wanted, rejects), 1):
        if name in _VALUES:
            meaning[name, element.get("ID", "")] = (element.text or "").strip()
        elif name == "DateOfIssue":
            version = _day(element)
        elif name == "IDRegDocument":
            documents[element.get("IdentityID", "")].append(
                (meaning.get(("IDRegDocType", element.get("IDRegDocTypeID", "")), ""),
                 child_text(element, "IDRegistrationNo"))
            )  # fmt: skip
        elif name == "DistinctParty":
            profile = next(iter(children(element, "Profile")), None)
            key = profile.get("ID", "") if profile is not None else ""
            if profile is None or not key:
                rejects.add(f"element {number}", "is a party without a profile")
                continue
            drafts[key] = _party(key, profile, meaning, documents)
        else:
            _sanctioned(element, drafts)
    entries = [draft.finish() for draft in drafts.values() if not draft.empty]
    for key, draft in drafts.items():
        if draft.empty:
            rejects.add(f"profile {key}", "has no name or number")
    return Parsed(entries, version, [rejects])


def _party(
    key: str,
    profile: Element,
    meaning: dict[tuple[str, str], str],
    documents: dict[str, list[tuple[str, str]]],
) -> Draft:
    subtype = profile.get("PartySubTypeID", "")
    word = meaning.get(("PartySubType", subtype), "").casefold()
    draft = Draft(key, _KINDS.get(word) or _KINDS.get(_SUBTYPES.get(subtype, ""), "other"))
    for identity in children(profile, "Identity"):
        for alias in sorted(children(identity, "Alias"), key=lambda a: a.get("Primary") != "true"):
            kind: NameKind = "name" if alias.get("Primary") == "true" else _ALIASES.get(
                meaning.get(("AliasType", alias.get("AliasTypeID", "")), "").casefold(), "alias"
            )  # fmt: skip
            if alias.get("LowQuality") == "true":
                kind = "weak alias"
            for named in children(alias, "DocumentedName"):
                parts = children(named, "DocumentedNamePart", "NamePartValue")
                draft.add_name(" ".join((part.text or "").strip() for part in parts), kind)
        for kind_of, number in documents.get(identity.get("ID", ""), ()):
            low = kind_of.casefold()
            if "vessel registration" in low or low.startswith("imo"):
                draft.add_imo(number)
            elif low == "mmsi":
                draft.add_mmsi(number)
    for feature in children(profile, "Feature"):
        _feature(draft, feature, meaning)
    return draft


def _feature(draft: Draft, feature: Element, meaning: dict[tuple[str, str], str]) -> None:
    what = meaning.get(("FeatureType", feature.get("FeatureTypeID", "")), "").casefold()
    for detail in children(feature, "FeatureVersion", "VersionDetail"):
        value = (detail.text or "").strip() or meaning.get(
            ("DetailReference", detail.get("DetailReferenceID", "")), ""
        )
        if what == "vessel call sign":
            draft.add_call_sign(value)
        elif what == "vessel type":
            draft.ship_type = value or None
        elif what in ("vessel flag", "other vessel flag"):
            draft.add_flag(value)
        elif what == "mmsi":
            draft.add_mmsi(value)
        elif what in ("nationality country", "citizenship country"):
            draft.add_country(value)


def _sanctioned(element: Element, drafts: dict[str, Draft]) -> None:
    draft = drafts.get(element.get("ProfileID", ""))
    if draft is None:
        return
    for event in children(element, "EntryEvent", "Date"):
        draft.listed(_day(event))
    for measure in children(element, "SanctionsMeasure"):
        if measure.get("SanctionsTypeID") == _PROGRAMME:
            draft.add_programme(child_text(measure, "Comment"))


def _day(element: Element) -> date | None:
    try:
        year, month, day = (int(child_text(element, part)) for part in ("Year", "Month", "Day"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
