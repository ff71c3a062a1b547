"""AIS messages as their bits: position reports of types 1 and 18, statements of types 5 and 24
(ITU-R M.1371-5, Annex 8), in the six-bit characters of NMEA's AIVDM.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
from numba import njit
from numpy.typing import NDArray

from masthead.sim.reporting import CLASS_B

Bytes = NDArray[np.uint8]

POSITION_CHARS = 28
TYPE_5_CHARS, TYPE_5_FILL = 71, 2
FIRST_PART_CHARS = 56
"""Of a type 5 message the first sentence carries so many characters, the second the other 15."""
ROT_NOT_AVAILABLE = -128
NAME_CHARS, CALL_CHARS = 20, 7


@njit(cache=True)
def put_bits(out: Bytes, at: int, width: int, value: int) -> int:
    """Write a number (two's complement where negative) of `width` bits at bit `at` of six-bit
    values; return the bit after it."""
    for k in range(width):
        bit = (value >> (width - 1 - k)) & 1
        place = at + k
        if bit:
            out[place // 6] |= np.uint8(1 << (5 - place % 6))
    return at + width


@njit(cache=True)
def put_text(out: Bytes, at: int, chars: int, text: Bytes) -> int:
    """Write text in six-bit ASCII, filled with `@`."""
    for k in range(chars):
        value = 0
        if k < text.size and text[k] != 0:
            value = int(text[k]) & 63
        at = put_bits(out, at, 6, value)
    return at


@njit(cache=True)
def armour(out: Bytes, chars: int) -> None:
    """Six-bit values to their characters."""
    for k in range(chars):
        out[k] += 48 if out[k] < 40 else 56


@njit(cache=True)
def rot_field(deg_min: float) -> int:
    """The rate of turn as sent: 4.733 times its root, with its sign, at most 126 (708 degrees)."""
    if math.isnan(deg_min):
        return ROT_NOT_AVAILABLE
    sent = min(126, round(4.733 * math.sqrt(abs(deg_min))))
    return -sent if deg_min < 0.0 else sent


@njit(cache=True)
def put_position(
    out: Bytes, mmsi: int, t_ms: int, lat: float, lon: float, sog: float, cog: float,
    heading: float, rot: float, status: int, kind: int,
) -> None:  # fmt: skip
    """A position report: type 1 of class A, type 18 of class B."""
    class_b = kind == CLASS_B
    at = put_bits(out, 0, 6, 18 if class_b else 1)
    at = put_bits(out, at, 2, 0)
    at = put_bits(out, at, 30, mmsi)
    if class_b:
        at = put_bits(out, at, 8, 0)
    else:
        at = put_bits(out, at, 4, status)
        at = put_bits(out, at, 8, rot_field(rot))
    at = put_bits(out, at, 10, 1023 if math.isnan(sog) else min(1022, round(sog * 10.0)))
    at = put_bits(out, at, 1, 1)
    at = put_bits(out, at, 28, round(lon * 600_000.0))
    at = put_bits(out, at, 27, round(lat * 600_000.0))
    at = put_bits(out, at, 12, 3600 if math.isnan(cog) else round(cog * 10.0) % 3600)
    at = put_bits(out, at, 9, 511 if math.isnan(heading) else round(heading) % 360)
    at = put_bits(out, at, 6, t_ms // 1000 % 60)
    if class_b:
        at = put_bits(out, at, 2, 0)
        at = put_bits(out, at, 8, 0b10011100)  # carrier sense, no display, DSC, whole band, msg 22
        put_bits(out, at, 20, 0b11100000000000000110)
    armour(out, POSITION_CHARS)


@njit(cache=True)
def _put_size(out: Bytes, at: int, length_m: int, width_m: int) -> int:
    """Length and width as distances from an antenna a fifth from the stern, amidships."""
    stern = min(511, length_m // 5)
    at = put_bits(out, at, 9, min(511, length_m - length_m // 5))
    at = put_bits(out, at, 9, stern)
    at = put_bits(out, at, 6, min(63, width_m - width_m // 2))
    return put_bits(out, at, 6, min(63, width_m // 2))


@njit(cache=True)
def put_voyage(
    out: Bytes, mmsi: int, imo: int, call: Bytes, name: Bytes, kind: int, length_m: int,
    width_m: int, draught_m: float, destination: Bytes,
) -> None:  # fmt: skip
    """Static and voyage data of class A, type 5."""
    at = put_bits(out, 0, 6, 5)
    at = put_bits(out, at, 2, 0)
    at = put_bits(out, at, 30, mmsi)
    at = put_bits(out, at, 2, 2)
    at = put_bits(out, at, 30, imo)
    at = put_text(out, at, CALL_CHARS, call)
    at = put_text(out, at, NAME_CHARS, name)
    at = put_bits(out, at, 8, kind)
    at = _put_size(out, at, length_m, width_m)
    at = put_bits(out, at, 4, 1)
    at = put_bits(out, at, 20, 24 << 6 | 60)  # no time of arrival: month 0, day 0, 24:60
    at = put_bits(out, at, 8, 0 if math.isnan(draught_m) else min(255, round(draught_m * 10.0)))
    put_text(out, at, NAME_CHARS, destination)
    armour(out, TYPE_5_CHARS)


@njit(cache=True)
def put_part(
    out: Bytes, part: int, mmsi: int, call: Bytes, name: Bytes, kind: int, length_m: int,
    width_m: int,
) -> None:  # fmt: skip
    """Static data of class B, type 24: part A (0) is the name, part B (1) the rest."""
    at = put_bits(out, 0, 6, 24)
    at = put_bits(out, at, 2, 0)
    at = put_bits(out, at, 30, mmsi)
    at = put_bits(out, at, 2, part)
    if part == 0:
        put_text(out, at, NAME_CHARS, name)
    else:
        at = put_bits(out, at, 8, kind)
        at = put_bits(out, at, 42, 0)
        at = put_text(out, at, CALL_CHARS, call)
        at = _put_size(out, at, length_m, width_m)
        put_bits(out, at, 4, 1)
    armour(out, POSITION_CHARS)


def said_payloads(statements: pl.DataFrame, class_b: Any) -> Bytes:
    """The payloads of the statements, a row each: of class A the 71 characters of type 5, of
    class B the 28 of type 24 A and then the 28 of part B."""
    text = {
        "call_sign": _letters(statements["call_sign"], CALL_CHARS),
        "name": _letters(statements["name"], NAME_CHARS),
        "destination": _letters(statements["destination"], NAME_CHARS),
    }
    number = {
        name: statements[name].fill_null(0).cast(pl.Int64).to_numpy()
        for name in ("mmsi", "imo", "length_m", "width_m")
    }
    kind = statements["ship_type"].cast(pl.Int64, strict=False).fill_null(0).to_numpy()
    draught = statements["draught_m"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    out = np.zeros((statements.height, TYPE_5_CHARS), np.uint8)
    _fill(
        out, class_b, number["mmsi"], number["imo"], text["call_sign"], text["name"], kind,
        number["length_m"], number["width_m"], draught, text["destination"],
    )  # fmt: skip
    return out


@njit(cache=True)
def _fill(
    out: Bytes, class_b: Any, mmsi: Any, imo: Any, call: Bytes, name: Bytes, kind: Any,
    length_m: Any, width_m: Any, draught_m: Any, destination: Bytes,
) -> None:  # fmt: skip
    for i in range(mmsi.size):
        if class_b[i]:
            size = (length_m[i], width_m[i])
            put_part(out[i, :28], 0, mmsi[i], call[i], name[i], kind[i], size[0], size[1])
            put_part(out[i, 28:56], 1, mmsi[i], call[i], name[i], kind[i], size[0], size[1])
        else:
            put_voyage(
                out[i], mmsi[i], imo[i], call[i], name[i], kind[i], length_m[i], width_m[i],
                draught_m[i], destination[i],
            )  # fmt: skip


def _letters(texts: pl.Series, chars: int) -> Bytes:
    """Texts as rows of bytes, upper case, filled with zeros; what six-bit ASCII lacks is `?`."""
    out = np.zeros((len(texts), chars), np.uint8)
    for i, text in enumerate(texts.fill_null("").to_list()):
        known = "".join(c if " " <= c <= "_" else "?" for c in text.upper())[:chars]
        out[i, : len(known)] = np.frombuffer(known.encode("ascii"), np.uint8)
    return out
