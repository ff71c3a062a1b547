"""Countries as lists write them ("Democratic People's Republic of Korea", "ir", "Iran") to ISO
3166 alpha-3."""

from __future__ import annotations

from functools import cache

import pycountry

from masthead import codes
from masthead.reports.countries import country_code


@cache
def nation(text: str | None) -> str | None:
    """Alpha-3 of a country's name, demonym, alpha-2 or alpha-3; None for anything else."""
    flat = " ".join((text or "").split()).strip(" .,")
    if not flat or len(flat) > 80 or flat.casefold() in ("none identified", "unknown", "none"):
        return None
    if len(flat) == 2:
        found = pycountry.countries.get(alpha_2=flat.upper())
        return found.alpha_3 if found else country_code(flat)
    if len(flat) == 3 and flat.isalpha() and flat.isupper():
        return flat
    return country_code(flat) or _known().get(flat.casefold())


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in codes.rows("countries.csv"):
        for column in ("short", "names", "demonyms"):
            for name in filter(None, (row[column] or "").split("|")):
                found.setdefault(name.casefold(), row["country"])
    return found
