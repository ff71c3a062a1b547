"""Ships as a text writes them: which words mean a ship, which one, of what kind, how many.

A mention is a noun for a ship ("three trawlers", "the Panama-flagged tanker"), a name with a ship's
prefix ("M/T Blue Heron", "HMS Tamar"), or both in apposition ("the tanker Blue Heron", "the Blue
Heron, a tanker"). What stands in quotes or capitals is a ship's name only beside such a noun or
prefix, or where the same name has stood beside one elsewhere in the text: people, places and
companies are quoted too.

A warship is a vessel whose subtype `ship_words.is_naval`. Numbers (IMO, MMSI, call sign) belong to
the last ship before them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from masthead.model import Span, Vessel
from masthead.reports.actor_tables.names import key_of
from masthead.reports.actor_tables.table import default_table
from masthead.reports.numerals import NUMBERS
from masthead.reports.overlaps import Overlaps
from masthead.reports.ship_contexts import by_context
from masthead.reports.ship_names import name_after, name_at, name_before
from masthead.reports.ship_words import (
    WORD,
    ShipWord,
    is_naval,
    longest,
    prefix_pattern,
    prefixes,
    ship_words,
    word_list,
)

__all__ = ["FoundVessel", "find_vessels", "is_naval"]

DETAILS_REACH = 160
"""Characters after a ship within which its numbers and flag are looked for."""

_SINGLE = frozenset(("a", "an", "another", "one", "each", "every", "either", "neither"))
_POINTING = frozenset(
    ("the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "your", "my")
)
_VAGUE = frozenset(
    ("several", "some", "many", "numerous", "various", "multiple", "few", "dozens", "scores", "any",
     "hundreds", "thousands", "all", "most", "more", "number")
)  # fmt: skip
_MEASURES = frozenset(("pair", "couple", "dozens", "scores", "hundreds", "thousands", "number"))
_DETERMINERS = _SINGLE | _POINTING | _VAGUE | frozenset(NUMBERS) | {"no"}
_VERBS_TOO = frozenset(("ship", "ships", "ferry", "ferries", "barge", "barges", "tug", "tugs"))
_AFTER_A_NAME = re.compile(r"-(?:class|flagged|registered|owned|operated|managed)$")
_COMPOUND = re.compile(
    r"[-‑](?:flag|own|regist|class|operat|man|back|link|to|metre|meter|foot|ton|built|style|bound)"
)
_FLAGGED = re.compile(
    r"(?:^|[\s(])(?P<of>[\w’'. ]*[A-Z][\w’'. ]*?)[-‑– ](?:flagged|flag|registered)\b"
)
_FLYING = re.compile(
    r"\s*,?\s*(?P<several>both\s|all\s)?(?:which\s+|that\s+)?(?:(?:was|is|were|are)\s+)?(?:sailing\s+under|flying|under)\s+"
    r"(?:the\s+|a\s+|an\s+)?(?:flags?\s+of\s+(?:the\s+)?(?P<of>[A-Z][\w’'-]*(?:\s(?:and\s)?[A-Z][\w’'-]*)*)"
    r"|(?P<adjective>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)\s(?:flags?|colours|colors)\b)"
)
_FLAG_FIELD = re.compile(
    r"\bflag(?:\s?state)?\s?:?\s+(?P<of>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)", re.I
)
_IMO = re.compile(r"\bIMO(?:\s*(?:number|no\.?|nr\.?|#|:))*\s*(\d{7})\b", re.IGNORECASE)
_MMSI = re.compile(r"\bMMSI(?:\s*(?:number|no\.?|nr\.?|#|:))*\s*(\d{9})\b", re.IGNORECASE)
_CALL_SIGN = re.compile(
    r"\bcall[\s-]?sign\s*(?::|is|of)?\s*[\"“']?((?=\w*[A-Z])[A-Z0-9]{4,7})\b", re.IGNORECASE
)
_DETAILS = re.compile(
    r"\s?\((?=[^()]*\b(?:IMO|MMSI|flag|call\s?sign)\b)[^()]{1,200}\)", re.IGNORECASE
)


@dataclass(frozen=True)
class FoundVessel:
    """A ship in a text: the whole mention, the ship, and the word the phrase hangs on (the noun
    for a ship, or the name where there is none)."""

    span: Span
    vessel: Vessel
    head: Span


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    key: str
    start: int
    end: int


def find_vessels(text: str) -> list[FoundVessel]:
    """The ships of a text, in order; no two overlap."""
    words = [_Word(m[0], key_of(m[0]), m.start(), m.end()) for m in WORD.finditer(text)]
    found = _without_overlaps([*_by_noun(text, words), *_by_prefix(text), *_by_context(text)])
    taken = Overlaps(("", f.span) for f in found)
    found += [f for f in _by_name_again(text, found) if not taken.touch("", f.span)]
    found.sort(key=lambda f: f.span)
    return _with_details(text, found)


def _by_noun(text: str, words: Sequence[_Word]) -> Iterator[FoundVessel]:
    """Mentions whose head is a noun for a ship, with what stands before and after it."""
    table, firsts = ship_words(), _firsts()
    i = 0
    while i < len(words):
        if words[i].key not in firsts:
            i += 1
            continue
        for n in range(min(longest(), len(words) - i), 0, -1):
            kind = table.get(tuple(w.key for w in words[i : i + n]))
            if kind is not None and _is_ship(text, words, i, i + n, kind):
                yield from _mention(text, words, i, i + n, kind)
                i += n
                break
        else:
            i += 1


@cache
def _firsts() -> frozenset[str]:
    """The words that a noun for a ship may start with."""
    return frozenset(noun[0] for noun in ship_words())


def _is_ship(text: str, words: Sequence[_Word], i: int, j: int, kind: ShipWord) -> bool:
    """Whether the word is a ship here, and not a verb or part of another thing."""
    first, last = words[i], words[j - 1]
    if (
        kind.plural
        and last.text[0].isupper()
        and i
        and words[i - 1].text[0].isupper()
        and not (kind.acronym or _determines(words[i - 1]))
        and (not text[text.rfind("\n", 0, last.end) + 1 : last.end].isupper())
    ):
        return False  # "Advantage Tankers" is a company
    if kind.acronym and not last.text.isupper() and not last.text[:-1].isupper():
        return False
    if any(
        not text[a.end : b.start].isspace()
        for a, b in zip(words[i:j], words[i + 1 : j], strict=False)
    ):
        return False
    following = j < len(words) and text[last.end : words[j].start] in (" ", "-")
    if following and words[j].key in word_list("not_ship"):
        return False
    if i and text[words[i - 1].end : first.start].isspace():
        before = words[i - 1].key
        if j - i == 1 and first.key in _VERBS_TOO and before in word_list("before_verb"):
            return False
        if before in ("police", "light") and first.key.startswith("cruiser"):
            return False
    return not (i and text[words[i - 1].end : first.start] == "-")


def _mention(
    text: str, words: Sequence[_Word], i: int, j: int, kind: ShipWord
) -> Iterator[FoundVessel]:
    """The mention around the noun `words[i:j]`; of "the trawlers Orion and Vega" one each."""
    head = (words[i].start, words[j - 1].end)
    first = _leftmost(text, words, i)
    if kind.plural and first < i and words[first].key in ("that", "this"):
        first += 1  # "… said that ships": no article
    before = text[words[first].start : head[0]]
    start, count = words[first].start, _count(words[first:i], kind)
    named = name_before(text, start, head) or None
    flag = _flag(before) or (_own_flag(words[first:i]) if is_naval(kind.subtype) else None)
    names = name_after(text, head[1], plural=kind.plural) if named is None else [named]
    if named is not None:
        start = min(start, named.start)
    subtype = kind.subtype
    if not names:
        yield _found(text, start, head[1], head, subtype, count, None, flag)
        return
    for number, name in enumerate(names):
        end = max(name.end, head[1]) if number == 0 else name.end
        yield _found(
            text, start if number == 0 else name.start, end,
            head if number == 0 else (name.name_start, name.name_end),
            subtype or name.subtype, 1, name.name, flag or name.flag,
        )  # fmt: skip


def _by_prefix(text: str) -> Iterator[FoundVessel]:
    """Names with a ship's prefix and no noun."""
    for line in re.finditer(r"[^\n]+", text):
        capitals = line[0].upper() == line[0]
        for match in prefix_pattern(capitals).finditer(text, line.start(), line.end()):
            if text[: match.start()].rstrip()[-1:].isdigit() and match["prefix"] in ("MT", "ST"):
                continue  # a quantity: 500 MT
            name = name_at(text, match.end())
            if name is None or _known_actor(text[match.start() : name.end]):
                continue
            told = prefixes()[match["prefix"]]
            start = match.start()
            if (article := re.search(r"\b[Tt]he\s$", text[max(0, start - 5) : start])) is not None:
                start -= len(article[0])
            head = (name.name_start, name.name_end)
            yield _found(text, start, name.end, head, told.subtype, 1, name.name, told.flag)


