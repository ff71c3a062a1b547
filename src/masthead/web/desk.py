"""The server's memory: the newest snapshot of the case, and the thread that makes a newer one.

`masthead run` may write to the ledger and the lake meanwhile. Once a second the thread compares
the ledger's head, the lake's files and the case file with those of the snapshot; when one differs,
it makes the next snapshot whole, its verdicts too, before it takes the place of the last: requests
go on with the last until then, and never see half of a change.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from polars.exceptions import PolarsError
from sqlalchemy.exc import SQLAlchemyError

from masthead import __version__
from masthead.case import Case, load_case
from masthead.errors import MastheadError
from masthead.ledger import Ledger
from masthead.ledger.marks import marks_of
from masthead.tracks.lake import Lake, is_lake
from masthead.web.snapshot import Snapshot, take
from masthead.web.tracks import Tracks

LOOK_EVERY_S = 1.0
_log = logging.getLogger("masthead.web")


class Desk:
    """Open it on a case that was run; it is a context manager. Raises `MastheadError` if the case
    or its ledger cannot be opened."""

    def __init__(self, case_file: Path) -> None:
        self.case_file = case_file
        case = load_case(case_file)
        if not case.ledger_path.exists():
            raise MastheadError(
                f"{case_file}: its ledger {case.ledger_path} is not there; "
                f"first run: masthead run {case_file}"
            )
        self._lock = threading.Lock()
        self._wake, self.closed = threading.Event(), threading.Event()
        self._ledger = _open(case.ledger_path)
        self.can_mark = os.access(case.ledger_path, os.W_OK)
        self._seen = self._state(case)
        self._now = take(case, self._ledger, tracks_of(case), marks_of(self._ledger),
                         _version(self._seen))  # fmt: skip
        self._thread = threading.Thread(target=self._watch, name="masthead-desk", daemon=True)

    def __enter__(self) -> Desk:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self._wake.set()
        self._thread.join(timeout=10)
        self._ledger.close()

    @property
    def now(self) -> Snapshot:
        """The newest snapshot."""
        return self._now

    def act(self, deed: Callable[[Ledger], object]) -> None:
        """Do something to the ledger, and return when the snapshot shows it."""
        deed(self._ledger)
        self.look()

    def look(self) -> bool:
        """Make a newer snapshot if anything changed; whether it did."""
        with self._lock:
            case = self._now.case
            state = self._state(case)
            if state == self._seen:
                return False
            tracks = self._now.tracks
            if state[2] != self._seen[2]:
                case = load_case(self.case_file)
            if state[1] != self._seen[1] or case is not self._now.case:
                tracks = tracks_of(case)
            found = take(case, self._ledger, tracks, marks_of(self._ledger), _version(state),
                         self._now)  # fmt: skip
            found.picture()
            self._now, self._seen = found, state
        return True

    def _state(self, case: Case) -> tuple[str, str, int]:
        """The ledger's head, the lake's digest, when the case file was written."""
        lake = Lake(case.lake_path).digest() if is_lake(case.lake_path) else ""
        return self._ledger.head(), lake, self.case_file.stat().st_mtime_ns

    def _watch(self) -> None:
        """Work out what takes long, then look for changes until the desk is closed."""
        said = ""
        while not self.closed.is_set():
            try:
                self._now.picture()
                self._now.tracks.thinned()
                self._now.ships()
                self._now.sources.features()
                self._now.measured()
                self.look()
                said = ""
            except (MastheadError, OSError, PolarsError, SQLAlchemyError) as error:
                if str(error) != said:  # the last snapshot stays until it is mended
                    said = str(error)
                    _log.warning("%s", said)
            except Exception:  # noqa: BLE001  a fault of our own must not end the watch
                _log.exception("the case could not be looked at; the last state stays")
                self._wake.wait(10 * LOOK_EVERY_S)
            self._wake.wait(LOOK_EVERY_S)


def _open(path: Path) -> Ledger:
    return Ledger.open(path, create=False, read_only=not os.access(path, os.W_OK))


def tracks_of(case: Case) -> Tracks:
    """The tracks of a case's lake as they are now."""
    return Tracks(Lake(case.lake_path) if is_lake(case.lake_path) else None)


def _version(state: tuple[str, str, int]) -> str:
    return hashlib.sha256(f"{__version__} {state}".encode()).hexdigest()[:20]
