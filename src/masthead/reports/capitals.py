"""Prose in capitals throughout, brought to the case that a parser knows, and back.

A copy of the document of the same length is read instead, in lower case but for the first letters
of sentences, the names that the tables know, and the words after a ship's noun or prefix; what is
read is then cited from the document as it stands.
"""

from __future__ import annotations

import dataclasses
import re

from masthead.model import Actor, Attribution, Document, Event, Span, TextSpan, Vessel
from masthead.reports.actor_tables.names import is_acronym, tokens
from masthead.reports.actor_tables.table import default_table
from masthead.reports.formats.language import little_words
from masthead.reports.frames import verb_forms
from masthead.reports.places import find_places
from masthead.reports.vessels import find_vessels

LEAST_LETTERS = 40
"""Letters from which on a text in capitals is taken for prose and not for a heading."""

_SENTENCE = re.compile(r"(?:\A|[.!?:]\s+|\n\s*)[\"“'(]*([A-Z])")
_CALENDAR = re.compile(
    r"\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b|\b(?:JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY"
    r"|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b|\bMAY(?= \d)"
)
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}|\b(?:US|UN|EU|UK|UAE|USA|NATO|IMO|MMSI|GPS|AIS)\b")
_US_IS_WE = re.compile(r"\b(?:TO|FOR|OF|WITH|LET|TOLD|GAVE|GIVE|ASKED|AGAINST|FROM) US(?=[ .,;]|$)")
_AFTER_SHIP = re.compile(r"(?: [A-Z][A-Z'’-]+){1,3}")


def in_capitals(text: str) -> bool:
    """Whether a text is prose without a letter in lower case (an odd one is allowed)."""
    letters = sum(map(str.isalpha, text))
    if letters < LEAST_LETTERS:
        return False
    upper = sum(c.isalpha() for c in text if c.isupper())
    return upper >= 0.95 * letters


def cased(text: str) -> str:
    """A text in capitals as it would be printed; of the same length."""
    kept = [False] * len(text)
    for pattern in (_SENTENCE, _CALENDAR, _ACRONYM):
        for match in pattern.finditer(text):
            span = match.span(1) if match.lastindex else match.span()
            _keep(kept, *span, whole=pattern is not _CALENDAR)
    for (start, end), entry in default_table().find(text):
        written = {t.key: t.word for name in (entry.name, *entry.aliases) for t in tokens(name)}
        for word in tokens(text[start:end]):
            if word.key in little_words()["en"]:
                continue
            acronym = is_acronym(written.get(word.key, ""))
            _keep(kept, start + word.start, start + word.end, whole=acronym)
    for span, _ in find_places(text):
        for word in tokens(text[slice(*span)]):
            if word.key not in little_words()["en"]:
                _keep(kept, span[0] + word.start, span[0] + word.end, whole=False)
    for found in find_vessels(text):
        _keep_name(kept, text, found.span[1])
    for match in _US_IS_WE.finditer(text):
        kept[match.end() - 2 : match.end()] = [False, False]
    lower = text.lower()
    if len(lower) != len(text):  # a letter without a single lower-case one
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return "".join(c if keep else low for c, low, keep in zip(text, lower, kept, strict=True))


def _keep(kept: list[bool], start: int, end: int, *, whole: bool) -> None:
    for at in range(start, end if whole else min(start + 1, end)):
        kept[at] = True


def _keep_name(kept: list[bool], text: str, start: int) -> None:
    """The words after a ship's noun, up to one that no name has: a little word or a verb."""
    match = _AFTER_SHIP.match(text, start)
    if match is None:
        return
    verbs, forms = verb_forms()
    for word in re.finditer(r"[A-Z][A-Z'’-]+", match[0]):
        key = word[0].lower()
        if key in little_words()["en"] or key in verbs or key in forms or key.endswith("ed"):
            break
        _keep(kept, start + word.start(), start + word.end(), whole=False)


def recited(event: Event, document: Document) -> Event:
    """An event read in the copy, with every text as the document has it."""

    def cited(text: str, span: Span | None) -> str:
        return document.text[slice(*span)] if span and len(text) == span[1] - span[0] else text

    def actor(one: Actor) -> Actor:
        return dataclasses.replace(one, text=cited(one.text, one.span))

    def ship(one: Vessel) -> Vessel:
        return dataclasses.replace(one, text=cited(one.text, one.span))

    def link(one: Attribution) -> Attribution:
        return (
            one if one.who is None else dataclasses.replace(one, who=_as_there(one.who, document))
        )

    return dataclasses.replace(
        event, id="",
        sources=tuple(map(actor, event.sources)), targets=tuple(map(actor, event.targets)),
        objects=tuple(map(ship, event.objects)),
        attribution=tuple(map(link, event.attribution)),
        evidence=tuple(
            document.cite(piece.start, piece.end)
            for piece in event.evidence if isinstance(piece, TextSpan)
        ),
    )  # fmt: skip


def _as_there(words: str, document: Document) -> str:
    at = document.text.lower().find(words.lower())
    return document.text[at : at + len(words)] if at >= 0 else words
