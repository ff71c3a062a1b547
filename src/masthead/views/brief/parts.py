"""What a brief is made of: sections of groups of lines, each line with its evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the brief. `id` is the short evidence id that `masthead show` takes; `cites` are
    the whole ids of the events that show the line, for its footnotes; a line with neither only
    counts things. `quote` is the sentence that shows it, empty for a track."""

    text: str
    id: str = ""
    when: str = ""
    says: str = ""
    quote: str = ""
    status: str = ""
    cites: tuple[str, ...] = ()


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
class Note:
    """One footnote: its number, the event's id, where it stands (document, outlet and offsets, or
    ship and time), and the words there, empty for a track."""

    number: int
    id: str
    where: str
    text: str = ""


@dataclass(frozen=True)
class Brief:
    """The whole page."""

    title: str
    period: str
    as_known_on: str
    counts: str
    sections: tuple[Section, ...]
    case_path: str
    notes: tuple[Note, ...] = ()

    def numbers(self, line: Line) -> list[int]:
        """The numbers of a line's footnotes."""
        known = {note.id: note.number for note in self.notes}
        return sorted({known[i] for i in line.cites if i in known})
