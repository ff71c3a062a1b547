"""What a case has to export, read from its ledger once and only as far as a format asks for it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from masthead import codes
from masthead.case import Case
from masthead.checks import check
from masthead.errors import MastheadError
from masthead.judgement import Incident, Verdict
from masthead.ledger import Ledger
from masthead.ledger.marked import Marked
from masthead.ledger.marks import Mark, marks_of
from masthead.ledger.merge import incidents_of
from masthead.model import Document, Event, Sense, Zone
from masthead.tracks.lake import Lake, is_lake
from masthead.views.export.tracks import Track, tracks_of
from masthead.watch import Progress, notice_zones


def _silent(stage: str, done: int, total: int | None) -> None:
    return None


@dataclass(frozen=True)
class Selection:
    """Which of a case's events to take: those that may have happened from `since` to `until`
    (an undated one may have), and whose incident, act or sense is in `only` (empty: all).

    Raises `MastheadError` for a word in `only` that is none of these."""

    since: datetime | None = None
    until: datetime | None = None
    only: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        known = {*codes.incidents(), *codes.acts(), *Sense}
        for word in sorted(self.only - known):
            near = difflib.get_close_matches(word, known, n=1)
            hint = (
                f"did you mean '{near[0]}'?" if near else "'boarding', 'COERCE' or 'track' is one"
            )
            raise MastheadError(f"no incident, act or sense is called '{word}' ({hint})")
        if self.since and self.until and self.until < self.since:
            raise MastheadError("the period to export ends before it starts")

    def takes(self, event: Event) -> bool:
        """Whether the words in `only`, if any, name the event."""
        return not self.only or not self.only.isdisjoint(
            (event.incident or "", event.act or "", str(event.sense))
        )


class Content:
    """A case's events, incidents, verdicts, zones, ships, documents and tracks, as its ledger has
    them now. `head` is the ledger's own: with it anyone can tell which ledger a file came from."""

    def __init__(
        self,
        case: Case,
        ledger: Ledger,
        selection: Selection = Selection(),
        progress: Progress = _silent,
    ) -> None:
        self.case, self.selection, self.progress = case, selection, progress
        self._ledger = ledger

    @cached_property
    def head(self) -> str:
        """The hash of the ledger's last link."""
        return self._ledger.head()

    @cached_property
    def events(self) -> Sequence[Event]:
        """The events of the selection, in the order of their time."""
        s = self.selection
        found = self._ledger.events(since=s.since, until=s.until)
        return tuple(event for event in found if s.takes(event))

    @cached_property
    def incidents(self) -> Sequence[Incident]:
        """The incidents that at least one event of the selection tells of. Each is whole: its
        other events may lie outside the selection."""
        ids = {event.id for event in self.events}
        found = incidents_of(self._ledger, self.case)
        return tuple(i for i in found if not ids.isdisjoint(i.events))

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """What the tracks say of each incident, by its id."""
        return check(self.case, self._ledger, self.incidents, progress=self.progress)

    @cached_property
    def zones(self) -> Sequence[Zone]:
        """The zones that the case watches: drawn ones, and those of notices."""
        return (*self.case.drawn_zones(), *notice_zones(self.case, self._ledger))

    @cached_property
    def ships(self) -> Sequence[dict[str, Any]]:
        """What ships said of themselves, a row a fact (`ledger.schema.ships`)."""
        return self._ledger.ships()

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents, by name."""
        return {d.id: d for d in self._ledger.documents()}

    def telling(self, incident: Incident) -> list[str]:
        """The names of the documents that tell of an incident."""
        return list(cited(self._by_id[i] for i in incident.events))

    def outlet_of(self, event: Event) -> str | None:
        """Whose document an event stands in; None for a track, and where it is not known."""
        for name in cited([event]):
            return self.documents[name].outlet
        return None

    @cached_property
    def _by_id(self) -> Mapping[str, Event]:
        """Every event told, by its id: an incident's may lie outside the selection."""
        told = (Sense.REPORT, Sense.NOTICE)
        return {e.id: e for sense in told for e in self._ledger.events(sense=sense)}

    @cached_property
    def marked(self) -> Marked:
        """The analyst's marks that stand."""
        return Marked(marks_of(self._ledger))

    def marks_on(self, incident: Incident) -> list[Mark]:
        """The marks that an incident bears."""
        return self.marked.on_incident(incident.id, incident.events)

    def tracks(self) -> Iterator[Track]:
        """The ships' tracks in the period of the selection, thinned to be drawn. None for a case
        without a lake."""
        if is_lake(self.case.lake_path):
            s = self.selection
            yield from tracks_of(Lake(self.case.lake_path), s.since, s.until, self.progress)

    def counted(self, stage: str, items: Sequence[Any]) -> Iterator[Any]:
        """The items, with progress told on the way."""
        for number, item in enumerate(items):
            if number % 200 == 0:
                self.progress(stage, number, len(items))
            yield item
        self.progress(stage, len(items), len(items))


def cited(events: Iterable[Event]) -> dict[str, None]:
    """The names of the documents that events cite, in order, each once."""
    return {p.document: None for e in events for p in e.evidence if hasattr(p, "document")}
