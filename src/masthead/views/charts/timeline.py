"""The time line of a case: what is told of each kind of incident, and what the tracks show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from masthead import codes
from masthead.case import Case
from masthead.model import Event, Sense, Status
from masthead.views.charts.ground import COLOURS, INK

ROWS = 10
"""Kinds shown in each half, the commonest first."""

HAPPENED = (Status.ASSERTED, Status.ONGOING)


def draw_timeline(case: Case, events: Sequence[Event], path: Path) -> bool:
    """Draw the time line to an image file; its ending says the format. False (and no file) for a
    case without a dated event."""
    from matplotlib import dates
    from matplotlib.figure import Figure

    calendar: Any = dates  # has no types

    dated = [
        (e, moment) for e in events
        if e.incident and (moment := _moment(e)) is not None and _within(case, moment)
    ]  # fmt: skip
    if not dated:
        return False
    told = [(e, m) for e, m in dated if e.sense is not Sense.TRACK]
    seen = [(e, m) for e, m in dated if e.sense is Sense.TRACK]
    rows = [("told", kind) for kind in _kinds(told)] + [("seen", kind) for kind in _kinds(seen)]
    figure = Figure(figsize=(9, 1.2 + 0.34 * len(rows)), layout="constrained", facecolor="white")
    axes = figure.add_subplot()
    for n, (half, kind) in enumerate(rows):
        chosen = [(e, m) for e, m in (told if half == "told" else seen) if e.incident == kind]
        colour = COLOURS[0] if half == "told" else COLOURS[1]
        for done in (True, False):
            x = [calendar.date2num(m) for e, m in chosen if (e.status in HAPPENED) is done]
            # many marks at one place darken: each is faint
            axes.plot(x, [-n] * len(x), linestyle="", marker="|", markersize=13,
                      color=colour if done else "#888888", alpha=0.85 if half == "told" else 0.3,
                      markeredgewidth=1.6)  # fmt: skip
    axes.set_yticks([-n for n in range(len(rows))])
    axes.set_yticklabels(
        [f"{codes.incidents()[kind].label} ({_count(told if half == 'told' else seen, kind)})"
         for half, kind in rows], fontsize=8,
    )  # fmt: skip
    axes.set_ylim(-len(rows) + 0.4, 0.6)
    locator = calendar.AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(calendar.ConciseDateFormatter(locator))
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.tick_params(colors=INK, labelsize=8, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    divide = len(set(_kinds(told)))
    if told and seen:
        axes.axhline(-divide + 0.5, color=INK, linewidth=0.7)
    axes.set_title(f"{case.title}: told in reports (orange), seen in tracks (blue)", loc="left",
                   fontsize=11, color=INK, fontweight="bold")  # fmt: skip
    figure.savefig(path, dpi=110)
    return True


def _moment(event: Event) -> datetime | None:
    """The middle of the time of an event, or its one known end."""
    if event.time is None:
        return None
    first, last = event.time.earliest, event.time.latest
    if first is None or last is None or event.sense is Sense.TRACK:
        return first or last
    return first + (last - first) / 2


def _within(case: Case, moment: datetime) -> bool:
    return (case.start is None or case.start <= moment) and (
        case.until is None or moment <= case.until
    )


def _kinds(dated: Sequence[tuple[Event, datetime]]) -> list[str]:
    counts: dict[str, int] = {}
    for event, _ in dated:
        counts[str(event.incident)] = counts.get(str(event.incident), 0) + 1
    return sorted(counts, key=lambda k: (-counts[k], k))[:ROWS]


def _count(dated: Sequence[tuple[Event, datetime]], kind: str) -> int:
    return sum(e.incident == kind for e, _ in dated)
