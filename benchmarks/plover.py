"""How well `masthead.reports.code` gives the PLOVER root of a sentence, source and target given.

    python benchmarks/plover.py [FILE] [--show ROOT] [--save]

FILE defaults to ../shared/data/reports/plover_sentences.dev.jsonl (read only to score: nothing
that ships is trained on it). YIELD there is CONCEDE or RETREAT. Prints precision, recall and F1
of each root, macro-F1, and which roots are taken for which. `--show` prints the sentences of a
root that went wrong; `--save` keeps the figures as benchmarks/plover.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from masthead.reports import code

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT.parent / "shared/data/reports/plover_sentences.dev.jsonl"
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def f1(hits: int, gold: int, given: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / (gold + given) if gold + given else 0.0


def main() -> int:
    """Score and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    options.add_argument("--show", help="print the sentences of this root that went wrong")
    options.add_argument("--save", action="store_true")
    given = options.parse_args()
    if not given.file.exists():
        print(f"{given.file} is not there; nothing to score")
        return 0
    pairs: list[tuple[str, str]] = []
    for line in given.file.read_text("utf-8").splitlines():
        row = json.loads(line)
        events = code(row["text"], row["source"], row["target"])
        act = str(events[0].act) if events else "-"
        answer = YIELD.get(act, act)
        pairs.append((row["root"], answer))
        if given.show and row["root"] != answer and given.show in (row["root"], "all", answer):
            why = events[0].why if events else ""
            print(f"{row['root']}>{answer}: {row['marked']}\n      [{why}]")
    roots = sorted({root for root, _ in pairs})
    gold, answers = Counter(r for r, _ in pairs), Counter(a for _, a in pairs)
    hits = Counter(r for r, a in pairs if r == a)
    scores = {r: f1(hits[r], gold[r], answers[r]) for r in roots}
    macro = sum(scores.values()) / len(scores)
    print(f"{'root':12}{'n':>6}{'precision':>11}{'recall':>9}{'F1':>8}   taken for")
    for root in roots:
        wrong = Counter(a for r, a in pairs if r == root and a != root)
        print(
            f"{root:12}{gold[root]:>6}{hits[root] / max(1, answers[root]):>11.3f}"
            f"{hits[root] / gold[root]:>9.3f}{scores[root]:>8.3f}   "
            + ", ".join(f"{a} {n}" for a, n in wrong.most_common(5))
        )
    accuracy = sum(hits.values()) / len(pairs)
    print(f"macro-F1 {macro:.3f}   accuracy {accuracy:.3f}   sentences {len(pairs)}")
    if given.save:
        figures = {"macro_f1": round(macro, 4), "accuracy": round(accuracy, 4),
                   "sentences": len(pairs),
                   "f1": {r: round(s, 4) for r, s in scores.items()}}  # fmt: skip
        Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
