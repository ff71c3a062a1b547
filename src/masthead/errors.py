"""What can go wrong that a user can act on. Each message is one sentence: what was read,
where, what was expected, what to do."""

from __future__ import annotations

from pathlib import Path


class MastheadError(Exception):
    """Any error of Masthead's own. The command line prints it as one line and exits with 1."""


class SourceError(MastheadError):
    """A file or folder cannot be read at all (a bad record inside one is rejected instead).

    `path` is the file as the user named it, `line` counts from 1.
    """

    def __init__(self, path: str | Path, reason: str, *, line: int | None = None) -> None:
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {reason}")


class CaseError(SourceError):
    """A case file has a wrong key, a wrong value, or names a file that is not there."""


class EvidenceError(MastheadError):
    """A quoted span is not what stands in the document at its offsets."""


class LedgerError(MastheadError):
    """The ledger cannot be opened, is of a newer version, or does not verify."""


class UnknownCodeError(MastheadError):
    """A code is not in PLOVER, CAMEO, or the maritime vocabulary."""
