"""Import: files of AIS data into a lake.

Taking the same file again adds nothing (its SHA-256 is known), and the same position from two
files is stored once. A run that is killed leaves whole days, and the file it was at is taken again
the next time.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from masthead.errors import SourceError
from masthead.model import Reject
from masthead.tracks.lake import Lake, add_to_day, alone, is_lake, make_lake, write_whole
from masthead.tracks.load.batch import Batch
from masthead.tracks.load.files import read_file
from masthead.tracks.load.static import merge_static
from masthead.tracks.positions import STATIC, empty, in_order
from masthead.tracks.threads import in_turn

ROWS_HELD = 12_000_000
"""Positions kept in memory (about 40 bytes each) before they go to their days."""
STATIC_HELD = 2_000_000
DAYS_AT_ONCE = 2
"""Days that are sorted and written at once: while one waits for the disk, the other is sorted."""
FIRST_REJECTS = 20


@dataclass(frozen=True)
class ImportReport:
    """What an import did: `rows` records read in `files` files, of which `positions` are new to
    the lake and `duplicates` were there already (or came twice)."""

    files: int
    rows: int
    positions: int
    duplicates: int
    rejects: dict[str, int]
    first_rejects: tuple[Reject, ...]
    days: tuple[date, ...]
    ships: int
    skipped_files: tuple[str, ...]


def import_files(
    files: Iterable[str | Path],
    lake: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Bring AIS files, and those of folders, into a lake, made if it is not there. `columns`
    maps our fields to the columns of an own CSV; `progress` is told the bytes read and in all.

    A bad record is counted with its reason and goes to `rejects.jsonl` in the lake. Of several
    files, one that is no AIS data is a reject too. Raises `SourceError` for a file that is not
    there, or if no file could be read.
    """
    paths = [path for file in files for path in _expand(Path(file))]
    whole = make_lake(Path(lake))
    with alone(whole):
        return _Import(whole, columns, progress).run(paths)


