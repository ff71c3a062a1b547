"""What is done cell by cell, and for two ships at a time: who was near whom, and what it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa

from masthead.tracks.company import bridged_steps
from masthead.tracks.lookout import Lookout
from masthead.tracks.space_time import by_cell, home_of
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

Schema = dict[str, pl.DataType]
PAIR_ROWS = 500_000
CELL_ROWS = 500_000
"""Points of the cells that are searched together: cells of the open sea have few."""


def pairs_of(points: Any, lookout: Lookout, name: str, partitions: int, cell_m: float) -> Any:
    """The pairs among packed points: each cell is searched by one worker, and keeps the pairs that
    are at home in it."""
    reach_m = lookout.reach_m(name)
    nothing = lookout.no_points(name)
    spread_out = partial(
        by_cell, reach_m=reach_m, bridged=bridged_steps(lookout.limits.company), cell_m=cell_m
    )
    schema = spread_out(nothing).schema
    spread = points.mapInArrow(partial(_spread, spread_out), columns_of(schema))
    cells = spread.repartition(partitions, "cell").sortWithinPartitions("cell")
    pairs = cells.mapInArrow(
        partial(_pair, lookout, name, dict(schema), cell_m),
        columns_of(lookout.pair(name, nothing).schema),
    )
    return pairs.repartition(partitions, "mmsi", "other")


def met(pairs: Any, lookout: Lookout, name: str) -> Any:
    """What the detectors of this entry find in the pairs, packed by detector."""
    schema = dict(lookout.pair(name, lookout.no_points(name)).schema)
    ships = pairs.sortWithinPartitions("mmsi", "other", "step")
    return ships.mapInArrow(partial(_meet, lookout, name, schema), PACKED)


def _spread(spread_out: Callable[[pl.DataFrame], pl.DataFrame], batches: Batches) -> Batches:
    for batch in batches:
        for table in batch["table"].to_pylist():
            yield from send(spread_out(unpacked(table)))


def _pair(lookout: Lookout, name: str, schema: Schema, cell_m: float, batches: Batches) -> Batches:
    for cells in whole(batches, partial(_typed, schema), ["cell"], CELL_ROWS):
        points = cells.drop("cell").unique(["mmsi", "segment", "step"], maintain_order=True)
        pairs = lookout.pair(name, points)
        lat, lon = (n if n in pairs.columns else f"{n}_one" for n in ("lat", "lon"))
        step, y, x = (pairs[n].to_numpy() for n in ("step", lat, lon))
        home = pl.Series(home_of(step, y, x, lookout.reach_m(name), cell_m))
        yield from send(pairs.filter(home.is_in(cells["cell"].unique().implode())))


def _typed(schema: Schema, batch: pa.RecordBatch) -> pl.DataFrame:
    return receive(batch).cast(pl.Schema(schema))


def _meet(lookout: Lookout, name: str, schema: Schema, batches: Batches) -> Batches:
    for pairs in whole(batches, partial(_typed, schema), ["mmsi", "other"], PAIR_ROWS):
        found = lookout.meet_pairs(name, pairs)
        yield from packed((n, "", table) for n, table in found.items() if table.height)
