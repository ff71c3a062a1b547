"""The brief as one HTML file: no script, no request, its pictures and its evidence inside."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from masthead.views.brief.evidence import NO_SEAL, as_block, carried, seal
from masthead.views.brief.parts import Brief
from masthead.views.brief.picture import Picture


@dataclass(frozen=True)
class Drawing:
    """A picture of a page: PNG, what it shows for those who do not see it, and its caption."""

    png: bytes
    alt: str
    caption: str

    @property
    def data(self) -> str:
        """The picture in base 64."""
        return base64.b64encode(self.png).decode()


def to_html(brief: Brief, picture: Picture | None = None, drawings: Sequence[Drawing] = ()) -> str:
    """The brief as an HTML page, sealed. All words of reports are escaped by the template engine;
    the evidence is JSON with its angle brackets escaped. Without a `picture` it carries none."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["plain"] = plain
    source = files("masthead").joinpath("views", "brief", "page.html.jinja").read_text("utf-8")
    content = carried(brief, picture) if picture is not None else {}
    page = environment.from_string(source).render(
        brief=brief,
        pictures=drawings,
        no_seal=NO_SEAL,
        head=picture.head if picture is not None else "unknown",
        block=Markup(as_block(content)),
    )
    return seal(page)


def plain(text: str) -> str:
    """Text without control and direction characters, which could reorder what a reader sees."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
