"""Mutated and random inputs for each loader of reports: no crash, no hang, and every bad record is
counted with its reason. `benchmarks/fuzz_loaders.py` runs as many as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.report_inputs import SEEDS, run
from masthead.reports.load import load, load_text

QUICK = {"x.html": 250, "x.pdf": 250, "x.eml": 250, "x.mbox": 150}
"""Inputs of the loaders that take milliseconds each; the rest get a thousand. The thousand for
these are in the benchmark."""


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_inputs(name: str, tmp_path: Path) -> None:
    outcome = run(name, range(QUICK.get(name, 1000)), tmp_path)
    assert outcome.crashes == []
    assert outcome.unreadable == 0 or name in ("x.csv", "x.tsv")
    assert outcome.documents > 0
    assert outcome.rejects.total() > 0


@pytest.mark.parametrize("name", SEEDS)
def test_seeds_are_sound(name: str, tmp_path: Path) -> None:
    from fuzz.report_inputs import COLUMNS, Outcome, check

    for seed in SEEDS[name]:
        path = tmp_path / name
        path.write_bytes(seed)
        outcome = Outcome()
        check(path, outcome, COLUMNS if name in ("x.csv", "x.tsv") else None)
        assert not outcome.rejects
        assert outcome.documents


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_string_is_a_document(text: str) -> None:
    assert "\0" not in load_text(text).text


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SEEDS)), st.binary(max_size=300))
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    assert list(load(path))
