"""The words of an event, field by field, for searching (`wanted.FIELDS`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from masthead.model import Actor, Event, TextSpan, TrackSpan
from masthead.web.wanted import FIELDS, column, fold


def searched(event: Event, outlets: Mapping[str, str]) -> dict[str, str]:
    """The folded words of an event by the column they are looked for in: one for each field, and
    `text` for all of them together. `outlets` names the outlet of a document."""
    fields = {name: [*_words(event, name, outlets)] for name in FIELDS}
    told = [w for name in ("act", "by", "to", "ship", "says", "place") for w in fields[name]]
    told += [p.text for p in event.evidence if isinstance(p, TextSpan)]
    return {
        column(None): fold(" ".join(told)),
        **{column(name): fold(" ".join(words)) for name, words in fields.items()},
    }


def countries(event: Event) -> Iterator[str]:
    """The states of an event's actors and flags."""
    for actor in (*event.sources, *event.targets):
        if actor.country:
            yield actor.country
    for vessel in event.objects:
        if vessel.flag:
            yield vessel.flag


def _words(event: Event, name: str, outlets: Mapping[str, str]) -> Iterable[str]:
    match name:
        case "ship":
            parts: Iterable[object] = (
                *(p for v in event.objects for p in (v.text, v.name, v.imo, v.mmsi, v.call_sign)),
                *(p.mmsi for p in event.evidence if isinstance(p, TrackSpan)),
            )
        case "act":
            said = (event.incident or "").replace("_", " ")
            parts = (event.incident, said, event.act, event.mode)
        case "by":
            parts = _actors(event.sources)
        case "to":
            parts = _actors(event.targets)
        case "says":
            parts = (p for link in event.attribution for p in (link.who, link.channel))
        case "place":
            parts = (event.place.text if event.place else None,)
        case "source":
            named = [p.document for p in event.evidence if isinstance(p, TextSpan)]
            parts = (p for document in named for p in (document, outlets.get(document)))
        case "country":
            parts = countries(event)
        case _:
            parts = (str(getattr(event, name)),)
    return (str(p) for p in parts if p)


def _actors(actors: Iterable[Actor]) -> Iterator[str | None]:
    for actor in actors:
        yield from (actor.text, actor.name, actor.country)
