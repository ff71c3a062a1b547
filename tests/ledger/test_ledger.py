"""What the ledger promises: nothing twice, nothing lost, nothing overwritten, two clocks."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.errors import EvidenceError, LedgerError
from masthead.ledger import Added, Ledger
from masthead.ledger.opening import REVISION, make_engine
from masthead.ledger.schema import metadata
from masthead.model import Document, Event, Reject, Sense, TextSpan, TrackSpan

TEXT = "The navy of Carthia seized a tanker. Veloria condemned the seizure."


def report(text: str = TEXT, name: str = "wire.txt") -> Document:
    return Document(id=name, text=text)


def event(document: Document, start: int, end: int, incident: str = "seizure") -> Event:
    return Event(sense=Sense.REPORT, incident=incident, evidence=(document.cite(start, end),))


def gap(hour: int) -> Event:
    start = datetime(2026, 5, 4, hour, tzinfo=UTC)
    span = TrackSpan(mmsi=636019825, start=start, end=start.replace(minute=59))
    return Event(sense=Sense.TRACK, incident="gap", evidence=(span,))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "case.ledger")


def test_the_same_document_again_adds_nothing(ledger: Ledger) -> None:
    with ledger.run("run") as run:
        first = run.add_document(report(), [event(report(), 0, 36)])
        again = run.add_document(report(), [event(report(), 0, 36)])
    assert (first, again) == (Added("new", 1, 0), Added("unchanged"))
    head = ledger.head()
    with ledger.run("run") as run:
        assert run.has_document(report())
    assert len(list(ledger.events())) == 1
    assert ledger.head() != head, "the run itself is on record"


def test_a_changed_document_supersedes_its_events_and_keeps_them(ledger: Ledger) -> None:
    before, after = report(), report(TEXT.replace("tanker", "trawler"))
    with ledger.run("run") as run:
        run.add_document(before, [event(before, 0, 36), event(before, 37, 67)])
    old = [e.id for e in ledger.events()]
    known = datetime.now(UTC)
    with ledger.run("run") as run:
        assert run.add_document(after, [event(after, 0, 37)]) == Added("changed", 1, 2)
    assert [e.evidence[0] for e in ledger.events()] == [after.cite(0, 37)]
    assert [e.id for e in ledger.events(as_known_on=known)] == old
    assert {e.id for e in ledger.events(include_superseded=True)} > set(old)
    assert ledger.document("wire.txt") == after
    assert ledger.document("wire.txt", as_known_on=known) == before
    assert [d.text for d in ledger.documents(as_known_on=known)] == [before.text]
    assert ledger.document_of(ledger.event(old[0])) == before
    assert len(ledger.changes().superseded) == 2


def test_a_better_reader_withdraws_only_what_it_no_longer_finds(ledger: Ledger) -> None:
    document = report()
    stays, goes, comes = (event(document, *span) for span in ((0, 36), (37, 67), (37, 44)))
    with ledger.run("run") as run:
        run.add_document(document, [stays, goes], reader_version="1")
        assert not run.has_document(document, reader_version="2")
        added = run.add_document(document, [stays, comes], reader_version="2")
    assert added == Added("changed", 1, 1)
    assert {e.id for e in ledger.events()} == {stays.id, comes.id}


def test_a_false_span_writes_nothing(ledger: Ledger) -> None:
    false = Event(
        sense=Sense.REPORT,
        incident="seizure",
        evidence=(TextSpan(document="wire.txt", start=0, end=4, text="That"),),
    )
    with ledger.run("run") as run, pytest.raises(EvidenceError, match="should read 'That'"):
        run.add_document(report(), [event(report(), 0, 36), false])
    assert list(ledger.documents()) == []
    assert list(ledger.events(include_superseded=True)) == []


def test_track_events_of_a_source_are_replaced_where_they_differ(ledger: Ledger) -> None:
    with ledger.run("run") as run:
        assert run.add_track_events("lake", "one", [gap(1), gap(2), gap(1)]) == Added("new", 2, 0)
        assert run.add_track_events("lake", "one", [gap(1)]) == Added("unchanged")
        assert run.has_source("lake", "one")
        assert run.add_track_events("lake", "two", [gap(2), gap(3)]) == Added("changed", 1, 1)
    assert [e.id for e in ledger.events(mmsi=636019825)] == [gap(2).id, gap(3).id]


def test_questions(ledger: Ledger) -> None:
    document = report()
    found = event(document, 0, 36)
    with ledger.run("run") as run:
        run.add_document(document, [found, event(document, 37, 67, "release")])
        run.add_rejects([Reject(path="a.csv", where="line 2", reason="no date")] * 2)
        run.add_rejects([Reject(path="a.csv", where="line 2", reason="no date")])
        assert run.add_ships([{"mmsi": 1, "name": "A"}, {"mmsi": 1, "name": "A"}]) == 1
        assert run.add_ships([{"mmsi": 1, "name": "A"}, {"mmsi": 1, "name": "B"}]) == 1
    assert ledger.event(found.id[:8]) == found
    assert [e.incident for e in ledger.events(incident="release")] == ["release"]
    assert len(list(ledger.events(document="wire.txt", sense="report"))) == 2
    assert [r.where for r in ledger.rejects()] == ["line 2"]
    assert [s["name"] for s in ledger.ships()] == ["A", "B"]
    with pytest.raises(LedgerError, match="no event's id begins"):
        ledger.event("zz")
    with pytest.raises(LedgerError, match="no event's id begins"):
        ledger.event("")


def test_a_failed_run_says_so(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError), ledger.run("run"):
        raise RuntimeError("the disk is on fire")
    assert ledger.changes().outcome == "failed"


@pytest.mark.parametrize("verb", ["UPDATE events SET record = ''", "DELETE FROM texts"])
def test_rows_cannot_be_changed(ledger: Ledger, verb: str) -> None:
    with ledger.run("run") as run:
        run.add_document(report(), [event(report(), 0, 36)])
    connection = sqlite3.connect(ledger.path)
    with pytest.raises(sqlite3.IntegrityError, match="only adds rows"):
        connection.execute(verb)
    connection.close()


def test_two_ledgers_on_one_file_share_it(ledger: Ledger) -> None:
    reader = Ledger.open(ledger.path, read_only=True)
    with ledger.run("run") as run:
        run.add_document(report(), [event(report(), 0, 36)])
        assert len(list(reader.events())) == 1
        with Ledger.open(ledger.path) as other, other.run("run") as second:
            assert second.add_document(report(name="b.txt"), []) == Added("new", 0, 0)
    with pytest.raises(LedgerError, match="reading only"), reader.run("run"):
        pass


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.ledger"
    text.write_text("Dear diary, " * 200)
    other = tmp_path / "other.ledger"
    sqlite3.connect(other).execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(LedgerError, match="cannot be opened as a ledger"):
        Ledger.open(text)
    with pytest.raises(LedgerError, match="is not a ledger"):
        Ledger.open(other)
    with pytest.raises(LedgerError, match="no ledger is there"):
        Ledger.open(tmp_path / "none.ledger", create=False)


def test_a_newer_ledger_is_refused_and_a_half_made_one_completed(ledger: Ledger) -> None:
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    with pytest.raises(LedgerError, match="newer Masthead"):
        Ledger.open(ledger.path)
    connection.execute("DELETE FROM alembic_version")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    ).fetchall():
        connection.execute(f"DROP TABLE {name}")
    connection.commit()
    connection.close()
    with pytest.raises(LedgerError, match="older Masthead"):
        Ledger.open(ledger.path, read_only=True)
    with Ledger.open(ledger.path) as made:
        assert made.verify().problems == ()


def test_the_migrations_make_the_tables_of_the_schema(ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = make_engine(ledger.path, writes=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == REVISION
        assert compare_metadata(context, metadata) == []
    engine.dispose()


names = st.sampled_from(["a.txt", "b.txt", "c.txt"])
texts = st.sampled_from([TEXT, TEXT.upper(), TEXT[:40]])
steps = st.lists(st.tuples(names, texts, st.sets(st.sampled_from([(0, 36), (3, 9), (0, 12)]))))


@settings(max_examples=25, deadline=None)
@given(steps=steps)
def test_any_sequence_of_readings_leaves_what_a_plain_dictionary_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, set[tuple[int, int]]]]
) -> None:
    model: dict[str, tuple[str, set[str]]] = {}
    path = tmp_path_factory.mktemp("model") / "case.ledger"
    with Ledger.open(path) as ledger:
        for name, text, spans in steps:
            document = report(text, name)
            events = [event(document, *span) for span in sorted(spans)]
            with ledger.run("run") as run:
                run.add_document(document, events)
            if model.get(name, ("",))[0] != text:
                model[name] = (text, {e.id for e in events})
        assert {e.id for e in ledger.events()} == {i for _, ids in model.values() for i in ids}
        assert {d.id: d.text for d in ledger.documents()} == {n: t for n, (t, _) in model.items()}
        assert ledger.verify().problems == ()
