"""What is done ship by ship: each partition has all positions of its ships, sorted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import polars as pl

from masthead.tracks.groups import USED
from masthead.tracks.hearing import first_heard
from masthead.tracks.limits import Limits
from masthead.tracks.lookout import Lookout
from masthead.tracks.places import shown_stays
from masthead.tracks.positions import SCHEMA, in_order
from masthead.tracks.segment import segment
from masthead.tracks.spark.arrow import PACKED, Batches, packed, receive, unpacked, whole
from masthead.tracks.spark.source import in_schema

POINTS = "points"
_USED = {name: SCHEMA[name] for name in USED}
_HEARD = {name: SCHEMA[name] for name in ("mmsi", "t", "lat", "lon")}


def collect(tables: Any) -> Iterator[tuple[str, pl.DataFrame]]:
    """Packed tables at the driver, with their names."""
    for row in tables.collect():
        yield row["name"], unpacked(row["table"])


def places_shown(positions: Any, limits: Limits, group_rows: int) -> Any:
    """What the ships show of ports and anchorages (`places.shown_stays`), packed."""
    return positions.mapInArrow(partial(_show_places, limits, group_rows), PACKED)


def look_at(positions: Any, lookout: Lookout, group_rows: int) -> Any:
    """What the detectors see in the ships' tracks, packed by name: findings and what was gathered,
    with no `part`, and points to be paired, whose part is `POINTS`."""
    return positions.mapInArrow(partial(_look, lookout, group_rows), PACKED)


def heard_by_day(positions: Any, partitions: int) -> Iterator[pl.DataFrame]:
    """Who was heard when and where, a day at a time."""
    first = positions.mapInArrow(
        _first_heard, "mmsi bigint, t timestamp, lat double, lon double, day string"
    )
    days = first.repartition(partitions, "day").sortWithinPartitions("day", "mmsi", "t")
    packed_days = days.mapInArrow(_pack_days, PACKED).persist()
    packed_days.count()  # all days at once; one at a time comes to the driver
    for row in packed_days.toLocalIterator():
        yield in_schema(unpacked(row["table"]), _HEARD)
    packed_days.unpersist()


def _tracks(batches: Batches, limits: Limits, group_rows: int) -> Iterator[pl.DataFrame]:
    for group in whole(batches, receive, ["mmsi"], group_rows):
        yield segment(in_order(in_schema(group, _USED)), limits.segments)


def _show_places(limits: Limits, group_rows: int, batches: Batches) -> Batches:
    for tracks in _tracks(batches, limits, group_rows):
        yield from packed([("places", "", shown_stays(tracks, limits.places))])


def _look(lookout: Lookout, group_rows: int, batches: Batches) -> Batches:
    paired = lookout.paired()
    for tracks in _tracks(batches, lookout.limits, group_rows):
        seen = lookout.look(tracks)
        yield from packed(
            (name, POINTS if name in paired else "", table)
            for name, table in seen.items()
            if table.height
        )


def _first_heard(batches: Batches) -> Batches:
    for batch in batches:
        first = first_heard(in_schema(receive(batch), _HEARD))
        day = first.with_columns(pl.col("t").dt.strftime("%Y-%m-%d").alias("day"))
        yield from (
            day.with_columns(pl.col("mmsi").cast(pl.Int64), pl.col("t").dt.cast_time_unit("us"))
            .to_arrow()
            .to_batches()
        )


def _pack_days(batches: Batches) -> Batches:
    for days in whole(batches, receive, ["day"], 1):
        for (day,), part in days.partition_by("day", as_dict=True, include_key=False).items():
            yield from packed([("heard", str(day), part)])
