"""Names as keys: how a name is cut into words, and when two spellings are the same name.

A *token* is a run of letters and digits, or an abbreviation with dots (`U.S.`). Its key is lower
case without accents, so that "Élysée" and "Elysee" are one. The *skeleton* of a name goes further
and levels what differs between romanisations (Andrei and Andrey, Aleksandr and Alexander); it is
used for full names of people only, where two words must agree.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from masthead import codes

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_SOUNDS = (
    ("x", "ks"), ("y", "i"), ("ou", "u"), ("kh", "h"), ("ck", "k"), ("ph", "f"), ("w", "v"),
    ("q", "k"), ("dj", "j"), ("tsch", "ch"), ("ee", "i"), ("oo", "u"), ("gh", "g"), ("th", "t"),
    ("z", "s"), ("ie", "i"), ("ei", "i"), ("ai", "i"),
)  # fmt: skip
_NOT_LATIN_ONE = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ı": "i", "đ": "d", "Đ": "d", "ð": "d", "þ": "th",
     "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "ə": "e"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameToken:
    """One word of a text: as written (dots of an abbreviation dropped), its key, its offsets."""

    word: str
    key: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.word[0].isupper()


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """A word in lower case, without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_NOT_LATIN_ONE))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def tokens(text: str) -> list[NameToken]:
    """The words of a text. A possessive 's is a word of its own; hyphens part words."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if "." in word:
            word = word.replace(".", "")
        found.append(NameToken(word, key_of(word), match.start(), match.end()))
    return found


def keys(text: str) -> tuple[str, ...]:
    """The keys of the words of a name."""
    return tuple(token.key for token in tokens(text))


@lru_cache(maxsize=16384)
def skeleton(key: str) -> str:
    """What is left of a word's key when the differences between romanisations are levelled."""
    for written, sound in _SOUNDS:
        key = key.replace(written, sound)
    key = re.sub(r"er$", "r", re.sub(r"(.)\1+", r"\1", key))
    return re.sub(r"(?<=[^aeiou].)[eh]$|(?<=..)[eh]$", "", key) or key


def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals throughout (two letters or more)."""
    return len(word) > 1 and word.isupper()


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the lists of `actors_wordlists.csv`."""
    return frozenset(
        w
        for r in codes.rows("actors_wordlists.csv")
        if r["list"] == name
        for w in r["words"].split()
    )
