"""What dispatches call a state already named: "the Islamic republic", "the kingdom"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from masthead import codes
from masthead.reports.actor_tables.names import keys

_POINTING = ("the", "that", "this")


@cache
def _epithets() -> dict[tuple[str, ...], frozenset[str]]:
    return {
        keys(epithet): frozenset(row["countries"].split())
        for row in codes.rows("actors_epithets.csv")
        for epithet in row["epithet"].split("|")
    }


@lru_cache(maxsize=20_000)
def _fitting(phrase: str) -> frozenset[str] | None:
    """The states that a phrase can be an epithet of; None if it is none."""
    first, *words = keys(phrase) or ("",)
    return _epithets().get(tuple(words)) if first in _POINTING else None


def state_meant(phrase: str, named: Sequence[str]) -> str | None:
    """The state (ISO 3166 alpha-3) that an epithet means: the latest of the states named before,
    last one last, that fits; if none was named, the only state it can mean. None for other
    phrases."""
    fitting = _fitting(phrase)
    if fitting is None:
        return None
    for country in reversed(named):
        if country in fitting:
            return country
    return next(iter(fitting)) if len(fitting) == 1 else None
