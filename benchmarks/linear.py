"""Whether the cost of detection grows with the positions, and memory not with the days.

    .venv/bin/python benchmarks/linear.py [--days 1 4 16]

The same 2,000 ships report for 1, 4 and 16 days into a lake each (about 0.9, 3.7 and 15 million
positions); every detector then runs over each lake in a process of its own, twice, the first time
with 1,000 positions to load what is loaded once. Printed: positions a second and peak memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from masthead.tracks.load import import_files
from synthetic_tracks import make

SHIPS = 2_000
EVERY_S = 180.0
CHILD = """
import json, resource, sys, time
from masthead.tracks.engine import detect_table
from masthead.tracks.lake import Lake
lake = Lake(sys.argv[1])
detect_table(lake.scan().head(1000).collect())
begin = time.perf_counter()
found = detect_table(lake)
print(json.dumps({"seconds": time.perf_counter() - begin, "events": found.height,
                  "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def measure(days: int, folder: Path) -> dict[str, float]:
    """Detection over a lake of so many days: positions, seconds, events and peak memory."""
    per_ship = int(days * 86_400 / (EVERY_S + 5))
    table = make(SHIPS * per_ship, per_ship=per_ship, every_s=EVERY_S)
    file = folder / f"{days}.parquet"
    table.write_parquet(file)
    del table
    lake = folder / f"{days}.lake"
    import_files([str(file)], lake)
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(lake)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(told.stdout)
    return {"positions": SHIPS * per_ship, **found}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", nargs="+", type=int, default=[1, 4, 16])
    options = parser.parse_args(arguments)
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for days in options.days:
            rows[days] = measure(days, Path(folder))
            row = rows[days]
            speed = row["positions"] / row["seconds"] / 1e6
            print(f"{days:>4} days {row['positions']:>12,.0f} positions {row['seconds']:7.1f} s "
                  f"{speed:6.2f} M/s  peak {row['peak_mb']:,.0f} MB"
                  f"  {row['events']:,.0f} events", flush=True)  # fmt: skip
    Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
