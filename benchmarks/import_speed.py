"""How fast files come in: rows or messages a second, on this machine.

    .venv/bin/python benchmarks/import_speed.py

CSV (MarineCadastre's columns) and NMEA with tag blocks, made here, to a lake; and in the same run
the peers: Polars reading the same CSV and nothing else, pyais decoding the same sentences. The last
figures are kept in import_speed.json.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyais
from pyais import encode_dict

from masthead.tracks.load import import_files, read_positions
from masthead.tracks.load.sentences import checksum
from synthetic_tracks import make

ROWS = 1_000_000
MESSAGES = 400_000
DISTINCT = 100_000


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def write_csv(path: Path) -> None:
    """MarineCadastre's columns, in the order of time, as its files are."""
    table = make(ROWS).sort("t")
    blank = pl.lit("")
    when = pl.col("t").dt.strftime("%Y-%m-%dT%H:%M:%S").alias("BaseDateTime")
    table.select(
        pl.col("mmsi").alias("MMSI"), when,
        pl.col("lat").alias("LAT"), pl.col("lon").alias("LON"), pl.col("sog").alias("SOG"),
        pl.col("cog").alias("COG"), pl.lit(511).alias("Heading"),
        pl.format("SHIP {}", pl.col("mmsi")).alias("VesselName"), blank.alias("IMO"),
        blank.alias("CallSign"), pl.lit(70).alias("VesselType"), pl.lit(0).alias("Status"),
        pl.lit(180).alias("Length"), pl.lit(30).alias("Width"), pl.lit(9.5).alias("Draft"),
        pl.lit(70).alias("Cargo"), pl.lit("A").alias("TransceiverClass"),
    ).write_csv(path)  # fmt: skip


def write_nmea(path: Path) -> list[bytes]:
    """Sentences of types 1, 3, 18 (85 in 100) and 5, with tag blocks; the sentences without."""
    table = make(DISTINCT, per_ship=100)
    lines: list[str] = []
    bare: list[bytes] = []
    for n, row in enumerate(table.iter_rows(named=True)):
        at = int(row["t"].timestamp())
        kind = (1, 3, 18, 1, 1, 3, 18, 1, 1, 5)[n % 10]
        body = {"msg_type": kind, "mmsi": row["mmsi"]}
        if kind == 5:
            body |= {"shipname": f"SHIP {n}", "imo": 9074729, "destination": "NOWHERE"}
        else:
            body |= {
                "lat": row["lat"],
                "lon": row["lon"],
                "speed": row["sog"],
                "course": row["cog"],
            }
        for sentence in encode_dict(body):
            tag = f"s:rx{n % 20},c:{at}"
            lines.append(f"\\{tag}*{checksum(tag.encode()):02X}\\{sentence}")
        bare.append(sentence.encode() if kind != 5 else b"")
    with path.open("w") as file:
        for _ in range(MESSAGES // len(lines) + 1):
            file.write("\n".join(lines) + "\n")
    return [b for b in bare if b]


def main() -> None:
    figures: dict[str, float] = {"cores": os.cpu_count() or 1}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        csv, nmea = root / "a.csv", root / "a.nm4"
        write_csv(csv)
        sentences = write_nmea(nmea)
        count = sum(1 for _ in nmea.open())
        small = root / "small.csv"
        small.write_bytes(b"".join(csv.open("rb").readlines()[:2000]))
        import_files([small], root / "warm")  # compiles the loops
        figures["csv_rows_to_lake_per_s"] = ROWS / timed(lambda: import_files([csv], root / "lake"))
        figures["csv_rows_read_per_s"] = ROWS / timed(lambda: read_positions(csv))
        figures["csv_rows_polars_alone_per_s"] = ROWS / timed(lambda: pl.read_csv(csv))
        figures["nmea_sentences_to_lake_per_s"] = count / timed(
            lambda: import_files([nmea], root / "lake2")
        )
        figures["nmea_sentences_read_per_s"] = count / timed(lambda: read_positions(nmea))
        figures["pyais_sentences_per_s"] = len(sentences) / timed(
            lambda: [pyais.decode(s) for s in sentences]
        )
    for name, value in figures.items():
        print(f"{name:32}{value:14,.0f}")
    Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
