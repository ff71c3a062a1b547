"""How much each sign of a ship's track says, fitted on simulated incidents (`checking.py --fit`).

A logistic regression without a constant: the log odds that an incident happened are the sum of the
weights of its signs, each found or missing where the track would show it, of all kinds of incident
together and of each kind by itself (drawn towards the first by a penalty). A sign that is found
never speaks against, one that is missing never for, and none more than `MOST` to one: a simulated
sea has fewer stops without a cause than a real one. `silence` is held near one, for a ship's
silence is as long as its way out of reception.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from masthead.checks.signature import Sign

MOST = 20.0
PENALTY, OF_KIND, OF_SILENCE = 0.3, 3.0, 1000.0
Row = tuple[str, list[Sign], bool]
"""The kind of an incident, its signs, and whether it happened."""
Weights = dict[tuple[str, str, bool], float]
"""Of a kind, a sign, and found or missing: the natural logarithm of the ratio."""


def fitted(rows: Sequence[Row], names: Sequence[str]) -> Weights:
    """The weights of each kind that occurs, and of "all", for these signs."""
    kinds = ["all", *sorted({kind for kind, _, _ in rows})]
    columns = {key: n for n, key in enumerate(product(kinds, names, (True, False)))}
    signs = np.zeros((len(rows), len(columns)))
    for n, (kind, seen, _) in enumerate(rows):
        for sign in seen:
            if sign.name in names and (sign.found or sign.shown):
                for of in ("all", kind):
                    signs[n, columns[of, sign.name, sign.found]] += sign.strength
    happened = np.array([true for _, _, true in rows], dtype=np.float64)
    most = math.log(MOST)
    bounds = [
        (-most, most) if kind != "all" else (0.0, most) if found else (-most, 0.0)
        for kind, _, found in columns
    ]
    penalty = np.array([
        (OF_SILENCE if name == "silence" else 1.0) * (PENALTY if kind == "all" else OF_KIND)
        for kind, name, _ in columns
    ])  # fmt: skip

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = signs @ weights
        told = 1.0 / (1.0 + np.exp(-odds))
        misfit = np.logaddexp(0.0, odds).sum() - happened @ odds + penalty @ (weights * weights)
        return float(misfit), signs.T @ (told - happened) + 2.0 * penalty * weights

    best = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", bounds=bounds).x
    found = {}
    for (kind, name, there), column in columns.items():
        whole = best[column] + (0.0 if kind == "all" else best[columns["all", name, there]])
        found[kind, name, there] = float(np.clip(whole, *((0, most) if there else (-most, 0))))
    return found


def write(file: Path, weights: Weights, unreachable: float) -> None:
    """Write the table under its head: the ratio of each sign found, and missing."""
    head = [line for line in file.read_text("utf-8").splitlines() if line.startswith("#")]
    pairs = sorted({(kind, name) for kind, name, _ in weights})
    rows = [
        f"{kind},{name},{math.exp(weights[kind, name, True]):.3f},"
        f"{math.exp(weights[kind, name, False]):.3f}"
        for kind, name in pairs
    ]
    last = f"all,unreachable,{unreachable:.4f},1.000"
    file.write_text("\n".join([*head, "incident,sign,found,missing", *rows, last]) + "\n", "utf-8")
