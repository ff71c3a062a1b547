r"""NMEA 0183 lines: tag blocks, loggers' time stamps, checksums, and messages in several parts.

A line is an optional NMEA 4.10 tag block (`\s:station,c:time,g:part-parts-group*hh\`), or what a
logger put before it, then an AIVDM or AIVDO sentence
(`!AIVDM,parts,part,id,channel,payload,fill*hh`), then what a
logger put after it (USCG: `,station,time`).

When a message was received is taken from, in this order: `c:` of the tag block of any of its parts
(seconds, or milliseconds), the time after the sentence, the time before it. `t:` is free text in
the standard and is only used where there is no `c:`.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime

_SENTENCE = re.compile(rb"[!$][A-Z]{2}VD[MO],")
_EPOCH = re.compile(rb"(?<![\d.])(\d{9,10}(?:\.\d{1,9})?|\d{12,13})(?![\d.])")
_ISO = re.compile(
    rb"(\d{4})-?(\d\d)-?(\d\d)[T _](\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?"
    rb"\s?(Z|UTC|[+-]\d\d:?\d\d)?"
)
MAX_WAITING = 512
"""Messages whose parts have not all come; the oldest is given up first."""
FAR_PARTS = 1000
"""A part this many lines behind the other belongs to an earlier message of the same id."""


@dataclass(slots=True)
class Message:
    """One AIS message: six-bit payload, fill bits, when it was received (ms since 1970, or None),
    by whom, and the line of its first part."""

    payload: bytes
    fill: int
    received: int | None
    station: str
    line: int


@dataclass(slots=True)
class _Parts:
    got: dict[int, bytes]
    fill: int
    received: int | None
    station: str
    line: int
    raw: bytes


class SentenceReader:
    """Lines in, whole messages out; what is not usable goes to `rejects`: (line, reason, raw)."""

    def __init__(self) -> None:
        self.rejects: list[tuple[int, str, bytes]] = []
        self.sentences = 0
        self._waiting: OrderedDict[tuple[bytes, ...], _Parts] = OrderedDict()
        self._group: dict[bytes, tuple[int | None, str]] = {}

    def feed(self, number: int, line: bytes) -> Message | None:
        """Take a line; return the message that it completes, if any."""
        found = _SENTENCE.search(line)
        if found is None:
            if line.strip() and not line.lstrip().startswith((b"#", b"$", b"\\")):
                self._refuse(number, "no AIVDM or AIVDO sentence in the line", line)
            elif line.lstrip().startswith(b"\\"):
                self._note_group(line)
            return None
        self.sentences += 1
        start = found.start()
        body = line[start:]
        star = body.find(b"*")
        fields = body[: star if star >= 0 else None].split(b",")
        if len(fields) != 7 or star < 0:
            self._refuse(number, "sentence is cut short or has a wrong number of fields", line)
            return None
        if not _checksum_holds(body, star):
            self._refuse(number, "checksum of the sentence does not match", line)
            return None
        head = line[:start]
        received, station, group = self._circumstances(head, body[star + 3 :])
        if received is None and group is not None and group[2] in self._group:
            received, known = self._group[group[2]]
            station = station or known
        return self._assemble(number, line, fields, received, station, group)

    def _circumstances(
        self, head: bytes, tail: bytes
    ) -> tuple[int | None, str, tuple[int, int, bytes] | None]:
        """When and by whom a sentence was received, and its tag group (part, parts, id)."""
        received: int | None = None
        station = ""
        group = None
        if b"\\" in head:
            tag, head = _cut_tag(head)
            values = _tag_values(tag) if tag else {}
            received = _epoch(values.get(b"c")) or _epoch(values.get(b"t"))
            station = values.get(b"s", b"").decode("ascii", "replace")
            group = _tag_group(values.get(b"g"))
            if group is not None and (received is not None or station):
                self._group[group[2]] = (received, station)
                if len(self._group) > MAX_WAITING:
                    self._group.pop(next(iter(self._group)))
        if received is None and tail.strip():
            received = stamp(tail, last=True)
            station = station or _station(tail)
        if received is None and head.strip():
            received = stamp(head)
        return received, station, group

    def _note_group(self, line: bytes) -> None:
        """A tag block on a line of its own, without a sentence, may carry its group's time."""
        self._circumstances(line, b"")

    def _assemble(
        self,
        number: int,
        line: bytes,
        fields: list[bytes],
        received: int | None,
        station: str,
        group: tuple[int, int, bytes] | None,
    ) -> Message | None:
        try:
            parts, part = int(fields[1]), int(fields[2])
            fill = int(fields[6] or b"0")
        except ValueError:
            self._refuse(number, "part numbers or fill bits are not numbers", line)
            return None
        if not (1 <= part <= parts <= 9 and 0 <= fill <= 5):
            self._refuse(number, "part numbers or fill bits are out of range", line)
            return None
        if parts == 1:
            return Message(fields[5], fill, received, station, number)
        name = group[2] if group is not None else b""
        key = (name, fields[1], fields[3], fields[4], station.encode())
        held = self._waiting.get(key)
        if held is not None and (part in held.got or number - held.line > FAR_PARTS):
            self._give_up(key)
            held = None
        if held is None:
            held = _Parts({}, 0, received, station, number, line)
            self._waiting[key] = held
            if len(self._waiting) > MAX_WAITING:
                self._give_up(next(iter(self._waiting)))
        held.got[part] = fields[5]
        held.received = held.received if held.received is not None else received
        if part == parts:
            held.fill = fill
        if len(held.got) < parts:
            return None
        del self._waiting[key]
        payload = b"".join(held.got[i] for i in range(1, parts + 1))
        return Message(payload, held.fill, held.received, held.station, held.line)

    def close(self) -> None:
        """Reject the messages whose parts never all came."""
        for key in list(self._waiting):
            self._give_up(key)

    def _give_up(self, key: tuple[bytes, ...]) -> None:
        held = self._waiting.pop(key)
        self._refuse(held.line, "not all parts of the message are there", held.raw)

    def _refuse(self, number: int, reason: str, line: bytes) -> None:
        self.rejects.append((number, reason, line))


