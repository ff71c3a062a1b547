"""A case at one moment: what the ledger, the lake and the case file held. It never changes; when
they do, `desk` makes another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from masthead.case import Case
from masthead.checks import check
from masthead.checks.effectiveness import Effectiveness
from masthead.checks.screening import ListHit, hit_to_dict, screen
from masthead.judgement import Incident, Verdict
from masthead.ledger import Ledger
from masthead.ledger.marked import Marked
from masthead.ledger.marks import Mark, rulings
from masthead.ledger.merge import incidents_of
from masthead.model import Document, Event
from masthead.views.brief.picture import Picture
from masthead.web.columns import EventTable
from masthead.web.once import Once
from masthead.web.ships import fleet
from masthead.web.sources import Sources, read_sources
from masthead.web.tracks import Tracks

Pair = tuple[str, str]
Rulings = tuple[list[Pair], list[Pair]]


@dataclass(frozen=True)
class Snapshot:
    """One state of a case. `version` changes with anything that an answer depends on, `head` is
    the ledger's last link, `source_head` its last that is no mark's. What takes seconds to work
    out is worked out once, when it is first needed or in the background."""

    case: Case
    ledger: Ledger
    version: str
    head: str
    source_head: str
    sources: Sources
    marked: Marked
    rulings: Rulings
    tracks: Tracks
    fleet: Once[pl.DataFrame]
    screened: Once[list[ListHit]]
    picture: Once[Picture]
    measured: Once[Effectiveness | None]
    brief: Once[str]

    @property
    def table(self) -> EventTable:
        """The events by columns."""
        return self.sources.table

    @property
    def documents(self) -> dict[str, Document]:
        """The documents by id."""
        return self.sources.documents

    @property
    def incidents(self) -> Sequence[Incident]:
        """The incidents, in the order of their time."""
        return self.picture().incidents

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict on each incident."""
        return self.picture().verdicts

    def ships(self) -> pl.DataFrame:
        """The ships (`ships.SCHEMA`), by MMSI."""
        return self.fleet()

    def class_of(self, mmsi: int) -> str | None:
        """The class of a ship, as it says of itself."""
        found = self.ships().filter(pl.col("mmsi") == mmsi)["class"]
        return found[0] if found.len() else None

    def hits(self, mmsi: int) -> list[dict[str, Any]]:
        """The matches of a ship with the case's lists, as plain values, best first."""
        return [hit_to_dict(h) for h in self.screened() if h.subject_mmsi == mmsi]

    def has_ship(self, mmsi: int) -> bool:
        """Whether a ship of this MMSI is in the case."""
        return bool(self.ships()["mmsi"].is_in([mmsi]).any())

    def words_of(self, document: str) -> str:
        """A document's title, outlet and text, folded for searching."""
        return self.sources.words()[document]

    def told_in(self, document: str) -> int:
        """How many events were read in a document."""
        return self.sources.told().get(document, 0)

    def events_of(self, ids: Sequence[str]) -> list[Event]:
        """The events of those ids that are there."""
        return [e for i in ids if (e := self.table.get(i)) is not None]


def take(case: Case, ledger: Ledger, tracks: Tracks, marks: Sequence[Mark], version: str,
         before: Snapshot | None = None) -> Snapshot:  # fmt: skip
    """A snapshot of what is there now. What did not change since `before` is taken over."""
    head, source_head, ruled = ledger.head(), ledger.source_head(), rulings(marks)
    same = before is not None and before.case is case and before.source_head == source_head
    sources = before.sources if before is not None and same else read_sources(case, ledger)
    still = before if same and before is not None and before.tracks is tracks else None
    ships = still.fleet if still else Once(partial(fleet, tracks.lake, ledger, sources.table))
    screened = still.screened if still else Once(partial(_screen, case, ledger))
    if still is not None and still.rulings == ruled:
        picture, measured, brief = still.picture, still.measured, still.brief
    else:
        known = still.picture().verdicts if still is not None and still.picture.ready else {}
        picture = Once(partial(_conclude, case, ledger, sources, known, head))
        measured = Once(lambda: picture().effectiveness)
        brief = Once(partial(_write_brief, case, ledger, picture))
    return Snapshot(
        case=case, ledger=ledger, version=version, head=head, source_head=source_head,
        sources=sources, marked=Marked(marks), rulings=ruled, tracks=tracks, fleet=ships,
        screened=screened, picture=picture, measured=measured, brief=brief,
    )  # fmt: skip


def _screen(case: Case, ledger: Ledger) -> list[ListHit]:
    return screen(case, ledger) if case.watchlists else []


def _conclude(
    case: Case, ledger: Ledger, sources: Sources, known: Mapping[str, Verdict], head: str
) -> Picture:  # fmt: skip
    """The incidents and the verdicts on them; of an incident whose events did not change the
    verdict stands."""
    incidents = incidents_of(ledger, case)
    fresh = [i for i in incidents if i.id not in known]
    verdicts = {i.id: known[i.id] for i in incidents if i.id in known}
    if fresh:
        verdicts |= check(case, ledger, fresh)
    return Picture(case, sources.table.events, sources.documents, incidents, verdicts, head)


def _write_brief(case: Case, ledger: Ledger, picture: Once[Picture]) -> str:
    from masthead.views.brief import compose
    from masthead.views.brief.drawings import page_of

    found = picture()
    return page_of(case, ledger, found, compose(case, ledger, picture=found))
