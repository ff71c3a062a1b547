"""Writes a play to a folder: a Masthead case with its tracks and reports, and the truth.

OUT/scenario.toml case.toml zones.geojson ships.csv
OUT/tracks/…      what was received
OUT/true/…        true states, a Parquet file a day
OUT/reports/…     what was said
OUT/truth.jsonl tellings.jsonl passages.jsonl
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from masthead.errors import SourceError
from masthead.sim.case_writing import write_case, write_zones
from masthead.sim.csv_writing import CsvWriter
from masthead.sim.identities import statements, under_used_names, write_ships
from masthead.sim.lake_writing import LakeWriter
from masthead.sim.nmea_writing import NmeaWriter
from masthead.sim.play import DAY_MIN, Play
from masthead.sim.receivable import Heard, with_receivable
from masthead.sim.reception import Receiver, Reception, settings_of
from masthead.sim.scenario import Scenario
from masthead.sim.telling import drafts
from masthead.sim.truth import Happening, Telling, with_told, write_lines
from masthead.sim.wording.documents import write

Format = Literal["lake", "nmea", "csv"]
Progress = Callable[[str, int, int], None]
TRACKS: dict[Format, str | None] = {
    "lake": None, "nmea": "tracks/ais.nmea.gz", "csv": "tracks/ais.csv.gz",
}  # fmt: skip
"""Where the positions of a format are; a lake is the case's own."""
TRUE_COLUMNS = ("mmsi", "t", "lat", "lon", "sog", "cog")


@dataclass(frozen=True)
class Outcome:
    """What a simulation made."""

    case: Path
    ships: int
    states: int
    positions: int
    happenings: list[Happening]
    tellings: list[Telling]


def simulate(
    scenario: Scenario,
    out: Path,
    *,
    seed: int | None = None,
    form: Format = "lake",
    text: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Play a scenario and write everything into `out`, a new or empty folder. `text` is that of
    the scenario's file. Raises `SourceError` for a folder that holds other things."""
    report: Progress = progress or (lambda stage, done, total: None)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SourceError(out, "is there already and not empty; name another folder")
    for folder in ("true", "tracks", "reports"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    play = Play(scenario, seed)
    settings = settings_of(play.scenario)
    start = scenario.scenario.start
    receiver = Receiver(settings, play.ships, start, play.seed)
    heard = Heard(start, play.minutes)
    writer = _writer(out / "tracks", form, settings, play.seed)
    states = positions = 0
    days = scenario.scenario.days
    for number, day in enumerate(play.days(DAY_MIN)):
        report("simulating", number, days)
        first = play.day(number)
        day.select(TRUE_COLUMNS).write_parquet(
            out / "true" / f"{first.isoformat()}.parquet", compression="zstd", compression_level=1
        )
        received = under_used_names(receiver.receive(day), play)
        heard.add(received)
        writer.add(received, statements(play))
        states += day.height
        positions += received.height
    writer.close()
    report("simulating", days, days)
    happenings = list(with_receivable(play.happenings(), heard))
    names = [*play.ships, *(used.ship for used in play.identities())]
    dispatches = drafts(scenario, names, happenings, play.seed)
    tellings = write(dispatches, out / "reports")
    happenings = with_told(happenings, tellings)
    write_lines(happenings, out / "truth.jsonl")
    write_lines(tellings, out / "tellings.jsonl")
    write_lines(play.passages(), out / "passages.jsonl")
    write_ships(play, out / "ships.csv")
    if text is not None:
        (out / "scenario.toml").write_text(text, "utf-8")
    write_zones(scenario, out / "zones.geojson")
    case = write_case(scenario, out, TRACKS[form], {d.file_name: d.outlet for d in dispatches})
    return Outcome(case, len(play.ships), states, positions, happenings, tellings)


def _writer(
    folder: Path, form: Format, settings: Reception, seed: int
) -> LakeWriter | NmeaWriter | CsvWriter:
    if form == "nmea":
        return NmeaWriter(folder / "ais.nmea.gz", corrupted=settings.corrupted, seed=seed)
    if form == "csv":
        return CsvWriter(folder / "ais.csv.gz")
    return LakeWriter(folder / "lake")
