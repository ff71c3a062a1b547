"""The analyst's marks, and their withdrawals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and refuse every later change of a row."""
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
    )
    op.create_index("marks_by_about", "marks", ["about"])
    op.create_table(
        "mark_withdrawals",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("mark_id", sa.Integer(), sa.ForeignKey("marks.id"), nullable=False, unique=True),
        sa.Column("recorded_at", sa.String(27), nullable=False),
    )
    for table in ("marks", "mark_withdrawals"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only adds rows'); END"
            )
