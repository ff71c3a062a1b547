"""The gold dispatches of `tests/gold`, and how a reading is matched with them.

A gold event or a read event is spread into *atoms* (source, act, target); a read atom matches a
gold atom if the acts are equal, the evidence overlaps and both keys agree. The rules are written
down for annotators in `tests/gold/README.md`; this file is those rules and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from masthead.model import Actor, Attribution, Document, Event, Interval, TextSpan

ROOT = Path(__file__).resolve().parent.parent / "tests" / "gold"
SETS = ("dev", "retired", "trial", "unseen", "unseen2", "unseen3")

GoldActor = dict[str, Any]


def _word_list(kind: str) -> frozenset[str]:
    lines = Path(__file__).with_name("gold_words.txt").read_text("utf-8").splitlines()
    return frozenset(
        word for line in lines if line.startswith(f"{kind}:") for word in line.split()[1:]
    )


_EMPTY = _word_list("empty")
_GENERIC = _word_list("generic")


@dataclass(frozen=True)
class GoldEvent:
    """One annotated event: its record, and the offsets of its evidence."""

    record: dict[str, Any]
    start: int
    end: int

    @property
    def optional(self) -> bool:
        """Whether it counts neither for nor against."""
        return bool(self.record.get("optional"))


@dataclass(frozen=True)
class Dispatch:
    """A dispatch with its gold."""

    name: str
    text: str
    day: date
    voice: str | None
    events: tuple[GoldEvent, ...]
    traps: tuple[tuple[int, int], ...]

    def document(self) -> Document:
        """The dispatch as the reader gets it, date given."""
        moment = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        return Document(id=self.name, text=self.text, date=moment, language="en")


@dataclass(frozen=True)
class GoldAtom:
    """One (source, act, target) of a gold event."""

    event: GoldEvent
    source: GoldActor | None
    target: GoldActor | None


@dataclass(frozen=True)
class ReadAtom:
    """One (source, act, target) of a read event."""

    event: Event
    source: Actor | None
    target: Actor | None


@dataclass
class Match:
    """What became of one dispatch: pairs found, gold missed, readings that nothing supports."""

    found: list[tuple[GoldAtom, ReadAtom]] = field(default_factory=list)
    missed: list[GoldAtom] = field(default_factory=list)
    wrong: list[ReadAtom] = field(default_factory=list)


def place_of(text: str, words: str, occurrence: int = 1) -> tuple[int, int]:
    """Offsets of the n-th occurrence of `words`. Raises `ValueError` if there is none, or if it is
    not said which of several is meant (`occurrence` 0)."""
    starts = [m.start() for m in re.finditer(re.escape(words), text)]
    if occurrence == 0:
        if len(starts) != 1:
            raise ValueError(f"{words!r} occurs {len(starts)} times")
        occurrence = 1
    if len(starts) < occurrence:
        raise ValueError(f"{words!r} occurs {len(starts)} times")
    start = starts[occurrence - 1]
    return start, start + len(words)


def load(path: Path) -> Dispatch:
    """The dispatch `NAME.txt` with its gold `NAME.json` beside it."""
    text = path.read_text("utf-8")
    record = json.loads(path.with_suffix(".json").read_text("utf-8"))
    events = tuple(
        GoldEvent(e, *place_of(text, e["evidence"], e.get("occurrence", 0)))
        for e in record["events"]
    )
    traps = tuple(place_of(text, t["evidence"]) for t in record["no_event"])
    return Dispatch(
        name=path.stem,
        text=text,
        day=date.fromisoformat(record["date"]),
        voice=record.get("voice"),
        events=events,
        traps=traps,
    )


def load_set(name: str) -> list[Dispatch]:
    """All dispatches of one of `SETS`."""
    return [load(path) for path in sorted((ROOT / name).glob("*.txt"))]


def words(text: str | None) -> frozenset[str]:
    """The content words of an actor phrase: lower case, no articles, no possessive."""
    found = re.findall(r"\w[\w-]*", re.sub(r"['’]s\b", "", (text or "").lower()))
    return frozenset(found) - _EMPTY


def _alike(one: str, other: str) -> bool:
    """Equal, or a name and its demonym ("kestria", "kestrian")."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 5 and long.startswith(short))


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two phrases can mean the same actor: they are equal, or share a telling word, or,
    where one has none, any content word."""
    if one and other and one.lower() == other.lower():
        return True
    a, b = words(one), words(other)
    telling_a, telling_b = a - _GENERIC, b - _GENERIC
    if telling_a and telling_b:
        a, b = telling_a, telling_b
    return any(_alike(x, y) for x in a for y in b)


def key_agrees(key: str, country: str | None, *texts: str | None) -> bool:
    """Whether an actor is the one a `may_...` key names: a country code, or words."""
    if re.fullmatch(r"[A-Z]{3}", key) and country == key:
        return True
    return any(same_words(key, text) for text in texts if text)


def actor_agrees(gold: GoldActor, country: str | None, *texts: str | None) -> bool:
    """Whether a read actor or speaker is the gold one: its country, or without one, its words."""
    if gold["country"]:
        return country in {gold["country"], *gold.get("country_ok", ())}
    return any(same_words(gold["text"], text) for text in texts if text)


def _role_agrees(
    gold: GoldActor | None, read: Actor | None, may: Sequence[str], ships: Sequence[dict[str, Any]]
) -> bool:
    if read is None:
        return gold is None or "" in may
    if gold is not None and actor_agrees(gold, read.country, read.text, read.name):
        return True
    if any(key and key_agrees(key, read.country, read.text, read.name) for key in may):
        return True
    if gold is None:
        return any(
            (read.country is not None and read.country == ship.get("flag"))
            or same_words(ship["text"], read.text)
            or (ship.get("name") is not None and same_words(ship["name"], read.text))
            for ship in ships
        )
    return False


def gold_atoms(events: Iterable[GoldEvent]) -> list[GoldAtom]:
    """Each (source, act, target) of the gold."""
    return [
        GoldAtom(event, source, target)
        for event in events
        for source in (event.record["sources"] or [None])
        for target in (event.record["targets"] or [None])
    ]


def read_atoms(events: Iterable[Event]) -> list[ReadAtom]:
    """Each (source, act, target) of a reading, self-pairs left out."""
    atoms = []
    for event in events:
        pairs = [(s, t) for s in event.sources or (None,) for t in event.targets or (None,)]
        kept = [(s, t) for s, t in pairs if s is None or t is None or not _same_actor(s, t)]
        atoms += [ReadAtom(event, s, t) for s, t in kept or pairs]
    return atoms


def _same_actor(one: Actor, other: Actor) -> bool:
    if one.country or other.country:
        return one.country == other.country and one.text == other.text
    return one.text == other.text


def act_of(event: Event) -> str | None:
    """The act, or where there is none the incident."""
    return event.act or event.incident


def overlap(gold: GoldEvent, event: Event) -> float:
    """How tightly the evidence agrees: shared characters over all characters, 0 if apart."""
    best = 0.0
    for piece in event.evidence:
        if isinstance(piece, TextSpan):
            shared = min(gold.end, piece.end) - max(gold.start, piece.start)
            joined = max(gold.end, piece.end) - min(gold.start, piece.start)
            best = max(best, shared / joined)
    return best


def agrees(gold: GoldAtom, read: ReadAtom) -> bool:
    """Whether a read atom can be the gold atom: act, evidence, source and target."""
    record = gold.event.record
    return (
        act_of(read.event) in {record["act"] or record["incident"], *record.get("act_ok", ())}
        and overlap(gold.event, read.event) > 0
        and _role_agrees(gold.source, read.source, record.get("may_sources", ()), ())
        and _role_agrees(gold.target, read.target, record.get("may_targets", ()), record["objects"])
    )


def objects_right(gold: GoldEvent, event: Event) -> bool:
    """Whether every ship of the gold is among the ships read, by its name or by its words, with
    the count, and there are none where the gold has none."""
    ships = gold.record["objects"]
    if not ships:
        return not event.objects

    def one(ship: dict[str, Any]) -> bool:
        for vessel in event.objects:
            if ship["name"] and vessel.name:
                if same_words(ship["name"], vessel.name):
                    return True
            elif same_words(ship["text"], vessel.text) and vessel.count == ship["count"]:
                return True
        return False

    return all(one(ship) for ship in ships)


def status_right(gold: GoldEvent, event: Event) -> bool:
    """Whether the status is the gold's, or one that it accepts."""
    return event.status.value in {gold.record["status"], *gold.record.get("status_ok", ())}


