"""Claims set against counter-claims on the same matter.

A matter is an incident of which one tells and another denies, or that several tell otherwise; or
two states that accuse one another. Whose claim it is, is its speaker's, else its document's outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from masthead import codes
from masthead.judgement import Incident
from masthead.model import Event, Sense, Status, TextSpan

HOSTILE = frozenset({"ACCUSE", "REJECT"})
UNTOLD = frozenset({Status.DENIED, Status.NEGATED})


@dataclass(frozen=True)
class Claim:
    """What one speaker says: who, of which country, the event, the sentence."""

    who: str
    country: str | None
    event: str
    text: str


@dataclass(frozen=True)
class Dispute:
    """A matter in words, the claims, the claims against them, and the incident it is about."""

    about: str
    claims: tuple[Claim, ...]
    against: tuple[Claim, ...]
    incident: str | None = None


def disputes(
    incidents: Iterable[Incident], events: Iterable[Event], outlets: Mapping[str, str] | None = None
) -> list[Dispute]:
    """The disputes of a case: over incidents first, then accusations and their answers. `outlets`
    names the outlet of each document."""
    told = {e.id: e for e in events if e.sense is not Sense.TRACK}
    of = outlets or {}
    found = [d for i in incidents if (d := _of_incident(i, told, of)) is not None]
    return found + _accusations(told.values(), of)


def _of_incident(
    incident: Incident, told: Mapping[str, Event], outlets: Mapping[str, str]
) -> Dispute | None:
    mine = [told[i] for i in incident.events if i in told]
    denied = [e for e in mine if e.status in UNTOLD]
    claimed = [e for e in mine if e.status not in UNTOLD]
    if not denied or not claimed:
        return None
    kind = codes.incidents()[incident.kind].label if incident.kind in codes.incidents() else "deed"
    ship = (incident.vessel.name or incident.vessel.text) if incident.vessel else "a ship"
    return Dispute(
        f"{kind} of {ship}", _claims(claimed, outlets), _claims(denied, outlets), incident.id
    )


def _accusations(told: Iterable[Event], outlets: Mapping[str, str]) -> list[Dispute]:
    pairs: dict[tuple[str, str], list[Event]] = {}
    for event in told:
        if event.act not in HOSTILE or event.status in UNTOLD:
            continue
        for source in event.sources:
            for target in event.targets:
                if source.country and target.country and source.country != target.country:
                    pairs.setdefault((source.country, target.country), []).append(event)
    found = []
    for (a, b), group in sorted(pairs.items()):
        answer = pairs.get((b, a), [])
        if a < b and answer:
            about = f"{a} and {b} accuse or refute one another"
            found.append(Dispute(about, _claims(group, outlets), _claims(answer, outlets)))
    return found


def _claims(events: Sequence[Event], outlets: Mapping[str, str]) -> tuple[Claim, ...]:
    """One claim for each speaker and wording, so that an echo is not said twice."""
    found: dict[tuple[str, str], Claim] = {}
    for event in events:
        span = next((e for e in event.evidence if isinstance(e, TextSpan)), None)
        text = " ".join(span.text.split()) if span else ""
        speaker = next((a for a in event.attribution if a.who), None)
        who = speaker.who if speaker and speaker.who else None
        if who is None:
            who = outlets.get(span.document, span.document) if span else "unnamed"
        found.setdefault(
            (who, text), Claim(who, speaker.country if speaker else None, event.id, text)
        )
    return tuple(found.values())
