"""What a brief is made of: sections of groups of lines, each line with its evidence id."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the brief. `id` is the evidence id that `masthead show` takes; a line without
    one only counts things. `quote` is the sentence that shows it, empty for a track."""

    text: str
    id: str = ""
    when: str = ""
    says: str = ""
    quote: str = ""
    status: str = ""


@dataclass(frozen=True)
class Group:
    """Lines under one heading: a ship, a place, a speaker."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True)
class Section:
    """A part of the brief. `empty` is what to say when it has no line."""

    title: str
    groups: tuple[Group, ...]
    empty: str = "Nothing."
    note: str = ""


@dataclass(frozen=True)
class Brief:
    """The whole page."""

    title: str
    period: str
    as_known_on: str
    counts: str
    sections: tuple[Section, ...]
    case_path: str
