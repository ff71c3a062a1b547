"""Detection over a lake, a file or a frame, on this machine.

The ships of a lake are taken in groups, so that memory does not grow with the number of days: each
group's positions are read from all days, brought into order, split into segments and given to every
detector. The detectors know nothing of this.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

import polars as pl

from masthead.errors import MastheadError, SourceError
from masthead.model import Event, Zone
from masthead.tracks.findings import FINDING, no_findings, to_events
from masthead.tracks.lake import Lake, is_lake
from masthead.tracks.load.importer import read_positions, read_positions_and_static
from masthead.tracks.lookout import Lookout
from masthead.tracks.places import STAY_H, STAY_KN, Places, learn_places
from masthead.tracks.positions import SCHEMA, STATIC, empty, in_order
from masthead.tracks.registry import Detector, check_settings, detectors
from masthead.tracks.segment import segment
from masthead.tracks.stays import stays

Source = Lake | str | Path | pl.DataFrame | pl.LazyFrame
Progress = Callable[[str, int, int], None]
Settings = Mapping[str, Mapping[str, float]]
Engine = Literal["local", "spark"]

GROUP_ROWS = 1_500_000
"""Positions of a group of ships: some 200 MB while they are looked at, on each core."""
Result = TypeVar("Result")


def detect(
    source: Source,
    *,
    only: Sequence[str] | None = None,
    zones: Sequence[Zone] = (),
    settings: Settings | None = None,
    progress: Progress | None = None,
    identities: pl.DataFrame | None = None,
    engine: Engine = "local",
) -> list[Event]:
    """The events in the positions, in the order of time.

    `only` names detectors (`detectors()` has all, with their definitions), `settings` their
    thresholds where they are not the defaults. `progress` is told the stage, how much of it is
    done and of how much. The ships' names are the lake's or the file's own, or those of
    `identities` (`tracks.positions.STATIC`), which a frame of positions does not have. With
    `engine` "spark" the source is a lake (`tracks.spark`). Raises `MastheadError` for an unknown
    detector or setting.
    """
    source, said = _with_statements(source, identities)
    known = _by_ship(said)
    events: list[Event] = []
    for detector, table in _run(source, only, zones, settings, progress, said, engine):
        events += to_events(table, known, detector.tell, detector.otherwise)
    unique = {event.id: event for event in events}
    return sorted(unique.values(), key=_order)


def detect_table(
    source: Source,
    *,
    only: Sequence[str] | None = None,
    zones: Sequence[Zone] = (),
    settings: Settings | None = None,
    progress: Progress | None = None,
    identities: pl.DataFrame | None = None,
    engine: Engine = "local",
) -> pl.DataFrame:
    """As `detect`, as one table of findings: the columns of `findings.FINDING`, and the
    measurements of every detector, null where they are another's."""
    source, said = _with_statements(source, identities)
    tables = [table for _, table in _run(source, only, zones, settings, progress, said, engine)]
    whole = pl.concat([no_findings(), *tables], how="diagonal_relaxed")
    whole = whole.select(*FINDING, *sorted(set(whole.columns) - set(FINDING)))
    return whole.sort("start", "incident", "mmsi", "end", "where", "lat", "lon", nulls_last=True)


def track(source: Source, mmsi: int, start: datetime, end: datetime) -> pl.DataFrame:
    """One ship's positions from `start` to `end`, both included, in order."""
    first, last = _utc(start), _utc(end)
    if isinstance(source, Lake) or (isinstance(source, (str, Path)) and is_lake(source)):
        lake = source if isinstance(source, Lake) else Lake(source)
        days = [
            first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1)
        ]
        frame = lake.scan(days)
    else:
        frame = _frame(source).lazy()
    wanted = (pl.col("mmsi") == mmsi) & pl.col("t").is_between(first, last)
    return frame.filter(wanted).sort("t").collect()


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _run(
    source: Source,
    only: Sequence[str] | None,
    zones: Sequence[Zone],
    settings: Settings | None,
    progress: Progress | None,
    statements: pl.DataFrame,
    engine: Engine,
) -> list[tuple[Detector, pl.DataFrame]]:
    lookout = Lookout(only, zones, settings, statements)
    if engine == "spark":
        from masthead.tracks.spark import run_on_spark

        if not (isinstance(source, Lake) or (isinstance(source, (str, Path)) and is_lake(source))):
            raise MastheadError("the Spark engine reads a lake; import the files into one first")
        return run_on_spark(source if isinstance(source, Lake) else Lake(source), lookout)
    if engine != "local":
        raise MastheadError(f"no engine '{engine}'; the engines are local, spark")
    groups = _Groups(source)
    if lookout.needs_places:
        lookout.places = _learn(groups, progress)
    for done, total, seen in groups.each(lookout.look):
        lookout.add(seen)
        if progress is not None:
            progress("tracks", done, total)
    return lookout.find(groups.scan())


