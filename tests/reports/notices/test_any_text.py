"""No text makes the notice grammars fail, hang, or point at words that are not there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.model import Document
from masthead.reports.notices import read_notices
from masthead.reports.places import find_place, find_places

SEEDS = (
    "141200Z MAY 24\nHYDROLANT 21/24(37).\nBAY OF BISCAY.\nDNC 08.\n1. GUNNERY EXERCISES "
    "0400Z TO 1600Z "
    "DAILY 17, 18 AND 20 THRU 22 MAY IN AREAS:\n   A. BOUND BY 46-10.0N 003-00.0W,\n   "
    "46-10.0N 003-20.0W, "
    "45-50.0N 003-20.0W.\n   B. WITHIN 5 MILES OF TRACKLINE JOINING 45-00N 003-00W, 45-10N "
    "003-30W.\n"
    "2. CANCEL HYDROLANT 9/24.\n3. CANCEL THIS MSG 221700Z MAY 24.//\nAuthority: AVURNAV "
    "BREST 7/24.\n",
    "151200Z MAY 24\nHYDROPAC 9/24(62).\nGULF OF ADEN.\nM/V RED PINE HIJACKED BY SIX ARMED "
    "PIRATES IN "
    "12-00N 045-00E AT 150300Z MAY. ONE VESSEL BOARDED AND TWO CREW MEMBERS KIDNAPPED.\n",
    "UKMTO WARNING 071-25 - ATTACK Report Date: 04 Feb 2025 Report Time: 1130UTC UKMTO has "
    "received a "
    "report of an incident 40NM east of Muscat, Oman. The Master of a tanker reported being "
    "hit by a drone.",
    "03.04.2016: 0215 LT: Posn: 01:11.5N – 103:37.2E, Around 2nm NW of Pulau Nipah, Indonesia.\n"
    "Four robbers armed with knives boarded an anchored bulk carrier and stole engine spares.\n",
)
PIECES = sorted({piece for seed in SEEDS for piece in re.findall(r"\S+\s*", seed)})


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A notice with pieces taken out, doubled, swapped, cut, or replaced by any text."""
    pieces = re.findall(r"\S+\s*", draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(pieces) - 1)))
        do = draw(st.sampled_from(("drop", "double", "swap", "text", "cut")))
        if do == "drop":
            del pieces[at : at + draw(st.integers(1, 8))]
        elif do == "double":
            pieces[at:at] = pieces[at : at + 6]
        elif do == "swap":
            pieces.insert(at, draw(st.sampled_from(PIECES)))
        elif do == "text":
            pieces.insert(at, draw(st.text(max_size=12)))
        elif pieces:
            pieces[at : at + 1] = [pieces[min(at, len(pieces) - 1)][: draw(st.integers(0, 4))]]
    return "".join(pieces)


def check(text: str) -> None:
    for event in read_notices(Document(id="n", text=text)) or ():
        event.verify(text)
    for (start, end), place in find_places(text):
        assert 0 <= start < end <= len(text)
        assert (place.lat is None) == (place.radius_m is None)


@settings(max_examples=600, deadline=None)
@given(mutated())
def test_mutated_notices(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)
    find_place(text)


HOSTILE = (
    "1-1 ",
    "1, ",
    " ",
    "\n",
    "A ",
    "A",
    "12-34.5N 123-45.6E, ",
    "ZCZC EA12\n",
    "CANCEL ",
    "1. X\n",
    "012345Z ",
    "01 AND ",
    "M/V A ",
    ". ",
    "M/V, ",
    "5NM north of ",
    "Al Bin De ",
    "VESSEL WAS ",
    "01.01.2015: 0100 LT: Posn: \n",
    "UKMTO WARNING 1-26\n",
    "HYDROLANT 1/20.\n",
)


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize(
    "head",
    [
        "HYDROLANT 1/20(1).\n",
        "UKMTO WARNING 1-26\nUKMTO has received a report ",
        "01.01.2015: 0100 LT: Posn: 01:11N - 103:37E, X\n",
    ],
)
def test_long_hostile_text_is_read_in_linear_time(head: str, piece: str) -> None:
    """A megabyte a grammar in all. A quadratic pattern would take hours here."""
    text = head + piece * (50_000 // len(piece))
    assert read_notices(Document(id="n", text=text)) is not None
