"""What a file of the brief carries so that the page opens in it without a server."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from masthead.case import Case
from masthead.ledger import Ledger
from masthead.ledger.marks import marks_of
from masthead.views.brief.html import Desk
from masthead.web import titles
from masthead.web.asking import Page, Paged
from masthead.web.desk import tracks_of
from masthead.web.routes import case as case_route
from masthead.web.routes import coverage, documents, incidents, marks, ports, relations, ships
from masthead.web.ships import identities
from masthead.web.snapshot import Snapshot, take
from masthead.web.tracks import Look

ZOOM = 7.0
"""The tracks are thinned for this zoom: a pixel of some 500 m in middle latitudes."""
MOST_ROWS = 60_000
"""Rows of tracks in a file, of 29 bytes each."""
COVERAGE_EVERY = timedelta(hours=6)
MOST_COVERAGE = 40


def snapshot_of(case: Case, ledger: Ledger) -> Snapshot:
    """The case as it is now, with no server to watch it."""
    tracks = tracks_of(case)
    return take(case, ledger, tracks, marks_of(ledger), ledger.head())


def built() -> bool:
    """Whether the page was built for files (`python web/build.py`)."""
    return files("masthead").joinpath("web", "static", "file", "desk.js").is_file()


def desk_of(now: Snapshot) -> Desk:
    """The page for a file, with what the API would answer beside the evidence."""
    folder = files("masthead").joinpath("web", "static")
    script = folder.joinpath("file", "desk.js").read_text("utf-8")
    land = next(f for f in folder.joinpath("assets").iterdir() if f.name.startswith("countries-"))
    return Desk(
        # in a script's strings this is the same, and it does not end the element
        script=script.replace("</script", "<\\/script"),
        style=folder.joinpath("file", "desk.css").read_text("utf-8"),
        land=land.read_text("utf-8"),
        content=content_of(now),
    )


def content_of(now: Snapshot) -> dict[str, Any]:
    """What the page shows that is not evidence, as plain values (web/src/data/carried.ts)."""
    listed = _items(ships.list_ships, ships.ShipsPaged(limit=1000), now)
    names = [ship.mmsi for ship in listed]
    return {
        "case": _plain(case_route.read_case(now)),
        "zones": _plain(case_route.read_zones(now)),
        "ports": _plain(ports.read_ports(now)),
        "stances": _plain(relations.read_stances(now)),
        "effectiveness": _plain(relations.read_effectiveness(now)),
        "network": _plain(relations.read_network(now, relations.NetworkAsked())),
        "marks": _plain(marks.list_marks(now)),
        "documents": [
            _plain(d) for d in
            _items(documents.list_documents, documents.DocumentsAsked(limit=1000), now)
        ],
        "ships": [_plain(s) for s in listed],
        "identities": {
            str(m): [_plain(ships.Identity.model_validate(row)) for row in said]
            for m, said in identities(now.tracks.lake, *names).items()
        },
        "hits": {str(m): hits for m in names if (hits := now.hits(m))},
        "titles": {
            **{e.id: titles.of_event(e) for e in now.table.events},
            **{i.id: titles.of_incident(i) for i in now.incidents},
        },
        "around": {i.id: _around(now, i.id) for i in now.incidents},
        "coverage": list(_coverage(now)),
        "tracks": _tracks(now),
    }  # fmt: skip


def _plain(answer: BaseModel | None) -> Any:
    return answer.model_dump(mode="json", by_alias=True) if answer is not None else None


def _items(route: Any, asked: Paged, now: Snapshot) -> list[Any]:
    """All items of a paged route."""
    found: list[Any] = []
    while True:
        page: Page[Any] = route(now, asked)
        found += page.items
        if page.next is None:
            return found
        asked = asked.model_copy(update={"cursor": page.next})


def _around(now: Snapshot, incident: str) -> dict[str, Any]:
    found = _plain(incidents.read_incident(now, incident))
    return {"track": found["track"], "prism": found["prism"], "marks": found["marks"]}


def _coverage(now: Snapshot) -> Iterator[dict[str, Any]]:
    """Coverage every six hours of the time that has positions, at most forty times."""
    days = now.tracks.lake.days() if now.tracks.lake else []
    if not days:
        return
    first = datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC)
    whole = timedelta(days=(days[-1] - days[0]).days + 1)
    step = max(COVERAGE_EVERY, whole / MOST_COVERAGE)
    for n in range(int(whole / step) + 1):
        at = first + n * step
        cells = coverage.read_coverage(now, coverage.CoverageAsked(at=at))
        yield {"at": at.isoformat(), "cells": _plain(cells)}


def _tracks(now: Snapshot) -> str:
    rows, _ = now.tracks.look(Look(zoom=ZOOM), MOST_ROWS)
    out = io.BytesIO()
    rows.rechunk().write_ipc_stream(out)
    return base64.b64encode(out.getvalue()).decode()
