"""GLiNER2 as a finder of ships' names: a stub in place of the package, honest and not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

import masthead
from masthead.errors import MastheadError
from masthead.reports import gazetteer
from masthead.reports.backends.names import PIECE, GlinerNames

TOLD: list[Any] = []


class Model:
    """Finds "Cormorant" wherever it stands, as GLiNER2 would tell it, and what `TOLD` holds."""

    @classmethod
    def from_pretrained(cls, name: str) -> Model:
        if name == "missing":
            raise OSError("no such folder")
        return cls()

    def extract_entities(self, text: str, labels: dict[str, str], **options: Any) -> dict[str, Any]:
        assert options["include_spans"]
        at = text.find("Cormorant")
        honest = [{"text": "Cormorant", "start": at, "end": at + 9, "confidence": 0.9}]
        return {"entities": {next(iter(labels)): (honest if at >= 0 else []) + TOLD}}


@pytest.fixture(autouse=True)
def package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stub = ModuleType("gliner2")
    stub.GLiNER2 = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gliner2", stub)
    TOLD.clear()
    yield
    gazetteer.use_names(None)


SENTENCE = "Iran released Cormorant on Sunday."


def test_a_name_that_stands_alone_becomes_a_ship() -> None:
    gazetteer.use_names(GlinerNames())
    (event,) = masthead.read(SENTENCE, date="2024-05-06")
    assert [v.name for v in event.objects] == ["Cormorant"]


def test_names_are_found_in_every_piece_of_a_long_text() -> None:
    text = "x" * (PIECE + 10) + " Cormorant"
    (ship,) = GlinerNames().ships(text)
    assert text[slice(*ship.span)] == "Cormorant"


@pytest.mark.parametrize(
    "told",
    ["Cormorant", {"text": "Heron", "start": 0, "end": 5}, {"text": "Iran", "start": -4, "end": 4},
     {"text": "", "start": 3, "end": 3}, {"start": 0, "end": 4}, None],
)  # fmt: skip
def test_what_does_not_stand_there_is_no_name(told: Any) -> None:
    TOLD.append(told)
    assert [f.vessel.name for f in GlinerNames().ships(SENTENCE)] == ["Cormorant"]


def test_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MastheadError, match="cannot load the model 'missing'"):
        GlinerNames("missing")
    monkeypatch.setitem(sys.modules, "gliner2", None)
    with pytest.raises(MastheadError, match="not installed"):
        GlinerNames()
