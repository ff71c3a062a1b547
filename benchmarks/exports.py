"""How long each export takes, and how large its file is.

    python benchmarks/exports.py [--case CASE.toml] [--save]

Without a case it plays the scenario otranto first and runs it (about a minute). Each export is made
in the same process from a ledger opened anew, so the time is that of reading, merging and checking
too, and the first has no advantage but warm imports.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from masthead.case import Case, load_case
from masthead.ledger import Ledger
from masthead.views.export import FORMATS, Content, export

WITH_TRACKS = ("geojson", "kml")


def plan() -> list[tuple[str, tuple[str, ...]]]:
    """Each format with what it holds unless told otherwise, and what else takes long."""
    asked = [(name, form.default) for name, form in FORMATS.items()]
    asked += [(name, FORMATS[name].holds) for name in WITH_TRACKS]
    return [*asked, ("csv", ("tracks",))]


def measure(case: Case, folder: Path) -> list[dict[str, object]]:
    """Seconds and bytes of each export."""
    rows: list[dict[str, object]] = []
    for name, what in [plan()[0], *plan()]:  # the first once to warm up
        out = folder / f"case{FORMATS[name].suffix}"
        start = time.perf_counter()
        with Ledger.open(case.ledger_path, create=False, read_only=True) as ledger:
            export(Content(case, ledger), name, out, frozenset(what))
        seconds = time.perf_counter() - start
        rows.append({"format": name, "what": ", ".join(what), "seconds": round(seconds, 2),
                     "megabytes": round(out.stat().st_size / 1e6, 2)})  # fmt: skip
    return rows[1:]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--case", type=Path, help="a case that was run")
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        case = load_case(options.case) if options.case else _demo(Path(folder) / "demo")
        rows = measure(case, Path(folder))
    for row in rows:
        print(f"{row['format']:<12}{row['what']:<42}{row['seconds']:>7.2f} s"
              f"{row['megabytes']:>9.2f} MB")  # fmt: skip
    if options.save:
        Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")
    return 0


def _demo(folder: Path) -> Case:
    from masthead.sim.scenario import load_scenario, source_of
    from masthead.sim.staging import simulate
    from masthead.watch import run_case

    simulate(load_scenario("otranto"), folder, text=source_of("otranto"))
    case = load_case(folder / "case.toml")
    run_case(case, processes=2)
    return case


if __name__ == "__main__":
    raise SystemExit(main())
