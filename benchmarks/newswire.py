"""Source country, target country and two-digit CAMEO of newswire sentences.

    python benchmarks/newswire.py [FILE] [--show] [--save]

FILE defaults to ../shared/data/reports/newswire_cameo.dev.jsonl (UniversalPetrarch's validation
sentences, MIT; partly machine-made). Each sentence is read as a document of its own day. A gold
actor counts by its first three letters where they are a country. Three scores, all as precision
and recall over the events of a sentence: sources, targets, CAMEO roots (02 and 10 are one), and
whole events (source, target, root).

`newswire_notes.csv` says of which rows (from 0) of that file we hold the label to be wrong, and
why; the figures are given with and without them. It was written with what the reader reads in view,
so the figures without them flatter it.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pycountry

from masthead.model import Document, Event
from masthead.reports.reader import read_document

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT.parent / "shared/data/reports/newswire_cameo.dev.jsonl"
COUNTRIES = {c.alpha_3 for c in pycountry.countries}

PARTS = ("source", "target", "cameo", "event")

Triple = tuple[str | None, str | None, str]


def country(code: str | None) -> str | None:
    """The country of a CAMEO actor code; None if it has none."""
    return code[:3] if code and code[:3] in COUNTRIES else None


def root(cameo: str) -> str:
    """The two-digit root; appeals and demands are one."""
    return "02/10" if cameo[:2] in ("02", "10") else cameo[:2]


def gold_of(row: dict[str, Any]) -> Counter[Triple]:
    """The gold events of a sentence."""
    return Counter(
        (country(e["source"]), country(e["target"]), root(e["code"]))
        for e in row["events"] if e["code"]
    )  # fmt: skip


def read_of(events: tuple[Event, ...]) -> Counter[Triple]:
    """The events read, one for each pair of a source and a target."""
    found: Counter[Triple] = Counter()
    for event in events:
        if event.cameo:
            for source in event.sources or (None,):
                for target in event.targets or (None,):
                    found[source and source.country, target and target.country,
                          root(event.cameo)] += 1  # fmt: skip
    return found


def project(events: Counter[Triple], part: str) -> Counter[Any]:
    """One part of the events."""
    index = {"source": 0, "target": 1, "cameo": 2}
    if part == "event":
        return events
    found: Counter[Any] = Counter()
    for triple, n in events.items():
        if triple[index[part]] is not None:
            found[triple[index[part]]] += n
    return found


def noted() -> dict[int, str]:
    """Rows of the default file whose label seems wrong, and why."""
    with Path(__file__).with_name("newswire_notes.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["row"]): row["reason"] for row in csv.DictReader(file)}


def scores(counts: Counter[str], title: str) -> dict[str, dict[str, float]]:
    """Precision and recall of each part, printed."""
    print(title)
    figures = {}
    for part in PARTS:
        precision = counts[f"{part}_hits"] / max(1, counts[f"{part}_read"])
        recall = counts[f"{part}_hits"] / max(1, counts[f"{part}_gold"])
        figures[part] = {"precision": round(precision, 4), "recall": round(recall, 4)}
        print(f"  {part:8} precision {precision:.3f}  recall {recall:.3f}  "
              f"(gold {counts[f'{part}_gold']}, read {counts[f'{part}_read']})")  # fmt: skip
    return figures


def main() -> int:
    """Score and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    options.add_argument("--show", action="store_true", help="print each sentence that differs")
    options.add_argument("--save", action="store_true")
    given = options.parse_args()
    if not given.file.exists():
        print(f"{given.file} is not there; nothing to score")
        return 0
    every: Counter[str] = Counter()
    trusted: Counter[str] = Counter()
    rows = [json.loads(line) for line in given.file.read_text("utf-8").splitlines()]
    notes = noted() if given.file.name == DEFAULT.name else {}
    for number, row in enumerate(rows):
        pattern = "%Y%m%d" if len(row["date"]) == 8 else "%y%m%d"
        day = datetime.strptime(row["date"], pattern).replace(tzinfo=UTC)
        document = Document(id=row["id"], text=row["text"], date=day, language="en")
        reading = read_document(document)
        gold, read = gold_of(row), read_of(reading.events)
        counts: Counter[str] = Counter()
        for part in PARTS:
            wanted, had = project(gold, part), project(read, part)
            counts[f"{part}_hits"] += sum((wanted & had).values())
            counts[f"{part}_gold"] += sum(wanted.values())
            counts[f"{part}_read"] += sum(had.values())
        every += counts
        if number not in notes:
            trusted += counts
        if given.show and gold != read:
            print(f"{row['id']}: {row['text']}\n   gold {dict(gold)}\n   read {dict(read)}")
            if number in notes:
                print(f"   note {notes[number]}")
    figures: dict[str, object] = {**scores(every, f"all {len(rows)} rows")}
    if notes:
        kept = len(rows) - len(notes)
        title = f"the {kept} rows whose label we do not dispute (newswire_notes.csv)"
        figures["undisputed"] = {"rows": kept, **scores(trusted, title)}
    if given.save:
        Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
