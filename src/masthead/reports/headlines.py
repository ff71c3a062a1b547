"""Headlines, put as a sentence for the parser: the verb of a headline becomes a past tense.

A parser trained on running text takes "Navy frees hijacked dhow, arrests eight" for a row of nouns.
In a line without a full stop, a word that is a present tense of the lexicon, stands after a noun or
a comma and before what can be its object is the verb: it is given to the parser as "freed". A
label before a colon ("Jersey: …") is left out, and a semicolon ends a sentence.
"""

from __future__ import annotations

import re

from masthead.reports.frames import verb_forms
from masthead.reports.words import classes

LONGEST = 18
"""Words; a longer line without a full stop is no headline."""

_WORD = re.compile(r"[^\W_][\w'’-]*")
_LABEL = re.compile(r"\A[A-Z][\w'’ -]{1,24}:\s(?=[A-Z])")
_NO_OBJECT = frozenset(
    ("of", "in", "on", "at", "by", "off", "to", "from", "and", "or", "after", "before", "as", "for",
     "near", "amid", "over", "against", "is", "are", "was", "were", "has", "have", "that", "will",
     "with", "into", "between", "during")
)  # fmt: skip
_NOT_BEFORE = frozenset(
    ("the", "a", "an", "its", "their", "his", "her", "of", "in", "on", "by", "new", "and", "to",
     "for", "from", "with", "more", "two", "three", "over", "after", "against", "will", "not")
)  # fmt: skip


def is_headline(line: str) -> bool:
    """Whether a paragraph is a headline: one short line that does not end as a sentence does."""
    line = line.strip()
    if not line or "\n" in line or line[-1] in '.!?:;,"”' or line.isupper():
        return False
    return 3 <= len(_WORD.findall(line)) <= LONGEST


def cuts(line: str) -> list[tuple[int, int, str]]:
    """What to put otherwise in a headline: start, end, and what stands there instead."""
    if not is_headline(line):
        return []
    found: list[tuple[int, int, str]] = []
    found += [(m.start(), m.end(), ".") for m in re.finditer(";", line)]
    label = _LABEL.match(line)
    if label:
        found.append((0, label.end(), ""))
    words = list(_WORD.finditer(line, label.end() if label else 0))
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        past = _past(before[0], word[0]) if _stands(line, before, word, after) else None
        if past is not None:
            found.append((word.start(), word.end(), past))
    return found


def _stands(line: str, before: re.Match[str], word: re.Match[str], after: re.Match[str]) -> bool:
    """Whether a word stands where a verb with an object does."""
    gap = line[word.end() : after.start()]
    if word[0] in _NO_OBJECT:
        return False  # "two tankers off Myanmar coast"
    if word[0][0].isupper() or gap != " " or after[0].lower() in _NO_OBJECT:
        return False
    return before[0].lower() not in _NOT_BEFORE or line[before.end() : word.start()] == ", "


def _past(before: str, word: str) -> str | None:
    """The past tense of a word that is a verb in the present here."""
    verbs, forms = verb_forms()
    if word.endswith("s") and word in forms:
        return _in_the_past(forms[word])
    if word in verbs and before.endswith("s") and not word.endswith(("ed", "s")):
        return _in_the_past(word)
    return None


def _in_the_past(verb: str) -> str:
    irregular = dict(pair.split(":") for pair in classes()["irregular"])
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + "ed"
