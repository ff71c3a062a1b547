"""The whole demo under seeds that nobody looked at: reports, merging, verdicts against the truth.

    python benchmarks/demo.py [--seeds 31 32 33 34 35] [--scenario otranto] [--save]

Simulates, runs and scores the built-in case once for each seed, and prints per seed and in all:
precision, recall and F1 of the report events, pairwise F1 of merging, the share of passages stopped
in truth and as measured with its 90 % interval, what became of true and false incidents, and the
time. The grammar of the dispatches and the reader were made side by side:
other seeds draw other sentences from the same grammar, so this measures the chain, not reading in
general.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from pathlib import Path

from masthead.case import load_case
from masthead.checks import check
from masthead.checks.effectiveness import Effectiveness, effectiveness
from masthead.ledger import Ledger
from masthead.ledger.merge import incidents_of
from masthead.score import Score, score_case
from masthead.score.effectiveness import inside, true_share
from masthead.score.truths import read_passages
from masthead.sim.scenario import load_scenario, source_of
from masthead.sim.staging import simulate
from masthead.sim.truth import Passage
from masthead.watch import run_case


def scored(
    scenario: str, seed: int, folder: Path
) -> tuple[Score, Effectiveness | None, list[Passage]]:
    """The score of one play, the measures of its blockade, and its true passages."""
    outcome = simulate(load_scenario(scenario), folder, seed=seed, text=source_of(scenario))
    case = load_case(outcome.case)
    run_case(case)
    with Ledger.open(case.ledger_path, read_only=True) as ledger:
        incidents = incidents_of(ledger, case)
        verdicts = check(case, ledger, incidents)
        measured = effectiveness(case, list(ledger.events()), incidents, verdicts)
        score = score_case(case, ledger, incidents, verdicts, measured)
    return score, measured, read_passages(folder)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", nargs="+", type=int, default=[31, 32, 33, 34, 35])
    parser.add_argument("--scenario", default="otranto")
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    total: dict[str, Counter[str]] = {"Reports": Counter(), "Merging": Counter()}
    verdicts: Counter[str] = Counter()
    shares: list[dict[str, float]] = []
    within = 0
    print(
        f"{'seed':>6}{'reports':>26}{'merging':>26}{'stopped: true, measured':>32}{'seconds':>10}"
    )
    for seed in options.seeds:
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            score, measured, passages = scored(options.scenario, seed, Path(folder) / "play")
        line = f"{seed:>6}"
        for table in score.tables:
            if table.title in total:
                row = table.total
                total[table.title].update(true=row.true, found=row.found, hits=row.hits)
                line += f"{figures(Counter(true=row.true, found=row.found, hits=row.hits)):>26}"
            elif table.title == "Verdicts":
                verdicts.update({f"{t} {f}": n for (t, f), n in table.confusion.items()})
        true, held = true_share(passages), measured and inside(passages, measured)
        if true is not None and measured is not None and measured.stopped is not None:
            stated = measured.stopped
            shares.append({"seed": seed, "true": round(true, 3), "measured": round(stated.value, 3),
                           "low": round(stated.low, 3), "high": round(stated.high, 3)})  # fmt: skip
            within += bool(held)
            line += f"{true:>10.3f} {stated.value:.3f} ({stated.low:.3f}-{stated.high:.3f})"
        print(f"{line}{time.monotonic() - start:>10.0f}", flush=True)
    line = "".join(f"{figures(counts):>26}" for counts in total.values())
    print(f"{'all':>6}{line}")
    print(f"  true share of passages stopped within the stated interval: {within} of {len(shares)}")
    for key, times in sorted(verdicts.items()):
        print(f"  {key}: {times}")
    if options.save:
        content = {"seeds": options.seeds, **{k: dict(v) for k, v in total.items()},
                   "verdicts": dict(sorted(verdicts.items())), "stopped": shares}  # fmt: skip
        Path(__file__).with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n")
    return 0


def figures(counts: Counter[str]) -> str:
    """Precision, recall, F1."""
    hits, found, true = counts["hits"], max(1, counts["found"]), max(1, counts["true"])
    return f"{hits / found:.3f} {hits / true:.3f} {2 * hits / (found + true):.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