def attribution_right(gold: GoldEvent, event: Event, voice: str | None) -> bool:
    """Whether the same speakers are named in the same order. Links marked optional, and the issuer
    of the dispatch, may be there or not."""
    chain = tuple(link for link in event.attribution if link.who is not None)
    return _chain_agrees(tuple(gold.record["attribution"]), chain, voice)


def _chain_agrees(
    gold: tuple[dict[str, Any], ...], read: tuple[Attribution, ...], voice: str | None
) -> bool:
    if gold and gold[0].get("optional") and _chain_agrees(gold[1:], read, voice):
        return True
    if (
        gold
        and voice
        and same_words(gold[0]["who"], voice)
        and _chain_agrees(gold[1:], read, voice)
    ):
        return True
    if read and voice and same_words(read[0].who, voice) and _chain_agrees(gold, read[1:], voice):
        return True
    if not gold or not read:
        return not gold and not read
    link = {**gold[0], "text": gold[0]["who"]}
    return actor_agrees(link, read[0].country, read[0].who) and _chain_agrees(
        gold[1:], read[1:], voice
    )


def channel_right(gold: GoldEvent, event: Event) -> bool:
    """Whether each channel of the gold's chain was read."""
    wanted = [link["channel"] for link in gold.record["attribution"] if link["channel"]]
    given = [text for link in event.attribution for text in (link.channel, link.who) if text]
    return all(any(same_words(channel, text) for text in given) for channel in wanted)


