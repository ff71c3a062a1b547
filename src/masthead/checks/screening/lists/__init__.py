"""Sanctions and watch lists in the layouts people have, one file a layout; `load` is the door."""

from masthead.checks.screening.lists.load import WatchedList, load_lists

__all__ = ["WatchedList", "load_lists"]
