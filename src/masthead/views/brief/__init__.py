"""The brief: one page that says what happened, who says so, and what is not known."""

from masthead.views.brief.content import Brief, Line, Section, compose

__all__ = ["Brief", "Line", "Section", "compose"]
