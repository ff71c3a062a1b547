"""What class of ship an AIS ship type code stands for (ITU-R M.1371-5, table 53)."""

from __future__ import annotations

from functools import cache

import polars as pl

from masthead import codes


@cache
def _classes() -> dict[int, str]:
    return {
        code: row["class"]
        for row in codes.rows("ais_ship_types.csv")
        for code in range(int(row["from"]), int(row["to"]) + 1)
    }


def ship_class(said: str | None) -> str | None:
    """The class of ship of a type as reported: a code becomes words, words stay as they are; a
    code that the standard leaves open is None."""
    if said is None or not said.strip():
        return None
    try:
        return _classes().get(int(float(said)))
    except ValueError:
        return said.strip().lower()


AT_WORK = (*range(30, 36), *range(50, 56))
"""Fishing, towing, dredging, diving, military; pilot, search and rescue, tug, port tender,
anti-pollution, law enforcement."""


def ships_at_work(statements: pl.DataFrame) -> pl.Series:
    """The MMSIs of ships that say so in their AIS ship type, in every type that they give."""
    busy = {ship_class(str(code)) for code in AT_WORK} - {None}
    kinds: dict[int, set[bool]] = {}
    known = statements.select("mmsi", "ship_type").drop_nulls().unique()
    for mmsi, said in known.iter_rows():
        kinds.setdefault(mmsi, set()).add(ship_class(said) in busy)
    return pl.Series([m for m, k in sorted(kinds.items()) if k == {True}], dtype=pl.UInt32)
