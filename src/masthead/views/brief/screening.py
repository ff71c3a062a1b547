"""The listed ships and actors of a brief: who is on which list, and whether it was on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from masthead.case import Case
from masthead.checks.screening import ListedAt, ListHit, screen
from masthead.errors import MastheadError
from masthead.ledger import Ledger
from masthead.views.brief.parts import Group, Line, Section

_TITLE = "Listed ships and actors"
_ORDER = (ListedAt.LISTED, ListedAt.NOT_YET, ListedAt.NO_LONGER, ListedAt.UNKNOWN)


def screening_section(
    case: Case, ledger: Ledger, label: Mapping[str, str], limit: int | None
) -> Section | None:
    """The section on lists; None for a case without any. A list that cannot be read is told in
    the section: it does not keep the rest of the brief from the reader."""
    if not case.watchlists:
        return None
    try:
        hits = screen(case, ledger)
    except MastheadError as error:
        return Section(_TITLE, (), f"Not screened: {error}")
    groups = []
    for answer in _ORDER:
        mine = [hit for hit in hits if hit.listed_at is answer]
        shown = mine if limit is None else mine[:limit]
        if mine:
            lines = tuple(_line(hit, label) for hit in shown)
            title = f"{str(answer).capitalize()} on the day ({len(mine)})"
            groups.append(Group(title, lines, more=len(mine) - len(shown)))
    return Section(
        _TITLE, tuple(groups), "No ship or actor of the case is on its lists.",
        "Facts of the lists, not a legal finding; a score under 0.8 wants a second look.",
    )  # fmt: skip


def _line(hit: ListHit, label: Mapping[str, str]) -> Line:
    called = f" as {hit.entry_name}" if hit.entry_name.casefold() != hit.subject.casefold() else ""
    since = f", since {hit.listed_on}" if hit.listed_on else ""
    until = f" until {hit.delisted_on}" if hit.delisted_on else ""
    text = (
        f"{hit.subject}: {hit.list_label}, entry {hit.entry}{called}{since}{until}. "
        f"Score {hit.score:.2f}: {hit.reason}."
    )
    first: Sequence[str] = hit.events[:1]
    return Line(
        text=text, id=label.get(first[0], first[0][:8]) if first else "",
        when=str(hit.day or ""), status="asserted" if hit.score >= 0.8 else "planned",
        cites=hit.events,
    )  # fmt: skip
