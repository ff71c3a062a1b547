"""A case in Python: `masthead.open("CASE.toml")` gives its ledger as Polars frames.

Everything is read when it is first asked for, then kept; the ledger is opened for reading only. In
a notebook the case shows itself with a map and its incidents, without any request to the net.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType

import polars as pl

from masthead.case import load_case
from masthead.model import Document, Event, parse_utc
from masthead.tracks.lake import Lake, is_lake
from masthead.tracks.positions import SCHEMA
from masthead.views.export import Content
from masthead.views.export.columns import Columns, Row
from masthead.views.export.flat import stamp
from masthead.views.export.formats import export
from masthead.views.export.tables import TABLES, rows_of
from masthead.views.portrait import BriefPage, portrait
from masthead.watch import ledger_of

Moment = datetime | str
_TYPES: dict[type, pl.DataType] = {
    str: pl.String(), int: pl.Int64(), float: pl.Float64(), datetime: pl.Datetime("ms", "UTC"),
}  # fmt: skip


class OpenCase:
    """An open case. The columns of its frames are those of `masthead export` (docs/exports.md),
    times UTC, coordinates degrees. Close it with `close`, or use it in a `with` statement."""

    def __init__(self, path: str | Path) -> None:
        self.case = load_case(path)
        self._ledger = ledger_of(self.case)
        self._content = Content(self.case, self._ledger)

    @cached_property
    def events(self) -> pl.DataFrame:
        """Every event that stands: who did what to which ship, who says so, and where it is
        written or seen."""
        return self._table("events")

    @cached_property
    def incidents(self) -> pl.DataFrame:
        """What many reports tell of one thing done to one ship, with the tracks' finding."""
        return self._table("incidents")

    @cached_property
    def verdicts(self) -> pl.DataFrame:
        """The reasons of the findings: one row a reason, with its likelihood ratio and the track
        events that show it."""
        found = self._content.verdicts
        rows = [
            {"incident": i, "finding": str(v.finding), "probability": v.probability,
             "mmsi": v.mmsi, "test": r.test, "reason": r.text, "ratio": r.ratio,
             "events": list(r.events)}
            for i, v in found.items() for r in v.reasons
        ]  # fmt: skip
        return pl.DataFrame(rows, schema={
            "incident": pl.String, "finding": pl.String, "probability": pl.Float64,
            "mmsi": pl.Int64, "test": pl.String, "reason": pl.String, "ratio": pl.Float64,
            "events": pl.List(pl.String),
        })  # fmt: skip

    @cached_property
    def ships(self) -> pl.DataFrame:
        """What ships said of themselves, a row a fact."""
        return self._table("ships")

    @cached_property
    def marks(self) -> pl.DataFrame:
        """The analyst's marks that stand, with their times."""
        return self._table("marks")

    @cached_property
    def zones(self) -> pl.DataFrame:
        """The zones watched, their `geometry` as GeoJSON."""
        import json

        geometry = [json.dumps(zone.geometry) for zone in self._content.zones]
        return self._table("zones").with_columns(pl.Series("geometry", geometry, dtype=pl.String))

    @cached_property
    def documents(self) -> pl.DataFrame:
        """The documents, with their texts and the number of events read in each."""
        counts: dict[str, int] = {}
        for name in self.events["document"].drop_nulls():
            counts[name] = counts.get(name, 0) + 1
        rows = [
            {"name": d.id, "title": d.title, "date": d.date, "outlet": d.outlet,
             "language": d.language, "url": d.url, "events": counts.get(d.id, 0), "text": d.text,
             "sha256": d.digest}
            for d in self._content.documents.values()
        ]  # fmt: skip
        return pl.DataFrame(rows, schema={
            "name": pl.String, "title": pl.String, "date": pl.Datetime("ms", "UTC"),
            "outlet": pl.String, "language": pl.String, "url": pl.String, "events": pl.Int64,
            "text": pl.String, "sha256": pl.String,
        })  # fmt: skip

    def positions(
        self,
        mmsi: int | Sequence[int] | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
    ) -> pl.LazyFrame:
        """The positions of one ship, of several or of all, from `since` to `until` (both UTC, both
        included), as a lazy frame: `.collect()` reads them. Speeds are knots, angles degrees."""
        if not is_lake(self.case.lake_path):
            return pl.LazyFrame(schema=SCHEMA)
        first, last = _moment(since), _moment(until)
        lake = Lake(self.case.lake_path)
        days = [d for d in lake.days() if (first is None or d >= first.date())
                and (last is None or d <= last.date())]  # fmt: skip
        found = lake.scan(days)
        if mmsi is not None:
            found = found.filter(pl.col("mmsi").is_in([mmsi] if isinstance(mmsi, int) else mmsi))
        if first is not None:
            found = found.filter(pl.col("t") >= first)
        if last is not None:
            found = found.filter(pl.col("t") <= last)
        return found.sort("mmsi", "t")

    def event(self, id_: str) -> Event:
        """The whole record of an event, by its id or the beginning of it."""
        return self._ledger.event(id_)

    def document(self, name: str) -> Document:
        """A document by its name, with the text that all offsets count in."""
        return self._ledger.document(name)

    def brief(self) -> BriefPage:
        """The brief of the case: Markdown as text, drawn in a notebook."""
        return BriefPage(self.case, self._ledger)

    def export(self, form: str, out: str | Path, what: Iterable[str] | None = None) -> None:
        """Write the case as `masthead export` does."""
        export(self._content, form, out, None if what is None else frozenset(what))

    def close(self) -> None:
        """Give the ledger back."""
        self._ledger.close()

    def __enter__(self) -> OpenCase:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<case {self.case.title!r}, {self.case.path}>"

    def _repr_html_(self) -> str:
        return self._portrait

    @cached_property
    def _portrait(self) -> str:
        return portrait(self._content)

    def _table(self, name: str) -> pl.DataFrame:
        return frame(TABLES[name], rows_of(self._content, name))


def frame(columns: Columns, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows as a frame with typed columns; an empty text is missing."""
    listed = list(rows)
    return pl.DataFrame(
        {name: [_value(row.get(name)) for row in listed] for name in columns},
        schema={name: _TYPES[type_] for name, type_ in columns.items()},
    )


def _value(value: object) -> object:
    return None if value == "" else value


def _moment(moment: Moment | None) -> datetime | None:
    """A moment, or one in words; without a zone it is UTC. Raises `ValueError`."""
    if moment is None:
        return None
    return parse_utc(moment if isinstance(moment, str) else stamp(moment))
