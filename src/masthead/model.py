"""The vocabulary of the whole house: what a document, an event and its evidence are.

Every class is frozen. Each is a pydantic dataclass, so that a record is checked when it is made,
and `to_json`/`from_json` use exactly the field names of the public event record
(docs/event-record.md).

Units: coordinates are WGS 84 degrees, distances metres (`_m`), speeds knots (`_kn`), times UTC.
Offsets count characters of `Document.text`: `document.text[start:end] == text`, always.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from masthead import codes
from masthead.errors import EvidenceError

_FROZEN = ConfigDict(extra="forbid", ser_json_timedelta="iso8601")


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Utc = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment with a time zone, brought to UTC."""

Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
"""Start and end offset, in characters, end excluded."""

Scalar = str | int | float | bool | None


class Sense(StrEnum):
    """How Masthead came to know of an event."""

    REPORT = "report"
    TRACK = "track"
    NOTICE = "notice"


class Status(StrEnum):
    """Whether the event happened, as its source puts it. Only the first two are claims of fact."""

    ASSERTED = "asserted"
    ONGOING = "ongoing"
    ATTEMPTED = "attempted"
    PLANNED = "planned"
    OFFERED = "offered"
    REQUESTED = "requested"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    NEGATED = "negated"


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class TextSpan:
    """The sentence (or part of one) that shows an event.

    Raises `EvidenceError` if `text` cannot be the text between the offsets. Make one with
    `Document.cite`, which takes the text from the document itself.
    """

    document: str
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise EvidenceError(
                f"{self.document}: a span [{self.start}, {self.end}) cannot hold "
                f"{len(self.text)} characters ({self.text[:40]!r})"
            )


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class TrackSpan:
    """The stretch of one ship's track that shows an event: from `start` to `end`, both UTC."""

    mmsi: Annotated[int, Field(ge=0, le=999_999_999)]
    start: Utc
    end: Utc

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise EvidenceError(f"MMSI {self.mmsi}: a track span ends before it starts")


