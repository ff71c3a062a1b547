"""Positions as notices write them: `46-40.00N 003-48.45W`, `69-18-50N 056-55-35E`,
`01:11.7N – 103:37E`, `15° 04'N 042° 12'E`, `25.9182N 51.6071E`, `1234N 04512E`, `N12-34 E045-06`.

A position is a latitude and a longitude beside each other, in degrees and minutes, degrees,
minutes and seconds, or decimal degrees. Its radius is half of its last written place: a position
in whole minutes is good to half a minute (926 m), never to the metre.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from masthead.geo import NAUTICAL_MILE_M
from masthead.model import Span

_SEP = r"\s{0,3}[-:°º]\s{0,2}"
_MINUTES = r"(\d{1,2})(?:[.,](\d{1,5}))?"
_SECONDS = r"(?:\s{0,2}['’′:-]\s{0,2}(\d{1,2})(?:\.(\d{1,3}))?)?"
_MARKS = r"\s{0,2}[\"”″'’′]{0,2}\s{0,2}"
_ANGLE = rf"(?<![\d.])(\d{{1,3}}){_SEP}{_MINUTES}{_SECONDS}{_MARKS}"
_BETWEEN = r"\s{0,20}[,;/]?\s{0,20}[-–—‐？?]{0,2}\s{0,20}"
_SEXAGESIMAL = re.compile(rf"{_ANGLE}([NS])\b{_BETWEEN}{_ANGLE}([EW])\b", re.IGNORECASE)
_PREFIXED = re.compile(
    rf"\b([NS])\s?(\d{{1,2}})[-:° ]\s?{_MINUTES}{_SECONDS}{_MARKS}{_BETWEEN}"
    rf"([EW])\s?(\d{{1,3}})[-:° ]\s?{_MINUTES}{_SECONDS}{_MARKS}"
)
_DECIMAL = re.compile(
    rf"(?<![\d.-])(\d{{1,2}}\.\d{{1,8}})\s?°?\s?([NS])\b{_BETWEEN}(\d{{1,3}}\.\d{{1,8}})"
    rf"\s?°?\s?([EW])\b"
)
_SIGNED = re.compile(
    r"\blat(?:itude)?[:=\s]{1,4}(-?\d{1,2}\.\d{1,8})[,;\s]{1,4}"
    r"lon(?:g(?:itude)?)?[:=\s]{1,4}(-?\d{1,3}\.\d{1,8})(?!\d)",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(?<![\d.])(\d{2})\.(\d{2})\.(\d{1,2})([NS])\b\s{0,3}[-–—,]?\s{0,3}(\d{3})\.(\d{2})"
    r"\.(\d{1,2})([EW])\b"
)
_COMPACT = re.compile(r"(?<![\d.-])(\d\d)(\d\d)([NS])\s{0,3}(\d{3})(\d\d)([EW])\b")
_ONE = re.compile(rf"{_ANGLE}([NSEW])\b", re.IGNORECASE)


@dataclass(frozen=True)
class Position:
    """A written position: where in the text, WGS 84 degrees, and half its last place in metres."""

    span: Span
    lat: float
    lon: float
    radius_m: float


def find_positions(text: str) -> list[tuple[Span, float, float]]:
    """Every position of a text in its order: the span, latitude and longitude in degrees."""
    return [(p.span, p.lat, p.lon) for p in scan_positions(text)]


def scan_positions(text: str) -> list[Position]:
    """Every position of a text in its order; one that overlaps an earlier reading is left out."""
    found: list[Position] = []
    for match in _SEXAGESIMAL.finditer(text):
        g = match.groups()
        _add(found, match.span(), _angle(g[0:5], g[5]), _angle(g[6:11], g[11]))
    for match in _PREFIXED.finditer(text):
        g = match.groups()
        _add(found, match.span(), _angle(g[1:6], g[0]), _angle(g[7:12], g[6]))
    for match in _DECIMAL.finditer(text):
        _add(found, match.span(), _decimal(match[1], match[2]), _decimal(match[3], match[4]))
    for match in _SIGNED.finditer(text):
        _add(found, match.span(), _decimal(match[1], "N"), _decimal(match[2], "E"))
    for match in _DOTTED.finditer(text):  # "07.44.1S - 109.04.0E": a full stop for the colon
        g = match.groups()
        _add(
            found,
            match.span(),
            _angle((g[0], g[1], g[2], None, None), g[3]),
            _angle((g[4], g[5], g[6], None, None), g[7]),
        )
    for match in _COMPACT.finditer(text):
        g = match.groups()
        _add(
            found,
            match.span(),
            _angle((g[0], g[1], None, None, None), g[2]),
            _angle((g[3], g[4], None, None, None), g[5]),
        )
    found.sort(key=lambda p: p.span)
    kept: list[Position] = []
    for position in found:
        if not kept or position.span[0] >= kept[-1].span[1]:
            kept.append(position)
    return kept


def scan_angles(text: str) -> list[tuple[Span, float, str]]:
    """Every single latitude or longitude: its span, signed degrees, and N, S, E or W."""
    found = []
    for match in _ONE.finditer(text):
        angle = _angle(match.groups()[:5], match[6])
        if angle is not None:
            found.append((match.span(), angle[0], match[6].upper()))
    return found


def _add(
    found: list[Position],
    span: Span,
    lat: tuple[float, float] | None,
    lon: tuple[float, float] | None,
) -> None:
    if lat and lon and abs(lat[0]) <= 90 and abs(lon[0]) <= 180:
        radius_m = max(lat[1], lon[1]) * 60 * NAUTICAL_MILE_M
        found.append(Position(span, lat[0], lon[0], round(max(radius_m, 1.0), 1)))


def _angle(parts: tuple[str | None, ...], hemisphere: str) -> tuple[float, float] | None:
    """Signed degrees and half of the last place in degrees, or None if it is no angle."""
    degrees, minutes, fraction, seconds, second_fraction = parts
    m = float(f"{minutes}.{fraction or 0}")
    s = float(f"{seconds or 0}.{second_fraction or 0}")
    if m >= 60 or s >= 60 or (fraction and seconds):
        return None
    if second_fraction is not None:
        place = 10.0 ** -len(second_fraction) / 3600
    elif seconds is not None:
        place = 1 / 3600
    else:
        place = 10.0 ** -len(fraction or "") / 60
    value = int(degrees or 0) + m / 60 + s / 3600
    return (-value if hemisphere.upper() in "SW" else value), place / 2


def _decimal(text: str, hemisphere: str) -> tuple[float, float]:
    value = float(text)
    place = 10.0 ** -len(text.partition(".")[2])
    return (-value if hemisphere in "SW" else value), place / 2
