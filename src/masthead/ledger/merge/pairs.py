"""Every pair of matters that may be one incident, found without looking at all pairs.

Matters of one name or number are compared where their times are near, matters of one document
always, and those without a ship's name by their description (`described`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from rapidfuzz import fuzz, process

from masthead.ledger.merge.clusters import Pair, ordered
from masthead.ledger.merge.described import Described
from masthead.ledger.merge.likeness import ALIKE, NAMED_APART, Likeness, likeness, same_name
from masthead.ledger.merge.matters import Matter

FIRST_LETTERS = 4
"""Letters in which two spellings of one name are taken to agree."""


class Pairs:
    """The matters by their ids, and the likeness of every pair that may be one incident."""

    def __init__(self) -> None:
        self.matters: dict[str, Matter] = {}
        self._blocks: dict[str, dict[str, Matter]] = defaultdict(dict)
        self._edges: dict[Pair, Likeness] = {}
        self._spellings = Spellings()
        self._described = Described()
        self._vague: set[str] = set()
        self.touched: set[str] = set()
        """Matters that are new, or whose pairs changed: for whoever asks to empty."""

    def add(self, matter: Matter) -> None:
        """Take a matter, and compare it with those of its name or number and of its document."""
        met: dict[str, Matter] = {}
        for block, looked_in in _blocks_of(matter, self._spellings):
            for name in looked_in:
                met |= self._blocks.get(name, {})
            for name in block:
                self._blocks[name][matter.id] = matter
        self.matters[matter.id] = matter
        self.touched.add(matter.id)
        for other in met.values():
            self._compare(matter, other)
        self._described.add(matter)

    def edges(self) -> dict[Pair, Likeness]:
        """The pairs with their likeness; a description that fits too many ships joins none."""
        for one, other in self._described.pairs():
            self._compare(one, other)
        vague = {m.id for m in self.matters.values() if self._described.vague(m)}
        lost, self._vague = vague - self._vague, vague
        if not vague:
            return self._edges
        self.touched.update(i for pair in self._edges if not lost.isdisjoint(pair) for i in pair)
        return {p: alike for p, alike in self._edges.items() if vague.isdisjoint(p)}

    def _compare(self, one: Matter, other: Matter) -> None:
        alike = likeness(one, other)
        if alike is not None:
            self._edges[ordered(one.id, other.id)] = alike
            self.touched |= {one.id, other.id}


class Spellings:
    """The names told so far, each with those that may be spellings of it. Spellings of one name
    agree in their first letters."""

    def __init__(self) -> None:
        self._begun: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[str, list[str]] = {}

    def of(self, name: str) -> list[str]:
        """A name and all that may be spellings of it; it is known from now on."""
        if name not in self._alike:
            begun = self._begun[name[:FIRST_LETTERS]]
            near = process.extract_iter(name, begun, scorer=fuzz.ratio, score_cutoff=100.0 * ALIKE)
            alike = [other for other, *_ in near if same_name(name, other)]
            for other in alike:
                self._alike[other].append(name)
            self._alike[name] = [name, *alike]
            begun.append(name)
        return self._alike[name]


def _blocks_of(
    matter: Matter, spellings: Spellings
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The blocks that a matter lies in, each with those in which it meets others. A name or number
    is a block in each of two spells of `NAMED_APART`, of which any two matters that near in time
    share one; what has no date meets all of that name, and all meet it. A notice
    lies in its own number and those that it takes the place of."""
    for key in matter.names:
        yield _spells(key, matter), _spells(key, matter, meets=True)
    if matter.name:
        met = (_spells(f"name:{n}", matter, meets=True) for n in spellings.of(matter.name))
        yield _spells(f"name:{matter.name}", matter), tuple(chain.from_iterable(met))
    if matter.notice:
        told = tuple(f"notice:{n}" for n in (matter.notice.number, *matter.notice.replaces))
        yield told, told
    if matter.document:
        block = (f"doc:{matter.document}",)
        yield block, block


def _spells(key: str, matter: Matter, *, meets: bool = False) -> tuple[str, ...]:
    """The blocks of a name or number that a matter lies in, or in which it meets others."""
    if matter.since is None:
        return (f"{key}@never", f"{key}@some") if meets else (f"{key}@never",)
    spell = matter.since.toordinal() // NAMED_APART.days
    return f"{key}@{spell}", f"{key}@{spell + 1}", f"{key}@never" if meets else f"{key}@some"
