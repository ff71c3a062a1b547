"""The map and the time line of a brief, drawn into a folder."""

from __future__ import annotations

from pathlib import Path

from masthead.model import Zone
from masthead.views.brief.html import Drawing
from masthead.views.brief.picture import Picture
from masthead.views.charts.crisis_map import draw_map
from masthead.views.charts.timeline import draw_timeline

MAP = ("map.png", "Where incidents are told, the zones, and the traffic heard under them. "
                  "Hollow: not told as done.")  # fmt: skip
TIMELINE = ("timeline.png", "What reports tell and tracks show, day by day.")


def draw(picture: Picture, zones: list[Zone], folder: Path, stem: str = "") -> dict[str, str]:
    """Draw what there is to draw as PNG files; their names, with captions. `stem` goes before each
    name."""
    made: dict[str, str] = {}
    events = list(picture.events)
    name, caption = f"{stem}{MAP[0]}", MAP[1]
    if draw_map(picture.case, events, zones, folder / name):
        made[name] = caption
    name, caption = f"{stem}{TIMELINE[0]}", TIMELINE[1]
    if draw_timeline(picture.case, events, folder / name):
        made[name] = caption
    return made


def read_drawings(made: dict[str, str], folder: Path) -> list[Drawing]:
    """The drawings that were made, for a page."""
    return [
        Drawing((folder / name).read_bytes(), f"{caption.split('.')[0]}.", caption)
        for name, caption in made.items()
    ]
