"""The long run of the loader fuzzer: `python benchmarks/fuzz_loaders.py [--inputs 1000] [--only
x.pdf] [--start 0] [--save]`. Prints one line a loader: inputs, documents, rejects by reason,
crashes; `--save` keeps the figures beside this script (fuzz_loaders.json)."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from fuzz.report_inputs import SEEDS, run


def main() -> int:
    """Run the fuzzer, print the table; 1 if anything crashed or hung."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=1000, help="inputs a loader")
    options.add_argument("--start", type=int, default=0, help="number of the first input")
    options.add_argument("--only", choices=SEEDS, help="one loader")
    options.add_argument("--save", action="store_true", help="keep the figures as JSON")
    given = options.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()
    crashed, figures = 0, {}
    print(f"{'loader':12} {'inputs':>7} {'documents':>9} {'rejects':>8} {'crashes':>8}  reasons")
    with tempfile.TemporaryDirectory() as folder:
        for name in [given.only] if given.only else SEEDS:
            outcome = run(name, range(given.start, given.start + given.inputs), Path(folder))
            reasons = "; ".join(f"{n} {why}" for why, n in outcome.rejects.most_common())
            if outcome.unreadable:
                reasons += f"; {outcome.unreadable} unreadable"
            print(
                f"{name:12} {outcome.inputs:7} {outcome.documents:9} "
                f"{outcome.rejects.total():8} {len(outcome.crashes):8}  {reasons}"
            )
            for number, error in outcome.crashes[:5]:
                print(f"{'':12} input {number}: {error}")
            figures[name] = {
                "inputs": outcome.inputs,
                "documents": outcome.documents,
                "rejects": dict(outcome.rejects.most_common()),
                "unreadable": outcome.unreadable,
                "crashes": outcome.crashes,
            }
            crashed += len(outcome.crashes)
    if given.save:
        kept = Path(__file__).with_suffix(".json")
        kept.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if crashed else 0


if __name__ == "__main__":
    sys.exit(main())
