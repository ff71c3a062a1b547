"""What Masthead concludes from events: incidents, and verdicts on them.

An `Incident` is what many reports tell of one thing that happened to one ship (or one unnamed
group of ships); a `Verdict` sets it against the tracks. Both only point at events of the ledger,
by their ids; neither replaces one.

Units as in `model`: degrees, metres (`_m`), knots (`_kn`), hours (`_h`), UTC.
"""

from __future__ import annotations

import json
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from masthead.model import _FROZEN, Interval, Place, Scalar, Utc, Vessel

Share = Annotated[float, Field(ge=0, le=1)]


class State(StrEnum):
    """Where an incident stands, by the latest word of those who tell of it."""

    REPORTED = "reported"
    """Told as planned, threatened, asked for or conditional: nobody says that it happened."""
    UNDER_WAY = "under way"
    COMPLETED = "completed"
    FAILED = "failed"
    """Attempted, and not done."""
    DENIED = "denied"
    """Only denied, or withdrawn by the source that had told it."""
    RELEASED = "released"


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Step:
    """One change of an incident's state, and the event whose evidence shows it."""

    state: State
    time: Interval | None
    event: str
    told_at: Utc | None = None


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Voice:
    """One independent source of an incident: an outlet or agency, with those who only repeat it.

    `events` are its own; `echoes` those of documents that repeat it; `drift` says what the echoes
    changed on the way ("attempted" became "asserted").
    """

    name: str
    events: tuple[str, ...]
    echoes: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    drift: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Disagreement:
    """A matter on which the sources of one incident differ: `about` is "time", "place", "ship",
    "state", "count" or "act"; `versions` maps each version, in words, to the events that tell it.
    """

    about: str
    versions: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Correction:
    """What one source of an incident said first and what it says now: `about` is "time", "place" or
    "count"; `earlier` and `later` are the events that tell it."""

    about: str
    source: str
    was: str
    now: str
    earlier: str
    later: str


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Tally:
    """How an incident counts among the others of its kind by the same side: told as the `nth`
    ("a third tanker") or as the sum of `parts` ("three vessels so far"; ids of incidents). `held`
    is how many ships the case's other incidents of that kind amount to until then."""

    held: int
    nth: int | None = None
    parts: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Ships that are told of before it and that the case has no incident of."""
        return max(0, self.nth - 1 - self.held) if self.nth else 0


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Scene:
    """When and where one document puts an incident's own deed, done to the named ship, and the
    event that tells it."""

    event: str
    time: Interval
    place: Place


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Incident:
    """One incident, and all that is said of it.

    `id` is made from the ids of its events, so that the same events give the same incident in any
    order. `kind` is a word of `codes.incidents()`. `time` and `place` are the best that its
    sources agree on, not always from one of them: `scenes` are those that one document tells
    together. What a source corrected itself in is in `corrections`, and counts no more. `tally`
    sets a count ("a third tanker") against the other incidents. `joined` says, a line each, why its
    events were taken as one.
    """

    id: str
    kind: str
    state: State
    events: tuple[str, ...]
    vessel: Vessel | None = None
    victims: int | None = None
    by: tuple[str, ...] = ()
    time: Interval | None = None
    place: Place | None = None
    scenes: tuple[Scene, ...] = ()
    steps: tuple[Step, ...] = ()
    voices: tuple[Voice, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tally: Tally | None = None
    joined: tuple[str, ...] = ()


class Finding(StrEnum):
    """What the tracks say of a reported incident."""

    CORROBORATED = "corroborated"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    """It should have been seen, and was not."""
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Reason:
    """One ground of a verdict: the `test` ("identity", "reach", "coverage", "signature",
    "candidates"), what it found in words, the likelihood ratio it adds (1 = says nothing; how many
    times likelier if the incident happened than if not), the track events that show it, and the
    measurements, units in the keys."""

    test: str
    text: str
    ratio: Annotated[float, Field(gt=0)] = 1.0
    events: tuple[str, ...] = ()
    details: dict[str, Scalar | list[Scalar]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Candidate:
    """A ship that an incident may be about. The probabilities of an incident's candidates sum to
    at most one."""

    mmsi: int
    name: str | None = None
    imo: int | None = None
    probability: Share
    why: str = ""


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Verdict:
    """An incident (or a single event, by its id) against the tracks.

    `ratio` is the product of the reasons' likelihood ratios; `probability` that of the incident
    having happened as told, after them, from the case's prior. `tipping` says for what radius or
    interval the finding holds ("contradicted unless it happened more than 31 NM to the west");
    `wanted` names what evidence would change it, and the query that would bring it.
    """

    about: str
    finding: Finding
    ratio: Annotated[float, Field(gt=0)]
    probability: Share
    reasons: tuple[Reason, ...] = ()
    tipping: str | None = None
    wanted: tuple[str, ...] = ()
    mmsi: int | None = None
    candidates: tuple[Candidate, ...] = ()


_ANY: TypeAdapter[Any] = TypeAdapter(Incident | Verdict)


def to_plain(item: Incident | Verdict) -> dict[str, Any]:
    """An incident or a verdict as plain JSON values."""
    values: dict[str, Any] = _ANY.dump_python(item, mode="json")
    return values


def to_line(item: Incident | Verdict) -> str:
    """An incident or a verdict as one line of JSON."""
    return json.dumps(to_plain(item), ensure_ascii=False)
