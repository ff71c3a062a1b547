"""The tables of the ledger, as they stand after the last migration.

Rows are only ever added. What a later reading supersedes gets a row in `withdrawals`; nothing is
updated or deleted, and triggers refuse both. Each row of each table but `chain` has one link in
`chain`. Times are UTC as ISO 8601 text of fixed width, so that they sort.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _run() -> Column[int]:
    return Column("run_id", Integer, ForeignKey("runs.id"), nullable=False)


runs = Table(
    "runs", metadata, _id(),
    Column("command", String(40), nullable=False),
    Column("settings", Text, nullable=False),
    Column("started_at", String(27), nullable=False),
)  # fmt: skip

run_ends = Table(
    "run_ends", metadata, _id(), _run(),
    Column("outcome", String(10), nullable=False),
    Column("error", Text),
    Column("ended_at", String(27), nullable=False),
)  # fmt: skip

texts = Table(
    "texts", metadata, _id(),
    Column("digest", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
)  # fmt: skip

documents = Table(
    "documents", metadata, _id(), _run(),
    Column("name", Text, nullable=False),
    Column("text_id", Integer, ForeignKey("texts.id"), nullable=False),
    Column("record", Text, nullable=False),
    Column("record_digest", String(64), nullable=False),
    Column("reader_version", String(80), nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Index("documents_by_name", "name"),
)  # fmt: skip

track_sources = Table(
    "track_sources", metadata, _id(), _run(),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("detector_version", String(80), nullable=False),
    Column("settings_digest", String(64), nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Index("track_sources_by_name", "name"),
)  # fmt: skip

events = Table(
    "events", metadata, _id(), _run(),
    Column("event_id", String(20), nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id")),
    Column("track_source_id", Integer, ForeignKey("track_sources.id")),
    Column("sense", String(6), nullable=False),
    Column("act", String(12)),
    Column("incident", String(30)),
    Column("earliest", String(27)),
    Column("latest", String(27)),
    Column("record", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Index("events_by_event_id", "event_id"),
    Index("events_by_document", "document_id"),
    Index("events_by_track_source", "track_source_id"),
    Index("events_by_time", "earliest"),
)  # fmt: skip

evidence = Table(
    "evidence", metadata, _id(),
    Column("event_row", Integer, ForeignKey("events.id"), nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id")),
    Column("start", Integer),
    Column("end", Integer),
    Column("mmsi", Integer),
    Column("track_start", String(27)),
    Column("track_end", String(27)),
    Index("evidence_by_event", "event_row"),
    Index("evidence_by_mmsi", "mmsi"),
)  # fmt: skip

withdrawals = Table(
    "withdrawals", metadata, _id(), _run(),
    Column("event_row", Integer, ForeignKey("events.id"), nullable=False, unique=True),
    Column("reason", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
)  # fmt: skip

ships = Table(
    "ships", metadata, _id(), _run(),
    Column("mmsi", Integer),
    Column("imo", Integer),
    Column("name", Text),
    Column("call_sign", Text),
    Column("flag", String(3)),
    Column("ship_type", Text),
    Column("first_seen", String(27)),
    Column("last_seen", String(27)),
    Column("source", Text),
    Column("digest", String(64), nullable=False, unique=True),
)  # fmt: skip

rejects = Table(
    "rejects", metadata, _id(), _run(),
    Column("path", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("sample", Text, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
)  # fmt: skip

marks = Table(
    "marks", metadata, _id(),
    Column("about", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("text", Text),
    Column("others", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("made_at", String(27), nullable=False),
    Index("marks_by_about", "about"),
)  # fmt: skip

mark_withdrawals = Table(
    "mark_withdrawals", metadata, _id(),
    Column("mark_id", Integer, ForeignKey("marks.id"), nullable=False, unique=True),
    Column("recorded_at", String(27), nullable=False),
)  # fmt: skip

chain = Table(
    "chain", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("table_name", String(20), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("row_hash", String(64), nullable=False),
    Column("link_hash", String(64), nullable=False),
)  # fmt: skip

CHAINED: dict[str, Table] = {t.name: t for t in metadata.sorted_tables if t.name != "chain"}
