"""What the detectors find in simulated crises, against the truth of each: seeds and all together.

    python benchmarks/simulated_tracks.py --seeds 301 302 [--scenario otranto] [--keep DIR] [--save]

Simulates, detects with the case's zones as `masthead run` does, and scores as `masthead score`
does, by tracks alone (no report is read). With `--keep` the plays stay in DIR, and are taken from
there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from masthead.case import load_case
from masthead.score.definitions import Definitions
from masthead.score.figures import Figures, Table, add
from masthead.score.scoring import Score
from masthead.score.tracks import score_tracks
from masthead.score.truths import read_happenings, read_spots
from masthead.sim.scenario import load_scenario, source_of
from masthead.sim.staging import simulate
from masthead.tracks.engine import detect
from masthead.tracks.lake import Lake
from masthead.views.score.terminal import print_score
from masthead.watch import concerns


def scored(scenario: str, seed: int, folder: Path) -> Table:
    """The table of track events of one play."""
    if not (folder / "truth.jsonl").exists():
        simulate(load_scenario(scenario), folder, seed=seed, text=source_of(scenario))
    case = load_case(folder / "case.toml")
    found = detect(Lake(case.lake_path), zones=case.drawn_zones(), settings=case.detector_settings)
    events = [event for event in found if concerns(event, case)]
    known = Definitions(case.detector_settings, read_spots(folder))
    return score_tracks(read_happenings(folder), events, definitions=known)


def together(tables: Sequence[Table]) -> Table:
    """The sum of tables, row by row."""
    names = sorted({row.name for table in tables for row in table.rows})
    rows = tuple(add([t.row(name) for t in tables], name) for name in names)
    mix: Counter[tuple[str, str]] = Counter()
    for table in tables:
        mix.update(table.confusion)
    return Table("Tracks", rows, dict(sorted(mix.items())))


def record(row: Figures) -> dict[str, object]:
    """One row for the record of the last run."""
    return {
        "incident": row.name, "true": row.true, "found": row.found, "hits": row.hits,
        "named": row.named,
        "precision": row.precision, "recall": row.recall,
        "receivable": row.receivable, "receivable_recall": row.receivable_recall,
        "fit": row.fit, "fit_recall": row.fit_recall,
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", nargs="+", type=int, required=True)
    parser.add_argument("--scenario", default="otranto")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    tables = []
    with tempfile.TemporaryDirectory() as spare:
        for seed in options.seeds:
            folder = (options.keep or Path(spare)) / f"s{seed}"
            tables.append(scored(options.scenario, seed, folder))
    whole = together(tables)
    title = f"{options.scenario}, seeds {', '.join(map(str, options.seeds))}"
    console = Console(width=130)
    print_score(Score(title, whole.total.true, 0, whole.total.receivable, 0, (whole,)), console)
    if options.save:
        kept = {"seeds": options.seeds, "rows": [record(row) for row in (*whole.rows, whole.total)]}
        Path(__file__).with_suffix(".json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
