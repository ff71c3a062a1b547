"""Who enforces a blockade or deploys a force, as a navigational warning names them."""

from __future__ import annotations

import re

from masthead.model import Actor, Span
from masthead.reports.countries import country_code

_SUBJECT = re.compile(
    r"(?:^|\bTHAT\s{1,9}|\.\s{1,9}|\d\.\s{1,9})(?P<who>(?:[A-Z'-]{2,20}\s{1,9}){1,5}?)(?:IS"
    r"|ARE|HAS|HAVE)\s{1,9}"
    r"(?:CURRENTLY\s{1,9})?(?:BEEN\s{1,9})?(?:ENFORC|IMPOS|DECLAR|MAINTAIN|ESTABLISH|CONDUCT"
    r"|PATROL|CARRY)"
)
_AGENT = re.compile(
    r"\bENFORCED\s{1,9}BY\s{1,9}(?P<who>(?:[A-Z'-]{2,20}\s{1,9}){0,4}?(?:NAVY|FORCES|COAST GUARD))"
)
_MILITARY = re.compile(r"\b(?:NAVY|NAVAL|FORCES?|UNITS|NATO|COALITION|WARSHIPS|FLEET|ARMY)\b")


def enforcer(text: str, span: Span) -> Actor | None:
    """The state or force that enforces, imposes, or conducts what the stretch is about."""
    match = _SUBJECT.search(text, *span) or _AGENT.search(text, *span)
    if not match:
        return None
    start, end = match.span("who")
    while text[end - 1].isspace():
        end -= 1
    words = text[start:end]
    military = bool(_MILITARY.search(words))
    country = country_code(words)
    return Actor(
        text=words,
        name=words.title() if country else None,
        country=country,
        sector="MIL" if military else ("GOV" if country else None),
        span=(start, end),
    )
