"""The brief as one HTML file that needs nothing else: no script, no request."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from masthead.views.brief.parts import Brief


def to_html(brief: Brief) -> str:
    """The brief as an HTML page. All words of reports are escaped by the template engine."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["plain"] = plain
    source = files("masthead").joinpath("views", "brief", "page.html.jinja").read_text("utf-8")
    return environment.from_string(source).render(brief=brief)


def plain(text: str) -> str:
    """Text without control and direction characters, which could reorder what a reader sees."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
