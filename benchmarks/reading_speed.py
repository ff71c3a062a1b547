"""How fast prose is read: words a second, parse only and whole, one and two processes; memory.

    python benchmarks/reading_speed.py [--words 60000] [--save]

The text is the gold dispatches that rules may be written for (`tests/gold/dev`, `retired`,
`trial`), repeated; of several runs, taken in turn, the fastest counts. The parse alone is spaCy's
pipelines over all paragraphs at once. The share of the rules is what the whole takes more than
that, in seconds of the processor (other programs on the machine disturb these less than the clock).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from masthead.model import Document
from masthead.reports.mask import mask
from masthead.reports.parse import SpacyParser, parsers
from masthead.reports.reader import read_document, read_documents
from masthead.reports.sentences import paragraphs

ROOT = Path(__file__).resolve().parent.parent


def documents(words: int) -> list[Document]:
    """The dispatches, repeated until there are `words` words."""
    texts = [
        path.read_text("utf-8")
        for folder in ("dev", "retired", "trial")
        for path in sorted((ROOT / "tests/gold" / folder).glob("*.txt"))
    ]
    found: list[Document] = []
    count = 0
    while count < words:
        text = texts[len(found) % len(texts)]
        found.append(Document(id=str(len(found)), text=text, language="en"))
        count += len(text.split())
    return found


def peak_mib() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(work: Iterable[object]) -> tuple[float, float]:
    """How long it takes to go through an iterable, by the clock and of the processor."""
    start, spent = time.perf_counter(), time.process_time()
    for _ in work:
        pass
    return time.perf_counter() - start, time.process_time() - spent


def docs(texts: list[str]) -> Iterator[object]:
    """What spaCy's pipelines alone make of the texts."""
    for one in parsers():
        assert isinstance(one, SpacyParser)
        yield from one.docs(texts)


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--words", type=int, default=20_000)
    options.add_argument("--repeats", type=int, default=3, help="the fastest of so many counts")
    options.add_argument("--save", action="store_true")
    given = options.parse_args()
    items = documents(given.words)
    words = sum(len(d.text.split()) for d in items)
    read_document(items[0])  # load the model and the tables

    masked = [mask(p.text, p.start).text for d in items for p in paragraphs(d.text)]
    events = sum(len(r.events) for r in read_documents(items))
    parse_s = whole_s = two_s = parse_cpu = whole_cpu = float("inf")
    for _ in range(given.repeats):
        clock, spent = seconds(docs(masked))
        parse_s, parse_cpu = min(parse_s, clock), min(parse_cpu, spent)
        clock, spent = seconds(read_documents(items))
        whole_s, whole_cpu = min(whole_s, clock), min(whole_cpu, spent)
        two_s = min(two_s, seconds(read_documents(items, processes=2))[0])

    long = Document(id="long", text="\n\n".join(d.text for d in items), language="en")
    before = peak_mib()
    read_document(long)
    figures = {
        "words": words,
        "events": events,
        "parse_words_per_s": round(words / parse_s),
        "whole_words_per_s": round(words / whole_s),
        "two_processes_words_per_s": round(words / two_s),
        "rules_share_of_parse": round((whole_cpu - parse_cpu) / parse_cpu, 3),
        "peak_mib": round(before),
        "peak_mib_one_long_text": round(peak_mib()),
    }
    for name, value in figures.items():
        print(f"{name:28} {value:,}")
    if given.save:
        Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
