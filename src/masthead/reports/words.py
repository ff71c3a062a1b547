"""The word classes of the reader: named sets of lemmas, read from `data/frame_classes.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def classes() -> dict[str, frozenset[str]]:
    """The word classes of `data/frame_classes.toml`, with the classes they include."""
    text = files("masthead").joinpath("data", "frame_classes.toml").read_text("utf-8")
    raw = {name: words.split() for name, words in tomllib.loads(text).items()}
    found: dict[str, frozenset[str]] = {}

    def resolve(name: str) -> frozenset[str]:
        if name not in found:
            words: set[str] = set()
            for word in raw[name]:
                words |= resolve(word[1:]) if word.startswith("@") else {word}
            found[name] = frozenset(words)
        return found[name]

    for name in raw:
        resolve(name)
    return found
