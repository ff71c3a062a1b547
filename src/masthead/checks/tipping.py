"""For what other times and places the tracks would tell another tale: a verdict's tipping point.

A contradicted report holds until the place moves into the ship's reach, or the time told is so
early or late that the ship could have come; one that the tracks do not bear out holds until the
time or the place is so wide that they would.
"""

from __future__ import annotations

from collections.abc import Callable

FINE_H = 0.5
"""How finely the hours are told."""

WIDER_H = (6.0, 12.0, 24.0, 48.0, 96.0)
WIDER_NM = (5.0, 10.0, 20.0, 40.0, 80.0)
"""By how much times and places that are told are taken to be wider, in turn."""

MOST_H = WIDER_H[-1]
"""How far off a time that is told is thought to be at most."""


def least_hours(holds: Callable[[float], bool]) -> float | None:
    """The least number of hours, up to `MOST_H`, from which on something no longer holds; None if
    it holds all the same. What fails once is taken to fail from there on."""
    if holds(MOST_H):
        return None
    low, high = 0.0, MOST_H
    while high - low > FINE_H:
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return high


def first_of(steps: tuple[float, ...], tips: Callable[[float], str | None]) -> tuple[float, str]:
    """The first step at which something tips, and what does it; 0 and nothing for none."""
    for step in steps:
        if (reason := tips(step)) is not None:
            return step, reason
    return 0.0, ""