def _by_context(text: str) -> Iterator[FoundVessel]:
    """Names that are ships' by what stands round them."""
    for name in by_context(text):
        start, end = _widened(text, name.name_start, name.name_end)
        head = (name.name_start, name.name_end)
        start = min(start, name.start)
        flag = _flag(text[start : head[0]])
        yield _found(text, start, end, head, None, 1, name.name, flag)


def _by_name_again(text: str, found: Sequence[FoundVessel]) -> Iterator[FoundVessel]:
    """Later (and earlier) mentions of a ship by its name alone, and `the "Name"` near ships."""
    known = {f.vessel.name: f.vessel for f in found if f.vessel.name}
    for name, vessel in known.items():
        if len(name) < 3:
            continue
        alone = " " in name or len(name) > 9
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            start, closed = _widened(text, at, end)
            bare = text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()
            if not bare and (alone or start < at - 1):
                yield FoundVessel(
                    (start, closed),
                    replace(vessel, text=text[start:closed], span=(start, closed), count=1),
                    (at, end),
                )
            at = text.find(name, end)
    starts = [f.span[0] for f in found]
    for match in re.finditer(r"\b[Tt]he [\"“‘«](?=[A-ZÀ-Þ])", text):
        name_here = name_at(text, match.end() - 1)
        first = bisect_left(starts, match.start() - 2 * DETAILS_REACH)
        near = found[first : bisect_right(starts, match.start())]
        if name_here is None or not name_here.quoted or not near:
            continue
        head = (name_here.name_start, name_here.name_end)
        kind = next((f.vessel.subtype for f in reversed(near) if f.vessel.subtype), None)
        yield _found(text, match.start(), name_here.end, head, kind, 1, name_here.name, None)


