"""A case file (TOML): what to read, what to watch, where, and since when.

`load_case` checks everything that can be checked before work starts: wrong keys, wrong values,
files that are not there. Each problem is one line that names the file and the line.
"""

from __future__ import annotations

import difflib
import glob
import re
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from masthead.errors import CaseError
from masthead.geo import NAUTICAL_MILE_M, circle
from masthead.model import Interval, Utc, Zone, parse_utc
from masthead.zones import read_zones


def _day_start(value: object) -> object:
    if isinstance(value, str):
        return parse_utc(value)
    if isinstance(value, datetime):
        return parse_utc(value.isoformat())
    if isinstance(value, date):
        return parse_utc(value.isoformat())
    return value


def _day_end(value: object) -> object:
    if isinstance(value, str):
        value = parse_utc(value) if len(value) > 10 else date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        last = datetime.combine(value, time()) + timedelta(days=1, seconds=-1)
        return parse_utc(last.isoformat())
    return _day_start(value)


Start = Annotated[Utc, BeforeValidator(_day_start)]
End = Annotated[Utc, BeforeValidator(_day_end)]


class Table(BaseModel):
    """A table of the case file: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class About(Table):
    """`[case]`: the title, the period (UTC days, ends included) and the region in degrees."""

    title: str
    start: Start | None = Field(None, alias="from")
    until: End | None = None
    region: tuple[float, float, float, float] | None = None
    ledger: str | None = None
    lake: str | None = None

    @model_validator(mode="after")
    def _check(self) -> About:
        if self.start and self.until and self.until < self.start:
            raise ValueError("until is before from")
        if self.region:
            west, south, east, north = self.region
            if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
                raise ValueError("region is [west, south, east, north] in degrees")
        return self


class ReportSource(Table):
    """`[[reports]]`: a file, folder or glob; the date to count from; the columns of rows."""

    path: str
    date: Start | None = None
    outlet: str | None = None
    columns: dict[str, str] = {}


class TrackSource(Table):
    """`[[tracks]]`: a file, folder or glob of AIS data; the columns of an own CSV."""

    path: str
    columns: dict[str, str] = {}


class Circle(Table):
    """A circle: its centre in degrees, its radius in nautical miles."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    radius_nm: Annotated[float, Field(gt=0, le=2000)]


class ZoneSource(Table):
    """`[[zones]]`: exactly one of a GeoJSON `file`, a `circle`, or a `notice` (by its id, as
    "HYDROLANT 881/11") whose own area is watched."""

    name: str | None = None
    file: str | None = None
    circle: Circle | None = None
    notice: str | None = None
    start: Start | None = Field(None, alias="from")
    until: End | None = None

    @model_validator(mode="after")
    def _check(self) -> ZoneSource:
        if sum(x is not None for x in (self.file, self.circle, self.notice)) != 1:
            raise ValueError("a zone has exactly one of file, circle, notice")
        return self

    @property
    def period(self) -> Interval | None:
        if self.start is None and self.until is None:
            return None
        return Interval(earliest=self.start, latest=self.until)


class Ship(Table):
    """`[[ships]]`: a ship of interest, by any of its identities."""

    name: str | None = None
    imo: Annotated[int, Field(ge=1_000_000, le=9_999_999)] | None = None
    mmsi: Annotated[int, Field(ge=1, le=999_999_999)] | None = None
    call_sign: str | None = None
    flag: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _check(self) -> Ship:
        if not (self.name or self.imo or self.mmsi or self.call_sign):
            raise ValueError("a ship needs a name, imo, mmsi or call_sign")
        return self


class ActorEntry(Table):
    """`[[actors]]`: a name that the built-in gazetteer does not have."""

    name: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    sector: str | None = None
    aliases: list[str] = []


class WatchList(Table):
    """`[[watchlists]]`: a list to screen ships and actors against."""

    path: str
    name: str | None = None
    format: Literal["auto", "own", "ofac", "ftm", "eu", "uk"] = "auto"


