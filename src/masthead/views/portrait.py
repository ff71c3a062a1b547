"""How an open case shows itself in a notebook: a map, its incidents, its brief.

One piece of HTML without scripts, styles of its own or addresses: the map is inside it. Words of
reports are escaped.
"""

from __future__ import annotations

import base64
import html
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from masthead import codes
from masthead.case import Case
from masthead.ledger import Ledger
from masthead.views import wording
from masthead.views.export.content import Content
from masthead.views.visible import shortened, visible

INCIDENTS = 20
"""Rows of the table."""


def portrait(content: Content) -> str:
    """The case as HTML."""
    counts = (f"{len(content.documents)} documents, {len(content.events)} events, "
              f"{len(content.incidents)} incidents")  # fmt: skip
    parts = [f"<h3>{_text(content.case.title)}</h3>", f"<p>{_text(counts)}</p>"]
    picture = _map(content)
    if picture:
        parts.append(f'<img alt="Map of the case" style="max-width:100%" src="{picture}">')
    parts.append(_table(content))
    return "<div>" + "".join(parts) + "</div>"


class BriefPage:
    """The brief of a case: Markdown when printed, drawn in a notebook."""

    def __init__(self, case: Case, ledger: Ledger) -> None:
        self._case, self._ledger = case, ledger

    @cached_property
    def markdown(self) -> str:
        """The brief as Markdown."""
        from masthead.views.brief import compose
        from masthead.views.brief.markdown import to_markdown

        return to_markdown(compose(self._case, self._ledger))

    def __str__(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown


def _map(content: Content) -> str | None:
    """The map as a data address; None for a case without a place to draw."""
    from masthead.views.charts.crisis_map import draw_map

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.png"
        if not draw_map(content.case, content.events, content.zones, file):
            return None
        return "data:image/png;base64," + base64.b64encode(file.read_bytes()).decode()


def _table(content: Content) -> str:
    if not content.incidents:
        return "<p>No incident was reported.</p>"
    rows = [_row(("when", "what", "ship", "state", "told by", "the tracks"), "th")]
    for incident in content.incidents[:INCIDENTS]:
        finding = str(content.verdicts[incident.id].finding).replace("_", " ")
        ship = wording.vessel(incident.vessel) if incident.vessel else "a ship"
        told = ", ".join(v.name for v in incident.voices)
        rows.append(_row((wording.when(incident.time), codes.incidents()[incident.kind].label,
                          ship, str(incident.state), told, finding), "td"))  # fmt: skip
    more = len(content.incidents) - INCIDENTS
    rest = f"<p>and {more} more in <code>.incidents</code></p>" if more > 0 else ""
    return "<table>" + "".join(rows) + "</table>" + rest


def _row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{_text(c)}</{tag}>" for c in cells) + "</tr>"


def _text(words: str) -> str:
    return html.escape(visible(shortened(words, 300)))
