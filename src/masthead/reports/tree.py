"""A parsed text as plain objects: words with their heads, in sentences.

spaCy makes a new object each time a word of a `Doc` is asked for, and decodes a string each time an
attribute is. The rules ask some fifty times a word. Here each word is made once, with its strings,
its head and the words that hang on it; the names are spaCy's.
"""

from __future__ import annotations

import unicodedata
from bisect import insort
from collections.abc import Iterator
from itertools import pairwise
from sys import intern
from typing import Any, overload


class Word:
    """A word of a tree. Moving it to another head moves it among the children, too."""

    __slots__ = (
        "_head", "children", "dep_", "doc", "hung", "i", "idx", "key", "lemma_", "lower_", "plural",
        "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Tree
    """The tree that the word stands in."""
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    whitespace_: str
    plural: bool
    """Whether the parser takes the word for a plural."""
    hung: list[Word] | None
    """The prepositions that hang on the word, once it was asked for (`roles`)."""
    key: str | None
    """What the lexicon knows the word by, once it was asked for (`frames.lemma`)."""
    children: list[Word]
    """The words that hang on this one, in order."""
    _head: Word

    def __lt__(self, other: Word) -> bool:
        return self.i < other.i

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Word({self.text!r}, {self.i})"

    @property
    def head(self) -> Word:
        """The word that this one hangs on; a root is its own head."""
        return self._head

    @head.setter
    def head(self, above: Word) -> None:
        if above is self._head:
            return
        if self._head is not self:
            self._head.children.remove(self)
        self._head = above
        if above is not self:
            insort(above.children, self)
        self.doc.forget()

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it, in order."""
        return iter(sorted(self._below()))

    def _below(self) -> list[Word]:
        found = [self]
        for word in found:
            found += word.children
        return found

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above, the nearest first."""
        word = self
        while word._head is not word:
            word = word._head
            yield word

    @property
    def left_edge(self) -> Word:
        """The first word of what hangs on this one, or this one."""
        return self.doc[self.doc.edges()[0][self.i]]

    @property
    def right_edge(self) -> Word:
        """The last word of what hangs on this one, or this one."""
        return self.doc[self.doc.edges()[1][self.i]]

    @property
    def sent(self) -> Sentence:
        """The sentence that the word stands in."""
        return self.doc.sentence(self.i)

    @property
    def is_sent_start(self) -> bool:
        """Whether the word is the first of its sentence."""
        return self.sent.start == self.i

    @property
    def is_space(self) -> bool:
        """Whether the word is white space."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """Whether the word is all punctuation."""
        return all(unicodedata.category(c).startswith("P") for c in self.text)

    def nbor(self, step: int = 1) -> Word:
        """The word so many words on. Raises `IndexError` past either end."""
        if not 0 <= self.i + step < len(self.doc):
            raise IndexError(f"no word {step} from {self.i} of {len(self.doc)}")
        return self.doc[self.i + step]


class Sentence:
    """The words `start` to `end` of a tree, `end` not among them."""

    __slots__ = ("_words", "end", "end_char", "start", "start_char")

    def __init__(self, tree: Tree, start: int, end: int) -> None:
        self.start, self.end = start, end
        self._words = tree[start:end]
        self.start_char = self._words[0].idx
        self.end_char = self._words[-1].idx + len(self._words[-1].text)

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, index: int) -> Word:
        return self._words[index]


class Tree:
    """A parsed text."""

    __slots__ = ("_edges", "_sentences", "_words", "names", "parts", "slots", "warships")

    def __init__(self, words: list[Word]) -> None:
        self._words = words
        self.slots: dict[tuple[int, str], list[Word]] = {}
        """The words in the slots of the words, once asked for (`frames.slot`)."""
        self.names: dict[int, set[str]] = {}
        """The names of the words, once asked for by a test (`frames.names_of`)."""
        self.parts: dict[int, set[str]] = {}
        """What goes with the words, particles and the like, once asked for by a frame."""
        self.warships: frozenset[int] = frozenset()
        """The words that stand for the bare name of a state's ship."""
        self.forget()

    def forget(self) -> None:
        """Edges and sentences are worked out anew: a word has moved."""
        self._edges: tuple[list[int], list[int]] | None = None
        self._sentences: list[Sentence] | None = None

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        return self._words[index]

    @property
    def text(self) -> str:
        """The whole text."""
        return self.phrase(0, len(self) - 1)

    def phrase(self, left: int, right: int) -> str:
        """The text of the words from `left` to `right`."""
        words = self._words[left : right + 1]
        return "".join([w.text + w.whitespace_ for w in words[:-1]]) + words[-1].text

    @property
    def sents(self) -> Iterator[Sentence]:
        """The sentences, in order."""
        return iter(self._parted())

    def sentence(self, index: int) -> Sentence:
        """The sentence in which the word of that index stands."""
        for one in self._parted():
            if index < one.end:
                return one
        raise IndexError(index)

    def _parted(self) -> list[Sentence]:
        """A sentence starts where the words below a root start."""
        if self._sentences is None:
            left = self.edges()[0]
            starts = {left[w.i] for w in self._words if w.head is w}
            cuts = [0, *sorted(starts - {0}), len(self)]
            self._sentences = [Sentence(self, a, b) for a, b in pairwise(cuts) if a < b]
        return self._sentences

    def edges(self) -> tuple[list[int], list[int]]:
        """The index of the first and of the last word below each word."""
        if self._edges is None:
            count = len(self)
            left, right = list(range(count)), list(range(count))
            heads = [word._head.i for word in self._words]
            moved = True
            while moved:  # twice, where no branches cross
                moved = False
                for order in (range(count), range(count - 1, -1, -1)):
                    for i in order:
                        above = heads[i]
                        if left[i] < left[above]:
                            left[above], moved = left[i], True
                        if right[i] > right[above]:
                            right[above], moved = right[i], True
            self._edges = left, right
        return self._edges


COLUMNS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SPACY", "MORPH")


def copied(parsed: Any) -> Tree:
    """The tree of a spaCy `Doc`."""
    strings = parsed.vocab.strings
    rows = parsed.to_array(list(COLUMNS)).T
    orth, lower, lemma, pos, tag, dep, above, space, morph = rows.tolist()
    plural = {m: "Number=Plur" in strings[m] for m in set(morph)}
    told = {key: intern(strings[key]) for key in {*orth, *lower, *lemma, *pos, *tag, *dep}}
    words = [Word() for _ in orth]
    tree = Tree(words)
    at = 0
    for i, word in enumerate(words):
        word.doc, word.i, word.idx = tree, i, at
        word.text, word.lower_, word.lemma_ = told[orth[i]], told[lower[i]], told[lemma[i]]
        word.pos_, word.tag_, word.dep_ = told[pos[i]], told[tag[i]], told[dep[i]]
        word.whitespace_ = " " if space[i] else ""
        word.plural = plural[morph[i]]
        word.hung = word.key = None
        word.children = []
        at += len(word.text) + space[i]
    for i, word in enumerate(words):
        # offsets to the left come as unsigned numbers of 64 bits
        offset = above[i] if above[i] < 1 << 63 else above[i] - (1 << 64)
        word._head = words[i + offset]
        if offset:
            word._head.children.append(word)
    return tree
