"""Merged incidents against the truth, pair by pair.

Two report events are truly of one incident if the sentences that they read tell of one simulated
ship's interdiction; of what never happened, if both tell of the same invented deed. A sentence that
names the wrong ship is left out: nobody could know. Precision is the share of the pairs joined that
belong together, recall the share of those that belong together that were joined (pairwise F1, the
usual measure of record linkage).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from masthead.judgement import Incident
from masthead.model import Event
from masthead.score.figures import Figures, Table
from masthead.score.reports import read_as
from masthead.sim.truth import Happening, Telling


def score_merging(
    happenings: Sequence[Happening],
    tellings: Sequence[Telling],
    events: Sequence[Event],
    incidents: Sequence[Incident],
) -> Table:
    """The table of merging: pairs of events of one incident."""
    ships = {h.id: h.ships[0] for h in happenings if h.ships}
    joined = {event: i.id for i in incidents for event in i.events}
    true: dict[str, str] = {}
    for telling, event in read_as(tellings, events):
        key = _true_incident(telling, ships)
        if key is not None and event.id in joined:
            true[event.id] = key
    together = _pairs(true)
    found = _pairs({event: joined[event] for event in true})
    row = Figures("pairs of one incident", true=len(together), found=len(found),
                  hits=len(together & found), receivable=len(together),
                  receivable_hits=len(together & found))  # fmt: skip
    note = f"{len(set(true.values()))} true incidents, {len(set(joined.values()))} after merging"
    return Table("Merging", (row,), note=note)


def _true_incident(telling: Telling, ships: Mapping[str, int]) -> str | None:
    if telling.truthful == "wrong_ship":
        return None
    if telling.happening is not None and telling.truthful != "never_happened":
        ship = ships.get(telling.happening)
        return f"ship {ship}" if ship else None
    names = sorted(str(o["name"]).casefold() for o in telling.objects if o.get("name"))
    return f"invented {names[0]}" if names else None


def _pairs(groups: Mapping[str, str]) -> set[tuple[str, str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for event, group in groups.items():
        members[group].append(event)
    return {pair for ids in members.values() for pair in _ordered(ids)}


def _ordered(ids: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(sorted(ids), 2)
