"""CSV and PLOVER: columns, cells that spreadsheets do not run, every position."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from masthead.tracks.lake import Lake
from masthead.views.export import Content, columns
from masthead.views.export.tables import TABLES
from masthead.views.visible import LONGEST_CELL, cell, visible

DOCS = Path(__file__).resolve().parents[3] / "docs"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("＝1", "'＝1"),
        ("Oman's navy", "Oman's navy"), ("", ""), ("a\x00b", "a\u2400b"),
        ("\u202eabc", "\ufffdabc"), ("\ud800", "\ufffd"), ("Málaga 海", "Málaga 海"),
    ],
)  # fmt: skip
def test_a_cell_is_shown_and_not_run(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_substitutes_keep_every_offset() -> None:
    text = "".join(map(chr, [*range(0x300), *range(0x2000, 0x2070), 0xD800, 0xFFFF, 0x1F6F3]))
    assert len(visible(text)) == len(text)
    assert visible(visible(text)) == visible(text)


def test_a_long_cell_is_cut_and_says_so() -> None:
    shown = cell("=" + "x" * 1_000_000)
    assert len(shown) <= LONGEST_CELL
    assert shown.endswith("[cut; 1,000,001 characters]")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_in_order(anything: Content, write, table: str) -> None:
    path = write(anything, "csv", table)
    assert next(csv.reader(path.open(encoding="utf-8"))) == list(TABLES[table])
    for row in rows(path):
        assert row["ledger_head"] == anything.head
        for name, value in row.items():
            if TABLES[table][name] is str:
                assert not value.startswith(("=", "+", "-", "@", "\t")), name


def test_every_column_is_documented() -> None:
    page = (DOCS / "exports.md").read_text("utf-8")
    for table in (*TABLES.values(), columns.TRACK, columns.PLOVER):
        for name in table:
            assert f"`{name}`" in page, name


def test_positions_are_all_there(three: Content, write) -> None:
    path = write(three, "csv", "tracks")
    found = pl.read_csv(path, try_parse_dates=True, schema_overrides={"status": pl.UInt8})
    wanted = Lake(three.case.lake_path).scan().collect().sort("t", "mmsi")
    found = found.sort("t", "mmsi")
    assert found["mmsi"].to_list() == wanted["mmsi"].to_list()
    assert found["t"].dt.epoch("ms").to_list() == wanted["t"].dt.epoch("ms").to_list()
    for name in ("lat", "lon"):
        assert (found[name] - wanted[name]).abs().max() < 1e-6  # type: ignore[operator]


def test_plover_has_a_row_for_each_pair(three: Content, write) -> None:
    found = rows(write(three, "plover"))
    pairs = sum(
        max(1, len(e.sources)) * max(1, len(e.targets) or len(e.objects))
        for e in three.events if e.act
    )  # fmt: skip
    assert len(found) == pairs > 0
    boarding = next(r for r in found if "Amber Tern" in r["actor2"])
    assert (boarding["event_type"], boarding["actor1_country"]) == ("COERCE", "XCA")
    assert boarding["reported_by"] == "two shipping sources"