class ClosedPort(Table):
    """A port that a blockade closes, in degrees."""

    name: str
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class BlockadeTable(Table):
    """`[blockade]`: whose it is, against whom (ISO 3166 alpha-3), since when, and where: the names
    of a zone and a line of `[[zones]]`, the ports closed, and the classes of ship that it spares
    (as AIS calls them: "fishing vessel", "passenger ship")."""

    by: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    against: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    start: Start | None = Field(None, alias="from")
    until: End | None = None
    zone: str | None = None
    line: str | None = None
    ports: list[ClosedPort] = []
    spares: list[str] = []


class Rulings(Table):
    """`[merge]`: events (by the beginnings of their ids) that are one incident, or are not."""

    same: list[list[str]] = []
    different: list[list[str]] = []


class _File(Table):
    case: About
    reports: list[ReportSource] = []
    tracks: list[TrackSource] = []
    zones: list[ZoneSource] = []
    ships: list[Ship] = []
    actors: list[ActorEntry] = []
    watchlists: list[WatchList] = []
    merge: Rulings = Rulings()
    blockade: BlockadeTable | None = None
    detect: dict[str, Any] = {}


class Case:
    """A checked case. Paths are taken from the case file's own folder."""

    def __init__(self, path: Path, content: _File) -> None:
        self.path = path
        self.folder = path.parent
        self.title = content.case.title
        self.start = content.case.start
        self.until = content.case.until
        self.region = content.case.region
        self.reports = tuple(content.reports)
        self.tracks = tuple(content.tracks)
        self.zone_sources = tuple(content.zones)
        self.ships = tuple(content.ships)
        self.actors = tuple(content.actors)
        self.watchlists = tuple(content.watchlists)
        self.blockade = content.blockade
        self.same = tuple(tuple(group) for group in content.merge.same)
        self.different = tuple(tuple(group) for group in content.merge.different)
        self.ledger_path = self.folder / (content.case.ledger or f"{path.stem}.ledger")
        self.lake_path = self.folder / (content.case.lake or f"{path.stem}.lake")
        self.only: tuple[str, ...] | None = (
            tuple(content.detect["only"]) if "only" in content.detect else None
        )
        self.detector_settings: dict[str, dict[str, float]] = {
            name: dict(values) for name, values in content.detect.items() if name != "only"
        }

    def resolve(self, path: str) -> Path:
        """A path of the case file as a path from here; a `~` is the home folder."""
        found = Path(path).expanduser()
        return found if found.is_absolute() else self.folder / found

    def name_of(self, path: Path) -> str:
        """How a file of the case is named in the ledger: relative to the case's folder if it is
        in there, so that the case can be moved, else its absolute path."""
        whole = path.resolve()
        folder = self.folder.resolve()
        return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)

    def drawn_zones(self) -> list[Zone]:
        """The zones that need no notice: those of GeoJSON files, and circles."""
        zones: list[Zone] = []
        for source in self.zone_sources:
            if source.circle is not None:
                c = source.circle
                zones.append(
                    Zone(
                        name=source.name or f"{c.radius_nm:g} NM around {c.lat:g}, {c.lon:g}",
                        geometry=circle(c.lat, c.lon, c.radius_nm * NAUTICAL_MILE_M),
                        period=source.period,
                        origin=self.path.name,
                    )
                )
            elif source.file is not None:
                path = self.resolve(source.file)
                zones += read_zones(path, name=source.name, period=source.period)
        return zones


def load_case(path: str | Path) -> Case:
    """Read and check a case file. Raises `CaseError` with one line per problem."""
    path = Path(path)
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        hint = "; 'masthead new DIR' writes a starter case" if not path.exists() else ""
        raise CaseError(path, f"cannot be read ({error.strerror}){hint}") from error
    except UnicodeDecodeError as error:
        raise CaseError(path, "is not UTF-8 text, as TOML must be") from error
    try:
        content = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else None
        raise CaseError(path, f"is not TOML: {error}", line=line) from error
    except ValidationError as error:
        raise _first_of([_problem(path, text, item) for item in error.errors()]) from error
    case = Case(path, content)
    problems = [*_missing_files(case, text), *_wrong_settings(case, text)]
    if problems:
        raise _first_of(problems)
    case.drawn_zones()
    return case


