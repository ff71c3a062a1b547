"""What Spark costs over the engine of one machine: the same lake, both, in the same run.

    python benchmarks/spark_speed.py [--days 16] [--lake DIR] [--cores 2]

Needs `pip install masthead[spark]` and Java. Every detector over a lake of `linear.py`, on Spark in
local mode on so many cores and on the local engine; positions a second of each, and whether they
found the same number of events. What a cluster does is more cores of the former. The last figures
are in spark_speed.json.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from linear import make_lake
from masthead.tracks.engine import Engine, detect_table
from masthead.tracks.lake import Lake


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=16)
    parser.add_argument("--lake", type=Path, help="a lake that is there already")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        print("PySpark is not installed: pip install 'masthead[spark]'")
        return 0
    session = (
        SparkSession.builder.master(f"local[{options.cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
        .getOrCreate()
    )
    figures: dict[str, float] = {"cores": options.cores, "load_average": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        lake = options.lake or Path(folder) / "lake"
        if options.lake is None:
            make_lake(options.days, lake)
        figures["positions"] = Lake(lake).scan().select(pl.len()).collect().item()
        engines: tuple[Engine, ...] = ("local", "spark")
        for engine in engines:
            detect_table(lake, only=["jump"], engine=engine)  # starts what is started once
            begin = time.perf_counter()
            found = detect_table(lake, engine=engine)
            seconds = time.perf_counter() - begin
            figures[f"{engine}_per_s"] = figures["positions"] / seconds
            figures[f"{engine}_events"] = found.height
    session.stop()
    for name, value in figures.items():
        print(f"{name:20}{value:16,.1f}")
    Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
