"""Report events against what was told.

An event hits a telling if it cites a part of the telling's sentence and is of the same type: the
incident where the sentence tells of one, else the act. What a reader should find is what the
sentence says, true or not: a seizure that never happened is read right if it is read as a seizure.
Each counts once, those with the same status, and then the same ship, first.

What was missed is set beside what else was read in the same sentence: the confusion table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from masthead.geo import distance_m
from masthead.model import Actor, Event, Sense, TextSpan, Vessel
from masthead.score.figures import NOTHING, Facet, Figures, Table, confusion
from masthead.score.matching import match
from masthead.sim.truth import Telling

WORDS = (Sense.REPORT, Sense.NOTICE)
Names = Mapping[str, frozenset[str]]
"""Of each side's key the words that mean it, in lower case: names, offices, country code."""
PLACE_SLACK_M = 5_000.0


def score_reports(
    tellings: Sequence[Telling], events: Sequence[Event], sides: Names | None = None
) -> Table:
    """The table of report and notice events. `sides` says how the sides that tellings name by
    their keys are called."""
    truths = [t for t in tellings if kind_of(t) is not None]
    documents = {t.document for t in tellings}
    found = [e for e in events if e.sense in WORDS and documents & {d for d, _, _ in _cited(e)}]
    pairs = match(truths, found, _exact, _document_of, _documents_of)
    hit_truths, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [t for i, t in enumerate(truths) if i not in hit_truths]
    made_up = [e for j, e in enumerate(found) if j not in hit_found]
    mistaken = match(missed, made_up, _overlap, _document_of, _documents_of)
    hits = [(truths[i], found[j]) for i, j in pairs]
    mix = [(str(kind_of(t)), str(kind_of(e))) for t, e in hits]
    mix += [(str(kind_of(missed[i])), str(kind_of(made_up[j]))) for i, j in mistaken]
    taken, given = {i for i, _ in mistaken}, {j for _, j in mistaken}
    mix += [(str(kind_of(t)), NOTHING) for i, t in enumerate(missed) if i not in taken]
    mix += [(NOTHING, str(kind_of(e))) for j, e in enumerate(made_up) if j not in given]
    names = sorted({str(kind_of(t)) for t in truths} | {str(kind_of(e)) for e in found})
    rows = []
    for name in names:
        mine = [(t, e) for t, e in hits if kind_of(t) == name]
        of_name = sum(kind_of(t) == name for t in truths)
        rows.append(
            Figures(
                name,
                true=of_name,
                found=sum(kind_of(e) == name for e in found),
                hits=len(mine),
                receivable=of_name,
                receivable_hits=len(mine),
                time_errors_min=tuple(
                    x for t, e in mine if (x := _time_error_min(t, e)) is not None
                ),
                place_errors_km=tuple(
                    x for t, e in mine if (x := _place_error_km(t, e)) is not None
                ),
            )
        )
    return Table("Reports", tuple(rows), confusion(mix), _facets(hits, sides or {}))


def read_as(tellings: Sequence[Telling], events: Sequence[Event]) -> list[tuple[Telling, Event]]:
    """Each telling that was read, with the event that it was read as."""
    truths = [t for t in tellings if kind_of(t) is not None]
    documents = {t.document for t in tellings}
    found = [e for e in events if e.sense in WORDS and documents & {d for d, _, _ in _cited(e)}]
    pairs = match(truths, found, _exact, _document_of, _documents_of)
    return [(truths[i], found[j]) for i, j in pairs]


def _overlap(telling: Telling, event: Event) -> float | None:
    most = max(
        (min(end, telling.end) - max(start, telling.start))
        for document, start, end in _cited(event)
        if document == telling.document
    )
    if most <= 0:
        return None
    wrong = (event.status is not telling.status) + 0.5 * (not _same_ship(telling, event))
    return wrong - most / 100_000.0


def _exact(telling: Telling, event: Event) -> float | None:
    return _overlap(telling, event) if kind_of(telling) == kind_of(event) else None