def read_positions(path: str | Path, columns: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The positions of one file, sorted by (mmsi, t), each once; bad records are left out.
    Raises `SourceError`."""
    return read_positions_and_static(path, columns)[0]


def read_positions_and_static(
    path: str | Path, columns: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """As `read_positions`, and with it what the ships said of themselves (`STATIC`)."""
    found = list(read_file(Path(path), columns))
    positions = in_order(pl.concat([empty(), *(batch.positions for batch in found)]))
    said = pl.concat([pl.DataFrame(schema=STATIC), *(batch.static for batch in found)])
    return positions, merge_static(said)


class _Import:
    """One import, as it goes."""

    def __init__(
        self,
        lake: Lake,
        columns: Mapping[str, str] | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.lake = lake
        self.columns = columns
        self.progress = progress
        self.held: dict[date, list[pl.DataFrame]] = {}
        self.held_rows = 0
        self.static: list[pl.DataFrame] = []
        self.static_rows = 0
        self.taken: list[dict[str, object]] = []
        self.rejected: list[pl.DataFrame] = []
        self.rows = self.new = self.accepted = 0
        self.counts: Counter[str] = Counter()
        self.first: list[Reject] = []
        self.days: set[date] = set()
        self.ships: set[int] = set()

    def run(self, paths: list[Path]) -> ImportReport:
        total = sum(path.stat().st_size for path in paths)
        known = imported(self.lake)
        done = read = 0
        skipped: list[str] = []
        errors: list[SourceError] = []
        for path in paths:
            digest = _digest(path)
            if digest in known:
                skipped.append(str(path))
            else:
                known.add(digest)
                try:
                    self._take(path, digest, done, total)
                    read += 1
                except SourceError as error:
                    errors.append(error)
                    self._refuse_file(path, error)
            done += path.stat().st_size
            self._tell(done, total)
        if errors and read == 0:
            raise errors[0]
        self._flush()
        return ImportReport(
            files=read,
            rows=self.rows,
            positions=self.new,
            duplicates=self.accepted - self.new,
            rejects=dict(self.counts),
            first_rejects=tuple(self.first),
            days=tuple(sorted(self.days)),
            ships=len(self.ships),
            skipped_files=tuple(skipped),
        )

    def _tell(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(done, total)

    def _take(self, path: Path, digest: str, done: int, total: int) -> None:
        rows = accepted = 0
        for batch in read_file(path, self.columns, lambda at: self._tell(done + at, total)):
            self._hold(path, batch)
            rows += batch.rows
            accepted += batch.positions.height
        self.taken.append(
            {"sha256": digest, "file": path.name, "rows": rows, "positions": accepted}
        )
        if self.held_rows > ROWS_HELD:
            self._flush()

    def _hold(self, path: Path, batch: Batch) -> None:
        self.rows += batch.rows
        self._count(path, batch.rejects)
        if batch.static.height:
            self.static.append(batch.static)
            self.static_rows += batch.static.height
            if self.static_rows > STATIC_HELD:
                self.static = [merge_static(pl.concat(self.static))]
                self.static_rows = self.static[0].height
        fresh = batch.positions
        if not fresh.height:
            return
        self.accepted += fresh.height
        self.held_rows += fresh.height
        self.ships.update(fresh["mmsi"].unique().to_list())
        parts = fresh.with_columns(pl.col("t").dt.date().alias("_day")).partition_by(
            "_day", as_dict=True, include_key=False
        )
        for (day,), part in parts.items():
            self.held.setdefault(day, []).append(part)

    def _count(self, path: Path, rejects: pl.DataFrame) -> None:
        if not rejects.height:
            return
        for reason, count in rejects["reason"].value_counts().iter_rows():
            self.counts[reason] += count
        room = FIRST_REJECTS - len(self.first)
        self.first += [
            Reject(path=str(path), **row) for row in rejects.head(room).iter_rows(named=True)
        ]
        self.rejected.append(rejects.select(pl.lit(str(path)).alias("path"), *rejects.columns))

    def _refuse_file(self, path: Path, error: SourceError) -> None:
        reason = str(error).removeprefix(f"{path}:").strip()
        frame = pl.DataFrame({"where": ["file"], "reason": [reason], "sample": [""]})
        self._count(path, frame)

    def _flush(self) -> None:
        """Bring all that is held to the lake; only then note the files as taken."""

        def bring(day: date) -> int:
            return add_to_day(self.lake, day, self.held.pop(day))

        self.days.update(self.held)
        self.new += sum(in_turn(sorted(self.held), bring, DAYS_AT_ONCE))
        self.held_rows = 0
        self._flush_identities()
        if self.rejected:
            with (self.lake.path / "rejects.jsonl").open("ab") as file:
                for frame in self.rejected:
                    file.write(frame.write_ndjson().encode())
            self.rejected = []
        if self.taken:
            with (self.lake.path / "imported.jsonl").open("a", encoding="utf-8") as notes:
                notes.writelines(json.dumps(item) + "\n" for item in self.taken)
            self.taken = []

    def _flush_identities(self) -> None:
        if not self.static:
            return
        before = self.lake.statements()
        merged = merge_static(pl.concat([before.cast(pl.Schema(STATIC)), *self.static]))
        self.static, self.static_rows = [], 0
        if not merged.equals(before):
            file = self.lake.path / "identities.parquet"
            write_whole(file, lambda p: merged.write_parquet(p, compression="zstd"))


def imported(lake: Lake) -> set[str]:
    """The SHA-256 of the files that the lake has taken in. A torn last line is passed over."""
    notes = lake.path / "imported.jsonl"
    found = set()
    if notes.exists():
        for line in notes.read_text("utf-8", "replace").splitlines():
            try:
                found.add(str(json.loads(line)["sha256"]))
            except (ValueError, KeyError, TypeError):
                continue
    return found


def _expand(path: Path) -> list[Path]:
    """A file, or the files of a folder and the folders in it, but for hidden ones and lakes."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise SourceError(path, "no such file or folder")
    if is_lake(path):
        raise SourceError(path, "is a lake; name the files to import")
    found = []
    for inner in sorted(path.iterdir()):
        if not inner.name.startswith(".") and not is_lake(inner):
            found += _expand(inner)
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
