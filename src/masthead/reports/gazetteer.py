"""What the tables of names say: the reader's one door to actors, ships, dates and places."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec

from masthead.model import Interval, Place, Span, Vessel
from masthead.reports.cast import Known

_HERE = {name: find_spec(f"masthead.reports.{name}") is not None
         for name in ("actors", "vessels", "dates", "places")}  # fmt: skip


@lru_cache(maxsize=20_000)
def known(phrase: str, date: datetime | None) -> Known:
    """Who a phrase means, on a date."""
    if not _HERE["actors"]:
        return Known()
    from masthead.reports.actors import resolve

    found = resolve(phrase, date)
    return Known(found.name, found.country, found.sector, found.kind)


def vessel(text: str, span: Span) -> Vessel | None:
    """The ship named in a stretch of text, with its span in the whole."""
    if not _HERE["vessels"]:
        return None
    from masthead.reports.vessels import find_vessels

    for found in find_vessels(text[span[0] : span[1]]):
        start, end = found.span
        whole = (span[0] + start, span[0] + end)
        values = {k: getattr(found.vessel, k) for k in found.vessel.__dataclass_fields__}
        return Vessel(**{**values, "span": whole, "text": text[whole[0] : whole[1]]})
    return None


def dates(text: str, anchor: datetime, tense: str | None) -> list[tuple[Span, Interval]]:
    """The dates of a sentence."""
    if not _HERE["dates"]:
        return []
    from masthead.reports.dates import find_dates

    return list(find_dates(text, anchor, tense=tense))


def place(text: str) -> Place | None:
    """The place that a phrase names, if a gazetteer has it."""
    if not _HERE["places"]:
        return None
    from masthead.reports.places import find_places

    for _, found in find_places(text):
        return Place(text=text, lat=found.lat, lon=found.lon, radius_m=found.radius_m,
                     geometry=found.geometry)  # fmt: skip
    return None
