"""Which of many spans overlap a given one, without looking at all of them.

A long document has tens of thousands of ships and deeds; each is compared only with those that
stand in the same stretch of `BLOCK` characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

from masthead.model import Span


def meet(one: Span, other: Span) -> bool:
    """Whether two spans overlap."""
    return one[0] < other[1] and other[0] < one[1]


BLOCK = 512
"""Characters of a stretch: longer than nearly every span, and short beside a document."""


class Overlaps:
    """Spans, each of a kind; those of different kinds have nothing to do with each other."""

    def __init__(self, spans: Iterable[tuple[Hashable, Span]] = ()) -> None:
        self._blocks: dict[tuple[Hashable, int], set[Span]] = defaultdict(set)
        self.compared = 0
        """How many pairs of spans were looked at."""
        for kind, span in spans:
            self.add(kind, span)

    def add(self, kind: Hashable, span: Span) -> None:
        """Keep a span."""
        for block in _blocks(span):
            self._blocks[kind, block].add(span)

    def touch(self, kind: Hashable, span: Span) -> bool:
        """Whether a span of the kind overlaps this one."""
        start, end = span
        for block in _blocks(span):
            for a, b in self._blocks.get((kind, block), ()):
                self.compared += 1
                if start < b and a < end:
                    return True
        return False


def _blocks(span: Span) -> range:
    return range(span[0] // BLOCK, max(span[0], span[1] - 1) // BLOCK + 1)
