"""The score as one HTML file that needs nothing else, and as JSON."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from masthead.score import Figures, Score
from masthead.views.score.cells import HEAD, cells, mistakes, percent


def to_html(score: Score) -> str:
    """The score as an HTML page; all words are escaped by the template engine."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters.update(cells=cells, mistakes=mistakes, percent=percent)
    source = files("masthead").joinpath("views", "score", "page.html.jinja").read_text("utf-8")
    return environment.from_string(source).render(score=score, head=HEAD)


def to_json(score: Score) -> str:
    """The score as JSON: every figure, the confusion as [true, found, times]."""
    tables = [
        {
            "title": table.title,
            "total": _figures(table.total),
            "types": [_figures(row) for row in table.rows],
            "facets": [{"name": f.name, "right": f.right, "told": f.told} for f in table.facets],
            "confusion": [[t, f, n] for (t, f), n in table.confusion.items()],
        }
        for table in score.tables
    ]
    content = {
        "title": score.title, "happenings": score.happenings, "told": score.told,
        "receivable": score.receivable, "neither": score.neither, "tables": tables,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1)


def _figures(row: Figures) -> dict[str, Any]:
    names = (
        "name", "true", "found", "hits", "named", "precision", "recall", "f1", "receivable",
        "receivable_recall", "fit", "fit_recall", "time_error_min", "place_error_km",
    )  # fmt: skip
    values = {name: getattr(row, name) for name in names}
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in values.items()}
