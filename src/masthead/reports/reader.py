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
from itertools import islice
from typing import Protocol

from masthead.model import Document, Event, Reject, unique
from masthead.reports import gazetteer, notices
from masthead.reports.actor_tables.table import ActorTable
from masthead.reports.capitals import cased, in_capitals, recited
from masthead.reports.formats.language import detect_language, little_words
from masthead.reports.parse import Parser, parsers
from masthead.reports.voting import read_steps

LANGUAGES = frozenset({"en"})
"""Languages with a lexicon: data/frames.csv is English."""


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

    def read(self, document: Document, rejects: list[Reject]) -> Iterator[Event]:
        """The events of a document, in order."""
        asked = self._parsers or parsers()
        if in_capitals(document.text):
            copy = dataclasses.replace(document, text=cased(document.text))
            for step in read_steps(copy, asked, rejects):
                yield recited(step.event, document)
            return
        for step in read_steps(document, asked, rejects):
            yield step.event


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
    if not document.text.strip():
        return Reading(document, (), "empty")
    events = notices.read_notices(document)
    if events is not None:
        return Reading(document, tuple(events), "notice")
    reason = refusal(document)
    if reason is not None:
        return Reading(document, (), "refused", reason)
    rejects: list[Reject] = []
    found = unique((reader or ProseReader()).read(document, rejects))
    return Reading(document, tuple(found), "prose", rejects=tuple(rejects))


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
    one = partial(read_document, reader=reader)
    if processes <= 1:
        gazetteer.use(actors)
        try:
            yield from map(one, documents)
        finally:
            gazetteer.use(None)
        return
    stream = iter(documents)
    with ProcessPoolExecutor(processes, initializer=gazetteer.use, initargs=(actors,)) as pool:
        while batch := list(islice(stream, 16 * processes)):
            yield from pool.map(one, batch, chunksize=4)
