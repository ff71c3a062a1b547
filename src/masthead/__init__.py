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
    from masthead.model import Event

__version__ = "0.1.0"
__all__ = ["__version__", "code", "detect", "read"]


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
