"""One run's writing: documents with their events, track events, ships, rejects.

Each call is one transaction: when it returns, what it added is on disk; a killed process leaves
either all of it or nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, and_, exists, select
from sqlalchemy.exc import OperationalError

from masthead.errors import LedgerError
from masthead.ledger import schema
from masthead.ledger.chain import Writer
from masthead.model import Document, Event, Reject, TextSpan, to_json, unique

_DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)
SHIP_FACTS = ("mmsi", "imo", "name", "call_sign", "flag", "ship_type", "source")


@dataclass(frozen=True)
class Added:
    """What a call added: whether the source was new, unchanged or changed; how many events are
    new, and how many earlier ones were withdrawn."""

    state: Literal["new", "unchanged", "changed"]
    events: int = 0
    superseded: int = 0


def stamp(moment: datetime) -> str:
    """UTC as text of fixed width, which sorts as the times do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record_of(document: Document) -> str:
    """All of a document but its text, as JSON."""
    values = _DOCUMENT.dump_python(document, mode="json")
    del values["text"]
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def document_from(record: str, text: str) -> Document:
    """The document of a record and its text."""
    return _DOCUMENT.validate_python({**json.loads(record), "text": text})


def digest(*parts: object) -> str:
    """SHA-256, in hex, of the parts as JSON."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def live_event() -> Any:
    """The condition that an event's row is not withdrawn."""
    w = schema.withdrawals
    return ~exists().where(w.c.event_row == schema.events.c.id)


