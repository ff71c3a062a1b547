"""The compiled reader of NMEA agrees with pyais, message for message, and reason for reason."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from pyais import encode_dict

from fuzz.test_track_loaders import SENTENCES, mutated
from masthead.tracks.load.nmea import read_nmea
from masthead.tracks.load.sentences import checksum
from tracks.test_load import DATA, SECONDS, needs_data


def both(content: bytes) -> tuple[dict[str, pl.DataFrame], ...]:
    """Everything that comes of a stream, by the compiled reader and without it."""
    found = []
    for fast in (True, False):
        batches = list(read_nmea(io.BytesIO(content), fast=fast))
        found.append(
            {
                "positions": pl.concat([b.positions for b in batches]),
                "static": pl.concat([b.static for b in batches]),
                "rejects": pl.concat([b.rejects for b in batches]),
                "rows": pl.DataFrame({"rows": [sum(b.rows for b in batches)]}),
            }
        )
    return tuple(found)


def random_lines(seed: int, size: int) -> bytes:
    rng = np.random.default_rng(seed)
    lines = []
    for n in range(size):
        kind = int(rng.choice([1, 2, 3, 18, 18, 27]))
        message = {
            "msg_type": kind, "mmsi": int(rng.integers(1, 10**9)),
            "lat": float(rng.uniform(-91, 91)), "lon": float(rng.uniform(-181, 181)),
            "speed": int(rng.integers(0, 64)) if kind == 27
            else float(rng.choice([rng.uniform(0, 102.2), 102.3])),
            "course": int(rng.choice([rng.integers(0, 360), 511])) if kind == 27
            else float(rng.choice([rng.uniform(0, 359.9), 360.0])),
            "heading": int(rng.choice([rng.integers(0, 360), 511])),
            "status": int(rng.integers(0, 16)), "second": int(rng.integers(0, 64)),
        }  # fmt: skip
        sentence = encode_dict(message)[0]
        station = f"s:rx{n % 5}," if n % 7 else ""
        tag = f"{station}c:{SECONDS + n}" + ("123" if n % 3 == 0 else "")
        lines.append(f"\\{tag}*{checksum(tag.encode()):02X}\\{sentence}")
    return "\n".join(lines).encode()


@pytest.mark.parametrize("seed", [1, 2])
def test_random_messages(seed: int) -> None:
    fast, plain = both(random_lines(seed, 1500))
    for name in plain:
        assert_frame_equal(fast[name], plain[name])
    assert fast["positions"].height > 1400


def test_mutated_lines_get_the_same_reasons() -> None:
    whole = random_lines(3, 12) + b"\n" + SENTENCES.encode()
    for seed in range(300):
        fast, plain = both(mutated(whole, seed))
        for name in plain:
            if name == "rejects":
                assert_frame_equal(
                    fast[name].sort("where", "reason"), plain[name].sort("where", "reason")
                )
            else:
                assert_frame_equal(fast[name], plain[name])


@needs_data
def test_real_messages() -> None:
    fast, plain = both(Path(DATA / "tagblock_2021-11-01.nm4").read_bytes())
    for name in plain:
        assert_frame_equal(fast[name], plain[name])
