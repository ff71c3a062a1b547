"""A document's sentences, what was read in each, and the rule that fired."""

from __future__ import annotations

from masthead.model import Document, Event, Interval
from masthead.reports import notices
from masthead.reports.parse import parsers
from masthead.reports.reader import refusal
from masthead.reports.voting import read_steps


def explain(document: Document) -> str:
    """One block for every sentence with an event: the sentence, then each event with its roles
    and the rule. Sentences without events are left out."""
    found = notices.read_notices(document)
    if found is not None:
        return "\n\n".join([f"{document.id}: read as a notice", *map(_block, found)])
    if document.text.strip() and (reason := refusal(document)) is not None:
        return f"{document.id}: {reason}"
    blocks: list[str] = []
    last = ""
    for step in read_steps(document, parsers()):
        if step.sentence != last:
            blocks.append(f"“{step.sentence}”")
            last = step.sentence
        blocks.append(_block(step.event))
    return "\n\n".join(blocks) if blocks else f"{document.id}: no event found"


def _block(event: Event) -> str:
    rows = [
        ("act", " / ".join(filter(None, (event.act, event.mode, event.cameo, event.incident)))),
        ("source", "; ".join(f"{a.text}{_code(a.country, a.sector)}" for a in event.sources)),
        ("target", "; ".join(f"{a.text}{_code(a.country, a.sector)}" for a in event.targets)),
        ("ship", "; ".join(v.text for v in event.objects)),
        ("status", event.status.value),
        ("says", " > ".join(f"{a.who}" + (f" ({a.channel})" if a.channel else "")
                            for a in event.attribution)),
        ("when", _when(event.time)),
        ("where", (event.place.text or "") if event.place else ""),
        ("rule", event.why),
    ]  # fmt: skip
    return "\n".join(f"  {name:7} {text}" for name, text in rows if text)


def _code(country: str | None, sector: str | None) -> str:
    parts = "/".join(p for p in (country, sector) if p)
    return f" [{parts}]" if parts else ""


def _when(time: Interval | None) -> str:
    if time is None:
        return ""
    first = time.earliest.isoformat() if time.earliest else "…"
    last = time.latest.isoformat() if time.latest else "…"
    return f"{time.text} = {first} – {last}"
