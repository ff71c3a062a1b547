"""A ship's name beside a prefix or a noun for a ship: where it begins and ends.

A name is up to five words with a capital (small "of", "the", "de" … inside), or what stands between
quotes or marks of italics with a capital at its start. Days, months, countries standing alone and
known companies and bodies are no names of ships unless they are in quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from masthead.reports.actor_tables.table import default_table
from masthead.reports.ship_words import prefix_pattern, prefixes, word_list

_QUOTES = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "*": "*", "_": "_", "„": "“"}
_SMALL = r"(?:of|the|de|del|di|da|do|la|el|al|du|des|van|von|bin|y)"
_NAME = re.compile(
    rf"[A-ZÀ-Þ][\w’'&-]*(?:[ \u00a0](?:{_SMALL}[ \u00a0]){{0,2}}"
    r"(?:[A-Z]\.(?=[ \u00a0][A-Z])|Jr\.|[A-ZÀ-Þ][\w’'&-]*|"
    r"\d{1,4}\b(?![\d:.]|[ \u00a0]?(?:nm|NM|nautical|n\.m|miles|km|kilomet|met|m\b|degrees|°|"
    r"tonnes|per))|[IVX]+\b)){0,4}"
    r"|\d{1,3}(?![ \u00a0]?(?:NM|N\.M|KM)\b)(?:[ \u00a0][A-ZÀ-Þ][\w’'&-]*){1,4}"
)
_NOT_NAMES = re.compile(
    r"(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December)|AIS|IMO|MMSI|UTC|GMT|NM|GPS|CPA|VHF|UKMTO|EEZ",
)
GEOGRAPHIC = frozenset(
    ("Sea", "Gulf", "Strait", "Straits", "Navy", "Guard", "Ocean", "Canal", "Bay", "Channel",
     "Coast", "Force", "Marines", "Fleet", "Corps", "Horn", "Mandeb", "Mandab", "Peninsula",
     "Island", "Islands", "Archipelago", "Delta", "River", "Port", "Zone", "Area", "Basin", "Cape",
     "States", "Emirates", "Republic", "Kingdom", "Union", "Council", "Ministry", "Company")
)  # fmt: skip
_GOES_ON = re.compile(
    r"[,.;)]|\s(?:was|is|has|had|in|on|at|off|near|and|to|from|with|of|by|as|for)\b"
)
_INTRODUCED = re.compile(
    r"\s?(?:,\s)?(?:which\s(?:was|is)\s)?(?:named|called|identified\sas|known\sas|dubbed)\s(?:the\s)?"
)
_APPOSED = re.compile(
    r",\s(?=[Tt]he\s[A-Z\"“‘«])[Tt]he\s|\s\((?=the\s[A-Z\"“])the\s|:\s(?=[A-Z\"“])"
)
_AND = re.compile(r"(?:,\s|,?\sand\s|,\sand\s)(?:the\s)?")
_PREPOSITION = re.compile(
    r"\b(?:in|at|off|from|to|near|of|on|by|for|with|against|through|via|around|and|or|into|toward|"
    r"towards|across|between|than|after|since|until|said|told|called|outside|inside|over)\s(?:the\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NameAt:
    """A ship's name in a text: from prefix or quote to closing quote, and the name itself."""

    start: int
    end: int
    name_start: int
    name_end: int
    name: str
    quoted: bool = False
    subtype: str | None = None
    flag: str | None = None


def name_at(text: str, start: int) -> NameAt | None:
    """The name that begins at an offset, in quotes or not."""
    quote = text[start : start + 1]
    if quote in _QUOTES:
        end = text.find(_QUOTES[quote], start + 1, start + 50)
        inside = text[start + 1 : end]
        if end < 0 or not re.fullmatch(r"[A-ZÀ-Þ0-9][^\n\"”“.,;]*[\w.’'!)]?", inside):
            return None
        if sum(w[0].islower() for w in inside.split()) > len(inside.split()) / 2:
            return None
        return NameAt(start, end + 1, start + 1, end, inside, quoted=True)
    match = _NAME.match(text, start)
    if match is None:
        return None
    name = _trimmed(match[0])
    if not name:
        return None
    end = start + len(name)
    return NameAt(start, end, start, end, name)


def _trimmed(name: str) -> str:
    """A run of capitals without what follows a name: days, months, words of a notice, 's."""
    if (owned := re.search(r"[’']s\b(?=\s|$)", name)) is not None:
        name = name[: owned.start()]
    words = name.split()
    if name.isupper():
        stops = word_list("in_capitals")
        words = words[: next((i for i, w in enumerate(words) if w in stops), len(words))]
    while words and (_NOT_NAMES.fullmatch(words[-1]) or words[-1].islower()):
        words.pop()
    for i, word in enumerate(words):
        if i and _NOT_NAMES.fullmatch(word):
            words = words[:i]
            break
    if words and _NOT_NAMES.fullmatch(words[0]):
        return ""
    kept = " ".join(words)
    return name[: len(kept)].rstrip("-’'&")


