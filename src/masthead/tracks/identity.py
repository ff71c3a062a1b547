"""What an MMSI and an IMO number say by themselves: the kind of station, the flag, validity."""

from __future__ import annotations

from functools import cache
from typing import Literal

from masthead import codes

StationKind = Literal[
    "ship", "group", "coast", "aircraft", "handheld", "sart", "man overboard", "epirb", "craft",
    "aid to navigation", "invalid",
]  # fmt: skip
_PREFIXES: tuple[tuple[str, StationKind, int | None], ...] = (
    ("00", "coast", 2),
    ("0", "group", 1),
    ("111", "aircraft", 3),
    ("970", "sart", None),
    ("972", "man overboard", None),
    ("974", "epirb", None),
    ("98", "craft", 2),
    ("99", "aid to navigation", 2),
    ("8", "handheld", 1),
)
"""ITU-R M.585-9: how the number begins, the station's kind, and where its country digits stand."""


@cache
def countries() -> dict[int, str]:
    """Maritime identification digits to ISO 3166 alpha-3."""
    return {int(r["mid"]): r["country"] for r in codes.rows("mid.csv")}


def station_kind(mmsi: int) -> StationKind:
    """The kind of station that a number is for; "invalid" if its country digits are nobody's."""
    text = f"{mmsi:09d}"
    for prefix, kind, at in _PREFIXES:
        if text.startswith(prefix):
            known = at is None or int(text[at : at + 3]) in countries()
            return kind if known else "invalid"
    return "ship" if int(text[:3]) in countries() else "invalid"


def flag_of(mmsi: int) -> str | None:
    """The country (ISO 3166 alpha-3) whose administration gave the number out, None if no
    country's digits are in it."""
    text = f"{mmsi:09d}"
    at: int | None = 0
    for prefix, _, place in _PREFIXES:
        if text.startswith(prefix):
            at = place
            break
    return None if at is None else countries().get(int(text[at : at + 3]))


def imo_is_valid(number: int) -> bool:
    """Whether the check digit of an IMO number holds: the first six digits times 7 to 2 add up to
    a sum whose last digit is the seventh (IMO resolution A.1117(30))."""
    text = str(number)
    if len(text) != 7:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, range(7, 1, -1), strict=False))
    return total % 10 == int(text[6])
