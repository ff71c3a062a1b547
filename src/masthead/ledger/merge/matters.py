"""What of an event tells whether it is the same incident as another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from masthead import codes
from masthead.judgement import State
from masthead.ledger.merge.numbered import Notice, notice_of
from masthead.model import Document, Event, Place, Sense, Status, TextSpan, Vessel
from masthead.reports.numerals import ordinal
from masthead.reports.ship_words import ship_class

GROUPS = {"bulk carrier": "dry cargo", "container": "dry cargo", "cargo": "dry cargo"}
"""Classes of ship that dispatches call by one another's names; each other class is its own."""

UNDATED = timedelta(days=2)
"""How long before it was told a deed may have been that is told without a time: news is of these
days."""

SAME_DEED = {"hijack": "seizure"}
"""Deeds that one desk calls by the other's name."""

NO_CLASS = frozenset({"any", "small", None})

UNDER_WAY = ("approach", "suspicious_approach", "pursuit", "interception")
"""Deeds that lead up to another: done, they leave the incident under way."""

UNREAL = (Status.THREATENED, Status.CONDITIONAL, Status.PLANNED)
"""What may be said of ships in general: of no named ship it is no incident."""


@dataclass(frozen=True)
class Matter:
    """One event, as merging sees it. `names` are the strong identities of its ship ("imo:9…",
    "mmsi:…", "call:…"), `name` its name as a key; `group` and `flag` describe one without a name.
    `first` and `last` bound its time; `told` is the date of its document. `since` and `until` bound
    it in any case: of what is told without a time they are the two days before it was told."""

    event: Event
    document: str
    offset: int
    told: datetime | None
    names: frozenset[str]
    name: str
    group: str | None
    flag: str | None
    count: int | None
    first: datetime | None
    last: datetime | None
    since: datetime | None
    until: datetime | None
    place: Place | None
    by: frozenset[str]
    definite: bool
    notice: Notice | None = None
    outlet: str | None = None

    @cached_property
    def kinds(self) -> dict[str, frozenset[str]]:
        """Its strong identities by kind."""
        found: dict[str, set[str]] = {}
        for name in self.names:
            found.setdefault(name.partition(":")[0], set()).add(name)
        return {kind: frozenset(names) for kind, names in found.items()}

    @cached_property
    def deed(self) -> str:
        """What was done; who is taken by armed men is seized or hijacked by whose men they are, and
        a shipping desk's notice cannot know that."""
        return SAME_DEED.get(str(self.event.incident), str(self.event.incident))

    @cached_property
    def words(self) -> str:
        """The words that tell it, in small letters without punctuation; empty for none."""
        told = next((p.text for p in self.event.evidence if isinstance(p, TextSpan)), "")
        return plain(told)

    @cached_property
    def happened(self) -> bool:
        """Whether it is told as a fact."""
        return self.event.status in (Status.ASSERTED, Status.ONGOING)

    @cached_property
    def state(self) -> State:
        """The state that it, taken alone, tells."""
        event = self.event
        if event.status in (Status.DENIED, Status.NEGATED):
            return State.DENIED
        if event.status is Status.ATTEMPTED or event.incident == "attempted_boarding":
            return State.FAILED
        if not self.happened:
            return State.REPORTED
        if event.incident == "release":
            return State.RELEASED
        if event.status is Status.ONGOING or event.incident in UNDER_WAY:
            return State.UNDER_WAY
        return State.COMPLETED

    @cached_property
    def spot(self) -> tuple[float, float] | None:
        """Its place in degrees north and east, if it has one."""
        place = self.place
        if place is None or place.lat is None or place.lon is None:
            return None
        return place.lat, place.lon

    @property
    def radius_m(self) -> float:
        """The uncertainty of its place."""
        return (self.place.radius_m if self.place else None) or 0.0

    @cached_property
    def nth(self) -> int | None:
        """As the how-manieth its ships are told, at most ("a third tanker")."""
        return max((n for v in self.event.objects if (n := ordinal(v.text))), default=None)

    @property
    def exact(self) -> bool:
        """Whether its time is told to the minute."""
        return self.event.time is not None and self.event.time.precision in ("minute", "second")

    @cached_property
    def id(self) -> str:
        """The event's id."""
        return self.event.id

    @property
    def numbered(self) -> bool:
        """Whether an authority's own number of the incident tells its updates."""
        return self.notice is not None and self.notice.of_incident

    @cached_property
    def known(self) -> bool:
        """Whether it says which ship."""
        return bool(self.names or self.name)


def matter_of(event: Event, document: Document | None = None) -> Matter | None:
    """The matter of an event of words; None for one that tells of nothing done to a ship."""
    if event.sense is Sense.TRACK or event.incident is None:
        return None
    if not codes.incidents()[event.incident].against_ship:
        return None
    piece = next((p for p in event.evidence if isinstance(p, TextSpan)), None)
    ship = _subject(event)
    if event.status in UNREAL and not (ship and (ship.name or _strong(ship))):
        return None  # "any ship that enters will be seized"
    first, last = _bounds(event)
    told = document.date if document else None
    return Matter(
        event=event,
        document=piece.document if piece else "",
        offset=piece.start if piece else 0,
        told=told,
        names=_strong(ship),
        name=name_key(ship.name) if ship and ship.name else "",
        group=_group(ship),
        flag=ship.flag if ship else None,
        count=ship.count if ship else None,
        first=first,
        last=last,
        since=first or (told - UNDATED if told else None),
        until=last or first or told,
        place=event.place if event.place and event.place.lat is not None else None,
        by=frozenset(a.country for a in event.sources if a.country),
        definite=bool(ship and re.match(r"(?:the|it|its|her|she)\b", ship.text, re.IGNORECASE)),
        notice=notice_of(event),
        outlet=document.outlet if document else None,
    )


def plain(words: str) -> str:
    """Words in small letters, without punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", words.casefold()))


def name_key(name: str) -> str:
    """A ship's name for comparing: letters and digits, without accents, case or prefix."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"^(?:m/?[tv]|ss|mt|mv|f/?v)\s+", "", plain)
    return re.sub(r"[^a-z0-9]", "", plain)


def _subject(event: Event) -> Vessel | None:
    """The ship that it was done to: the best identified of the event's own."""
    ships = [v for v in event.objects if v.type == "vessel"]
    return max(ships, key=lambda v: (bool(v.imo or v.mmsi), bool(v.name)), default=None)


def _strong(ship: Vessel | None) -> frozenset[str]:
    if ship is None:
        return frozenset()
    told = (("imo", ship.imo), ("mmsi", ship.mmsi), ("call", ship.call_sign))
    return frozenset(f"{kind}:{value}" for kind, value in told if value)


def _group(ship: Vessel | None) -> str | None:
    """The class of ship as far as two dispatches can be held to it; None where it tells nothing."""
    told = ship_class(ship.subtype) if ship else None
    return None if told in NO_CLASS else GROUPS.get(str(told), told)


def _bounds(event: Event) -> tuple[datetime | None, datetime | None]:
    if event.time is None:
        return None, None
    first, last = event.time.earliest, event.time.latest
    if first and last is None:
        last = first + timedelta(days=1)
    if last and first is None:
        first = last - timedelta(days=3)
    return first, last
