"""The first tables: runs, texts, documents, events, evidence, ships, and their chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "chain",
    "runs",
    "texts",
    "documents",
    "rejects",
    "run_ends",
    "ships",
    "track_sources",
    "events",
    "evidence",
    "withdrawals",
)


def upgrade() -> None:
    """Make the tables, and refuse every later change of a row."""
    op.create_table(
        "chain",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("table_name", sa.String(20), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(64), nullable=False),
        sa.Column("link_hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("command", sa.String(40), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=False),
    )
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Integer(), sa.ForeignKey("texts.id"), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("record_digest", sa.String(64), nullable=False),
        sa.Column("reader_version", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
    )
    op.create_index("documents_by_name", "documents", ["name"])
    op.create_table(
        "rejects",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "run_ends",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("ended_at", sa.String(27), nullable=False),
    )
    op.create_table(
        "ships",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("mmsi", sa.Integer()),
        sa.Column("imo", sa.Integer()),
        sa.Column("name", sa.Text()),
        sa.Column("call_sign", sa.Text()),
        sa.Column("flag", sa.String(3)),
        sa.Column("ship_type", sa.Text()),
        sa.Column("first_seen", sa.String(27)),
        sa.Column("last_seen", sa.String(27)),
        sa.Column("source", sa.Text()),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "track_sources",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("detector_version", sa.String(80), nullable=False),
        sa.Column("settings_digest", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
    )
    op.create_index("track_sources_by_name", "track_sources", ["name"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("event_id", sa.String(20), nullable=False),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("documents.id")),
        sa.Column("track_source_id", sa.Integer(), sa.ForeignKey("track_sources.id")),
        sa.Column("sense", sa.String(6), nullable=False),
        sa.Column("act", sa.String(12)),
        sa.Column("incident", sa.String(30)),
        sa.Column("earliest", sa.String(27)),
        sa.Column("latest", sa.String(27)),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
    )
    op.create_index("events_by_document", "events", ["document_id"])
    op.create_index("events_by_event_id", "events", ["event_id"])
    op.create_index("events_by_time", "events", ["earliest"])
    op.create_index("events_by_track_source", "events", ["track_source_id"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("event_row", sa.Integer(), sa.ForeignKey("events.id"), nullable=False),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("documents.id")),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("mmsi", sa.Integer()),
        sa.Column("track_start", sa.String(27)),
        sa.Column("track_end", sa.String(27)),
    )
    op.create_index("evidence_by_event", "evidence", ["event_row"])
    op.create_index("evidence_by_mmsi", "evidence", ["mmsi"])
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column(
            "event_row", sa.Integer(), sa.ForeignKey("events.id"), nullable=False, unique=True
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
    )
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only adds rows'); END"
            )
