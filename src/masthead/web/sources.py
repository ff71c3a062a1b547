"""What the sources of a case gave, as its ledger holds it: events, documents, zones, and what is
told from them alone. Marks and tracks leave it as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from masthead.case import Case
from masthead.ledger import Ledger
from masthead.model import Document, Event, Zone
from masthead.watch import concerns, notice_zones
from masthead.web import titles
from masthead.web.columns import EventTable, geometry_of, milliseconds, moment, tabulate
from masthead.web.once import Once
from masthead.web.wanted import fold


@dataclass(frozen=True)
class Sources:
    """The events by columns, the documents by id, the zones; how many events each document tells
    (`told`), its words folded (`words`), each event as a GeoJSON feature in JSON (`features`)."""

    table: EventTable
    documents: dict[str, Document]
    zones: tuple[Zone, ...]
    told: Once[dict[str, int]]
    words: Once[dict[str, str]]
    features: Once[list[str]]


def read_sources(case: Case, ledger: Ledger) -> Sources:
    """The sources of a case as they are now. Raises `MastheadError`."""
    documents = {d.id: d for d in ledger.documents()}
    outlets = {d.id: d.outlet for d in documents.values() if d.outlet}
    table = tabulate((e for e in ledger.events() if concerns(e, case)), outlets)
    return Sources(
        table=table,
        documents=documents,
        zones=(*case.drawn_zones(), *notice_zones(case, ledger)),
        told=Once(partial(_told, table)),
        words=Once(partial(_words, documents)),
        features=Once(partial(_features, table)),
    )


def _features(table: EventTable) -> list[str]:
    """Each event as a GeoJSON feature for the map, as JSON."""
    return [
        json.dumps(
            {
                "type": "Feature", "id": event.id, "geometry": geometry_of(event),
                "properties": {
                    "id": event.id, "incident": event.incident, "act": event.act,
                    "sense": str(event.sense), "status": str(event.status),
                    "time": _began(event), "label": titles.of_event(event),
                },
            },
            ensure_ascii=False, separators=(",", ":"),
        )
        for event in table.events
    ]  # fmt: skip


def _began(event: Event) -> str | None:
    time = (event.time.earliest or event.time.latest) if event.time else None
    return moment(milliseconds(time)) if time else None


def _words(documents: Mapping[str, Document]) -> dict[str, str]:
    """The words of each document, folded."""
    return {
        name: fold(f"{d.title or ''} {d.outlet or ''} {d.text}") for name, d in documents.items()
    }


def _told(table: EventTable) -> dict[str, int]:
    """How many events were read in each document."""
    counts = table.frame.select(pl.col("documents").explode()).drop_nulls().to_series()
    return dict(counts.value_counts().iter_rows())
