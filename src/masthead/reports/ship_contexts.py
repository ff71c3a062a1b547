"""Ships named without prefix or noun: by what is done to them, or by the line's name in theirs.

"The Panama-flagged Altamira": what has a flag is one. "Aboard the Mavi Marmara", "boarded the
Eagle S", "the captain of the Estai": what is boarded, or has a master, is a ship. "MSC Aries",
"Ever Given": some lines begin all their ships' names alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from masthead.reports.actor_tables.table import default_table
from masthead.reports.ship_names import GEOGRAPHIC, NameAt, name_at
from masthead.reports.ship_words import ship_words, word_list

_ABOARD = re.compile(
    r"\b(?:aboard|on\sboard|onboard|boarded|board|hijacked|rammed|torpedoed|shadowed|hailed|"
    r"scuttled|(?:captain|master|skipper|crew|crewmen|sailors|hijacking|boarding|sinking|"
    r"hull|deck|bridge)\s(?:of|from|on)|stormed|intercepted)\s[Tt]he\s(?=[A-ZÀ-Þ\"“])"
)
_DONE = re.compile(
    r"\b(?:struck|hit|attacked|sank|seized|detained|released|freed|targeted|escorted|stopped|"
    r"harassed|approached|captured|tracked|impounded|diverted)\s[Tt]he\s(?=[A-ZÀ-Þ\"“])"
)
_FLAGGED = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?)\s)?(?:\b[\w’']+[-‑](?:built|owned|operated|managed),?\s)?"
    r"\b[A-ZÀ-Þ][\w’']*(?:\s[A-ZÀ-Þ][\w’']*){0,3}[-‑](?:flagged|registered),?\s"
    r"(?:[\w’']+[-‑](?:built|owned|operated|managed|linked|bound),?\s){0,2}(?=[A-ZÀ-Þ\"“‘])"
)
_TONS = re.compile(r"\b[Tt]he\s[\d,.]+[- ](?:ton(?:ne)?|dwt)\s(?=[A-ZÀ-Þ\"“])")
_AT_SEA = re.compile(r"\b(?:ships?|vessels?|tankers?|boats?|crew|freighters?|sailors?|trawlers?)\b")
NEAR = 600
"""Characters within which a word for ships must stand where the verb alone does not say ship."""
_ENDS = re.compile(
    r"[,.;:)—–]|[’']s?\s|\s(?:[-–—]\s|(?:and|or|but|was|is|has|had|were|in|on|at|off|near|to|from|with|"
    r"of|by|as|for|after|before|when|while|who|which|that|said|will|would|could|into|during|since|"
    r"then|ashore|about|some|nearly|roughly|around|outside|inside|through|across|via|over|amid|yesterday|overnight|last|late|early|"
    r"(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)\b)|$"
)


def by_context(text: str) -> Iterator[NameAt]:
    """The names that what stands round them shows to be ships."""
    for match in chain(_FLAGGED.finditer(text), _TONS.finditer(text)):
        name = name_at(text, match.end())
        if name is None or not (name.quoted or _ENDS.match(text, name.end)):
            continue
        if (name.name.split()[0].lower(),) not in ship_words():  # "VLCC"
            yield replace(name, start=match.start())
    for match in _ABOARD.finditer(text):
        name = name_at(text, match.end())
        if name is not None and (name.quoted or _bare(text, name)):
            yield name
    for match in _DONE.finditer(text):
        name = name_at(text, match.end())
        near = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if name is not None and _AT_SEA.search(near) and (name.quoted or _bare(text, name)):
            yield name
    for match in _fleet_pattern().finditer(text):
        name = name_at(text, match.start())
        if name is None or " " not in name.name or not _ENDS.match(text, name.end):
            continue
        if word_list("not_fleet").isdisjoint(name.name.split()):
            yield name


def _bare(text: str, name: NameAt) -> bool:
    """Whether a run of capitals can be a ship's name and ends where the phrase ends."""
    if not _ENDS.match(text, name.end) or not GEOGRAPHIC.isdisjoint(name.name.split()):
        return False
    found = default_table().find(name.name)
    return sum(end - start for (start, end), _ in found) < len(name.name.rstrip())


def _fleet_pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, word_list("fleet"))))
    return re.compile(rf"\b(?:{words})\s(?=[A-ZÀ-Þ])")
