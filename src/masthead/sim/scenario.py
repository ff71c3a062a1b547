"""A scenario file (TOML): the sides, the sea, the shipping, the blockade, the patrols.

`load_scenario` checks everything before work starts; each problem is one line that names the file
and the line. Times are UTC, places degrees WGS 84, speeds knots, ranges nautical miles. The keys
are listed in docs/simulation.md.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from masthead.errors import CaseError
from masthead.model import Utc
from masthead.sim.truth import ShipType, Side

Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Share = Annotated[float, Field(ge=0, le=1)]
Point = tuple[Lat, Lon]
Span = tuple[float, float]


class Table(BaseModel):
    """A table of the scenario: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class About(Table):
    """`[scenario]`: the title, the first moment, how many days, the seed, the region as
    [west, south, east, north] degrees."""

    title: str
    start: Utc
    days: Annotated[int, Field(ge=1, le=366)]
    seed: Annotated[int, Field(ge=0)] = 1
    region: tuple[Lon, Lat, Lon, Lat]

    @model_validator(mode="after")
    def _check(self) -> About:
        west, south, east, north = self.region
        if not (west < east and south < north):
            raise ValueError("region is [west, south, east, north] in degrees")
        if (east - west) * (north - south) > 600:
            raise ValueError("region is larger than 600 square degrees")
        if self.start.second or self.start.microsecond:
            raise ValueError("start is a whole minute")
        return self


