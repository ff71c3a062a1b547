"""The goals of the notice grammars on the development data (skipped where it is not there)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).resolve().parents[3] / "benchmarks" / "notices.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_notices", BENCHMARK)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not module.REPORTS.is_dir():
        pytest.skip(f"{module.REPORTS} is not there: the development data is not in the repository")
    return module


def share(pair: list[int]) -> float:
    return pair[0] / pair[1]


def test_geometry(bench: ModuleType) -> None:
    found = bench.geometry()
    assert share(found["single points within 0.001 degree"]) == 1.0
    assert share(found["areas and lines as drawn"]) >= 0.95


def test_issue_cancel_and_no_false_alarm(bench: ModuleType) -> None:
    found = bench.heads()
    assert share(found["issue time"]) >= 0.98
    assert share(found["cancel time"]) >= 0.98
    assert found["acts against ships out of 600 exercise and other warnings"] == []


def test_imb(bench: ModuleType) -> None:
    found = bench.imb()
    assert share(found["position"]) >= 0.99
    assert share(found["date and time"]) >= 0.99


def test_ukmto(bench: ModuleType) -> None:
    found = bench.ukmto()
    assert share(found["incident type"]) == 1.0
    assert share(found["placed, and at sea"]) == 1.0
