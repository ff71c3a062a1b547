"""Which of the analyst's marks a thing bears.

An event, document or ship bears the marks that name it; an event also the rulings that it was part
of. Ids of incidents change with their events, so an incident bears a mark that names it, a ruling
on any of its events, and a mark made on an incident half of whose events, or more, it has now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from masthead.ledger.marks import RULINGS, Mark


class Marked:
    """The marks that stand, by what bears them; each list is in the order they were made."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.all = tuple(marks)
        self._named: dict[str, list[Mark]] = {}
        self._grouped: dict[str, list[Mark]] = {}
        for mark in self.all:
            events = [e for group in mark.groups for e in group]
            named = (mark.about, *mark.others, *(events if mark.kind in RULINGS else ()))
            for name in dict.fromkeys(named):
                self._named.setdefault(name, []).append(mark)
            for event in dict.fromkeys(events):
                self._grouped.setdefault(event, []).append(mark)

    def on(self, *names: str) -> list[Mark]:
        """The marks on a thing of these ids: an event, a document, a ship by its numbers."""
        return _ordered(m for name in names for m in self._named.get(name, ()))

    def on_incident(self, incident: str, events: Collection[str]) -> list[Mark]:
        """The marks on an incident that has these events."""
        own = frozenset(events)
        held = [m for e in own for m in self._grouped.get(e, ()) if _holds(m, own)]
        return _ordered([*self._named.get(incident, ()), *held])


def _holds(mark: Mark, own: frozenset[str]) -> bool:
    then = {e for group in mark.groups for e in group}
    return mark.kind in RULINGS or 2 * len(then & own) >= len(then)


def _ordered(marks: Iterable[Mark]) -> list[Mark]:
    return [m for _, m in sorted({m.id: m for m in marks}.items())]
