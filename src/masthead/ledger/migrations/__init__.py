"""Alembic's migrations of the ledger, run when a ledger is opened (`opening.prepare`)."""
