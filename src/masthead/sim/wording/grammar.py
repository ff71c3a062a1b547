"""Productions of `data/wording.toml` and their expansion.

`[a|b|]` is one of the alternatives, `<name>` one of the productions of `[parts]`, `{slot}` what the
caller gives. Alternatives are not nested.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_PART = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Verb:
    """The four forms of a verb, and what follows its object."""

    base: str
    past: str
    participle: str
    ing: str
    tail: str


@dataclass(frozen=True)
class Deed:
    """How one incident is worded: the PLOVER act that its clause is, its verbs and its nouns."""

    incident: str
    act: str
    nouns: tuple[str, ...]
    verbs: tuple[Verb, ...]


@cache
def grammar() -> dict[str, Any]:
    """The whole file."""
    return tomllib.loads(files("masthead").joinpath("data", "wording.toml").read_text("utf-8"))


@cache
def deeds() -> dict[str, Deed]:
    """How each incident is worded."""
    return {
        name: Deed(name, row["act"], tuple(row["nouns"]), tuple(map(_verb, row["verbs"])))
        for name, row in grammar()["deeds"].items()
    }


def _verb(line: str) -> Verb:
    forms, _, tail = line.partition("~")
    base, past, participle, ing = forms.strip().split("/")
    return Verb(base, past, participle, ing, f" {tail.strip()}" if tail.strip() else "")


def pick(dice: np.random.Generator, options: Sequence[Any]) -> Any:
    """One of the options."""
    return options[int(dice.integers(len(options)))]


def expand(
    dice: np.random.Generator, production: str | Sequence[str], slots: Mapping[str, str]
) -> str:
    """A production (or one of several) with its alternatives chosen and its slots filled."""
    text = production if isinstance(production, str) else str(pick(dice, production))
    while True:
        wider = _CHOICE.sub(lambda m: str(pick(dice, m[1].split("|"))), text)
        wider = _PART.sub(lambda m: str(pick(dice, grammar()["parts"][m[1]])), wider)
        if wider == text:
            break
        text = wider
    text = re.sub(r"\{(\w+)\}", lambda m: slots[m[1]], text)
    return re.sub(r" {2,}", " ", text).replace(" .", ".").replace(" ,", ",").strip()


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
