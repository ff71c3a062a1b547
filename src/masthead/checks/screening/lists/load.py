"""A watch list of the user's, a file or a folder, to entries, with what it can be cited by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from masthead.checks.screening.entries import ListEntry, Rejects
from masthead.checks.screening.lists.cache import recall, store
from masthead.checks.screening.lists.eu import load_eu
from masthead.checks.screening.lists.ftm_csv import load_ftm_csv
from masthead.checks.screening.lists.ftm_json import load_ftm_json
from masthead.checks.screening.lists.layout import Layout, layout_of
from masthead.checks.screening.lists.ofac_advanced import load_ofac_advanced
from masthead.checks.screening.lists.ofac_csv import load_ofac_csv
from masthead.checks.screening.lists.ofac_xml import load_ofac_xml
from masthead.checks.screening.lists.own import load_own
from masthead.checks.screening.lists.uk import load_uk
from masthead.errors import SourceError

_COMPANIONS: dict[Layout, str] = {
    "ofac alt": "alt", "ofac add": "add", "ofac comments": "comments",
}  # fmt: skip
_WORDS: dict[Layout, str] = {"ofac sdn": "ofac", "ofac xml": "ofac", "ofac advanced": "ofac",
                             "ftm json": "ftm", "ftm csv": "ftm"}  # fmt: skip
_NAMES = {"ofac": "OFAC", "ftm": "OpenSanctions", "eu": "EU", "uk": "UK"}
_SINGLE = {"eu": load_eu, "uk": load_uk, "own": load_own, "ftm json": load_ftm_json,
           "ftm csv": load_ftm_csv, "ofac xml": load_ofac_xml,
           "ofac advanced": load_ofac_advanced}  # fmt: skip


@dataclass(frozen=True)
class WatchedList:
    """One list, read. `version` is the date it gives for itself (None if none); `digest` the
    SHA-256 of its file (of its files' digests, if several), `mtime` the latest of them, UTC."""

    name: str
    format: str
    paths: tuple[Path, ...]
    version: date | None
    digest: str
    mtime: datetime
    entries: tuple[ListEntry, ...]
    rejects: tuple[Rejects, ...]

    @property
    def day(self) -> date:
        """The day that the list speaks of: its own date, or else its file's."""
        return self.version or self.mtime.date()


def load_lists(
    path: Path, name: str | None = None, form: str = "auto", *, cache: bool = True
) -> list[WatchedList]:
    """The lists of a file or folder; OFAC's CSV files together are one. `form` is "own", "ofac",
    "ftm", "eu", "uk", or "auto" to tell by content; a file of another format than said is an
    error, as is a folder without any list. Raises `SourceError`."""
    try:
        found = _files(path)
        groups = _groups(path, found, form)
        lists = [_load(layout, paths, name, cache) for layout, paths in groups]
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror or error})") from error
    if len(lists) > 1 and name:
        lists = [_renamed(one, f"{name} ({one.paths[0].name})") for one in lists]
    return lists


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))


def _groups(path: Path, files: list[Path], form: str) -> list[tuple[Layout, dict[str, Path]]]:
    layouts = {file: layout_of(file) for file in files}
    if not path.is_dir():
        layout = layouts[path]
        if layout is None and form == "own":
            layout = "own"
        if layout in _COMPANIONS:
            raise SourceError(path, "goes with an SDN.CSV; name that file, or its folder")
        if layout is None:
            raise SourceError(
                path, "is no list Masthead knows (OFAC CSV or XML, OpenSanctions JSON lines or "
                "simple CSV, EU CSV, UK CSV, or a CSV with a column name, imo, mmsi or call_sign)"
            )  # fmt: skip
        if form not in ("auto", word := _WORDS.get(layout, layout)):
            raise SourceError(path, f"is of format '{word}', not '{form}'; leave 'format' out")
    groups: list[tuple[Layout, dict[str, Path]]] = []
    for file, layout in layouts.items():
        if layout is None or layout in _COMPANIONS or form not in (
            "auto", _WORDS.get(layout, layout)
        ):  # fmt: skip
            continue
        parts = {"sdn" if layout == "ofac sdn" else "file": file}
        if layout == "ofac sdn":
            parts |= _companions(file)
        groups.append((layout, parts))
    if not groups:
        raise SourceError(path, "holds no list Masthead knows")
    return groups


def _companions(sdn: Path) -> dict[str, Path]:
    """The ALT, ADD and comments files beside an SDN file, matched by the beginning of the name
    where a folder holds both the SDN and the consolidated ones."""
    prefix = "cons" if sdn.name.casefold().startswith("cons") else ""
    found = {}
    for file in sorted(sdn.parent.iterdir()):
        if not file.is_file() or file.suffix.casefold() != ".csv":
            continue
        if file.name.casefold().startswith("cons") != bool(prefix):
            continue
        layout = layout_of(file)
        if layout in _COMPANIONS:
            found[_COMPANIONS[layout]] = file
    return found


def _load(layout: Layout, parts: dict[str, Path], name: str | None, cache: bool) -> WatchedList:
    digests = [_digest(file) for file in parts.values()]
    digest = digests[0] if len(digests) == 1 else _of(digests)
    parsed = recall(layout, digest) if cache else None
    if parsed is None:
        parsed = load_ofac_csv(parts) if layout == "ofac sdn" else _SINGLE[layout](parts["file"])
        if cache:
            store(layout, digest, parsed)
    word = _WORDS.get(layout, layout)
    first = next(iter(parts.values()))
    return WatchedList(
        name=name or _NAMES.get(word, first.name), format=word, paths=tuple(parts.values()),
        version=parsed.version, digest=digest, entries=tuple(parsed.entries),
        rejects=tuple(r for r in parsed.rejects if r.count),
        mtime=datetime.fromtimestamp(max(f.stat().st_mtime for f in parts.values()), UTC),
    )  # fmt: skip


def _renamed(one: WatchedList, name: str) -> WatchedList:
    return WatchedList(**{**vars(one), "name": name})


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _of(digests: list[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()
