"""Make the AIS file of the first watch: 26 ships in three days, in MarineCadastre's columns.

Most ships sail straight lanes. One tanker (MERIDIAN STAR) enters the blockade area, is stopped,
goes silent for eleven hours and reappears on the way east; one bulk carrier (NORDIC PETREL) turns
back; one ship's position jumps. The seed is fixed, so the file is the same each time.
"""

from __future__ import annotations

import csv
import gzip
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

START = datetime(2026, 5, 4, tzinfo=UTC)
HEADER = [
    "MMSI", "BaseDateTime", "LAT", "LON", "SOG", "COG", "Heading", "VesselName", "IMO", "CallSign",
    "VesselType", "Status", "Length", "Width", "Draft", "Cargo", "TransceiverClass",
]  # fmt: skip
Leg = tuple[float, float, float]  # hours since START, latitude, longitude


def imo_number(first_six: int) -> str:
    """An IMO number with its check digit: the sum of the digits times 7 to 2, modulo 10."""
    digits = f"{first_six:06d}"
    return (
        "IMO"
        + digits
        + str(sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=True)) % 10)
    )


def sail(legs: list[Leg], every_min: float, rng: np.random.Generator) -> list[tuple[float, ...]]:
    """Positions along straight legs, with jitter: (hours, lat, lon, sog in knots, cog)."""
    hours = np.array([leg[0] for leg in legs])
    lat = np.array([leg[1] for leg in legs])
    lon = np.array([leg[2] for leg in legs])
    at = np.arange(hours[0], hours[-1], every_min / 60)
    at = at + rng.normal(0, every_min / 600, at.size)
    at = np.sort(np.clip(at, hours[0], hours[-1]))
    here, there = np.interp(at, hours, lat), np.interp(at, hours, lon)
    north = np.gradient(here, at) * 60
    east = np.gradient(there, at) * 60 * np.cos(np.radians(here))
    sog = np.hypot(north, east) + rng.normal(0, 0.1, at.size)
    cog = np.degrees(np.arctan2(east, north)) % 360
    here = here + rng.normal(0, 2e-5, at.size)
    there = there + rng.normal(0, 2e-5, at.size)
    return list(zip(at, here, there, np.abs(sog), cog, strict=True))


def fleet(rng: np.random.Generator) -> list[tuple[dict[str, str], list[tuple[float, ...]]]]:
    """Every ship's static data and positions."""
    ships = []
    stopped = [(14, 34.3, -21.6), (15, 34.32, -21.57), (19, 34.32, -21.56)]
    tanker = sail([(0, 32.2, -24.0), (10, 33.75, -22.4), *stopped], 5, rng)
    tanker += sail([(30, 34.5, -20.2), (44, 34.9, -17.2)], 5, rng)
    ships.append((static(636019825, "MERIDIAN STAR", imo_number(932148), "A8QX7", 80, 249), tanker))
    turn = [(13, 35.7, -21.9), (14, 35.75, -21.95)]
    bulk = sail([(4, 36.9, -23.5), *turn, (26, 37.2, -24.0)], 5, rng)
    ships.append((static(257083910, "NORDIC PETREL", imo_number(947302), "LAQR5", 70, 190), bulk))
    link = sail([(40, 33.9, -19.2), (54, 32.62, -16.9)], 3, rng)
    ships.append((static(255806114, "MADEIRA LINK", imo_number(951277), "CQTL", 70, 138), link))
    jumper = sail([(2, 36.2, -26.0), (40, 36.6, -17.0)], 6, rng)
    wrong = [
        (t, lat - (3.0 if 180 < i < 183 else 0.0), *rest)
        for i, (t, lat, *rest) in enumerate(jumper)
    ]
    ships.append((static(538007613, "CAPE HALCYON", imo_number(940555), "V7AB3", 79, 228), wrong))
    for number in range(22):
        lane = rng.uniform(31.5, 40.0)
        begin = rng.uniform(0, 20)
        speed = rng.uniform(9, 18)
        hours = 13.0 * 50 / speed
        west, east = (lane, -27.5), (lane + rng.uniform(-1, 1), -14.5)
        start, end = (west, east) if number % 2 else (east, west)
        ends = [(begin, *start), (min(begin + hours, 71), *end)]
        name = f"LANE TRADER {number + 1}"
        mmsi = int(rng.choice([636, 538, 255, 249, 563])) * 1_000_000 + 90_000 + number
        kind = int(rng.choice([70, 71, 79, 80, 81]))
        ships.append(
            (static(mmsi, name, imo_number(960000 + 7 * number), "", kind, 180), sail(ends, 8, rng))
        )
    return ships


def static(
    mmsi: int, name: str, imo: str, call_sign: str, kind: int, length: int
) -> dict[str, str]:
    """The columns of a row that stay the same for one ship."""
    return {
        "MMSI": str(mmsi), "VesselName": name, "IMO": imo, "CallSign": call_sign,
        "VesselType": str(kind), "Length": str(length), "Status": "0", "TransceiverClass": "A",
    }  # fmt: skip


def main() -> None:
    rows = []
    for ship, positions in fleet(np.random.default_rng(1856)):
        for hours, lat, lon, sog, cog in positions:
            moment = START + timedelta(hours=float(hours))
            rows.append({**ship, "BaseDateTime": f"{moment:%Y-%m-%dT%H:%M:%S}", "LAT": f"{lat:.5f}",
                         "LON": f"{lon:.5f}", "SOG": f"{sog:.1f}", "COG": f"{cog:.1f}",
                         "Heading": f"{cog:.0f}"})  # fmt: skip
    rows.sort(key=lambda row: (row["BaseDateTime"], row["MMSI"]))
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    target = Path(__file__).parent / "ais" / "first-watch.csv.gz"
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())


if __name__ == "__main__":
    main()
