"""The numbers by which an authority tells that two of its notices are of one incident.

UKMTO and desks like it number the *incident*: "WARNING 041-26" and "UPDATE 002" to it carry one
number. A navigational warning numbers the *message*: a later one that cancels it, and tells the
same deed again, takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from masthead.model import Event, Sense


@dataclass(frozen=True)
class Notice:
    """`number` is an authority's own in its `series` ("UKMTO 41/26"), `of_incident` whether its
    updates bear the same, `update` the update's number (0: the first word), `replaces` the messages
    that it cancels."""

    series: str
    number: str
    of_incident: bool
    update: int = 0
    replaces: frozenset[str] = frozenset()


def notice_of(event: Event) -> Notice | None:
    """The notice that tells an event; None for one without a number of its own."""
    told = event.details
    if event.sense is not Sense.NOTICE or not {"series", "number", "year"} <= told.keys():
        return None
    cancels = told.get("cancels")
    return Notice(
        series=str(told["series"]),
        number=f"{told['series']} {told['number']}/{int(str(told['year'])) % 100:02d}",
        of_incident=told.get("numbers") == "incident",
        update=int(str(told.get("update") or 0)),
        replaces=frozenset(map(str, cancels)) if isinstance(cancels, list) else frozenset(),
    )


def of_one_number(one: Notice | None, other: Notice | None) -> bool:
    """Whether two notices are the authority's first word of an incident and its updates."""
    return bool(one and other and one.of_incident and one.number == other.number)


def of_two_numbers(one: Notice | None, other: Notice | None) -> bool:
    """Whether one authority calls them two incidents."""
    if not (one and other and one.of_incident and other.of_incident):
        return False
    return one.series == other.series and one.number != other.number


def replaced(one: Notice | None, other: Notice | None) -> str | None:
    """The number of the one that the other cancels; None if neither does."""
    if one is None or other is None:
        return None
    for earlier, later in ((one, other), (other, one)):
        if earlier.number in later.replaces:
            return earlier.number
    return None
