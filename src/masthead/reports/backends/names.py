"""Names of ships by GLiNER2 (package `gliner2`, which the user installs with a model).

The shipped finder knows a ship by its noun, its prefix or its context; a trained model also knows
names that stand alone. What it finds is used only where the shipped finder finds nothing, and only
if it stands in the text at the offsets that it tells.
"""

from __future__ import annotations

from typing import Any, Protocol

from masthead.errors import MastheadError
from masthead.model import Span, Vessel
from masthead.reports.vessels import FoundVessel

LABELS = {"ship": "Name of one ship or boat, without its type: Blue Heron, Stena Impero"}
THRESHOLD = 0.6
"""The least score of a name, 0 to 1: above GLiNER2's own 0.5, as a ship that is none misleads."""

PIECE = 1_500
"""Characters read at a time; the model slows down with the square of the length."""


class NameFinder(Protocol):
    """Anything that finds the names of ships in a text."""

    def ships(self, text: str) -> list[FoundVessel]:
        """The ships named in a text, in order."""
        ...


class GlinerNames:
    """GLiNER2 by the name or folder of its model. Raises `MastheadError` if it cannot be loaded."""

    def __init__(self, model: str = "fastino/gliner2-base-v1") -> None:
        try:
            import gliner2
        except ImportError as error:
            raise MastheadError("GLiNER2 is not installed; pip install gliner2") from error
        try:
            self._model: Any = gliner2.GLiNER2.from_pretrained(model)
        except Exception as error:
            raise MastheadError(f"GLiNER2 cannot load the model '{model}': {error}") from error

    def ships(self, text: str) -> list[FoundVessel]:
        """The ships named in a text, in order, none overlapping."""
        found: list[FoundVessel] = []
        for start in range(0, len(text), PIECE):
            piece = text[start : start + PIECE]
            told = self._model.extract_entities(
                piece, LABELS, threshold=THRESHOLD, include_confidence=True, include_spans=True
            )
            for item in (told.get("entities") or {}).get("ship") or ():
                span = _span(item, piece)
                if span is not None:
                    found.append(_vessel(text, (start + span[0], start + span[1])))
        kept: list[FoundVessel] = []
        for ship in sorted(found, key=lambda f: f.span):
            if not kept or ship.span[0] >= kept[-1].span[1]:
                kept.append(ship)
        return kept


def _span(item: Any, piece: str) -> Span | None:
    """The offsets of an entity, if its words stand there."""
    if not isinstance(item, dict):
        return None
    start, end, words = item.get("start"), item.get("end"), item.get("text")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(words, str)):
        return None
    return (start, end) if words and start >= 0 and piece[start:end] == words else None


def _vessel(text: str, span: Span) -> FoundVessel:
    name = text[slice(*span)]
    return FoundVessel(span, Vessel(text=name, name=name, span=span), span)
