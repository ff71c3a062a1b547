"""How alike two matters are: whether they may be one incident, and how sure that is.

`forbids` names what makes it impossible: what `contradicts` any two members of one incident (two
IMO numbers, two names, two classes of ship, two doers) and times or places too far apart, asked of
the pair that joins. `likeness` weighs what speaks for it, 0 to 1, with the grounds in words. A ship
that is named joins only reports of that ship; an unnamed one needs its description, the time and
either the place or the doer to fit: a wrong merge costs more than a missed one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from rapidfuzz import fuzz

from masthead.geo import NAUTICAL_MILE_M, apart
from masthead.ledger.merge.matters import Matter
from masthead.ledger.merge.numbered import of_one_number, of_two_numbers, replaced

NAMED_APART = timedelta(days=12)
"""How long one interdiction of one ship lasts at most, from the chase to the release: reports of
the same ship further apart are two incidents."""

UNNAMED_APART = timedelta(hours=18)
"""How far apart the times of an unnamed ship may be: a report's day against another's clock."""

PLACE_SLACK_M = 15.0 * NAUTICAL_MILE_M
"""What two desks' estimates of one place differ by beside their own uncertainty."""

ALIKE = 0.86
"""The least similarity of two spellings of one name (a letter or two of ten)."""

JOIN = 0.6
"""The least likeness at which two matters are one incident."""

EXACT_APART = timedelta(hours=3)
"""How far apart two times may be that are told to the minute."""

LEAST_DEGREE_M = 110_500.0
"""A degree of latitude is nowhere shorter."""

OF_GROUP, OF_FLAG, OF_DOER, OF_DEED = 0.1, 0.14, 0.06, 0.08
OF_TIME, OF_DAYS = 0.1, 0.05
OF_SPOT, OF_PLACE, OF_AREA = 0.24, 0.16, 0.06
"""What it adds to a likeness that two matters share the class of ship, the flag, the doer, the
deed; a time that both tell, the days of which one has no time; the very point, a place within the
other's uncertainty, or no more than places that do not exclude one another."""

ONE_PLACE_M, NARROW_M = 5_000.0, 25.0 * NAUTICAL_MILE_M
"""Points so near are one, and radii so small make it telling."""

STAGES = {
    "approach": 0, "suspicious_approach": 0, "pursuit": 1, "attempted_boarding": 2,
    "interception": 2, "boarding": 3, "diversion": 3, "escort": 4, "hijack": 4, "seizure": 4,
    "detention": 5, "release": 6,
}  # fmt: skip
"""The stages of an interdiction, in the order in which they can follow one another."""


@dataclass(frozen=True)
class Likeness:
    """The weight of a pair, and the grounds."""

    weight: float
    grounds: str


def forbids(one: Matter, other: Matter) -> str | None:
    """Why two matters cannot be one incident; None if nothing speaks against it."""
    return contradicts(one, other) or _strays(one, other)


def contradicts(one: Matter, other: Matter) -> str | None:
    """Why two matters cannot be of one ship and doer, whatever they tell of it."""
    if one.kinds and other.kinds:
        for kind, names in one.kinds.items():
            theirs = other.kinds.get(kind)
            if theirs and not names & theirs:
                return f"two {kind.upper()}s"
    if of_one_number(one.notice, other.notice):
        return None
    if of_two_numbers(one.notice, other.notice):
        return "two incidents by their numbers"
    named = one.name and other.name and not same_name(one.name, other.name)
    if named and not one.names & other.names:
        return "two names"
    if one.group and other.group and one.group != other.group and not _same_ship(one, other):
        return "two classes of ship"
    if one.flag and other.flag and one.flag != other.flag and not _same_ship(one, other):
        return "two flags"
    if ((one.count or 1) > 1) != ((other.count or 1) > 1):
        return "one ship and several"
    if one.by and other.by and not one.by & other.by:
        return "two doers"
    if _news_after(one, other) or _news_after(other, one):
        return "told as new by the outlet that had named the ship"
    return None


def _news_after(named: Matter, other: Matter) -> bool:
    """Whether an outlet that has named a ship later tells of "a ship", as of those days: that is
    another one. What it tells with a time from before may be the same once more."""
    if not (named.known and named.outlet and named.outlet == other.outlet and named.told):
        return False
    if other.known or other.definite or other.told is None or other.told <= named.told:
        return False
    return other.first is None or other.first >= named.told


def _strays(one: Matter, other: Matter) -> str | None:
    """Why two matters that may be of one ship are not of one deed of it."""
    if of_one_number(one.notice, other.notice):
        return None
    limit = NAMED_APART if one.known and other.known else UNNAMED_APART
    apart = gap_between(one, other)
    if apart is not None and apart > limit:
        return "too far apart in time"
    if not (one.known and other.known) and too_far(one, other):
        return "too far apart"
    if not _chained(one, other):
        return "unlike deeds"
    return None


