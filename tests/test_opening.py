"""`masthead.open`: frames, read when asked for, from a ledger that cannot be written."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

import masthead
from masthead.errors import CaseError, LedgerError, MastheadError
from masthead.ledger.marks import MarkKind, add_mark
from masthead.tracks.lake import Lake
from masthead.tracks.positions import SCHEMA
from masthead.views.export.tables import TABLES
from masthead.views.opening import OpenCase
from ran_cases import hostile, three_reports


@pytest.fixture
def case() -> OpenCase:
    return masthead.open(three_reports())


def test_frames_are_typed(case: OpenCase) -> None:
    for name in ("events", "incidents", "ships"):
        frame = getattr(case, name)
        assert frame.columns == list(TABLES[name])
        assert frame.height > 0
    assert case.events.schema["earliest"] == pl.Datetime("ms", "UTC")
    claimed = case.events.filter(pl.col("said_by") == "two shipping sources")
    assert claimed["incident"].to_list() == ["boarding"]
    assert "" not in case.events["said_by"].to_list()


def test_incidents_and_verdicts(case: OpenCase) -> None:
    found = dict(case.incidents.select("ship_name", "finding").iter_rows())
    assert found["Amber Tern"] == "corroborated"
    assert found["Cedar Lark"] == "contradicted"
    reasons = case.verdicts.filter(pl.col("finding") == "corroborated")
    assert reasons.height > 1
    shown = {e for events in case.verdicts["events"] for e in events}
    assert shown
    assert shown <= set(case.events["id"])


def test_documents_and_zones(case: OpenCase) -> None:
    assert case.documents["events"].sum() == case.events["document"].is_not_null().sum()
    for row in case.events.filter(pl.col("document").is_not_null()).iter_rows(named=True):
        text = case.document(row["document"]).text
        assert text[int(row["start"]) : int(row["end"])] == row["evidence"]
    assert case.zones.columns == [*TABLES["zones"], "geometry"]
    assert masthead.open(hostile()).zones["geometry"].str.contains("MultiPolygon").to_list() == [
        True
    ]


def test_positions_are_lazy_and_narrowed(case: OpenCase) -> None:
    whole = Lake(case.case.lake_path).scan().collect()
    assert isinstance(case.positions(), pl.LazyFrame)
    assert case.positions().collect().height == whole.height
    day = case.positions(636021440, "2026-06-02", "2026-06-02T12:00").collect()
    wanted = whole.filter(
        (pl.col("mmsi") == 636021440)
        & (pl.col("t").dt.strftime("%F %T") >= "2026-06-02 00:00:00")
        & (pl.col("t").dt.strftime("%F %T") <= "2026-06-02 12:00:00")
    )
    assert day.height == wanted.height > 0
    assert case.positions([636021440, 353881270]).collect()["mmsi"].n_unique() == 2
    assert masthead.open(hostile()).positions().collect().schema == pl.Schema(SCHEMA)


def test_nothing_is_read_before_it_is_asked_for(case: OpenCase) -> None:
    assert not {"events", "incidents", "verdicts", "ships"} & set(vars(case))
    assert case.events is case.events


def test_it_cannot_write() -> None:
    with masthead.open(three_reports()) as case, pytest.raises(LedgerError, match="reading only"):
        add_mark(case._ledger, "x", MarkKind.STAR)


def test_a_case_that_was_not_run_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text('[case]\ntitle = "x"\n')
    with pytest.raises(MastheadError, match=rf"first run: masthead run {re.escape(str(path))}"):
        masthead.open(path)
    assert not path.with_suffix(".ledger").exists()
    with pytest.raises(CaseError, match="cannot be read"):
        masthead.open(tmp_path / "none.toml")


def test_it_shows_itself_without_the_net(case: OpenCase) -> None:
    page = case._repr_html_()
    assert page.count("data:image/png;base64,") == 1
    assert "Amber Tern" in page
    assert "contradicted" in page
    assert not re.search(r"https?://|<script|<link|<iframe", page)
    assert "Three reports" in repr(case)


def test_hostile_words_are_shown_as_text() -> None:
    with masthead.open(hostile()) as case:
        page = case._repr_html_()
        brief = case.brief()._repr_markdown_()
    tags = set(re.findall(r"<\s*([a-zA-Z!/]+)", page))
    assert tags <= {"div", "h", "p", "img", "table", "tr", "th", "td", "code",
                    "/div", "/h", "/p", "/table", "/tr", "/th", "/td", "/code"}  # fmt: skip
    assert page.count("<img") == 1
    assert len(page) < 2_000_000
    assert not set("\x00\x07\x1b\u202e\u2066") & set(page + brief)


def test_the_brief_is_markdown(case: OpenCase) -> None:
    assert str(case.brief()).startswith("# Three reports")


def test_export_from_python(case: OpenCase, tmp_path: Path) -> None:
    case.export("csv", tmp_path / "x.csv", ["incidents"])
    assert pl.read_csv(tmp_path / "x.csv").height == case.incidents.height
