"""Documents to events: a notice by its grammar, everything else as prose.

A document in a language that the reader has no tables for is refused, with one clear line. A
document of any length is read a batch of paragraphs at a time.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice, tee
from typing import Protocol

from masthead.model import Document, Event, Reject, unique
from masthead.reports import gazetteer, notices
from masthead.reports.actor_tables.table import ActorTable
from masthead.reports.capitals import cased, in_capitals, recited
from masthead.reports.formats.language import detect_language, little_words
from masthead.reports.parse import Parser, parsers
from masthead.reports.voting import read_all

LANGUAGES = frozenset({"en"})
"""Languages with a lexicon: data/frames.csv is English."""

TOGETHER = 8
"""Documents that one process reads at a time."""

ENGLISH_SHARE = 0.2
"""Little words make up a quarter to two fifths of English prose; of Spanish, French or Dutch, those
that look the same (in, on, was, is) well under a fifth."""


class Reader(Protocol):
    """Anything that reads prose: a document to events."""

    def read(self, document: Document, rejects: list[Reject]) -> Iterable[Event]:
        """The events of a document. What could not be read or used is added to `rejects`."""
        ...


@dataclass(frozen=True)
class Reading:
    """What became of a document. `kind`: notice, prose, empty, or refused (then `refused` says
    why). `rejects` are the parts of it that could not be read."""

    document: Document
    events: tuple[Event, ...]
    kind: str
    refused: str | None = None
    rejects: tuple[Reject, ...] = ()


class ProseReader:
    """The reader that ships: frames over dependency trees. `parsers` are the parsers that read, the
    leading one first; those of `parse.models()` if not given."""

    def __init__(self, parsers: Sequence[Parser] | None = None) -> None:
        self._parsers = parsers

    def read(self, document: Document, rejects: list[Reject]) -> list[Event]:
        """The events of a document, in order."""
        events, missed = next(self.read_all([document]))
        rejects += missed
        return events

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[list[Event], list[Reject]]]:
        """The events of each document, in order, and what could not be read. Paragraphs of several
        documents are parsed together: a parser is quickest with many."""
        cased_too = ((d, _in_small_letters(d)) for d in documents)
        whole, read = tee(cased_too)
        asked = self._parsers or parsers()
        steps = read_all((small for _, small in read), asked)
        for (document, small), (found, rejects) in zip(whole, steps, strict=True):
            events = [step.event for step in found]
            if small is not document:
                events = [recited(event, document) for event in events]
            yield events, rejects


def _in_small_letters(document: Document) -> Document:
    """A document that is written in capitals, as if it were not."""
    if not in_capitals(document.text):
        return document
    return dataclasses.replace(document, text=cased(document.text))


def _reads_as_english(text: str) -> bool:
    """Whether the little words of a text are English after all: a few names make a short headline
    look like another language."""
    words = re.findall(r"[a-z]+", text[:2000].lower())
    return (
        len(words) > 0
        and sum(w in little_words()["en"] for w in words) / len(words) >= ENGLISH_SHARE
    )


def refusal(document: Document) -> str | None:
    """Why prose is not read: the language that it is in. None if it is read."""
    told = document.language or detect_language(document.text)
    told = told.split("-")[0].lower() if told else None
    if told is None or told in LANGUAGES or _reads_as_english(document.text):
        return None
    return f"the text is in {told!r}; only English ('en') can be read so far"


def read_document(document: Document, *, reader: Reader | None = None) -> Reading:
    """The events of a document. `reader` replaces the prose reader."""
    return next(_read([document], reader or ProseReader()))


def read_documents(
    documents: Iterable[Document],
    processes: int = 1,
    *,
    actors: ActorTable | None = None,
    reader: Reader | None = None,
) -> Iterator[Reading]:
    """The readings of many documents, in order. With more than one process, documents are read in
    parallel, `16 × processes` at a time in memory. `actors` are known beside the shipped ones;
    `reader` replaces the prose reader."""
    used = reader or ProseReader()
    if processes <= 1:
        gazetteer.use(actors)
        try:
            yield from _read(documents, used)
        finally:
            gazetteer.use(None)
        return
    stream = iter(documents)
    with ProcessPoolExecutor(processes, initializer=gazetteer.use, initargs=(actors,)) as pool:
        while batch := list(islice(stream, 16 * processes)):
            parts = [batch[n : n + TOGETHER] for n in range(0, len(batch), TOGETHER)]
            for readings in pool.map(partial(_read_list, reader=used), parts):
                yield from readings


def _read_list(documents: list[Document], reader: Reader) -> list[Reading]:
    return list(_read(documents, reader))


def _read(documents: Iterable[Document], reader: Reader) -> Iterator[Reading]:
    """The readings of documents: those that are no prose at once, the others by the reader."""
    told, asked = tee((document, _without_reader(document)) for document in documents)
    prose = (document for document, reading in asked if reading is None)
    found = reader.read_all(prose) if isinstance(reader, ProseReader) else _each(prose, reader)
    for document, reading in told:
        if reading is None:
            events, rejects = next(found)
            reading = Reading(document, tuple(unique(events)), "prose", rejects=tuple(rejects))
        yield reading


def _each(
    documents: Iterable[Document], reader: Reader
) -> Iterator[tuple[Iterable[Event], list[Reject]]]:
    for document in documents:
        rejects: list[Reject] = []
        yield list(reader.read(document, rejects)), rejects


def _without_reader(document: Document) -> Reading | None:
    """The reading of a document that no reader is asked for; None for prose."""
    if not document.text.strip():
        return Reading(document, (), "empty")
    events = notices.read_notices(document)
    if events is not None:
        return Reading(document, tuple(events), "notice")
    reason = refusal(document)
    return None if reason is None else Reading(document, (), "refused", reason)
