"""What the tables say of one actor: its names, and what it was in which period.

All files `data/actors_*.csv` have the same columns: `names` (the first is the name shown, the rest
other spellings, `|` between them), `role`, `country`, `sector`, `from`, `to` (ISO dates, years or
months; both ends included; empty: open). Rows with the same first name are periods of one actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from masthead import codes
from masthead.errors import MastheadError

FILES = {
    "actors_seats.csv": "seat",
    "actors_organisations.csv": "organisation",
    "actors_forces.csv": "force",
    "actors_legislatures.csv": "legislature",
    "actors_agencies.csv": "agency",
    "actors_groups.csv": "group",
    "actors_media.csv": "media",
    "actors_companies.csv": "company",
    "actors_institutions.csv": "institution",
    "actors_leaders.csv": "person",
    "actors_ministers.csv": "person",
}
"""The files, and the kind of actor each holds. Where two know the same name, the first wins."""

_PUBLIC_OFFICE = ("GOV", "LEG", "JUD", "MIL", "PTY", "SPY", "COP", "IGO")
_RANK = {"GOV": 0, "MIL": 1, "REB": 1, "JUD": 2, "LEG": 3, "IGO": 3, "PTY": 5, "OPP": 5}


@dataclass(frozen=True, slots=True)
class Period:
    """What an actor was from `first` to `last` (days, both included; None: open).

    `country` is whom it acted for then: a prime minister who goes to head NATO acts for no state.
    """

    sector: str | None
    role: str | None = None
    country: str | None = None
    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day is in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor of the tables.

    `kind` is `country`, `demonym`, `capital`, or what `FILES` says; `country` is ISO 3166 alpha-3,
    None for international bodies and companies of no one state.
    """

    name: str
    country: str | None
    kind: str
    periods: tuple[Period, ...] = ()
    aliases: tuple[str, ...] = ()

    def period(self, when: datetime | date | None) -> Period | None:
        """What the actor was on the day; without a day, what it was last known to be.

        Of several roles held at once the highest counts. None: not yet anything on that day, or
        no longer.
        """
        if not self.periods:
            return None
        if when is None:
            latest = max(p.last or date.max for p in self.periods)
            if latest < date.max:
                return None
            held = [p for p in self.periods if (p.last or date.max) == latest]
        else:
            day = when.date() if isinstance(when, datetime) else when
            held = [p for p in self.periods if p.holds_on(day)]
        return min(held, key=lambda p: _RANK.get(p.sector or "", 4), default=None)

    def country_on(self, when: datetime | date | None) -> str | None:
        """The country the actor stood for on the day."""
        found = self.period(when)
        return self.country if found is None or not found.role else found.country

    def sector(self, when: datetime | date | None) -> str | None:
        """The PLOVER sector on the day. One who held public office before it and no longer does is
        of the former elite (ELI); of one who had none yet, nothing is known."""
        found = self.period(when)
        if found is not None:
            return found.sector
        if self.kind != "person":
            return self.periods[-1].sector if self.periods else None
        day = date.max if when is None else when.date() if isinstance(when, datetime) else when
        left = [p for p in self.periods if p.last is not None and p.last < day]
        if any(p.sector in _PUBLIC_OFFICE for p in left):
            return "ELI"
        return left[-1].sector if left else None


def parse_day(text: str, *, end: bool) -> date | None:
    """A date, month or year of a table as a day: its first, or with `end` its last."""
    if not text:
        return None
    parts = [int(part) for part in re.split("-", text)]
    year, month, day = (*parts, None, None)[:3]
    if year is None:  # pragma: no cover - split gives one part at least
        return None
    if month is None:
        return date(year, 12, 31) if end else date(year, 1, 1)
    if day is not None:
        return date(year, month, day)
    if not end:
        return date(year, month, 1)
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def entries_of(rows: Iterable[Mapping[str, str | None]], kind: str) -> list[ActorEntry]:
    """Rows with the columns above as entries; rows of one first name make one entry.

    Raises `MastheadError` where a row has no name, a sector PLOVER does not have, or a date that
    cannot be read.
    """
    gathered: dict[str, ActorEntry] = {}
    for number, row in enumerate(rows, 1):
        names = [n.strip() for n in (row.get("names") or "").split("|") if n.strip()]
        sector = row.get("sector") or None
        country = row.get("country") or None
        if not names:
            raise MastheadError(f"actor row {number}: no names given")
        if sector is not None and sector not in codes.sectors():
            raise MastheadError(
                f"actor {names[0]!r}: no PLOVER sector {sector!r}; the sectors are "
                f"{', '.join(codes.sectors())}"
            )
        try:
            period = Period(
                sector,
                row.get("role") or None,
                country,
                parse_day(row.get("from") or "", end=False),
                parse_day(row.get("to") or "", end=True),
            )
        except ValueError as error:
            raise MastheadError(
                f"actor {names[0]!r}: a date should be YYYY, YYYY-MM or YYYY-MM-DD ({error})"
            ) from error
        old = gathered.get(names[0])
        gathered[names[0]] = ActorEntry(
            names[0],
            country if old is None else old.country or country,
            row.get("kind") or kind,
            (*old.periods, period) if old else (period,),
            tuple(dict.fromkeys((*(old.aliases if old else ()), *names[1:]))),
        )
    return list(gathered.values())


@cache
def shipped() -> tuple[ActorEntry, ...]:
    """All actors of the data files."""
    return tuple(
        entry for file, kind in FILES.items() for entry in entries_of(codes.rows(file), kind)
    )
