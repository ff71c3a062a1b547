"""/api/ships: the ships, what they say of themselves, what they did, whose lists they are on."""

from __future__ import annotations

from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from masthead.checks.screening import ListHit
from masthead.model import Event, Utc
from masthead.web.asking import Asked, Page, Paged, Words, listed, next_of, page_of, start_of
from masthead.web.errors import not_found
from masthead.web.models import MarkAnswer
from masthead.web.routes.asked import Now
from masthead.web.ships import identities
from masthead.web.snapshot import Snapshot

router = APIRouter(tags=["ships"])


class ShipsAsked(Asked):
    """Which ships: `q` is part of a name, number or call sign; `listed` those with list hits."""

    q: str | None = Field(None, max_length=100)
    flag: Words | None = None
    class_: Words | None = Field(None, alias="class")
    listed: bool | None = None


class ShipsPaged(ShipsAsked, Paged):
    """Which ships, and which page."""


class ShipFacts(BaseModel):
    """A ship as it last said of itself: its flag is its MMSI's, `first` and `last` when it was
    heard."""

    model_config = ConfigDict(populate_by_name=True)
    mmsi: int
    imo: int | None
    name: str | None
    call_sign: str | None
    flag: str | None
    class_: str | None = Field(alias="class")
    positions: int
    first: Utc | None
    last: Utc | None


class ShipItem(ShipFacts):
    """A ship in a list: how many events are about it, how many matches it has with the case's
    lists."""

    events: int
    hits: int


class Identity(BaseModel):
    """What a ship said of itself from one time to another."""

    model_config = ConfigDict(populate_by_name=True)
    from_: Utc | None = Field(alias="from")
    until: Utc | None
    name: str | None
    imo: int | None
    call_sign: str | None
    flag: str | None
    ship_type: str | None
    length_m: float | None
    width_m: float | None
    draught_m: float | None
    destination: str | None


class ShipDetail(ShipFacts):
    """A ship with its identities in order of time, the events about it, its matches with lists."""

    events: list[Event]
    hits: list[dict[str, Any]]
    identities: list[Identity]
    marks: list[MarkAnswer]


@router.get("/ships")
def list_ships(now: Now, asked: Annotated[ShipsPaged, Query()]) -> Page[ShipItem]:
    """The ships that a filter leaves, those with the most events first."""
    found = now.ships()
    if asked.q:
        q = asked.q.casefold()
        told = [pl.col(c).cast(pl.String).str.to_lowercase() for c in ("name", "call_sign",
                                                                       "mmsi", "imo")]  # fmt: skip
        found = found.filter(
            pl.any_horizontal([t.str.contains(q, literal=True).fill_null(value=False)
                               for t in told])
        )  # fmt: skip
    if flags := listed(asked.flag):
        found = found.filter(pl.col("flag").is_in([f.upper() for f in flags]))
    if classes := listed(asked.class_):
        found = found.filter(pl.col("class").is_in(classes))
    if asked.listed is not None:
        on_lists = [h.subject_mmsi for h in now.screened() if h.subject_mmsi is not None]
        held = pl.col("mmsi").is_in(on_lists)
        found = found.filter(held if asked.listed else ~held)
    found = found.sort("events", "mmsi", descending=[True, False])
    begin = start_of(asked, now.source_head)
    return Page(
        items=[_item(row, now) for row in found[begin : begin + asked.limit].to_dicts()],
        total=found.height,
        next=next_of(begin, asked.limit, found.height, now.source_head),
    )


@router.get("/screening")
def list_hits(now: Now, asked: Annotated[Paged, Query()]) -> Page[ListHit]:
    """The matches of the case's ships and actors with its lists, best first."""
    return page_of(now.screened(), asked, now.source_head)


@router.get("/ships/{mmsi}")
def read_ship(now: Now, mmsi: Annotated[int, Path(ge=0, le=999_999_999)]) -> ShipDetail:
    """One ship."""
    rows = now.ships().filter(pl.col("mmsi") == mmsi).to_dicts()
    if not rows:
        raise not_found("ship", str(mmsi))
    events = now.table.frame.filter(pl.col("ships").list.contains(mmsi))["row"]
    about = [now.table.events[row] for row in events]
    return ShipDetail.model_validate(
        {
            **rows[0], "events": about, "hits": now.hits(mmsi),
            "identities": identities(now.tracks.lake, mmsi)[mmsi],
            "marks": [MarkAnswer.of(m) for m in now.marked.on(str(mmsi))],
        }
    )  # fmt: skip


def _item(row: dict[str, Any], now: Snapshot) -> ShipItem:
    return ShipItem.model_validate({**row, "hits": len(now.hits(row["mmsi"]))})
