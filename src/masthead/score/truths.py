"""Reads the truth of a simulated crisis: `truth.jsonl`, `tellings.jsonl`, `passages.jsonl`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from masthead.errors import SourceError
from masthead.sim.scenario import read_scenario
from masthead.sim.truth import Happening, Passage, Telling

SCENARIO = "scenario.toml"
TRUTH, TELLINGS, PASSAGES = "truth.jsonl", "tellings.jsonl", "passages.jsonl"
Record = TypeVar("Record", Happening, Telling, Passage)
_HAPPENING: TypeAdapter[Happening] = TypeAdapter(Happening)
_PASSAGE: TypeAdapter[Passage] = TypeAdapter(Passage)
_TELLING: TypeAdapter[Telling] = TypeAdapter(Telling)


def read_happenings(folder: Path) -> list[Happening]:
    """What happened. Raises `SourceError` without `truth.jsonl`, or at a line that is none."""
    file = folder / TRUTH
    if not file.is_file():
        raise SourceError(file, "is not there; a score needs the truth that a simulation writes")
    return _read(file, _HAPPENING)


def read_tellings(folder: Path) -> list[Telling]:
    """What was told, sentence by sentence; nothing where there is no `tellings.jsonl`."""
    file = folder / TELLINGS
    return _read(file, _TELLING) if file.is_file() else []


def read_passages(folder: Path) -> list[Passage]:
    """The passages of the blockade's zone; nothing where there is no `passages.jsonl`."""
    file = folder / PASSAGES
    return _read(file, _PASSAGE) if file.is_file() else []


def read_sides(folder: Path) -> dict[str, frozenset[str]]:
    """The words that mean each side, by its key, in lower case, of the scenario that was played;
    nothing where there is no `scenario.toml`."""
    file = folder / SCENARIO
    if not file.is_file():
        return {}
    sides = read_scenario(file.read_text("utf-8"), file).sides
    return {
        s.key: frozenset(
            word.casefold().removeprefix("the ")
            for word in (s.name, s.country, s.adjective, s.navy, s.ministry, s.coast_guard,
                         s.agency, s.spokesperson, s.minister, s.capital)
        )
        for s in sides
    }  # fmt: skip


def read_spots(folder: Path) -> dict[str, tuple[float, float]]:
    """Where the ports and gates of the scenario that was played lie; nothing where there is no
    `scenario.toml`."""
    file = folder / SCENARIO
    if not file.is_file():
        return {}
    scenario = read_scenario(file.read_text("utf-8"), file)
    ports = {port.name: (port.lat, port.lon) for port in scenario.ports}
    return ports | {gate.name: (gate.lat, gate.lon) for gate in scenario.gates}


def _read(file: Path, kind: TypeAdapter[Any]) -> list[Any]:
    found = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(kind.validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise SourceError(file, f"{where}: {first['msg']}", line=number) from error
    return found
