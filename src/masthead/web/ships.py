"""The ships of a case by columns: what each says of itself, how often it was heard, what it did."""

from __future__ import annotations

from typing import Any

import polars as pl

from masthead.ledger import Ledger
from masthead.tracks.identity import flag_of
from masthead.tracks.lake import Lake
from masthead.tracks.ship_types import ship_class
from masthead.web.columns import EventTable

SCHEMA: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    "imo": pl.Int64(),
    "name": pl.String(),
    "call_sign": pl.String(),
    "flag": pl.String(),
    "class": pl.String(),
    "positions": pl.UInt32(),
    "first": pl.Datetime("ms", "UTC"),
    "last": pl.Datetime("ms", "UTC"),
    "events": pl.UInt32(),
}
FACTS = ("imo", "name", "call_sign", "ship_type")


def fleet(lake: Lake | None, ledger: Ledger, table: EventTable) -> pl.DataFrame:
    """The ships (`SCHEMA`), by MMSI. Of several names the one said last is taken."""
    said = _said(lake, ledger)
    heard = pl.DataFrame(schema={k: SCHEMA[k] for k in ("mmsi", "positions", "first", "last")})
    if lake is not None:
        heard = (
            lake.scan().group_by("mmsi")
            .agg(positions=pl.len().cast(pl.UInt32), first=pl.col("t").min(),
                 last=pl.col("t").max())
            .collect(engine="streaming")
        )  # fmt: skip
    told = (
        table.frame.select(pl.col("ships").alias("mmsi")).explode("mmsi").drop_nulls()
        .group_by("mmsi").agg(events=pl.len().cast(pl.UInt32))
    )  # fmt: skip
    everyone = pl.concat([said["mmsi"], heard["mmsi"]]).unique().sort().to_frame()
    return (
        everyone.join(said, on="mmsi", how="left")
        .join(heard, on="mmsi", how="left")
        .join(told, on="mmsi", how="left")
        .with_columns(
            pl.col("ship_type").map_elements(ship_class, return_dtype=pl.String).alias("class"),
            pl.col("mmsi").map_elements(flag_of, return_dtype=pl.String).alias("flag"),
            pl.col("positions").fill_null(0),
            pl.col("events").fill_null(0),
        )
        .select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
        .sort("mmsi")
    )


def _said(lake: Lake | None, ledger: Ledger) -> pl.DataFrame:
    """What each ship said of itself, the last word on each fact."""
    kinds = {"mmsi": pl.UInt32(), "imo": pl.Int64(), **dict.fromkeys(FACTS[1:], pl.String())}
    if lake is not None:
        rows = lake.identities().sort("last", nulls_last=False).select(*kinds)
    else:
        rows = pl.DataFrame(
            [{name: ship[name] for name in kinds} for ship in ledger.ships() if ship["mmsi"]],
            schema=kinds,
        )
    return rows.group_by("mmsi").agg(pl.col(f).drop_nulls().last() for f in FACTS).cast(
        pl.Schema(kinds)
    )  # fmt: skip


def identities(lake: Lake | None, *mmsis: int) -> dict[int, list[dict[str, Any]]]:
    """What ships said of themselves, by their MMSI, each in order of time: `from`, `until` and the
    facts. The lake's table is read once, however many are asked for."""
    found: dict[int, list[dict[str, Any]]] = {mmsi: [] for mmsi in mmsis}
    if lake is None:
        return found
    rows = lake.identities().filter(pl.col("mmsi").is_in(mmsis)).sort("first")
    for row in rows.rename({"first": "from", "last": "until"}).iter_rows(named=True):
        found[row["mmsi"]].append(row)
    return found
