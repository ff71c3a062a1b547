"""The actor network: who does what to whom, with how often, how friendly, and since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from masthead.checks.alignment.signs import sign
from masthead.model import Actor, Event, Sense, Status

UNREAL = frozenset({Status.DENIED, Status.NEGATED})


@dataclass(frozen=True)
class Node:
    """An actor: `id` is its country and sector, or its name where it has no country."""

    id: str
    name: str
    country: str | None
    sector: str | None
    events: int


@dataclass(frozen=True)
class Edge:
    """All events in which one actor does one act to another: `sign` is the act's friendliness, -1
    to 1, `first` and `last` when, `status` how many are told as what."""

    source: str
    target: str
    act: str
    sign: float
    count: int
    events: tuple[str, ...]
    status: dict[str, int]
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Network:
    """The nodes, busiest first, and the edges between them, heaviest first."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(
    events: Iterable[Event], since: datetime | None = None, until: datetime | None = None
) -> Network:
    """The network of the events that reports and notices tell, of a time if one is given (an event
    without a time is then left out). Events denied or that did not happen are no edges."""
    groups: dict[tuple[str, str, str], list[Event]] = {}
    names: dict[str, Counter[str]] = {}
    actors: dict[str, Actor] = {}
    counts: Counter[str] = Counter()
    for event in events:
        if event.sense is Sense.TRACK or event.act is None or event.status in UNREAL:
            continue
        if not _within(event, since, until):
            continue
        for source in event.sources:
            for target in event.targets:
                a, b = node_of(source), node_of(target)
                if a == b:
                    continue
                groups.setdefault((a, b, event.act), []).append(event)
        for actor in (*event.sources, *event.targets):
            key = node_of(actor)
            counts[key] += 1
            actors.setdefault(key, actor)
            names.setdefault(key, Counter())[_label(actor)] += 1
    edges = [_edge(key, group) for key, group in groups.items()]
    edges.sort(key=lambda e: (-e.count, e.source, e.target, e.act))
    joined = {n for e in edges for n in (e.source, e.target)}
    nodes = [
        Node(key, names[key].most_common(1)[0][0], actors[key].country, actors[key].sector, n)
        for key, n in counts.most_common()
        if key in joined
    ]
    return Network(tuple(nodes), tuple(edges))


def node_of(actor: Actor) -> str:
    """The id of the node that an actor belongs to."""
    if actor.country:
        return f"{actor.country}-{actor.sector}" if actor.sector else actor.country
    return (actor.name or actor.text).casefold()


def _label(actor: Actor) -> str:
    """What an actor is called; a name that is only the code of its state is none."""
    return actor.name if actor.name and actor.name != actor.country else actor.text


def _edge(key: tuple[str, str, str], group: list[Event]) -> Edge:
    moments = sorted(m for e in group if (m := _moment(e)) is not None)
    return Edge(
        *key,
        sign=sign(group[0]),
        count=len(group),
        events=tuple(e.id for e in group),
        status=dict(Counter(str(e.status) for e in group)),
        first=moments[0] if moments else None,
        last=moments[-1] if moments else None,
    )


def _moment(event: Event) -> datetime | None:
    return (event.time.earliest or event.time.latest) if event.time else None


def _within(event: Event, since: datetime | None, until: datetime | None) -> bool:
    if since is None and until is None:
        return True
    moment = _moment(event)
    if moment is None:
        return False
    return (since is None or moment >= since) and (until is None or moment <= until)