class LedgerRun:
    """One run that writes to the ledger; made by `Ledger.run`."""

    def __init__(self, engine: Engine, command: str, settings: Mapping[str, object]) -> None:
        self._engine = engine
        with self._transaction() as (connection, writer):
            self.id = writer.add(
                schema.runs,
                command=command,
                settings=json.dumps(dict(settings), sort_keys=True, default=str),
                started_at=_now(connection),
            )

    @contextmanager
    def _transaction(self) -> Iterator[tuple[Connection, Writer]]:
        try:
            with self._engine.begin() as connection:
                writer = Writer(connection)
                yield connection, writer
                writer.flush()
        except OperationalError as error:
            raise LedgerError(
                f"the ledger cannot be written ({error.orig}); if another run is at work, "
                "wait for its end"
            ) from error

    def end(self, error: BaseException | None) -> None:
        """Write that the run ended, and how. A run without an end was killed."""
        with self._transaction() as (connection, writer):
            writer.add(
                schema.run_ends,
                run_id=self.id,
                outcome="failed" if error else "done",
                error=str(error) if error else None,
                ended_at=_now(connection),
            )

    def has_document(self, document: Document, *, reader_version: str = "") -> bool:
        """Whether this very document, as dated and read by this reader, is the latest of its
        name."""
        with self._engine.connect() as connection:
            last = _latest_document(connection, document.id)
        return last is not None and (last.record_digest, last.reader_version) == (
            _identity(document), reader_version,
        )  # fmt: skip

    def add_document(
        self,
        document: Document,
        events: Sequence[Event],
        *,
        rejects: Sequence[Reject] = (),
        reader_version: str = "",
    ) -> Added:
        """Add a document with the events read in it, in one transaction.

        A document of the same name that was there before with another text, date or reader has
        the events withdrawn that the new reading does not repeat. Raises `EvidenceError`, and
        adds nothing, if a span of an event is not what the text says.
        """
        events = unique(events)
        for event in events:
            event.verify(document.text)
        identity = _identity(document)
        with self._transaction() as (connection, writer):
            last = _latest_document(connection, document.id)
            if last and (last.record_digest, last.reader_version) == (identity, reader_version):
                return Added("unchanged")
            now = _now(connection)
            row = writer.add(
                schema.documents,
                run_id=self.id,
                name=document.id,
                text_id=_text_id(connection, writer, document),
                record=record_of(document),
                record_digest=identity,
                reader_version=reader_version,
                recorded_at=now,
            )
            kept: set[str] = set()
            superseded = 0
            if last is not None:
                before = _live(connection, schema.events.c.document_id, _versions(document.id))
                same_text = _same_text(connection, last.text_id, document)
                kept, superseded = self._withdraw(
                    writer, before, events if same_text else (), now,
                    "read again" if same_text else "the document changed",
                )  # fmt: skip
            fresh = [event for event in events if event.id not in kept]
            self._add_events(writer, fresh, now, document_id=row)
            self._add_rejects(connection, writer, rejects)
        return Added("changed" if last else "new", len(fresh), superseded)

    def has_source(
        self, name: str, digest: str, *, detector_version: str = "", settings_digest: str = ""
    ) -> bool:
        """Whether a track source was last detected in this very state."""
        with self._engine.connect() as connection:
            last = _latest_source(connection, name)
        return last is not None and (
            (last.digest, last.detector_version, last.settings_digest)
            == (digest, detector_version, settings_digest)
        )

    def add_track_events(
        self,
        source: str,
        source_digest: str,
        events: Sequence[Event],
        *,
        detector_version: str = "",
        settings_digest: str = "",
    ) -> Added:
        """Make these the events of a track source: new ones are added, those of its earlier
        detections that are not among them are withdrawn."""
        events = unique(events)
        with self._transaction() as (connection, writer):
            last = _latest_source(connection, source)
            state = (source_digest, detector_version, settings_digest)
            if last and (last.digest, last.detector_version, last.settings_digest) == state:
                return Added("unchanged")
            now = _now(connection)
            row = writer.add(
                schema.track_sources,
                run_id=self.id,
                name=source,
                digest=source_digest,
                detector_version=detector_version,
                settings_digest=settings_digest,
                recorded_at=now,
            )
            sources = select(schema.track_sources.c.id).where(schema.track_sources.c.name == source)
            before = _live(connection, schema.events.c.track_source_id, sources)
            kept, superseded = self._withdraw(writer, before, events, now, "detected again")
            fresh = [event for event in events if event.id not in kept]
            self._add_events(writer, fresh, now, track_source_id=row)
        return Added("changed" if last else "new", len(fresh), superseded)

    def add_ships(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add what ships said of themselves (`SHIP_FACTS`, `first_seen`, `last_seen`); a fact that
        the ledger has is left out. Returns how many were new."""
        with self._transaction() as (connection, writer):
            known = set(connection.scalars(select(schema.ships.c.digest)))
            added = 0
            for row in rows:
                facts = {key: row.get(key) for key in SHIP_FACTS}
                times = {
                    key: stamp(value) if isinstance(value := row.get(key), datetime) else value
                    for key in ("first_seen", "last_seen")
                }
                mark = digest(facts, times)
                if mark not in known:
                    known.add(mark)
                    writer.add(schema.ships, run_id=self.id, digest=mark, **facts, **times)
                    added += 1
        return added

    def add_rejects(self, rejects: Sequence[Reject]) -> None:
        """Add records that could not be used; one that the ledger has is left out."""
        if rejects:
            with self._transaction() as (connection, writer):
                self._add_rejects(connection, writer, rejects)

    def _add_rejects(
        self, connection: Connection, writer: Writer, rejects: Sequence[Reject]
    ) -> None:
        for item in {digest(r.path, r.where, r.reason): r for r in rejects}.items():
            mark, reject = item
            known = select(schema.rejects.c.id).where(schema.rejects.c.digest == mark)
            if connection.scalar(known) is None:
                writer.add(
                    schema.rejects, run_id=self.id, path=reject.path, place=reject.where,
                    reason=reject.reason, sample=reject.sample, digest=mark,
                )  # fmt: skip

    def _withdraw(
        self,
        writer: Writer,
        before: Sequence[tuple[int, str, str]],
        events: Sequence[Event],
        now: str,
        reason: str,
    ) -> tuple[set[str], int]:
        """Withdraw the earlier events that are not repeated word for word. Returns the ids that
        stay, and how many were withdrawn."""
        repeated = {event.id: to_json(event) for event in events}
        kept = {event_id for _, event_id, record in before if repeated.get(event_id) == record}
        gone = [row for row, event_id, _ in before if event_id not in kept]
        for row in gone:
            writer.add(
                schema.withdrawals, run_id=self.id, event_row=row, reason=reason, recorded_at=now
            )
        return kept, len(gone)

    def _add_events(
        self,
        writer: Writer,
        events: Iterable[Event],
        now: str,
        *,
        document_id: int | None = None,
        track_source_id: int | None = None,
    ) -> None:
        for event in events:
            first, last = (event.time.earliest, event.time.latest) if event.time else (None, None)
            row = writer.add(
                schema.events,
                run_id=self.id,
                event_id=event.id,
                document_id=document_id,
                track_source_id=track_source_id,
                sense=str(event.sense),
                act=event.act,
                incident=event.incident,
                earliest=stamp(first) if first else None,
                latest=stamp(last) if last else None,
                record=to_json(event),
                recorded_at=now,
            )
            for piece in event.evidence:
                if isinstance(piece, TextSpan):
                    where: dict[str, Any] = {
                        "document_id": document_id, "start": piece.start, "end": piece.end,
                    }  # fmt: skip
                else:
                    where = {
                        "mmsi": piece.mmsi,
                        "track_start": stamp(piece.start),
                        "track_end": stamp(piece.end),
                    }
                writer.add(schema.evidence, event_row=row, **where)


def _now(connection: Connection) -> str:
    """The present, never before what the ledger recorded last, even if the clock was put back."""
    clocks = (
        schema.runs.c.started_at, schema.run_ends.c.ended_at, schema.documents.c.recorded_at,
        schema.track_sources.c.recorded_at, schema.withdrawals.c.recorded_at,
    )  # fmt: skip
    latest = stamp(datetime.now(UTC))
    for clock in clocks:
        newest = select(clock).order_by(clock.table.c.id.desc()).limit(1)
        latest = max(latest, connection.scalar(newest) or "")
    return latest


def _identity(document: Document) -> str:
    return digest(record_of(document), document.digest)


def _text_id(connection: Connection, writer: Writer, document: Document) -> int:
    known = select(schema.texts.c.id).where(schema.texts.c.digest == document.digest)
    found = connection.scalar(known)
    if found is not None:
        return int(found)
    return writer.add(schema.texts, digest=document.digest, text=document.text)


def _same_text(connection: Connection, text_id: int, document: Document) -> bool:
    known = select(schema.texts.c.digest).where(schema.texts.c.id == text_id)
    return bool(connection.scalar(known) == document.digest)


def _latest_document(connection: Connection, name: str) -> Any:
    d = schema.documents
    newest = select(d).where(d.c.name == name).order_by(d.c.id.desc()).limit(1)
    return connection.execute(newest).first()


def _latest_source(connection: Connection, name: str) -> Any:
    s = schema.track_sources
    newest = select(s).where(s.c.name == name).order_by(s.c.id.desc()).limit(1)
    return connection.execute(newest).first()


def _versions(name: str) -> Any:
    return select(schema.documents.c.id).where(schema.documents.c.name == name)


def _live(connection: Connection, column: Any, owners: Any) -> list[tuple[int, str, str]]:
    """(row, event id, record) of the events of these owners that are not withdrawn."""
    e = schema.events
    rows = connection.execute(
        select(e.c.id, e.c.event_id, e.c.record).where(and_(column.in_(owners), live_event()))
    )
    return [(row.id, row.event_id, row.record) for row in rows]
