"""What ships say of themselves (AIS messages 5 and 24), as rows and by ship type number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from masthead.codes import rows
from masthead.sim.ships import classes
from masthead.sim.truth import Ship

STATEMENTS: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(), "first": pl.Datetime("ms", "UTC"), "last": pl.Datetime("ms", "UTC"),
    "name": pl.String(), "imo": pl.Int64(), "call_sign": pl.String(), "ship_type": pl.String(),
    "length_m": pl.Float32(), "width_m": pl.Float32(), "draught_m": pl.Float32(),
    "destination": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """A ship's own word, as sent from `first` to `last`."""

    ship: Ship
    first: datetime
    last: datetime
    destination: str | None = None


def type_number(ship: Ship) -> int:
    """The ship type number of ITU-R M.1371-5, table 53."""
    return classes()[ship.type].ais_type


def is_class_b(ship: Ship) -> bool:
    """Whether the ship carries a class B transponder."""
    return classes()[ship.type].ais_class == "B"


def type_word(number: int) -> str | None:
    """The class that a ship type number stands for, in words."""
    table = rows("ais_ship_types.csv")
    return next((r["class"] for r in table if int(r["from"]) <= number <= int(r["to"])), None)


def statement_rows(statements: Iterable[Statement]) -> pl.DataFrame:
    """Statements as a table (`STATEMENTS`), sorted by (mmsi, first)."""
    found = [
        (
            s.ship.mmsi, s.first, s.last, s.ship.name, s.ship.imo, s.ship.call_sign,
            type_word(type_number(s.ship)), float(s.ship.length_m), float(s.ship.width_m),
            None if is_class_b(s.ship) else s.ship.draught_m, s.destination,
        )
        for s in statements
    ]  # fmt: skip
    return pl.DataFrame(found, schema=STATEMENTS, orient="row").sort("mmsi", "first")
