r"""The plain case of an NMEA line, decoded by one compiled pass over the bytes.

The plain case is a tag block with a `c:` time and no group, and right after it an AIVDM or AIVDO
sentence of one part, `\s:station,c:1700000000*hh\!AIVDM,1,1,,A,payload,0*hh`, both checksums right,
with a position report of type 1, 2, 3, 18 or 27 (or a type that is read past). Every other line is
left to `sentences` and `messages`, which also say what is wrong with a bad one; both give the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from masthead.tracks.kernels import Longs, kernel
from masthead.tracks.positions import RAW

Bytes = npt.NDArray[np.uint8]
_GRAIN = 6
"""Decimals of a degree: the unit is 1/600,000 of one."""
LEFT, POSITION, PASSED = 0, 1, 2
"""What became of a line: left to the other reader, a position, or a message of another type."""
_LATER_TYPES = (4, 5, 9, 19, 24)
"""Types that the other reader decodes."""
_HEAD, _STAR, _COMMA, _BACKSLASH, _COLON, _DOLLAR = 33, 42, 44, 92, 58, 36
FIELDS = 7


@dataclass(frozen=True)
class FastBlock:
    """What was decoded of a block: the rows (`RAW`), and which lines are left to read."""

    rows: pl.DataFrame
    starts: Longs
    left: Longs
    messages: int


def decode_block(content: bytes, first_line: int, source: str) -> FastBlock:
    """Decode the plain lines of a block of whole lines."""
    data = np.frombuffer(content, np.uint8)
    starts = line_starts(data)
    state, values, received, station = decode_lines(data, starts)
    hit = np.flatnonzero(state == POSITION)
    v = values[hit]
    names = _sources(content, station[hit], source)
    rows = pl.DataFrame(
        {
            "row": hit + first_line,
            "mmsi": v[:, 0].astype(np.int64),
            "t": received[hit],
            "lat": np.round(v[:, 2], _GRAIN),
            "lon": np.round(v[:, 1], _GRAIN),
            "sog": v[:, 3].astype(np.float32),
            "cog": v[:, 4].astype(np.float32),
            "heading": v[:, 5].astype(np.float32),
            "status": v[:, 6].astype(np.int16),
            "source": names,
        }
    ).with_columns(
        pl.col("sog", "heading").fill_nan(None),
        pl.col("t").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC"),
        pl.when(pl.col("status") >= 0).then(pl.col("status")).alias("status"),
    )
    return FastBlock(
        rows.select(pl.col(n).cast(kind) for n, kind in RAW.items()),
        starts,
        np.flatnonzero(state == LEFT),
        int(np.count_nonzero(state)),
    )


def _sources(content: bytes, station: Longs, source: str) -> pl.Series:
    """The source of each row, with its station: found once for each distinct hash of its name."""
    if not station.shape[0]:
        return pl.Series("source", [], dtype=pl.Categorical)
    _, first, which = np.unique(station[:, 2], return_index=True, return_inverse=True)
    names = []
    for i in first.tolist():
        start, end, _ = (int(n) for n in station[i])
        name = content[start:end].decode("ascii", "replace")
        names.append(f"{source}:{name}" if name else source)
    return pl.Series("source", names, dtype=pl.Categorical).gather(which)


@kernel
def line_starts(data: Bytes) -> Longs:
    """Where each line starts, and at the end where the next would."""
    count = 1
    for byte in data:
        if byte == 10:
            count += 1
    out = np.zeros(count + 1, np.int64)
    line = 1
    for i in range(data.size):
        if data[i] == 10:
            out[line] = i + 1
            line += 1
    out[count] = data.size + 1
    return out


@kernel
def _hex(byte: int) -> int:
    if 48 <= byte <= 57:
        return byte - 48
    if 65 <= byte <= 70:
        return byte - 55
    if 97 <= byte <= 102:
        return byte - 87
    return -1


@kernel
def _six(byte: int) -> int:
    """The six bits of a payload character, -1 if it is none."""
    if 48 <= byte <= 87:
        return byte - 48
    if 96 <= byte <= 119:
        return byte - 56
    return -1


@kernel
def _bits(data: Bytes, at: int, start: int, width: int) -> int:
    """`width` bits of the payload that starts at `at`, from bit `start` on."""
    value = 0
    for i in range(start // 6, (start + width - 1) // 6 + 1):
        value = (value << 6) | _six(data[at + i])
    over = 5 - (start + width - 1) % 6
    return (value >> over) & ((1 << width) - 1)


@kernel
def _signed(value: int, width: int) -> int:
    return value - (1 << width) if value >= 1 << (width - 1) else value


@kernel
def _tag(data: Bytes, begin: int, end: int) -> tuple[int, int, int, int]:
    """Of a tag block that begins after `begin`: where its closing backslash is (-1 if it is not
    plain), `c:` in milliseconds, and where the station's name starts and ends."""
    i = begin + 1
    received = -1
    first = 0
    last = 0
    check = 0
    while i < end and data[i] != _STAR:
        key = data[i]
        if i + 1 >= end or data[i + 1] != _COLON or key == 103:  # g: a group
            return -1, received, first, last
        check ^= key ^ _COLON
        i += 2
        start = i
        number = 0
        plain = True
        while i < end and data[i] != _COMMA and data[i] != _STAR:
            if 48 <= data[i] <= 57 and i - start < 13:
                number = number * 10 + (data[i] - 48)
            else:
                plain = False
            if data[i] == 32:
                return -1, received, first, last
            check ^= data[i]
            i += 1
        if key == 99:
            digits = i - start
            if not plain or not (digits == 10 or digits == 13):
                return -1, received, first, last
            received = number * 1000 if digits == 10 else number
        elif key == 115:
            first = start
            last = i
        if i < end and data[i] == _COMMA:
            check ^= _COMMA
            i += 1
    if i + 3 >= end or data[i + 3] != _BACKSLASH:
        return -1, received, first, last
    high = _hex(data[i + 1])
    low = _hex(data[i + 2])
    if high < 0 or low < 0 or high * 16 + low != check:
        return -1, received, first, last
    return i + 3, received, first, last


