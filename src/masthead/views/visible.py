"""Words of a source made safe to look at, in files that people open in other programs.

A report may hold anything: control characters, direction overrides that make a line read
backwards, a line of a megabyte, a cell that a spreadsheet would run. The terminal, and exports that
people look at (CSV, PLOVER rows, KML, GeoPackage), show such characters as visible substitutes, one
for one, so that offsets still count right. Exports that programs read (GeoJSON, FollowTheMoney,
annotations) keep the words exactly; JSON itself escapes what it must.
"""

from __future__ import annotations

import re

LONGEST_CELL = 32_000
"""Characters; a spreadsheet cell holds 32,767."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell must not begin with: spreadsheets take the rest for a formula, full width too."""

_PICTURES = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)} | {0x7F: 0x2421}
_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
_SUBSTITUTES = _PICTURES | dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | _DIRECTIONS
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of surrogate pairs, which UTF-8 cannot hold, and two that XML cannot."""


def whole(text: str) -> str:
    """The text with halves of surrogate pairs and non-characters replaced, one for one."""
    return _NO_CHARACTER.sub("\ufffd", text)


def visible(text: str) -> str:
    """The text with control characters as their pictures (␀, ␛) and direction overrides as the
    replacement character; tabs and line ends stay."""
    return whole(text).translate(_SUBSTITUTES)


def shortened(text: str, limit: int = LONGEST_CELL) -> str:
    """The text, cut at `limit` characters with a remark of how many there were."""
    if len(text) <= limit:
        return text
    remark = f"… [cut; {len(text):,} characters]"
    return text[: limit - len(remark)] + remark


def cell(text: str) -> str:
    """The text as a cell that a spreadsheet shows and does not run: a leading apostrophe marks it
    as text where it would begin a formula."""
    text = shortened(visible(text), LONGEST_CELL - 1)
    return "'" + text if text.startswith(FORMULA) else text
