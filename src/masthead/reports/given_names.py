"""Whether "he" or "she" can mean somebody, by title, office or given name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from masthead import codes

SHE = frozenset({"she", "her", "hers", "herself"})
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _names() -> dict[str, frozenset[str]]:
    return {row["kind"]: frozenset(row["words"].split()) for row in codes.rows("given_names.csv")}


@lru_cache(maxsize=4096)
def may_be(pronoun: str, phrase: str) -> bool:
    """Whether a pronoun of a person can mean the person that a phrase names. Where nothing in the
    phrase tells, it can."""
    wanted, other = ("female", "male") if pronoun.lower() in SHE else ("male", "female")
    names = _names()
    for word in _WORD.findall(phrase.lower()):
        if word in names[wanted]:
            return True
        if word in names[other]:
            return False
    return True


def must_be(pronoun: str, phrase: str) -> bool:
    """Whether a phrase says itself that the pronoun can mean whom it names."""
    other = "he" if pronoun.lower() in SHE else "she"
    return may_be(pronoun, phrase) and not may_be(other, phrase)


def unnamed(phrase: str) -> bool:
    """Whether a phrase brings in somebody without a name ("an aide", not "an aide, Ann Lee")."""
    first = phrase.lower().startswith(("a ", "an ", "one ", "another "))
    return first and _APPOSITION.search(phrase) is None


_APPOSITION = re.compile(r", [A-ZÀ-Þ]")
