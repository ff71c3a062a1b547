"""The grammar under the roles: who stands in which slot of a verb or noun."""

from __future__ import annotations

import pytest

import masthead
from masthead.reports import roles
from masthead.reports.mask import mask
from masthead.reports.parse import default_parser
from masthead.reports.sentences import LONGEST, paragraphs

SLOTS = [
    ("Iran seized the tanker.", "seized", "Iran", "tanker"),
    ("The tanker was seized by Iran.", "seized", "Iran", "tanker"),
    ("The tanker that Iran seized was empty.", "seized", "Iran", "tanker"),
    ("Sailors who boarded the tanker left.", "boarded", "Sailors", "tanker"),
    ("Oman urged Iran to release the tanker.", "release", "Iran", "tanker"),
    ("Iran promised Oman to release the tanker.", "release", "Iran", "tanker"),
    ("The navy stopped a dhow and boarded it.", "boarded", "navy", "it"),
    ("Agents threatened by gunmen fled.", "threatened", "gunmen", "Agents"),
    ("Oman accused Iran of seizing the tanker.", "seizing", "Iran", "tanker"),
    ("After seizing the tanker, the navy left.", "seizing", "navy", "tanker"),
]


@pytest.mark.parametrize(("text", "verb", "subject", "object_"), SLOTS)
def test_who_and_whom(text: str, verb: str, subject: str, object_: str) -> None:
    tree = next(iter(default_parser().parse([text])))
    token = next(t for t in tree if t.text == verb)
    assert [f.token.text for f in roles.subjects(token)] == [subject]
    assert [f.token.text for f in roles.objects(token)] == [object_]


def test_a_subject_from_the_clause_above_is_marked_as_carried() -> None:
    tree = next(iter(default_parser().parse(["Oman urged Iran to release the tanker."])))
    release = next(t for t in tree if t.text == "release")
    assert [f.carried for f in roles.subjects(release)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "OSLO, May 3 - Iran seized a ship.",
        "3. The ship (IMO 9074729, flag Malta) sailed.",
        "A tanker at 12-30.5N 045-10.2E was boarded.",
        "Plain words.",
    ],
)
def test_masking_keeps_every_offset(text: str) -> None:
    masked = mask(text, 100)
    assert len(masked.offsets) == len(masked.text)
    for word in ("Iran", "seized", "ship", "sailed", "boarded", "Plain"):
        at = masked.text.find(word)
        if at >= 0:
            start, end = masked.start(at) - 100, masked.end(at + len(word)) - 100
            assert text[start:end].startswith(word)


def test_paragraphs_cover_the_text_and_stay_short() -> None:
    text = "HEADLINE\n\nA line that was\nwrapped here.\n1. One item\n" + "word " * 3000
    pieces = list(paragraphs(text))
    assert all(text[p.start : p.end] == p.text for p in pieces)
    assert max(len(p.text) for p in pieces) <= LONGEST
    assert "".join(p.text for p in pieces).replace(" ", "").replace("\n", "") == text.replace(
        " ", ""
    ).replace("\n", "")


def test_it_is_the_ship_of_the_same_sentence() -> None:
    text = (
        "The freighter Blue Heron was towed to Tainan. Manila accused a Chinese ship of ramming a "
        "supply boat on Tuesday and using water cannon against it."
    )
    last = masthead.read(text)[-1]
    assert [ship.text for ship in last.objects] == ["a supply boat"]
