"""The incident that a cluster of matters is: its state, voices, disagreements."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from masthead.judgement import Correction, Disagreement, Incident, Scene, State, Step, Voice
from masthead.ledger.merge.clusters import Cluster
from masthead.ledger.merge.corrections import (
    ABOUT,
    corrections,
    differing,
    outlet_of,
    source_of,
    version,
)
from masthead.ledger.merge.likeness import STAGES
from masthead.ledger.merge.matters import Matter
from masthead.model import Document, Interval, Place, Status, Vessel

_LAST = datetime(9999, 1, 1, tzinfo=UTC)
_RANK = {State.REPORTED: 0, State.DENIED: 1, State.FAILED: 2, State.UNDER_WAY: 3,
         State.COMPLETED: 4, State.RELEASED: 5}  # fmt: skip
CONTRARY = (Status.DENIED, Status.NEGATED, Status.ATTEMPTED)
"""What contradicts that a deed was done; a plan or a request does not."""


def account(
    cluster: Cluster, documents: Mapping[str, Document], echoed: Mapping[str, str]
) -> Incident:
    """The incident of a cluster."""
    members = sorted(cluster.members, key=lambda m: (m.first or m.told or _LAST, m.told or _LAST,
                                                     m.id))  # fmt: skip
    kind = _kind(members)
    ids = tuple(sorted(m.id for m in members))
    mended = corrections(members, documents)
    standing = {about: _standing(about, members, mended) for about in ABOUT}
    return Incident(
        id=hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16],
        kind=kind,
        state=_state(members, documents),
        events=tuple(m.id for m in members),
        vessel=_vessel(members),
        victims=max((m.count for m in standing["count"] if m.count), default=None),
        by=tuple(sorted({c for m in members for c in m.by})),
        time=_time(standing["time"], kind),
        place=_place(standing["place"], kind),
        scenes=_scenes(standing["time"], standing["place"], kind),
        steps=_steps(members),
        voices=_voices(members, documents, echoed),
        disagreements=_disagreements(members, standing),
        corrections=mended,
        joined=tuple(cluster.joined),
    )


def _standing(about: str, members: Sequence[Matter], mended: Sequence[Correction]) -> list[Matter]:
    """The members without those whose source told it anew."""
    past = {c.earlier for c in mended if c.about == about}
    return [m for m in members if m.id not in past] if past else list(members)


def _state(members: Sequence[Matter], documents: Mapping[str, Document]) -> State:
    """Where an incident stands: the furthest that anybody tells as a fact and has not taken back.
    A denial by others leaves it (that is a disagreement); one by the same source, later, does
    not."""
    standing = [m for m in members if not _taken_back(m, members, documents)]
    return max((m.state for m in standing), key=_RANK.__getitem__, default=State.DENIED)


def _taken_back(
    matter: Matter, members: Sequence[Matter], documents: Mapping[str, Document]
) -> bool:
    """Whether the source of a fact later denies it, in another document."""
    if matter.state is State.DENIED:
        return False
    source = source_of(matter, documents)

    def takes_back(later: Matter) -> bool:
        return (
            later.state is State.DENIED
            and later.document != matter.document
            and later.event.incident == matter.event.incident
            and source_of(later, documents) == source
            and (later.told or _LAST) >= (matter.told or _LAST)
        )

    return any(map(takes_back, members))


def _steps(members: Sequence[Matter]) -> tuple[Step, ...]:
    """The changes of state, in the order of the deeds; of several that tell one, the first."""
    steps: list[Step] = []
    order = sorted(
        members,
        key=lambda m: (m.first or m.told or _LAST, STAGES.get(str(m.event.incident), 3),
                       m.told or _LAST, m.id),
    )  # fmt: skip
    for matter in order:
        state = matter.state
        if not steps or steps[-1].state is not state:
            steps.append(Step(state=state, time=matter.event.time, event=matter.id,
                              told_at=matter.told))  # fmt: skip
    return tuple(steps)


def _kind(members: Sequence[Matter]) -> str:
    """The gravest deed told as done, short of the release that ends it; else the gravest told."""
    told = [m for m in members if m.happened] or list(members)
    deeds = [m for m in told if m.event.incident != "release"] or told
    return str(max(deeds, key=lambda m: (STAGES.get(str(m.event.incident), 4),
                                         str(m.event.incident))).event.incident)  # fmt: skip


def _vessel(members: Sequence[Matter]) -> Vessel | None:
    """The best identified ship of all, with what others say of it filled in."""
    ships = [v for m in members for v in m.event.objects if v.type == "vessel"]
    if not ships:
        return None

    def worth(ship: Vessel) -> tuple[int, str]:
        known = (ship.mmsi, ship.imo, ship.name, ship.call_sign, ship.flag, ship.subtype)
        return sum(2**i for i, v in enumerate(reversed(known)) if v), ship.text

    best = max(ships, key=worth)
    same = [v for v in ships if v.name and best.name and v.name.casefold() == best.name.casefold()]

    def first(field: str) -> object:
        values = [getattr(v, field) for v in (best, *sorted(same, key=worth, reverse=True))]
        return next((v for v in values if v is not None), None)

    values = {f: first(f) for f in ("subtype", "imo", "mmsi", "call_sign", "flag")}
    return Vessel(text=best.text, name=best.name, count=best.count, **values)  # type: ignore[arg-type]


def _time(members: Sequence[Matter], kind: str) -> Interval | None:
    """The narrowest time that is told of the incident's own deed as a fact."""
    dated = [m for m in members if m.event.time and m.first and m.last]
    own = [m for m in dated if m.event.incident == kind and m.happened]

    def width(matter: Matter) -> tuple[float, str]:
        assert matter.first
        assert matter.last
        return (matter.last - matter.first).total_seconds(), matter.id

    others = [m for m in dated if m.event.incident != "release"]  # that ends it, days after
    chosen = min(own or others, key=width, default=None)
    return chosen.event.time if chosen else None


