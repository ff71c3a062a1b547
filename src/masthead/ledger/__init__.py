"""The ledger: every event with its evidence, in an append-only, hash-chained database."""

from masthead.ledger.store import Ledger
from masthead.ledger.writing import Added, LedgerRun

__all__ = ["Added", "Ledger", "LedgerRun"]
