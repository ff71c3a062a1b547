"""An event in a line that says whose word it is and how it is told: never as a bare fact."""

from __future__ import annotations

from masthead.model import Event, Sense
from masthead.views import wording


def title(event: Event, outlet: str | None) -> str:
    """A name for a list: what, who to whom, and who says so, short."""
    done = f"{wording.what(event)}: {wording.parties(event)}".removesuffix(": ")
    says = wording.says(event) or (wording.flat(outlet) if outlet else "")
    return f"{done} (says {says})" if says and event.sense is not Sense.TRACK else done


def in_words(event: Event, outlet: str | None) -> str:
    """The whole of it: what, who to whom, where, how it is told, by whom. `outlet` is whose
    document it stands in, if that is known."""
    parts = [wording.what(event), wording.parties(event), wording.where(event.place),
             f"{event.status}, {_voice(event, outlet)}"]  # fmt: skip
    return "; ".join(part for part in parts if part)


def _voice(event: Event, outlet: str | None) -> str:
    if event.sense is Sense.TRACK:
        return "a sign in AIS tracks"
    said = wording.says(event)
    if said:
        return f"says {said}" + (f", as told by {wording.flat(outlet)}" if outlet else "")
    return f"says {wording.flat(outlet)}" if outlet else "in the source's own voice"