class SideTable(Table):
    """`[[sides]]`: one party, with the names that dispatches use (`truth.Side`)."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: str
    adjective: str
    country: Annotated[str, Field(pattern=r"^X[A-Z]{2}$")]
    capital: str
    navy: str
    ministry: str
    coast_guard: str
    spokesperson: str
    minister: str
    agency: str
    mid: Annotated[int, Field(ge=200, le=799)]


class Port(Table):
    """`[[ports]]`: a harbour ships call at. `side`: whose it is. `weight`: its share of the
    traffic. Its berths are on the navigable water nearest to the point."""

    name: str
    lat: Lat
    lon: Lon
    weight: Annotated[float, Field(ge=0)] = 1.0
    side: str | None = None


class Gate(Table):
    """`[[gates]]`: where ships leave the region and come in; named after the port they are
    bound for beyond it."""

    name: str
    lat: Lat
    lon: Lon
    weight: Annotated[float, Field(ge=0)] = 1.0


class Fleet(Table):
    """`[[fleets]]`: how many ships of a class. `ports`: the only places they sail between
    (ferries); `flags`: weights by ISO alpha-3 (the class's own mix where not given)."""

    type: ShipType
    count: Annotated[int, Field(ge=0, le=20_000)]
    ports: tuple[str, ...] = ()
    flags: dict[str, float] = {}


class Area(Table):
    """A named circle of sea: `[[grounds]]` for fishing, `[[meetings]]` for transfers between
    tankers (`per_day` of them), `[[anchorages]]` where ships wait out a blockade."""

    name: str
    lat: Lat
    lon: Lon
    radius_nm: Annotated[float, Field(gt=0, le=200)] = 5.0
    per_day: Annotated[float, Field(ge=0)] = 1.0


class Behaviour(Table):
    """`[behaviour]`: what captains bound for or out of a blockaded port do once it is declared, as
    shares (what is left carries on openly), and habits that need no blockade."""

    turn_back: Share = 0.2
    wait: Share = 0.15
    run_at_night: Share = 0.15
    go_dark: Share = 0.15
    spoof: Share = 0.1
    change_identity: Share = 0.05
    spoof_kinds: dict[Literal["offset", "circle", "false_track"], float] = {
        "offset": 1.0, "circle": 1.0, "false_track": 1.0,
    }  # fmt: skip
    flee: Share = 0.3
    resist: Share = 0.1
    anchors_before_port: Share = 0.25
    careless_gaps_per_day: Annotated[float, Field(ge=0, le=1)] = 0.01

    @model_validator(mode="after")
    def _check(self) -> Behaviour:
        if sum(self.shares().values()) > 1.0 + 1e-9:
            raise ValueError("the shares of what captains do add up to more than 1")
        return self

    def shares(self) -> dict[str, float]:
        """What captains do about a blockade, with the share of each."""
        names = ("turn_back", "wait", "run_at_night", "go_dark", "spoof", "change_identity")
        return {name: getattr(self, name) for name in names}


class Fates(Table):
    """`fates`: what becomes of a boarded ship that is bound for or out of a blockaded port."""

    released: Share = 0.35
    diverted: Share = 0.35
    seized: Share = 0.3

    @model_validator(mode="after")
    def _check(self) -> Fates:
        if abs(self.released + self.diverted + self.seized - 1.0) > 1e-6:
            raise ValueError("fates add up to 1")
        return self


class Blockade(Table):
    """`[blockade]`: side `by` closes the ports of side `against`, in the `zone` (a ring of
    [lat, lon]) from `declared` on; `line` is the line ships may not pass. It ends `until`, or once
    there are `lifted_after_seizures`, or with the scenario. `checks_others`: the share of other
    ships met in the zone that are stopped too."""

    by: str
    against: str
    declared: Utc
    until: Utc | None = None
    lifted_after_seizures: Annotated[int, Field(ge=1)] | None = None
    zone_name: str = "Maritime exclusion zone"
    zone: Annotated[tuple[Point, ...], Field(min_length=3, max_length=64)]
    line_name: str = "Line of control"
    line: Annotated[tuple[Point, ...], Field(min_length=2, max_length=2)] | None = None
    exempt: tuple[ShipType, ...] = ("fishing", "ferry", "warship", "coast_guard", "aircraft", "tug")
    exempt_flags: tuple[str, ...] = ()
    fates: Fates = Fates()
    checks_others: Share = 0.03
    boarding_h: Span = (0.75, 2.5)
    detention_h: Span = (30.0, 96.0)
    prize_port: str


class Patrol(Table):
    """`[[patrols]]`: a group of patrol ships or aircraft of one side with one task.

    `search`: "barrier" sails to and fro between two points of `track`, "random" goes to places
    drawn in the circle of `radius_nm` round the first point, "station" keeps near that point.
    `law`: of the sensor, "definite" (sees all within `sensor_nm`) or "inverse_cube" (sighting
    rate (sensor_nm / range)^3 in ten minutes). After `endurance_h` a unit goes to `base` for
    `refuel_h`; a relief of a group of more than one sails at once when one turns home."""

    side: str
    type: Literal["warship", "coast_guard", "aircraft"]
    count: Annotated[int, Field(ge=0, le=200)]
    search: Literal["barrier", "random", "station"] = "barrier"
    track: Annotated[tuple[Point, ...], Field(min_length=1, max_length=2)]
    radius_nm: Annotated[float, Field(gt=0, le=300)] = 20.0
    base: str
    patrol_kn: Annotated[float, Field(gt=0, le=400)] = 14.0
    max_kn: Annotated[float, Field(gt=0, le=500)] = 28.0
    sensor_nm: Annotated[float, Field(gt=0, le=300)] = 15.0
    law: Literal["definite", "inverse_cube"] = "definite"
    endurance_h: Annotated[float, Field(gt=0)] = 120.0
    refuel_h: Annotated[float, Field(gt=0)] = 12.0
    ais: Share = 0.7

    @model_validator(mode="after")
    def _check(self) -> Patrol:
        if self.search == "barrier" and len(self.track) != 2:
            raise ValueError("a barrier has a track of two points")
        if self.max_kn < self.patrol_kn:
            raise ValueError("max_kn is less than patrol_kn")
        return self


class Scenario(Table):
    """A checked scenario. `reception` and `words` are the settings of those two parts."""

    scenario: About
    sides: tuple[SideTable, ...] = ()
    ports: Annotated[tuple[Port, ...], Field(min_length=1)]
    gates: tuple[Gate, ...] = ()
    fleets: Annotated[tuple[Fleet, ...], Field(min_length=1)]
    grounds: tuple[Area, ...] = ()
    meetings: tuple[Area, ...] = ()
    anchorages: tuple[Area, ...] = ()
    behaviour: Behaviour = Behaviour()
    blockade: Blockade | None = None
    patrols: tuple[Patrol, ...] = ()
    reception: dict[str, Any] = {}
    words: dict[str, Any] = {}

    @model_validator(mode="after")
    def _check(self) -> Scenario:
        spots: list[Port | Gate] = [*self.ports, *self.gates]
        places = [p.name for p in spots]
        sides = {s.key for s in self.sides}
        if len(set(places)) < len(places):
            raise ValueError("two ports or gates have one name")
        if len(places) < 2:
            raise ValueError("traffic needs two places, of ports and gates")
        west, south, east, north = self.scenario.region
        for place in spots:
            if not (west <= place.lon <= east and south <= place.lat <= north):
                raise ValueError(f"'{place.name}' is outside of the region")
        named: list[tuple[str, str]] = [(f.type, name) for f in self.fleets for name in f.ports]
        named += [("patrols", p.base) for p in self.patrols]
        owners = [(p.name, p.side) for p in self.ports if p.side]
        owners += [("patrols", p.side) for p in self.patrols]
        if self.blockade:
            named.append(("blockade", self.blockade.prize_port))
            owners += [("blockade", self.blockade.by), ("blockade", self.blockade.against)]
        for what, name in named:
            _known(what, "port or gate", name, places)
        for what, key in owners:
            _known(what, "side", key, sorted(sides))
        if any(f.type == "fishing" and f.count for f in self.fleets) and not self.grounds:
            raise ValueError("fishing needs [[grounds]]")
        return self

    def side(self, key: str) -> Side:
        """The side of a key."""
        found = next(s for s in self.sides if s.key == key)
        return Side(**found.model_dump())

    def with_patrol_ships(self, number: int) -> Scenario:
        """The same scenario with this many patrol ships, shared out over its groups of ships as
        the scenario shares them (largest remainder); aircraft stay."""
        groups = [p.count if p.type != "aircraft" else 0 for p in self.patrols]
        whole = sum(groups)
        if whole == 0:
            raise ValueError("the scenario has no patrol ships to vary")
        counts = [number * g // whole for g in groups]
        order = sorted(range(len(groups)), key=lambda k: (-(number * groups[k] % whole), k))
        for k in order[: number - sum(counts)]:
            counts[k] += 1
        patrols = tuple(
            p if p.type == "aircraft" else p.model_copy(update={"count": n})
            for p, n in zip(self.patrols, counts, strict=True)
        )
        return self.model_copy(update={"patrols": patrols})


def _known(what: str, kind: str, name: str, known: list[str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known) or 'none'}"
        raise ValueError(f"{what}: no {kind} '{name}' ({hint})")


def load_scenario(path: str | Path) -> Scenario:
    """Read and check a scenario file; a bare name ("otranto") is one of the built-in ones. Raises
    `CaseError` with one line per problem."""
    return read_scenario(source_of(path), Path(path))


def source_of(path: str | Path) -> str:
    """The text of a scenario file or of a built-in one. Raises `CaseError`."""
    path = Path(path)
    if not path.exists() and str(path) in built_in():
        path = Path(str(files("masthead").joinpath("data", "scenarios", f"{path.name}.toml")))
    try:
        return path.read_text("utf-8")
    except OSError as error:
        hint = f"; built in are: {', '.join(built_in())}" if not path.exists() else ""
        raise CaseError(path, f"cannot be read ({error.strerror}){hint}") from error
    except UnicodeDecodeError as error:
        raise CaseError(path, "is not UTF-8 text, as TOML must be") from error


def read_scenario(text: str, path: Path) -> Scenario:
    """A scenario of the text of its file."""
    try:
        return Scenario.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        raise CaseError(path, f"is not TOML: {error}", line=int(at[1]) if at else None) from error
    except ValidationError as error:
        problems = [_problem(path, text, item) for item in error.errors()]
        problems[0].args = ("\n".join(str(p) for p in problems),)
        raise problems[0] from error


def built_in() -> list[str]:
    """The names of the scenarios that come with Masthead."""
    folder = files("masthead").joinpath("data", "scenarios")
    return sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml"))


def _problem(path: Path, text: str, item: Any) -> CaseError:
    loc = item["loc"]
    line = _line_of(text, loc)
    if item["type"] == "extra_forbidden":
        return CaseError(path, f"unknown key '{loc[-1]}'", line=line)
    name = ".".join(map(str, loc)) or "scenario"
    if item["type"] == "missing":
        return CaseError(path, f"'{name}' is missing", line=line)
    return CaseError(path, f"'{name}': {item['msg'].removeprefix('Value error, ')}", line=line)


def _line_of(text: str, loc: tuple[int | str, ...]) -> int | None:
    """The line of a key: the n-th header of its table, then `key =` at or after it."""
    if not loc:
        return None
    rows = text.splitlines()
    header = re.compile(rf"\s*\[\[?\s*{re.escape(str(loc[0]))}\s*\]")
    heads = [number for number, row in enumerate(rows) if header.match(row)]
    nth = loc[1] if len(loc) > 1 and isinstance(loc[1], int) else 0
    if nth >= len(heads):
        return None
    keys = [part for part in loc[1:] if isinstance(part, str)]
    for number in range(heads[nth] + 1, len(rows)):
        if keys and re.match(rf"\s*{re.escape(keys[0])}\s*=", rows[number]):
            return number + 1
        if rows[number].lstrip().startswith("["):
            break
    return heads[nth] + 1


def minute_of(scenario: Scenario, moment: datetime) -> int:
    """Whole minutes from the scenario's start to a moment."""
    return int((moment - scenario.scenario.start).total_seconds() // 60)
