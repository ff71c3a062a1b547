"""Countries by the names that reports use, as ISO 3166 alpha-3."""

from __future__ import annotations

from functools import cache

import pycountry

_ALSO = {
    "uae": "ARE",
    "u.a.e": "ARE",
    "emirates": "ARE",
    "uk": "GBR",
    "u.k": "GBR",
    "usa": "USA",
    "u.s": "USA",
    "us": "USA",
    "united states": "USA",
    "iran": "IRN",
    "russia": "RUS",
    "syria": "SYR",
    "ivory coast": "CIV",
    "cote d'ivoire": "CIV",
    "côte d'ivoire": "CIV",
    "congo": "COG",
    "republic of congo": "COG",
    "dr congo": "COD",
    "democratic republic of congo": "COD",
    "south korea": "KOR",
    "north korea": "PRK",
    "turkey": "TUR",
    "cape verde": "CPV",
    "the gambia": "GMB",
    "gaza": "PSE",
    "palestine": "PSE",
    "taiwan": "TWN",
    "vietnam": "VNM",
    "sao tome and principe": "STP",
    "brunei": "BRN",
    "laos": "LAO",
    "burma": "MMR",
    "swaziland": "SWZ",
    "phillippines": "PHL",
    "philipines": "PHL",
    "columbia": "COL",
    "malasia": "MYS",
    "england": "GBR",
    "scotland": "GBR",
    "venezuela": "VEN",
    "tanzania": "TZA",
    "bolivia": "BOL",
}


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for kind in ("name", "common_name", "official_name"):
            if name := getattr(country, kind, None):
                names[name.casefold()] = country.alpha_3
    return names | _ALSO


def country_code(text: str) -> str | None:
    """ISO 3166 alpha-3 of a country's own name ("Oman", "the UAE"); None for anything else."""
    words = " ".join(text.casefold().replace("’", "'").split()).strip(" .,")
    return _names().get(words) or _names().get(words.removeprefix("the "))
