"""The whole score of a case whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from masthead.case import Case
from masthead.checks import check
from masthead.checks.effectiveness import Effectiveness, effectiveness
from masthead.judgement import Incident, Verdict
from masthead.ledger import Ledger
from masthead.ledger.merge import incidents_of
from masthead.model import Event
from masthead.score.definitions import Definitions
from masthead.score.effectiveness import score_effectiveness
from masthead.score.figures import Table
from masthead.score.merging import score_merging
from masthead.score.reports import Names, score_reports
from masthead.score.tracks import score_tracks
from masthead.score.truths import (
    read_happenings,
    read_passages,
    read_sides,
    read_spots,
    read_tellings,
)
from masthead.score.verdicts import score_verdicts
from masthead.sim.truth import Happening, Telling


@dataclass(frozen=True)
class Score:
    """The tables of a score, and what of the truth could be known at all: of all happenings, how
    many were `told` truly, how many were `receivable`, how many were neither."""

    title: str
    happenings: int
    told: int
    receivable: int
    neither: int
    tables: tuple[Table, ...]


def score_case(
    case: Case,
    ledger: Ledger,
    incidents: Sequence[Incident] | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
    measured: Effectiveness | None = None,
) -> Score:
    """The score of a case by its ledger, against `truth.jsonl` and `tellings.jsonl` beside its
    file; of these incidents, verdicts and measures if they were worked out already. Raises
    `SourceError` where there is no truth."""
    folder = Path(case.path).parent
    if incidents is None:
        incidents = incidents_of(ledger, case)
    if verdicts is None:
        verdicts = check(case, ledger, incidents)
    events = list(ledger.events())
    score = score_events(
        case.title,
        read_happenings(folder),
        read_tellings(folder),
        events,
        read_sides(folder),
        incidents,
        verdicts,
        Definitions(case.detector_settings, read_spots(folder)),
    )
    passages = read_passages(folder)
    if passages and measured is None:
        measured = effectiveness(case, events, incidents, verdicts)
    if passages and measured is not None:
        return replace(score, tables=(*score.tables, score_effectiveness(passages, measured)))
    return score


def score_events(
    title: str,
    happenings: Sequence[Happening],
    tellings: Sequence[Telling],
    events: Sequence[Event],
    sides: Names | None = None,
    incidents: Sequence[Incident] = (),
    verdicts: Mapping[str, Verdict] | None = None,
    definitions: Definitions | None = None,
) -> Score:
    """The score of events, of the incidents merged of them, and of the verdicts on those, against
    what happened and what was told."""
    truly = {t.happening for t in tellings if t.truthful == "true"}
    told = [h.id in truly for h in happenings]
    received = [bool(h.receivable) for h in happenings]
    tables = [score_tracks(happenings, events, definitions=definitions)]
    if tellings:
        tables.insert(0, score_reports(tellings, events, sides))
    if tellings and incidents:
        tables.append(score_merging(happenings, tellings, events, incidents))
        if verdicts:
            tables.append(score_verdicts(tellings, events, incidents, verdicts))
    return Score(
        title,
        len(happenings),
        sum(told),
        sum(received),
        sum(not (a or b) for a, b in zip(told, received, strict=True)),
        tuple(tables),
    )
