"""How long merging takes: 100,000 events of reports at once, then 1,000 more as they come.

    python benchmarks/merging.py [--events 100000] [--more 1000] [--save]

Invented reports of a year: each incident is a ship's (named in four of five), told by one to five
documents with the day, some with a place. Also compares what merging as they come gives with
merging all at once: they must be equal.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from masthead.ledger.merge import Merger, merge
from masthead.model import Actor, Document, Event, Interval, Place, Sense, TextSpan, Vessel

BEGIN = datetime(2030, 1, 1, tzinfo=UTC)
FLAGS = ("PAN", "LBR", "MHL", "GRC", "SGP", "HKG", "BHS", "MLT", "CYP", "IRN")
CLASSES = ("tanker", "bulk carrier", "container", "cargo", "fishing")
KINDS = ("boarding", "seizure", "attack", "detention", "pursuit")
OUTLETS = ("Wire", "Courier", "Daily", "Navy", "Ministry", "Watch")


def called(ship: int) -> str:
    """An invented name of two words, different for each number."""
    one, two = divmod(ship, 141)
    syllables = ("ar", "bel", "cor", "dun", "el", "fen", "gar", "hol", "is", "kor", "lin", "mar")
    return " ".join(
        syllables[n % 12].title() + syllables[n // 12 % 12] for n in (one + 7 * two, two)
    )


def invented(count: int, seed: int) -> tuple[list[Event], dict[str, Document]]:
    """So many events and the documents that they cite, three events a document."""
    dice = np.random.default_rng(seed)
    events: list[Event] = []
    documents: dict[str, Document] = {}
    while len(events) < count:
        ship = int(dice.integers(20_000))
        named = dice.random() < 0.8
        moment = BEGIN + timedelta(hours=float(dice.uniform(0, 365 * 24)))
        lat, lon = float(dice.uniform(-30, 60)), float(dice.uniform(-180, 180))
        there = Place(lat=lat, lon=lon, radius_m=20_000.0)
        kind = str(dice.choice(KINDS))
        for _ in range(int(dice.integers(1, 6))):
            number = len(events)
            told = moment + timedelta(hours=float(dice.uniform(2, 40)))
            name = f"{seed}-{number // 3}"
            text = f"Report {number} of {name}, of a ship and what was done to it that day."
            documents.setdefault(
                name, Document(id=name, text=text, date=told, outlet=str(dice.choice(OUTLETS)))
            )
            events.append(
                Event(
                    sense=Sense.REPORT, act="COERCE", incident=kind,
                    sources=(Actor(text="the navy", country="XKE"),),
                    objects=(Vessel(
                        text=f"the ship {number}", subtype=CLASSES[ship % 5], flag=FLAGS[ship % 10],
                        name=called(ship) if named else None,
                    ),),
                    time=Interval(
                        earliest=moment.replace(hour=0, minute=0, second=0, microsecond=0),
                        latest=moment.replace(hour=23, minute=59, second=59, microsecond=0),
                        precision="day",
                    ),
                    place=there if dice.random() < 0.4 else None,
                    evidence=(TextSpan(document=name, start=0, end=6, text=text[:6]),),
                    details={"number": number},
                    confidence=0.5 + 0.4 * float(dice.random()),
                    why=f"{number}",
                    id=f"{seed:02d}{number:018d}",
                )
            )  # fmt: skip
    return events[:count], documents


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--more", type=int, default=1000)
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    events, documents = invented(options.events + options.more, 1)
    first, rest = events[: options.events], events[options.events :]
    merger = Merger(documents)
    start = time.monotonic()
    merger.add(first)
    compared = time.monotonic() - start
    before = merger.incidents()
    whole = time.monotonic() - start
    print(f"{len(first):,} events: {len(before):,} incidents in {whole:.1f} s "
          f"({compared:.1f} s comparing)")  # fmt: skip
    start = time.monotonic()
    merger.add(rest)
    added = time.monotonic() - start
    after = merger.incidents()
    grown = time.monotonic() - start
    print(f"{len(rest):,} more: {added:.1f} s comparing, {grown:.1f} s with all accounts anew")
    small = events[:5000]
    steps = Merger(documents)
    for k in range(0, len(small), 500):
        steps.add(small[k : k + 500])
    equal = steps.incidents() == merge(list(reversed(small)), documents)
    print(f"as they come and all at once, in reverse order: {'equal' if equal else 'NOT EQUAL'}")
    if options.save:
        content = {"events": len(first), "incidents": len(before), "seconds": round(whole, 1),
                   "more": len(rest), "seconds_more": round(grown, 1), "equal": equal,
                   "incidents_after": len(after)}  # fmt: skip
        Path(__file__).with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n")
    return 0 if equal else 1


if __name__ == "__main__":
    raise SystemExit(main())
