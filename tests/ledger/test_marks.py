"""Marks: appended, chained, withdrawn by a further act; and what they rule on merging."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.errors import LedgerError
from masthead.ledger import Ledger
from masthead.ledger.marked import Marked
from masthead.ledger.marks import (
    Mark,
    MarkError,
    MarkKind,
    add_mark,
    marks_of,
    rulings,
    withdraw_mark,
)
from masthead.model import Document, parse_utc


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "case.ledger")


def test_a_mark_is_an_act_with_its_time_and_is_taken_back_by_another(ledger: Ledger) -> None:
    source_head = ledger.source_head()
    first = add_mark(ledger, "e1", MarkKind.NOTE, text="is the sister ship meant?")
    second = add_mark(ledger, "e1", MarkKind.DISPUTE)
    assert marks_of(ledger) == [first, second]
    assert first.made_at <= second.made_at
    gone = withdraw_mark(ledger, first.id)
    assert gone.withdrawn_at is not None
    assert marks_of(ledger) == [second]
    assert marks_of(ledger, withdrawn=True) == [gone, second]
    assert withdraw_mark(ledger, first.id) == gone
    assert ledger.verify().problems == ()
    assert ledger.source_head() == source_head != ledger.head()


def test_a_mark_is_never_changed_and_a_forged_one_is_found(ledger: Ledger) -> None:
    add_mark(ledger, "e1", MarkKind.CONFIRM)
    with sqlite3.connect(ledger.path) as connection:
        for forgery in ("UPDATE marks SET kind = 'dispute'", "DELETE FROM marks"):
            with pytest.raises(sqlite3.IntegrityError, match="only adds rows"):
                connection.execute(forgery)
        connection.execute("DROP TRIGGER marks_no_update")
        connection.execute("UPDATE marks SET kind = 'dispute'")
    connection.close()
    assert "marks row 1" in ledger.verify().problems[0]


@pytest.mark.parametrize(
    ("kind", "rest"),
    [(MarkKind.NOTE, {}), (MarkKind.NOTE, {"text": "  "}), (MarkKind.STAR, {"text": "x" * 4001}),
     (MarkKind.MERGE, {"groups": [["a"]]}), (MarkKind.SPLIT, {"groups": [["a", "b"]]}),
     (MarkKind.MERGE, {"groups": [["a"], [str(n) for n in range(1000)]]})],
)  # fmt: skip
def test_a_mark_that_says_nothing_is_refused(ledger: Ledger, kind: MarkKind, rest: dict) -> None:
    with pytest.raises(MarkError):
        add_mark(ledger, "e1", kind, **rest)
    assert marks_of(ledger, withdrawn=True) == []


def test_one_opened_for_reading_takes_no_mark_and_unknown_ones_cannot_be_withdrawn(
    ledger: Ledger,
) -> None:
    with pytest.raises(LedgerError, match="no mark 7"):
        withdraw_mark(ledger, 7)
    with (
        Ledger.open(ledger.path, read_only=True) as reader,
        pytest.raises(LedgerError, match="for reading only"),
    ):
        add_mark(reader, "e1", MarkKind.STAR)


def test_a_ledger_of_before_there_were_marks_is_read_and_brought_up_to_date(
    ledger: Ledger, tmp_path: Path
) -> None:
    with ledger.run("test") as run:
        run.add_document(Document(id="a.txt", text="Nothing happened."), [])
    ledger.close()
    old = tmp_path / "old.ledger"
    shutil.copy(ledger.path, old)
    with sqlite3.connect(old) as connection:
        for table in ("mark_withdrawals", "marks"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    with Ledger.open(old, read_only=True) as reader:
        assert marks_of(reader) == []
        assert reader.verify().problems == ()
    with Ledger.open(old) as newer:
        made = add_mark(newer, "e1", MarkKind.STAR)
        assert marks_of(newer) == [made]
        assert newer.verify().problems == ()


def _mark(number: int, kind: MarkKind, groups: list[list[str]]) -> Mark:
    return Mark(id=number, about="x", kind=kind, made_at=parse_utc("2026-01-01"),
                groups=tuple(map(tuple, groups)))  # fmt: skip


def test_a_later_ruling_stands_over_an_earlier_one() -> None:
    merge = _mark(1, MarkKind.MERGE, [["a"], ["b"], ["c"]])
    split = _mark(2, MarkKind.SPLIT, [["c"], ["a", "b"]])
    assert rulings([merge, split]) == ([("a", "b")], [("a", "c"), ("b", "c")])
    again = _mark(3, MarkKind.MERGE, [["a"], ["c"]])
    assert rulings([again, split, merge]) == ([("a", "b"), ("a", "c")], [("b", "c")])


groups = st.lists(st.lists(st.sampled_from("abcde"), max_size=4), max_size=3)


@given(st.lists(st.tuples(st.sampled_from([MarkKind.MERGE, MarkKind.SPLIT]), groups), max_size=6))
def test_no_pair_is_ruled_both_ways(acts: list[tuple[MarkKind, list[list[str]]]]) -> None:
    same, different = rulings([_mark(n, kind, g) for n, (kind, g) in enumerate(acts, 1)])
    assert not set(same) & set(different)
    assert all(one < two for one, two in [*same, *different])


def test_a_mark_stays_with_its_incident_when_the_events_change() -> None:
    common = {"id": 1, "about": "i1", "made_at": parse_utc("2026-06-03T10:00:00Z")}
    star = Mark(kind=MarkKind.STAR, groups=(("a", "b", "c"),), **common)
    split = Mark(kind=MarkKind.SPLIT, groups=(("a",), ("b", "c")), **(common | {"id": 2}))
    marked = Marked([star, split])
    assert marked.on_incident("i1", ["a", "b", "c"]) == [star, split]
    assert marked.on_incident("i2", ["b", "c", "d"]) == [star, split]
    assert marked.on_incident("i3", ["a"]) == [split]
    assert marked.on_incident("i4", ["d"]) == []
    assert marked.on("a") == [split], "a star on an incident is none on its events"
    assert marked.on("i1") == [star, split]
