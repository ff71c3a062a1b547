"""Matters that any chain of likenesses ties together: what is merged in one piece.

Nothing of one component can join another's, so each is worked out alone, and only again when one
of its matters was touched.
"""

from __future__ import annotations

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
