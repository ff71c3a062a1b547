"""The map and the time line of a brief, and the page that shows them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from masthead.case import Case
from masthead.ledger import Ledger
from masthead.model import Zone
from masthead.views.brief.html import Desk, Drawing, to_html
from masthead.views.brief.parts import Brief
from masthead.views.brief.picture import Picture
from masthead.views.charts.crisis_map import draw_map
from masthead.views.charts.timeline import draw_timeline
from masthead.watch import notice_zones

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


def page_of(case: Case, ledger: Ledger, picture: Picture, brief: Brief,
            desk: Desk | None = None) -> str:  # fmt: skip
    """The brief as a page with its drawings and its evidence, and a desk if one is given."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = draw(picture, [*case.drawn_zones(), *notice_zones(case, ledger)], folder)
        return to_html(brief, picture, read_drawings(made, folder), desk)
