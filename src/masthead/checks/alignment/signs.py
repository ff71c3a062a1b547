"""How friendly an act is, from -1 to 1, and how much a telling of it counts.

By PLOVER's quad classes: material cooperation and conflict weigh 1, verbal ones 0.6; a request or
a consultation is contact, neither friendly nor hostile. A thing offered, asked for or planned
counts less than one done; what is denied or did not happen counts nothing.
"""

from __future__ import annotations

from masthead import codes
from masthead.model import Event, Status

QUAD = {1: 0.6, 2: 1.0, 3: -0.6, 4: -1.0}
OF_ACT = {"REQUEST": 0.0, "CONSULT": 0.1, "MOBILIZE": 0.0, "PROTEST": -0.6, "THREATEN": -0.8}
OF_STATUS = {
    Status.ASSERTED: 1.0, Status.ONGOING: 1.0, Status.OFFERED: 0.7, Status.THREATENED: 0.7,
    Status.ATTEMPTED: 0.7, Status.PLANNED: 0.5, Status.REQUESTED: 0.3, Status.CONDITIONAL: 0.3,
    Status.DENIED: 0.0, Status.NEGATED: 0.0,
}  # fmt: skip
BY_OTHERS = 0.5
"""What another side says that a state did counts half."""


def sign(event: Event) -> float:
    """The friendliness of an event's act, -1 to 1; 0 for none."""
    if event.act is None:
        return 0.0
    if event.act in OF_ACT:
        return OF_ACT[event.act]
    return QUAD[codes.acts()[event.act].quad]


def weight(event: Event, country: str) -> float:
    """How much a telling of what a state did counts, 0 to 1."""
    said_by = next((a.country for a in event.attribution if a.country), None)
    own = said_by in (None, country)
    return OF_STATUS[event.status] * (1.0 if own else BY_OTHERS)
