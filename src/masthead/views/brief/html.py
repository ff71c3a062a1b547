"""The brief as one HTML file: no request, its pictures and its evidence inside; with a desk, the
page of `masthead serve` too, as the one script that its policy lets run."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from masthead.views.brief.evidence import JSON, NO_SEAL, PACKED, as_block, carried, packed, seal
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


@dataclass(frozen=True)
class Desk:
    """The page that goes into the file: its script and style sheet, the land that it draws, and
    what it shows beside the evidence (`masthead.web.carrying`)."""

    script: str
    style: str
    land: str
    content: dict[str, Any]

    @property
    def allowed(self) -> str:
        """The script as a source of a Content-Security-Policy: its hash."""
        digest = hashlib.sha256(self.script.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """The packed blocks by id."""
        content = json.dumps(self.content, ensure_ascii=True, separators=(",", ":"))
        return [("masthead-desk", packed(content)), ("masthead-land", packed(self.land))]


def to_html(brief: Brief, picture: Picture | None = None, drawings: Sequence[Drawing] = (),
            desk: Desk | None = None) -> str:  # fmt: skip
    """The brief as an HTML page, sealed. All words of reports are escaped by the template engine;
    the evidence is JSON with its angle brackets escaped, with a `desk` packed. Without a `picture`
    it carries none."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["plain"] = plain
    source = files("masthead").joinpath("views", "brief", "page.html.jinja").read_text("utf-8")
    content = carried(brief, picture, whole=desk is not None) if picture is not None else {}
    block = as_block(content)
    page = environment.from_string(source).render(
        brief=brief,
        pictures=drawings,
        no_seal=NO_SEAL,
        head=picture.head if picture is not None else "unknown",
        block=Markup(packed(block) if desk else block),
        kind=PACKED if desk else JSON,
        desk=desk,
        script=Markup(desk.script) if desk else "",
        style=Markup(desk.style) if desk else "",
    )
    return seal(page)


def plain(text: str) -> str:
    """Text without control and direction characters, which could reorder what a reader sees."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