def likeness(one: Matter, other: Matter) -> Likeness | None:
    """What speaks for two matters being one incident; None if that is forbidden or too little."""
    if forbids(one, other):
        return None
    if of_one_number(one.notice, other.notice) and one.notice:
        return Likeness(0.97, f"both are {one.notice.number}")
    if (number := replaced(one.notice, other.notice)) and one.deed == other.deed:
        return Likeness(0.9, f"the one takes the place of {number}")
    if one.names & other.names:
        shared = ", ".join(sorted(one.names & other.names)).replace(":", " ")
        return Likeness(0.99, f"the same {shared}")
    if one.name and other.name:
        return Likeness(0.95 if one.name == other.name else 0.9, "the same name")
    if one.known or other.known:
        return _described(one, other, 0.62 if _anaphor(one, other) else 0.3)
    return _described(one, other, 0.3)


def same_name(one: str, other: str) -> bool:
    """Whether two names (as keys) are spellings of one."""
    return one == other or _alike(one, other)


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= 3 and (
        min(len(one), len(other)) >= 6 and fuzz.ratio(one, other, score_cutoff=100.0 * ALIKE) > 0.0
    )


def gap_between(one: Matter, other: Matter) -> timedelta | None:
    """The time between two matters, zero where they overlap; None where one has none."""
    if one.since is None or other.since is None or one.until is None or other.until is None:
        return None
    return max(timedelta(), max(one.since, other.since) - min(one.until, other.until))


def clash(one: Matter, other: Matter) -> bool:
    """Whether two matters tell times or places of like deeds that cannot both be right, to the
    hour and to the mile: asked of what names no ship before it joins what does."""
    if of_one_number(one.notice, other.notice) or not _chained(one, other):
        return False
    exact = one.exact and other.exact
    apart = gap_between(one, other)
    return (exact and apart is not None and apart > EXACT_APART) or too_far(one, other)


def _described(one: Matter, other: Matter, base: float) -> Likeness | None:
    """The likeness where one names no ship: by class, flag, time, place, doer and deed."""
    grounds = ["the text goes on about that ship"] if base > 0.5 else []
    weight = base
    if one.group and one.group == other.group:
        weight, grounds = weight + OF_GROUP, [*grounds, f"both of a {one.group} ship"]
    if one.flag and one.flag == other.flag:
        weight, grounds = weight + OF_FLAG, [*grounds, f"both under the flag of {one.flag}"]
    if gap_between(one, other) == timedelta():
        dated = one.first is not None and other.first is not None
        weight += OF_TIME if dated else OF_DAYS
        grounds = [*grounds, "at the same time" if dated else "in the same days"]
    much, where = _nearness(one, other)
    if much:
        weight, grounds = weight + much, [*grounds, where]
    if one.by & other.by:
        weight, grounds = weight + OF_DOER, [*grounds, "by the same side"]
    if one.deed == other.deed:
        weight, grounds = weight + OF_DEED, [*grounds, f"both a {one.deed}"]
    return Likeness(min(weight, 0.89), ", ".join(grounds)) if weight >= JOIN else None


def _nearness(one: Matter, other: Matter) -> tuple[float, str]:
    """What two places say for being one, and in words."""
    if one.spot is None or other.spot is None:
        return 0.0, ""
    wide = max(one.radius_m, other.radius_m)
    if wide <= NARROW_M and not farther(one, other, ONE_PLACE_M):
        return OF_SPOT, "at the very same place"
    if farther(one, other, wide):
        return OF_AREA, "in the same area"
    return OF_PLACE, "at the same place"


def _anaphor(one: Matter, other: Matter) -> bool:
    """Whether one is "the tanker" soon after the other's ship was named in the same text."""
    if one.document != other.document:
        return False
    later, before = (one, other) if one.offset > other.offset else (other, one)
    return (
        later.definite and not later.known and before.known and later.offset - before.offset < 900
    )


def _same_ship(one: Matter, other: Matter) -> bool:
    return bool(one.names & other.names) or bool(one.name and one.name == other.name)


def too_far(one: Matter, other: Matter) -> bool:
    """Whether two places cannot be one, their uncertainties allowed for."""
    return farther(one, other, one.radius_m + other.radius_m + PLACE_SLACK_M)


def farther(one: Matter, other: Matter, allowed_m: float) -> bool:
    """Whether two places, if both are told, lie further apart than so many metres."""
    if one.spot is None or other.spot is None:
        return False
    return apart(*one.spot, *other.spot, allowed_m)


def _chained(one: Matter, other: Matter) -> bool:
    """Whether the two deeds can be stages of one interdiction; an attack is none but its own."""
    a, b = STAGES.get(one.deed), STAGES.get(other.deed)
    if a is None or b is None:
        return one.deed == other.deed
    if one.known and other.known:
        return True
    return abs(a - b) <= 1
