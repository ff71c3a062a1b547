"""One run of a case: bring every source into the ledger, detect, and say what was done.

A run takes only what is new: a document whose text the ledger already holds is not read again,
positions already in the lake are not imported again, and detection is repeated only when the
lake, the zones or the settings changed.
"""

from __future__ import annotations

import dataclasses
import glob
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from masthead import __version__
from masthead.case import Case, ReportSource
from masthead.errors import CaseError, EvidenceError, LedgerError
from masthead.ledger import Ledger, LedgerRun
from masthead.model import Document, Event, Reject, Zone
from masthead.reports.actor_tables.own import own_actors
from masthead.reports.load import expand, load
from masthead.reports.reader import Reading, read_documents

if TYPE_CHECKING:
    from masthead.tracks.splits import Split

Progress = Callable[[str, int, int | None], None]
"""Called with the stage, how much is done, and of how much (None if unknown)."""

LAKE_SOURCE = "lake"


@dataclass
class Summary:
    """What one run did, in numbers, with the first few records that could not be used."""

    documents: Counter[str] = field(default_factory=Counter)
    report_events: int = 0
    superseded: int = 0
    positions: int = 0
    ships: int = 0
    track_events: int = 0
    detected: bool = False
    split: Split | None = None
    rejects: Counter[str] = field(default_factory=Counter)
    first_rejects: list[Reject] = field(default_factory=list)

    def reject(self, item: Reject) -> None:
        self.rejects[item.reason] += 1
        if len(self.first_rejects) < 5:
            self.first_rejects.append(item)


def _silent(stage: str, done: int, total: int | None) -> None:
    return None


def run_case(case: Case, *, progress: Progress = _silent, processes: int = 1) -> Summary:
    """Bring every source of the case into its ledger. Raises `MastheadError`."""
    summary = Summary()
    with (
        Ledger.open(case.ledger_path) as ledger,
        ledger.run("run", {"case": case.path.name, "version": __version__}) as run,
    ):
        _read_reports(case, run, summary, progress, processes)
        if case.tracks:
            _import_tracks(case, run, summary, progress)
        if case.lake_path.exists():
            zones = [*case.drawn_zones(), *notice_zones(case, ledger)]
            _detect(case, run, zones, summary, progress)
    return summary


def ledger_of(case: Case) -> Ledger:
    """The ledger of a case, for reading. Raises `LedgerError` if the case was never run."""
    if not case.ledger_path.exists():
        raise LedgerError(
            f"{case.path}: its ledger {case.ledger_path} is not there; "
            f"first run: masthead run {case.path}"
        )
    return Ledger.open(case.ledger_path, create=False, read_only=True)


def _read_reports(
    case: Case, run: LedgerRun, summary: Summary, progress: Progress, processes: int
) -> None:
    files = [(source, path) for source in case.reports for path in _files(case, source)]
    total = len(files)
    rejects: list[Reject] = []

    def fresh() -> Iterator[Document]:
        for done, (source, path) in enumerate(files):
            progress("reading reports", done, total)
            for item in load(
                path, name=case.name_of(path), date=source.date, columns=source.columns or None
            ):
                if isinstance(item, Reject):
                    summary.reject(item)
                    rejects.append(item)
                    continue
                document = _with_outlet(item, source.outlet)
                if run.has_document(document, reader_version=__version__):
                    summary.documents["unchanged"] += 1
                else:
                    yield document

    for reading in read_documents(fresh(), processes=processes, actors=own_actors(case.actors)):
        _keep(run, reading, summary)
    run.add_rejects(rejects)
    progress("reading reports", total, total)


def _files(case: Case, source: ReportSource) -> list[Path]:
    return expand([case.resolve(source.path)])


def _with_outlet(document: Document, outlet: str | None) -> Document:
    return dataclasses.replace(document, outlet=outlet) if outlet else document


def _keep(run: LedgerRun, reading: Reading, summary: Summary) -> None:
    document, events = reading.document, reading.events
    reasons = [reading.refused] if reading.refused else []
    try:
        for event in events:
            event.verify(document.text)
    except EvidenceError as error:  # a fault of the reader: its events are not to be trusted
        reasons.append(f"its evidence is not exact: {error}")
        events = ()
    rejects = [Reject(path=document.id, where="document", reason=reason) for reason in reasons]
    rejects += reading.rejects
    for reject in rejects:
        summary.reject(reject)
    added = run.add_document(document, events, rejects=rejects, reader_version=__version__)
    summary.documents[added.state] += 1
    summary.report_events += added.events
    summary.superseded += added.superseded


