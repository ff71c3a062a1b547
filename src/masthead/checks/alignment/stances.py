"""Each state's stance toward a blockade, from what it is told to do to the two sides.

An event of a third state counts with its act's sign: what is friendly to the blockader or hostile
to the blockaded speaks for the blockade, the reverse against it. One state's like acts to one side
on one day count once, so that an echo adds nothing. The stance is the sum over the sum of weights
and one more: a single word makes nobody an ally.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from masthead.checks.alignment.signs import sign, weight
from masthead.model import Event, Sense, TextSpan

PRIOR = 1.0
LEANS = 0.2
"""From that stance on a state is said to support or oppose."""


@dataclass(frozen=True)
class Stance:
    """One state's stance: -1 against the blockade to 1 for it, what that is called, the stance on
    each day that it changed, and the events that show it."""

    country: str
    name: str
    stance: float
    called: str
    changed: tuple[tuple[date, float], ...]
    events: tuple[str, ...]


@dataclass(frozen=True)
class _Act:
    day: date | None
    value: float
    weight: float
    event: Event


def stances(
    events: Iterable[Event],
    by: str | None,
    against: str | None,
    told_on: Mapping[str, datetime] | None = None,
) -> list[Stance]:
    """The stances of third states toward a blockade of `against` by `by` (ISO 3166 alpha-3), the
    strongest first. None without both sides. `told_on` has the date of each document, taken for
    the day of what it tells without one."""
    if by is None or against is None:
        return []
    acts: dict[str, dict[tuple[object, ...], _Act]] = {}
    names: dict[str, str] = {}
    for event in events:
        if event.sense is Sense.TRACK or event.act is None:
            continue
        toward = {by: 1.0, against: -1.0}
        for target in {a.country for a in event.targets} & toward.keys():
            for actor in event.sources:
                country = actor.country
                if country is None or country in toward:
                    continue
                if country not in names or actor.sector is None:
                    names[country] = actor.name or actor.text
                value, much = sign(event) * toward[str(target)], weight(event, country)
                if value * much == 0.0:
                    continue
                day = _day(event, told_on or {})
                key = (target, event.act, day)
                mine = acts.setdefault(country, {})
                if key not in mine or mine[key].weight < much:
                    mine[key] = _Act(day, value, much, event)
    found = [_stance(country, names[country], list(a.values())) for country, a in acts.items()]
    return sorted(found, key=lambda s: (-abs(s.stance), s.country))


def called(stance: float) -> str:
    """What a stance is called."""
    if stance >= LEANS:
        return "supports the blockade"
    if stance <= -LEANS:
        return "opposes the blockade"
    return "takes no side"


def _stance(country: str, name: str, acts: list[_Act]) -> Stance:
    acts.sort(key=lambda a: (a.day is None, a.day or date.min))
    total = much = 0.0
    changed: list[tuple[date, float]] = []
    for act in acts:
        total += act.value * act.weight
        much += act.weight
        now = round(total / (much + PRIOR), 3)
        if act.day is None:
            continue
        if changed and changed[-1][0] == act.day:
            changed[-1] = (act.day, now)
        else:
            changed.append((act.day, now))
    value = total / (much + PRIOR)
    return Stance(
        country, name, round(value, 3), called(value), tuple(changed),
        tuple(a.event.id for a in acts),
    )  # fmt: skip


def _day(event: Event, told_on: Mapping[str, datetime]) -> date | None:
    moment: datetime | None = None
    if event.time:
        moment = event.time.earliest or event.time.latest
    if moment is None:
        documents = (e.document for e in event.evidence if isinstance(e, TextSpan))
        moment = next((told_on[d] for d in documents if d in told_on), None)
    return moment.date() if moment else None