def dates_right(gold: GoldEvent, time: Interval | None, day: date) -> bool:
    """Whether the days are the gold's, or others that it accepts (`time_ok`). Where it gives none:
    none, an open end, or an interval that holds the dispatch's day."""
    first = time.earliest.date() if time and time.earliest else None
    last = time.latest.date() if time and time.latest else None
    accepted = (gold.record["time"], *gold.record.get("time_ok", ()))
    return any(_days_agree(wanted, first, last, day) for wanted in accepted)


def _days_agree(
    wanted: dict[str, str | None] | None, first: date | None, last: date | None, day: date
) -> bool:
    if wanted is None:
        return first is None or last is None or first <= day <= last
    if first is None or first.isoformat() != wanted["earliest"]:
        return False
    if wanted["latest"] is None:
        return last is None or last >= day
    return last is not None and last.isoformat() == wanted["latest"]


def cameo_right(gold: GoldEvent, event: Event) -> bool:
    """Whether the two-digit CAMEO root is the gold's; 02 (appeal) and 10 (demand) are one."""
    root = (event.cameo or "")[:2]
    wanted = gold.record["cameo"] or ""
    return root == wanted or {root, wanted} == {"02", "10"}


def place_right(gold: GoldEvent, event: Event) -> bool:
    """Whether the place named is the gold's, by its words; or none where the gold has none."""
    read = event.place.text if event.place else None
    wanted = gold.record["place"]
    return read is None if wanted is None else same_words(wanted, read)


def _closeness(gold: GoldAtom, read: ReadAtom, dispatch: Dispatch) -> float:
    event = read.event
    wanted = gold.event.record["objects"]
    return (
        4.0 * bool(gold.event.record["incident"] == event.incident)
        + 3.0 * (bool(wanted) and objects_right(gold.event, event))
        + 2.0 * status_right(gold.event, event)
        + 1.0 * attribution_right(gold.event, event, dispatch.voice)
        + 1.0 * dates_right(gold.event, event.time, dispatch.day)
        + 2.0 * overlap(gold.event, event)
    )


def match(dispatch: Dispatch, events: Iterable[Event]) -> Match:
    """Match a reading with a dispatch's gold, one to one, the closest pairs first.

    Readings left over are wrong, unless they fit an optional gold event, or are a further pair of
    an event already matched that its gold event accepts too.
    """
    reads = read_atoms(events)
    golds = gold_atoms(dispatch.events)
    pairs = [(g, r) for g in range(len(golds)) for r in range(len(reads))
             if agrees(golds[g], reads[r])]  # fmt: skip
    order = sorted(
        pairs,
        key=lambda p: (
            golds[p[0]].event.optional,
            -_closeness(golds[p[0]], reads[p[1]], dispatch),
            p,
        ),
    )
    gold_of: dict[int, int] = {}
    read_of: dict[int, int] = {}
    for g, r in order:
        if g not in read_of and r not in gold_of:
            read_of[g], gold_of[r] = r, g
    spare = {
        r for g, r in pairs
        if r not in gold_of and g in read_of and reads[read_of[g]].event is reads[r].event
    }  # fmt: skip
    result = Match()
    for g, gold in enumerate(golds):
        if gold.event.optional:
            continue
        if g in read_of:
            result.found.append((gold, reads[read_of[g]]))
        else:
            result.missed.append(gold)
    result.wrong = [read for r, read in enumerate(reads) if r not in gold_of and r not in spare]
    return result