def _scenes(timely: Sequence[Matter], placed: Sequence[Matter], kind: str) -> tuple[Scene, ...]:
    """When and where each document puts the deed: the time and the place may stand in two of its
    sentences, and both must be of the ship by name or number."""

    def own(matter: Matter) -> bool:
        return matter.known and matter.event.incident == kind and matter.happened

    times = [m for m in filter(own, timely) if m.event.time and m.first and m.last]
    places = [m for m in filter(own, placed) if m.place]
    scenes = []
    for document in dict.fromkeys(m.document for m in times):
        dated = [m for m in times if m.document == document]
        there = [m for m in places if m.document == document]
        both = next((m for m in there if m in dated), None)
        if there:
            time, spot = both or dated[0], both or there[0]
            assert time.event.time
            assert spot.place
            scenes.append(Scene(event=spot.id, time=time.event.time, place=spot.place))
    return tuple(scenes)


def _place(members: Sequence[Matter], kind: str) -> Place | None:
    """The narrowest place that is told of the incident's own deed as a fact."""
    placed = [m for m in members if m.place]
    own = [m for m in placed if m.event.incident == kind and m.happened]
    chosen = min(own or placed, default=None,
                 key=lambda m: ((m.place.radius_m if m.place else None) or 0.0, m.id))  # fmt: skip
    return chosen.place if chosen else None


def _voices(
    members: Sequence[Matter], documents: Mapping[str, Document], echoed: Mapping[str, str]
) -> tuple[Voice, ...]:
    by_outlet: dict[str, list[Matter]] = defaultdict(list)
    for matter in members:
        root = echoed.get(matter.document, matter.document)
        by_outlet[outlet_of(root, documents)].append(matter)
    voices = []
    for name, told in sorted(by_outlet.items()):
        own = [m for m in told if outlet_of(m.document, documents) == name]
        echoes = [m for m in told if outlet_of(m.document, documents) != name]
        speakers = {m.event.attribution[0].who for m in told if m.event.attribution}
        voices.append(
            Voice(
                name=name,
                events=tuple(m.id for m in own),
                echoes=tuple(m.id for m in echoes),
                speakers=tuple(sorted(who for who in speakers if who)),
                drift=_drift(own, echoes),
            )
        )
    return tuple(voices)


def _drift(own: Sequence[Matter], echoes: Sequence[Matter]) -> tuple[str, ...]:
    """What echoes changed: the status of a deed that the source tells with another."""
    found = set()
    for echo in echoes:
        of_deed = [m for m in own if m.event.incident == echo.event.incident]
        if of_deed and all(m.event.status is not echo.event.status for m in of_deed):
            told = of_deed[0].event.status
            found.add(f"{echo.event.incident}: “{told}” became “{echo.event.status}” in "
                      f"{echo.document}")  # fmt: skip
    return tuple(sorted(found))


def _disagreements(
    members: Sequence[Matter], standing: Mapping[str, Sequence[Matter]]
) -> tuple[Disagreement, ...]:
    if len(members) < 2:
        return ()
    found = [
        Disagreement(about=about, versions={k: tuple(sorted(v)) for k, v in sorted(told.items())})
        for about, told in (
            ("state", _states(members)), ("time", _versions("time", standing["time"])),
            ("place", _versions("place", standing["place"])), ("ship", _ships(members)),
            ("count", _counts(standing["count"])),
        )
        if len(told) > 1
    ]  # fmt: skip
    return tuple(found)


def _states(members: Sequence[Matter]) -> dict[str, list[str]]:
    """Of each deed told as a fact by some and denied or called an attempt by others."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for m in members:
        if m.happened or m.event.status in CONTRARY:
            told[str(m.event.incident)][_word(m)].append(m.id)
    return {
        f"{deed} {word}": ids
        for deed, words in told.items() if len(words) > 1 for word, ids in words.items()
    }  # fmt: skip


def _word(matter: Matter) -> str:
    return "happened" if matter.happened else str(matter.event.status)


def _versions(about: str, members: Sequence[Matter]) -> dict[str, list[str]]:
    """The times, or the places, of one deed that cannot all be right."""
    for kind in sorted({str(m.event.incident) for m in members}):
        of_kind = [m for m in members if m.event.incident == kind and m.happened]
        telling = [m for m in of_kind if (m.place if about == "place" else m.first)]
        if any(differing(about, a, b) for i, a in enumerate(telling) for b in telling[i + 1 :]):
            versions: dict[str, list[str]] = defaultdict(list)
            for m in telling:
                said = version(about, m)
                versions[f"{kind} {said}" if about == "time" else said].append(m.id)
            return versions
    return {}


def _ships(members: Sequence[Matter]) -> dict[str, list[str]]:
    versions: dict[str, list[str]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for m in members:
        if m.name:
            name = next(v.name for v in m.event.objects if v.name)
            assert name
            versions[spelled.setdefault(m.name, name)].append(m.id)
    return versions


def _counts(members: Sequence[Matter]) -> dict[str, list[str]]:
    versions: dict[str, list[str]] = defaultdict(list)
    for m in members:
        if m.count is not None:
            versions[str(m.count)].append(m.id)
    return versions
