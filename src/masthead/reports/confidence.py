"""How sure a reading is: a logistic function of what the reader went by.

The weights (`data/confidence.csv`) are fitted by `benchmarks/confidence.py` on the gold dispatches
that rules may be written for, so that of the events given 0.8 about eight in ten are right there.
On text of another kind the share will be lower; the order holds better than the number.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

from masthead import codes
from masthead.model import Event, Status
from masthead.reports.frames import Frame
from masthead.reports.scene import Step

SIGNS = (
    "tests", "source", "source_country", "source_name", "target", "target_country", "ship",
    "ship_name", "implicit", "noun", "hedged", "speech", "agreed",
)  # fmt: skip
"""What counts, in the order of `signs`; the last is the other parsers' word (`voting`)."""

ALONE = 0.7
"""What `agreed` counts as where one parser reads alone: its mean over the gold dispatches."""

LEAST, MOST = 0.05, 0.97


def signs(frame: Frame, event: Event) -> tuple[float, ...]:
    """What the reader went by, each between 0 and 1: see `SIGNS`, all but the last."""
    sources, targets, objects = event.sources, event.targets, event.objects
    parties = (*sources, *targets)
    return (
        min(3, len(frame.tests)) / 3,
        float(bool(sources)),
        float(any(a.country for a in sources)),
        float(any(a.text[:1].isupper() for a in sources)),
        float(bool(targets)),
        float(any(a.country for a in targets)),
        float(bool(objects)),
        float(any(v.name for v in objects)),
        float(any(a.implicit for a in parties)),
        float(frame.pos == "n"),
        float(event.status not in (Status.ASSERTED, Status.ONGOING)),
        float(event.act in ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE")),
    )


@cache
def _weights() -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in codes.rows("confidence.csv")}


def sure(step: Step, agreed: float | None = None) -> Step:
    """A step whose event says how sure its reading is. `agreed` is the share of the other parsers
    that read it too, None if there are none."""
    told = (*step.signs, ALONE if agreed is None else agreed)
    return replace(step, event=replace(step.event, confidence=confidence(told)), signs=told)


def confidence(values: tuple[float, ...]) -> float:
    """How likely a reading with these signs is right, 0 to 1."""
    weights = _weights()
    total = weights["bias"] + sum(weights[n] * v for n, v in zip(SIGNS, values, strict=True))
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 2)
