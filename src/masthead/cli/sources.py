"""Commands that work on files without a case: read, import, detect."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.app import app
from masthead.cli.output import Format, progress_bar, remarks, results, write_events
from masthead.errors import MastheadError
from masthead.model import Document, Event, Reject, Zone, parse_utc

if TYPE_CHECKING:
    import polars as pl

    from masthead.reports.reader import Reader
    from masthead.tracks.lake import Lake
    from masthead.tracks.splits import Split

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to write the events.")]


def parse_date(text: str | None) -> datetime | None:
    """A date option. Raises `typer.BadParameter`."""
    if text is None:
        return None
    try:
        return parse_utc(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"'{text}' is no date; write 2024-04-13 or 2024-04-13T06:30Z"
        ) from error


def columns_option(pairs: list[str] | None) -> dict[str, str] | None:
    """`--column ours=theirs`, any number of times. Raises `typer.BadParameter`."""
    if not pairs:
        return None
    wrong = [p for p in pairs if p.count("=") != 1]
    if wrong:
        raise typer.BadParameter(f"'{wrong[0]}' should read FIELD=COLUMN")
    return {p.split("=")[0].strip(): p.split("=")[1].strip() for p in pairs}


class EngineName(StrEnum):
    """Where detection runs."""

    LOCAL = "local"
    SPARK = "spark"


ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", help="FIELD=COLUMN for a file with own columns; repeat it."),
]


@app.command(epilog="Example: masthead read reports/ --format jsonl > events.jsonl")
def read(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or globs; - for stdin.")],
    date: Annotated[
        str | None, typer.Option(help="The date that relative dates count from.")
    ] = None,
    form: FormatOption = Format.TABLE,
    column: ColumnOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each sentence, its roles and the rule.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")] = 1,
    endpoint: Annotated[
        str | None,
        typer.Option(
            help="Also ask a model at this OpenAI-compatible address, as http://localhost:8000/v1 "
            "(its key, if it wants one, in MASTHEAD_ENDPOINT_KEY). The text is sent there."
        ),
    ] = None,
    endpoint_model: Annotated[
        str, typer.Option(help="The model's name at the endpoint.")
    ] = "default",
    gliner: Annotated[
        str | None, typer.Option(help="Also ask GLiNER2 for ships' names: its model or folder.")
    ] = None,
) -> None:
    """Read reports (news, statements, warnings) into events."""
    from masthead.reports.formats.decode import decode
    from masthead.reports.load import expand, load, load_text
    from masthead.reports.reader import read_documents

    day = parse_date(date)
    columns = columns_option(column)
    reader = second_reader(endpoint, endpoint_model, gliner)
    rejects: Counter[str] = Counter()
    samples: list[Reject] = []

    def reject(item: Reject) -> None:
        rejects[item.reason] += 1
        if len(samples) < 5:
            samples.append(item)

    with progress_bar() as report:

        def documents() -> Iterator[Document]:
            if "-" in paths:
                yield load_text(decode(sys.stdin.buffer.read())[0], date=day)
            files = expand(p for p in paths if p != "-") if set(paths) != {"-"} else []
            for done, path in enumerate(files):
                report("reading", done, len(files))
                for item in load(path, date=day, columns=columns):
                    if isinstance(item, Reject):
                        reject(item)
                    else:
                        yield item

        if explain:
            from masthead.reports.explain import explain as explain_document

            for document in documents():
                results.print(
                    explain_document(document), markup=False, highlight=False, soft_wrap=True
                )
        else:

            def events() -> Iterator[Event]:
                for reading in read_documents(documents(), processes=jobs, reader=reader):
                    if reading.refused:
                        reject(Reject(path=reading.document.id, where="document",
                                      reason=reading.refused))  # fmt: skip
                    for item in reading.rejects:
                        reject(item)
                    yield from reading.events

            write_events(events(), form)
    tell_rejects(rejects, samples)


def second_reader(endpoint: str | None, model: str, gliner: str | None) -> Reader | None:
    """The optional back ends that were asked for. Raises `MastheadError`."""
    import os

    if gliner is not None:
        from masthead.reports import gazetteer
        from masthead.reports.backends.names import GlinerNames

        gazetteer.use_names(GlinerNames(gliner))
    if endpoint is None:
        return None
    from masthead.reports.backends.endpoint import EndpointReader

    return EndpointReader(endpoint, model, os.environ.get("MASTHEAD_ENDPOINT_KEY"))


def tell_rejects(rejects: Counter[str], samples: list[Reject], kept: Path | None = None) -> None:
    """Say on stderr how many records could not be used, why, and the first few."""
    if not rejects:
        return
    total = sum(rejects.values())
    where = f"; all of them in {kept}" if kept else ""
    remarks.print(f"{total} record{'s' if total > 1 else ''} could not be used{where}:",
                  style="yellow", markup=False)  # fmt: skip
    for reason, count in rejects.most_common(8):
        first = next((s for s in samples if s.reason == reason), None)
        example = f" (as {first.path}, {first.where})" if first else ""
        remarks.print(f"  {count} × {reason}{example}", markup=False, highlight=False)


@app.command("import", epilog="Example: masthead import ais/*.csv.gz --lake ais.lake")
def import_(
    paths: Annotated[list[str], typer.Argument(help="AIS files, folders or globs.")],
    lake: Annotated[Path, typer.Option(help="The folder of the lake; made if it is not there.")],
    column: ColumnOption = None,
) -> None:
    """Bring AIS positions (NMEA, CSV, Parquet) into a lake of daily Parquet files."""
    from masthead.tracks.load import import_files

    with progress_bar() as report:
        done = import_files(
            track_files(paths),
            lake,
            columns=columns_option(column),
            progress=lambda at, of: report("importing", at, of),
        )
    results.print(
        f"{done.positions:,} positions of {done.ships:,} ships on {len(done.days)} days from "
        f"{done.files} files ({done.rows:,} rows, {done.duplicates:,} duplicates)",
        highlight=False,
    )
    if done.skipped_files:
        results.print(f"{len(done.skipped_files)} files were in the lake already")
    tell_rejects(Counter(done.rejects), list(done.first_rejects), lake / "rejects.jsonl")


def track_files(paths: list[str]) -> list[Path]:
    """The files that the arguments name. Raises `MastheadError`."""
    import glob

    files: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and p.name[0] != ".")
        else:
            found = [path] if path.exists() else sorted(map(Path, glob.glob(name, recursive=True)))
        if not found:
            raise MastheadError(f"{name}: no such file or folder, and no file matches it")
        files += found
    return files


@app.command(epilog="Example: masthead detect ais.lake --only gap,jump --format jsonl | head")
def detect(
    paths: Annotated[
        list[str] | None, typer.Argument(help="AIS files, or the folder of a lake.")
    ] = None,
    only: Annotated[
        str | None, typer.Option(help="Detectors, with commas between; all if not given.")
    ] = None,
    zone: Annotated[
        list[Path] | None, typer.Option(help="GeoJSON of zones or lines; repeat it.")
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="A setting, as gap.min_gap_h=6; repeat it."),
    ] = None,
    form: FormatOption = Format.TABLE,
    column: ColumnOption = None,
    engine_: Annotated[
        EngineName,
        typer.Option("--engine", help="Where to work; spark takes a lake or an address."),
    ] = EngineName.LOCAL,
    plot: Annotated[
        Path | None, typer.Option(help="Draw one ship with its events on a coastline: ship.png.")
    ] = None,
    mmsi: Annotated[
        int | None,
        typer.Option(help="The ship to draw; else the one with the most events."),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Name the detectors with their settings.")
    ] = False,
) -> None:
    """Detect events (gaps, jumps, zone entries …) in AIS positions."""
    from masthead.tracks import engine
    from masthead.zones import read_zones

    if list_:
        list_detectors()
        return
    if not paths:
        raise typer.BadParameter("name AIS files or a lake, or use --list")
    zones: list[Zone] = [z for path in zone or () for z in read_zones(path)]
    settings: dict[str, dict[str, float]] = {}
    for item in set_ or ():
        settings_item(item, settings)
    chosen = [name.strip() for name in only.split(",")] if only else None
    engine.check_settings(chosen, settings)
    at_address = engine_ is EngineName.SPARK and len(paths) == 1 and "://" in paths[0]
    if at_address and plot is not None:
        raise typer.BadParameter("--plot draws from a lake in a folder")
    positions, said = (None, None) if at_address else positions_of(paths, columns_option(column))
    splits: list[Split] = []
    with progress_bar() as report:
        found = engine.detect(
            paths[0] if positions is None else positions,
            only=chosen,
            zones=zones,
            settings=settings,
            identities=said,
            engine=engine_.value,
            tell_split=splits.append,
            progress=lambda stage, done, total: report(f"detecting {stage}", done, total),
        )
    if plot is not None and positions is not None:
        draw_ship(positions, found, mmsi, plot)
    write_events(found, form)
    tell_split(splits[0])


def tell_split(split: Split) -> None:
    """Say how many MMSIs are more than one track, if any is."""
    if split.ships:
        remarks.print(
            f"{split.ships} MMSI{'s' if split.ships > 1 else ''} split into {split.tracks} tracks "
            f"({split.single} of a single position): one number was two ships, or false positions "
            "or noise. Their events say which track they are on.",
            markup=False, highlight=False,
        )  # fmt: skip


def draw_ship(
    positions: Lake | pl.DataFrame, found: Sequence[Event], mmsi: int | None, path: Path
) -> None:
    """Draw one ship's track with its events. Raises `MastheadError` if none can be chosen."""
    import polars as pl

    from masthead.tracks.lake import Lake
    from masthead.views.charts.track import busiest, draw_track

    ship = mmsi if mmsi is not None else busiest(found)
    if ship is None:
        raise MastheadError("no ship has an event; choose one with --mmsi")
    if isinstance(positions, Lake):
        positions = positions.scan().filter(pl.col("mmsi") == ship).collect()
    draw_track(positions, found, ship, path)
    remarks.print(f"drew {ship} to {path}", markup=False, highlight=False)


