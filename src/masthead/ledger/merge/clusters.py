"""Matters into incidents, the same whatever order they come in.

Joins are taken from the surest down, unless something forbids it between any two members. A matter
that names no ship joins a named incident only if one fits clearly better than the next; what is
left is joined among itself. Both steps depend on the set of matters alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from masthead.ledger.merge.likeness import (
    NAMED_APART,
    Likeness,
    contradicts,
    forbids,
    likeness,
)
from masthead.ledger.merge.matters import Matter

CLEARLY = 0.05
"""How much better the best incident must fit an unnamed ship than the next."""

MOST_IN_BLOCK = 400
"""Matters of one block that are compared pair by pair; a larger block is no description."""

DAY, ALWAYS = "day:", "always:"
"""Blocks of a day: two ships with names are not compared there, but by their names. Blocks of a
name at all times: two matters with dates are not compared there, but in their spells."""

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


def blocks_of(matter: Matter) -> Iterator[str]:
    """The blocks that a matter lies in: only matters of one block are compared. A name or number is
    a block in each of two spells of `NAMED_APART`, of which any two matters that near in time share
    one, and one of all times, for what has no date."""
    moment = matter.first or matter.told
    keys = [*matter.names]
    if matter.name:
        keys += [f"name:{matter.name[:4]}", f"name={matter.name}"]
    spell = None if moment is None else moment.toordinal() // NAMED_APART.days
    for key in keys:
        yield f"{ALWAYS}{key}"
        if spell is not None:
            yield f"{key}@{spell}"
            yield f"{key}@{spell + 1}"
    if matter.document:
        yield f"doc:{matter.document}"
    if moment is not None:
        last = matter.last or moment
        day = moment - timedelta(days=1)
        while day.date() <= (last + timedelta(days=1)).date() and (day - moment).days < 8:
            for group in (matter.group, "any") if matter.group else ("any",):
                yield f"{DAY}{day.date()}:{group}:{matter.flag or ''}"
            day += timedelta(days=1)


class Blocks:
    """The matters by their ids and by block, and every pair of them that may be one incident."""

    def __init__(self) -> None:
        self.members: dict[str, dict[str, Matter]] = defaultdict(dict)
        self._of: dict[str, tuple[str, ...]] = {}
        self._edges: dict[Pair, Likeness] = {}
        self._seen: set[Pair] = set()
        self._outgrown: set[str] = set()
        self.matters: dict[str, Matter] = {}

    def add(self, matter: Matter) -> None:
        """Take a matter, and compare it with those of its blocks."""
        names = tuple(dict.fromkeys(blocks_of(matter)))
        self._of[matter.id] = names
        self.matters[matter.id] = matter
        for name in names:
            members = self.members[name]
            if len(members) < MOST_IN_BLOCK:
                for other in members.values():
                    if _counts(name, matter, other):
                        self._compare(matter, other)
            elif len(members) == MOST_IN_BLOCK:
                self._outgrown.add(name)
            members[matter.id] = matter

    def edges(self) -> dict[Pair, Likeness]:
        """The pairs with their likeness, but for those whose blocks have all grown too large to be
        a description: the same whatever order the matters came in."""
        if not self._outgrown:
            return self._edges
        return {pair: alike for pair, alike in self._edges.items() if self._holds(*pair)}

    def _compare(self, one: Matter, other: Matter) -> None:
        pair = ordered(one.id, other.id)
        if pair in self._seen:
            return
        self._seen.add(pair)
        alike = likeness(one, other)
        if alike is not None:
            self._edges[pair] = alike

    def _holds(self, one: str, other: str) -> bool:
        a, b = self.matters[one], self.matters[other]
        shared = set(self._of[one]) & set(self._of[other]) - self._outgrown
        return any(_counts(name, a, b) for name in shared)


def _counts(block: str, one: Matter, other: Matter) -> bool:
    """Whether a block is a reason to compare two of its matters."""
    if block.startswith(DAY):
        return not (one.name and other.name)
    if block.startswith(ALWAYS):
        return (one.first or one.told) is None or (other.first or other.told) is None
    return True


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
            if contradicts(x, y) or (x.known is y.known and forbids(x, y)):
                return
    a.members += b.members
    a.joined += [*b.joined, f"{one[:8]} and {other[:8]}: {grounds}"]
    for member in b.members:
        home[member.id] = a
