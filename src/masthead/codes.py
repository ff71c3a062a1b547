"""PLOVER and CAMEO codes and the maritime incident vocabulary, read from `data/*.csv`.

Sources are named at the head of each data file. The tables are small and read once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from masthead.errors import UnknownCodeError


@dataclass(frozen=True)
class Act:
    """A PLOVER 2.0 event type and its quad class: 1 verbal and 2 material cooperation, 3 verbal
    and 4 material conflict."""

    name: str
    quad: int
    label: str


@dataclass(frozen=True)
class Crosswalk:
    """What a CAMEO code is in PLOVER."""

    cameo: str
    act: str
    mode: str | None
    context: tuple[str, ...]


@dataclass(frozen=True)
class Incident:
    """One word of the maritime vocabulary: the sense that can show it, the PLOVER act, mode and
    CAMEO code it stands for (None for track signs), and whether it is an act against a ship."""

    name: str
    sense: str
    act: str | None
    mode: str | None
    cameo: str | None
    against_ship: bool
    label: str


def rows(name: str) -> list[dict[str, str]]:
    """A data file of the package as rows; lines that start with `#` are its header comment."""
    text = files("masthead").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def acts() -> dict[str, Act]:
    """The PLOVER 2.0 event types, by name."""
    return {r["act"]: Act(r["act"], int(r["quad"]), r["label"]) for r in rows("plover_acts.csv")}


@cache
def contexts() -> frozenset[str]:
    """The PLOVER 2.0 contexts."""
    return frozenset(r["context"] for r in rows("plover_contexts.csv"))


@cache
def sectors() -> dict[str, str]:
    """The PLOVER sectors (code to label)."""
    return {r["sector"]: r["label"] for r in rows("plover_sectors.csv")}


@cache
def crosswalk() -> dict[str, Crosswalk]:
    """CAMEO code (2 to 4 digits) to PLOVER."""
    return {
        r["cameo"]: Crosswalk(r["cameo"], r["act"], r["mode"] or None, tuple(r["context"].split()))
        for r in rows("cameo_plover.csv")
    }


@cache
def incidents() -> dict[str, Incident]:
    """The maritime incident vocabulary, by name."""
    return {
        r["incident"]: Incident(
            r["incident"], r["sense"], r["act"] or None, r["mode"] or None, r["cameo"] or None,
            r["against_ship"] == "yes", r["label"],
        )
        for r in rows("incidents.csv")
    }  # fmt: skip


def check(
    *,
    act: str | None = None,
    cameo: str | None = None,
    incident: str | None = None,
    context: Iterable[str] = (),
) -> None:
    """Raise `UnknownCodeError` unless each code given is in its table."""
    if act is not None and act not in acts():
        raise UnknownCodeError(f"no PLOVER act {act!r}; the acts are {', '.join(acts())}")
    if cameo is not None and cameo not in crosswalk():
        raise UnknownCodeError(f"no CAMEO code {cameo!r}")
    if incident is not None and incident not in incidents():
        raise UnknownCodeError(
            f"no incident {incident!r}; the incidents are {', '.join(incidents())}"
        )
    for name in context:
        if name not in contexts():
            raise UnknownCodeError(f"no PLOVER context {name!r}")
