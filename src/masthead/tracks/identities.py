"""What is wrong or new with what a ship says it is, as events: changes of identity, and numbers
that cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.findings import findings, no_findings
from masthead.tracks.identity import imo_is_valid, station_kind
from masthead.tracks.positions import STATIC
from masthead.tracks.renamings import FIELDS, identity_changes
from masthead.tracks.segment import by_segment, milliseconds

PLACED = {**STATIC, "lat": pl.Float64(), "lon": pl.Float64()}


def detect_identity_changes(
    positions: pl.DataFrame, *, statements: pl.DataFrame | None = None, max_gap_d: float = 60.0
) -> pl.DataFrame:
    """A ship that says it is another than before.

    A change of name, IMO number, call sign or type under one MMSI, or of MMSI under one valid IMO
    number (`flag`, where the countries of the two numbers differ), as in `tracks.renamings`: one
    value is heard for the last time before the other is heard for the first, no more than
    `max_gap_d` days later. The event lasts from the one to the other, and is where the ship was
    when the new value was first heard.

    Threshold: ours; after two months without a word a number may have gone to another ship.
    """
    return meet_changes(place_statements(positions, statements=statements), max_gap_d=max_gap_d)


def place_statements(
    tracks: pl.DataFrame, *, statements: pl.DataFrame | None = None
) -> pl.DataFrame:
    """What these ships say of themselves (`STATIC`), of those that say several things or whose IMO
    number is said under several MMSIs, with the place where each was first heard."""
    if statements is None or not statements.height or not tracks.height:
        return pl.DataFrame(schema=PLACED)
    statements = statements.select(pl.col(name).cast(kind) for name, kind in STATIC.items())
    several = pl.any_horizontal(pl.col(name).n_unique().over("mmsi") > 1 for name in FIELDS)
    moved = pl.col("imo").is_not_null() & (pl.col("mmsi").n_unique().over("imo") > 1)
    wanted = statements.filter(several | moved).filter(
        pl.col("mmsi").is_in(tracks["mmsi"].unique().implode())
    )
    if not wanted.height:
        return pl.DataFrame(schema=PLACED)
    own = tracks.filter(pl.col("mmsi").is_in(wanted["mmsi"].unique().implode()))
    places = own.select("mmsi", "t", "lat", "lon").sort("mmsi", "t")
    return (
        wanted.sort("mmsi", "first")
        .join_asof(
            places, left_on="first", right_on="t", by="mmsi", strategy="nearest",
            check_sortedness=False,
        )
        .select(*PLACED)
        .filter(pl.col("lat").is_not_null())
    )  # fmt: skip


def meet_changes(placed: pl.DataFrame, *, max_gap_d: float) -> pl.DataFrame:
    """The changes in what all ships say."""
    if not placed.height:
        return no_findings()
    changes = identity_changes(placed.select(*STATIC))
    changes = changes.filter(
        pl.col("first_after") - pl.col("last_before") <= pl.duration(days=max_gap_d)
    )
    where = placed.select("mmsi", pl.col("first").alias("first_after"), "lat", "lon")
    table = changes.join(
        where.unique(["mmsi", "first_after"], keep="first"), on=["mmsi", "first_after"]
    ).sort("mmsi", "first_after", "field", "after")
    if not table.height:
        return no_findings()
    moved = table["field"].is_in(["mmsi", "flag"]).to_list()
    others = [[int(b)] if m else [] for b, m in zip(table["before"].to_list(), moved, strict=True)]
    return findings(
        "identity_change",
        table["mmsi"],
        table["last_before"],
        table["first_after"],
        table["lat"],
        table["lon"],
        others=pl.Series(others, dtype=pl.List(pl.UInt32)),
        confidence=0.7,
        field=table["field"],
        before=table["before"],
        after=table["after"],
    )


def detect_invalid_identities(
    positions: pl.DataFrame, *, statements: pl.DataFrame | None = None, min_positions: float = 2.0
) -> pl.DataFrame:
    """Numbers that no ship can have.

    An MMSI whose first digits are no country's (ITU-R M.585-9; `tracks.identity` has the table of
    maritime identification digits), or an IMO number whose check digit is wrong (IMO resolution
    A.1117(30)), of a transponder heard in `min_positions` positions or more. The event lasts from
    its first to its last position.

    Threshold: ours; a single one is most often a message with a wrong bit.
    """
    tracks = by_segment(positions)
    said: dict[int, int] = {}
    if statements is not None:
        numbers = statements.select("mmsi", "imo").drop_nulls().unique().sort("mmsi", "imo")
        said = {m: imo for m, imo in numbers.iter_rows() if not imo_is_valid(imo)}
    mmsi = tracks["mmsi"].to_numpy()
    if not mmsi.size:
        return no_findings()
    first = np.flatnonzero(np.r_[True, mmsi[1:] != mmsi[:-1]])
    ends = np.r_[first[1:], mmsi.size]
    t = milliseconds(tracks)
    rows: list[dict[str, Any]] = []
    for a, b in zip(first.tolist(), ends.tolist(), strict=True):
        ship = int(mmsi[a])
        wrong = "MMSI" if station_kind(ship) == "invalid" else "IMO" if ship in said else None
        if wrong is None or b - a < min_positions:
            continue
        begin, end = a + int(np.argmin(t[a:b])), a + int(np.argmax(t[a:b]))
        rows.append({
            "mmsi": ship, "start": tracks["t"][begin], "end": tracks["t"][end],
            "lat": tracks["lat"][begin], "lon": tracks["lon"][begin],
            "wrong": wrong, "number": ship if wrong == "MMSI" else said[ship], "positions": b - a,
        })  # fmt: skip
    if not rows:
        return no_findings()
    table = pl.DataFrame(rows)
    given = {name: table[name] for name in table.columns}
    return findings("invalid_identity", confidence=0.9, **given)


def tell_change(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return f"its {row['field'].replace('_', ' ')} was {row['before']} and is now {row['after']}"


def tell_invalid(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    if row["wrong"] == "MMSI":
        return f"no country has the first digits of the MMSI {row['number']}"
    return f"the check digit of the IMO number {row['number']} is wrong"
