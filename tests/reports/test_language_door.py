"""Which texts the door lets in, and what is said of those that it does not."""

from __future__ import annotations

import pytest

from masthead.model import Document
from masthead.reports.formats.language import detect_language
from masthead.reports.reader import read_document


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("LA MARINE A ARRAISONNÉ UN CARGO AU LARGE DE BREST ET L'A CONDUIT DANS LE PORT", "fr"),
        ("LA ARMADA DETUVO UN BUQUE EN EL CARIBE Y LO LLEVÓ AL PUERTO DE CARTAGENA", "es"),
        ("DIE MARINE HAT DEN TANKER IN DER OSTSEE GESTOPPT UND IN DEN HAFEN GEBRACHT", "de"),
        ("海军星期一在海峡扣押了一艘油轮", "zh"),
        ("海軍がタンカーを拿捕した", "ja"),
        ("해군이 유조선을 나포했다", "ko"),
    ],
)
def test_capitals_and_east_asian_scripts_are_refused_by_name(text: str, language: str) -> None:
    reading = read_document(Document(id="d", text=text))
    assert reading.kind == "refused"
    assert reading.refused is not None
    assert repr(language) in reading.refused


@pytest.mark.parametrize(
    "text",
    [
        "NAVAREA IX 12/26. GULF OF OMAN. GUNNERY 021200Z TO 031800Z IN 24-30N 058-20E.",
        "THE NAVY SEIZED THE TANKER IN THE GULF AND TOOK IT TO PORT",
        "Tanker seized off Fujairah",
    ],
)
def test_english_and_notices_in_capitals_are_let_in(text: str) -> None:
    assert detect_language(text) in ("en", None)
    assert read_document(Document(id="d", text=text)).kind != "refused"
