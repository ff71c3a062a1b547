"""How a subject meets an entry: by IMO number, MMSI, call sign, or name; with a score and why.

Scores are set, not learnt: an IMO number stays with a hull for life (1.0); an MMSI and a call sign
change with the flag and are given out again (0.92, 0.85); a name alone is shared by many ships and
people (0.6 at most), and gains by a flag and a type that agree. Another valid IMO number says it is
another ship, whatever the name: such a hit is weak (0.2) and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from masthead.checks.screening.entries import ListEntry
from masthead.checks.screening.index import ListIndex
from masthead.checks.screening.names import party_name
from masthead.checks.screening.subjects import Subject, broad
from masthead.tracks.identity import imo_is_valid

NAME_ONLY = 0.6
WEAK = 0.2


@dataclass(frozen=True)
class Match:
    """An entry (its row in the index), what matched, the score and the reason."""

    row: int
    field: str
    score: float
    reason: str


def matches(subject: Subject, index: ListIndex) -> list[Match]:
    """The best match of a subject with each entry, best first."""
    found: dict[int, Match] = {}
    for match in _ship(subject, index) if subject.kind == "ship" else _actor(subject, index):
        if match.row not in found or found[match.row].score < match.score:
            found[match.row] = match
    return sorted(found.values(), key=lambda m: (-m.score, m.row))


def _ship(subject: Subject, index: ListIndex) -> list[Match]:
    found = []
    if subject.imo:
        for row in index.by_imo.get(subject.imo, ()):
            if imo_is_valid(subject.imo):
                found.append(Match(row, "imo", 1.0, f"same IMO number {subject.imo}"))
            else:
                why = f"same IMO number {subject.imo}, but its check digit is wrong"
                found.append(Match(row, "imo", 0.7, why))
    for row in index.by_mmsi.get(subject.mmsi or 0, ()):
        other = _other_imo(subject, index.rows[row][1])
        why = f"same MMSI {subject.mmsi}{other}"
        found.append(Match(row, "mmsi", WEAK if other else 0.92, why))
    for row in index.by_call_sign.get(subject.call_sign or "", ()):
        other = _other_imo(subject, index.rows[row][1])
        why = f"same call sign {subject.call_sign}{other}"
        found.append(Match(row, "call sign", WEAK if other else 0.85, why))
    if subject.name:
        for likeness, kind, row in index.ships.near(subject.name):
            found.append(_named_ship(subject, index.rows[row][1], likeness, kind, row))
    return found


def _named_ship(subject: Subject, entry: ListEntry, likeness: float, kind: str, row: int) -> Match:
    why = [_like(likeness, kind)]
    score = NAME_ONLY * likeness
    if other := _other_imo(subject, entry):
        return Match(row, kind, WEAK, why[0] + other)
    agree = 0
    if subject.flag and entry.flags:
        same = subject.flag in entry.flags
        agree += same
        score += 0.13 if same else -0.1
        why.append(f"flag {subject.flag} {'agrees' if same else 'differs'}")
    ours, theirs = broad(subject.ship_type), broad(entry.ship_type)
    if ours and theirs:
        agree += ours == theirs
        score += 0.1 if ours == theirs else -0.2
        why.append(f"type {ours} {'agrees' if ours == theirs else f'differs ({theirs})'}")
    if subject.mmsi and entry.mmsi and subject.mmsi not in entry.mmsi:
        score -= 0.05
        why.append("the list has another MMSI")
    if not agree:
        why.insert(1, "name only")
    if kind == "weak alias":
        score -= 0.15
    return Match(row, kind, round(max(score, 0.05), 3), "; ".join(why))


def _actor(subject: Subject, index: ListIndex) -> list[Match]:
    found = []
    words = party_name(subject.name or "").words
    for likeness, kind, row in index.parties.near(subject.name or ""):
        entry = index.rows[row][1]
        if entry.kind == "person" and len(words) < 2:
            continue
        score = NAME_ONLY * likeness + 0.05 * (len(words) > 2)
        why = [_like(likeness, kind)]
        if subject.flag and entry.countries:
            same = subject.flag in entry.countries
            score += 0.15 if same else -0.1
            why.append(f"country {subject.flag} {'agrees' if same else 'differs'}")
        if len(why) == 1 or "differs" in why[1]:
            why.insert(1, "name only")
        if kind == "weak alias":
            score -= 0.15
        found.append(Match(row, kind, round(max(score, 0.05), 3), "; ".join(why)))
    return found


def _like(likeness: float, kind: str) -> str:
    return f"same {kind}" if likeness > 0.999 else f"{kind} {likeness:.0%} alike"


def _other_imo(subject: Subject, entry: ListEntry) -> str:
    """Words for a contradicting IMO number; empty if there is none."""
    if not subject.imo or not entry.imo or subject.imo in entry.imo:
        return ""
    if not imo_is_valid(subject.imo) or not any(map(imo_is_valid, entry.imo)):
        return ""
    return f"; another ship: IMO {subject.imo} here, {entry.imo[0]} on the list"
