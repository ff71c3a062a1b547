"""The measured effectiveness of a blockade against the true passages of a simulation.

A true passage and a measured one are the same if the ship is and their times overlap, with an hour
to spare; of several the one that overlaps most. The share that matters is that of passages stopped:
it should lie in the measured interval.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.checks.effectiveness import Effectiveness
from masthead.checks.effectiveness.outcomes import End, Outcome
from masthead.checks.sightings import hours
from masthead.score.figures import Facet, Figures, Table
from masthead.sim.truth import Passage

SPARE_H = 1.0


def true_share(passages: Sequence[Passage]) -> float | None:
    """The share of the passages that ended with a boarding party on board, of those that ended."""
    ended = [p for p in passages if p.end is not None]
    return sum(p.stopped for p in ended) / len(ended) if ended else None


def score_effectiveness(passages: Sequence[Passage], measured: Effectiveness) -> Table:
    """The table of passages, and in its note the true share beside the measured one."""
    ended = [p for p in passages if p.end is not None]
    known = [o for o in measured.outcomes if o.end is not End.OPEN]
    pairs = _pairs(ended, known)
    mix: dict[tuple[str, str], int] = {}
    right = 0
    for true, found in pairs:
        was = "stopped" if true.stopped else "through"
        right += true.stopped == (found.end is End.STOPPED)
        mix[was, str(found.end)] = mix.get((was, str(found.end)), 0) + 1
    row = Figures("passages", true=len(ended), found=len(known), hits=len(pairs))
    return Table(
        "How effective the blockade is",
        (row,),
        dict(sorted(mix.items())),
        (Facet("stopped or not, as it was", right, len(pairs)),),
        note=_note(true_share(passages), measured),
    )


def inside(passages: Sequence[Passage], measured: Effectiveness) -> bool | None:
    """Whether the true share lies in the measured interval; None where either is not known."""
    true, stated = true_share(passages), measured.stopped
    if true is None or stated is None:
        return None
    return stated.low <= true <= stated.high


def _note(true: float | None, measured: Effectiveness) -> str:
    stated = measured.stopped
    if true is None or stated is None:
        return "no share was measured"
    return (
        f"share stopped: {true:.0%} in truth, {stated.value:.0%} measured "
        f"({stated.low:.0%} to {stated.high:.0%})"
    )


def _pairs(true: Sequence[Passage], found: Sequence[Outcome]) -> list[tuple[Passage, Outcome]]:
    by_ship: dict[int, list[Outcome]] = {}
    for outcome in found:
        by_ship.setdefault(outcome.passage.mmsi, []).append(outcome)
    pairs = []
    for passage in true:
        assert passage.end is not None
        begin, end = hours(passage.start), hours(passage.end)
        near = [
            o for o in by_ship.get(passage.mmsi, ())
            if o.passage.start <= end + SPARE_H and o.passage.end >= begin - SPARE_H
        ]  # fmt: skip
        if near:
            best = max(near, key=lambda o: min(o.passage.end, end) - max(o.passage.start, begin))
            by_ship[passage.mmsi].remove(best)
            pairs.append((passage, best))
    return pairs
