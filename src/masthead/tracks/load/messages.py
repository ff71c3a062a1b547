"""AIS messages (ITU-R M.1371-5) decoded by pyais: position reports and static reports.

Positions: types 1, 2, 3 (class A), 9 (search and rescue aircraft), 18, 19 (class B), 27 (long
range). Static: 5, 19, 24. Type 4, a base station's report, gives the time where no logger did.
Other types are read past.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import polars as pl
from pyais.bit_vector import bit_vector
from pyais.exceptions import AISBaseException
from pyais.messages import MSG_CLASS

from masthead.tracks.load.batch import raw_frame
from masthead.tracks.load.sentences import Message
from masthead.tracks.load.static import tidy_static
from masthead.tracks.positions import STATIC

BITS_NEEDED = {1: 149, 2: 149, 3: 149, 4: 78, 5: 420, 9: 134, 18: 139, 19: 301, 24: 160, 27: 94}
"""The types that are decoded, and up to which bit each is used: a shorter one is cut short."""
POSITIONS = frozenset((1, 2, 3, 9, 18, 19, 27))
_ARMOUR = bytes([*range(48, 88), *range(96, 120)])
_LONG_RANGE = 27
"""Its speed is in whole knots with 63, and its course in degrees with 511, as not available."""
KNOWN_STATEMENTS = 200_000
"""Static messages kept by their payload: a ship says the same every six minutes."""


class Decoder:
    """Messages in; rows of positions and statements out. `rejects` as (line, reason, payload)."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._clock: int | None = None
        self.rejects: list[tuple[int, str, bytes]] = []
        self._rows: list[tuple[Any, ...]] = []
        self._said: list[dict[str, Any]] = []
        self._known: dict[bytes, dict[str, Any]] = {}

    def take(self, messages: Iterable[Message]) -> None:
        """Decode the messages, in their order."""
        for message in messages:
            kind = kind_of(message.payload)
            if kind not in BITS_NEEDED:
                continue
            problem = self._decode(message, kind)
            if problem:
                self.rejects.append((message.line, problem, message.payload))

    def _decode(self, message: Message, kind: int) -> str | None:
        known = self._known.get(message.payload) if kind in (5, 24) else None
        if known is not None and message.received is not None:
            self._say(known, message.received)
            return None
        if message.payload.translate(None, _ARMOUR):
            return "payload has a character that AIS does not use"
        if len(message.payload) * 6 - message.fill < BITS_NEEDED[kind]:
            return f"message of type {kind} is cut short"
        try:
            content: Any = MSG_CLASS[kind].from_vector(bit_vector(message.payload, message.fill))
        except (AISBaseException, ValueError, KeyError, TypeError, IndexError) as error:
            return f"message of type {kind} cannot be decoded ({type(error).__name__})"
        if kind == 4:
            return self._set_clock(content)
        when = message.received if message.received is not None else self._dated(content)
        if when is None:
            return "no time stamp: neither the logger nor a base station says when"
        if kind in POSITIONS:
            long_range = kind == _LONG_RANGE
            self._rows.append((
                message.line, int(content.mmsi), when, content.lat, content.lon,
                None if long_range and content.speed >= 63 else content.speed,
                content.course,
                None if long_range else getattr(content, "heading", None),
                int(content.status) if hasattr(content, "status") else None,
                f"{self._source}:{message.station}" if message.station else self._source,
            ))  # fmt: skip
        if kind in (5, 19, 24):
            statement = _statement(content, kind)
            self._say(statement, when)
            if len(self._known) < KNOWN_STATEMENTS:
                self._known[message.payload] = statement
        return None

    def _say(self, statement: dict[str, Any], when: int) -> None:
        moment = datetime.fromtimestamp(when / 1000.0, tz=UTC)
        self._said.append({**statement, "first": moment, "last": moment})

    def _set_clock(self, report: Any) -> str | None:
        try:
            moment = datetime(report.year, report.month, report.day, report.hour, report.minute,
                              report.second, tzinfo=UTC)  # fmt: skip
        except (ValueError, TypeError):
            return None
        self._clock = int(moment.timestamp()) * 1000
        return None

    def _dated(self, content: Any) -> int | None:
        """The base station's clock, moved to the second that the message itself gives."""
        if self._clock is None:
            return None
        second = getattr(content, "second", None)
        if second is None or not 0 <= int(second) < 60:
            return self._clock
        off = (int(second) * 1000 - self._clock % 60_000 + 30_000) % 60_000 - 30_000
        return self._clock + off

    def rows(self) -> pl.DataFrame:
        """The positions decoded since the last call, not yet judged (`RAW`)."""
        names = ("row", "mmsi", "t", "lat", "lon", "sog", "cog", "heading", "status", "source")
        columns = zip(*self._rows, strict=True) if self._rows else ([] for _ in names)
        frame = raw_frame(dict(zip(names, map(list, columns), strict=True)))
        self._rows = []
        return frame

    def said(self) -> pl.DataFrame:
        """The statements decoded since the last call (`STATIC`)."""
        frame = pl.DataFrame(self._said, schema={**STATIC, "mmsi": pl.Int64()}, strict=False)
        self._said = []
        return tidy_static(frame)


def kind_of(payload: bytes) -> int:
    """The message type: the first six bits."""
    if not payload:
        return -1
    value = payload[0] - 48
    return value - 8 if value > 40 else value


def _statement(content: Any, kind: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "mmsi": int(content.mmsi),
        "name": _text(content, "shipname"),
        "call_sign": _text(content, "callsign"),
        "destination": _text(content, "destination"),
    }  # fmt: skip
    kind_of_ship = getattr(content, "ship_type", None)
    if kind_of_ship:
        found["ship_type"] = str(int(kind_of_ship))
    if hasattr(content, "to_bow") and not _is_tender(content, kind):
        found["length_m"] = _sum(content, "to_bow", "to_stern")
        found["width_m"] = _sum(content, "to_port", "to_starboard")
    if kind == 5:
        found["imo"] = int(content.imo) or None
        found["draught_m"] = float(content.draught) or None
    return found


def _is_tender(content: Any, kind: int) -> bool:
    """In type 24 of an auxiliary craft (98MIDxxxx) the sizes are the mother ship's MMSI."""
    return kind == 24 and str(content.mmsi).startswith("98")


def _text(content: Any, name: str) -> str | None:
    value = getattr(content, name, None)
    return (value.strip(" @") or None) if isinstance(value, str) else None


def _sum(content: Any, first: str, second: str) -> float | None:
    pair = getattr(content, first, None), getattr(content, second, None)
    if pair[0] is None or pair[1] is None:
        return None
    return float(pair[0]) + float(pair[1])
