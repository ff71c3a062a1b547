"""Written NMEA is what pyais and Masthead's own reader read, message for message."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pyais
import pytest

from masthead.sim.csv_writing import CsvWriter
from masthead.sim.nmea_payloads import rot_field
from masthead.sim.nmea_writing import NmeaWriter
from masthead.sim.reception import RECEIVED
from masthead.tracks.load.files import read_file

START = datetime(2031, 3, 3, tzinfo=UTC)
MMSIS = (201_133_632, 637_899_661, 299_000_100)


def positions(count: int = 400, seed: int = 3) -> pl.DataFrame:
    """Positions all over the earth; of three ships, the first with a class B transponder."""
    dice = np.random.default_rng(seed)
    which = dice.integers(0, 3, count)
    kind = (which == 0).astype(np.uint8)
    nothing = dice.random(count) < 0.2
    frame = pl.DataFrame(
        {
            "mmsi": np.array(MMSIS)[which],
            "t": [
                START + timedelta(seconds=int(s)) for s in np.sort(dice.integers(0, 5000, count))
            ],
            "lat": np.round(dice.uniform(-90, 90, count) * 600_000) / 600_000,
            "lon": np.round(dice.uniform(-180, 180, count) * 600_000) / 600_000,
            "sog": np.round(dice.uniform(0, 60, count), 1),
            "cog": np.round(dice.uniform(0, 359.9, count), 1),
            "heading": np.where(nothing | (kind == 1), np.nan, dice.integers(0, 360, count)),
            "status": np.where(kind == 1, 15, dice.integers(0, 9, count)),
            "source": "shore",
            "rot": np.where(nothing, np.nan, dice.uniform(-90, 90, count)),
            "class": kind,
            "station": dice.integers(-1, 12, count),
        }
    ).with_columns(
        pl.col("heading").fill_nan(None),
        pl.when(pl.col("status") < 15).then("status").alias("status"),
        pl.col("t").cast(pl.Datetime("ms", "UTC")),
    )
    frame = frame.select(pl.col(n).cast(k) for n, k in RECEIVED.items())
    return frame.unique(["mmsi", "t"], maintain_order=True)


def statements() -> pl.DataFrame:
    rows = [
        (MMSIS[0], "SILVER HERON II", None, "ILAB2", "30", 24.0, 6.0, 3.1, None),
        (MMSIS[1], "Ardent Meridian", 9_601_236, "A8CD4", "80", 244.0, 42.0, 14.9, "DURRES"),
        (MMSIS[2], "VIGILANT", None, "KSQQ7", "35", 120.0, 14.0, 5.5, "BRINDISI / ~SEA"),
    ]
    names = ("mmsi", "name", "imo", "call_sign", "ship_type", "length_m", "width_m", "draught_m",
             "destination")  # fmt: skip
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        pl.lit(START - timedelta(hours=1)).cast(pl.Datetime("ms", "UTC")).alias("first"),
        pl.lit(START + timedelta(days=1)).cast(pl.Datetime("ms", "UTC")).alias("last"),
        pl.col("mmsi").cast(pl.UInt32),
    )


def test_pyais_reads_every_message_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "ais.nmea.gz"
    frame = positions()
    writer = NmeaWriter(file)
    writer.add(frame, statements())
    writer.close()
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    assert len(lines) == writer.sentences
    assert all(line.endswith(b"\r\n") for line in lines)
    found, said, halves = [], [], []
    for line in lines:
        tag, sentence = line.strip()[1:].split(b"\\", 1)
        checksum = 0
        for c in tag[:-3]:
            checksum ^= c
        assert f"{checksum:02X}".encode() == tag[-2:]
        if b"AIVDM,2," in sentence:
            halves.append(sentence)
            if len(halves) < 2:
                continue
            message = pyais.decode(*halves)
            halves = []
        else:
            message = pyais.decode(sentence)
        if message.msg_type in (1, 18):
            stamp = int(tag.split(b"c:")[1].split(b"*")[0])
            found.append((stamp, message))
        else:
            said.append(message.asdict())
    expected = frame.sort("t", "mmsi").to_dicts()
    assert len(found) == len(expected)
    for (stamp, message), row in zip(found, expected, strict=True):
        assert message.mmsi == row["mmsi"]
        assert stamp == int(row["t"].timestamp())
        assert message.second == row["t"].second
        assert message.lat == pytest.approx(row["lat"], abs=1e-6)
        assert message.lon == pytest.approx(row["lon"], abs=1e-6)
        assert message.speed == pytest.approx(row["sog"], abs=0.01)
        assert message.course == pytest.approx(row["cog"], abs=0.01)
        assert message.heading == (511 if row["heading"] is None else row["heading"])
        if row["class"] == 0:
            assert message.msg_type == 1
            assert int(message.status) == row["status"]
            assert message.raim is False
        else:
            assert message.msg_type == 18
    five = next(m for m in said if m["msg_type"] == 5 and m["mmsi"] == MMSIS[1])
    assert (five["shipname"], five["callsign"], five["imo"]) == (
        "ARDENT MERIDIAN",
        "A8CD4",
        9601236,
    )
    assert (five["to_bow"] + five["to_stern"], five["to_port"] + five["to_starboard"]) == (244, 42)
    assert (five["draught"], five["destination"], five["ship_type"]) == (14.9, "DURRES", 80)
    parts = [m for m in said if m["msg_type"] == 24]
    assert parts[0]["shipname"] == "SILVER HERON II"
    assert (parts[1]["callsign"], parts[1]["ship_type"]) == ("ILAB2", 30)


def test_masthead_reads_nmea_and_csv_alike(tmp_path: Path) -> None:
    frame = positions()
    nmea, table = tmp_path / "ais.nmea.gz", tmp_path / "ais.csv.gz"
    for writer in (NmeaWriter(nmea), CsvWriter(table)):
        writer.add(frame, statements())
        writer.close()
    for file in (nmea, table):
        read = pl.concat([b.positions for b in read_file(file)]).sort("mmsi", "t")
        wanted = frame.sort("mmsi", "t")
        assert read.select("mmsi", "t").equals(wanted.select("mmsi", "t"))
        for name, within in (("lat", 6e-6), ("lon", 6e-6), ("sog", 0.01), ("cog", 0.01)):
            assert (read[name] - wanted[name]).abs().max() <= within
        assert read["heading"].equals(wanted["heading"])
        assert read["status"].equals(wanted["status"])


def test_corrupted_sentences_are_refused_by_their_checksums(tmp_path: Path) -> None:
    frame = positions()
    file = tmp_path / "ais.nmea.gz"
    writer = NmeaWriter(file, corrupted=0.25, seed=5)
    writer.add(frame, statements())
    writer.close()
    batches = list(read_file(file))
    read = sum(b.positions.height for b in batches)
    refused = sum(b.rejects.height for b in batches)
    assert read + refused == frame.height
    assert 0.15 < refused / frame.height < 0.35


def test_rate_of_turn_is_sent_as_its_root() -> None:
    # ITU-R M.1371-5, table 48: 4.733 SQRT(ROT); 720 degrees a minute is the most, -128 for none.
    assert [rot_field(x) for x in (0.0, 10.0, -10.0, 709.0, float("nan"))] == [
        0,
        15,
        -15,
        126,
        -128,
    ]