Evidence = TextSpan | TrackSpan


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Actor:
    """Who acts or is acted on. `text` is as written; `country` ISO 3166 alpha-3; `sector` PLOVER.

    `implicit` is true where the clause itself names nobody and the actor was carried in from the
    governing clause; the span then points at the words it was carried from.
    """

    text: str
    name: str | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    sector: str | None = None
    span: Span | None = None
    implicit: bool = False


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Vessel:
    """A ship, or a group of ships, that an event is about (`objects` in the record).

    `type` is the kind of thing (`vessel` unless stated: `aircraft`, `platform`, `cargo`), `subtype`
    the class of ship; `count` is None where the source gives none ("several trawlers").
    """

    text: str
    type: str = "vessel"
    subtype: str | None = None
    count: Annotated[int, Field(ge=0)] | None = 1
    name: str | None = None
    imo: int | None = None
    mmsi: int | None = None
    call_sign: str | None = None
    flag: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Interval:
    """When: the earliest and latest moment (UTC) that the source allows, either may be open.

    `precision` is the grain of the source's own words; `text` those words.
    """

    earliest: Utc | None = None
    latest: Utc | None = None
    precision: Literal["second", "minute", "hour", "day", "week", "month", "year", "interval"] = (
        "interval"
    )
    text: str | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise EvidenceError(f"an interval ends ({self.latest}) before it starts")


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Place:
    """Where. A place nobody could locate keeps its `text` and no coordinates; never a country's
    centroid. `radius_m` is the uncertainty around the point. `geometry` is GeoJSON (lon, lat)."""

    text: str | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    radius_m: Annotated[float, Field(ge=0)] | None = None
    geometry: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if (self.lat is None) != (self.lon is None):
            raise EvidenceError(f"place {self.text!r} has a latitude or a longitude, but not both")
        if self.lat is not None and self.radius_m is None:
            raise EvidenceError(f"place {self.text!r} is a point without its radius_m")


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Attribution:
    """One link of the chain of who says so. `who` is None where only a channel is named."""

    who: str | None
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    sector: str | None = None
    channel: str | None = None
    verb: str | None = None
    quoted: bool = False
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Event:
    """One event of the ledger: who did what to whom, when, where, who says so, and what shows it.

    `details` holds what only some senses have, as scalars or lists of scalars: of a notice its
    `series`, `number`, `year`, `authority`, `issued`, `cancel`, `cancels`; of a track event its
    measurements, units in the key (`duration_h`, `implied_speed_kn`).

    `id` is made from the evidence and the roles (`event_id`), so the same evidence read twice gives
    the same id. Raises `EvidenceError` without evidence and `UnknownCodeError` for an act,
    context, code or incident that the tables do not have.
    """

    id: str = ""
    sense: Sense
    act: str | None = None
    mode: str | None = None
    context: tuple[str, ...] = ()
    cameo: str | None = None
    incident: str | None = None
    sources: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    objects: tuple[Vessel, ...] = ()
    time: Interval | None = None
    place: Place | None = None
    status: Status = Status.ASSERTED
    attribution: tuple[Attribution, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5
    why: str = ""
    details: dict[str, Scalar | list[Scalar]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes.check(act=self.act, cameo=self.cameo, incident=self.incident, context=self.context)
        if self.act is None and self.incident is None:
            raise EvidenceError("an event has neither an act nor an incident")
        if not self.id:
            object.__setattr__(self, "id", event_id(self))

    def spans(self) -> Iterator[tuple[str, Span, str | None]]:
        """Every text span of the event: its role, the offsets, and the words (None if the record
        does not keep them, as of a speaker named elsewhere by a fuller name)."""
        for piece in self.evidence:
            if isinstance(piece, TextSpan):
                yield "evidence", (piece.start, piece.end), piece.text
        for role, group in (("source", self.sources), ("target", self.targets)):
            for actor in group:
                if actor.span:
                    yield role, actor.span, None if actor.implicit else actor.text
        for vessel in self.objects:
            if vessel.span:
                yield "object", vessel.span, vessel.text
        for link in self.attribution:
            if link.span:
                yield "attribution", link.span, None

    def verify(self, text: str) -> None:
        """Check every span against the document's text. Raises `EvidenceError` at the first
        that does not hold."""
        for role, (start, end), words in self.spans():
            found = text[start:end]
            if end > len(text) or start >= end or (words is not None and found != words):
                raise EvidenceError(
                    f"event {self.id}: its {role} span [{start}, {end}) should read {words!r} "
                    f"and reads {found!r}"
                )


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Document:
    """One report, as loaded: `text` is what every offset counts in.

    `id` is the path as given (with `#n` for the n-th record of a file that holds many). `date` is
    the date that relative dates count from, with its `date_precision`; `meta` keeps what the
    format said (authority, subject, a row's other columns).
    """

    id: str
    text: str
    title: str | None = None
    date: Utc | None = None
    date_precision: Literal["second", "minute", "day"] = "day"
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    meta: dict[str, Scalar] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def cite(self, start: int, end: int, expected: str | None = None) -> TextSpan:
        """The evidence between two offsets. Raises `EvidenceError` if they are out of the text, or
        if `expected` is given and is not what stands there."""
        found = self.text[start:end]
        if not 0 <= start < end <= len(self.text):
            raise EvidenceError(f"{self.id}: no text at [{start}, {end})")
        if expected is not None and found != expected:
            raise EvidenceError(f"{self.id}: [{start}, {end}) reads {found!r}, not {expected!r}")
        return TextSpan(document=self.id, start=start, end=end, text=found)


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Zone:
    """An area or line to watch: its name, its GeoJSON geometry (lon, lat), when it is in force."""

    name: str
    geometry: dict[str, Any]
    period: Interval | None = None
    origin: str | None = None


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class Reject:
    """A record that could not be used: the file as given, where in it (line, row, message), why."""

    path: str
    where: str
    reason: str
    sample: str = ""


_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def to_json(event: Event) -> str:
    """The event as one line of JSON with the public field names."""
    return _EVENT.dump_json(event).decode()


def to_dict(event: Event) -> dict[str, Any]:
    """The event as plain JSON values."""
    values: dict[str, Any] = _EVENT.dump_python(event, mode="json")
    return values


def from_json(line: str | bytes) -> Event:
    """The event of one line of JSON. Raises `pydantic.ValidationError` (a `ValueError`)."""
    return _EVENT.validate_json(line)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the event record."""
    return _EVENT.json_schema(mode="serialization")


def event_id(event: Event) -> str:
    """A stable id: SHA-256 (first 20 hex digits) over what was seen and how it was understood.

    Confidence, explanation, and resolved dates and coordinates are left out, so that a better
    gazetteer does not rename an event.
    """
    evidence = [
        [e.document, e.start, e.end, e.text]
        if isinstance(e, TextSpan)
        else [e.mmsi, e.start.isoformat(), e.end.isoformat()]
        for e in event.evidence
    ]
    actors = [[[a.text, a.span] for a in group] for group in (event.sources, event.targets)]
    objects = [[v.text, v.span, v.mmsi] for v in event.objects]
    key = [
        event.sense, event.act, event.mode, event.incident, event.status, evidence, actors, objects,
        event.place.text if event.place else None,
        event.time.text if event.time else None,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(key, ensure_ascii=True).encode()).hexdigest()[:20]


def parse_utc(text: str) -> datetime:
    """An ISO 8601 date or time as UTC; without a zone it is taken as UTC. Raises `ValueError`."""
    moment = datetime.fromisoformat(re.sub(r"(?<=\d)Z$", "+00:00", text.strip()))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def unique(events: Iterable[Event]) -> list[Event]:
    """The events in their order, each id once."""
    return list({event.id: event for event in events}.values())