def _widened(text: str, start: int, end: int) -> Span:
    """A name's span with the quotes around it and the article before it."""
    if text[start - 1 : start] in ('"', "“", "*", "_") and text[end : end + 1] in (
        '"',
        "”",
        "*",
        "_",
    ):
        start, end = start - 1, end + 1
    return (start - 4 if text[max(0, start - 4) : start].lower() == "the " else start), end


def _found(
    text: str, start: int, end: int, head: Span, subtype: str | None, count: int | None,
    name: str | None, flag: str | None,
) -> FoundVessel:  # fmt: skip
    vessel = Vessel(
        text=text[start:end], subtype=subtype, count=count, name=name, flag=flag, span=(start, end)
    )
    return FoundVessel((start, end), vessel, head)


def _leftmost(text: str, words: Sequence[_Word], i: int) -> int:
    """The first word of the noun phrase that `words[i]` stands in."""
    first = i
    for k in range(i - 1, max(-1, i - 9), -1):
        gap = text[words[k].end : words[k + 1].start]
        if gap not in (" ", ", ", "-", "\u00a0", ",\n", "\n") or (
            gap[:1] == "," and k + 1 == first == i
        ):
            break
        key = words[k].key
        if _participle(words[k]) and _determines(words[k + 1]):
            break  # "captured two trawlers"
        if _determines(words[k]):
            first = k
            if key in _POINTING | {"a", "an", "another", "no"}:
                break
        elif key == "of" and k and words[k - 1].key in _MEASURES:
            first = k - 1
        elif _modifies(words[k]) or (
            words[k].text[0].isupper()
            and (_AFTER_A_NAME.search(words[k + 1].key) or (k and _determines(words[k - 1])))
        ):
            first = k
        else:
            break
    counted = False  # "seized tankers": the verb, where no article or number stands before it
    for k in range(first, i):
        if _determines(words[k]):
            counted = True
        elif not counted and _participle(words[k]):
            first = k + 1
    if first and words[first].key in ("dozen", "pair", "couple") and words[first - 1].key in (
        "a", "two", "three", "half",
    ):  # fmt: skip
        first -= 1
    return first


def _determines(word: _Word) -> bool:
    return word.key in _DETERMINERS or word.key.isdigit()


def _participle(word: _Word) -> bool:
    return word.key.endswith(("ed", "en")) and "-" not in word.key


def _modifies(word: _Word) -> bool:
    """Whether a word may stand between the article and the noun for a ship."""
    if word.key in word_list("modifier") or _COMPOUND.search(word.text):
        return True
    if word.key in ship_words_single() or word.text in ("Navy", "Guard", "Royal", "Coast", "DWT"):
        return True
    if not word.text[0].isupper():
        return bool(re.fullmatch(r"tonnes?|dwt|metres?|meters?|flagged|registered|owned", word.key))
    found = default_table().find(word.text)
    return bool(found) and found[0][0] == (0, len(word.text))


