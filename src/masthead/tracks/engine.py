"""Detection over a lake, a file or a frame, on this machine.

The ships are taken in groups (`tracks.groups`), so that memory does not grow with the number of
days, and given to every detector. The detectors know nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import polars as pl

from masthead.errors import MastheadError, SourceError
from masthead.model import Event, Zone
from masthead.tracks.findings import FINDING, no_findings, to_events
from masthead.tracks.groups import Groups
from masthead.tracks.lake import Lake, is_lake
from masthead.tracks.load.importer import read_positions, read_positions_and_static
from masthead.tracks.lookout import Lookout
from masthead.tracks.places import STAY_H, STAY_KN, Places, learn_places
from masthead.tracks.positions import SCHEMA, STATIC, empty
from masthead.tracks.registry import Detector, check_settings, detectors
from masthead.tracks.stays import stays

Source = Lake | str | Path | pl.DataFrame | pl.LazyFrame
Progress = Callable[[str, int, int], None]
Settings = Mapping[str, Mapping[str, float]]
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
    if isinstance(source, (str, Path)):
        source = Lake(source)
    groups = Groups(source if isinstance(source, Lake) else _frame(source))
    if lookout.needs_places:
        lookout.places = _learn(groups, progress)
    for done, total, seen in groups.each(lookout.look):
        lookout.add(seen)
        if progress is not None:
            progress("tracks", done, total)
    return lookout.find(groups.heard)


def _learn(groups: Groups, progress: Progress | None) -> Places:
    """The places that all the tracks show."""
    shown = []
    for done, total, table in groups.each(lambda p: stays(p, limit_kn=STAY_KN, min_h=STAY_H)):
        shown.append(table)
        if progress is not None:
            progress("places", done, total)
    return learn_places(pl.concat(shown) if shown else stays(empty(), limit_kn=1.0, min_h=1.0))


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
