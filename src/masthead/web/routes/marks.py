"""/api/marks: the analyst's own marks, kept in the ledger as acts with their time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from masthead.ledger import Ledger
from masthead.ledger.marks import (
    LONGEST_TEXT,
    MOST_EVENTS,
    RULINGS,
    Mark,
    MarkError,
    MarkKind,
    add_mark,
    withdraw_mark,
)
from masthead.web.desk import Desk
from masthead.web.errors import RefusedError, not_found
from masthead.web.models import MarkAnswer
from masthead.web.routes.asked import Now, OfDesk
from masthead.web.snapshot import Snapshot

router = APIRouter(tags=["marks"])
Id = Annotated[str, Field(min_length=1, max_length=1000)]


class MarkAsked(BaseModel):
    """A mark on an event, incident, document or ship (its MMSI). `merge` takes in `others` the
    incidents or events that are one with `about`; `split` those of its events that are another
    incident (without `others`: each of its events is one of its own)."""

    model_config = ConfigDict(extra="forbid")
    about: Id
    kind: MarkKind
    text: str | None = Field(None, max_length=LONGEST_TEXT)
    others: list[Id] = Field(default_factory=list, max_length=MOST_EVENTS)


class MarkList(BaseModel):
    """The marks that stand, in the order they were made."""

    items: list[MarkAnswer]
    total: int
    next: None = None


@router.get("/marks")
def list_marks(now: Now) -> MarkList:
    """The marks that stand."""
    return MarkList(items=[MarkAnswer.of(m) for m in now.marked.all], total=len(now.marked.all))


@router.post("/marks", status_code=201)
def make_mark(desk: OfDesk, asked: MarkAsked) -> MarkAnswer:
    """Make a mark. When this answers, every other answer shows its effect."""
    now = desk.now
    for name in (asked.about, *asked.others):
        _known(name, now)
    groups = _groups(asked, now)
    made: list[Mark] = []

    def deed(ledger: Ledger) -> None:
        made.append(
            add_mark(ledger, asked.about, asked.kind, text=asked.text, others=asked.others,
                     groups=groups)
        )  # fmt: skip

    _act(desk, deed)
    return MarkAnswer.of(made[0])


@router.delete("/marks/{mark_id}")
def take_back(desk: OfDesk, mark_id: Annotated[int, Path(ge=1, le=2**31)]) -> MarkAnswer:
    """Take a mark back, by a further act in the ledger."""
    found = [m for m in desk.now.marked.all if m.id == mark_id]
    if not found:
        raise not_found("mark", str(mark_id))
    _act(desk, lambda ledger: withdraw_mark(ledger, mark_id))
    return MarkAnswer.of(found[0])


def _act(desk: Desk, deed: Callable[[Ledger], object]) -> None:
    if not desk.can_mark:
        raise RefusedError(403, "the ledger's file cannot be written, so it takes no marks",
                           "give yourself the right to write it, and start again")  # fmt: skip
    try:
        desk.act(deed)
    except MarkError as error:
        raise RefusedError(422, str(error)) from error


def _known(name: str, now: Snapshot) -> None:
    """Refuse what the case does not have."""
    if name in now.table.rows or name in now.documents or _incident(name, now):
        return
    if name.isascii() and name.isdecimal() and len(name) < 10 and now.has_ship(int(name)):
        return
    raise not_found("event", name)


def _incident(name: str, now: Snapshot) -> tuple[str, ...]:
    """The events of an incident of this id; none if there is none."""
    return next((i.events for i in now.incidents if i.id == name), ())


def _groups(asked: MarkAsked, now: Snapshot) -> Sequence[Sequence[str]]:
    """The events that a ruling sets together or apart, group by group; of another mark, those of
    the incident it is on."""
    incident = _incident(asked.about, now)
    if asked.kind not in RULINGS:
        return [incident] if incident else ()
    own = incident or (asked.about,)
    if asked.kind is MarkKind.MERGE:
        return [own, *(_incident(name, now) or (name,) for name in asked.others)]
    others = [e for name in asked.others for e in _incident(name, now) or (name,)]
    if len(own) == 1 and not others:  # an event apart from the rest of its incident
        mates = next((i.events for i in now.incidents if asked.about in i.events), ())
        return [own, [e for e in mates if e != asked.about]]
    if others and set(others) < set(own):
        return [others, [e for e in own if e not in others]]
    return [[e] for e in dict.fromkeys([*own, *others])]
