"""What the tables of names say: the reader's one door to actors, ships, dates and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from masthead.model import Interval, Place, Span
from masthead.reports.actor_tables.table import ActorTable
from masthead.reports.actors import resolve
from masthead.reports.backends.names import NameFinder
from masthead.reports.dates import find_dates
from masthead.reports.phrases import Known
from masthead.reports.places import find_places
from masthead.reports.vessels import FoundVessel, find_vessels

_added: ActorTable | None = None
_finder: NameFinder | None = None


def use(actors: ActorTable | None) -> None:
    """Know these actors from now on, in this process: a case's own, over the shipped ones."""
    global _added
    if actors is not _added:
        _added = actors
        known.cache_clear()


@lru_cache(maxsize=20_000)
def known(phrase: str, date: datetime | None) -> Known:
    """Who a phrase means, on a date."""
    found = resolve(phrase, date, known=_added)
    sector = None if found.sector == "UNK" else found.sector
    if found.score <= 0.0:  # "the mission" is not of Mission, Texas
        return Known(None, None, sector, found.kind, found.score)
    return Known(found.name, found.country, sector, found.kind, found.score)


def use_names(finder: NameFinder | None) -> None:
    """Ask also this finder for the names of ships, in this process; None asks nobody else."""
    global _finder
    if finder is not _finder:
        _finder = finder
        _vessels.cache_clear()


@lru_cache(maxsize=8)
def _vessels(text: str) -> tuple[FoundVessel, ...]:
    found = find_vessels(text)
    if _finder is not None:
        free = [
            ship for ship in _finder.ships(text)
            if not any(ship.span[0] < f.span[1] and f.span[0] < ship.span[1] for f in found)
        ]  # fmt: skip
        found = sorted([*found, *free], key=lambda f: f.span)
    return tuple(found)


def ships(text: str, origin: int = 0) -> tuple[FoundVessel, ...]:
    """The ships of a text, their spans shifted by `origin`."""
    found = _vessels(text)
    return tuple(_shifted(ship, origin) for ship in found) if origin else found


def _shifted(found: FoundVessel, by: int) -> FoundVessel:
    span = found.vessel.span
    vessel = replace(found.vessel, span=(span[0] + by, span[1] + by) if span else None)
    return FoundVessel(
        (found.span[0] + by, found.span[1] + by),
        vessel,
        (found.head[0] + by, found.head[1] + by),
    )


@lru_cache(maxsize=2_000)
def dates(text: str, anchor: datetime, tense: str | None) -> tuple[tuple[Span, Interval], ...]:
    """The dates of a sentence."""
    return tuple(find_dates(text, anchor, tense=tense))


@lru_cache(maxsize=2_000)
def places(text: str) -> tuple[tuple[Span, Place], ...]:
    """The named places, bearings and positions of a sentence."""
    return tuple(find_places(text))


def place(text: str) -> Place | None:
    """The place that a phrase names, if a gazetteer has it."""
    for _, found in find_places(text):
        return Place(text=text, lat=found.lat, lon=found.lon, radius_m=found.radius_m,
                     geometry=found.geometry)  # fmt: skip
    return None
