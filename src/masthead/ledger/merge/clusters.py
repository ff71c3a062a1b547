"""Matters into incidents, the same whatever order they come in.

Joins are taken from the surest down, unless something forbids it between any two members. A matter
that names no ship joins a named incident only if one fits clearly better than the next; what is
left is joined among itself. Both steps depend on the set of matters alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from masthead.ledger.merge.likeness import Likeness, clash, contradicts, forbids
from masthead.ledger.merge.matters import Matter
from masthead.ledger.merge.numbered import of_one_number

CLEARLY = 0.05
"""How much better the best incident must fit an unnamed ship than the next."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Rulings:
    """What the user has ruled: pairs of event ids that are one incident, or are not."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass
class Cluster:
    """Matters joined, and why."""

    members: list[Matter]
    joined: list[str] = field(default_factory=list)


def ordered(one: str, other: str) -> Pair:
    """A pair of ids in order."""
    return (one, other) if one < other else (other, one)


def cluster(
    matters: Sequence[Matter], edges: Mapping[Pair, Likeness], rulings: Rulings
) -> list[Cluster]:
    """The matters joined, each in one cluster."""
    by_id = {m.id: m for m in matters}
    home = {m.id: Cluster([m]) for m in sorted(matters, key=lambda m: m.id)}
    for one, other in sorted(rulings.same):
        if one in home and other in home:
            _join(home, one, other, "you ruled that these are one", rulings, forced=True)
    ranked = sorted(edges.items(), key=lambda item: (-item[1].weight, item[0]))
    for (one, other), alike in ranked:
        if one in by_id and other in by_id and by_id[one].known and by_id[other].known:
            _join(home, one, other, alike.grounds, rulings)
    for one, target, grounds in _placed(matters, edges, home, by_id):
        _join(home, one, target, grounds, rulings)
    for (one, other), alike in ranked:
        if one in by_id and other in by_id and not (by_id[one].known or by_id[other].known):
            _join(home, one, other, alike.grounds, rulings)
    whole = {id(c): c for c in home.values()}
    return sorted(whole.values(), key=lambda c: min(m.id for m in c.members))


def _placed(
    matters: Sequence[Matter],
    edges: Mapping[Pair, Likeness],
    home: Mapping[str, Cluster],
    by_id: Mapping[str, Matter],
) -> list[tuple[str, str, str]]:
    """Each unnamed matter with the one named incident that it clearly fits best, and why."""
    fits: dict[str, dict[int, tuple[float, str, str]]] = defaultdict(dict)
    for (one, other), alike in edges.items():
        for mine, theirs in ((one, other), (other, one)):
            if mine not in by_id or theirs not in by_id:
                continue
            if by_id[mine].known or not by_id[theirs].known:
                continue
            key = id(home[theirs])
            option = (alike.weight, theirs, alike.grounds)
            known = fits[mine].get(key)
            if known is None or (option[0], known[1]) > (known[0], option[1]):
                fits[mine][key] = option
    chosen = []
    for mine in sorted(fits):
        ranked = sorted(fits[mine].values(), key=lambda o: (-o[0], o[1]))
        if len(ranked) == 1 or ranked[0][0] >= ranked[1][0] + CLEARLY:
            chosen.append((mine, ranked[0][1], ranked[0][2]))
    return chosen


def _join(
    home: dict[str, Cluster], one: str, other: str, grounds: str, rulings: Rulings,
    *, forced: bool = False,
) -> None:  # fmt: skip
    a, b = home[one], home[other]
    if a is b:
        return
    for x in a.members:
        for y in b.members:
            pair = ordered(x.id, y.id)
            if pair in rulings.different and not forced:
                return
            if forced or pair in rulings.same:
                continue
            if contradicts(x, y) or _kept_apart(x, y, a.members, b.members):
                return
    a.members += b.members
    a.joined += [*b.joined, f"{one[:8]} and {other[:8]}: {grounds}"]
    for member in b.members:
        home[member.id] = a


def _kept_apart(
    one: Matter, other: Matter, ours: Sequence[Matter], theirs: Sequence[Matter]
) -> bool:
    """Whether times, places or deeds keep two members of two clusters apart. Of notices with one
    number it is enough that one of them fits: an update may tell another deed, or correct a place.
    """

    def apart(x: Matter, y: Matter) -> bool:
        return bool(forbids(x, y)) if x.known is y.known else clash(x, y)

    if not apart(one, other):
        return False
    return not (one.numbered or other.numbered) or all(
        apart(x, y)
        for x in ours if x is one or of_one_number(x.notice, one.notice)
        for y in theirs if y is other or of_one_number(y.notice, other.notice)
    )  # fmt: skip
