"""How effective a blockade is, all told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from masthead.case import Case
from masthead.checks.effectiveness.blockade import Blockade, blockade_of
from masthead.checks.effectiveness.detours import Detour, detours
from masthead.checks.effectiveness.law import Condition, conditions
from masthead.checks.effectiveness.outcomes import End, Outcome, outcomes
from masthead.checks.effectiveness.passages import passages
from masthead.checks.effectiveness.share import Share, share_of
from masthead.checks.effectiveness.transits import Transits, transits
from masthead.checks.sightings import Sightings
from masthead.judgement import Incident, Verdict
from masthead.model import Event
from masthead.tracks.lake import Lake, is_lake


@dataclass(frozen=True)
class Effectiveness:
    """The measures of a blockade. `stopped` is the share of passages that ended with a stop.
    `why_not` says why nothing was measured, where nothing was."""

    blockade: Blockade
    outcomes: tuple[Outcome, ...]
    stopped: Share | None
    by_class: Mapping[str, Share]
    by_flag: Mapping[str, Share]
    transits: Transits | None
    detours: tuple[Detour, ...]
    law: tuple[Condition, ...]
    why_not: str | None = None

    @property
    def ends(self) -> Counter[End]:
        """How many passages ended how."""
        return Counter(o.end for o in self.outcomes)


def effectiveness(
    case: Case,
    events: Sequence[Event],
    incidents: Sequence[Incident] = (),
    verdicts: Mapping[str, Verdict] | None = None,
) -> Effectiveness | None:
    """The blockade of a case, measured in its tracks and held against the law. None where neither
    the case nor its reports speak of a blockade."""
    blockade = blockade_of(case, events)
    if blockade is None:
        return None
    if not is_lake(case.lake_path) or not blockade.measurable:
        law = conditions(blockade, events, (), None)
        return Effectiveness(blockade, (), None, {}, {}, None, (), law, _why_not(case, blockade))
    lake = Lake(case.lake_path)
    sightings = Sightings(lake, events)
    found = outcomes(passages(lake, blockade), blockade, sightings, incidents, verdicts)
    stopped = _stopped(found)
    return Effectiveness(
        blockade=blockade,
        outcomes=tuple(found),
        stopped=stopped,
        by_class=_grouped(found, lambda o: o.passage.ship_class),
        by_flag=_grouped(found, lambda o: o.passage.flag),
        transits=transits(lake, blockade),
        detours=tuple(detours(events, blockade, sightings)),
        law=conditions(blockade, events, found, stopped),
    )


def _why_not(case: Case, blockade: Blockade) -> str:
    if not is_lake(case.lake_path):
        return "the case has no AIS tracks ([[tracks]] in the case file)"
    wanted = [
        name for name, missing in (
            ("'from'", blockade.since is None), ("'zone'", blockade.zone is None),
            ("'ports'", not blockade.ports),
        ) if missing
    ]  # fmt: skip
    return f"the case file's [blockade] does not say {', '.join(wanted)}, and no report does"


def _stopped(found: Sequence[Outcome]) -> Share | None:
    ends = Counter(o.end for o in found)
    hits = ends[End.STOPPED]
    others = ends[End.TURNED] + ends[End.THROUGH] + ends[End.DARK]
    alone = sum(o.alone for o in found)
    return share_of(hits, others, unsure_hits=alone // 5, unsure_others=ends[End.DARK])


def _grouped(found: Sequence[Outcome], key: Callable[[Outcome], str | None]) -> dict[str, Share]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in found:
        groups.setdefault(key(outcome) or "not told", []).append(outcome)
    shares = {name: _stopped(group) for name, group in groups.items()}
    ranked = sorted(shares.items(), key=lambda kv: -(kv[1].of if kv[1] else 0))
    return {name: share for name, share in ranked if share is not None}
