"""A lake: a folder of positions as Parquet, one partition a UTC day, each sorted by (mmsi, t).

    LAKE/lake.json                              the format's version
    LAKE/positions/day=2024-04-13/part.parquet  positions (`tracks.positions.SCHEMA`)
    LAKE/identities.parquet                     what ships said of themselves, from when to when
    LAKE/imported.jsonl                         the files taken in, by SHA-256
    LAKE/rejects.jsonl                          the records that could not be used, and why

Any tool that reads hive-partitioned Parquet (DuckDB, Spark, Polars) reads `LAKE/positions`.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from masthead.errors import SourceError
from masthead.tracks.identity import flag_of
from masthead.tracks.positions import SCHEMA, STATIC, empty, in_order

FORMAT = 1
ROW_GROUP = 65_536
"""Rows a Parquet row group holds: as days are sorted by ship, one ship is in few groups."""
_MARK, _PART = "lake.json", "part.parquet"


def is_lake(path: str | Path) -> bool:
    """Whether the folder is a lake."""
    return (Path(path) / _MARK).is_file()


class Lake:
    """A lake to read. Raises `SourceError` where there is none."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        mark = self.path / _MARK
        try:
            version = json.loads(mark.read_text("utf-8"))["format"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SourceError(
                path, "is no lake; 'masthead import FILE… --lake DIR' makes one"
            ) from error
        if version != FORMAT:
            raise SourceError(path, f"is a lake of format {version}; this Masthead reads {FORMAT}")

    def day_file(self, day: date) -> Path:
        """Where the positions of a day are (they need not be there)."""
        return self.path / "positions" / f"day={day.isoformat()}" / _PART

    def days(self) -> list[date]:
        """The UTC days that have positions, in order."""
        found = (self.path / "positions").glob(f"day=*/{_PART}")
        return sorted(date.fromisoformat(p.parent.name.removeprefix("day=")) for p in found)

    def scan(self, days: Iterable[date] | None = None) -> pl.LazyFrame:
        """The positions of the days (all, if not given), each day sorted by (mmsi, t)."""
        wanted = self.days() if days is None else sorted(set(days) & set(self.days()))
        files = [self.day_file(day) for day in wanted]
        if not files:
            return empty().lazy()
        return pl.scan_parquet(files, hive_partitioning=False).select(
            pl.col(name).cast(kind) for name, kind in SCHEMA.items()
        )

    def rows(self, day: date) -> int:
        """How many positions a day has."""
        return int(pq.ParquetFile(self.day_file(day)).metadata.num_rows)

    def identities(self) -> pl.DataFrame:
        """What ships said of themselves (`STATIC`): one row a statement, from `first` to `last`,
        and the `flag` (ISO 3166 alpha-3) that their MMSI stands for."""
        said = self.statements()
        flags = [flag_of(mmsi) for mmsi in said["mmsi"].to_list()]
        return said.with_columns(pl.Series("flag", flags, dtype=pl.String))

    def statements(self) -> pl.DataFrame:
        """What ships said of themselves, as stored (`STATIC`)."""
        file = self.path / "identities.parquet"
        return pl.read_parquet(file) if file.exists() else pl.DataFrame(schema=STATIC)

    def ships(self) -> list[int]:
        """The MMSIs that have positions, in order."""
        found = self.scan().select(pl.col("mmsi").unique()).collect(engine="streaming")
        return sorted(found["mmsi"].to_list())

    def digest(self) -> str:
        """A digest that changes when, and only when, the lake's files change."""
        files = [self.day_file(day) for day in self.days()]
        identities = self.path / "identities.parquet"
        if identities.exists():
            files.append(identities)
        state = [(p.relative_to(self.path).as_posix(), p.stat().st_size, p.stat().st_mtime_ns)
                 for p in files]  # fmt: skip
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def make_lake(path: Path) -> Lake:
    """The lake at this path, made if there is nothing. Raises `SourceError` for a folder that
    holds other things."""
    if not is_lake(path):
        if path.exists() and (not path.is_dir() or not _is_begun(path)):
            raise SourceError(path, "is neither a lake nor an empty folder")
        try:
            (path / "positions").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(path, f"cannot be made ({error.strerror})") from error
        write_whole(path / _MARK, lambda p: p.write_text(json.dumps({"format": FORMAT}) + "\n"))
    return Lake(path)


@contextmanager
def alone(lake: Lake) -> Iterator[None]:
    """Hold the lake for writing: another import waits. What a killed one left half-written is
    removed. (Where the system has no file locks, imports must not overlap.)"""
    with (lake.path / ".lock").open("w") as handle:
        try:
            fcntl = importlib.import_module("fcntl")
        except ImportError:
            yield
            return
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in lake.path.rglob(".*.tmp"):
            left.unlink(missing_ok=True)
        yield


def _is_begun(path: Path) -> bool:
    """Whether a folder holds nothing but what a killed `make_lake` leaves."""
    left = [p for p in path.iterdir() if not p.name.endswith(".tmp")]
    return all(p.name == "positions" and not any(p.iterdir()) for p in left)


def add_to_day(lake: Lake, day: date, fresh: list[pl.DataFrame]) -> int:
    """Add positions to a day; return how many were new. The day's file is replaced whole, or not
    touched at all when nothing is new."""
    file = lake.day_file(day)
    before = [pl.read_parquet(file).cast(pl.Schema(SCHEMA))] if file.exists() else []
    merged = in_order(pl.concat([*before, *fresh]))
    if before and merged.equals(before[0]):
        return 0
    file.parent.mkdir(parents=True, exist_ok=True)
    write_positions(merged, file)
    return merged.height - (before[0].height if before else 0)


def write_positions(positions: pl.DataFrame, file: Path) -> None:
    """Write sorted positions as Parquet, whole or not at all. LZ4 makes a file some 8 % bigger than
    zstd does and is read in two thirds of the time."""
    write_whole(
        file,
        lambda p: positions.write_parquet(p, compression="lz4",
                                          statistics=True, row_group_size=ROW_GROUP),
    )  # fmt: skip


def write_whole(file: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place, bring it to disk, and only then rename it into its place."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        write(beside)
        with beside.open("rb+") as handle:
            os.fsync(handle.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
