"""The language of a text as an ISO 639-1 code, or None where it would be a guess."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from masthead import codes

MIN_LETTERS = 40
"""Fewer letters than this, and trigrams say nothing (langid.py's own evaluation, Lui and Baldwin
2012, falls off sharply below about 50 bytes)."""

SHARE, LEAST_WORDS = 0.2, 6
SAMPLE_CHARS = 4000
MIN_PROBABILITY = 0.5
"""Below it the model holds "another language" to be as likely."""

_ANY_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_TAG = re.compile(r"([a-zA-Z]{2})(?:[-_].*)?$")


def detect_language(text: str) -> str | None:
    """The language that py3langid sees in the first 4,000 characters, if it is more likely than all
    others together.

    Of a text all in Latin capitals (a navigational warning) only the little words tell another
    language than English: abbreviations, names and positions outnumber the others there, and the
    model, trained on running text, takes them for German or Latin. East Asian scripts tell by
    themselves.
    """
    sample = text[:SAMPLE_CHARS]
    letters = [c for c in sample if c.isalpha()]
    told = _by_script(letters)
    if told is not None:
        return told
    if len(letters) < MIN_LETTERS:
        return None
    shouting = sum(map(str.isupper, letters)) > 0.7 * len(letters)
    latin = sum(c < "\u0250" for c in letters) > len(letters) / 2
    if shouting:
        told = by_little_words(sample) if latin else None
        if told is not None:
            return told
        sample = " ".join(_WORD.findall(sample)).lower()
    language, probability = _identifier().classify(sample)
    if probability < MIN_PROBABILITY or len(language) != 2:
        return None
    if shouting and latin and language != "en":
        return None
    return str(language)


def _by_script(letters: list[str]) -> str | None:
    """Chinese, Japanese or Korean, if most letters are of their scripts."""
    east = [c for c in letters if "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af"]
    if len(east) < 4 or len(east) <= len(letters) / 2:
        return None
    if any(c >= "\uac00" for c in east):
        return "ko"
    return "ja" if any(c <= "\u30ff" for c in east) else "zh"


def by_little_words(text: str) -> str | None:
    """The language whose little words make up most of a text: `SHARE` of it at least, and half as
    many again as those of any other; None where no language does."""
    words = [w.lower() for w in _ANY_WORD.findall(text)]
    if len(words) < LEAST_WORDS:
        return None
    shares = {
        language: sum(w in little for w in words) / len(words)
        for language, little in little_words().items()
    }
    best, second = sorted(shares, key=lambda name: -shares[name])[:2]
    clear = shares[best] >= SHARE and shares[best] >= 1.5 * shares[second]
    return best if clear else None


@cache
def little_words() -> dict[str, frozenset[str]]:
    """The little words of each language of `data/little_words.csv`."""
    return {r["language"]: frozenset(r["words"].split()) for r in codes.rows("little_words.csv")}


def language_tag(text: str | None) -> str | None:
    """The language of a declared tag: "en" of "en-GB"; None for anything else than such a tag."""
    found = _TAG.match(text.strip()) if text else None
    return found[1].lower() if found else None


@cache
def _identifier() -> Any:
    """The model, loaded at the first use (about half a second)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
