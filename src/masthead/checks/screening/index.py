"""All entries of all lists, to be asked by number, call sign, or a name nearly the same.

Names are blocked by rare keys: of a name's keys the rarest are taken first, until `MOST` names are
at hand, and only those are compared. So the time grows with the subjects, not with the product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import fuzz, process

from masthead.checks.screening.entries import ListEntry
from masthead.checks.screening.lists import WatchedList
from masthead.checks.screening.names import Name, keys, party_name, ship_name

MOST = 200
CLOSE = 86.0
"""Least similarity of two folded names, of 100 (one letter in seven)."""


class NameIndex:
    """The names of entries of some kinds."""

    def __init__(self, normal: Callable[[str], Name]) -> None:
        self._normal = normal
        self.names: list[tuple[Name, str, int]] = []
        self._buckets: dict[str, list[int]] = defaultdict(list)

    def add(self, text: str, kind: str, entry: int) -> None:
        name = self._normal(text)
        if len(name.compact) > 1:
            for key in keys(name):
                self._buckets[key].append(len(self.names))
            self.names.append((name, kind, entry))

    def near(self, text: str) -> Iterator[tuple[float, str, int]]:
        """(similarity 0 to 1, kind of the name, entry) of every name close to a text. Names with
        other numbers are never close: "Star 7" is not "Star 8"."""
        asked = self._normal(text)
        at_hand: dict[int, None] = {}
        buckets = [b for key in keys(asked) if (b := self._buckets.get(key))]
        for bucket in sorted(buckets, key=len):
            if at_hand and len(at_hand) + len(bucket) > MOST:
                break
            at_hand.update(dict.fromkeys(bucket[:MOST]))
        choices = {n: self.names[n][0].compact for n in at_hand}
        least = CLOSE if len(asked.compact) > 5 else 99.0
        for _, likeness, n in process.extract(
            asked.compact, choices, scorer=fuzz.ratio, score_cutoff=least, limit=None
        ):
            name, kind, entry = self.names[n]
            if name.numbers == asked.numbers:
                yield likeness / 100, kind, entry


class ListIndex:
    """The entries of all lists by what identifies them."""

    def __init__(self, lists: Sequence[WatchedList]) -> None:
        self.rows: list[tuple[WatchedList, ListEntry]] = []
        self.by_imo: dict[int, list[int]] = defaultdict(list)
        self.by_mmsi: dict[int, list[int]] = defaultdict(list)
        self.by_call_sign: dict[str, list[int]] = defaultdict(list)
        self.ships = NameIndex(ship_name)
        self.parties = NameIndex(party_name)
        for one in lists:
            for entry in one.entries:
                self._add(one, entry)

    def _add(self, one: WatchedList, entry: ListEntry) -> None:
        number = len(self.rows)
        self.rows.append((one, entry))
        for imo in entry.imo:
            self.by_imo[imo].append(number)
        for mmsi in entry.mmsi:
            self.by_mmsi[mmsi].append(number)
        for sign in entry.call_signs:
            self.by_call_sign[sign].append(number)
        index = {"ship": self.ships, "person": self.parties, "organisation": self.parties}.get(
            entry.kind
        )
        if index is not None:
            for text, kind in entry.names:
                index.add(text, kind, number)