def _import_tracks(case: Case, run: LedgerRun, summary: Summary, progress: Progress) -> None:
    from masthead.tracks.load import import_files

    for source in case.tracks:
        report = import_files(
            expand_tracks(case, source.path),
            case.lake_path,
            columns=source.columns or None,
            progress=lambda done, total: progress("importing positions", done, total),
        )
        summary.positions += report.positions
        summary.rejects.update(report.rejects)
        room = 5 - len(summary.first_rejects)
        summary.first_rejects += report.first_rejects[: max(room, 0)]
        run.add_rejects(report.first_rejects)


def expand_tracks(case: Case, pattern: str) -> list[Path]:
    """The files of a track source: a file, a folder's files, or those that match a glob."""
    path = case.resolve(pattern)
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    if path.exists():
        return [path]
    found = sorted(Path(p) for p in glob.glob(str(path), recursive=True) if Path(p).is_file())
    if not found:
        raise CaseError(case.path, f"tracks: '{pattern}' matches no file")
    return found


def notice_zones(case: Case, ledger: Ledger) -> list[Zone]:
    """The zones that the case takes from notices, once those are read. Raises `CaseError` for a
    notice that the ledger does not hold or that draws no area."""
    zones = []
    for source in case.zone_sources:
        if source.notice is None:
            continue
        wanted = notice_key(source.notice)
        found = [
            event
            for event in ledger.events(sense="notice")
            if notice_key(notice_name(event)) == wanted
            and event.place is not None
            and event.place.geometry is not None
            and event.place.geometry["type"] not in ("Point", "MultiPoint")
        ]
        if not found:
            raise CaseError(
                case.path, f"zones: no notice '{source.notice}' with an area in the reports read"
            )
        for number, event in enumerate(found, 1):
            assert event.place is not None
            assert event.place.geometry is not None
            name = source.name or source.notice
            zones.append(
                Zone(
                    name=name if len(found) == 1 else f"{name} ({number})",
                    geometry=event.place.geometry,
                    period=source.period or event.time,
                    origin=event.id,
                )
            )
    return zones


def notice_name(event: Event) -> str:
    """A notice's own name, as "HYDROLANT 881/11"; empty for one without a series and number."""
    series, number, year = (event.details.get(key) for key in ("series", "number", "year"))
    if not (series and number and year):
        return ""
    return f"{series} {number}/{int(str(year)) % 100:02d}"


def notice_key(name: str) -> tuple[str, ...]:
    """A notice's name for comparing: "HYDROLANT 0881/2011" is "hydrolant 881/11"."""
    series, _, rest = name.strip().rpartition(" ")
    number, _, year = rest.partition("/")
    return (series.casefold(), number.lstrip("0"), year.split("(")[0][-2:])


def _detect(
    case: Case, run: LedgerRun, zones: list[Zone], summary: Summary, progress: Progress
) -> None:
    from masthead.tracks.engine import detect
    from masthead.tracks.lake import Lake

    lake = Lake(case.lake_path)
    settings = _digest(
        [case.only, case.detector_settings, [(z.name, z.geometry) for z in zones],
         [case.region, str(case.start), str(case.until)]]
    )  # fmt: skip
    state = lake.digest()
    if run.has_source(LAKE_SOURCE, state, detector_version=__version__, settings_digest=settings):
        return
    splits: list[Split] = []
    events = [
        event
        for event in detect(
            lake,
            only=case.only,
            zones=zones,
            settings=case.detector_settings,
            progress=lambda name, done, total: progress(f"detecting {name}", done, total),
            tell_split=splits.append,
        )
        if concerns(event, case)
    ]
    added = run.add_track_events(
        LAKE_SOURCE, state, events, detector_version=__version__, settings_digest=settings
    )
    summary.ships = run.add_ships(lake.identities().iter_rows(named=True))
    summary.track_events += added.events
    summary.superseded += added.superseded
    summary.detected = True
    summary.split = splits[0]


def concerns(event: Event, case: Case) -> bool:
    """Whether an event can be of the case: its time meets the period and its place the region,
    as far as either is known. What cannot be told is kept."""
    when = event.time
    if when is not None:
        if case.start and when.latest and when.latest < case.start:
            return False
        if case.until and when.earliest and when.earliest > case.until:
            return False
    if case.region and event.place is not None and event.place.lat is not None:
        west, south, east, north = case.region
        lon = event.place.lon or 0.0
        inside = west <= lon <= east if west <= east else lon >= west or lon <= east
        return inside and south <= event.place.lat <= north
    return True


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
