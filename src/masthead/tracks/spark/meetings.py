"""What is done cell by cell, and for two ships at a time: who was near whom, and what it was."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa

from masthead.tracks.lookout import Lookout
from masthead.tracks.space_time import at_home
from masthead.tracks.spark.arrow import (
    PACKED,
    Batches,
    columns_of,
    packed,
    receive,
    send,
    unpacked,
    whole,
)

PAIR_ROWS = 500_000


def pairs_of(points: Any, lookout: Lookout, name: str, partitions: int, cell_m: float) -> Any:
    """The pairs among packed points: each cell is searched by one worker, and keeps the pairs that
    are at home in it."""
    nothing = lookout.no_pairs(name)
    cells = points.repartition(partitions, "part").sortWithinPartitions("part")
    return cells.mapInArrow(
        partial(_pair, lookout, name, cell_m), columns_of(nothing.schema)
    ).repartition(partitions, "mmsi", "other")


def met(pairs: Any, lookout: Lookout, name: str) -> Any:
    """What the detectors of this entry find in the pairs, packed by detector."""
    schema = dict(lookout.no_pairs(name).schema)
    ships = pairs.sortWithinPartitions("mmsi", "other", "step")
    return ships.mapInArrow(partial(_meet, lookout, name, schema), PACKED)


def _cells(batches: Batches) -> Iterator[tuple[str, pl.DataFrame]]:
    """Cell by cell all its points, of a partition sorted by cells."""
    cell = ""
    held: list[pl.DataFrame] = []
    for batch in batches:
        for part, table in zip(batch["part"].to_pylist(), batch["table"].to_pylist(), strict=True):
            if held and part != cell:
                yield cell, pl.concat(held)
                held = []
            cell = part
            held.append(unpacked(table))
    if held:
        yield cell, pl.concat(held)


def _pair(lookout: Lookout, name: str, cell_m: float, batches: Batches) -> Batches:
    reach_m = lookout.reach_m(name)
    for cell, points in _cells(batches):
        pairs = lookout.pair(name, points)
        lat, lon = (n if n in pairs.columns else f"{n}_one" for n in ("lat", "lon"))
        own = at_home(
            cell, pairs["step"].to_numpy(), pairs[lat].to_numpy(), pairs[lon].to_numpy(),
            reach_m, cell_m,
        )  # fmt: skip
        yield from send(pairs.filter(pl.Series(own, dtype=pl.Boolean)))


def _meet(lookout: Lookout, name: str, schema: dict[str, pl.DataType], batches: Batches) -> Batches:
    def read(batch: pa.RecordBatch) -> pl.DataFrame:
        return receive(batch).cast(pl.Schema(schema))

    for pairs in whole(batches, read, ["mmsi", "other"], PAIR_ROWS):
        found = lookout.meet_pairs(name, pairs)
        yield from packed((n, "", table) for n, table in found.items() if table.height)
