"""Matters that any chain of likenesses ties together: what is merged in one piece.

Nothing of one component can join another's, so each is worked out alone, and only again when it
changes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from masthead.ledger.merge.clusters import Pair, Rulings
from masthead.ledger.merge.likeness import Likeness
from masthead.ledger.merge.matters import Matter


@dataclass
class Component:
    """The matters, the likenesses between them, and what the user ruled on them."""

    matters: list[Matter] = field(default_factory=list)
    edges: dict[Pair, Likeness] = field(default_factory=dict)
    rulings: Rulings = field(default_factory=Rulings)

    def key(self, echoed: Mapping[str, str]) -> bytes:
        """A digest of all that its incidents depend on."""
        seen = hashlib.sha256()
        for matter in sorted(self.matters, key=lambda m: m.id):
            root = echoed.get(matter.document, matter.document)
            seen.update(f"{matter.id} {root}\n".encode())
        for one, other in sorted(self.edges):
            seen.update(f"{one} {other}\n".encode())
        for pairs in (self.rulings.same, self.rulings.different):
            seen.update(repr(sorted(pairs)).encode())
        return seen.digest()


def components(
    matters: Mapping[str, Matter], edges: Mapping[Pair, Likeness], rulings: Rulings
) -> Iterator[Component]:
    """The components, each matter in one of them."""
    above = {i: i for i in matters}

    def top(item: str) -> str:
        while above[item] != item:
            above[item] = above[above[item]]
            item = above[item]
        return item

    for one, other in (*edges, *rulings.same):
        above[top(one)] = top(other)
    found: dict[str, Component] = defaultdict(Component)
    for item, matter in matters.items():
        found[top(item)].matters.append(matter)
    for pair, alike in edges.items():
        found[top(pair[0])].edges[pair] = alike
    ruled: dict[str, tuple[set[Pair], set[Pair]]] = defaultdict(lambda: (set(), set()))
    for kind, pairs in enumerate((rulings.same, rulings.different)):
        for pair in pairs:
            for item in pair:
                ruled[top(item)][kind].add(pair)
    for item, (same, different) in ruled.items():
        found[item].rulings = Rulings(frozenset(same), frozenset(different))
    yield from found.values()
