"""The date of a document: which words give it, and which source goes before which."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from masthead.model import Document
from masthead.reports.formats.dated import file_name_date, head_date
from masthead.reports.load import load, load_text

HEADS = [
    ("date 2024-04-13", "2024-04-13", "day"),
    ("Date: 2024-04-13 10:15", "2024-04-13T10:15", "minute"),
    ("date 2024-04-13T10:15:30+02:00", "2024-04-13T08:15:30", "second"),
    ("DATE: 13 APRIL 2024", "2024-04-13", "day"),
    ("Dated 13th of April 2024", "2024-04-13", "day"),
    ("**Published:** Saturday, April 13, 2024 at 3:05 pm", "2024-04-13T15:05", "minute"),
    ("Issued: 13 Apr 2024 1015 UTC", "2024-04-13T10:15", "minute"),
    ("Updated 13-Apr-2024 12:30 am", "2024-04-13T00:30", "minute"),
    ("Report Date: 6 May 2026\nReport Time: 0715UTC", "2026-05-06T07:15", "minute"),
    ("Report Date: 6 May 2026\n\nReport Time: 0715UTC", "2026-05-06T07:15", "minute"),
    ("WARNING 1 Report Date:26 May 2026 Report Time: 0945UTC", "2026-05-26T09:45", "minute"),
    ("date 2024-04-13 10:15 LT", "2024-04-13", "day"),
    ("040600Z MAY 26\nNAVAREA II 214/26.", "2026-05-04T06:00", "minute"),
    ("Saturday 13 April 2024", "2024-04-13", "day"),
    ("Headline\n\n13.04.2024", "2024-04-13", "day"),
    ("LONDON, April 13, 2024 (Wire) - Ships", "2024-04-13", "day"),
    ("Ponta Delgada, 13 April 2024 - Ships", "2024-04-13", "day"),
    ("date 20/08/1801", "1801-08-20", "day"),
    ("LONDON, April 13 (Wire) - Ships", None, None),
    ("date 03/04/2024", None, None),
    ("date of sailing: soon", None, None),
    ("On 13 April 2024 a ship was seen.", None, None),
    ("In June, 13 April 2024, the ship", None, None),
    ("13 April 2024 was a fine day", None, None),
    ("A ship.\n" * 20 + "date 2024-04-13", None, None),
]


@pytest.mark.parametrize(("head", "expected", "precision"), HEADS)
def test_head_lines(head: str, expected: str | None, precision: str | None) -> None:
    document = load_text(f"{head}\n\nA ship was seen on 1 May 1999.")
    moment = datetime.fromisoformat(expected).replace(tzinfo=UTC) if expected else None
    assert document.date == moment
    assert document.text.startswith(head)
    if precision:
        assert document.date_precision == precision
        assert document.meta == {"date_from": "head line"}


@pytest.mark.parametrize(
    "wrong", ["2024-02-31", "30 February 2024", "2024-13-01", "2024-04-13 25:00", "0000-01-01",
              "0001-01-01T00:00+14:00", "2024-04-13 10:00 +99:99"],
)  # fmt: skip
def test_a_date_that_is_not_in_the_calendar_is_not_guessed(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "2024-04-13_x.txt"
    path.write_text(f"date {wrong}\n\nA ship.")
    (document,) = load(path)
    assert isinstance(document, Document)
    assert document.date is None
    assert "date_from" not in document.meta
    assert str(document.meta["date_unread"]).startswith(wrong[:10])


def test_which_source_goes_first(tmp_path: Path) -> None:
    page = '<meta name="date" content="2022-02-02"><body><p>{}A ship.</p><p>Seen.</p>'
    cases = [
        ("2021-01-01.html", page.format("date 2023-03-03<br>"), "2024-04-04", "argument", 2024),
        ("2021-01-01.html", page.format("date 2023-03-03<br>"), None, "head line", 2023),
        ("2021-01-01.html", page.format(""), None, "metadata", 2022),
        ("2021-01-01.html", "<p>A ship.</p>", None, "file name", 2021),
        ("x.html", "<p>A ship.</p>", None, None, None),
    ]
    for name, content, given, origin, year in cases:
        path = tmp_path / name
        path.write_text(content)
        argument = datetime.fromisoformat(given).replace(tzinfo=UTC) if given else None
        (document,) = load(path, date=argument)
        assert isinstance(document, Document)
        assert document.meta.get("date_from") == origin
        assert (document.date.year if document.date else None) == year


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024-04-13_x.txt", "2024-04-13"), ("20240413-x.txt", "2024-04-13"),
        ("x_2024_04_13.csv", "2024-04-13"), ("20240413T1015.eml", "2024-04-13"),
        ("navwarn-1234567890.txt", None), ("2024-04.txt", None), ("20241301.txt", None),
        ("99999999.txt", None), ("", None),
    ],
)  # fmt: skip
def test_file_names(name: str, expected: str | None) -> None:
    found = file_name_date(name)
    assert (found.moment.date().isoformat() if found else None) == expected


def test_a_long_head_takes_no_longer() -> None:
    for piece in ("date ", "A, ", "( ", "13 April ", "Report Date: ", "9" * 50, "mon, ", ", 2024 "):
        head_date(piece * 20_000)
