"""One-to-one matching: the nearest pairs first, each true thing and each found thing once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

True_ = TypeVar("True_")
Found = TypeVar("Found")


def match(
    truths: Sequence[True_],
    found: Sequence[Found],
    cost: Callable[[True_, Found], float | None],
    truth_keys: Callable[[True_], Iterable[Hashable]],
    found_keys: Callable[[Found], Iterable[Hashable]],
) -> list[tuple[int, int]]:
    """Pairs of numbers (truth, found), cheapest first. `cost` is None where a pair cannot be.
    Only those that share a key are compared, so that this does not take the square of both."""
    by_key: dict[Hashable, list[int]] = {}
    for j, thing in enumerate(found):
        for key in set(found_keys(thing)):
            by_key.setdefault(key, []).append(j)
    candidates = []
    for i, truth in enumerate(truths):
        near = {j for key in set(truth_keys(truth)) for j in by_key.get(key, ())}
        for j in near:
            price = cost(truth, found[j])
            if price is not None:
                candidates.append((price, i, j))
    used_truths: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in used_truths and j not in used_found:
            used_truths.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs
