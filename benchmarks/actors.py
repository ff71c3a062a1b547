"""How well noun phrases are resolved to country and sector, and how fast.

    python benchmarks/actors.py [--file ../shared/data/reports/actors.dev.jsonl]

Prints the share of phrases with the right country and the right sector (the file's `code_1`; where
it gives an empty code, an empty answer is right), every miss, and the speed of `resolve` and
`ActorTable.find`. A country is counted by `organisation_code`, for the file writes UNO, EUR and IGO
for international bodies. The file is not part of Masthead and is only measured with.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path

from masthead.reports.actors import Resolved, default_table, organisation_code, resolve

DEFAULT = Path(__file__).resolve().parents[2] / "shared/data/reports/actors.dev.jsonl"


def query_date(text: str | None) -> datetime | None:
    """The day of a question: ISO, or "12 April 2022"."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise SystemExit(f"a query_date that cannot be read: {text!r}")


def score(path: Path) -> dict[str, float]:
    """Print the misses and the shares; return the shares."""
    right = {"country": 0, "sector": 0, "either sector": 0}
    asked = {"country": 0, "sector": 0, "either sector": 0}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        expected = row["expected"]
        got = resolve(row["text"], query_date(row["query_date"]))
        answers = {"country": organisation_code(got) or "", "sector": got.sector or ""}
        wanted = {
            "country": expected.get("country", expected.get("cc")),
            "sector": expected.get("code_1"),
        }
        for what, want in wanted.items():
            if want is None:
                continue
            asked[what] += 1
            right[what] += answers[what] == want
            if what == "sector":
                asked["either sector"] += 1
                right["either sector"] += answers[what] in (want, expected.get("code_2"))
            if answers[what] != want:
                show(row, what, want, answers[what], got)
    for what, n in asked.items():
        print(f"{what:14} {right[what]:4} of {n:4}  {right[what] / n:.3f}")
    return {what: right[what] / n for what, n in asked.items()}


def show(row: dict[str, str], what: str, want: str, got: str, answer: Resolved) -> None:
    """One miss."""
    day = f" on {row['query_date']}" if row["query_date"] else ""
    print(f"  {what}: {row['text']!r}{day}: want {want or '-'}, got {got or '-'}  ({answer})")


def speed(path: Path) -> dict[str, float]:
    """Calls of `resolve` a second and words a second of `find`, one core, tables read before."""
    phrases = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    start = time.perf_counter()
    resolve("Iran")
    loaded = time.perf_counter() - start
    for phrase in phrases:  # the towns and regions are read on first need
        resolve(phrase)
    start = time.perf_counter()
    for _ in range(10):
        for phrase in phrases:
            resolve(phrase)
    calls = 10 * len(phrases) / (time.perf_counter() - start)
    gold = Path(__file__).resolve().parents[1] / "tests" / "gold" / "dev"
    text = "\n".join(p.read_text("utf-8") for p in sorted(gold.glob("*.txt")))
    table = default_table()
    start = time.perf_counter()
    for _ in range(10):
        table.find(text)
    words = 10 * len(text.split()) / (time.perf_counter() - start)
    print(f"tables read in {loaded:.2f} s; resolve {calls:,.0f}/s; find {words:,.0f} words/s")
    return {"load_s": loaded, "resolve_per_s": calls, "find_words_per_s": words}


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--file", type=Path, default=DEFAULT)
    path = parser.parse_args().file
    if not path.exists():
        raise SystemExit(f"{path} is not there: the actor phrases are not part of Masthead")
    timing = speed(path)
    shares = score(path)
    record = Path(__file__).with_suffix(".json")
    record.write_text(json.dumps({**shares, **timing}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
