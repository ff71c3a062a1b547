"""The ships of one document: what a phrase says of its ship, and the name that it goes back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from masthead.model import Vessel
from masthead.reports.overlaps import meet
from masthead.reports.parse import Token, children
from masthead.reports.phrases import Mention
from masthead.reports.plain_ships import plain_vessel
from masthead.reports.scene import Scene
from masthead.reports.vessels import FoundVessel, is_naval


class Fleet:
    """The named ships of a document, in the order they were named."""

    def __init__(self) -> None:
        self.ships: list[Vessel] = []

    def vessel(self, scene: Scene, head: Token, mention: Mention) -> Vessel:
        """The ship of a phrase: what its words say of it, and the name that it goes back to."""
        found = scene.ship(head) if head.pos_ != "PRON" else None
        if head.pos_ == "PRON" and (again := scene.ship_at(mention.span)):
            found = replace(again, text=mention.text, span=mention.span)
        if found is None and head.pos_ == "NOUN":
            found = scene.ship_before(head, mention.span)
        if found is None:
            found = plain_vessel(head, mention)
        elif found.span is None or found.span[0] < mention.span[0]:
            found = replace(found, text=mention.text, span=mention.span)
        return found if found.name else self._named_before(head, mention, found)

    def meet(self, ships: Sequence[FoundVessel]) -> None:
        """Know the named ships of a paragraph."""
        named = [found.vessel for found in ships if found.vessel.name]
        self.ships = [*self.ships, *named][-60:]

    def _named_before(self, head: Token, mention: Mention, ship: Vessel) -> Vessel:
        """The ship with the name and numbers of the one that a pronoun, or "the tanker", means."""
        known: Vessel | None = None
        definite = any(c.lower_ in ("the", "this") for c in children(head))
        if head.pos_ == "PRON":
            known = next((v for v in self.ships if v.span and meet(v.span, mention.span)), None)
            definite = mention.text.lower().startswith(("the ", "this "))  # "it", "the vessel"
        if known is None and ship.count == 1 and definite:
            before = [v for v in self.ships if v.span and v.span < mention.span]
            fitting = [v for v in before if v.subtype == ship.subtype or _loose(v, ship)]
            if not is_naval(ship.subtype):  # who boards is not "the ship" that is boarded
                fitting = [v for v in fitting if not is_naval(v.subtype)] or fitting
            named = {v.name: v for v in fitting}
            known = next(iter(named.values())) if len(named) == 1 else None
        if known is None:
            return ship
        return replace(
            ship, name=known.name, imo=known.imo, mmsi=known.mmsi, call_sign=known.call_sign,
            flag=ship.flag or known.flag, subtype=ship.subtype or known.subtype,
        )  # fmt: skip


def _loose(named: Vessel, ship: Vessel) -> bool:
    """Whether a phrase that tells no type, or a ship named without one, may be the other."""
    return ship.subtype is None or named.subtype is None
