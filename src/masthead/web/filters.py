"""The filters of the event routes, over the columns."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from pydantic import Field

from masthead.web.asking import Asked, Box, BoxText, Time, Words, box, listed, numbers
from masthead.web.columns import EventTable, milliseconds
from masthead.web.wanted import expressions, terms


class EventFilter(Asked):
    """Which events: all that are given must hold; of several values of one, any. Events without
    any time are left out where `from` or `until` is given, unless `undated` is true."""

    sense: Words | None = None
    act: Words | None = None
    incident: Words | None = None
    status: Words | None = None
    country: Words | None = Field(None, description="ISO 3166 alpha-3 of an actor or a flag")
    mmsi: Words | None = None
    document: str | None = Field(None, max_length=1000)
    from_: Time | None = Field(None, alias="from")
    until: Time | None = None
    undated: bool = False
    bbox: BoxText | None = None
    q: str | None = Field(
        None, max_length=200, description="words and fields: `ship:amber act:seizure`"
    )
    ids: str | None = Field(None, max_length=25_000)


def chosen(table: EventTable, asked: EventFilter) -> pl.DataFrame:
    """The rows of the table that a filter leaves, in its order."""
    found = table.frame
    if asked.ids is not None:
        rows = sorted({table.rows[i] for i in listed(asked.ids) if i in table.rows})
        found = found[rows]
    wanted = [
        pl.col(name).is_in(values)
        for name in ("sense", "act", "incident", "status")
        if (values := listed(getattr(asked, name)))
    ]
    if countries := listed(asked.country):
        wanted.append(_any_of("countries", [c.upper() for c in countries]))
    if asked.mmsi:
        ships = pl.Series(numbers(asked.mmsi, "mmsi"), dtype=pl.UInt32)
        wanted.append(_any_of("ships", ships.to_list()))
    if asked.document is not None:
        wanted.append(pl.col("documents").list.contains(asked.document))
    wanted += _in_time(asked.from_, asked.until, undated=asked.undated)
    if (around := box(asked.bbox)) is not None:
        wanted.append(_in_box(around))
    if asked.q:
        wanted += expressions(terms(asked.q))
    return found.filter(*wanted) if wanted else found


def _any_of(column: str, values: list[str] | list[int]) -> pl.Expr:
    return pl.any_horizontal([pl.col(column).list.contains(v) for v in values])


def _in_time(first: datetime | None, last: datetime | None, *, undated: bool) -> list[pl.Expr]:
    if first is None and last is None:
        return []
    never = pl.col("first").is_null() & pl.col("last").is_null()
    wanted = [pl.lit(True) if undated else ~never]
    if first is not None:
        wanted.append(pl.col("last").is_null() | (pl.col("last") >= milliseconds(first)))
    if last is not None:
        wanted.append(pl.col("first").is_null() | (pl.col("first") <= milliseconds(last)))
    return wanted


def _in_box(around: Box) -> pl.Expr:
    west, south, east, north = around
    across = (pl.col("south") <= north) & (pl.col("north") >= south)
    if west <= east:
        return across & (pl.col("west") <= east) & (pl.col("east") >= west)
    return across & ((pl.col("east") >= west) | (pl.col("west") <= east))
