"""A case's ships and actors against its lists, with whether they were listed on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from masthead.case import Case
from masthead.checks.screening.entries import ListEntry
from masthead.checks.screening.hits import ListedAt, ListHit
from masthead.checks.screening.index import ListIndex
from masthead.checks.screening.lists import WatchedList, load_lists
from masthead.checks.screening.matching import matches
from masthead.checks.screening.subjects import Subject, subjects_of
from masthead.ledger import Ledger

LEAST = 0.5
"""Least score of a hit that is told: a name alone is (0.6), another ship's IMO number is not."""
Progress = Callable[[str, int, int | None], None]


def lists_of(case: Case) -> list[WatchedList]:
    """The lists of a case, parsed or recalled. Raises `SourceError`."""
    return [
        one
        for source in case.watchlists
        for one in load_lists(case.resolve(source.path), source.name, source.format)
    ]


def screen(
    case: Case,
    ledger: Ledger,
    on: date | None = None,
    *,
    least: float = LEAST,
    lists: Sequence[WatchedList] | None = None,
    progress: Progress | None = None,
) -> list[ListHit]:
    """The hits of a case with a score of `least` or more, best first. `on` is the day asked about;
    without it each hit answers for the day of its events, and one subject may have several hits
    with an entry where the answer changes between its events. Raises `SourceError`."""
    held = lists_of(case) if lists is None else lists
    default = case.until.date() if case.until else None
    return screen_subjects(
        subjects_of(case, ledger), held, on, default=default, least=least, progress=progress
    )


def screen_subjects(
    subjects: Sequence[Subject],
    lists: Sequence[WatchedList],
    on: date | None = None,
    *,
    default: date | None = None,
    least: float = LEAST,
    progress: Progress | None = None,
) -> list[ListHit]:
    """The hits of some subjects; `default` is the day for a subject without a dated event."""
    index = ListIndex(lists)
    hits: list[ListHit] = []
    for number, subject in enumerate(subjects):
        if progress is not None and number % 500 == 0:
            progress("screening", number, len(subjects))
        for match in matches(subject, index):
            if match.score < least:
                break
            one, entry = index.rows[match.row]
            for listed_at, day, events, note in _answers(subject, one, entry, on, default):
                hits.append(
                    ListHit(
                        subject=subject.label, subject_kind=subject.kind,
                        subject_imo=subject.imo, subject_mmsi=subject.mmsi,
                        list_name=one.name, list_version=one.version, list_digest=one.digest,
                        list_mtime=None if one.version else one.mtime, entry=entry.id,
                        entry_name=entry.name, entry_kind=entry.kind, programme=entry.programme,
                        field=match.field, score=match.score, reason=match.reason + note,
                        listed_on=entry.listed_on, delisted_on=entry.delisted_on,
                        listed_at=listed_at, day=day, events=events,
                    )
                )  # fmt: skip
    return sorted(hits, key=lambda h: (-h.score, h.subject, h.list_name, h.entry))


def _answers(
    subject: Subject, one: WatchedList, entry: ListEntry, on: date | None, default: date | None
) -> Iterable[tuple[ListedAt, date | None, tuple[str, ...], str]]:
    days = [on] * len(subject.days) if on else [d or default for d in subject.days.values()]
    groups: dict[ListedAt, list[tuple[date | None, str]]] = defaultdict(list)
    for event, day in zip(subject.days, days, strict=True):
        groups[listed_at(entry, one, day)].append((day, event))
    if not groups:
        day = on or default or one.day
        return [(listed_at(entry, one, day), day, (), _stale(entry, one, day))]
    found = []
    for answer, pairs in groups.items():
        day = min((d for d, _ in pairs if d), default=None)
        events = tuple(event for _, event in pairs)
        found.append((answer, day, events, _stale(entry, one, day)))
    return found


def listed_at(entry: ListEntry, one: WatchedList, day: date | None) -> ListedAt:
    """Whether an entry was on its list on a day, as far as the list tells.

    A list that tells no day of listing shows only that the entry was on it on the list's own day:
    earlier days are unknown, later ones count as listed (`screen` says how old the list is).
    """
    if day is None:
        return ListedAt.UNKNOWN
    if entry.delisted_on and day >= entry.delisted_on:
        return ListedAt.NO_LONGER
    if entry.listed_on:
        return ListedAt.LISTED if day >= entry.listed_on else ListedAt.NOT_YET
    since = min(one.day, entry.seen_since or one.day)
    return ListedAt.LISTED if day >= since else ListedAt.UNKNOWN


def _stale(entry: ListEntry, one: WatchedList, day: date | None) -> str:
    if day is None or day <= one.day or (entry.delisted_on and day >= entry.delisted_on):
        return ""
    return f"; the list is {(day - one.day).days} days older than the day asked about"
