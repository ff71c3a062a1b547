"""The compiled reader of delimited text gives what Polars gives, whatever is in the fields."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from masthead.tracks.load import fast_table, table
from masthead.tracks.load.batch import Batch
from masthead.tracks.load.columns import find_layout
from masthead.tracks.load.fast_table import LEFT, READ, read_lines, roles_of
from masthead.tracks.load.static import merge_static
from masthead.tracks.load.streams import Block

HEADER = [
    "MMSI", "BaseDateTime", "LAT", "LON", "SOG", "COG", "Heading", "VesselName", "IMO", "Status",
    "Length", "Cargo",
]  # fmt: skip
MMSI = st.sampled_from(["211000001", "311000002", "0", "", "x", "211000001.0", " 211000001", "-7"])
TIME = st.sampled_from([
    "2026-03-01T00:00:05", "2026-03-01 23:59:59", "2024-02-29T12:00:00Z", "2026-02-29T12:00:00",
    "01/03/2026 00:00:05", "31/12/2025 23:59:59", "1896-01-01T00:00:00", "2026-03-01T00:00:60",
    "2026-13-01T00:00:05", "2026-03-01T00:00:05.250Z", "1772323205", "", "yesterday",
    "2026-03-01 00:00:05Z", "2026-03-01T24:00:00", "0000-01-01T00:00:00",
])  # fmt: skip
NUMBER = st.one_of(
    st.sampled_from(
        ["", '"4.5"', '""', "91.0", "181", "-0", "5.", ".5", "1e1", "nan", "+3", " 4", "-", "102.3"]
    ),
    st.floats(-200, 200, allow_nan=False).map(lambda x: f"{x:.5f}"),
    st.integers(-200, 200).map(str),
    st.floats(-90, 90, allow_nan=False).map(repr),
)
WORDS = st.sampled_from([
    "", "GREEN HERON", "Blåmann", "0", "9074729", "IMO9074729", " x ", '"a,b"', '""', '"70"',
    'a"b"', '"a""b"', 'half"', "Under way using engine", "15", "3.7",
])  # fmt: skip
ROW = st.tuples(
    MMSI, TIME, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, WORDS, WORDS, WORDS, NUMBER, WORDS
).map(list)
CUT = st.sampled_from([None, None, None, 0, 3, 11])


def by_polars(lines: fast_table.Lines) -> fast_table.Lines:
    """The same lines, all of them left to Polars."""
    state = np.where(lines.state == READ, LEFT, lines.state).astype(np.uint8)
    none = np.zeros(0, np.int64)
    return fast_table.Lines(
        lines.starts, lines.fields, state, none, none, none, np.zeros((5, 0)),
        np.zeros((2, 0), np.int32), lines.examples, (none, none, none),
    )  # fmt: skip


def both_ways(text: str) -> tuple[Batch, Batch]:
    layout = find_layout(HEADER)
    assert layout is not None
    names = [f"{i}" for i in range(len(HEADER))]
    wanted = {field: names[HEADER.index(column)] for field, column in layout.columns.items()}
    how = table.Table(layout, ",", names, wanted)
    block = Block(text.encode(), 2)
    lines = read_lines(block.content, ",", roles_of(names, wanted))
    return table.batch_of(how, block, lines), table.batch_of(how, block, by_polars(lines))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(ROW, CUT), max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_same_as_polars(rows: list[tuple[list[str], int | None]], end: str, last: bool) -> None:
    text = end.join(",".join(row if cut is None else row[:cut]) for row, cut in rows)
    fast, slow = both_ways(text + (end if last else ""))
    assert fast.rows == slow.rows
    order = ["mmsi", "t", "lat", "lon", "sog", "cog", "heading", "status"]
    assert_frame_equal(fast.positions.sort(order), slow.positions.sort(order), check_exact=True)
    assert_frame_equal(merge_static(fast.static), merge_static(slow.static))
    why = ["where", "reason"]
    assert_frame_equal(
        fast.rejects.select(why).sort(why), slow.rejects.select(why).sort(why), check_exact=True
    )


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(1, 14))
def test_decimals_are_the_nearest_float(digits: int, after: int) -> None:
    text = f"{abs(digits):0{after + 1}d}"
    text = ("-" if digits < 0 else "") + text[:-after] + "." + text[-after:]
    content = np.frombuffer(text.encode(), np.uint8)
    good, value = fast_table._decimal(content, 0, content.size)
    assert value == float(text) if good else sum(c.isdigit() for c in text) > 15


def test_most_lines_are_read_at_once() -> None:
    row = "211000001,2026-03-01T00:00:05,30.5,-40.25,12.3,90.1,91.0,GREEN HERON,IMO9074729,0,180,70"
    names = [f"{i}" for i in range(len(HEADER))]
    lines = read_lines((row + "\n").encode() * 1000, ",", roles_of(names, {"mmsi": "0", "t": "1"}))
    assert lines.rows.size == 1000
    assert pl.Series(lines.t).unique().to_list() == [1_772_323_205_000]
