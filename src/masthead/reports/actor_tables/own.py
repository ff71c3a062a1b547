"""A case's own actors, over the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from masthead.reports.actor_tables.table import ActorTable


class Named(Protocol):
    """An actor as a case file names it."""

    @property
    def name(self) -> str:
        """Its first name."""

    @property
    def aliases(self) -> Iterable[str]:
        """Its other names."""

    @property
    def country(self) -> str | None:
        """ISO 3166 alpha-3."""

    @property
    def sector(self) -> str | None:
        """A PLOVER sector."""


def own_actors(actors: Iterable[Named]) -> ActorTable | None:
    """The table of the actors that a case names; None if it names none. An actor of a government
    with a country is that country: "Carthian navy" is then Carthia's."""
    rows: list[dict[str, str | None]] = [
        {
            "names": "|".join([actor.name, *actor.aliases]),
            "country": actor.country,
            "sector": actor.sector,
            "kind": "country" if actor.country and actor.sector in (None, "GOV") else "known",
        }
        for actor in actors
    ]
    return ActorTable().with_entries(rows) if rows else None
