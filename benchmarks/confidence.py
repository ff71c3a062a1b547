"""Whether the reader's confidence means what it says, and the fit that makes it so.

    python benchmarks/confidence.py [--set trial …] [--fit]

Prints, for the events read in gold dispatches, how many of those given each confidence are right
(the reliability table), the Brier score, and that of always saying the mean; both as the shipped
weights give it and left out one dispatch at a time. `--fit` writes the weights fitted on all of
them to `src/masthead/data/confidence.csv`. The unseen set is never used to fit.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

import gold
from masthead.reports.confidence import SIGNS
from masthead.reports.parse import parsers
from masthead.reports.voting import read_steps

DATA = Path(__file__).resolve().parent.parent / "src" / "masthead" / "data" / "confidence.csv"
HEAD = """\
# Weights of the reader's confidence: a logistic function of the signs of
# masthead/reports/confidence.py. Fitted by `python benchmarks/confidence.py --fit` on our own gold
# dispatches (tests/gold, without the unseen ones).
sign,weight
"""
RIDGE = 2.0
"""Weight of the penalty on the square of the weights, in events."""


def examples(names: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Signs [events, signs], right or not, the shipped confidence, and the dispatch of each."""
    rows, right, told, group = [], [], [], []
    dispatches = [d for name in names for d in gold.load_set(name)]
    for number, dispatch in enumerate(dispatches):
        steps = read_steps(dispatch.document(), parsers())
        result = gold.match(dispatch, [step.event for step in steps])
        good = {id(read.event) for _, read in result.found}
        bad = {id(atom.event) for atom in result.wrong}
        for step in steps:
            if id(step.event) in good | bad:
                rows.append(step.signs)
                right.append(id(step.event) in good)
                told.append(step.event.confidence)
                group.append(number)
    return np.array(rows), np.array(right, float), np.array(told), np.array(group)


def fit(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic regression with a ridge, by Newton's method; the bias last, not penalised."""
    with_bias = np.column_stack([signs, np.ones(len(signs))])
    weights = np.zeros(with_bias.shape[1])
    ridge = np.full(len(weights), RIDGE)
    ridge[-1] = 0.0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-with_bias @ weights))
        slope = with_bias.T @ (right - chance) - ridge * weights
        bend = (with_bias.T * (chance * (1 - chance))) @ with_bias + np.diag(ridge + 1e-9)
        weights += np.linalg.solve(bend, slope)
    return weights


def chances(signs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The fitted chance of each."""
    return 1 / (1 + np.exp(-(np.column_stack([signs, np.ones(len(signs))]) @ weights)))


def left_out(signs: np.ndarray, right: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The chance of each event by weights fitted on the other dispatches."""
    found = np.zeros(len(right))
    for number in np.unique(group):
        inside = group == number
        found[inside] = chances(signs[inside], fit(signs[~inside], right[~inside]))
    return found


def print_reliability(label: str, told: np.ndarray, right: np.ndarray) -> None:
    """The reliability table and the Brier score of a confidence."""
    print(f"\n{label}: Brier {np.mean((told - right) ** 2):.3f}"
          f" (always the mean: {np.mean((right.mean() - right) ** 2):.3f})")  # fmt: skip
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = low + (0.5 if low == 0 else 0.1)
        inside = (told >= low) & (told < high)
        if inside.any():
            print(f"  {low:.1f}–{high:.1f}  told {told[inside].mean():.2f}"
                  f"  right {right[inside].mean():.2f}  of {inside.sum()}")  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", nargs="+", choices=gold.SETS, default=["retired", "trial"])
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args(arguments)
    signs, right, told, group = examples(options.set)
    print(f"{len(right)} events of {' and '.join(options.set)}, {right.mean():.2f} right")
    print_reliability("as shipped", told, right)
    print_reliability("left out, dispatch by dispatch", left_out(signs, right, group), right)
    if options.fit:
        if "unseen" in options.set:
            parser.error("the unseen set is not for fitting")
        names = (*SIGNS, "bias")
        lines = [f"{n},{w:.3f}" for n, w in zip(names, fit(signs, right), strict=True)]
        DATA.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
        print(f"\nwrote {DATA}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
