"""What a source said first, and what it says now: its own correction, no disagreement.

The later word of one source counts for what it tells anew, the earlier one for what the later
leaves out. One source is an authority with its number of the incident, a speaker, or else an
outlet; its words are put in order by the update's number and the day they were told. What stands in
one document is no correction of itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from masthead.geo import NAUTICAL_MILE_M
from masthead.judgement import Correction
from masthead.ledger.merge.likeness import farther, gap_between, too_far
from masthead.ledger.merge.matters import Matter
from masthead.model import Document

ANOTHER_HOUR = timedelta(hours=1)
"""Times further apart than this are two."""

ANOTHER_SPOT_M = NAUTICAL_MILE_M
"""Points that one authority gives an incident are two from here on."""

_LAST = datetime(9999, 1, 1, tzinfo=UTC)
ABOUT = ("time", "place", "count")


def outlet_of(document: str, documents: Mapping[str, Document]) -> str:
    """The outlet of a document; its id where that is not known."""
    found = documents.get(document)
    return (found.outlet if found else None) or document


def source_of(matter: Matter, documents: Mapping[str, Document]) -> str:
    """Whose word a matter is, so that a later one of the same takes it back or mends it."""
    if matter.numbered and matter.notice:
        return matter.notice.number
    if matter.event.attribution:
        first = matter.event.attribution[0]
        return f"{first.country or first.who} {first.sector or ''}".strip()
    return outlet_of(matter.document, documents)


def in_order(matter: Matter) -> tuple[int, datetime, str]:
    """Where a matter stands among the words of its source."""
    return (matter.notice.update if matter.notice else 0, matter.told or _LAST, matter.id)


def differing(about: str, one: Matter, other: Matter) -> bool:
    """Whether two matters of one deed tell a time, a place or a count that cannot both be right."""
    if about == "time":
        if one.first is None or other.first is None:
            return False
        gap = gap_between(one, other)
        return gap is not None and gap > ANOTHER_HOUR
    if about == "place":
        return too_far(one, other)
    return one.count is not None and other.count is not None and one.count != other.count


def version(about: str, matter: Matter) -> str:
    """What a matter tells of it, in words."""
    if about == "time":
        assert matter.first
        return f"{matter.first:{'%Y-%m-%d %H:%MZ' if matter.exact else '%Y-%m-%d'}}"
    if about == "place":
        assert matter.place
        return matter.place.text or f"{matter.place.lat:.2f}, {matter.place.lon:.2f}"
    return str(matter.count)


def corrections(
    members: Sequence[Matter], documents: Mapping[str, Document]
) -> tuple[Correction, ...]:
    """What sources of an incident mended, in the order in which they did. A notice mends what its
    number told of the incident; others what they told of one deed."""
    lines: dict[tuple[str, str], list[Matter]] = defaultdict(list)
    for matter in members:
        if matter.happened:
            deed = "" if matter.numbered else matter.deed
            lines[source_of(matter, documents), deed].append(matter)
    found = [
        c for (source, _), told in sorted(lines.items())
        for about in ABOUT for c in _mended(source, about, sorted(told, key=in_order))
    ]  # fmt: skip
    return tuple(found)


def _mended(source: str, about: str, told: Sequence[Matter]) -> Iterator[Correction]:
    """The steps by which one source told something anew, first to last."""
    telling: Callable[[Matter], bool] = {
        "time": lambda m: m.first is not None,
        "place": lambda m: m.place is not None,
        "count": lambda m: m.count is not None,
    }[about]
    standing: Matter | None = None
    for matter in filter(telling, told):
        if standing and standing.document != matter.document and _anew(about, standing, matter):
            yield Correction(
                about=about, source=source, was=version(about, standing),
                now=version(about, matter), earlier=standing.id, later=matter.id,
            )  # fmt: skip
        standing = matter


def _anew(about: str, one: Matter, other: Matter) -> bool:
    if about == "place" and one.numbered:
        return farther(one, other, ANOTHER_SPOT_M)
    return differing(about, one, other)
