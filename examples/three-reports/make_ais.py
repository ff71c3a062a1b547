"""Make the AIS file of the three reports, in MarineCadastre's columns: four days off Oman.

A tanker that is boarded, a bulk carrier that is far away, a patrol ship, and forty that pass by.

AMBER TERN slows, lies stopped for two hours with HARRIER alongside, and sails on. CEDAR LARK, which
a ministry says was seized off Masirah, is heard all that day off Pakistan, 400 nautical miles away.
"""

from __future__ import annotations

import csv
import gzip
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

START = datetime(2026, 6, 1, tzinfo=UTC)
HEADER = [
    "MMSI", "BaseDateTime", "LAT", "LON", "SOG", "COG", "Heading", "VesselName", "IMO", "CallSign",
    "VesselType", "Status", "Length", "Width", "Draft", "Cargo", "TransceiverClass",
]  # fmt: skip
Leg = tuple[float, float, float]
"""Hours since START, latitude, longitude."""

SHIPS: list[tuple[int, str, int, int, list[Leg]]] = [
    (636021440, "AMBER TERN", 963001, 80, [
        (0, 17.2, 56.4), (30, 18.95, 60.55), (31, 19.05, 60.78), (33.2, 19.06, 60.8),
        (34, 19.1, 60.9), (66, 20.6, 66.0),
    ]),
    (353881270, "CEDAR LARK", 963119, 70, [(2, 22.6, 67.4), (40, 24.1, 64.6), (70, 24.6, 61.2)]),
    (299100200, "HARRIER", 963208, 35, [
        (20, 19.9, 59.6), (29, 19.2, 60.0), (30.9, 19.05, 60.76), (33.1, 19.063, 60.803),
        (36, 19.3, 60.3), (48, 20.1, 59.5),
    ]),
]  # fmt: skip
"""MMSI, name, the first six digits of the IMO number, AIS ship type, and the legs."""


def imo_number(first_six: int) -> str:
    """An IMO number with its check digit: the sum of the digits times 7 to 2, modulo 10."""
    digits = f"{first_six:06d}"
    check = sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=True)) % 10
    return f"IMO{digits}{check}"


def sail(legs: list[Leg], every_min: float, dice: np.random.Generator) -> np.ndarray:
    """Positions along straight legs: rows of hours, latitude, longitude, knots, course."""
    hours, lat, lon = (np.array([leg[k] for leg in legs]) for k in range(3))
    at = np.arange(hours[0], hours[-1], every_min / 60)
    at = np.sort(np.clip(at + dice.normal(0, every_min / 600, at.size), hours[0], hours[-1]))
    here, there = np.interp(at, hours, lat), np.interp(at, hours, lon)
    north = np.gradient(here, at) * 60
    east = np.gradient(there, at) * 60 * np.cos(np.radians(here))
    sog = np.abs(np.hypot(north, east) + dice.normal(0, 0.1, at.size))
    cog = np.degrees(np.arctan2(east, north)) % 360
    jitter = dice.normal(0, 2e-5, (2, at.size))
    return np.column_stack([at, here + jitter[0], there + jitter[1], sog, cog])


def fleet(dice: np.random.Generator) -> list[tuple[dict[str, str], np.ndarray]]:
    """Every ship's static data and positions: those of the story, and forty that pass by."""
    found = [
        (static(mmsi, name, imo, kind), sail(legs, 5, dice))
        for mmsi, name, imo, kind, legs in SHIPS
    ]
    for number in range(40):
        begin, speed = float(dice.uniform(0, 40)), float(dice.uniform(10, 17))
        west = (float(dice.uniform(17, 22)), 57.0)
        east = (float(dice.uniform(18, 24)), 67.5)
        way = np.hypot((east[0] - west[0]) * 60, 10.5 * 60 * np.cos(np.radians(20.0)))
        ends = [(begin, *west), (min(begin + way / speed, 95), *east)]
        if number % 2:
            ends = [(ends[0][0], *east), (ends[1][0], *west)]
        mmsi = int(dice.choice([636, 538, 249, 563])) * 1_000_000 + 95_000 + number
        ship = static(mmsi, f"PASSER {number + 1}", 964000 + 11 * number, 70 + 10 * (number % 2))
        found.append((ship, sail(ends, 8, dice)))
    return found


def static(mmsi: int, name: str, imo: int, kind: int) -> dict[str, str]:
    """The columns that stay the same for one ship."""
    return {
        "MMSI": str(mmsi), "VesselName": name, "IMO": imo_number(imo), "VesselType": str(kind),
        "Length": "180", "Status": "0", "TransceiverClass": "A",
    }  # fmt: skip


def main() -> None:
    rows = []
    for ship, positions in fleet(np.random.default_rng(1909)):
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
    target = Path(__file__).parent / "ais" / "three-reports.csv.gz"
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())


if __name__ == "__main__":
    main()
