"""`verify` finds what was altered behind Masthead's back, and a backup is whole."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from masthead.errors import LedgerError
from masthead.ledger import Ledger
from masthead.model import Document, Event, Sense


def filled(path: Path, documents: int = 12) -> str:
    """A ledger with documents and events; its head."""
    with Ledger.open(path) as ledger:
        with ledger.run("run") as run:
            for number in range(documents):
                text = f"Report {number}: the navy stopped the tanker STAR {number} at noon."
                document = Document(id=f"{number}.txt", text=text)
                found = Event(
                    sense=Sense.REPORT, incident="interception", evidence=(document.cite(10, 40),)
                )
                run.add_document(document, [found])
        return ledger.head()


def problems(path: Path, head: str | None = None) -> tuple[str, ...]:
    with Ledger.open(path, create=False, read_only=True) as ledger:
        return ledger.verify(expected_head=head).problems


def raw(path: Path, *statements: str) -> None:
    """Run SQL with the triggers removed, as somebody with the file and a tool would."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def cut_tail(path: Path) -> None:
    """Remove the last link and its row, neatly."""
    connection = sqlite3.connect(path)
    last = connection.execute(
        "SELECT seq, table_name, row_id FROM chain ORDER BY seq DESC"
    ).fetchone()
    connection.close()
    raw(path, f"DELETE FROM {last[1]} WHERE id = {last[2]}",
        f"DELETE FROM chain WHERE seq = {last[0]}")  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE texts SET text = replace(text, 'stopped', 'boarded') WHERE id = 3", "altered"),
        ("UPDATE events SET incident = 'seizure' WHERE id = 2", "altered"),
        (
            "UPDATE documents SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE id = 1",
            "altered",
        ),
        ("DELETE FROM evidence WHERE id = 4", "is gone"),
        ("DELETE FROM chain WHERE seq = 9", "missing"),
        ("UPDATE chain SET row_hash = 'x' WHERE seq = 9", "does not follow"),
        (
            "INSERT INTO events (id, run_id, event_id, document_id, sense, record, recorded_at) "
            "SELECT 99, run_id, event_id, document_id, sense, record, recorded_at FROM events "
            "WHERE id = 1",
            "Masthead did not write it",
        ),
        ("UPDATE texts SET id = 99 WHERE id = 3", "is gone"),
    ],
)
def test_a_change_by_hand_is_found(tmp_path: Path, statement: str, said: str) -> None:
    path = tmp_path / "case.ledger"
    filled(path)
    assert problems(path) == ()
    raw(path, statement)
    assert any(said in line for line in problems(path))


def test_a_cut_tail_is_found_by_the_noted_head(tmp_path: Path) -> None:
    path = tmp_path / "case.ledger"
    head = filled(path)
    assert problems(path, head) == ()
    cut_tail(path)
    assert problems(path) == (), "the chain alone cannot show it"
    assert any("cut off" in line for line in problems(path, head))


def test_flipped_bytes_are_found(tmp_path: Path) -> None:
    """Every byte of the content of every row: a flipped one is found, or the file is refused."""
    path = tmp_path / "case.ledger"
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = path.read_bytes()
    places = [
        at + offset
        for needle in (b"Report 3:", b"the tanker STAR 7", b'"incident":"interception"', b"run")
        for at in [whole.find(needle)]
        for offset in range(len(needle))
    ]
    random.Random(1).shuffle(places)
    for place in places[:40]:
        broken = bytearray(whole)
        broken[place] ^= 1
        path.write_bytes(broken)
        try:
            found = problems(path)
        except LedgerError:
            continue
        assert found, f"the byte at {place} was flipped unseen"


def test_backup_during_writes_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "case.ledger"
    filled(path, 3)
    stop = threading.Event()

    def write() -> None:
        with Ledger.open(path) as ledger, ledger.run("run") as run:
            number = 0
            while not stop.is_set():
                run.add_document(Document(id=f"w{number}.txt", text=f"Nothing {number}."), [])
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with Ledger.open(path, read_only=True) as ledger:
            for number in range(3):
                ledger.backup(tmp_path / f"copy{number}.ledger")
            with pytest.raises(LedgerError, match="is there already"):
                ledger.backup(tmp_path / "copy0.ledger")
    finally:
        stop.set()
        writer.join()
    checks: list[Callable[[], tuple[str, ...]]] = [
        lambda n=n: problems(tmp_path / f"copy{n}.ledger") for n in range(3)
    ]
    assert [check() for check in checks] == [(), (), ()]
