"""Where a notice's activity takes place: the points, lines, areas, circles and corridors it draws.

A drawing is a run of positions with nothing but commas between them, and the words before it that
say how they belong together: "AREA BOUND BY" a polygon, "WITHIN 15 MILES OF" a circle around each,
"WITHIN 15 MILES OF TRACKLINE JOINING" a corridor, "TRACKLINE BETWEEN" a line, "AREA BETWEEN" two
latitudes and two longitudes a rectangle; otherwise every position is a point of its own. A mile is
a nautical mile (IHO S-53).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

from masthead import geo
from masthead.model import Place, Span
from masthead.reports.notices.coordinates import Position, scan_angles, scan_positions

VICINITY_M = geo.NAUTICAL_MILE_M
"""A position "in vicinity" is no better than a mile."""

_NUMBERS = {
    word: float(number)
    for number, word in enumerate(
        (
            "ONE",
            "TWO",
            "THREE",
            "FOUR",
            "FIVE",
            "SIX",
            "SEVEN",
            "EIGHT",
            "NINE",
            "TEN",
            "ELEVEN",
            "TWELVE",
            "THIRTEEN",
            "FOURTEEN",
            "FIFTEEN",
            "SIXTEEN",
            "SEVENTEEN",
            "EIGHTEEN",
            "NINETEEN",
            "TWENTY",
        ),
        1,
    )
} | {"HALF": 0.5, "THIRTY": 30, "FORTY": 40, "FIFTY": 50, "HUNDRED": 100}
_UNITS_M = {
    "MILE": geo.NAUTICAL_MILE_M,
    "NAUTICAL": geo.NAUTICAL_MILE_M,
    "NM": geo.NAUTICAL_MILE_M,
    "CABLE": geo.NAUTICAL_MILE_M / 10,
    "KILO": 1000.0,
    "KM": 1000.0,
    "MET": 1.0,
    "YARD": 0.9144,
    "FEET": 0.3048,
    "FOOT": 0.3048,
    "FT": 0.3048,
    "M": 1.0,
}
_LENGTH = (
    rf"(?P<size>\d{{1,5}}(?:\.\d{{1,4}})?|{'|'.join(_NUMBERS)})[\s-]{{1,3}}"
    r"(?P<unit>NAUTICAL MILES?|MILES?|NM|CABLES?|KILOMET(?:ER|RE)S?|KM|MET(?:ER|RE)S?|YARDS?|FEET"
    r"|FOOT|FT|M)\b"
)
_WITHIN = re.compile(
    rf"\b(?:WITHIN(?: AN?)?|RADIUS(?: OF)?|IN) {_LENGTH}(?P<of>[^.]{{0,60}})|"
    rf"\b{_LENGTH.replace('size', 'size2').replace('unit', 'unit2')} RADIUS(?P<of2>[^.]{{0,40}})"
)
_LINE = re.compile(
    r"\b(?:TRACK ?LINES?|LINES?|TRACKS?|ROUTES?|CORRIDORS?)\b(?: \w+){0,3}? ?(?:JOINING"
    r"|BETWEEN|CONNECTING|ALONG"
    r"|THROUGH|FROM|OF|BOUND BY)?:?$|\bLINES? (?:JOINING|BETWEEN|CONNECTING)\b|\bTRACK ?LINES?\b"
)
_AREA = re.compile(
    r"\b(?:BOUND(?:ED)?(?: BY)?|BOUNDARY|DELIMITED BY|ENCLOSED BY|LIMITED BY|(?:AREAS?"
    r"|ZONES?|SECTORS?|POLYGONS?)"
    r"(?: IS| ARE)? (?:JOINING|DEFINED BY|FORMED BY|WITHIN|BETWEEN))\b|\bAREAS?[ :]*$"
)
_RING_OF_LINES = re.compile(r"\bBOUND(?:ED)? BY (?:THE |A )?(?:TRACK ?)?LINES?\b")
_BETWEEN_TWO = re.compile(r"\b(?:BETWEEN|OVERDUE\b.{0,80}|EN ?ROUTE\b.{0,80}|FROM)[ (]*$")
_BOX = re.compile(r"\bBETWEEN(?: LAT(?:ITUDE)?S?)?[ :]*$")
_VICINITY = re.compile(r"\b(?:VICINITY|VICINTY|APPROXIMATE(?:LY)?|ABOUT|NEAR)\b")
_SECTOR = re.compile(
    r"^[ ,]*(?:BETWEEN|SECTOR|FROM)(?: BEARINGS?)? (\d{1,3}) ?(?:DEGREES?)?(?: TRUE)? (?:AND"
    r"|TO|THRU)"
    r" (\d{1,3}) ?DEGREES?"
)
_GLUE = re.compile(
    r"^[\s,;.]{0,40}(?:AND|TO|THENCE|THEN|ALONG)?[\s,;]{0,40}(?:\(?(?:[A-Z]|\d{1,2})\)\s{0,9})?$"
)
_GLUE_TO = re.compile(r"^\)?\s{0,20}TO\s{1,20}(?:[A-Z' ]{0,40}\()?$")
_LABEL = re.compile(r"^[A-Z]\. ")
_INLINE_LABEL = re.compile(r"[ :]{0,3}\(?(?:\b[A-Z]|\b\d{1,2})\)$")


@dataclass(frozen=True)
class Drawing:
    """One geometry that the text draws: the span of its positions and where it is."""

    span: Span
    kind: str
    place: Place


def read_areas(text: str, lead: str = "") -> list[Drawing]:
    """Every drawing of a text. `lead` is what stands before a lettered list ("IN AREAS BOUND
    BY:"), and says how a list item is meant that has no words of its own."""
    boxes = _boxes(text, lead)
    positions = [
        p for p in scan_positions(text) if not any(a <= p.span[0] < b for a, b in _spans(boxes))
    ]
    drawings = list(boxes)
    before = 0
    for run in _runs(text, positions):
        context = " ".join(text[before : run[0].span[0]].split()).upper()[-200:]
        context = _INLINE_LABEL.sub("", context)
        after = " ".join(text[run[-1].span[1] : run[-1].span[1] + 90].split()).upper()
        if lead and not _speaks(context):
            opening = " ".join(lead.split()).upper().rstrip(": ")
            context = (opening + " " + _LABEL.sub("", context))[-300:]
        drawings += _draw(text, run, context, after)
        before = run[-1].span[1]
    return sorted(drawings, key=lambda d: d.span)


def _spans(drawings: list[Drawing]) -> list[Span]:
    return [d.span for d in drawings]


def _runs(text: str, positions: list[Position]) -> list[list[Position]]:
    """Positions with only list glue between them, together."""
    runs: list[list[Position]] = []
    for position in positions:
        between = text[runs[-1][-1].span[1] : position.span[0]] if runs else ""
        if runs and len(between) <= 80 and (_GLUE.match(between) or _GLUE_TO.match(between)):
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _speaks(context: str) -> bool:
    """Whether words tell how positions belong together."""
    return bool(_WITHIN.search(context) or _LINE.search(context) or _AREA.search(context))


def _draw(text: str, run: list[Position], context: str, after: str) -> list[Drawing]:
    span = (run[0].span[0], run[-1].span[1])
    words = " ".join(text[span[0] : span[1]].split())
    points = [(p.lat, p.lon) for p in run]
    within = max(_WITHIN.finditer(context), key=lambda m: m.start(), default=None)
    area = max((m.end() for m in _AREA.finditer(context)), default=0)
    line = max((m.end() for m in _LINE.finditer(context)), default=0)
    if _RING_OF_LINES.search(context[-60:]):
        area, line = len(context), 0
    if within and within.end() >= len(context) - 2:
        size_m = _length_m(within)
        about = (within["of"] or within["of2"] or "").strip()
        if len(points) > 1 and (_LINE.search(about) or "EITHER SIDE" in about):
            return [_shape(span, "corridor", words, geo.corridor(points, size_m), points, size_m)]
        if not re.search(r"\b(?:COAST|SHORE|LAND|DEPTH|WATER|BOUND|BOUNDED)\b", about):
            return [_round(p, size_m, _SECTOR.match(after), text) for p in run]
    distinct = set(points)
    if area > line and len(distinct) >= 3:
        return [_shape(span, "area", words, geo.polygon(points), points)]
    if len(distinct) >= 2 and (
        line or area or _BETWEEN_TWO.search(context) or _GLUE_TO.match(_gap(text, run))
    ):
        if len(distinct) >= 3 and not line and not area:
            return [_point(p, context, text) for p in run]
        return [_shape(span, "line", words, geo.line(points), points)]
    return [_point(p, context, text) for p in run]


def _gap(text: str, run: list[Position]) -> str:
    return text[run[0].span[1] : run[1].span[0]] if len(run) == 2 else "-"


def _length_m(match: re.Match[str]) -> float:
    size = match["size"] or match["size2"]
    unit = match["unit"] or match["unit2"]
    value = _NUMBERS[size] if size in _NUMBERS else float(size)
    return float(value) * next(metres for name, metres in _UNITS_M.items() if unit.startswith(name))


def _point(position: Position, context: str, text: str) -> Drawing:
    near = bool(_VICINITY.search(context[-40:]))
    return Drawing(
        position.span,
        "point",
        Place(
            text=" ".join(text[slice(*position.span)].split()),
            lat=position.lat,
            lon=position.lon,
            radius_m=max(position.radius_m, VICINITY_M if near else 0.0),
            geometry={"type": "Point", "coordinates": [position.lon, position.lat]},
        ),
    )


def _round(position: Position, size_m: float, sector: re.Match[str] | None, text: str) -> Drawing:
    """A circle, or the sector of it between two bearings true."""
    kind = "circle"
    geometry = geo.circle(position.lat, position.lon, size_m) if size_m > 0 else None
    if sector and size_m > 0 and int(sector[1]) <= 360 and int(sector[2]) <= 360:
        start, end = int(sector[1]), int(sector[2])
        width = (end - start) % 360
        if width:
            steps = max(2, width // 5)
            rim = [
                geo.destination(position.lat, position.lon, start + width * i / steps, size_m)
                for i in range(steps + 1)
            ]
            geometry = geo.polygon([(position.lat, position.lon), *rim])
            kind = "sector"
    words = " ".join(text[slice(*position.span)].split())
    place = Place(
        text=words, lat=position.lat, lon=position.lon, radius_m=size_m, geometry=geometry
    )
    return Drawing(position.span, kind, place)


def _shape(
    span: Span,
    kind: str,
    words: str,
    geometry: dict[str, Any],
    points: list[tuple[float, float]],
    half_width_m: float = 0.0,
) -> Drawing:
    """An area or line, with the middle of its bounds and the radius that covers it."""
    ring = geo.unwrap(points)
    lon = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    lat = (min(y for _, y in ring) + max(y for _, y in ring)) / 2
    lon = (lon + 180.0) % 360.0 - 180.0
    radius_m = max(geo.distance_m(lat, lon, *point) for point in points) + half_width_m
    place = Place(text=words, lat=lat, lon=lon, radius_m=round(radius_m), geometry=geometry)
    return Drawing(span, kind, place)


def _boxes(text: str, lead: str) -> list[Drawing]:
    """Rectangles: "BETWEEN" two latitudes "AND" two longitudes, each pair beside each other."""
    angles = scan_angles(text)
    boxes = []
    at = 0
    while at + 3 < len(angles):
        four = angles[at : at + 4]
        sides = "".join("y" if side in "NS" else "x" for _, _, side in four)
        gaps = [text[a[0][1] : b[0][0]] for a, b in itertools.pairwise(four)]
        context = " ".join(text[max(0, four[0][0][0] - 60) : four[0][0][0]].split()).upper()
        if not context and lead:
            context = " ".join(lead.split()).upper()[-60:]
        if (
            sides in ("yyxx", "xxyy")
            and all(len(gap) <= 60 and _BOX_GAP.match(gap) for gap in gaps)
            and _BOX.search(context)
        ):
            span = (four[0][0][0], four[3][0][1])
            lats = [value for _, value, side in four if side in "NS"]
            lons = [value for _, value, side in four if side in "EW"]
            if max(map(abs, lats)) <= 90 and len(set(lats)) == 2 and len(set(lons)) == 2:
                corners = [
                    (lats[0], lons[0]),
                    (lats[0], lons[1]),
                    (lats[1], lons[1]),
                    (lats[1], lons[0]),
                ]
                words = " ".join(text[slice(*span)].split())
                boxes.append(_shape(span, "box", words, geo.polygon(corners), corners))
            at += 4
        else:
            at += 1
    return boxes


_BOX_GAP = re.compile(
    r"^[\s,]{0,20}(?:AND|TO)?[\s,]{0,20}(?:BETWEEN\s{1,5})?(?:(?:LAT|LON)[A-Z]{0,8}\.?\s{0,5})?$",
    re.IGNORECASE,
)
