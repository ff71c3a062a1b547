"""The table of export formats. A new one is a module beside this with a `write` function, and a
line in `FORMATS`; docs/exports.md and the tests go by this table."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

from masthead.errors import MastheadError
from masthead.views.export import csv_table, ftm, geojson, geopackage, kml, plover, web_annotations
from masthead.views.export.content import Content

TextWriter = Callable[[Content, frozenset[str], TextIO], None]
FileWriter = Callable[[Content, frozenset[str], Path], None]


@dataclass(frozen=True)
class Format:
    """A format: its name, the usual ending of its files, what it can hold, and what it holds
    unless told otherwise. `one` is true where a file holds only one of them, `binary` where the
    writer wants a file's path instead of a stream of text."""

    name: str
    suffix: str
    label: str
    holds: tuple[str, ...]
    default: tuple[str, ...]
    write: TextWriter | FileWriter
    one: bool = False
    binary: bool = False


_ALL = ("events", "incidents", "ships", "tracks", "zones", "marks")
_DRAWN = ("events", "incidents", "zones", "tracks")

FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("geojson", ".geojson", "GeoJSON (RFC 7946)", _DRAWN, _DRAWN[:3], geojson.write),
        Format("csv", ".csv", "CSV, one table", _ALL, ("events",), csv_table.write, one=True),
        Format("ftm", ".ftm.json", "FollowTheMoney entities, JSON lines",
               ("events", "incidents", "ships"), ("events", "incidents", "ships"), ftm.write),
        Format("kml", ".kml", "KML 2.2, for Google Earth", _DRAWN, _DRAWN[:3], kml.write),
        Format("gpkg", ".gpkg", "GeoPackage, for QGIS", _ALL, _ALL, geopackage.write, binary=True),
        Format("plover", ".csv", "PLOVER rows: who did what to whom", ("events",), ("events",),
               plover.write),
        Format("annotations", ".jsonld", "W3C Web Annotations, JSON-LD", ("events",), ("events",),
               web_annotations.write),
    )
}  # fmt: skip
"""The formats, by name."""


def export(
    content: Content, name: str, out: str | Path, what: frozenset[str] | None = None
) -> None:
    """Write a case to a file, whole or not at all; "-" is standard output.

    `what` names what to take, of what the format holds. Raises `MastheadError` for what it cannot
    hold, and for a file that cannot be written or is one of the case's own."""
    form = FORMATS[name]
    chosen = _chosen(form, what)
    if str(out) == "-":
        if form.binary:
            raise MastheadError(f"--out -: {form.label} is a file; name one (case{form.suffix})")
        cast(TextWriter, form.write)(content, chosen, sys.stdout)
        return
    path = Path(out)
    _refuse_own(content, path)
    beside = path.with_name(f".{os.getpid()}.{path.stem}{form.suffix}")
    try:
        try:
            if form.binary:
                cast(FileWriter, form.write)(content, chosen, beside)
            else:
                with beside.open("w", encoding="utf-8", newline="\n") as stream:
                    cast(TextWriter, form.write)(content, chosen, stream)
            beside.replace(path)
        except OSError as error:
            raise MastheadError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        beside.unlink(missing_ok=True)


def _chosen(form: Format, what: frozenset[str] | None) -> frozenset[str]:
    if what is None:
        return frozenset(form.default)
    wrong = sorted(what - set(form.holds))
    if wrong:
        raise MastheadError(f"--what {','.join(wrong)}: {form.name} holds {', '.join(form.holds)}")
    if not what or (form.one and len(what) > 1):
        raise MastheadError(f"--what: {form.name} holds one of {', '.join(form.holds)} a file")
    return what


def _refuse_own(content: Content, path: Path) -> None:
    """An export must not replace what the case lives from."""
    case = content.case
    own = [case.path, case.ledger_path, *(case.resolve(r.path) for r in case.reports),
           *(case.resolve(t.path) for t in case.tracks),
           *(case.resolve(z.file) for z in case.zone_sources if z.file)]  # fmt: skip
    target = path.resolve()
    if target in {p.resolve() for p in own} or target.is_relative_to(case.lake_path.resolve()):
        raise MastheadError(f"{path}: is a file of the case; name another file for the export")
    if path.is_dir():
        raise MastheadError(f"{path}: is a folder; name a file in it")
