"""One run on Spark, stage by stage."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import polars as pl

from masthead.tracks.lookout import Lookout
from masthead.tracks.registry import Detector
from masthead.tracks.space_time import CELL_M
from masthead.tracks.spark import meetings, ships
from masthead.tracks.spark.source import SparkLake


@dataclass(frozen=True)
class Sizes:
    """How the work is cut: positions of a partition, positions of the ships that are looked at
    together, and metres of a cell."""

    partition_rows: int = 2_000_000
    group_rows: int = 500_000
    cell_m: float = CELL_M


def run_on_spark(
    lake: SparkLake, lookout: Lookout, sizes: Sizes | None = None
) -> list[tuple[Detector, pl.DataFrame]]:
    """Each detector's findings in a lake. What several stages need stays on the workers' disks."""
    cut = sizes or Sizes()
    kept: list[Any] = []

    def keep(table: Any) -> Any:
        kept.append(table.persist(importlib.import_module("pyspark").StorageLevel.DISK_ONLY))
        return kept[-1]

    try:
        positions, partitions = lake.spread(cut.partition_rows)
        positions = keep(positions)
        if lookout.needs_places:
            shown = ships.collect(ships.places_shown(positions, lookout.limits, cut.group_rows))
            lookout.learn(table for _, table in shown)
        looked = keep(ships.look_at(positions, lookout, cut.group_rows))
        for name, table in ships.collect(looked.filter("part = ''")):
            lookout.add({name: table})
        for name in lookout.paired():
            points = looked.filter(looked["name"] == name).filter(looked["part"] == ships.POINTS)
            pairs = meetings.pairs_of(points, lookout, name, partitions, cut.cell_m)
            for found, table in ships.collect(meetings.met(pairs, lookout, name)):
                lookout.add_met({found: table})
        return lookout.find(lambda: ships.heard_by_day(positions, partitions))
    finally:
        for table in kept:
            table.unpersist()
