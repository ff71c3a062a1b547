"""How fast detection is: positions a second, on this machine, from sorted positions in memory.

    .venv/bin/python benchmarks/detect_speed.py [--most 4000000] [--lake]

Gap and jump alone, every detector, and in the same run the peers: MovingPandas splitting at gaps
and finding stops, and the plain reference of gaps in Python. The last figures are in
detect_speed.json.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import polars as pl

from masthead.geo import circle
from masthead.model import Zone
from masthead.tracks.engine import detect_table
from masthead.tracks.kernels import long_silences
from masthead.tracks.load import import_files
from masthead.tracks.segment import by_segment, milliseconds
from synthetic_tracks import make

PEER_ROWS = 40_000
ZONES = [
    Zone(name="circle", geometry=circle(10.0, 60.0, 400_000)),
    Zone(
        name="line", geometry={"type": "LineString", "coordinates": [[-30.0, -40.0], [-30.0, 40.0]]}
    ),
]


def timed(work: Callable[[], object], times: int = 2) -> float:
    """Seconds of the best run."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def plain_gaps(table: pl.DataFrame) -> int:
    """The reference: gaps over twelve hours, with a loop over rows."""
    found, last, ship = 0, None, None
    for mmsi, t in table.select("mmsi", "t").iter_rows():
        if mmsi == ship and (t - last) > timedelta(hours=12):
            found += 1
        ship, last = mmsi, t
    return found


def moving_pandas(table: pl.DataFrame) -> dict[str, float]:
    """MovingPandas on the same positions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import movingpandas
        import pandas as pd

        frame = pd.DataFrame(table.select("mmsi", "lat", "lon").to_dict(as_series=False))
        frame["t"] = pd.to_datetime(table["t"].dt.replace_time_zone(None).to_numpy())
        whole = timed(
            lambda: movingpandas.TrajectoryCollection(frame, "mmsi", t="t", x="lon", y="lat"), 1
        )
        tracks = movingpandas.TrajectoryCollection(frame, "mmsi", t="t", x="lon", y="lat")
        gaps = timed(
            lambda: movingpandas.ObservationGapSplitter(tracks).split(gap=timedelta(hours=12)), 1
        )
        part = movingpandas.TrajectoryCollection(frame.head(8000), "mmsi", t="t", x="lon", y="lat")
        stops = timed(
            lambda: movingpandas.TrajectoryStopDetector(part).get_stop_segments(
                max_diameter=1000, min_duration=timedelta(hours=1)
            ),
            1,
        )
    return {
        "movingpandas_gap_split_per_s": table.height / (whole + gaps),
        "movingpandas_stops_per_s": 8000 / stops,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=4_000_000)
    parser.add_argument("--lake", action="store_true", help="also from a lake on disk")
    options = parser.parse_args()
    figures: dict[str, float] = {"cores": os.cpu_count() or 1}
    detect_table(make(20_000), zones=ZONES)  # compiles the loops
    size = 1_000_000
    while size <= options.most:
        table = make(size)
        name = f"{size // 1_000_000}M"
        figures[f"gap_jump_{name}_per_s"] = table.height / timed(
            lambda t=table: detect_table(t, only=["gap", "jump"])
        )
        figures[f"all_detectors_{name}_per_s"] = table.height / timed(
            lambda t=table: detect_table(t, zones=ZONES)
        )
        size *= 2
    tracks = by_segment(table)
    segment, t = tracks["segment"].to_numpy(), milliseconds(tracks)
    figures["gap_kernel_alone_per_s"] = table.height / timed(
        lambda: long_silences(segment, t, 43_200_000)
    )
    if options.lake:
        with tempfile.TemporaryDirectory() as folder:
            table.write_parquet(Path(folder) / "a.parquet")
            import_files([Path(folder) / "a.parquet"], Path(folder) / "lake")
            figures["gap_jump_from_lake_per_s"] = table.height / timed(
                lambda: detect_table(Path(folder) / "lake", only=["gap", "jump"])
            )
            figures["all_detectors_from_lake_per_s"] = table.height / timed(
                lambda: detect_table(Path(folder) / "lake", zones=ZONES)
            )
    small = table.head(PEER_ROWS)
    figures["plain_python_gaps_per_s"] = table.head(500_000).height / timed(
        lambda: plain_gaps(table.head(500_000)), 1
    )
    try:
        figures |= moving_pandas(small)
    except ImportError:
        print("movingpandas is not installed: pip install movingpandas")
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, value in figures.items():
        print(f"{name:36}{value:16,.0f}")
    Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
