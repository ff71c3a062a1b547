"""10^5 list entries against 10^5 subjects: `python benchmarks/screening.py [--entries 100000]
[--subjects 100000] [--save]`. Prints seconds, recall and precision.

Names are made up of syllables and words. Half of the subjects are on the list, under a perturbed
name (a letter lost, doubled, swapped or changed, spaces, a prefix, a Roman numeral, a romanisation)
and without any number; half are not. Precision: of the subjects with a hit, the share whose best
hit is the right entry; recall: the same share of the listed subjects. One process.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path

from masthead.checks.screening import Subject, screen_subjects
from masthead.checks.screening.entries import ListEntry
from masthead.checks.screening.lists import WatchedList

WORDS = [
    "ocean",
    "sea",
    "star",
    "blue",
    "golden",
    "north",
    "grace",
    "pearl",
    "dawn",
    "spirit",
    "pioneer",
    "glory",
    "wave",
    "eagle",
]
SYLLABLES = [
    c + v
    for c in [
        "b",
        "d",
        "f",
        "g",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "z",
        "sh",
        "ch",
        "kh",
    ]
    for v in "aeiou"
]


def coin(dice: random.Random) -> str:
    """A name of one or two words, sometimes with a number."""
    made = "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))
    second = dice.choice([*WORDS, "".join(dice.choices(SYLLABLES, k=dice.randint(2, 3)))])
    name = dice.choice([made + dice.choice("nrs"), f"{made} {second}", f"{second} {made}"])
    return f"{name} {dice.randint(2, 9)}" if dice.random() < 0.15 else name


def perturb(name: str, dice: random.Random) -> str:
    """The name as somebody else would write it."""
    at = dice.randrange(1, len(name) - 2)
    kind = dice.choice(["none", "prefix", "lost", "doubled", "swapped", "changed", "joined", "kh"])
    changed = {
        "prefix": f"M/T {name}", "lost": name[:at] + name[at + 1 :],
        "doubled": name[:at] + name[at] + name[at:],
        "swapped": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        "changed": name[:at] + dice.choice("aeiourst") + name[at + 1 :],
        "joined": name.replace(" ", "", 1) if name[-1].isalpha() else name.replace(" ", "-"),
        "kh": name.replace("kh", "h").replace("k", "c"),
    }.get(kind, name)  # fmt: skip
    for digit, roman in (("2", "II"), ("3", "III"), ("4", "IV")):
        if changed.endswith(f" {digit}"):
            changed = changed[:-1] + roman
    return changed.upper()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=100_000)
    options.add_argument("--subjects", type=int, default=100_000)
    options.add_argument("--save", action="store_true")
    given = options.parse_args()
    dice = random.Random(6)
    names = list(dict.fromkeys(coin(dice) for _ in range(3 * (given.entries + given.subjects))))
    listed, others = names[: given.entries], names[given.entries :]
    entries = tuple(
        ListEntry(id=str(n), kind="ship", names=((name, "name"),)) for n, name in enumerate(listed)
    )
    now = datetime.now(UTC)
    watched = WatchedList("made up", "own", (), now.date(), "0" * 64, now, entries, ())
    truth: dict[str, str | None] = {}
    while len(truth) < given.subjects // 2:
        number = dice.randrange(len(listed))
        truth.setdefault(perturb(listed[number], dice), str(number))
    truth |= {name.upper(): None for name in others[: given.subjects - len(truth)]}
    subjects = [Subject("ship", name) for name in truth]
    begun = time.perf_counter()
    hits = screen_subjects(subjects, [watched])
    seconds = time.perf_counter() - begun
    best: dict[str, str] = {}
    for hit in hits:
        best.setdefault(hit.subject, hit.entry)
    right = sum(truth[subject] == entry for subject, entry in best.items())
    figures = {
        "entries": len(entries), "subjects": len(subjects), "seconds": round(seconds, 1),
        "recall": round(right / sum(t is not None for t in truth.values()), 3),
        "precision": round(right / max(len(best), 1), 3), "hits": len(hits),
    }  # fmt: skip
    print(json.dumps(figures))
    if given.save:
        Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
