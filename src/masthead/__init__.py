"""Masthead keeps watch on crises at sea: it reads reports and watches AIS tracks.

>>> import masthead
>>> event, = masthead.read("Norway's navy seized a trawler on Saturday.", date="2024-04-15")
>>> event.incident, event.sources[0].country
('seizure', 'NOR')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from masthead.reports import code, read

if TYPE_CHECKING:
    from pathlib import Path

    from masthead.model import Event
    from masthead.views.opening import OpenCase

__version__ = "0.1.0"
__all__ = ["__version__", "code", "detect", "open", "read"]


def detect(positions: Any, **settings: Any) -> list[Event]:
    """The events of AIS positions: a lake, a file, or a Polars frame with the columns of
    `masthead.tracks.positions`. See `masthead.tracks.engine.detect` for the settings."""
    from pathlib import Path

    from masthead.tracks import engine
    from masthead.tracks.lake import is_lake
    from masthead.tracks.load import read_positions

    if isinstance(positions, (str, Path)) and not is_lake(positions):
        positions = read_positions(positions)
    return engine.detect(positions, **settings)


def open(case: str | Path) -> OpenCase:  # noqa: A001 - `masthead.open`, as `gzip.open`
    """A case that was run, as Polars frames: `.events`, `.incidents`, `.verdicts`, `.ships`,
    `.documents`, `.zones`, `.positions()`, `.brief()`. Raises `CaseError` for a wrong case file and
    `LedgerError` for a case that was not run. See `masthead.views.opening.OpenCase`."""
    from masthead.views.opening import OpenCase

    return OpenCase(case)
