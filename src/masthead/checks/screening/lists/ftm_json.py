"""FollowTheMoney entities as JSON lines, as OpenSanctions publishes them: nested
(targets.nested.json, the sanctions inside `properties.sanctions`) or flat (entities.ftm.json, the
sanctions as entities of their own that name theirs in `properties.entity`).

Listing is `listingDate`, else `startDate`; delisting the latest `endDate`, once every sanction has
one. `first_seen` is a day on which OpenSanctions had seen it. The list's date is the latest
`last_seen` of the file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from masthead.checks.screening.entries import Draft, EntryKind, NameKind, Parsed, Rejects
from masthead.checks.screening.lists.text import decode, parse_day

KINDS: dict[str, EntryKind] = {
    "Vessel": "ship", "Person": "person", "Company": "organisation",
    "Organization": "organisation", "LegalEntity": "organisation", "PublicBody": "organisation",
    "Airplane": "other", "Asset": "other", "Security": "other", "CryptoWallet": "other",
}  # fmt: skip
_NAMES: tuple[tuple[str, NameKind], ...] = (
    ("name", "name"), ("alias", "alias"), ("previousName", "former name"),
    ("weakAlias", "weak alias"),
)  # fmt: skip
LONGEST_LINE = 16 << 20


def load_ftm_json(path: Path) -> Parsed:
    """The entries of a file of entities, one a line. Raises `OSError`."""
    rejects = Rejects(str(path))
    drafts: dict[str, Draft] = {}
    sanctions: dict[str, list[Any]] = defaultdict(list)
    version: date | None = None
    for line, entity in _entities(path, rejects):
        schema, properties = entity.get("schema"), entity.get("properties")
        if not isinstance(properties, dict) or not isinstance(entity.get("id"), str):
            rejects.add(f"line {line}", "has no id, schema and properties")
        elif schema == "Sanction":
            for whose in texts(properties, "entity"):
                sanctions[whose].append(properties)
        elif schema in KINDS:
            seen = parse_day(entity.get("last_seen"))
            version = max(filter(None, (version, seen)), default=None)
            draft = _entry(entity, properties, KINDS[str(schema)])
            if draft.empty:
                rejects.add(f"line {line}", "has no name or number", draft.id)
                continue
            drafts[draft.id] = draft
            nested = properties.get("sanctions")
            for sanction in nested if isinstance(nested, list) else ():
                if isinstance(sanction, dict) and isinstance(sanction.get("properties"), dict):
                    sanctions[draft.id].append(sanction["properties"])
    for key, told in sanctions.items():
        if key in drafts:
            _sanctioned(drafts[key], told)
    return Parsed([draft.finish() for draft in drafts.values()], version, [rejects])


def texts(properties: dict[str, Any], name: str) -> list[str]:
    """A property's values that are text or stand for it (nested entities by their id)."""
    values = properties.get(name)
    found = values if isinstance(values, list) else [values]
    ids = (v.get("id") if isinstance(v, dict) else v for v in found)
    return [v for v in ids if isinstance(v, str)]


def _entities(path: Path, rejects: Rejects) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST_LINE):
            number += 1
            text = decode(raw).strip()
            if not text:
                continue
            try:
                entity = json.loads(text)
            except (ValueError, RecursionError) as error:
                rejects.add(f"line {number}", f"is no JSON ({type(error).__name__})", text)
                continue
            if isinstance(entity, dict):
                yield number, entity
            else:
                rejects.add(f"line {number}", "is no JSON object", text)


def _entry(entity: dict[str, Any], properties: dict[str, Any], kind: EntryKind) -> Draft:
    draft = Draft(entity["id"], kind)
    caption = entity.get("caption")
    draft.add_name(caption if isinstance(caption, str) else None)
    for name, name_kind in _NAMES:
        for text in texts(properties, name):
            draft.add_name(text, name_kind)
    for text in texts(properties, "imoNumber"):
        draft.add_imo(text)
    for text in texts(properties, "mmsi"):
        draft.add_mmsi(text)
    for text in texts(properties, "callSign"):
        draft.add_call_sign(text)
    for name in ("flag", "pastFlags"):
        for text in texts(properties, name):
            draft.add_flag(text)
    for name in ("country", "nationality", "jurisdiction", "citizenship"):
        for text in texts(properties, name):
            draft.add_country(text)
    for text in texts(properties, "programId") or texts(properties, "program"):
        draft.add_programme(text)
    if kind == "ship":
        draft.ship_type = next(iter(texts(properties, "type")), None)
    draft.seen_since = parse_day(entity.get("first_seen"))
    return draft


def _sanctioned(draft: Draft, told: list[dict[str, Any]]) -> None:
    ends: list[date | None] = []
    for sanction in told:
        for text in texts(sanction, "programId") or texts(sanction, "program"):
            draft.add_programme(text)
        begun = [parse_day(t) for t in texts(sanction, "listingDate")] or [
            parse_day(t) for t in texts(sanction, "startDate")
        ]
        for day in begun:
            draft.listed(day)
        ends.append(max(filter(None, map(parse_day, texts(sanction, "endDate"))), default=None))
    finished = [day for day in ends if day is not None]
    if finished and len(finished) == len(ends):
        draft.delisted_on = max(finished)
