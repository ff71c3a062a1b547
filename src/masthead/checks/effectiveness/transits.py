"""Transits of the blockade's line a day, before and after it began, by class of ship and by flag.

Ships that the blockade spares are left out. Counted anew from the positions near the line, because
a case watches its line from the declaration on, and a baseline is what was before. Days are those
of 24 hours counted from the declaration.
"""

from __future__ import annotations

import dataclasses
import math
import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import polars as pl
import shapely

from masthead.checks.effectiveness.blockade import Blockade
from masthead.checks.effectiveness.share import Change, change_of
from masthead.tracks.lake import Lake
from masthead.tracks.lines import detect_line_crossings
from masthead.tracks.ship_types import ship_class
from masthead.tracks.zones import detect_zone_entries

NEAR_DEG = 0.75
LEAST = 10
"""Groups with fewer transits in all are counted together with others."""
UNKNOWN = "not told"


@dataclass(frozen=True)
class Transits:
    """Transits a day of the line (or entries of the zone, where there is no line): `what` is
    counted, the day on which each count begins, the counts, and how they changed; the same by class
    of ship and by flag."""

    what: str
    first_day: datetime
    daily: tuple[int, ...]
    declared_day: int
    change: Change | None
    by_class: Mapping[str, Change]
    by_flag: Mapping[str, Change]


def transits(lake: Lake, blockade: Blockade) -> Transits | None:
    """The transits of a blockade's line; None without a line or zone, a date, or positions."""
    watched = blockade.line or blockade.zone
    days = _whole_days(lake)
    if watched is None or blockade.since is None or not days:
        return None
    found = _crossings(lake, blockade)
    begin = datetime.combine(days[0], datetime.min.time(), UTC)
    end = datetime.combine(days[-1] + timedelta(days=1), datetime.min.time(), UTC)
    if blockade.until is not None:
        end = min(end, blockade.until)
    back = math.floor((blockade.since - begin) / timedelta(days=1))
    ahead = math.floor((end - blockade.since) / timedelta(days=1))
    if ahead < 1 or back < 0:
        return None
    first = blockade.since - timedelta(days=back)
    said = {
        mmsi: (ship_class(kind) or UNKNOWN, flag or UNKNOWN)
        for mmsi, kind, flag in lake.identities().select("mmsi", "ship_type", "flag").iter_rows()
    }
    days_in_all = back + ahead
    all_counts = [0] * days_in_all
    classes: dict[str, list[int]] = {}
    flags: dict[str, list[int]] = {}
    for mmsi, when in found.iter_rows():
        day = math.floor((when - first) / timedelta(days=1))
        if not 0 <= day < days_in_all:
            continue
        kind, flag = said.get(mmsi, (UNKNOWN, UNKNOWN))
        if kind in blockade.spares:
            continue
        all_counts[day] += 1
        classes.setdefault(kind, [0] * days_in_all)[day] += 1
        flags.setdefault(flag, [0] * days_in_all)[day] += 1
    return Transits(
        f"transits of {watched.name}" if blockade.line else f"entries of {watched.name}",
        first, tuple(all_counts), back, change_of(all_counts, back),
        _changes(classes, back), _changes(flags, back),
    )  # fmt: skip


def _whole_days(lake: Lake) -> list[date]:
    """The lake's days without stray ones, of positions with a wrong time stamp: those with a tenth
    of the median day's positions or more."""
    rows = {day: lake.rows(day) for day in lake.days()}
    least = 0.1 * statistics.median(rows.values()) if rows else 0.0
    return [day for day, count in rows.items() if count >= least]


def _changes(groups: Mapping[str, list[int]], at: int) -> dict[str, Change]:
    totals = Counter({name: sum(counts) for name, counts in groups.items()})
    found = {}
    for name, total in totals.most_common():
        change = change_of(groups[name], at) if total >= LEAST else None
        if change is not None:
            found[name] = change
    return found


def _crossings(lake: Lake, blockade: Blockade) -> pl.DataFrame:
    watched = blockade.line or blockade.zone
    assert watched is not None
    zone = dataclasses.replace(watched, period=None)
    west, south, east, north = shapely.geometry.shape(zone.geometry).bounds
    near = (
        lake.scan()
        .filter(
            pl.col("lat").is_between(south - NEAR_DEG, north + NEAR_DEG)
            & pl.col("lon").is_between(west - NEAR_DEG, east + NEAR_DEG)
        )
        .sort("mmsi", "t")
        .collect()
    )
    detect = detect_line_crossings if blockade.line else detect_zone_entries
    return detect(near, zones=[zone]).select("mmsi", "start")
