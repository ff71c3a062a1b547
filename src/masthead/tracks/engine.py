"""Detection over a lake, a file or a frame, on this machine.

The ships are taken in groups (`tracks.groups`), so that memory does not grow with the number of
days, and given to every detector. The detectors know nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union

import polars as pl

from masthead.errors import MastheadError, SourceError
from masthead.model import Event, Zone
from masthead.tracks.findings import FINDING, no_findings, to_events
from masthead.tracks.groups import Groups
from masthead.tracks.lake import Lake, is_lake
from masthead.tracks.load.importer import read_positions, read_positions_and_static
from masthead.tracks.lookout import Lookout
from masthead.tracks.places import shown_stays
from masthead.tracks.positions import SCHEMA, STATIC, empty
from masthead.tracks.registry import Detector, check_settings, defaults_of, detectors
from masthead.tracks.splits import Split

if TYPE_CHECKING:
    from masthead.tracks.spark import SparkLake

Source = Union[Lake, str, Path, pl.DataFrame, pl.LazyFrame, "SparkLake"]
Progress = Callable[[str, int, int], None]
Settings = Mapping[str, Mapping[str, float]]
Part = tuple[int, int, Any]
Engine = Literal["local", "spark"]


def detect(
    source: Source,
    *,
    only: Sequence[str] | None = None,
    zones: Sequence[Zone] = (),
    settings: Settings | None = None,
    progress: Progress | None = None,
    identities: pl.DataFrame | None = None,
    engine: Engine = "local",
    tell_split: Callable[[Split], None] | None = None,
) -> list[Event]:
    """The events in the positions, in the order of time.

    `only` names detectors (`detectors()` has all, with their definitions), `settings` their
    thresholds, and those that several share (`limits`), where they are not the defaults.
    `progress` is told the stage, how much of it is done and of how much. The ships' names are the
    lake's or the file's own, or those of `identities` (`tracks.positions.STATIC`), which a frame of
    positions does not have. With `engine` "spark" the source is a lake, or the address of one
    (`tracks.spark`). `tell_split` is told how many MMSIs are more than one track. Raises
    `MastheadError` for an unknown detector or setting.
    """
    source, said = _with_statements(source, identities, engine)
    lookout = Lookout(only, zones, settings, said)
    known = _by_ship(said)
    events: list[Event] = []
    for detector, table in _run(source, lookout, progress, engine):
        events += to_events(table, known, detector.tell, detector.otherwise)
    if tell_split is not None:
        tell_split(lookout.split())
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
    source, said = _with_statements(source, identities, engine)
    lookout = Lookout(only, zones, settings, said)
    tables = [table for _, table in _run(source, lookout, progress, engine)]
    whole = pl.concat([no_findings(), *tables], how="diagonal_relaxed")
    whole = whole.select(*FINDING, *sorted(set(whole.columns) - set(FINDING)))
    order = ["start", "incident", "mmsi", "end", "where", "lat", "lon"]
    return whole.sort(*order, pl.col("others").list.first(), nulls_last=True)


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
    source: Source, lookout: Lookout, progress: Progress | None, engine: Engine
) -> list[tuple[Detector, pl.DataFrame]]:
    if engine == "spark":
        from masthead.tracks.spark import run_on_spark

        return run_on_spark(_on_spark(source), lookout)
    if engine != "local":
        raise MastheadError(f"no engine '{engine}'; the engines are local, spark")
    if isinstance(source, (str, Path)):
        source = Lake(source)
    limits = lookout.limits
    groups = Groups(source if isinstance(source, Lake) else _frame(source), limits.segments)
    if lookout.needs_places:
        show = partial(shown_stays, limits=limits.places)
        lookout.learn(shown for _, _, shown in _told("places", groups.each(show), progress))
    for _, _, seen in _told("tracks", groups.each(lookout.look), progress):
        lookout.add(seen)
    return lookout.find(groups.heard)


def _on_spark(source: Source) -> SparkLake:
    """A lake, at a path or an address, as Spark reads it. Raises `MastheadError` for another."""
    from masthead.tracks.spark import SparkLake

    if isinstance(source, SparkLake):
        return source
    if isinstance(source, str) and "://" in source:
        return SparkLake(source)
    if isinstance(source, (str, Path)) and is_lake(source):
        source = Lake(source)
    if not isinstance(source, Lake):
        raise MastheadError("the Spark engine reads a lake; import the files into one first")
    return SparkLake(source.path.resolve().as_uri())


def _told(stage: str, parts: Iterable[Part], progress: Progress | None) -> Iterator[Part]:
    """The parts (done, of how many, what was made) as they come, with word of their progress."""
    for part in parts:
        yield part
        if progress is not None:
            progress(stage, part[0], part[1])


def _frame(source: Source) -> pl.DataFrame:
    """The positions of a file or a frame. Raises `SourceError` for a frame without its columns."""
    if isinstance(source, (str, Path)):
        return read_positions(source)
    assert isinstance(source, (pl.DataFrame, pl.LazyFrame))
    frame = source.collect() if isinstance(source, pl.LazyFrame) else source
    missing = [name for name in ("mmsi", "t", "lat", "lon") if name not in frame.columns]
    if missing:
        raise SourceError("positions", f"the frame has no column {', '.join(missing)}")
    return pl.concat([empty(), frame], how="diagonal_relaxed").select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )


def _with_statements(
    source: Source, identities: pl.DataFrame | None, engine: Engine
) -> tuple[Source, pl.DataFrame]:
    """The source, read if it is a file, and what its ships said of themselves."""
    said = pl.DataFrame(schema=STATIC)
    if engine == "spark":
        lake = _on_spark(source)
        return lake, lake.statements() if identities is None else identities
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


__all__ = [
    "Detector",
    "check_settings",
    "defaults_of",
    "detect",
    "detect_table",
    "detectors",
    "track",
]
