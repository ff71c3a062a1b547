"""Colours: one a kind, after Okabe and Ito (2008); what is not told as done is pale."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from masthead.judgement import Finding
from masthead.model import Event, Sense, Status
from masthead.views.charts.ground import COLOURS

HAPPENED = (Status.ASSERTED, Status.ONGOING)
_PALETTE = {
    "told": COLOURS[0], "seen": COLOURS[1], "zone": "#8a3b00", "track": "#56606b",
    Finding.CORROBORATED: COLOURS[2], Finding.CONTRADICTED: COLOURS[0],
    Finding.UNSUPPORTED: COLOURS[4], Finding.NOT_CHECKABLE: "#999999",
}  # fmt: skip
_PALE = "-not-done"


def style_of(event: Event) -> str:
    """The style of an event: told or seen, and pale where its source does not tell it as done."""
    name = "seen" if event.sense is Sense.TRACK else "told"
    return name if event.status in HAPPENED else name + _PALE


def styles() -> list[Element]:
    """Every style of the document."""
    found = []
    for name, colour in _PALETTE.items():
        found.append(_style(str(name), colour, "ff"))
        if name in ("told", "seen"):
            found.append(_style(name + _PALE, colour, "66"))
    return found


def _style(name: str, colour: str, opacity: str) -> Element:
    """A style: KML's colours are opacity, blue, green, red."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    style = Element("Style", id=name)
    icon = SubElement(style, "IconStyle")
    SubElement(icon, "color").text = f"{opacity}{blue}{green}{red}"
    SubElement(icon, "scale").text = "0.7" if opacity == "ff" else "0.5"
    SubElement(SubElement(style, "LabelStyle"), "scale").text = "0.6"
    line = SubElement(style, "LineStyle")
    SubElement(line, "color").text = f"{opacity}{blue}{green}{red}"
    SubElement(line, "width").text = "2"
    SubElement(SubElement(style, "PolyStyle"), "color").text = f"33{blue}{green}{red}"
    SubElement(SubElement(style, "BalloonStyle"), "text").text = "$[description]"
    return style
