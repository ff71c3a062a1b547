"""Whether detection costs as much per position, and as much memory, however many there are.

    .venv/bin/python benchmarks/linear.py [--days 1 4 16 64 108] [--keep DIR]

The same 2,000 ships report for so many days into a lake each (0.9 to 101 million positions). Over
each lake, in a process of its own, after 1,000 positions to load what is loaded once: every
detector, then gap and jump alone; and the plain reference, gaps by a loop in Python over half a
million of the same positions. Printed are positions a second by the clock and by the processor's
time (of one core), and peak memory. On a busy machine compare with the reference. `--keep` leaves
the lakes in a folder and uses those that are there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

from masthead.tracks.lake import Lake
from masthead.tracks.load import import_files
from synthetic_tracks import SHIP_STEP, make

SHIPS = 2_000
EVERY_S = 180.0
CHUNK = 4_000_000
CHILD = """
import json, resource, sys, time
from datetime import timedelta
from masthead.tracks.engine import detect_table
from masthead.tracks.lake import Lake
lake, only = Lake(sys.argv[1]), sys.argv[2].split(",") if sys.argv[2] else None
first = lake.scan().head(500_000).collect()
detect_table(first.head(1000))
begin, cpu = time.perf_counter(), time.process_time()
found = detect_table(lake, only=only)
told = {"seconds": time.perf_counter() - begin, "cpu_seconds": time.process_time() - cpu,
        "events": found.height,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
begin, gaps, last, ship = time.perf_counter(), 0, None, None
for mmsi, t in first.select("mmsi", "t").iter_rows():
    gaps += mmsi == ship and (t - last) > timedelta(hours=12)
    ship, last = mmsi, t
told["plain_python_gaps_per_s"] = first.height / (time.perf_counter() - begin)
print(json.dumps(told))
"""


def make_lake(days: int, lake: Path) -> None:
    """A lake of so many days, made some ships at a time."""
    per_ship = int(days * 86_400 / (EVERY_S + 5))
    together = max(1, min(SHIPS, CHUNK // per_ship))
    with tempfile.TemporaryDirectory(dir=lake.parent) as folder:
        for first in range(0, SHIPS, together):
            ships = min(together, SHIPS - first)
            table = make(ships * per_ship, per_ship=per_ship, every_s=EVERY_S, seed=1 + first)
            moved = table.with_columns(pl.col("mmsi") + first * SHIP_STEP)
            moved.write_parquet(Path(folder) / f"{first:05}.parquet")
        import_files([folder], lake)


def measure(lake: Path, only: str) -> dict[str, float]:
    """Detection over a lake: seconds by the clock and of the cores, events, peak memory."""
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(lake), only], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", nargs="+", type=int, default=[1, 4, 16])
    parser.add_argument("--keep", type=Path, help="a folder for the lakes")
    options = parser.parse_args(arguments)
    rows: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for days in options.days:
            lake = (options.keep or Path(folder)) / f"{days}.lake"
            if not lake.exists():
                make_lake(days, lake)
            positions = Lake(lake).scan().select(pl.len()).collect().item()
            row: dict[str, object] = {"positions": positions, "load_average": os.getloadavg()[0]}
            for what, only in (("all", ""), ("gap_jump", "gap,jump")):
                told = measure(lake, only)
                row[what] = told
                print(
                    f"{days:>4} days {positions:>12,} positions  {what:8} {told['seconds']:7.1f} s "
                    f"{positions / told['seconds'] / 1e6:6.2f} M/s, a core "
                    f"{positions / told['cpu_seconds'] / 1e6:6.2f} M/s  peak {told['peak_mb']:,.0f}"
                    f" MB  {told['events']:,.0f} events; plain Python gaps "
                    f"{told['plain_python_gaps_per_s'] / 1e6:.2f} M/s",
                    flush=True,
                )
            rows[str(days)] = row
    Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
