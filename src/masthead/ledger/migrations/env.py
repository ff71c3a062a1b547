"""Alembic's entry: runs on the connection that `opening` hands over."""

from __future__ import annotations

from alembic import context

from masthead.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction holds the whole migration
)
context.run_migrations()
