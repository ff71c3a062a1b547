"""The figures of a score: counts, shares of them, and tables by type.

Precision is the share of what was found that is true, recall the share of what is true that was
found, F1 their harmonic mean. A share of nothing is None, never 0 or 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

NOTHING = "(nothing)"


@dataclass(frozen=True)
class Figures:
    """The figures of one type. `true`: how many there are; `told`: how many of these were found;
    `found`: how many events were given; `hits`: how many of these are right, `named` of them under
    the happening's own name. (They differ where one event tells of two happenings, or an event is
    right for a happening under another name.)
    `receivable` of the true ones could be seen, `receivable_hits` of these were found; `fit` of the
    receivable ones are also what the definition is of (long enough, near enough), `fit_told` of
    these were found. Errors are of the hits: of the begin, and of the place."""

    name: str
    true: int = 0
    found: int = 0
    hits: int = 0
    receivable: int = 0
    receivable_hits: int = 0
    told: int | None = None
    named: int | None = None
    fit: int | None = None
    fit_told: int = 0
    time_errors_min: tuple[float, ...] = ()
    place_errors_km: tuple[float, ...] = ()

    @property
    def precision(self) -> float | None:
        return share(self.hits, self.found)

    @property
    def recall(self) -> float | None:
        return share(self.hits if self.told is None else self.told, self.true)

    @property
    def receivable_recall(self) -> float | None:
        return share(self.receivable_hits, self.receivable)

    @property
    def fit_recall(self) -> float | None:
        return None if self.fit is None else share(self.fit_told, self.fit)

    @property
    def f1(self) -> float | None:
        precision, recall = self.precision, self.recall
        if precision is None and recall is None:
            return None
        both = (precision or 0.0) + (recall or 0.0)
        return 2.0 * (precision or 0.0) * (recall or 0.0) / both if both else 0.0

    @property
    def time_error_min(self) -> float | None:
        """The median error of the begin, in minutes."""
        return median(self.time_errors_min) if self.time_errors_min else None

    @property
    def place_error_km(self) -> float | None:
        """The median error of the place, in kilometres."""
        return median(self.place_errors_km) if self.place_errors_km else None


@dataclass(frozen=True)
class Facet:
    """Of the hits for which the truth says it, how many got one thing right (the status, the ship,
    the place …)."""

    name: str
    right: int
    told: int

    @property
    def share(self) -> float | None:
        return share(self.right, self.told)


@dataclass(frozen=True)
class Table:
    """The score of one sense: figures by type, the sum of all, what was taken for what (`(true,
    found)` to how often, `(nothing)` for what was missed or made up), and facets."""

    title: str
    rows: tuple[Figures, ...]
    confusion: dict[tuple[str, str], int] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    note: str = ""

    @property
    def total(self) -> Figures:
        return add(self.rows, "all")

    def row(self, name: str) -> Figures:
        """The figures of a type, all 0 if there is none."""
        return next((r for r in self.rows if r.name == name), Figures(name))


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None of nothing."""
    return part / whole if whole else None


def add(rows: Iterable[Figures], name: str) -> Figures:
    """The sum of figures."""
    rows = list(rows)
    return Figures(
        name,
        sum(r.true for r in rows),
        sum(r.found for r in rows),
        sum(r.hits for r in rows),
        sum(r.receivable for r in rows),
        sum(r.receivable_hits for r in rows),
        _sum(r.told for r in rows),
        _sum(r.named for r in rows),
        _sum(r.fit for r in rows),
        sum(r.fit_told for r in rows),
        tuple(x for r in rows for x in r.time_errors_min),
        tuple(x for r in rows for x in r.place_errors_km),
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [n for n in counts if n is not None]
    return sum(known) if known else None


def confusion(pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """How often each (true, found) pair of types occurs, in the order of types."""
    return dict(sorted(Counter(pairs).items()))
