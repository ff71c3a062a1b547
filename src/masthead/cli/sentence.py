"""One sentence, read and checked: the reading in a process of its own while the case is opened.

To load a parser takes as long as to open a ledger and its tracks, so on two cores the answer comes
in the time of the longer.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from masthead.case import Case
from masthead.errors import MastheadError
from masthead.judgement import Incident, Verdict

if TYPE_CHECKING:
    from masthead.reports.reader import Reading


def check_sentence(case: Case, text: str, day: datetime | None) -> list[tuple[Incident, Verdict]]:
    """The incidents that a text tells of, and the verdict on each. Raises `MastheadError` if it
    tells of none, or if the case was never run."""
    with _beside(case, text, day) as reading:
        from masthead.checks.checking import Checker
        from masthead.cli.cases import open_ledger
        from masthead.ledger.merge import merge

        with open_ledger(case) as ledger:
            checker = Checker(case, ledger)
            read = reading.result()
            incidents = merge(read.events, {read.document.id: read.document})
            if not incidents:
                reason = read.refused or "it tells of nothing done to a ship"
                raise MastheadError(f"--text: nothing to check: {reason}")
            verdicts = checker.verdicts(incidents)
    return [(incident, verdicts[incident.id]) for incident in incidents]


def read_sentence(case: Case, text: str, day: datetime | None) -> Reading:
    """The reading of a text: by the leading parser alone, and taken for English."""
    from masthead.reports.actor_tables.own import own_actors
    from masthead.reports.load import load_text
    from masthead.reports.parse import default_parser
    from masthead.reports.reader import ProseReader, read_documents

    document = load_text(text, date=day, language="en")
    reader = ProseReader([default_parser()])
    (reading,) = read_documents([document], actors=own_actors(case.actors), reader=reader)
    return reading


@contextmanager
def _beside(case: Case, text: str, day: datetime | None) -> Iterator[Future[Reading]]:
    """The reading, at work in a forked process where that is safe; else read here, at once."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    if not forks or threading.active_count() > 1:
        here: Future[Reading] = Future()
        here.set_result(read_sentence(case, text, day))
        yield here
        return
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        yield pool.submit(read_sentence, case, text, day)
