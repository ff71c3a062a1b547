"""How well the reader reads the gold dispatches of `tests/gold`.

    python benchmarks/reading.py [--set dev|retired|trial|unseen|…] [--show-misses] [--save]

Prints, per dispatch and in all, precision and recall of events on (source, act, target), and of the
events found, how many have the attribution, status and dates right (and the incident, CAMEO root,
channel, objects and place), and whether every offset read is exact. The unseen sets print figures
only: no texts, no misses. `--save` keeps the figures as `benchmarks/reading-SET.json`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gold
from masthead.errors import EvidenceError
from masthead.model import Event, TextSpan

FIELDS = (
    "attribution", "status", "dates", "incident", "cameo", "channel", "objects", "place"
)  # fmt: skip


def fields_right(atom: gold.GoldAtom, event: Event, dispatch: gold.Dispatch) -> dict[str, bool]:
    """Each field of a found event: right or not. A field that does not apply is left out."""
    wanted = atom.event
    right = {
        "attribution": gold.attribution_right(wanted, event, dispatch.voice),
        "status": gold.status_right(wanted, event),
        "dates": gold.dates_right(wanted, event.time, dispatch.day),
        "incident": wanted.record["incident"] == event.incident,
    }
    if wanted.record["cameo"]:
        right["cameo"] = gold.cameo_right(wanted, event)
    if any(link["channel"] for link in wanted.record["attribution"]):
        right["channel"] = gold.channel_right(wanted, event)
    if wanted.record["objects"] or event.objects:
        right["objects"] = gold.objects_right(wanted, event)
    if wanted.record["place"] or (event.place and event.place.text):
        right["place"] = gold.place_right(wanted, event)
    return right


def offsets_exact(event: Event, dispatch: gold.Dispatch) -> bool:
    """Whether every span of a read event is the text that it claims."""
    try:
        event.verify(dispatch.text)
    except EvidenceError:
        return False
    return all(isinstance(piece, TextSpan) for piece in event.evidence)


def in_trap(event: Event, dispatch: gold.Dispatch) -> bool:
    """Whether the evidence touches words that the gold says hold no event."""
    return any(
        isinstance(piece, TextSpan) and piece.start < end and start < piece.end
        for piece in event.evidence
        for start, end in dispatch.traps
    )


def score(dispatch: gold.Dispatch, events: list[Event]) -> tuple[gold.Match, Counter[str]]:
    """The match of one reading, and its counts."""
    result = gold.match(dispatch, events)
    counts: Counter[str] = Counter(
        found=len(result.found),
        gold=len(result.found) + len(result.missed),
        read=len(result.found) + len(result.wrong),
        in_traps=sum(in_trap(atom.event, dispatch) for atom in result.wrong),
        events=len(events),
        exact=sum(offsets_exact(event, dispatch) for event in events),
    )
    for atom, read in result.found:
        for name, right in fields_right(atom, read.event, dispatch).items():
            counts[f"{name}_of"] += 1
            counts[f"{name}_right"] += right
    return result, counts


def ratio(part: int, whole: int) -> float | None:
    """Part of whole, None of nothing."""
    return part / whole if whole else None


def figures(counts: Counter[str]) -> dict[str, float | int | None]:
    """The figures of a set of counts."""
    result: dict[str, float | int | None] = {
        "precision": ratio(counts["found"], counts["read"]),
        "recall": ratio(counts["found"], counts["gold"]),
    }
    for name in FIELDS:
        result[name] = ratio(counts[f"{name}_right"], counts[f"{name}_of"])
    result["offsets_exact"] = ratio(counts["exact"], counts["events"])
    for name in ("gold", "read", "found", "in_traps"):
        result[name] = counts[name]
    return result


def shown(value: float | int | None) -> str:
    """A figure as printed."""
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def print_table(rows: Iterable[tuple[str, Counter[str]]]) -> None:
    """One line a dispatch: precision, recall, and the fields of the events found."""
    columns = ("precision", "recall", *FIELDS, "gold", "read", "found")
    print(f"{'':26}" + "".join(f"{name[:10]:>11}" for name in columns))
    for label, counts in rows:
        values = figures(counts)
        print(f"{label:26}" + "".join(f"{shown(values[name]):>11}" for name in columns))


def actor_words(actor: Any) -> str:
    """An actor, gold or read, for a human."""
    if actor is None:
        return "-"
    if isinstance(actor, dict):
        return f"{actor['country'] or ''}[{actor['text']}]"
    return f"{actor.country or ''}[{actor.text}]"


def print_misses(dispatch: gold.Dispatch, result: gold.Match) -> None:
    """What was missed, what was wrong, and which fields of the found events are wrong."""
    print(f"\n== {dispatch.name} ({dispatch.day})")
    for atom in result.missed:
        e = atom.event.record
        act = e["act"] or e["incident"]
        print(f"  missed {actor_words(atom.source)} {act} {actor_words(atom.target)}"
              f" ({e['status']}): {e['evidence']!r}")  # fmt: skip
    for wrong in result.wrong:
        texts = [p.text for p in wrong.event.evidence if isinstance(p, TextSpan)]
        print(f"  wrong  {actor_words(wrong.source)} {gold.act_of(wrong.event)}"
              f" {actor_words(wrong.target)} ({wrong.event.status.value}): {texts}"
              f" | {wrong.event.why}")  # fmt: skip
    for atom, read in result.found:
        e, event = atom.event.record, read.event
        interval = event.time
        both = {
            "attribution": ([link["who"] for link in e["attribution"]],
                            [link.who for link in event.attribution]),
            "status": (e["status"], event.status.value),
            "dates": (e["time"], interval and (interval.earliest, interval.latest)),
            "incident": (e["incident"], event.incident),
            "cameo": (e["cameo"], event.cameo),
            "channel": ([link["channel"] for link in e["attribution"]],
                        [link.channel for link in event.attribution]),
            "objects": ([ship["text"] for ship in e["objects"]],
                        [ship.text for ship in event.objects]),
            "place": (e["place"], event.place and event.place.text),
        }  # fmt: skip
        for name, right in fields_right(atom, event, dispatch).items():
            if not right:
                wanted, got = both[name]
                print(f"  {name}: {got} should be {wanted}: {e['evidence']!r}")


def read_all(dispatches: list[gold.Dispatch]) -> Iterable[tuple[gold.Dispatch, list[Event]]]:
    """Each dispatch with what the reader reads in it."""
    from masthead.reports.reader import read_documents

    readings = read_documents(d.document() for d in dispatches)
    for dispatch, reading in zip(dispatches, readings, strict=True):
        if reading.refused:
            print(f"{dispatch.name}: refused: {reading.refused}", file=sys.stderr)
        yield dispatch, list(reading.events)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", choices=gold.SETS, default="dev", dest="chosen")
    parser.add_argument("--show-misses", action="store_true")
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    if options.show_misses and options.chosen.startswith("unseen"):
        parser.error("the unseen set shows no misses, so that nobody tunes on it")

    total: Counter[str] = Counter()
    rows: list[tuple[str, Counter[str]]] = []
    for dispatch, events in read_all(gold.load_set(options.chosen)):
        result, counts = score(dispatch, events)
        if options.show_misses:
            print_misses(dispatch, result)
        total += counts
        rows.append((dispatch.name, counts))
    print_table([*rows, (f"all of {options.chosen}", total)])
    values = figures(total)
    print(f"offsets exact: {total['exact']} of {total['events']} events read;"
          f" wrong readings in traps: {total['in_traps']}")  # fmt: skip
    if options.save:
        path = Path(__file__).with_name(f"reading-{options.chosen}.json")
        path.write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