def positions_of(
    paths: list[str], columns: dict[str, str] | None
) -> tuple[Lake | pl.DataFrame, pl.DataFrame | None]:
    """A lake (which knows its ships), or the positions of all the files together, since one ship's
    track may lie in several, with what the ships said of themselves. Raises `MastheadError` for a
    lake beside other files."""
    import polars as pl

    from masthead.tracks.lake import Lake, is_lake
    from masthead.tracks.load import read_positions_and_static

    lakes = [name for name in paths if is_lake(name)]
    if lakes and len(paths) > 1:
        raise MastheadError(f"{lakes[0]}: is a lake; name it alone, or import the files into it")
    if lakes:
        return Lake(lakes[0]), None
    files = [read_positions_and_static(f, columns) for f in track_files(paths)]
    return pl.concat([f[0] for f in files]), pl.concat([f[1] for f in files])


def settings_item(item: str, settings: dict[str, dict[str, float]]) -> None:
    """Add `detector.setting=number` to the settings. Raises `typer.BadParameter`."""
    name, _, value = item.partition("=")
    detector, _, key = name.partition(".")
    try:
        settings.setdefault(detector.strip(), {})[key.strip()] = float(value)
    except ValueError as error:
        raise typer.BadParameter(f"'{item}' should read DETECTOR.SETTING=NUMBER") from error


def list_detectors() -> None:
    """Print each detector, what it finds, and its settings with their defaults; then those that
    several detectors share."""
    from masthead.tracks.engine import defaults_of, detectors
    from masthead.tracks.limits import SHARED, shared_doc

    told = {name: detector.summary for name, detector in sorted(detectors().items())}
    told |= {name: shared_doc(name).partition("\n")[0] for name in SHARED}
    for name, summary in told.items():
        results.print(name, style="bold cyan", highlight=False)
        results.print(f"  {summary}", markup=False, highlight=False)
        for key, value in defaults_of(name).items():
            results.print(f"  {name}.{key} = {value:g}", markup=False, highlight=False)
