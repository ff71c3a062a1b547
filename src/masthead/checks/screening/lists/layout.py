"""Which layout a file has, told by its content: the names of files are only habit."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Literal

from masthead.checks.screening.lists.text import column_key, decode

Layout = Literal[
    "ofac sdn", "ofac alt", "ofac add", "ofac comments", "ofac xml", "ofac advanced", "ftm json",
    "ftm csv", "eu", "uk", "own",
]  # fmt: skip
_HEAD = 65_536


def layout_of(path: Path) -> Layout | None:
    """The layout of a file by its beginning; None if it is none of them. Raises `OSError`."""
    with path.open("rb") as file:
        text = decode(file.read(_HEAD)).lstrip("\ufeff \r\n\t")
    if text.startswith("<"):
        return _xml(text)
    if text.startswith("{"):
        return "ftm json" if '"schema"' in text else None
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return _csv(lines[:3])


def _xml(text: str) -> Layout | None:
    root = re.search(r"<(?:\w+:)?(sdnList|Sanctions)\b", text)
    if root is None:
        return None
    return "ofac xml" if root[1] == "sdnList" else "ofac advanced"


def _csv(lines: list[str]) -> Layout | None:
    if not lines:
        return None
    for line in lines:
        keys = {column_key(cell) for delimiter in ",;" for cell in line.split(delimiter)}
        if {"entitylogicalid", "namealiaswholename"} <= keys:
            return "eu"
        if "name6" in keys and "name1" in keys:
            return "uk"
    first = {column_key(cell) for delimiter in ",;" for cell in lines[0].split(delimiter)}
    if {"id", "schema", "name"} <= first:
        return "ftm csv"
    try:
        cells = next(csv.reader([lines[0]]), [])
    except csv.Error:
        return None
    if cells and cells[0].strip().isdecimal():
        numbered = len(cells) > 1 and cells[1].strip().isdecimal()
        if len(cells) in (5, 6) and not numbered:
            return None
        found: dict[int, Layout] = {
            12: "ofac sdn",
            6: "ofac add",
            5: "ofac alt",
            2: "ofac comments",
        }
        return found.get(len(cells))
    return "own" if first & {"name", "imo", "mmsi", "callsign"} else None
