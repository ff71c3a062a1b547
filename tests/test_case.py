"""A case file: what is wrong with it is one line a problem, with the file and the line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from masthead.case import load_case
from masthead.errors import CaseError
from masthead.starter import write_starter

HEAD = '[case]\ntitle = "T"\n'


def write(folder: Path, text: str) -> Path:
    (folder / "reports").mkdir(exist_ok=True)
    (folder / "reports" / "a.txt").write_text("date 2024-04-13\n\nNothing happened.\n")
    path = folder / "case.toml"
    path.write_text(text)
    return path


def test_a_whole_case(tmp_path: Path) -> None:
    (tmp_path / "z.geojson").write_text(
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'
    )
    case = load_case(
        write(
            tmp_path,
            """
[case]
title = "Gulf"
from = 2024-04-10
until = 2024-04-20
region = [170.0, -10.0, -170.0, 10.0]
[[reports]]
path = "reports/*.txt"
columns = { text = "body" }
[[zones]]
file = "z.geojson"
[[zones]]
name = "Roads"
circle = { lat = 1.0, lon = 2.0, radius_nm = 5 }
[[zones]]
notice = "HYDROLANT 881/11"
[[ships]]
imo = 9074729
[detect]
only = ["gap"]
[detect.gap]
min_gap_h = 6
""",
        )
    )
    assert case.start == datetime(2024, 4, 10, tzinfo=UTC)
    assert case.until == datetime(2024, 4, 20, 23, 59, 59, tzinfo=UTC)
    assert [zone.name for zone in case.drawn_zones()] == ["z 1", "Roads"]
    assert case.detector_settings == {"gap": {"min_gap_h": 6}}
    assert case.only == ("gap",)
    assert case.name_of(tmp_path / "reports" / "a.txt") == "reports/a.txt"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[case]\ntitel = 'T'\n", "case.toml:2: unknown key 'titel' (did you mean 'title'?)"),
        ("[case]\n", "'case.title' is missing"),
        (HEAD + "[[reports]]\npth = 'x'\n", "case.toml:4: unknown key 'pth'"),
        (HEAD + "[[reports]]\npath = 'none.txt'\n", "case.toml:4: 'none.txt': no such file"),
        (HEAD + "[[reports]]\npath = 'reports/*.pdf'\n", "'reports/*.pdf' matches no file"),
        (HEAD + "from = 2024-04-10\nuntil = 2024-04-09\n", "until is before from"),
        (HEAD + "region = [0, 10, 5, -10]\n", "region is [west, south, east, north]"),
        (HEAD + "[[zones]]\nname = 'Z'\n", "exactly one of file, circle, notice"),
        (HEAD + "[[zones]]\nfile = 'z.geojson'\n", "'z.geojson': no such file"),
        (HEAD + "[[ships]]\nflag = 'PAN'\n", "a ship needs a name, imo, mmsi or call_sign"),
        (HEAD + "[detect]\nonly = ['gaps']\n", "gaps"),
        (HEAD + "[detect.gap]\nmin_gap = 6\n", "min_gap"),
        ("[case\n", "case.toml:1: is not TOML"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_case(write(tmp_path, text))
    assert said in str(caught.value)
    assert "case.toml" in str(caught.value)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    text = HEAD + "[[reports]]\npath = 'a'\n[[reports]]\npath = 'b'\n"
    with pytest.raises(CaseError) as caught:
        load_case(write(tmp_path, text))
    assert [line.split(": ")[0][-1] for line in str(caught.value).splitlines()] == ["4", "6"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not GeoJSON"),
        ("[]", "has no area or line"),
        ('{"type": "Point", "coordinates": [0, 0]}', "not a Point"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [9, 9], [9, 0], [0, 9], [0, 0]]]}',
         "crosses itself"),
        ('{"type": "LineString", "coordinates": [[0, 0], [999, 0]]}', "degrees"),
    ],
)  # fmt: skip
def test_a_wrong_zone_file(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "z.geojson").write_text(content)
    with pytest.raises(CaseError, match=r"z\.geojson") as caught:
        load_case(write(tmp_path, HEAD + "[[zones]]\nfile = 'z.geojson'\n"))
    assert said in str(caught.value)


def test_the_starter_is_a_case(tmp_path: Path) -> None:
    path = write_starter(tmp_path / "watch")
    assert load_case(path).title == "My first watch"
    with pytest.raises(CaseError, match="is there already"):
        write_starter(tmp_path / "watch")
