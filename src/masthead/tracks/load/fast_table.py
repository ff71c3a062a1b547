"""Delimited text to numbers in one compiled pass over the bytes.

A CSV reader that meets a row with a field too few, a field too many or a lone quotation mark fills,
drops or swallows silently; here the fields of each line are counted, and the plain ones are read as
they go by: an MMSI of digits, a decimal number, a time as MarineCadastre or the Danish Maritime
Authority write it. Words are not copied: each distinct one is kept once, by its place in the text,
and so is each distinct statement of a ship about itself, with the time of the first and the last.
A line with anything else in it (a number in quotation marks or blanks, an exponent, another form of
time) is left to `table`, which reads it with Polars; both give the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masthead.tracks.kernels import Floats, Ints, Longs, kernel

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]

NUMBERS = ("lat", "lon", "sog", "cog", "heading")
WORDS = ("status", "kind")
IGNORED, MMSI, TIME, NUMBER, WORD, SAID = 0, 1, 2, 3, 8, 10
"""What is done with a column; numbers and words have one role each, from `NUMBER` and `WORD` on."""
READ, LEFT, BAD, BLANK = 0, 1, 2, 3
"""What became of a line."""
UNCLOSED = -1
"""The number of fields of a line with an odd number of quotation marks."""

_NEWLINE, _RETURN, _QUOTE, _SPACE = 10, 13, 34, 32
_ZERO, _NINE, _DOT, _MINUS, _SLASH, _COLON, _T, _Z = 48, 57, 46, 45, 47, 58, 84, 90
_DIGITS = 15
"""A decimal of up to so many digits is a float exactly as the nearest, by one division."""
_TENS = np.array([10.0**n for n in range(_DIGITS + 1)])
_DISTINCT = 1024
"""Words of one column that are told apart in a block; a line with a further one is left."""
_TABLE = 4096
_FIRST_YEAR = 1900
_SEED, _PRIME = np.uint64(14_695_981_039_346_656_037), np.uint64(1_099_511_628_211)
_SHIFT, _BETWEEN = np.uint64(32), np.uint64(31)
_MONTHS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True)
class Lines:
    """A block of lines: where each starts, its number of fields and what became of it. Of those
    that were read (`rows`, line numbers): the MMSI, the time in milliseconds, `NUMBERS` (NaN where
    the field is empty), and the code of each of `WORDS` (-1 where empty), with where the word of
    each code begins and ends. `said`: lines with a distinct statement, its first and last time."""

    starts: Longs
    fields: Longs
    state: Bytes
    rows: Longs
    mmsi: Longs
    t: Longs
    numbers: Floats
    words: Ints
    examples: tuple[Longs, ...]
    said: tuple[Longs, Longs, Longs]


def roles_of(names: Sequence[str], fields: dict[str, str]) -> Bytes:
    """The role of each column; `fields` are our fields with the column that has them."""
    roles = np.full(len(names), IGNORED, np.uint8)
    for field, column in fields.items():
        fixed = {"mmsi": MMSI, "t": TIME}.get(field, SAID)
        if field in NUMBERS:
            fixed = NUMBER + NUMBERS.index(field)
        elif field in WORDS:
            fixed = WORD + WORDS.index(field)
        roles[names.index(column)] = fixed
    return roles


def read_lines(text: bytes, separator: str, roles: Bytes) -> Lines:
    """Read a block of whole lines with one column for each of `roles`."""
    content = np.frombuffer(text, np.uint8)
    special = np.zeros(256, np.uint8)
    special[[ord(separator), _QUOTE, _NEWLINE]] = [1, 2, 3]
    found = _read(content, special, roles, text.count(b"\n") + 1)
    starts, fields, state, rows, mmsi, t, numbers, words, examples, counts, said = found
    return Lines(
        starts, fields, state, rows, mmsi, t, numbers, words,
        tuple(examples[w, : counts[w]] for w in range(len(WORDS))), said,
    )  # fmt: skip


@kernel
def _decimal(content: Bytes, begin: int, end: int) -> tuple[bool, float]:
    """A plain decimal number; empty is NaN."""
    if begin == end:
        return True, np.nan
    i = begin
    negative = content[i] == _MINUS
    if negative:
        i += 1
    value = 0
    digits = 0
    after = -1
    while i < end:
        byte = content[i]
        if byte == _DOT and after < 0:
            after = digits
        elif _ZERO <= byte <= _NINE:
            value = value * 10 + (byte - _ZERO)
            digits += 1
            if digits > _DIGITS:
                return False, np.nan
        else:
            return False, np.nan
        i += 1
    if digits == 0 or after == digits or after == 0:
        return False, np.nan
    number = float(value) if after < 0 else value / _TENS[digits - after]
    return True, -number if negative else number


@kernel
def _digits(content: Bytes, begin: int, end: int) -> int:
    """A number of digits only; -1 if it is none."""
    if begin == end or end - begin > _DIGITS:
        return -1
    value = 0
    for i in range(begin, end):
        if content[i] < _ZERO or content[i] > _NINE:
            return -1
        value = value * 10 + (content[i] - _ZERO)
    return value


@kernel
def _moment(content: Bytes, begin: int, end: int) -> int:
    """2026-03-01T00:00:05 (also with a blank for the T, or a Z after one with T) or
    01/03/2026 00:00:05, in milliseconds since 1970; -1 if it is neither."""
    size = end - begin
    if size == 20 and content[begin + 10] == _T and content[end - 1] == _Z:
        size = 19
    if size != 19 or content[begin + 13] != _COLON or content[begin + 16] != _COLON:
        return -1
    if content[begin + 4] == _MINUS and content[begin + 7] == _MINUS:
        if content[begin + 10] != _T and content[begin + 10] != _SPACE:
            return -1
        year = _digits(content, begin, begin + 4)
        month = _digits(content, begin + 5, begin + 7)
        day = _digits(content, begin + 8, begin + 10)
    elif content[begin + 2] == _SLASH and content[begin + 5] == _SLASH:
        if content[begin + 10] != _SPACE:
            return -1
        day = _digits(content, begin, begin + 2)
        month = _digits(content, begin + 3, begin + 5)
        year = _digits(content, begin + 6, begin + 10)
    else:
        return -1
    hour = _digits(content, begin + 11, begin + 13)
    minute = _digits(content, begin + 14, begin + 16)
    second = _digits(content, begin + 17, begin + 19)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if year < _FIRST_YEAR or month < 1 or month > 12 or day < 1:
        return -1
    if day > _MONTHS[month - 1] + (1 if leap and month == 2 else 0):
        return -1
    if hour < 0 or hour > 23 or minute < 0 or minute > 59 or second < 0 or second > 59:
        return -1
    # days since 1970 of a year that begins in March, so that the leap day is its last
    y = year - (1 if month <= 2 else 0)
    m = month - 3 if month > 2 else month + 9
    days = y * 365 + y // 4 - y // 100 + y // 400 + (153 * m + 2) // 5 + day - 1 - 719_468
    return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000


@kernel
def _hash(content: Bytes, begin: int, end: int, seed: np.uint64) -> np.uint64:
    """FNV-1a over some bytes, begun with `seed`."""
    h = seed
    for i in range(begin, end):
        h = (h ^ np.uint64(content[i])) * _PRIME
    return h


@kernel
def _slot(table: Hashes, h: np.uint64) -> int:
    """Where a hash (not 0) is in an open table of a power of two, or would be."""
    mask = table.size - 1
    at = np.int64(h ^ (h >> _SHIFT)) & mask
    while table[at] != 0 and table[at] != h:
        at = (at + 1) & mask
    return int(at)


@kernel
def _read(content: Bytes, special: Bytes, roles: Bytes, lines: int):  # type: ignore[no-untyped-def]
    starts = np.zeros(lines + 1, np.int64)
    fields = np.zeros(lines, np.int64)
    state = np.zeros(lines, np.uint8)
    rows = np.empty(lines, np.int64)
    mmsi = np.empty(lines, np.int64)
    t = np.empty(lines, np.int64)
    numbers = np.full((5, lines), np.nan)
    words = np.full((2, lines), -1, np.int32)
    word_hash = np.zeros((2, _TABLE), np.uint64)
    word_code = np.zeros((2, _TABLE), np.int32)
    examples = np.zeros((2, _DISTINCT, 2), np.int64)
    counts = np.zeros(2, np.int64)
    room = 1024
    while room < 2 * lines:
        room *= 2
    said_hash = np.zeros(room, np.uint64)
    said_number = np.zeros(room, np.int64)
    said_row = np.empty(lines, np.int64)
    said_first = np.empty(lines, np.int64)
    said_last = np.empty(lines, np.int64)
    statements = 0
    found = 0
    line = 0
    column = 0
    begin = 0
    marks = 0
    quoted = False
    plain = True
    said = False
    statement = _SEED
    for i in range(content.size + 1):
        kind = special[content[i]] if i < content.size else 3
        if kind == 0:
            continue
        if kind == 2:
            quoted = not quoted
            marks += 1
            continue
        if kind == 1 and quoted:
            continue
        role = roles[column] if plain and column < roles.size else IGNORED
        first = begin
        end = i
        if kind == 3 and end > first and content[end - 1] == _RETURN:
            end -= 1
        if marks > 0:
            around = content[first] == _QUOTE and content[end - 1] == _QUOTE
            plain = plain and marks == 2 and around and (role == IGNORED or role >= WORD)
            first += 1
            end -= 1
            marks = 0
        if plain and role != IGNORED:
            if role >= SAID:
                said = said or end > first
                statement = (_hash(content, first, end, statement) ^ _BETWEEN) * _PRIME
            elif role >= WORD:
                h = _hash(content, first, end, _SEED)
                w = role - WORD
                if end > first:
                    at = _slot(word_hash[w], h)
                    if word_hash[w, at] == 0:
                        if counts[w] == _DISTINCT:
                            plain = False
                        else:
                            word_hash[w, at] = h
                            word_code[w, at] = counts[w]
                            examples[w, counts[w], 0] = first
                            examples[w, counts[w], 1] = end
                            counts[w] += 1
                    words[w, found] = word_code[w, at]
                else:
                    words[w, found] = -1
                if w == 1:  # a statement of another kind of station is another statement
                    statement = (statement ^ h) * _PRIME
            elif role >= NUMBER:
                good, value = _decimal(content, first, end)
                numbers[role - NUMBER, found] = value
                plain = good
            elif role == TIME:
                t[found] = _moment(content, first, end)
                plain = t[found] >= 0
            else:
                mmsi[found] = _digits(content, first, end)
                plain = mmsi[found] >= 0
        column += 1
        begin = i + 1
        if kind != 3:
            continue
        blank = column == 1 and not quoted
        if blank:
            for k in range(starts[line], i):
                if content[k] != _SPACE and content[k] != _RETURN:
                    blank = False
                    break
        fields[line] = UNCLOSED if quoted else (0 if blank else column)
        if blank:
            state[line] = BLANK
        elif fields[line] != roles.size:
            state[line] = BAD
        elif not plain:
            state[line] = LEFT
        else:
            rows[found] = line
            if said:
                h = (statement ^ np.uint64(mmsi[found])) * _PRIME
                at = _slot(said_hash, h)
                if said_hash[at] == 0:
                    said_hash[at] = h
                    said_number[at] = statements
                    said_row[statements] = line
                    said_first[statements] = t[found]
                    said_last[statements] = t[found]
                    statements += 1
                else:
                    n = said_number[at]
                    said_first[n] = min(said_first[n], t[found])
                    said_last[n] = max(said_last[n], t[found])
            found += 1
        line += 1
        starts[line] = min(i + 1, content.size)
        column = 0
        quoted = False
        plain = True
        said = False
        statement = _SEED
    return (
        starts, fields, state, rows[:found], mmsi[:found], t[:found], numbers[:, :found],
        words[:, :found], examples, counts,
        (said_row[:statements], said_first[:statements], said_last[:statements]),
    )  # fmt: skip


@kernel
def gather_lines(content: Bytes, starts: Longs, lines: Longs) -> Bytes:
    """The bytes of some lines, one after the other."""
    size = 0
    for k in range(lines.size):
        size += starts[lines[k] + 1] - starts[lines[k]]
    out = np.empty(size, np.uint8)
    at = 0
    for k in range(lines.size):
        for i in range(starts[lines[k]], starts[lines[k] + 1]):
            out[at] = content[i]
            at += 1
    return out
