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
from masthead.judgement import Incident, Verdict
from masthead.ledger import Ledger
from masthead.ledger.marks import Mark, rulings
from masthead.ledger.merge import incidents_of
from masthead.model import Document, Event, Zone
from masthead.views.brief.picture import Picture
from masthead.watch import concerns, notice_zones
from masthead.web.columns import EventTable, fold, tabulate
from masthead.web.once import Once
from masthead.web.ships import fleet
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
    table: EventTable
    documents: dict[str, Document]
    zones: tuple[Zone, ...]
    marks: tuple[Mark, ...]
    rulings: Rulings
    tracks: Tracks
    told: Once[dict[str, int]]
    words: Once[dict[str, str]]
    fleet: Once[pl.DataFrame]
    picture: Once[Picture]
    measured: Once[Effectiveness | None]
    brief: Once[str]

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
        """The matches of a ship with the case's lists."""
        return []

    def has_ship(self, mmsi: int) -> bool:
        """Whether a ship of this MMSI is in the case."""
        return bool(self.ships()["mmsi"].is_in([mmsi]).any())

    def words_of(self, document: str) -> str:
        """A document's title, outlet and text, folded for searching."""
        return self.words()[document]

    def told_in(self, document: str) -> int:
        """How many events were read in a document."""
        return self.told().get(document, 0)

    def events_of(self, ids: Sequence[str]) -> list[Event]:
        """The events of those ids that are there."""
        return [e for i in ids if (e := self.table.get(i)) is not None]


def take(case: Case, ledger: Ledger, tracks: Tracks, marks: Sequence[Mark], version: str,
         before: Snapshot | None = None) -> Snapshot:  # fmt: skip
    """A snapshot of what is there now. What did not change since `before` is taken over."""
    head, source_head, ruled = ledger.head(), ledger.source_head(), rulings(marks)
    same = before is not None and before.case is case and before.source_head == source_head
    still = before if same else None
    if still is not None:
        table, documents, zones = still.table, still.documents, still.zones
    else:
        table = tabulate(e for e in ledger.events() if concerns(e, case))
        documents = {d.id: d for d in ledger.documents()}
        zones = (*case.drawn_zones(), *notice_zones(case, ledger))
    still = still if still is not None and still.tracks is tracks else None
    fleet_now = still.fleet if still else Once(partial(fleet, tracks.lake, ledger, table))
    words = still.words if still else Once(partial(_words, documents))
    if still is not None and still.rulings == ruled:
        picture, measured, brief = still.picture, still.measured, still.brief
    else:
        known = still.picture().verdicts if still is not None and still.picture.ready else {}
        picture = Once(partial(_conclude, case, ledger, table, documents, known, head))
        measured = Once(lambda: picture().effectiveness)
        brief = Once(partial(_write_brief, case, ledger, picture))
    return Snapshot(
        case=case, ledger=ledger, version=version, head=head, source_head=source_head,
        table=table, documents=documents, zones=zones, marks=tuple(marks), rulings=ruled,
        tracks=tracks, told=still.told if still else Once(partial(_told, table)),
        words=words, fleet=fleet_now, picture=picture, measured=measured, brief=brief,
    )  # fmt: skip


def _words(documents: Mapping[str, Document]) -> dict[str, str]:
    """The words of each document, folded."""
    return {
        name: fold(f"{d.title or ''} {d.outlet or ''} {d.text}") for name, d in documents.items()
    }


def _told(table: EventTable) -> dict[str, int]:
    """How many events were read in each document."""
    counts = table.frame.select(pl.col("documents").explode()).drop_nulls().to_series()
    return dict(counts.value_counts().iter_rows())


def _conclude(
    case: Case, ledger: Ledger, table: EventTable, documents: dict[str, Document],
    known: Mapping[str, Verdict], head: str,
) -> Picture:  # fmt: skip
    """The incidents and the verdicts on them; of an incident whose events did not change the
    verdict stands."""
    incidents = incidents_of(ledger, case)
    fresh = [i for i in incidents if i.id not in known]
    verdicts = {i.id: known[i.id] for i in incidents if i.id in known}
    if fresh:
        verdicts |= check(case, ledger, fresh)
    return Picture(case, table.events, documents, incidents, verdicts, head)


def _write_brief(case: Case, ledger: Ledger, picture: Once[Picture]) -> str:
    from masthead.views.brief import compose
    from masthead.views.brief.html import to_html

    found = picture()
    return to_html(compose(case, ledger, picture=found), found)