def _first_of(problems: list[CaseError]) -> CaseError:
    """One error with every problem in it, a line each."""
    whole = problems[0]
    whole.args = ("\n".join(str(p) for p in problems),)
    return whole


def _problem(path: Path, text: str, item: Any) -> CaseError:
    where = [str(part) for part in item["loc"]]
    line = _line_of(text, item["loc"])
    if item["type"] == "extra_forbidden":
        known = sorted(_keys(item["loc"]))
        near = difflib.get_close_matches(where[-1], known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
        return CaseError(path, f"unknown key '{where[-1]}' ({hint})", line=line)
    name = ".".join(where)
    if item["type"] == "missing":
        return CaseError(path, f"'{name}' is missing", line=line)
    message = item["msg"].removeprefix("Value error, ")
    return CaseError(path, f"'{name}': {message}", line=line)


def _keys(loc: tuple[int | str, ...]) -> set[str]:
    model: type[BaseModel] = _File
    for part in loc[:-1]:
        if isinstance(part, str) and part in _TABLES:
            model = _TABLES[part]
    return {info.alias or name for name, info in model.model_fields.items()}


_TABLES: dict[str, type[BaseModel]] = {
    "case": About, "reports": ReportSource, "tracks": TrackSource, "zones": ZoneSource,
    "ships": Ship, "actors": ActorEntry, "watchlists": WatchList, "circle": Circle,
    "merge": Rulings, "blockade": BlockadeTable,
}  # fmt: skip


def _line_of(text: str, loc: tuple[int | str, ...]) -> int | None:
    """The line of a key, by the headers of its table: the n-th `[[name]]`, then `key =`."""
    lines = text.splitlines()
    start, want = 0, 0
    if not loc:
        return None
    if len(loc) > 1 and isinstance(loc[1], int):
        want = loc[1]
    header = re.compile(rf"\s*\[\[?\s*{re.escape(str(loc[0]))}\b")
    seen = -1
    for number, row in enumerate(lines, 1):
        if header.match(row):
            seen += 1
            if seen == want:
                start = number
                break
    for key in reversed([part for part in loc if isinstance(part, str)]):
        pattern = re.compile(rf"[^#]*\b{re.escape(key)}\b\s*[=\]]")
        for number in range(max(start - 1, 0), len(lines)):
            if pattern.match(lines[number]):
                return number + 1
    return start or None


def _missing_files(case: Case, text: str) -> list[CaseError]:
    named: list[tuple[tuple[int | str, ...], str]] = []
    named += [(("reports", i, "path"), r.path) for i, r in enumerate(case.reports)]
    named += [(("tracks", i, "path"), t.path) for i, t in enumerate(case.tracks)]
    named += [(("watchlists", i, "path"), w.path) for i, w in enumerate(case.watchlists)]
    named += [(("zones", i, "file"), z.file) for i, z in enumerate(case.zone_sources) if z.file]
    problems = []
    for loc, name in named:
        path = case.resolve(name)
        if re.search(r"[*?\[]", name) and not path.exists():
            if not any(glob.iglob(str(path), recursive=True)):
                problems.append((loc, f"'{name}' matches no file"))
        elif not path.exists():
            problems.append((loc, f"'{name}': no such file or folder"))
    return [CaseError(case.path, reason, line=_line_of(text, loc)) for loc, reason in problems]


def _wrong_settings(case: Case, text: str) -> list[CaseError]:
    """Settings of detectors are checked against the detectors themselves."""
    if case.only is None and not case.detector_settings:
        return []  # the detectors are not loaded for nothing
    from masthead.errors import MastheadError
    from masthead.tracks.engine import check_settings

    try:
        check_settings(case.only, case.detector_settings)
    except MastheadError as error:
        return [CaseError(case.path, f"[detect] {error}", line=_line_of(text, ("detect",)))]
    return []
