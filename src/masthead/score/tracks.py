"""Track events against what happened.

An event hits a happening of the same incident if they have a ship in common and overlap in time, or
miss each other by no more than `TOLERANCE_H` (the begin of a gap is the last position received,
which may be older than the moment the transmitter was switched off). Each counts once, the nearest
in time first. The place is no condition: its error is told.

An event that hits none so is right, too, if such a happening of another name is what its definition
means (`definitions.ALSO`). A happening that none hits so is told, too, by an event of its incident
that spans it and hits another of the same ship: a jump out and back is one event.

Only incidents for which there is a detector and which the truth logs are counted. An event of
another incident is neither right nor wrong. What was missed or made up is set beside what else the
same ship was found to do then, or did: the confusion table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from masthead.geo import distance_m
from masthead.model import Event, Sense, TrackSpan
from masthead.score.definitions import ALSO, Definitions
from masthead.score.figures import NOTHING, Figures, Table, confusion
from masthead.score.matching import match
from masthead.sim.truth import Happening
from masthead.tracks.registry import detectors

TOLERANCE_H = 2.0
SPANNED = timedelta(minutes=10)
"""By how much a happening may stick out of an event that spans it: a report's interval."""


def score_tracks(
    happenings: Sequence[Happening],
    events: Sequence[Event],
    *,
    definitions: Definitions | None = None,
    tolerance_h: float = TOLERANCE_H,
    period: tuple[datetime, datetime] | None = None,
) -> Table:
    """The table of track events, by these definitions (if not given, the detectors' defaults).
    Types that no happening has are left out, as the truth does not say whether they occurred;
    `period` leaves out what begins outside of it."""
    known = definitions or Definitions()
    logged = {h.incident for h in happenings} & set(detectors())
    truths = [h for h in happenings if h.incident in logged and _within(h.start, period)]
    found = [
        e for e in events
        if e.sense is Sense.TRACK and e.incident in logged and _within(_span(e)[0], period)
    ]  # fmt: skip
    slack = timedelta(hours=tolerance_h)

    def apart(happening: Happening, event: Event) -> float | None:
        if not set(happening.ships) & _ships(event):
            return None
        start, end = _span(event)
        if start > happening.end + slack or end < happening.start - slack:
            return None
        return abs((start - happening.start).total_seconds())

    def exact(happening: Happening, event: Event) -> float | None:
        return apart(happening, event) if happening.incident == event.incident else None

    def ships_of(happening: Happening) -> tuple[int, ...]:
        return happening.ships

    pairs = match(truths, found, exact, ships_of, _ships)
    told, right = {i for i, _ in pairs}, {j for _, j in pairs}
    told |= _spanned(truths, found, pairs, exact)
    right |= _right_otherwise(happenings, found, right, apart)
    missed = [h for i, h in enumerate(truths) if i not in told]
    made_up = [e for j, e in enumerate(found) if j not in right]
    mistaken = match(missed, made_up, apart, ships_of, _ships)
    mix = [(truths[i].incident, str(found[j].incident)) for i, j in pairs]
    mix += [(truths[i].incident,) * 2 for i in sorted(told - {i for i, _ in pairs})]
    mix += [(missed[i].incident, str(made_up[j].incident)) for i, j in mistaken]
    taken, given = {i for i, _ in mistaken}, {j for _, j in mistaken}
    mix += [(h.incident, NOTHING) for i, h in enumerate(missed) if i not in taken]
    mix += [(NOTHING, str(e.incident)) for j, e in enumerate(made_up) if j not in given]
    rows = []
    for name in sorted(logged):
        mine = [(truths[i], found[j]) for i, j in pairs if truths[i].incident == name]
        of_name = [i for i, h in enumerate(truths) if h.incident == name]
        heard = [i for i in of_name if truths[i].receivable]
        fit = [i for i in heard if known.fits(truths[i])]
        distances = [_distance_km(h, e) for h, e in mine]
        rows.append(
            Figures(
                name,
                true=len(of_name),
                found=sum(e.incident == name for e in found),
                hits=sum(found[j].incident == name for j in right),
                told=len(told.intersection(of_name)),
                named=len(mine),
                receivable=len(heard),
                receivable_hits=len(told.intersection(heard)),
                fit=len(fit),
                fit_told=len(told.intersection(fit)),
                time_errors_min=tuple(
                    abs((_span(e)[0] - h.start).total_seconds()) / 60.0 for h, e in mine
                ),
                place_errors_km=tuple(d for d in distances if d is not None),
            )
        )
    return Table("Tracks", tuple(rows), confusion(mix))


def _spanned(
    truths: Sequence[Happening],
    found: Sequence[Event],
    pairs: Sequence[tuple[int, int]],
    exact: Callable[[Happening, Event], float | None],
) -> set[int]:
    """The happenings that an event spans which hits another."""
    by_ship: dict[int, list[Event]] = {}
    for _, j in pairs:
        for mmsi in _ships(found[j]):
            by_ship.setdefault(mmsi, []).append(found[j])
    told = set()
    for i, happening in enumerate(truths):
        for event in (e for mmsi in happening.ships for e in by_ship.get(mmsi, ())):
            start, end = _span(event)
            inside = start - SPANNED <= happening.start and happening.end <= end + SPANNED
            if inside and exact(happening, event) is not None:
                told.add(i)
    return told


def _right_otherwise(
    happenings: Sequence[Happening],
    found: Sequence[Event],
    right: set[int],
    apart: Callable[[Happening, Event], float | None],
) -> set[int]:
    """The events that are right for a happening of another name."""
    by_ship: dict[int, list[Happening]] = {}
    for happening in happenings:
        for mmsi in happening.ships:
            by_ship.setdefault(mmsi, []).append(happening)
    also = set()
    for j, event in enumerate(found):
        names = ALSO.get(str(event.incident), ())
        if j not in right and any(
            h.incident in names and apart(h, event) is not None
            for mmsi in _ships(event)
            for h in by_ship.get(mmsi, ())
        ):
            also.add(j)
    return also


def _ships(event: Event) -> set[int]:
    named = {v.mmsi for v in event.objects if v.mmsi is not None}
    return named | {p.mmsi for p in event.evidence if isinstance(p, TrackSpan)}


def _span(event: Event) -> tuple[datetime, datetime]:
    spans = [p for p in event.evidence if isinstance(p, TrackSpan)]
    time = event.time
    start = time.earliest if time and time.earliest else min(p.start for p in spans)
    end = time.latest if time and time.latest else max(p.end for p in spans)
    return start, end


def _distance_km(happening: Happening, event: Event) -> float | None:
    place = event.place
    if happening.lat is None or happening.lon is None or place is None:
        return None
    if place.lat is None or place.lon is None:
        return None
    return distance_m(happening.lat, happening.lon, place.lat, place.lon) / 1000.0


def _within(moment: datetime, period: tuple[datetime, datetime] | None) -> bool:
    return period is None or period[0] <= moment <= period[1]
