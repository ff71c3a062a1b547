r"""Received positions as NMEA: AIVDM sentences with tag blocks, in the order of their times.

    \s:shore03,c:1930000000*5A\!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*23
    \g:1-2-4711,s:sat,c:1930000000*1B\!AIVDM,2,1,1,B,53…,0*0C
    \g:2-2-4711*59\!AIVDM,2,2,1,B,88888888880,2*25

A ship says who it is (type 5, or both parts of type 24) with the first position received in six
minutes. A `corrupted` share of the sentences has a wrong character, which their checksum shows.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numba import njit

from masthead.sim.dice import hashed
from masthead.sim.nmea_payloads import (
    FIRST_PART_CHARS,
    POSITION_CHARS,
    TYPE_5_CHARS,
    TYPE_5_FILL,
    Bytes,
    put_position,
    said_payloads,
)
from masthead.sim.reporting import CLASS_B

SAID_EVERY_MS = 360_000
LINE_BYTES = 140
LINES_A_POSITION = 3
CHUNK = 200_000
GZIP_LEVEL = 5
_STAR, _COMMA, _BACKSLASH = 42, 44, 92
_HEX = np.frombuffer(b"0123456789ABCDEF", np.uint8)
_STATION = np.frombuffer(b"shore", np.uint8)
_SATELLITE = np.frombuffer(b"sat", np.uint8)
_AIVDM = np.frombuffer(b"!AIVDM,", np.uint8)
NOBODY = np.zeros(0, np.uint8)


class NmeaWriter:
    """A gzipped file of NMEA lines."""

    def __init__(self, file: Path, *, corrupted: float = 0.0, seed: int = 0) -> None:
        self._out = gzip.GzipFile(file, "wb", compresslevel=GZIP_LEVEL, mtime=0)
        self.corrupted, self._seed = corrupted, seed
        self._said_until: dict[int, int] = {}
        self._number = 0
        self.sentences = 0

    def add(self, positions: pl.DataFrame, statements: pl.DataFrame) -> None:
        """Write a stretch of positions (`reception.RECEIVED`); `statements` are what the ships say
        of themselves, from `first` on."""
        for start in range(0, positions.height, CHUNK):
            if start == 0:
                positions = positions.sort("t", "mmsi")
            self._out.write(self.lines(positions.slice(start, CHUNK), statements))

    def lines(self, positions: pl.DataFrame, statements: pl.DataFrame) -> bytes:
        """The lines of some positions."""
        statements = statements.sort("first").with_row_index("said")
        table = positions.join_asof(
            statements.select("mmsi", "first", "said"), left_on="t", right_on="first", by="mmsi",
            check_sortedness=False,
        )  # fmt: skip
        kinds = dict(positions.select("mmsi", "class").iter_rows())
        class_b = np.array(
            [kinds.get(m, 0) == CLASS_B for m in statements["mmsi"].to_list()], np.bool_
        )
        t = table["t"].to_physical().to_numpy()
        said = self._choose(table, t)
        value: dict[str, Any] = {
            "mmsi": table["mmsi"].cast(pl.Int64).to_numpy(),
            **{
                name: table[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
                for name in ("lat", "lon", "sog", "cog", "heading", "rot")
            },
            "status": table["status"].fill_null(15).to_numpy(),
            "class": table["class"].to_numpy(),
            "station": table["station"].to_numpy(),
        }
        out = np.empty(table.height * LINES_A_POSITION * LINE_BYTES, np.uint8)
        used, number, sentences = _write(
            out, t, value["mmsi"], value["lat"], value["lon"], value["sog"], value["cog"],
            value["heading"], value["rot"], value["status"], value["class"], value["station"],
            said, said_payloads(statements, class_b), self._number, self.corrupted, self._seed,
        )  # fmt: skip
        self._number = number
        self.sentences += sentences
        return out[:used].tobytes()

    def close(self) -> None:
        """Close the file."""
        self._out.close()

    def _choose(self, table: pl.DataFrame, t: Any) -> Any:
        """Of each position the row of the statement that goes with it, or -1."""
        said = table["said"].cast(pl.Int64).fill_null(-1).to_numpy().copy()
        due: Any = np.zeros(len(said), np.bool_)
        mmsis, which = np.unique(table["mmsi"].to_numpy(), return_inverse=True)
        until = np.array([self._said_until.get(m, -1) for m in mmsis.tolist()], np.int64)
        _due(t, which, until, due)
        self._said_until.update(zip(mmsis.tolist(), until.tolist(), strict=True))
        said[~due] = -1
        return said


@njit(cache=True)
def _due(t: Any, which: Any, until: Any, due: Any) -> None:
    for i in range(t.size):
        if t[i] >= until[which[i]]:
            due[i] = True
            until[which[i]] = t[i] + SAID_EVERY_MS


@njit(cache=True)
def _copy(out: Bytes, n: int, text: Bytes) -> int:
    for k in range(text.size):
        out[n + k] = text[k]
    return n + text.size


@njit(cache=True)
def _decimal(out: Bytes, n: int, value: int, least: int) -> int:
    digits = 1
    while 10**digits <= value:
        digits += 1
    digits = max(digits, least)
    for k in range(digits):
        out[n + digits - 1 - k] = 48 + value % 10
        value //= 10
    return n + digits


@njit(cache=True)
def _checksum(out: Bytes, begin: int, n: int) -> int:
    """Write `*hh` of the characters since `begin`."""
    total = 0
    for k in range(begin, n):
        total ^= out[k]
    out[n] = _STAR
    out[n + 1] = _HEX[total >> 4]
    out[n + 2] = _HEX[total & 15]
    return n + 3


@njit(cache=True)
def _line(
    out: Bytes, n: int, t_ms: int, station: int, part: int, parts: int, group: int, channel: int,
    payload: Bytes, fill: int, wrong: float,
) -> int:  # fmt: skip
    """One line: the tag block and the sentence; `wrong` in [0, 1) is where it has a wrong
    character, -1 for none."""
    out[n] = _BACKSLASH
    n += 1
    begin = n
    if parts > 1:
        out[n], out[n + 1] = 103, 58  # g:
        n = _decimal(out, n + 2, part, 1)
        out[n] = 45
        n = _decimal(out, n + 1, parts, 1)
        out[n] = 45
        n = _decimal(out, n + 1, group, 1)
    if part == 1:
        if parts > 1:
            out[n] = _COMMA
            n += 1
        out[n], out[n + 1] = 115, 58  # s:
        n = _copy(out, n + 2, _SATELLITE if station < 0 else _STATION)
        if station >= 0:
            n = _decimal(out, n, station + 1, 2)
        out[n], out[n + 1], out[n + 2] = _COMMA, 99, 58  # c:
        n = _decimal(out, n + 3, t_ms // 1000, 1)
    n = _checksum(out, begin, n)
    out[n] = _BACKSLASH
    n = _copy(out, n + 1, _AIVDM)
    begin = n - _AIVDM.size + 1
    n = _decimal(out, n, parts, 1)
    out[n] = _COMMA
    n = _decimal(out, n + 1, part, 1)
    out[n] = _COMMA
    n += 1
    if parts > 1:
        n = _decimal(out, n, group % 10, 1)
    out[n], out[n + 1], out[n + 2] = _COMMA, channel, _COMMA
    n += 3
    where = n
    n = _copy(out, n, payload)
    out[n] = _COMMA
    n = _decimal(out, n + 1, fill, 1)
    n = _checksum(out, begin, n)
    if wrong >= 0.0:
        k = where + int(wrong * payload.size)
        out[k] = 48 if out[k] != 48 else 49
    out[n], out[n + 1] = 13, 10
    return n + 2


@njit(cache=True)
def _write(
    out: Bytes, t: Any, mmsi: Any, lat: Any, lon: Any, sog: Any, cog: Any, heading: Any, rot: Any,
    status: Any, kind: Any, station: Any, said: Any, payloads: Bytes, number: int,
    corrupted: float, seed: int,
) -> tuple[int, int, int]:  # fmt: skip
    """Write the lines of all positions; return the bytes, the last group's number, the lines."""
    n, lines = 0, 0
    for i in range(t.size):
        channel = 65 + int(t[i] // 1000 + mmsi[i]) % 2
        payload = np.zeros(POSITION_CHARS, np.uint8)
        put_position(
            payload, mmsi[i], t[i], lat[i], lon[i], sog[i], cog[i], heading[i], rot[i], status[i],
            kind[i],
        )  # fmt: skip
        wrong = -1.0
        if hashed(seed, mmsi[i], t[i], 20) < corrupted:
            wrong = hashed(seed, mmsi[i], t[i], 21)
        n = _line(out, n, t[i], station[i], 1, 1, 0, channel, payload, 0, wrong)
        lines += 1
        if said[i] < 0:
            continue
        whole = payloads[said[i]]
        if kind[i] == CLASS_B:
            one, two = whole[:POSITION_CHARS], whole[POSITION_CHARS : 2 * POSITION_CHARS]
            n = _line(out, n, t[i], station[i], 1, 1, 0, channel, one, 0, -1.0)
            n = _line(out, n, t[i], station[i], 1, 1, 0, channel, two, 0, -1.0)
        else:
            number = number % 9999 + 1
            one, two = whole[:FIRST_PART_CHARS], whole[FIRST_PART_CHARS:TYPE_5_CHARS]
            n = _line(out, n, t[i], station[i], 1, 2, number, channel, one, 0, -1.0)
            n = _line(out, n, t[i], station[i], 2, 2, number, channel, two, TYPE_5_FILL, -1.0)
        lines += 2
    return n, number, lines
