"""Who only repeats whom: documents that share their sentences.

A document is an echo of an earlier one if at least `SHARED` of its sentences, and two or more,
stand there as well; case and punctuation aside. Ten outlets that carry one agency's story are one
voice: the earliest, and of one day's the one that the others name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from masthead.ledger.merge.likeness import Likeness, contradicts
from masthead.ledger.merge.matters import Matter, plain
from masthead.model import Document

SHARED = 0.5
"""The least share of a document's sentences that an echo takes from another."""

LEAST_WORDS = 6
"""Words of a sentence below which it may stand in two documents by chance."""

WORD_FOR_WORD = 0.97
"""The likeness of two matters of which one repeats the other."""

_SENTENCE = re.compile(r"(?<=[.!?])[”\"’']?\s+|\n{2,}")
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_LATE = datetime(9999, 1, 1, tzinfo=UTC)


def roots(documents: Iterable[Document]) -> dict[str, str]:
    """The id of each document with that of the earliest one it repeats (its own, if it repeats
    none). A chain of echoes leads to its first link."""
    known = sorted(documents, key=lambda d: (d.date or _LONG_AGO, d.id))
    by_id = {d.id: d for d in known}
    holders: dict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for document in known:
        sentences = _sentences(document.text)
        shared: Counter[str] = Counter()
        for sentence in sentences:
            shared.update(set(holders[sentence]))
        root = document.id
        best = max(shared.items(), key=lambda kv: (kv[1], kv[0]), default=("", 0))
        if best[1] >= 2 and best[1] >= SHARED * len(sentences):
            root = found[best[0]]
            if _is_source(document, by_id[root]):
                found |= {i: document.id for i, r in found.items() if r == root}
                root = document.id
        found[document.id] = root
        for sentence in sentences:
            if len(holders[sentence]) < 50:
                holders[sentence].append(document.id)
    return found


def repeated(
    matters: Iterable[Matter], echoed: Mapping[str, str]
) -> dict[tuple[str, str], Likeness]:
    """The pairs of matters that one document tells in the words of another that it repeats, or both
    of a third: one deed, whatever day each was printed."""
    told: dict[tuple[str, str, str, str], list[Matter]] = defaultdict(list)
    for matter in matters:
        root = echoed.get(matter.document)
        if root is not None and matter.words:
            told[root, matter.deed, str(matter.event.status), matter.words].append(matter)
    found = {}
    for group in told.values():
        if len({m.document for m in group}) < len(group):
            continue  # the same words of two ships in one document
        first = min(group, key=lambda m: (m.told or _LATE, m.id))
        for other in group:
            if other is not first and not contradicts(first, other):
                pair = (min(first.id, other.id), max(first.id, other.id))
                found[pair] = Likeness(WORD_FOR_WORD, "word for word in an echo")
    return found


def _is_source(document: Document, other: Document) -> bool:
    """Whether, of two that share their sentences on one day, the other credits this one's outlet
    ("Meridian Newswire contributed to this report"), and not the other way round."""
    if (document.date or _LONG_AGO).date() != (other.date or _LONG_AGO).date():
        return False
    return _names(other, document.outlet) and not _names(document, other.outlet)


def _names(document: Document, outlet: str | None) -> bool:
    return bool(outlet) and str(outlet) in document.text


def _sentences(text: str) -> set[str]:
    keys = set()
    for sentence in _SENTENCE.split(text):
        words = plain(sentence)
        if words.count(" ") >= LEAST_WORDS - 1:
            keys.add(words)
    return keys
