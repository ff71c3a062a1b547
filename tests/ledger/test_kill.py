"""A run killed by SIGKILL at 50 random moments: nothing acknowledged is lost, doubled or torn."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from pathlib import Path

import pytest

from masthead.ledger import Ledger
from masthead.model import Document, Event, Sense

ROUNDS = 50


def document(number: int) -> Document:
    return Document(id=f"{number}.txt", text=f"Report {number}: a tanker was stopped at noon.")


def events(of: Document) -> list[Event]:
    spans = [(0, 6), (0, len(of.text))]
    return [
        Event(sense=Sense.REPORT, incident="interception", evidence=(of.cite(a, b),))
        for a, b in spans
    ]


def write_on(path: Path, acknowledge: int) -> None:
    """Go on where the last run stopped, and say each document's number once it is committed."""
    with Ledger.open(path) as ledger:
        number = sum(1 for _ in ledger.documents())
        with ledger.run("run") as run:
            while True:
                one = document(number)
                run.add_document(one, events(one))
                os.write(acknowledge, f"{number}\n".encode())
                number += 1


def killed_run(path: Path, moment_s: float, *, at_work: bool) -> list[int]:
    """Fork a writer and kill it `moment_s` after it began, or, `at_work`, after its first
    acknowledgement; return what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            write_on(path, writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = os.read(reading, 65536) if at_work else b""
    end = time.monotonic() + moment_s
    while (left := end - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            said += os.read(reading, 65536)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        said += piece
    os.close(reading)
    return [int(line) for line in said.split(b"\n") if line]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_doubled_or_torn(tmp_path: Path) -> None:
    path = tmp_path / "case.ledger"
    chance = random.Random(1856)
    acknowledged: list[int] = []
    for number in range(ROUNDS):
        starting = number % 5 == 0  # one in five dies while it opens, or makes, the ledger
        moment_s = chance.uniform(0.0, 0.3 if starting else 0.08)
        acknowledged += killed_run(path, moment_s, at_work=not starting)
    assert len(acknowledged) > ROUNDS, "the writer hardly wrote"
    assert len(set(acknowledged)) == len(acknowledged), "a document was written twice"
    with Ledger.open(path) as ledger:
        assert ledger.verify().problems == ()
        held = {d.id: d for d in ledger.documents()}
        assert {f"{n}.txt" for n in acknowledged} <= set(held)
        assert sorted(held, key=lambda name: int(name[:-4])) == [
            f"{n}.txt" for n in range(len(held))
        ]
        assert len(list(ledger.events())) == 2 * len(held), "a document stands without its events"
        with ledger.run("run") as run:
            one = document(len(held))
            assert run.add_document(one, events(one)).state == "new"
