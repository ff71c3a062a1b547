"""What `masthead new` writes: a commented case that runs as it stands."""

from __future__ import annotations

from pathlib import Path

from masthead.errors import CaseError

STARTER = """\
# A Masthead case. Run it with:   masthead run case.toml
# Paths are taken from this file's folder. Remove the # before what you need.

[case]
title = "My first watch"
# from = 2024-04-10               # the period of the case, UTC, both days included
# until = 2024-04-20
# region = [47.0, 22.0, 60.0, 31.0]  # west, south, east, north in degrees
# ledger = "case.ledger"          # where the events are kept (the default)
# lake = "case.lake"              # where the positions are kept (the default)

# What is said. Files, folders or globs: txt, md, html, pdf, jsonl, csv, eml, RSS and Atom.
[[reports]]
path = "reports"
# date = 2024-04-13               # only if the texts do not say their own date
# outlet = "Harbour Gazette"
# columns = { text = "body", date = "published", title = "headline" }   # of a csv or jsonl

# What the ships do. AIS: MarineCadastre CSV, NMEA, Masthead's own Parquet; .gz, .zip, .zst.
# [[tracks]]
# path = "ais/*.csv.gz"

# Where to watch: a GeoJSON file, a circle, or the area of a notice.
# [[zones]]
# name = "Approaches"
# circle = { lat = 25.2, lon = 56.6, radius_nm = 30 }
# [[zones]]
# file = "zones.geojson"
# [[zones]]
# notice = "HYDROLANT 881/11"

# Ships of interest, by any of name, imo, mmsi, call_sign.
# [[ships]]
# name = "EXAMPLE TRADER"
# imo = 9074729
# mmsi = 636012345

# Names that the built-in gazetteer does not have.
# [[actors]]
# name = "Free Coast Movement"
# country = "SOM"
# sector = "REB"

# Lists to screen against.
# [[watchlists]]
# path = "lists/own.csv"

# Settings of the detectors ('masthead detect --list' names them all).
# [detect]
# only = ["gap", "jump", "zone_entry", "zone_exit"]
# [detect.gap]
# min_gap_h = 6
"""

EXAMPLE_REPORT = """\
date 2024-04-14

Strait tanker seized, owner says

HARBOUR CITY - The navy of Iran seized a Panama-flagged tanker, the "Example Trader", 40 nautical
miles south-east of Umm Qasr on Saturday, its owner said.

The tanker was carrying fuel oil to Karachi, according to the port authority. Iran's foreign
ministry denied on Sunday that any ship had been boarded. This text is an invented example: put
your own reports into this folder and run the case again.
"""


def write_starter(folder: str | Path) -> Path:
    """Write a commented starter case with one example report. Raises `CaseError` if a
    case is already there."""
    folder = Path(folder)
    path = folder / "case.toml"
    if path.exists():
        raise CaseError(path, "is there already; name another folder")
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    (folder / "reports" / "2024-04-14-example.txt").write_text(EXAMPLE_REPORT, "utf-8")
    path.write_text(STARTER, "utf-8")
    return path
