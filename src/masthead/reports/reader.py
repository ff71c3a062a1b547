"""Documents to events: a notice by its grammar, everything else as prose.

A document in a language that the reader has no tables for is refused, with one clear line. A
document of any length is read a batch of paragraphs at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Protocol

from masthead.model import Document, Event, unique
from masthead.reports import notices
from masthead.reports.parse import default_parser
from masthead.reports.story import Story

LANGUAGES = frozenset({"en"})
"""Languages with a lexicon: data/frames.csv is English."""

ENOUGH_FOR_LANGUAGE = 60
"""Characters below which a language cannot be told from a text."""

SAMPLE = 4000
"""Characters from which the language is told."""


class Reader(Protocol):
    """Anything that reads prose: a document to events."""

    def read(self, document: Document) -> Iterable[Event]:
        """The events of a document."""
        ...


@dataclass(frozen=True)
class Reading:
    """What became of a document. `kind`: notice, prose, empty, or refused (then `refused` says
    why)."""

    document: Document
    events: tuple[Event, ...]
    kind: str
    refused: str | None = None


class ProseReader:
    """The reader that ships: frames over dependency trees."""

    def read(self, document: Document) -> Iterator[Event]:
        """The events of a document, in order."""
        for step in Story(document, default_parser()).read():
            yield step.event


@cache
def _identifier() -> object:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text; None if it is too short to tell."""
    sample = text[:SAMPLE]
    if sum(c.isalpha() for c in sample) < ENOUGH_FOR_LANGUAGE:
        return None
    code, probability = _identifier().classify(sample.lower())  # type: ignore[attr-defined]
    return str(code) if probability > 0.9 else None


def read_document(document: Document, *, reader: Reader | None = None) -> Reading:
    """The events of a document. `reader` replaces the prose reader."""
    if not document.text.strip():
        return Reading(document, (), "empty")
    events = notices.read_notices(document)
    if events is not None:
        return Reading(document, tuple(events), "notice")
    told = document.language or language(document.text)
    if told is not None and told.split("-")[0].lower() not in LANGUAGES:
        reason = f"the text is in {told!r}; only English ('en') can be read so far"
        return Reading(document, (), "refused", reason)
    found = unique((reader or ProseReader()).read(document))
    return Reading(document, tuple(found), "prose")


def read_documents(documents: Iterable[Document], processes: int = 1) -> Iterator[Reading]:
    """The readings of many documents, in order. With more than one process, documents are read in
    parallel, `16 × processes` at a time in memory."""
    if processes <= 1:
        for document in documents:
            yield read_document(document)
        return
    stream = iter(documents)
    with ProcessPoolExecutor(processes) as pool:
        while batch := list(islice(stream, 16 * processes)):
            yield from pool.map(read_document, batch, chunksize=4)
