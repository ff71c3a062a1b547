"""What the law of blockade asks, and what the ledger holds of it. Not a legal opinion.

A blockade must be declared and notified, effective, applied to the ships of all states alike, and
spare neutral ports and coasts (Paris Declaration 1856, art. 4; London Declaration 1909, arts. 1-21;
San Remo Manual 1994, paras. 93-104, whose 102-104 add relief for civilians). For each of these: the
events that speak to it, in words, and what a lawyer would look for that is not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from masthead.checks.effectiveness.blockade import Blockade
from masthead.checks.effectiveness.outcomes import End, Outcome
from masthead.checks.effectiveness.share import Share, fisher_exact
from masthead.model import Event, Sense, Status

STOPS = frozenset({"boarding", "seizure", "detention", "diversion", "interception"})
FEW = 5
"""Passages of a flag from which on it is compared with the others."""
STANDS_OUT = 0.01


@dataclass(frozen=True)
class Holding:
    """One thing that the ledger holds: in words, and the events that show it."""

    text: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """One condition of the law: its name, where it stands, what is held of it, what is missing."""

    name: str
    source: str
    held: tuple[Holding, ...]
    missing: tuple[str, ...]


def conditions(
    blockade: Blockade, events: Sequence[Event], found: Sequence[Outcome], stopped: Share | None
) -> tuple[Condition, ...]:
    """The five conditions and the rules on relief, each with evidence and gaps."""
    told = [e for e in events if e.sense is not Sense.TRACK]
    return (
        _declared(blockade),
        _notified(blockade, told),
        _effective(found, stopped),
        _impartial(found),
        _neutral(blockade, told),
        _relief(told),
    )


def _declared(blockade: Blockade) -> Condition:
    held, missing = [], []
    own = [e for e in blockade.told if _said_by(e, blockade.by)]
    others = [e for e in blockade.told if e not in own]
    if own:
        held.append(Holding("declared in the blockader's own words", _ids(own)))
    if others:
        held.append(Holding("told of by others", _ids(others)))
    if not blockade.told:
        missing.append("a report or notice that declares it")
    elif not own:
        missing.append("the declaration itself, or words of the blockader that quote it")
    dated = [e for e in blockade.told if e.time and e.time.earliest]
    if dated:
        held.append(Holding("with the day from which it holds", _ids(dated)))
    else:
        missing.append("the date on which it begins")
    drawn = [e for e in blockade.told if e.place and (e.place.geometry or e.place.lat is not None)]
    if drawn:
        held.append(Holding("with the coast or area that it covers", _ids(drawn)))
    else:
        missing.append("its geographical limits")
    missing.append("days of grace for neutral ships in the closed ports")
    return Condition("Declared", "London Declaration 8-10; San Remo 93-94", tuple(held),
                     tuple(missing))  # fmt: skip


def _notified(blockade: Blockade, told: Sequence[Event]) -> Condition:
    notices = [
        e for e in told
        if e.sense is Sense.NOTICE
        and (e.incident in ("blockade", "hazard_area") or e in blockade.told)
    ]  # fmt: skip
    heard = {
        a.country for e in told if e.act and e.sources and _is_about(e, blockade)
        for a in e.sources if a.country and a.country not in (blockade.by, blockade.against)
    }  # fmt: skip
    held, missing = [], []
    if notices:
        held.append(Holding("navigational warnings or notices of the area", _ids(notices)))
    else:
        missing.append("a navigational warning (NAVAREA, HYDROLANT …) of the area")
    if heard:
        text = f"other states speak of it, so know of it: {', '.join(sorted(heard))}"
        held.append(Holding(text))
    missing.append("the notes to neutral governments and to the authorities of the closed ports")
    return Condition("Notified", "London Declaration 11-12; San Remo 93", tuple(held),
                     tuple(missing))  # fmt: skip


def _effective(found: Sequence[Outcome], stopped: Share | None) -> Condition:
    held, missing = [], []
    if stopped is None:
        missing.append("tracks of ships bound for the closed ports, before and after")
    else:
        ids = tuple(i for o in found for i in o.told)
        held.append(
            Holding(
                f"{stopped.hits} of {stopped.of} passages were stopped: {stopped.value:.0%} "
                f"({stopped.low:.0%} to {stopped.high:.0%})",
                ids,
            )
        )
        dark = sum(o.end is End.DARK for o in found)
        if dark:
            held.append(Holding(f"{dark} went through in silence"))
    return Condition("Effective", "Paris Declaration 4; London Declaration 2-3; San Remo 95-96",
                     tuple(held), tuple(missing))  # fmt: skip


def _impartial(found: Sequence[Outcome]) -> Condition:
    known = [o for o in found if o.end is not End.OPEN and o.passage.flag]
    runs = Counter(o.passage.flag for o in known)
    stops = Counter(o.passage.flag for o in known if o.end is End.STOPPED)
    held, missing = [], []
    total, total_stops = sum(runs.values()), sum(stops.values())
    compared = [f for f, n in runs.items() if n >= FEW]
    for flag in sorted(compared, key=lambda f: -runs[f]):
        n, k = runs[flag], stops[flag]
        p = fisher_exact(k, n - k, total_stops - k, total - n - (total_stops - k))
        if p * len(compared) < STANDS_OUT:
            rest = f"{total_stops - k} of {total - n} of the others"
            held.append(Holding(f"flag {flag} stands out: {k} of {n} stopped, {rest}"))
    if compared and not held:
        text = f"of {len(compared)} flags with {FEW} passages or more none is stopped more or less"
        held.append(Holding(f"{text} often than the others beyond chance"))
    if not compared:
        missing.append(f"flags with {FEW} passages or more, to compare")
    missing.append("licences and exemptions that were granted")
    return Condition("Impartial", "London Declaration 5; San Remo 100", tuple(held), tuple(missing))


def _neutral(blockade: Blockade, told: Sequence[Event]) -> Condition:
    held, missing = [], []
    complaints = [
        e for e in told
        if e.act in ("ACCUSE", "REJECT", "PROTEST") and e.sources
        and e.sources[0].country not in (None, blockade.by, blockade.against)
    ]  # fmt: skip
    if complaints:
        held.append(Holding("other states complain", _ids(complaints)))
    else:
        held.append(Holding("no other state is reported to complain of being cut off"))
    if blockade.zone is None:
        missing.append("the area, to see whose coasts it bars")
    missing.append("whether ships bound for neutral ports were let pass through the area")
    return Condition("Spares neutral coasts", "London Declaration 18; San Remo 99", tuple(held),
                     tuple(missing))  # fmt: skip


def _relief(told: Sequence[Event]) -> Condition:
    aid = [e for e in told if e.act == "AID" or "humanitarian" in e.context]
    held = (Holding("aid or relief is spoken of", _ids(aid)),) if aid else ()
    missing = () if aid else ("any word of relief, food or medicine for civilians",)
    return Condition("Lets relief through", "San Remo 102-104", held, missing)


def _said_by(event: Event, country: str | None) -> bool:
    who = [a.country for a in event.attribution]
    return country is not None and (country in who or (not who and event.sense is Sense.NOTICE))


def _is_about(event: Event, blockade: Blockade) -> bool:
    sides = {blockade.by, blockade.against}
    named = {a.country for a in (*event.sources, *event.targets)}
    return bool(named & sides) and event.status is not Status.NEGATED


def _ids(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(e.id for e in events)
