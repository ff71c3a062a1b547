"""Counts kept together: "two tankers", then "a third", then "three so far".

An incident told as the n-th of its kind is set against the ships of the case's other incidents of
that kind by the same side until then. One that only counts several ships, without a day or a place
of its own, and counts just as many as those of the weeks before amount to, is their sum and no
incident beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from masthead.judgement import Incident, State, Tally
from masthead.ledger.merge.matters import Matter

WITHIN = timedelta(days=60)
"""How far back a count reaches."""

TAKEN = frozenset({"interception", "boarding", "seizure", "hijack", "detention", "diversion"})
"""Deeds that dispatches count together: who is boarded, seized or detained was stopped."""


def with_tallies(incidents: Sequence[Incident], matters: Mapping[str, Matter]) -> list[Incident]:
    """The incidents, those with a count set against the others."""
    counting = {
        i.id: (_nth(i, matters), (i.victims or 1) > 1 and _bare(i, matters)) for i in incidents
    }
    if not any(nth or total for nth, total in counting.values()):
        return list(incidents)
    kinds: dict[str, list[tuple[datetime, Incident]]] = defaultdict(list)
    for incident in incidents:
        since = _since(incident, matters)
        if since and incident.state not in (State.REPORTED, State.DENIED):
            kinds[_kind(incident)].append((since, incident))
    found = []
    for incident in incidents:
        nth, total = counting[incident.id]
        until = _until(incident, matters)
        if until is None or not (nth or total):
            found.append(incident)
            continue
        before = [
            other for since, other in kinds[_kind(incident)]
            if other.id != incident.id and until - WITHIN <= since <= until
            and not counting[other.id][1] and _one_side(incident, other)
        ]  # fmt: skip
        held = sum(i.victims or 1 for i in before)
        tally = None
        if nth:
            tally = Tally(held=held, nth=nth)
        elif len(before) > 1 and held == incident.victims:
            tally = Tally(held=held, parts=tuple(sorted(i.id for i in before)))
        found.append(replace(incident, tally=tally) if tally else incident)
    return found


def _kind(incident: Incident) -> str:
    return "taken" if incident.kind in TAKEN else incident.kind


def _one_side(one: Incident, other: Incident) -> bool:
    """Whether both may be the deeds of one side; who did it is not always told."""
    return not one.by or not other.by or bool(set(one.by) & set(other.by))


def _nth(incident: Incident, matters: Mapping[str, Matter]) -> int | None:
    """As the how-manieth an incident is told, at most; None for one that is not counted so."""
    return max((n for e in incident.events if (n := matters[e].nth)), default=None)


def _bare(incident: Incident, matters: Mapping[str, Matter]) -> bool:
    """Whether an incident is only counted: no ship of it is known, no day or place told."""
    mine = [matters[e] for e in incident.events]
    return all(not m.known and m.first is None and m.place is None for m in mine)


def _since(incident: Incident, matters: Mapping[str, Matter]) -> datetime | None:
    return min((s for e in incident.events if (s := matters[e].since)), default=None)


def _until(incident: Incident, matters: Mapping[str, Matter]) -> datetime | None:
    return max((s for e in incident.events if (s := matters[e].until)), default=None)
