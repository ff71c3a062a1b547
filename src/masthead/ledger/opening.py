"""Opening a ledger's file: the engine with its pragmas, the check of what the file is, migrations.

SQLite runs in WAL mode with `synchronous=FULL`: what a commit acknowledged survives a killed
process and a power cut, and readers go on during a write. A writer takes the write lock at once
(`BEGIN IMMEDIATE`), so that a second one waits instead of failing half-way.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from masthead.errors import LedgerError

APPLICATION_ID = 0x4D415354  # "MAST", in the header of the SQLite file
REVISION = "0002"
READABLE = ("0001",)
"""Older versions that can be read as they stand: what came after them only adds tables."""
WAIT_MS = 30_000


def make_engine(path: Path, *, writes: bool, read_only: bool = False) -> Engine:
    """An engine on the file. `writes` takes the write lock with every transaction."""
    mode = "ro" if read_only else "rw"
    engine = create_engine(f"sqlite:///file:{_quoted(path)}?mode={mode}&uri=true")

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        pragmas = [f"busy_timeout={WAIT_MS}", "foreign_keys=ON", "synchronous=FULL"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def prepare(path: Path, *, create: bool, read_only: bool) -> None:
    """Make a new ledger, or check that the file is one and bring it up to date. Raises
    `LedgerError`."""
    if not path.exists() or path.stat().st_size == 0:
        if not create or read_only:
            raise LedgerError(f"{path}: no ledger is there; 'masthead run' makes one")
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_file(path)
        _migrate(path)
        return
    found = _revision(path)
    if found == REVISION:
        return
    if found is not None and found not in known_revisions():
        raise LedgerError(
            f"{path}: was written by a newer Masthead (ledger version {found}, this one knows "
            f"{REVISION}); update Masthead to open it"
        )
    if read_only and found in READABLE:
        return
    if read_only:
        raise LedgerError(f"{path}: is of an older Masthead; 'masthead run' brings it up to date")
    _migrate(path)


def _make_file(path: Path) -> None:
    connection = sqlite3.connect(path, timeout=WAIT_MS / 1000)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        connection.close()


def _revision(path: Path) -> str | None:
    """The ledger version of a file; None for one that was made but not yet migrated (a first run
    killed in its first moments)."""
    try:
        connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=30)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            if application != APPLICATION_ID:
                raise LedgerError(f"{path}: is not a ledger of Masthead; name another file")
            rows = connection.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchall()
            if not rows:
                return None
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(version[0]) if version else None
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise LedgerError(
            f"{path}: cannot be opened as a ledger ({error}); restore a backup, or name another "
            "file"
        ) from error


def known_revisions() -> frozenset[str]:
    """The ledger versions that this Masthead can bring up to date."""
    versions = files("masthead").joinpath("ledger", "migrations", "versions")
    return frozenset(
        entry.name.split("_")[0] for entry in versions.iterdir() if entry.name[:4].isdigit()
    )


def _migrate(path: Path) -> None:
    """Run the migrations that the file lacks, in one transaction under the write lock."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "masthead:ledger/migrations")
    engine = make_engine(path, writes=True)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DatabaseError as error:
        raise LedgerError(f"{path}: could not be brought up to date ({error.orig})") from error
    finally:
        engine.dispose()


def integrity(engine: Engine) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    with engine.connect() as connection:
        found = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    problems = [] if found == ["ok"] else [f"SQLite: {line}" for line in found]
    return problems + [f"{row[0]} row {row[1]} points at a missing {row[2]}" for row in broken]
