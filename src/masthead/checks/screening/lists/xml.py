"""Elements of an XML file as they end, in bounded memory, up to where the file breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from masthead.checks.screening.entries import Rejects

CHUNK = 1 << 20


def elements(
    path: Path, wanted: Collection[str], rejects: Rejects
) -> Iterator[tuple[str, Element]]:
    """Each element whose local name is wanted, when it ends; it is emptied afterwards. Where the
    file stops being XML (truncated, torn), that is one reject and the rest is lost. A document
    type is refused: the lists have none, and entities can be bombs. Raises `OSError`."""
    parser: XMLPullParser[Any] = XMLPullParser(["end"])
    with path.open("rb") as file:
        head = file.read(4096)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            rejects.add("start", "has a document type, which is not read")
            return
        try:
            chunk = head
            while chunk:
                parser.feed(chunk)
                yield from _ended(parser, wanted)
                chunk = file.read(CHUNK)
            parser.close()
        except ParseError as error:
            line, column = error.position
            rejects.add(f"line {line}", f"stops being XML at column {column}")
        yield from _ended(parser, wanted, torn=True)


def _ended(
    parser: XMLPullParser[Any], wanted: Collection[str], *, torn: bool = False
) -> Iterator[tuple[str, Element]]:
    try:
        events: Iterator[Any] = parser.read_events()
        for _, element in events:
            name = local(element)
            if name in wanted:
                yield name, element
                element.clear()
    except ParseError:
        if not torn:
            raise


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def child_text(element: Element, *names: str) -> str:
    """The text of the first child on a path of local names; empty if there is none."""
    found: Element | None = element
    for name in names:
        found = next((c for c in found if local(c) == name), None) if found is not None else None
    return (found.text or "").strip() if found is not None else ""


def children(element: Element, *names: str) -> list[Element]:
    """All descendants on a path of local names."""
    level = [element]
    for name in names:
        level = [child for parent in level for child in parent if local(child) == name]
    return level
