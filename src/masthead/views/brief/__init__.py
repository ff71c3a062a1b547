"""The brief: one page that says what happened, who says so, and what is not known."""

from masthead.views.brief.content import compose
from masthead.views.brief.parts import Brief, Line, Section

__all__ = ["Brief", "Line", "Section", "compose"]
