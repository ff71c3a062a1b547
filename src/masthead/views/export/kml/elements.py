"""KML's features, each with its parts in the order of the schema (OGC 07-147r2, 9.1.3).

Text of a report is text: control characters and direction overrides show as substitutes, `<` and
`&` are escaped for XML, and a description once more, because viewers read descriptions as HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from masthead.model import Interval
from masthead.views.export.flat import stamp
from masthead.views.visible import shortened, visible

LONGEST = 4000
"""Characters of one line of a balloon."""

LONGEST_NAME = 200

Data = Mapping[str, object]


def placemark(
    id_: str,
    name: str,
    *,
    lines: Iterable[str],
    style: str,
    time: Interval | None = None,
    record: Data,
    geometry: Element | None,
) -> Element:
    """A placemark. `lines` are its balloon, `record` its fields for programs."""
    mark = Element("Placemark", id=id_)
    SubElement(mark, "name").text = plain(name, LONGEST_NAME)
    SubElement(mark, "Snippet", maxLines="0")
    SubElement(mark, "description").text = "<br>".join(map(_as_html, lines))
    _add_time(mark, time)
    SubElement(mark, "styleUrl").text = f"#{style}"
    extended = SubElement(mark, "ExtendedData")
    for key, value in record.items():
        if value is not None and value != "":
            pair = SubElement(extended, "Data", name=key)
            shown = stamp(value) if isinstance(value, datetime) else str(value)
            SubElement(pair, "value").text = plain(shown)
    if geometry is not None:
        mark.append(geometry)
    return mark


def plain(text: str, limit: int = LONGEST) -> str:
    """Text that XML can hold, cut at `limit` characters."""
    return shortened(visible(text), limit)


def as_xml(element: Element) -> str:
    """The element as a piece of a document whose default namespace is KML's."""
    return tostring(element, encoding="unicode")


def _as_html(line: str) -> str:
    """A line of a balloon: HTML that shows the text, and no `$[…]` for the viewer to fill in."""
    return html.escape(plain(line)).replace("$", "&#36;")


def _add_time(mark: Element, time: Interval | None) -> None:
    if time is None or (time.earliest is None and time.latest is None):
        return
    span = SubElement(mark, "TimeSpan")
    if time.earliest is not None:
        SubElement(span, "begin").text = stamp(time.earliest)
    if time.latest is not None:
        SubElement(span, "end").text = stamp(time.latest)
