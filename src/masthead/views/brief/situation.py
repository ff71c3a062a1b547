"""The situation in at most ten lines: what a reader takes away who reads nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from masthead import codes
from masthead.checks.effectiveness.outcomes import End
from masthead.checks.effectiveness.share import Change, Share
from masthead.judgement import Finding, Incident, State
from masthead.model import Sense, Status
from masthead.views import wording
from masthead.views.brief.parts import Group, Line, Section
from masthead.views.brief.picture import Picture

MOST_LINES = 10
KEPT = frozenset({"seizure", "detention", "hijack", "kidnap"})
NAMED = 4


def situation(picture: Picture) -> Section:
    """The first section of a brief."""
    lines: list[Line] = []
    for part in (
        _blockade,
        _told,
        _checked,
        _held,
        _stopped,
        _traffic,
        _stands,
        _disputed,
        _unknown,
    ):
        lines += part(picture)
    return Section("The situation", (Group("", tuple(lines[:MOST_LINES])),) if lines else (),
                   "Nothing was read and nothing was seen.")  # fmt: skip


def share_words(share: Share) -> str:
    """A share in words: "70 % (57 to 83 %)"."""
    return f"{share.value * 100:.0f} % ({share.low * 100:.0f} to {share.high * 100:.0f} %)"


def change_words(change: Change) -> str:
    """A change of daily counts in words, which says so where it is none beyond chance."""
    counts = f"{change.before:.3g} a day before, {change.after:.3g} since"
    band = f"{change.ratio:.2f} times ({change.low:.2f} to {change.high:.2f})"
    if change.low <= 1.0 <= change.high:
        return f"{counts}: {band}, no change beyond chance"
    return f"{counts}: {band}"


def _blockade(picture: Picture) -> Iterator[Line]:
    measured = picture.effectiveness
    if measured is None:
        return
    b = measured.blockade
    text = f"{picture.state(b.by)} blockades {picture.state(b.against)}"
    if b.since:
        text += f", since {b.since:%Y-%m-%d %H:%M}Z"
    if b.zone:
        text += f"; {b.zone.name}"
    if not b.told:
        text += " (by the case file; no report that was read declares it)"
    lifted = [e for e in picture.events
              if e.incident == "blockade_lifted" and e.status is Status.ASSERTED]  # fmt: skip
    if lifted:
        text += f"; told to be lifted ({wording.when(lifted[-1].time)})"
    yield Line(f"{text}.", cites=tuple(e.id for e in (*b.told, *lifted)[:NAMED]))


def _told(picture: Picture) -> Iterator[Line]:
    told = picture.incidents
    if not told:
        return
    kinds = Counter(_label(i.kind) for i in told)
    happened = sum(i.state in (State.COMPLETED, State.RELEASED, State.UNDER_WAY) for i in told)
    listed = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common(6))
    ships = len({i.vessel.name for i in told if i.vessel and i.vessel.name})
    yield Line(
        f"{len(told)} incidents are told ({listed}), {happened} of them as having happened; "
        f"{ships} ships are named."
    )


def _checked(picture: Picture) -> Iterator[Line]:
    found = Counter(v.finding for v in picture.verdicts.values())
    if not found:
        return
    yield Line(
        f"Against the tracks: {found[Finding.CORROBORATED]} borne out, "
        f"{found[Finding.CONTRADICTED]} contradicted, {found[Finding.UNSUPPORTED]} that should "
        f"have been seen and were not; {found[Finding.NOT_CHECKABLE]} cannot be checked."
    )
    against = [i for i in picture.incidents
               if picture.verdicts[i.id].finding is Finding.CONTRADICTED]  # fmt: skip
    if against:
        yield _naming("The tracks contradict", against, _with_kind)


def _held(picture: Picture) -> Iterator[Line]:
    held = [i for i in picture.incidents if i.kind in KEPT and i.state is State.COMPLETED]
    if held:
        yield _naming("Told as held, with no word of release", held, _ship)


def _stopped(picture: Picture) -> Iterator[Line]:
    measured = picture.effectiveness
    if measured is None:
        return
    if measured.stopped is None:
        yield Line(f"How effective it is cannot be said: {measured.why_not or 'no passage found'}.")
        return
    share, dark = measured.stopped, measured.ends[End.DARK]
    text = f"{share.hits} of {share.of} passages were stopped: {share_words(share)}"
    yield Line(f"{text}; {dark} went through in silence." if dark else f"{text}.")


def _traffic(picture: Picture) -> Iterator[Line]:
    measured = picture.effectiveness
    if measured is not None and measured.transits is not None and measured.transits.change:
        counted = measured.transits.what
        yield Line(f"{counted[:1].upper()}{counted[1:]}: {change_words(measured.transits.change)}.")


def _stands(picture: Picture) -> Iterator[Line]:
    sides: dict[str, list[str]] = {}
    cites: list[str] = []
    for stance in picture.stances:
        if stance.called != "takes no side":
            sides.setdefault(stance.called, []).append(picture.state(stance.country))
            cites += stance.events[:2]
    if sides:
        text = "; ".join(f"{', '.join(names)} {_plural(called, names)}"
                         for called, names in sorted(sides.items()))  # fmt: skip
        yield Line(f"{text[:1].upper()}{text[1:]}.", cites=tuple(cites))


def _disputed(picture: Picture) -> Iterator[Line]:
    found = picture.disputes
    if found:
        first = "; ".join(d.about for d in found[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        cites = tuple(d.against[0].event for d in found[:3])
        yield Line(f"In dispute: {first}{more}.", cites=cites)


def _unknown(picture: Picture) -> Iterator[Line]:
    told = [e for e in picture.events if e.sense is not Sense.TRACK]
    nowhere = sum(e.place is None or (e.place.lat is None and not e.place.geometry) for e in told)
    unnamed = sum(i.vessel is None or not (i.vessel.name or i.vessel.imo or i.vessel.mmsi)
                  for i in picture.incidents)  # fmt: skip
    if told:
        yield Line(
            f"Not known: where {nowhere} of {len(told)} events took place; which ship "
            f"{unnamed} of {len(picture.incidents)} incidents are about."
        )


def _naming(lead: str, incidents: Sequence[Incident], words: Callable[[Incident], str]) -> Line:
    names = "; ".join(words(i) for i in incidents[:NAMED])
    more = f" and {len(incidents) - NAMED} more" if len(incidents) > NAMED else ""
    cites = tuple(i.events[0] for i in incidents[:NAMED])
    return Line(f"{lead}: {names}{more}.", cites=cites)


def _ship(incident: Incident) -> str:
    return wording.vessel(incident.vessel) if incident.vessel else "an unnamed ship"


def _with_kind(incident: Incident) -> str:
    return f"{_label(incident.kind)} of {_ship(incident)}, {wording.when(incident.time)}"


def _label(kind: str) -> str:
    return codes.incidents()[kind].label if kind in codes.incidents() else "deed"


def _plural(called: str, names: Sequence[str]) -> str:
    verb, _, rest = called.partition(" ")
    return called if len(names) == 1 else f"{verb.removesuffix('s')} {rest}"
