"""Consoles that show what a report says and are not steered by it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from masthead.views.visible import visible


class TextConsole(Console):
    """A console on which control characters and direction overrides of a text show as substitutes:
    an escape sequence in a report moves no cursor, and no line reads backwards."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments of a renderable, their texts made visible; rich's own controls stay."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else visible(text), style, control)
