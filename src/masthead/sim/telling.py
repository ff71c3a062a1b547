"""Who tells what of a blockade, when, and how truly.

Each day has its news: the few deeds of the day before that somebody hears of. Outlets make
dispatches of them, hours later: the navy what it is proud of, the other side's ministry what it
condemns and denies, a wire agency what both say, a port's agent what becomes of ships, a watch what
masters report; others repeat the wire, and a share of what is told is false: another place, ship or
day, a deed that never was. `[words]` of the scenario sets how much of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

import numpy as np

from masthead.sim.scenario import Scenario
from masthead.sim.truth import Happening, Ship
from masthead.sim.wording.documents import Draft
from masthead.sim.wording.newsdesk import WORTH
from masthead.sim.wording.notices import TITLES
from masthead.sim.wording.outlets import Outlets
from masthead.sim.wording.settings import words_of

TURNS = {"communique": 3.0, "ministry": 3.0, "report": 1.5, "agent": 1.0, "wire": 0.5}
"""How soon each outlet's turn comes on a day, as weights."""


def drafts(
    scenario: Scenario, ships: Sequence[Ship], happenings: Sequence[Happening], seed: int
) -> list[Draft]:
    """The dispatches of a play, in order of date; none without a blockade."""
    if scenario.blockade is None or not any(h.incident == "blockade" for h in happenings):
        return []
    newsroom = Newsroom(scenario, words_of(scenario), ships, happenings, seed)
    return sorted(newsroom.all(), key=lambda d: (d.date, d.stem))


class Newsroom(Outlets):
    """The plan of the days."""

    def all(self) -> Iterator[Draft]:
        """Every dispatch."""
        made: list[Draft] = []
        made += self.first_day()
        if self.lifted is not None and self.lifted.start + timedelta(hours=6) < self.end:
            made.append(self.last_word())
        days = [(day, news, self._turns()) for day, news in self._days()]
        for turn in range(len(TURNS) + 1):
            for day, news, turns in days:
                for draft in self._written(turns[turn - 1] if turn else "wire", day, news):
                    if len(made) < self.words.dispatches and draft.date < self.end:
                        made.append(draft)
        yield from _one_stem_each(made)

    def _days(self) -> list[tuple[datetime, list[Happening]]]:
        """The moments at which the news is taken, with what happened since the one before: each
        morning; every few hours in a play of hours."""
        first = self.declared.start
        whole = (self.end - first).total_seconds() / 3600.0
        period = timedelta(hours=24.0 if whole >= 72.0 else max(2.0, whole / 4.0))
        late = min(timedelta(hours=self.words.late_h[0]), period / 2)
        at = first + period
        if period >= timedelta(hours=24):
            at = datetime.combine(first.date() + timedelta(days=1), time(6), first.tzinfo)
        days = []
        while at < self.end:
            fresh = [h for h in self.news if timedelta() < at - late - h.start <= period]
            if fresh:
                days.append((at, self._chosen(fresh)))
            at += period
        return days

    def _chosen(self, fresh: Sequence[Happening]) -> list[Happening]:
        weights = np.array([WORTH[h.incident] for h in fresh])
        size = min(self.words.news_per_day, len(fresh))
        taken = self.dice.choice(len(fresh), size, replace=False, p=weights / weights.sum())
        return sorted((fresh[int(i)] for i in taken), key=lambda h: -WORTH[h.incident])

    def _turns(self) -> list[str]:
        """In which order a day's outlets write, after the wire."""
        chances = np.array(list(TURNS.values()))
        order = self.dice.choice(len(TURNS), len(TURNS), replace=False, p=chances / chances.sum())
        return [list(TURNS)[int(i)] for i in order]

    def _written(self, kind: str, day: datetime, news: list[Happening]) -> Iterator[Draft]:
        """What an outlet writes of a day; nothing where it has nothing to tell."""
        low, high = self.words.late_h
        longest = min(high - low, (self.end - day).total_seconds() / 3600.0 * 0.8)
        at = day + timedelta(hours=float(self.dice.uniform(0.0, max(0.1, longest))))
        if kind == "communique":
            yield self.communique(at, news)
        elif kind == "ministry":
            yield self.ministry(at, news)
        elif kind == "report":
            told = next((h for h in news if h.incident in TITLES), None)
            report = self.report(told) if told else None
            if report is not None:
                yield report
        elif kind == "agent":
            landed = [h for h in news if h.incident in ("detention", "release", "diversion")]
            if landed:
                yield self.agent(at, landed)
        else:
            story = self.wire(at, news)
            yield story
            if self.dice.random() < self.words.echo_share:
                yield self.echo(story)


def _one_stem_each(made: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, those of one day and stem numbered."""
    seen: dict[tuple[str, str], int] = {}
    for draft in made:
        key = (draft.date.date().isoformat(), draft.stem)
        seen[key] = seen.get(key, 0) + 1
        yield draft if seen[key] == 1 else replace(draft, stem=f"{draft.stem}-{seen[key]}")
