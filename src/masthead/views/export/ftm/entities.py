"""One FollowTheMoney entity: its id, schema, and properties within the lengths of their types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from masthead.model import Interval
from masthead.views.visible import shortened, visible, whole

LONGEST = {
    "name": 384, "mmsi": 64, "callSign": 64, "location": 250, "full": 250, "namesMentioned": 384,
    "description": 65_000, "summary": 65_000, "notes": 65_000, "bodyText": 65_000,
}  # fmt: skip
"""Characters a value may have, by the property's type in followthemoney 4 (`max_length`)."""

STRING = 1024
TEXTS = ("description", "summary", "notes", "bodyText")
"""Kept as they are, line by line; other values are brought to one line."""

Value = str | Iterable[str | None] | None


@dataclass
class Entity:
    """An entity; properties are lists of different values, in the order they came."""

    id: str
    schema: str
    properties: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: Value) -> None:
        """Add the value or values of a property; empty ones are left out."""
        for one in [value] if value is None or isinstance(value, str) else value:
            for piece in _pieces(name, one or ""):
                values = self.properties.setdefault(name, [])
                if piece not in values:
                    values.append(piece)


def entity(id_: str, schema: str, **properties: Value) -> Entity:
    """An entity with these properties."""
    made = Entity(id_, schema)
    for name, value in properties.items():
        made.add(name, value)
    return made


def key(kind: str, *parts: object) -> str:
    """A stable id of an entity that has none of its own: the same parts give the same id."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()
    return f"mh-{kind}-{digest[:24]}"


def dates(time: Interval | None) -> dict[str, str]:
    """The start and end of an interval, at its grain: a day has no hours."""
    found = {}
    if time is not None:
        by_day = time.precision in ("day", "week", "month", "year")
        for name, moment in (("startDate", time.earliest), ("endDate", time.latest)):
            if moment is not None:
                found[name] = date(moment) if by_day else moment.strftime("%Y-%m-%dT%H:%M:%S")
    return found


def date(moment: datetime) -> str:
    """A day in FollowTheMoney's form."""
    return moment.strftime("%Y-%m-%d")


@cache
def country_of(code: str | None) -> str | None:
    """ISO 3166 alpha-3 as FollowTheMoney's code, which is alpha-2 in small letters; None for a
    code that no country has (the states of a simulation)."""
    import pycountry

    found = pycountry.countries.get(alpha_3=code) if code else None
    return found.alpha_2.lower() if found else None


@cache
def language_of(code: str | None) -> str | None:
    """ISO 639-1 as FollowTheMoney's code, which is ISO 639-3."""
    import pycountry

    found = pycountry.languages.get(alpha_2=code) if code else None
    return str(found.alpha_3) if found else None


def _pieces(name: str, text: str) -> list[str]:
    limit = LONGEST.get(name, STRING)
    if name not in TEXTS:
        text = " ".join(visible(text).split())
        return [text[:limit]] if text else []
    text = whole(text).replace("\x00", "\u2400")
    if not text.strip():
        return []
    if name == "bodyText":  # to be searched: a set of pieces, as values have no order
        return [text[at : at + limit] for at in range(0, len(text), limit)]
    return [shortened(text, limit)]
