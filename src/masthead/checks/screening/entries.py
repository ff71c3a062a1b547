"""What every list comes to, whatever its layout: entries with names, numbers and dates.

A loader fills a `Draft` from one or many rows and finishes it; nothing else makes a `ListEntry`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from masthead.checks.screening.nations import nation
from masthead.model import Reject

EntryKind = Literal["ship", "person", "organisation", "other"]
NameKind = Literal["name", "alias", "former name", "weak alias"]
FIRST_REJECTS = 5
_IMO = re.compile(r"(?<!\d)(\d{7})(?!\d)")
_MMSI = re.compile(r"(?<!\d)(\d{9})(?!\d)")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of one list. `names` are (text, kind), the main one first; `flags` and `countries`
    ISO 3166 alpha-3. `listed_on` and `delisted_on` are days the list itself tells; `seen_since` is
    a day on which the publisher had already seen it listed."""

    id: str
    kind: EntryKind
    names: tuple[tuple[str, NameKind], ...]
    imo: tuple[int, ...] = ()
    mmsi: tuple[int, ...] = ()
    call_signs: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    ship_type: str | None = None
    countries: tuple[str, ...] = ()
    programme: str | None = None
    listed_on: date | None = None
    delisted_on: date | None = None
    seen_since: date | None = None

    @property
    def name(self) -> str:
        """The main name; the id where it has none."""
        return self.names[0][0] if self.names else self.id


@dataclass
class Rejects:
    """Records of one file that could not be used: how many, by reason, and the first few."""

    path: str
    reasons: Counter[str] = field(default_factory=Counter)
    first: list[Reject] = field(default_factory=list)

    def add(self, where: str, reason: str, sample: str = "") -> None:
        """Count a record that cannot be used, and keep it if it is among the first."""
        self.reasons[reason] += 1
        if len(self.first) < FIRST_REJECTS:
            shown = " ".join(sample[:400].split())[:120]
            self.first.append(Reject(path=self.path, where=where, reason=reason, sample=shown))

    @property
    def count(self) -> int:
        return sum(self.reasons.values())


@dataclass
class Parsed:
    """What a loader found in a file (or in OFAC's several): entries, the date the file gives for
    itself, and what could not be used."""

    entries: list[ListEntry]
    version: date | None
    rejects: list[Rejects]


class Draft:
    """An entry in the making."""

    def __init__(self, identity: str, kind: EntryKind = "other") -> None:
        self.id = identity
        self.kind: EntryKind = kind
        self.ship_type: str | None = None
        self.listed_on: date | None = None
        self.delisted_on: date | None = None
        self.seen_since: date | None = None
        self._names: dict[str, NameKind] = {}
        self._imo: dict[int, None] = {}
        self._mmsi: dict[int, None] = {}
        self._call_signs: dict[str, None] = {}
        self._flags: dict[str, None] = {}
        self._countries: dict[str, None] = {}
        self._programmes: dict[str, None] = {}

    def add_name(self, text: str | None, kind: NameKind = "name") -> None:
        """A name; what is longer than 400 characters is no name."""
        flat = " ".join((text or "").split())
        if flat and len(flat) <= 400:
            self._names.setdefault(flat, kind)

    def add_imo(self, text: str | None) -> None:
        """Every run of seven digits in a text."""
        self._imo.update(dict.fromkeys(int(n) for n in _IMO.findall((text or "")[:2000])))

    def add_mmsi(self, text: str | None) -> None:
        """Every run of nine digits in a text."""
        self._mmsi.update(dict.fromkeys(int(n) for n in _MMSI.findall((text or "")[:2000])))

    def add_call_sign(self, text: str | None) -> None:
        sign = re.sub(r"[^A-Z0-9]", "", (text or "")[:40].upper())
        if 3 <= len(sign) <= 8:
            self._call_signs[sign] = None

    def add_flag(self, text: str | None) -> None:
        if code := nation(text):
            self._flags[code] = None

    def add_country(self, text: str | None) -> None:
        if code := nation(text):
            self._countries[code] = None

    def add_programme(self, text: str | None) -> None:
        flat = " ".join((text or "")[:300].split())
        if flat:
            self._programmes[flat] = None

    def listed(self, day: date | None) -> None:
        """A day of listing: the earliest counts."""
        if day is not None:
            self.listed_on = day if self.listed_on is None else min(day, self.listed_on)

    @property
    def empty(self) -> bool:
        """Whether nothing can ever match it."""
        return not (self._names or self._imo or self._mmsi or self._call_signs)

    def finish(self) -> ListEntry:
        return ListEntry(
            id=self.id[:200], kind=self.kind, names=tuple(self._names.items()),
            imo=tuple(self._imo), mmsi=tuple(self._mmsi), call_signs=tuple(self._call_signs),
            flags=tuple(self._flags), ship_type=(self.ship_type or "")[:80] or None,
            countries=tuple(self._countries), programme="; ".join(self._programmes) or None,
            listed_on=self.listed_on, delisted_on=self.delisted_on, seen_since=self.seen_since,
        )  # fmt: skip
