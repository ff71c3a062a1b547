"""The whole chain on five small crises: figures well below those of benchmarks/demo.py, so that a
part that breaks is seen here, and nothing is promised that a day of twenty ships cannot show."""

from __future__ import annotations

from collections import Counter

import pytest

from masthead.case import load_case
from masthead.checks import check
from masthead.checks.effectiveness import effectiveness
from masthead.ledger import Ledger
from masthead.ledger.merge import incidents_of
from masthead.score import score_case
from masthead.score.effectiveness import inside
from masthead.score.truths import read_passages
from masthead.sim.scenario import load_scenario, source_of
from masthead.sim.staging import simulate
from masthead.watch import run_case

pytestmark = pytest.mark.xdist_group("seeds")  # played once

SEEDS = range(1, 6)


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    total: Counter[str] = Counter()
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp("five") / "play"
        text = source_of("small")
        case = load_case(simulate(load_scenario("small"), folder, seed=seed, text=text).case)
        run_case(case)
        with Ledger.open(case.ledger_path, read_only=True) as ledger:
            incidents = incidents_of(ledger, case)
            verdicts = check(case, ledger, incidents)
            measured = effectiveness(case, list(ledger.events()), incidents, verdicts)
            score = score_case(case, ledger, incidents, verdicts, measured)
        assert measured is not None
        total["held"] += bool(inside(read_passages(folder), measured))
        for table in score.tables:
            row = table.total
            total.update({
                f"{table.title} true": row.true, f"{table.title} found": row.found,
                f"{table.title} hits": row.hits,
            })  # fmt: skip
            if table.title == "Verdicts":
                total.update({f"{true} {found}": n for (true, found), n in table.confusion.items()})
    return total


def rates(tally: Counter[str], title: str) -> tuple[float, float]:
    hits = tally[f"{title} hits"]
    return hits / tally[f"{title} found"], hits / tally[f"{title} true"]


def test_reports_are_read(tally: Counter[str]) -> None:
    precision, recall = rates(tally, "Reports")
    assert precision >= 0.85
    assert recall >= 0.9


def test_what_is_merged_belongs_together(tally: Counter[str]) -> None:
    precision, recall = rates(tally, "Merging")
    assert precision >= 0.95
    assert recall >= 0.5


def test_no_true_incident_is_contradicted(tally: Counter[str]) -> None:
    assert tally["true contradicted"] == 0
    assert tally["true corroborated"] >= 2


def test_the_true_share_stopped_is_where_it_is_said_to_be(tally: Counter[str]) -> None:
    assert tally["held"] >= 4
