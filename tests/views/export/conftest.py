"""Cases to export, and a case with its files written in every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from masthead.case import load_case
from masthead.ledger import Ledger
from masthead.views.export import FORMATS, Content, export
from ran_cases import hostile, three_reports

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def three() -> Iterator[Content]:
    yield from _content(three_reports())


@pytest.fixture(scope="session")
def worst() -> Iterator[Content]:
    yield from _content(hostile())


@pytest.fixture(params=["three", "worst"])
def anything(request: pytest.FixtureRequest) -> Content:
    content: Content = request.getfixturevalue(request.param)
    return content


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a content in a format; the file's path."""

    def made(content: Content, form: str, *what: str) -> Path:
        path = tmp_path / f"case{'-'.join(what)}{FORMATS[form].suffix}"
        export(content, form, path, frozenset(what) if what else None)
        return path

    return made


def _content(path: Path) -> Iterator[Content]:
    case = load_case(path)
    with Ledger.open(case.ledger_path, create=False, read_only=True) as ledger:
        yield Content(case, ledger)
