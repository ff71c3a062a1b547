"""Whom a pronoun means, among those the document has named before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.model import Span
from masthead.reports import roles
from masthead.reports.frames import lemma
from masthead.reports.given_names import may_be, must_be, unnamed
from masthead.reports.parse import Token
from masthead.reports.phrases import (
    GROUP_PRONOUNS,
    PERSON_PRONOUNS,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    Mention,
)
from masthead.reports.words import classes

if TYPE_CHECKING:
    from masthead.reports.cast import Cast

NEARBY = 160
"""Characters, about a sentence, within which "they" goes back to the nearest plural, whatever its
role; further back, to a subject."""


def refer(
    cast: Cast,
    pronoun: Token,
    *,
    before: int | None = None,
    near: int | None = None,
    wants_ship: bool = False,
    talks: bool = False,
    barred: tuple[Span, ...] = (),
) -> Mention | None:
    """The mention that a pronoun goes back to, among those named before an offset; a plural is
    looked for first in its own sentence, from the offset `near`. Whoever does the deed is `barred`
    from being its object, but for "himself"."""
    word = pronoun.lower_
    cast.before = before
    cast.barred = barred
    part = pronoun.dep_ == "poss" and lemma(pronoun.head) in classes()["ship_part"]
    if word in ("her", "its") and part and cast.ships:
        return cast.last(lambda m: m.ship) or cast.ships[-1]
    if word in SPEAKER_PRONOUNS:
        return cast.speaker
    if wants_ship:
        several = word in GROUP_PRONOUNS
        for mention in reversed(cast.ships):
            if cast.earlier(mention) and mention.plural is several:
                return mention
    if word in PERSON_PRONOUNS:
        spoken = talks and pronoun.dep_ in roles.SUBJECT
        if word in ("her", "she") and cast.ships and not spoken:
            ship = cast.last(lambda m: m.ship and not m.plural)
            woman = cast.last(lambda m: m.person and not m.plural and may_be("she", m.text))
            if ship is not None and (woman is None or woman.position < ship.position):
                return ship
        beside = _in_sentence(cast, word, near) if near is not None else None
        if beside is not None:
            return beside
        if word in ("he", "she") and pronoun.dep_ in roles.SUBJECT | roles.PASSIVE:
            found = cast.last(
                lambda m: m.person and not m.plural and m.subject and may_be(word, m.text)
                and not unnamed(m.text)
            )  # fmt: skip
            if found is not None:
                return found
        return cast.last(lambda m: m.person and not m.plural and may_be(word, m.text))
    if word == "it" and near is not None and pronoun.head.dep_ == "ROOT":
        found = cast.last(
            lambda m: m.main and near - 2 * NEARBY <= m.position < near and m.somebody
            and not (m.person or m.plural or m.ship)
        )  # fmt: skip
        if found is not None and pronoun.dep_ in roles.SUBJECT | roles.PASSIVE:
            return found
    if word in THING_PRONOUNS and talks:
        found = cast.last(
            lambda m: not (m.person or m.plural or m.ship) and m.subject and m.somebody
        )
        if found is not None:
            return found
    if word == "it" and pronoun.dep_ == "pobj" and near is not None:
        found = cast.last(
            lambda m: m.position >= near and m.somebody
            and not (m.person or m.plural or m.ship or m.subject)
        )  # fmt: skip
        if found is not None:
            return found
    if word in THING_PRONOUNS:
        return cast.last(
            lambda m: not m.person and not m.plural and m.subject and m.somebody
        ) or cast.last(lambda m: not m.person and not m.plural and m.somebody)
    if word in GROUP_PRONOUNS:
        here = near if near is not None else 1 << 60
        close = (before or 0) - NEARBY
        doing = pronoun.dep_ in roles.SUBJECT
        return (
            (
                cast.last(lambda m: m.several and m.subject and m.position >= close)
                if doing
                else None
            )
            or cast.last(lambda m: m.several and not m.person and m.position >= here)
            or cast.last(lambda m: m.several and m.position >= close)
            or cast.last(lambda m: m.several and m.subject and not m.person)
            or cast.last(lambda m: m.several)
        )
    return None


def _in_sentence(cast: Cast, word: str, near: int) -> Mention | None:
    """The person of the same sentence whom "he" or "she" means: the one whose name or title says
    so, then a subject, then the last."""
    named = [
        m for m in cast.mentions
        if m.position >= near and cast.earlier(m) and m.person and not m.plural
        and may_be(word, m.text) and not unnamed(m.text)
    ]  # fmt: skip
    if not named:
        return None
    doing = word in ("he", "she")
    told = (
        [m for m in named if must_be(word, m.text)]
        or [m for m in named if m.subject is doing]
        or named
    )
    return told[-1]