def _checksum_holds(body: bytes, star: int) -> bool:
    """Whether the two hex digits after `*` are the XOR of all between `!` and `*`."""
    try:
        told = int(body[star + 1 : star + 3], 16)
    except ValueError:
        return False
    return checksum(body[1:star]) == told


def checksum(content: bytes) -> int:
    """The NMEA checksum: all bytes XORed."""
    value = 0
    for byte in content:
        value ^= byte
    return value


def _cut_tag(head: bytes) -> tuple[bytes | None, bytes]:
    r"""The last well-formed tag block `\…*hh\` of what stands before the sentence, and the rest.
    One whose checksum fails is not used."""
    pieces = head.split(b"\\")
    for i in range(len(pieces) - 1, 0, -1):
        star = pieces[i].rfind(b"*")
        if star > 0:
            try:
                told = int(pieces[i][star + 1 : star + 3], 16)
            except ValueError:
                continue
            if checksum(pieces[i][:star]) == told:
                return pieces[i][:star], b"".join(pieces[:i])
    return None, pieces[0]


def _tag_values(tag: bytes) -> dict[bytes, bytes]:
    values = {}
    for item in tag.split(b","):
        key, colon, value = item.partition(b":")
        if colon:
            values[key.strip()] = value.strip()
    return values


def _tag_group(value: bytes | None) -> tuple[int, int, bytes] | None:
    if value is None:
        return None
    pieces = value.split(b"-")
    if len(pieces) != 3 or not (pieces[0].isdigit() and pieces[1].isdigit()):
        return None
    return int(pieces[0]), int(pieces[1]), pieces[2]


def _epoch(value: bytes | None) -> int | None:
    """Seconds or milliseconds since 1970, to milliseconds."""
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    if not 0 < number < 4.2e12:
        return None
    return round(number) if number >= 1e11 else round(number * 1000)


def stamp(text: bytes, *, last: bool = False) -> int | None:
    """The time that a logger wrote, as ISO 8601 or as a number since 1970, in ms since 1970."""
    iso = _ISO.search(text)
    if iso:
        year, month, day, hour, minute, second = (int(g) for g in iso.groups()[:6])
        try:
            moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None
        value = int(moment.timestamp()) * 1000
        if iso[7]:
            value += int(float(b"0." + iso[7]) * 1000)
        zone = iso[8]
        if zone and zone[:1] in b"+-":
            minutes = int(zone[1:3]) * 60 + int(zone[-2:])
            value += (60_000 if zone[:1] == b"-" else -60_000) * minutes
        return value
    numbers = _EPOCH.findall(text)
    return _epoch(numbers[-1 if last else 0]) if numbers else None


def _station(tail: bytes) -> str:
    """The station that USCG-style loggers write after the sentence (`,rNAME` or `,bNNN`)."""
    for item in tail.split(b","):
        item = item.strip()
        if item[:1] in (b"r", b"b") and len(item) > 1:
            return item[1:].decode("ascii", "replace")[:32]
    return ""
