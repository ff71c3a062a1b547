"""What is known of a simulated crisis: its sides, its ships, what happened, and what was told.

A `Happening` is one event that took place in the simulated world, one line of `truth.jsonl`. A
`Telling` is what one sentence of one simulated document says, one line of `tellings.jsonl`: of a
happening, or of nothing (a lie). Both are JSON with UTC times that end in Z.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np

from masthead.codes import check
from masthead.model import Status

ShipType = Literal[
    "crude_tanker", "product_tanker", "bulk", "container", "general", "fishing", "ferry",
    "warship", "coast_guard", "aircraft", "tug",
]  # fmt: skip
Truthfulness = Literal[
    "true", "wrong_place", "wrong_ship", "wrong_time", "never_happened", "denial", "label",
    "background",
]  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One party of the crisis, with the names that dispatches use.

    `country` is a user-assigned ISO 3166 code (XAA to XZZ); `mid` are the first three digits of
    the MMSIs of its ships (ITU maritime identification digits).
    """

    key: str
    name: str
    adjective: str
    country: str
    capital: str
    navy: str
    ministry: str
    coast_guard: str
    spokesperson: str
    minister: str
    agency: str
    mid: int


@dataclass(frozen=True)
class Ship:
    """One ship or aircraft. `flag` is ISO 3166 alpha-3, `side` the key of the `Side` it serves
    (None for ordinary shipping), `speed_kn` its service speed."""

    mmsi: int
    imo: int | None
    name: str
    call_sign: str
    type: ShipType
    flag: str
    side: str | None
    length_m: int
    width_m: int
    draught_m: float
    speed_kn: float


@dataclass(frozen=True)
class Happening:
    """One event that took place.

    `incident` is a word of `codes.incidents()`; `lat` and `lon` are where it began, null for a
    declaration; `actor` is the key of the side that did it, if any; `ships` are MMSIs, first the
    subject (the ship it was done to, or that did it), then its companions or pursuers.
    `receivable` is whether the received AIS could show it, null while that is not known; `told`
    are the ids of the tellings that report it; `details` has units in its keys.
    """

    id: str
    incident: str
    status: Literal["done", "attempted"]
    start: datetime
    end: datetime
    lat: float | None
    lon: float | None
    actor: str | None
    ships: tuple[int, ...]
    receivable: bool | None = None
    told: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(incident=self.incident)
        if self.end < self.start:
            raise ValueError(f"{self.id} ({self.incident}) ends before it starts")


@dataclass(frozen=True)
class Telling:
    """What one sentence of one document says.

    The document's text has `sentence` exactly once, at `[start:end]`. `happening` is the id of
    what it tells of, None if that was invented; `truthful` says how far it is so. `act`,
    `incident`, `status`, `sources`, `targets`, `objects`, `attribution`, `time` and `place` are
    what a reader of the sentence should find, in the words of `model.Event`.
    """

    id: str
    document: str
    sentence: str
    start: int
    end: int
    happening: str | None
    truthful: Truthfulness
    act: str | None
    incident: str | None
    status: Status
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    objects: tuple[dict[str, Any], ...] = ()
    attribution: tuple[str, ...] = ()
    time: dict[str, datetime | None] | None = None
    place: dict[str, float] | None = None

    def __post_init__(self) -> None:
        check(act=self.act, incident=self.incident)


@dataclass(frozen=True)
class Passage:
    """One passage of the blockade's zone, into a closed port (`inward`) or out of one, by a ship
    that the blockade is meant for: by its own MMSI, and whether a party boarded it. `end` is None
    for one that the play cut short."""

    mmsi: int
    start: datetime
    end: datetime | None
    inward: bool
    stopped: bool


def chance(seed: int, purpose: str, *keys: int) -> np.random.Generator:
    """The random numbers of one purpose: a stream of their own under the seed, so that drawing
    more for one purpose changes nothing of another (NumPy's SeedSequence with a spawn key)."""
    name = int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:4], "big")
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(name, *keys)))


def as_line(record: Happening | Telling | Passage) -> str:
    """The record as one line of JSON."""
    return json.dumps(_plain(asdict(record)), ensure_ascii=False)


def write_lines(records: Iterable[Happening | Telling | Passage], file: Path) -> None:
    """Write records as JSON lines."""
    file.write_text("".join(as_line(r) + "\n" for r in records), "utf-8")


def with_told(happenings: Iterable[Happening], tellings: Iterable[Telling]) -> list[Happening]:
    """The happenings, each with the ids of the tellings that report it."""
    by: dict[str, list[str]] = {}
    for telling in tellings:
        if telling.happening is not None:
            by.setdefault(telling.happening, []).append(telling.id)
    return [replace(h, told=tuple(by.get(h.id, ()))) for h in happenings]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
