"""The score's figures as the words of a table's cells."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.score.figures import NOTHING, Figures, Table

HEAD = (
    "type", "true", "found", "right", "precision", "recall", "F1", "receivable", "recall of these",
    "by definition", "recall of these", "time error", "place error",
)  # fmt: skip
MOST_CONFUSED = 20


def cells(row: Figures) -> tuple[str, ...]:
    """One row of figures."""
    return (
        row.name.replace("_", " "), str(row.true), str(row.found), str(row.hits),
        percent(row.precision), percent(row.recall), percent(row.f1), str(row.receivable),
        percent(row.receivable_recall), "–" if row.fit is None else str(row.fit),
        percent(row.fit_recall), minutes(row.time_error_min), kilometres(row.place_error_km),
    )  # fmt: skip


def percent(share: float | None) -> str:
    """A share in per cent; a dash for the share of nothing."""
    return "–" if share is None else f"{100.0 * share:.0f} %"


def minutes(value: float | None) -> str:
    """Minutes, or hours and days where they are many."""
    if value is None:
        return "–"
    if value < 120.0:
        return f"{value:.0f} min"
    return f"{value / 60.0:.1f} h" if value < 2880.0 else f"{value / 1440.0:.1f} d"


def kilometres(value: float | None) -> str:
    """Kilometres, with a decimal where they are few."""
    if value is None:
        return "–"
    return f"{value:.1f} km" if value < 100.0 else f"{value:.0f} km"


def mistakes(table: Table) -> Sequence[tuple[str, str, int]]:
    """What was taken for what, hits left out, the most frequent first; the whole confusion of a
    table that has only that."""
    wrong = [(t, f, n) for (t, f), n in table.confusion.items() if t != f]
    if not table.rows:
        return [(t.replace("_", " "), f.replace("_", " "), n) for t, f, n in wrong]
    both = sorted(wrong, key=lambda m: (NOTHING in m[:2], -m[2], m[0], m[1]))
    return [(t.replace("_", " "), f.replace("_", " "), n) for t, f, n in both[:MOST_CONFUSED]]
