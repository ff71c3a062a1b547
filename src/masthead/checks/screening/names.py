"""Names made comparable: one alphabet, no prefixes, numerals as digits, spellings folded.

Transliteration is anyascii's; `fold` then levels what romanisations differ in ("Yuriy", "Iurii";
"Aleksei", "Alexey"), so two spellings of one name come close and two names stay apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from masthead import codes

_PREFIX = re.compile(
    r"^\W*(?:(?:M[/.]\s?[TVSFY]\.?|S[/.]S\.?|T/T|F/V|S/Y|R/V|L[NP]G/C)|(?:MT|MV|MS|MTS|SS|FV|TB|RV)"
    r"(?=[\s.\"']))[\s.:]*",
    re.I,
)
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "ix": "9", "x": "10", "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
}  # fmt: skip
_FOLDS = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("ph", "f"), ("ck", "k"),
    ("ks", "x"), ("q", "k"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("j", "i"),
    ("y", "i"), ("c", "k"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name for comparing: its folded words, the same as one string without spaces (words in
    order for ships, sorted for people and companies), and its numbers."""

    words: tuple[str, ...]
    compact: str
    numbers: frozenset[str]


def words_of(text: str) -> list[str]:
    """Latin words in small letters; digits apart from letters, without leading zeros."""
    plain = (text if text.isascii() else anyascii(text)).lower().replace("'", "").replace("`", "")
    return [w.lstrip("0") or "0" for w in re.findall(r"[a-z]+|\d+", plain)]


@cache
def _little(kind: str) -> frozenset[str]:
    return frozenset(r["word"] for r in codes.rows("legal_forms.csv") if r["kind"] == kind)


def fold(word: str) -> str:
    """A word with what romanisations differ in levelled."""
    for old, new in _FOLDS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def ship_name(text: str) -> Name:
    """A ship's name: prefix off, Roman numerals (not the first word) as digits."""
    bare = _PREFIX.sub("", text, count=1)
    words = words_of(bare) or words_of(text)
    words = words[:1] + [_ROMAN.get(w, w) for w in words[1:]]
    numbers = frozenset(w for w in words if w.isdecimal())
    folded = tuple(w if w.isdecimal() else fold(w) for w in words)
    return Name(folded, "".join(folded), numbers)


def party_name(text: str) -> Name:
    """A person's or company's name: legal forms and titles off, the order of words levelled."""
    text = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", text)
    words = words_of(text)
    kept = [w for w in words if w not in _little("form") and w not in _little("title")] or words
    folded = tuple(sorted(w if w.isdecimal() else fold(w) for w in kept))
    return Name(folded, "".join(folded), frozenset(w for w in kept if w.isdecimal()))


def keys(name: Name) -> set[str]:
    """What a name is looked up by. Of two spellings at least one key is most often the same: a
    whole word, the beginning, the end, the set of letters, or the consonants."""
    c = name.compact
    found = {f"w{w}" for w in name.words if len(w) > 2}
    if c:
        found |= {f"={c}", f"p{c[:5]}", f"s{c[-5:]}", f"l{''.join(sorted(set(c)))}"}
        found.add("c" + re.sub("[aeiou]", "", c))
    return found