def _document_of(telling: Telling) -> tuple[str]:
    return (telling.document,)


def _documents_of(event: Event) -> set[str]:
    return {document for document, _, _ in _cited(event)}


def kind_of(record: Telling | Event) -> str | None:
    """The incident that a sentence tells of, else its act; None for one that tells of nothing."""
    return record.incident or record.act


def _cited(event: Event) -> list[tuple[str, int, int]]:
    """The spans an event cites, each with the file name of its document."""
    return [
        (PurePosixPath(p.document.replace("\\", "/")).name.split("#")[0], p.start, p.end)
        for p in event.evidence
        if isinstance(p, TextSpan)
    ]


def _facets(hits: Sequence[tuple[Telling, Event]], sides: Names) -> tuple[Facet, ...]:
    status = [t.status is e.status for t, e in hits]
    ships = [_same_ship(t, e) for t, e in hits if _named(t)]
    times = [_time_error_min(t, e) == 0.0 for t, e in hits if t.time]
    places = [
        (d := _place_error_km(t, e)) is not None
        and 1000.0 * d <= max(PLACE_SLACK_M, t.place.get("radius_m") or 0.0)
        for t, e in hits
        if t.place
    ]
    said = [bool(e.attribution) == bool(t.attribution) for t, e in hits]
    doers = [_meant(t.sources, _words_of(e.sources), sides) for t, e in hits if t.sources]
    targets = [_meant(t.targets, _words_of(e.targets), sides) for t, e in hits if t.targets]
    speakers = [
        _meant(t.attribution, [w for a in e.attribution for w in (a.who, a.country)], sides)
        for t, e in hits
        if t.attribution
    ]
    found = (
        ("status", status), ("who did it", doers), ("to whom", targets),
        ("ship's name or number", ships), ("time overlaps", times),
        ("place within its radius or 5 km", places), ("attributed or not", said),
        ("who says so", speakers),
    )  # fmt: skip
    return tuple(Facet(name, sum(right), len(right)) for name, right in found if right)


def _words_of(actors: Iterable[Actor]) -> list[str | None]:
    return [word for a in actors for word in (a.text, a.name, a.country)]


def _meant(told: Sequence[str], found: Iterable[str | None], sides: Names) -> bool:
    """Whether any of the parties told is among those found: by a side's country or one of its
    names, or by the same words (articles aside)."""
    wanted = {w for key in told for w in sides.get(key, frozenset({_bare(key)}))}
    return any(_bare(word) in wanted for word in found if word)


def _bare(words: str) -> str:
    return words.casefold().removeprefix("the ").strip()


def _named(telling: Telling) -> bool:
    return any(o.get("name") or o.get("mmsi") or o.get("imo") for o in telling.objects)


def _same_ship(telling: Telling, event: Event) -> bool:
    """Whether a ship that the telling names is among the event's, by any of its identities."""
    return any(_is(o, v) for o in telling.objects for v in event.objects)


def _is(told: dict[str, object], vessel: Vessel) -> bool:
    name = str(told.get("name") or "").casefold()
    return bool(
        (name and name == (vessel.name or "").casefold())
        or (told.get("imo") and told["imo"] == vessel.imo)
        or (told.get("mmsi") and told["mmsi"] == vessel.mmsi)
    )


def _time_error_min(telling: Telling, event: Event) -> float | None:
    """Minutes between the two spans of time, 0 where they overlap."""
    if not telling.time or event.time is None:
        return None
    early: datetime | None = telling.time.get("earliest")
    late: datetime | None = telling.time.get("latest")
    first, last = event.time.earliest, event.time.latest
    if first and late and first > late:
        return (first - late).total_seconds() / 60.0
    if last and early and last < early:
        return (early - last).total_seconds() / 60.0
    return 0.0 if (first or last) else None


def _place_error_km(telling: Telling, event: Event) -> float | None:
    place = event.place
    if not telling.place or place is None or place.lat is None or place.lon is None:
        return None
    return distance_m(telling.place["lat"], telling.place["lon"], place.lat, place.lon) / 1000.0
