"""The language of a text as an ISO 639-1 code, or None where it would be a guess."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

MIN_LETTERS = 40
"""Fewer letters than this, and trigrams say nothing (langid.py's own evaluation, Lui and Baldwin
2012, falls off sharply below about 50 bytes)."""

SAMPLE_CHARS = 4000
MIN_PROBABILITY = 0.5
"""Below it the model holds "another language" to be as likely."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_TAG = re.compile(r"([a-zA-Z]{2})(?:[-_].*)?$")


def detect_language(text: str) -> str | None:
    """The language that py3langid sees in the first 4,000 characters, if it is more likely than all
    others together.

    Capitals are lowered first, and of them only words of three letters and more count. A text all
    in Latin capitals (a navigational warning) is "en" or None: abbreviations, names and positions
    outnumber the words there, and the model, trained on running text, takes them for German or
    Latin.
    """
    sample = text[:SAMPLE_CHARS]
    letters = [c for c in sample if c.isalpha()]
    if len(letters) < MIN_LETTERS:
        return None
    shouting = sum(map(str.isupper, letters)) > 0.7 * len(letters)
    if shouting:
        sample = " ".join(_WORD.findall(sample)).lower()
    language, probability = _identifier().classify(sample)
    if probability < MIN_PROBABILITY or len(language) != 2:
        return None
    if shouting and language != "en" and sum(c < "\u0250" for c in letters) > len(letters) / 2:
        return None
    return str(language)


def language_tag(text: str | None) -> str | None:
    """The language of a declared tag: "en" of "en-GB"; None for anything else than such a tag."""
    found = _TAG.match(text.strip()) if text else None
    return found[1].lower() if found else None


@cache
def _identifier() -> Any:
    """The model, loaded at the first use (about half a second)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