@kernel
def _short_range(data: Bytes, at: int, kind: int, out: npt.NDArray[np.float64]) -> None:
    """The values of a message of type 1, 2, 3, or (four bits earlier, without status) 18."""
    shift = -4 if kind == 18 else 0
    out[0] = _bits(data, at, 8, 30)
    out[1] = _signed(_bits(data, at, 61 + shift, 28), 28) / 600000.0
    out[2] = _signed(_bits(data, at, 89 + shift, 27), 27) / 600000.0
    out[3] = _bits(data, at, 50 + shift, 10) / 10.0
    out[4] = _bits(data, at, 116 + shift, 12) / 10.0
    out[5] = _bits(data, at, 128 + shift, 9)
    out[6] = _bits(data, at, 38, 4) if kind != 18 else -1


@kernel
def _long_range(data: Bytes, at: int, out: npt.NDArray[np.float64]) -> None:
    """The values of a message of type 27, in tenths of minutes, whole knots and degrees."""
    sog = _bits(data, at, 79, 6)
    out[0] = _bits(data, at, 8, 30)
    out[1] = _signed(_bits(data, at, 44, 18), 18) / 600.0
    out[2] = _signed(_bits(data, at, 62, 17), 17) / 600.0
    out[3] = sog if sog < 63 else np.nan
    out[4] = _bits(data, at, 85, 9)
    out[5] = np.nan
    out[6] = _bits(data, at, 40, 4)


@kernel
def decode_lines(
    data: Bytes, starts: Longs
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64], Longs, Longs]:
    """Of each line what became of it, its seven values (MMSI, longitude, latitude, speed, course,
    heading, status: NaN or -1 where there is none), when it was received, and where the station's
    name starts and ends and its hash."""
    n = starts.size - 1
    state = np.zeros(n, np.uint8)
    values = np.empty((n, FIELDS), np.float64)
    received = np.zeros(n, np.int64)
    station = np.zeros((n, 3), np.int64)
    for line in range(n):
        begin = starts[line]
        end = starts[line + 1] - 1
        while end > begin and (data[end - 1] == 13 or data[end - 1] == 32):
            end -= 1
        if end - begin < 20 or data[begin] != _BACKSLASH:
            continue
        close, when, first, last = _tag(data, begin, end)
        if close < 0 or when <= 0:
            continue
        at = close + 1
        if end - at < 20 or data[at] != _HEAD:
            continue
        good = (
            65 <= data[at + 1] <= 90 and 65 <= data[at + 2] <= 90
            and data[at + 3] == 86 and data[at + 4] == 68
            and (data[at + 5] == 77 or data[at + 5] == 79)
            and data[at + 6] == _COMMA and data[at + 7] == 49 and data[at + 8] == _COMMA
            and data[at + 9] == 49 and data[at + 10] == _COMMA
        )  # fmt: skip
        if not good or end < at + 5 or data[end - 3] != _STAR:
            continue
        check = 0
        commas = 0
        payload = 0
        stop = 0
        for i in range(at + 1, end - 3):
            byte = data[i]
            check ^= byte
            if byte == _COMMA:
                commas += 1
                if commas == 5:
                    payload = i + 1
                elif commas == 6:
                    stop = i
            elif byte in (_HEAD, _DOLLAR, _STAR, _BACKSLASH):
                commas = 99
        high = _hex(data[end - 2])
        low = _hex(data[end - 1])
        if commas != 6 or high < 0 or low < 0 or high * 16 + low != check:
            continue
        if end - 3 - stop != 2 or not 48 <= data[stop + 1] <= 53 or stop == payload:
            continue
        kind = _six(data[payload])
        if kind < 1 or kind in _LATER_TYPES:
            continue
        if kind not in (1, 2, 3, 18, 27):
            state[line] = PASSED
            continue
        if stop - payload != (16 if kind == 27 else 28) or data[stop + 1] != 48:
            continue
        armour = True
        for i in range(payload, stop):
            if _six(data[i]) < 0:
                armour = False
        if not armour:
            continue
        if kind == 27:
            _long_range(data, payload, values[line])
        else:
            _short_range(data, payload, kind, values[line])
        received[line] = when
        key = np.int64(1_469_598_103)
        for i in range(first, last):
            key = (key ^ data[i]) * np.int64(1_099_511_628_211)
        station[line, 0] = first
        station[line, 1] = last
        station[line, 2] = key
        state[line] = POSITION
    return state, values, received, station