def name_after(text: str, end: int, *, plural: bool) -> list[NameAt]:
    """The names after a noun for a ship that ends at `end`; several only after a plural."""
    for pattern in (_INTRODUCED, _APPOSED, None):
        if pattern is None:
            if text[end : end + 1] not in (" ", "\u00a0"):
                continue
            start, sure = end + 1, False
        else:
            match = pattern.match(text, end)
            if match is None:
                continue
            start, sure = match.end(), pattern is _INTRODUCED
        one = _prefixed(text, start)
        if one is None or not (one.quoted or sure or _may_name(text, end, one)):
            continue
        names = [one]
        while plural and (more := _AND.match(text, names[-1].end)) is not None:
            following = _prefixed(text, more.end())
            if following is None or not (following.quoted or _may_name(text, end, following)):
                break
            names.append(following)
        return names
    return []


def _prefixed(text: str, start: int) -> NameAt | None:
    """A name at an offset, with a prefix before it or not."""
    line_end = text.find("\n", start)
    capitals = text[start : line_end if line_end >= 0 else len(text)].isupper()
    prefix = prefix_pattern(capitals).match(text, start)
    name = name_at(text, prefix.end() if prefix else start)
    if name is None or prefix is None:
        return name
    told = prefixes()[prefix["prefix"]]
    return replace(name, start=start, subtype=told.subtype, flag=told.flag)


def _may_name(text: str, noun_end: int, name: NameAt) -> bool:
    """Whether a bare run of capitals after a noun is the ship's name, not the next phrase."""
    line = text[text.rfind("\n", 0, noun_end) + 1 : name.end]
    if line.isupper() and name.start == name.name_start:
        return False
    if re.match(r"[-‑](?:flagged|owned|registered|backed|led)", text[name.end :]):
        return False
    found = default_table().find(name.name)
    if not found:
        return True
    covered = sum(end - start for (start, end), _ in found)
    if covered < len(name.name):  # "Iran Ajr" is a ship, "Royal Navy sailors" are not
        kinds = ("country", "demonym", "capital", "person", "company")
        return found[0][1].kind in kinds or found[0][0][0] != 0
    after = _GOES_ON.match(text, name.end)
    return found[0][1].kind == "capital" and after is not None


def name_before(text: str, start: int, head: tuple[int, int]) -> NameAt | None:
    """The name before a noun phrase that is its apposition ("the Blue Heron, a tanker"), or
    between article and noun ("the Blue Heron tanker")."""
    if (
        re.match(r"(?:an?|one\sof|another)\s", text[start:])
        and text[max(0, start - 2) : start] == ", "
    ):
        found = _ending_at(text, start - 2)
        if found is None:
            return None
        article = text[max(0, found.start - 4) : found.start].lower() == "the "
        named = article and " " in found.name  # "on the Iran Ajr, a landing craft"
        if found.quoted or named or not _PREPOSITION.search(text[: found.start]):
            return replace(found, start=found.start - 4) if article else found
    before = text[:start]
    if before.endswith(" ") and start == head[0]:
        found = _ending_at(text, start - 1)
        if found is None or text[max(0, found.start - 4) : found.start].lower() != "the ":
            return None
        if found.quoted or len(found.name.split()) > 1:
            return replace(found, start=found.start - 4)
    return None


def _ending_at(text: str, end: int) -> NameAt | None:
    """The name that ends at an offset."""
    closing = text[end - 1 : end]
    openers = [a for a, b in _QUOTES.items() if b == closing]
    if openers and closing != "’":
        begin = max((text.rfind(a, max(0, end - 50), end - 1) for a in openers), default=-1)
        return name_at(text, begin) if begin >= 0 else None
    match = re.search(
        rf"(?:[A-ZÀ-Þ][\w’'&/-]*[ \u00a0](?:{_SMALL}[ \u00a0])?){{0,4}}[A-ZÀ-Þ][\w’'&-]*$",
        text[max(0, end - 60) : end],
    )
    if match is None:
        return None
    begin = end - len(match[0])
    name = text[begin:end]
    if name.startswith(("The ", "A ")):
        begin += name.index(" ") + 1
        name = text[begin:end]
    words = name.split()
    if _PREPOSITION.match(f"{words[0].lower()} "):
        return None
    if len(words) > 1 and words[0] in prefixes():
        told = prefixes()[words[0]]
        after = begin + name.index(words[1])
        inner = text[after:end]
        return NameAt(begin, end, after, end, inner, subtype=told.subtype, flag=told.flag)
    if any(_NOT_NAMES.fullmatch(w) for w in words) or not GEOGRAPHIC.isdisjoint(words):
        return None
    if name.isupper() and text[max(0, begin - 40) : begin].isupper():
        return None
    if default_table().find(name) and any(
        entry.kind not in ("country", "demonym", "capital") or span == (0, len(name))
        for span, entry in default_table().find(name)
    ):
        return None
    return NameAt(begin, end, begin, end, name)