def _learn(groups: _Groups, progress: Progress | None) -> Places:
    """The places that all the tracks show."""
    shown = []
    for done, total, table in groups.each(lambda p: stays(p, limit_kn=STAY_KN, min_h=STAY_H)):
        shown.append(table)
        if progress is not None:
            progress("places", done, total)
    return learn_places(pl.concat(shown) if shown else stays(empty(), limit_kn=1.0, min_h=1.0))


class _Groups:
    """The positions of a source in groups of whole ships, segmented; read anew each time, or kept
    if they are one group."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: tuple[int, pl.DataFrame] | None = None

    def scan(self) -> pl.LazyFrame:
        """All positions, in no order."""
        return self._kept[1].lazy() if self._kept else _scan(self._source)

    def each(self, look: Callable[[pl.DataFrame], Result]) -> Iterator[tuple[int, int, Result]]:
        """What `look` makes of each group's segmented positions, in order, on all cores: (positions
        looked at, positions in all, the result)."""
        if self._kept:
            total, tracks = self._kept
            yield total, total, look(tracks)
            return
        workers = os.cpu_count() or 1
        with ThreadPoolExecutor(workers) as pool:
            waiting: deque[tuple[int, int, Future[Result]]] = deque()
            for done, total, positions in _groups(self._source):
                if positions.height == total:
                    tracks = segment(positions)
                    self._kept = (total, tracks)
                    yield total, total, look(tracks)
                    return
                job = pool.submit(lambda p: look(segment(p)), positions)
                waiting.append((done + positions.height, total, job))
                if len(waiting) > workers:
                    at, total, job = waiting.popleft()
                    yield at, total, job.result()
            for at, total, job in waiting:
                yield at, total, job.result()


def _groups(source: Source) -> Iterator[tuple[int, int, pl.DataFrame]]:
    """The positions in groups of whole ships, in order: (positions before, in all, the group)."""
    if isinstance(source, (str, Path)) and is_lake(source):
        source = Lake(source)
    if isinstance(source, Lake):
        counts = source.scan().group_by("mmsi").len().collect(engine="streaming").sort("mmsi")
        frame = source.scan()
    else:
        whole = in_order(_frame(source))
        counts = whole.group_by("mmsi", maintain_order=True).len()
        frame = whole.lazy()
    total = int(counts["len"].sum())
    upto = counts["len"].cum_sum()
    group = counts.with_columns(((upto - 1) // GROUP_ROWS).alias("group"))
    done = 0
    for _, ships in group.group_by("group", maintain_order=True):
        low, high = ships["mmsi"].min(), ships["mmsi"].max()
        rows = int(ships["len"].sum())
        if rows == total and not isinstance(source, Lake):
            positions = whole
        else:
            positions = in_order(frame.filter(pl.col("mmsi").is_between(low, high)).collect())
        yield done, total, positions
        done += rows


def _scan(source: Source) -> pl.LazyFrame:
    if isinstance(source, (str, Path)) and is_lake(source):
        source = Lake(source)
    return source.scan() if isinstance(source, Lake) else _frame(source).lazy()


def _frame(source: Source) -> pl.DataFrame:
    """The positions of a file or a frame. Raises `SourceError` for a frame without its columns."""
    if isinstance(source, (str, Path)):
        return read_positions(source)
    assert not isinstance(source, Lake)
    frame = source.collect() if isinstance(source, pl.LazyFrame) else source
    missing = [name for name in ("mmsi", "t", "lat", "lon") if name not in frame.columns]
    if missing:
        raise SourceError("positions", f"the frame has no column {', '.join(missing)}")
    return pl.concat([empty(), frame], how="diagonal_relaxed").select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )


def _with_statements(
    source: Source, identities: pl.DataFrame | None
) -> tuple[Source, pl.DataFrame]:
    """The source, read if it is a file, and what its ships said of themselves."""
    said = pl.DataFrame(schema=STATIC)
    if isinstance(source, (str, Path)):
        if is_lake(source):
            source = Lake(source)
        else:
            source, said = read_positions_and_static(source)
    if isinstance(source, Lake):
        said = source.statements()
    return source, said if identities is None else identities


def _by_ship(identities: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in identities.sort("mmsi", "first").iter_rows(named=True):
        found.setdefault(row["mmsi"], []).append(row)
    return found


def _order(event: Event) -> tuple[datetime, str, str]:
    start = (
        event.time.earliest
        if event.time and event.time.earliest
        else datetime.max.replace(tzinfo=UTC)
    )
    return start, event.incident or "", event.id


__all__ = ["Detector", "check_settings", "detect", "detect_table", "detectors", "track"]
