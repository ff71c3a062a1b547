"""The ledger: opening it, asking it, and running a run on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select
from sqlalchemy.exc import DatabaseError, OperationalError

from masthead.errors import LedgerError
from masthead.ledger import chain, schema
from masthead.ledger.backup import copy_to
from masthead.ledger.changes import Changes, changes_of
from masthead.ledger.opening import make_engine, prepare
from masthead.ledger.verify import Verification, verify
from masthead.ledger.writing import LedgerRun, document_from, stamp
from masthead.model import Document, Event, Reject, from_json, parse_utc


class Ledger:
    """A ledger file. Open it with `Ledger.open`; it is a context manager."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self._read = make_engine(path, writes=False, read_only=read_only)
        self._write = None if read_only else make_engine(path, writes=True)

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True, read_only: bool = False) -> Ledger:
        """Open a ledger, making it if it is not there and `create` is true, and bringing an older
        one up to date. Raises `LedgerError` for a file that is no ledger, is torn, or is newer."""
        path = Path(path)
        prepare(path, create=create, read_only=read_only)
        return cls(path, read_only=read_only)

    def close(self) -> None:
        """Give the file back."""
        self._read.dispose()
        if self._write is not None:
            self._write.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def run(
        self, command: str, settings: Mapping[str, object] | None = None
    ) -> Iterator[LedgerRun]:
        """A run that writes. Its end and outcome are written when the block is left; a killed run
        has no end, and the next one goes on where it stopped."""
        if self._write is None:
            raise LedgerError(f"{self.path}: is open for reading only")
        run = LedgerRun(self._write, command, settings or {})
        try:
            yield run
        except BaseException as error:
            run.end(error)
            raise
        run.end(None)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self._read.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction under the write lock. Raises `LedgerError` if it cannot be had."""
        if self._write is None:
            raise LedgerError(f"{self.path}: is open for reading only")
        try:
            with self._write.begin() as connection:
                yield connection
        except OperationalError as error:
            raise LedgerError(
                f"the ledger cannot be written ({error.orig}); if a run is at work, "
                "wait for its end"
            ) from error

    def events(
        self,
        *,
        as_known_on: datetime | None = None,
        sense: str | None = None,
        incident: str | Sequence[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        document: str | None = None,
        mmsi: int | None = None,
        include_superseded: bool = False,
    ) -> Iterator[Event]:
        """The events in order of their time (undated ones last).

        `as_known_on` gives the picture that the ledger had at that moment; `since` and `until`
        keep what may have happened between them, so an undated event is kept.
        """
        e = schema.events
        wanted: list[ColumnElement[bool]] = []
        if not include_superseded:
            wanted.append(_known(as_known_on))
        if sense is not None:
            wanted.append(e.c.sense == sense)
        if incident is not None:
            names = [incident] if isinstance(incident, str) else list(incident)
            wanted.append(e.c.incident.in_(names))
        if since is not None:
            wanted.append(or_(e.c.latest.is_(None), e.c.latest >= stamp(since)))
        if until is not None:
            wanted.append(or_(e.c.earliest.is_(None), e.c.earliest <= stamp(until)))
        if document is not None:
            versions = select(schema.documents.c.id).where(schema.documents.c.name == document)
            wanted.append(e.c.document_id.in_(versions))
        if mmsi is not None:
            about = select(schema.evidence.c.event_row).where(schema.evidence.c.mmsi == mmsi)
            wanted.append(e.c.id.in_(about))
        order = (e.c.earliest.is_(None), e.c.earliest, e.c.id)
        for row in self._stream(select(e.c.record).where(*wanted).order_by(*order)):
            yield from_json(row.record)

    def event(self, prefix: str) -> Event:
        """The event of this id, or of its first characters; the latest, if it was withdrawn and
        came back. Raises `LedgerError` for none or for several."""
        return from_json(self._event_row(prefix).record)

    def recorded(self, prefix: str) -> datetime:
        """When the ledger came to know an event. Raises `LedgerError`."""
        return parse_utc(self._event_row(prefix).recorded_at)

    def document_of(self, event: Event) -> Document:
        """The version of the document that an event was read in. Raises `LedgerError`."""
        row = self._event_row(event.id)
        if row.document_id is None:
            raise LedgerError(f"event {event.id} is of a track, not of a document")
        return next(self._documents(schema.documents.c.id == row.document_id))

    def documents(self, *, as_known_on: datetime | None = None) -> Iterator[Document]:
        """The latest version of every document, in order of name."""
        d, later = schema.documents, schema.documents.alias()
        newer = select(later.c.id).where(later.c.name == d.c.name, later.c.id > d.c.id)
        wanted: ColumnElement[bool] = ~newer.exists()
        if as_known_on is not None:
            at = stamp(as_known_on)
            newer = newer.where(later.c.recorded_at <= at)
            wanted = and_(d.c.recorded_at <= at, ~newer.exists())
        return self._documents(wanted)

    def document(self, name: str, *, as_known_on: datetime | None = None) -> Document:
        """A document by its name, its latest version. Raises `LedgerError`."""
        d = schema.documents
        wanted: ColumnElement[bool] = d.c.name == name
        if as_known_on is not None:
            wanted = and_(wanted, d.c.recorded_at <= stamp(as_known_on))
        newest = select(d.c.id).where(wanted).order_by(d.c.id.desc()).limit(1).scalar_subquery()
        for document in self._documents(d.c.id == newest):
            return document
        raise LedgerError(f"{self.path}: no document is called {name!r}")

    def ships(self) -> list[dict[str, Any]]:
        """What ships said of themselves, one row a fact."""
        return [dict(row._mapping) for row in self._stream(select(schema.ships))]

    def rejects(self) -> Iterator[Reject]:
        """The records that could not be used."""
        for row in self._stream(select(schema.rejects).order_by(schema.rejects.c.id)):
            yield Reject(path=row.path, where=row.place, reason=row.reason, sample=row.sample)

    def changes(self, run_id: int | None = None) -> Changes:
        """What a run (the last, if not given) added and withdrew."""
        with self._read.connect() as connection:
            return changes_of(connection, run_id)

    def head(self) -> str:
        """The hash of the last link of the chain: note it, to find a cut-off tail later."""
        with self._read.connect() as connection:
            return chain.head(connection)[1]

    def source_head(self) -> str:
        """The hash of the last link that is no mark's: what the sources gave stands until it
        changes."""
        c = schema.chain.c
        last = (
            select(c.link_hash)
            .where(c.table_name.not_in(("marks", "mark_withdrawals")))
            .order_by(c.seq.desc())
            .limit(1)
        )
        with self._read.connect() as connection:
            return connection.scalar(last) or chain.GENESIS

    def verify(self, *, expected_head: str | None = None) -> Verification:
        """Check every row, the chain, every evidence span, and the file itself."""
        return verify(self._read, expected_head)

    def backup(self, target: str | Path) -> None:
        """Copy the ledger, which may be in use, and verify the copy. Raises `LedgerError`."""
        target = Path(target)
        copy_to(self.path, target)
        with Ledger.open(target, create=False, read_only=True) as copy:
            found = copy.verify()
        if found.problems:
            raise LedgerError(f"{target}: the copy does not verify: {found.problems[0]}")

    def _stream(self, query: Any) -> Iterator[Any]:
        with self._read.connect() as connection:
            try:
                yield from connection.execution_options(yield_per=1000).execute(query)
            except DatabaseError as error:
                raise LedgerError(
                    f"{self.path}: cannot be read ({error.orig}); 'masthead verify' says more"
                ) from error

    def _documents(self, wanted: Any) -> Iterator[Document]:
        d, t = schema.documents, schema.texts
        query = select(d.c.record, t.c.text).join(t, d.c.text_id == t.c.id).where(wanted)
        for row in self._stream(query.order_by(d.c.name)):
            yield document_from(row.record, row.text)

    def _event_row(self, prefix: str) -> Any:
        e = schema.events
        matching = e.c.event_id.startswith(prefix, autoescape=True)
        with self._read.connect() as connection:
            ids = connection.scalars(select(e.c.event_id).where(matching).distinct().limit(6)).all()
            if not ids or not prefix:
                raise LedgerError(f"{self.path}: no event's id begins with '{prefix}'")
            if len(ids) > 1:
                raise LedgerError(f"'{prefix}' begins several ids: {', '.join(sorted(ids))}")
            newest = select(e).where(e.c.event_id == ids[0]).order_by(e.c.id.desc()).limit(1)
            return connection.execute(newest).one()


def _known(moment: datetime | None) -> ColumnElement[bool]:
    """The condition that an event was known, and not withdrawn, at a moment (now, if None)."""
    e, w = schema.events, schema.withdrawals
    gone = select(w.c.id).where(w.c.event_row == e.c.id)
    if moment is None:
        return ~gone.exists()
    at = stamp(moment)
    return and_(e.c.recorded_at <= at, ~gone.where(w.c.recorded_at <= at).exists())
