"""Which notices' areas are in force at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from masthead.model import Event, Sense, parse_utc
from masthead.watch import notice_key, notice_name


def in_force(events: Sequence[Event], moment: datetime) -> list[Event]:
    """The notice events that draw an area or line and are in force at `moment`: begun, not ended,
    not past their own cancel time, and not cancelled by another notice issued by then.

    A notice is in force from its issue, or from its own start where that is later.
    """
    notices = [e for e in events if e.sense is Sense.NOTICE]
    cancelled = {
        notice_key(str(name))
        for event in notices
        if (issued := _date_of(event, "issued")) is None or issued <= moment
        for name in _names(event.details.get("cancels"))
    }
    return [
        event
        for event in notices
        if event.place is not None
        and event.place.geometry is not None
        and event.place.geometry["type"] not in ("Point", "MultiPoint")
        and _holds(event, moment)
        and notice_key(notice_name(event)) not in cancelled
    ]


def _holds(event: Event, moment: datetime) -> bool:
    issued, cancel = _date_of(event, "issued"), _date_of(event, "cancel")
    if (issued and issued > moment) or (cancel and cancel <= moment):
        return False
    time = event.time
    if time is None:
        return True
    begins, ends = time.earliest, time.latest
    return not (begins and begins > moment) and not (ends and ends < moment)


def _date_of(event: Event, key: str) -> datetime | None:
    value = event.details.get(key)
    if not isinstance(value, str):
        return None
    try:
        return parse_utc(value)
    except ValueError:
        return None


def _names(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value] if value else []