@cache
def ship_words_single() -> frozenset[str]:
    """Words for ships that are one word, for compounds the table lacks ("tanker ship")."""
    return frozenset(w[0] for w, kind in ship_words().items() if len(w) == 1 and not kind.plural)


def _count(before: Sequence[_Word], kind: ShipWord) -> int | None:
    """How many: a number, one for a singular, None for a plural without a number."""
    keys = [w.key for w in before]
    if "no" in keys:
        return 0
    if "dozen" in keys:
        times = {"two": 2, "three": 3, "four": 4, "few": 0}
        factor = next((times[k] for k in keys if k in times), 1)
        return 12 * factor or None
    for key in keys:
        if key.isdigit() and len(key) < 4 and kind.plural:
            return int(key)
        if key in NUMBERS and (kind.plural or key == "one"):
            return NUMBERS[key]
    return None if kind.plural or any(k in _VAGUE - {"any"} for k in keys) else 1


def _flag(before: str) -> str | None:
    """The flag that "X-flagged" before the noun tells."""
    match = _FLAGGED.search(before)
    return _country(match["of"]) if match else None


def _own_flag(before: Sequence[_Word]) -> str | None:
    """A state ship's flag by the nationality before the noun: "an Iranian frigate"."""
    for word in before:
        for _, entry in default_table().find(word.text):
            if entry.kind in ("country", "demonym"):
                return entry.country
    return None


def _country(name: str) -> str | None:
    """The country of "Marshall Islands", "the Panamanian", or of words that end in such a name."""
    found = [e for _, e in default_table().find(name) if e.country]
    return found[-1].country if found else None


def _known_actor(name: str) -> bool:
    found = default_table().find(name)
    return bool(found) and found[0][0] == (0, len(name))


def _without_overlaps(found: Sequence[FoundVessel]) -> list[FoundVessel]:
    """The longest of those that overlap."""
    kept: list[FoundVessel] = []
    taken = Overlaps()
    for one in sorted(found, key=lambda f: (-(f.span[1] - f.span[0]), f.span)):
        if not taken.touch("", one.span):
            kept.append(one)
            taken.add("", one.span)
    return sorted(kept, key=lambda f: f.span)


def _with_details(text: str, found: Sequence[FoundVessel]) -> list[FoundVessel]:
    """The ships with the numbers and the flag that follow them."""
    out: list[FoundVessel] = []
    for n, one in enumerate(found):
        limit = found[n + 1].span[0] if n + 1 < len(found) else len(text)
        end = one.span[1]
        tail = text[end : min(limit, end + DETAILS_REACH)]
        vessel = one.vessel
        if (stop := re.search(r"[.!?]\s+(?=[A-Z])(?!IMO|MMSI|Call|Flag)", tail)) is not None:
            tail = tail[: stop.start()]
        if (inside := _DETAILS.match(tail)) is not None:
            end += inside.end()
        if (match := _IMO.search(tail)) is not None:
            vessel = replace(vessel, imo=int(match[1]))
        if (match := _MMSI.search(tail)) is not None:
            vessel = replace(vessel, mmsi=int(match[1]))
        if (match := _CALL_SIGN.search(tail)) is not None:
            vessel = replace(vessel, call_sign=match[1].upper())
        if vessel.flag is None:
            said = _FLYING.match(tail) or (_FLAG_FIELD.search(inside[0]) if inside else None)
            if said is not None:
                told = said.groupdict()
                vessel = replace(vessel, flag=_country(told["of"] or told.get("adjective") or ""))
                if told.get("several"):
                    out = _flag_the_joined(text, out, one, vessel.flag)
        span = (one.span[0], end)
        vessel = replace(vessel, span=span, text=text[span[0] : span[1]])
        out.append(replace(one, span=span, vessel=vessel))
    return out


def _flag_the_joined(
    text: str, before: list[FoundVessel], last: FoundVessel, flag: str | None
) -> list[FoundVessel]:
    """The flag also for the ships joined to the last one: "the A and the B, both flying …"."""
    start, out = last.span[0], list(before)
    for i in range(len(out) - 1, -1, -1):
        if not re.fullmatch(r",?\s(?:and\s)?", text[out[i].span[1] : start]):
            break
        out[i] = replace(out[i], vessel=replace(out[i].vessel, flag=flag))
        start = out[i].span[0]
    return out
