"""Ships in text: each line of the tables is a claim about what the words mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import masthead
from masthead.reports.ship_words import is_naval, ship_class, ship_words
from masthead.reports.vessels import FoundVessel, find_vessels


def only(text: str) -> FoundVessel:
    found = find_vessels(text)
    assert len(found) == 1, [f.vessel.text for f in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "subtype", "count"),
    [
        ("They seized three trawlers.", "three trawlers", "trawler", 3),
        ("A patrol chased another vessel.", "another vessel", None, 1),
        ("The coast guard let a dozen boats go.", "a dozen boats", None, 12),
        ("It escorted several tankers.", "several tankers", "tanker", None),
        ("They met dozens of small craft.", "dozens of small craft", "small craft", None),
        ("A pair of skiffs came near.", "A pair of skiffs", "skiff", 2),
        ("No ship was stopped.", "No ship", None, 0),
        ("Two of them boarded a laden crude oil tanker.", "a laden crude oil tanker",
         "crude tanker", 1),
        ("An Arleigh Burke-class destroyer arrived.", "An Arleigh Burke-class destroyer",
         "destroyer", 1),
        ("They hit the 300-metre bulk carrier.", "the 300-metre bulk carrier", "bulk carrier", 1),
        ("Rebels hijacked tankers.", "tankers", "tanker", None),
        ("It lost its fishing vessel.", "its fishing vessel", "fishing vessel", 1),
        ("12 speedboats swarmed it.", "12 speedboats", "speedboat", 12),
        ("Two VLCCs waited.", "Two VLCCs", "VLCC", 2),
    ],
)  # fmt: skip
def test_an_unnamed_ship(text: str, words: str, subtype: str | None, count: int | None) -> None:
    one = only(text)
    assert (one.vessel.text, one.vessel.subtype, one.vessel.count) == (words, subtype, count)
    assert one.vessel.name is None


@pytest.mark.parametrize(
    ("text", "name", "words", "subtype"),
    [
        ("The M/T Blue Heron sailed.", "Blue Heron", "The M/T Blue Heron", "tanker"),
        ('the tanker "Blue Heron" sailed', "Blue Heron", 'the tanker "Blue Heron"', "tanker"),
        ("the tanker *Blue Heron* sailed", "Blue Heron", "the tanker *Blue Heron*", "tanker"),
        ("the tanker Blue Heron sailed", "Blue Heron", "the tanker Blue Heron", "tanker"),
        ("the trawler BLUE HERON sailed", "BLUE HERON", "the trawler BLUE HERON", "trawler"),
        ("the Blue Heron, a small tanker,", "Blue Heron", "the Blue Heron, a small tanker",
         "tanker"),
        ("fired on the Blue Heron, a dhow,", "Blue Heron", "the Blue Heron, a dhow", "dhow"),
        ("the bulk carrier MV Blue Heron 35 nm off", "Blue Heron",
         "the bulk carrier MV Blue Heron", "bulk carrier"),
        ("the destroyer John P. Kestle Jr. came", "John P. Kestle Jr.",
         "the destroyer John P. Kestle Jr.", "destroyer"),
        ("the Kestrian trawler Lark left", "Lark", "the Kestrian trawler Lark", "trawler"),
        ("a patrol ship, the Blue Heron, came", "Blue Heron", "a patrol ship, the Blue Heron",
         "patrol boat"),
        ("a freighter named Blue Heron sank", "Blue Heron", "a freighter named Blue Heron",
         "cargo"),
        ("the Blue Heron tanker was boarded", "Blue Heron", "the Blue Heron tanker", "tanker"),
        ("the bulk carrier MV Blue Heron on Friday", "Blue Heron",
         "the bulk carrier MV Blue Heron", "bulk carrier"),
        ("the trawler Hai Lan 17 tried", "Hai Lan 17", "the trawler Hai Lan 17", "trawler"),
        ("the ferry Pride of Tamar left", "Pride of Tamar", "the ferry Pride of Tamar", "ferry"),
        ("the tanker Bucharest was let through", "Bucharest", "the tanker Bucharest", "tanker"),
        ("M/V BLUE HERON REPORTED ATTACK IN POSITION", "BLUE HERON", "M/V BLUE HERON", None),
        ("F/V BLOCKADE RUNNER ADRIFT", "BLOCKADE RUNNER", "F/V BLOCKADE RUNNER", "fishing vessel"),
    ],
)  # fmt: skip
def test_a_named_ship(text: str, name: str, words: str, subtype: str | None) -> None:
    vessel = only(text).vessel
    assert (vessel.name, vessel.text, vessel.subtype) == (name, words, subtype)
    assert vessel.count == 1


def test_a_list_of_names_is_a_ship_each() -> None:
    found = find_vessels('The trawlers Orion and Vega, and the ferries "Lark" and "Wren", left.')
    assert [f.vessel.name for f in found] == ["Orion", "Vega", "Lark", "Wren"]
    assert [f.vessel.subtype for f in found] == ["trawler", "trawler", "ferry", "ferry"]


def test_the_name_alone_is_the_same_ship_again() -> None:
    text = "The tanker Blue Heron (IMO 9074729) was boarded. Later the Blue Heron was freed."
    first, again = find_vessels(text)
    assert again.vessel.name == first.vessel.name == "Blue Heron"
    assert again.vessel.text == "the Blue Heron"
    assert again.vessel.subtype == "tanker"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("the Panama-flagged tanker was hit", "PAN"),
        ("a Marshall Islands-flagged tanker was hit", "MHL"),
        ("the Liberian-flagged bulk carrier Blue Heron sank", "LBR"),
        ("the tanker Blue Heron, flying the flag of Malta, sank", "MLT"),
        ("the tanker Blue Heron, sailing under the Greek flag, sank", "GRC"),
        ("the MV Blue Heron (flag Liberia, IMO 9074729) sank", "LBR"),
        ("HMS Tamar came", "GBR"),
        ("an Iranian frigate came", "IRN"),
        ("a Kuwaiti tanker came", None),  # whose ship, but not under which flag
    ],
)
def test_the_flag(text: str, flag: str | None) -> None:
    assert only(text).vessel.flag == flag


def test_both_flying_one_flag() -> None:
    text = (
        'Two trawlers came. The "Lark" and the "Wren", both flying the Spanish flag, were stopped.'
    )
    assert [(f.vessel.name, f.vessel.flag) for f in find_vessels(text)] == [
        (None, None), ("Lark", "ESP"), ("Wren", "ESP"),
    ]  # fmt: skip


def test_its_numbers_belong_to_the_last_ship_before_them() -> None:
    text = (
        "A cutter stopped the container ship MV Blue Heron (IMO 9074729, MMSI 636015112, call sign "
        "A8XY2) near the tanker Wren."
    )
    cutter, heron, wren = (f.vessel for f in find_vessels(text))
    assert (heron.imo, heron.mmsi, heron.call_sign) == (9074729, 636015112, "A8XY2")
    assert heron.text.endswith("call sign A8XY2)")
    assert cutter.imo is None
    assert wren.imo is None


@pytest.mark.parametrize(
    "text",
    [
        'He met "John Smith" of "Acme Holdings" in "Port Alfa".',
        'It called the act "Operation Trident" and "an act of war".',
        "Tanker owners and shipping rates; a tanker driver; vessel traffic; the ship captain.",
        "They ship oil to Asia and will ferry troops.",
        "BAE Systems and ARM Holdings rose.",
        "A 500 MT Cargo was sold.",
        "A police cruiser stopped.",
    ],
)
def test_what_is_no_ship(text: str) -> None:
    assert [f.vessel.text for f in find_vessels(text)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In Singapore, a tanker was seized.", "a tanker"),
        ("Iran seized three tankers.", "three tankers"),
        ("The tanker Iran seized on Monday left.", "The tanker"),
        ("The ship Friday sailed.", "The ship"),
        ("Seized tankers were moved.", "tankers"),
        ("In the Red Sea, a tanker was hit.", "a tanker"),
        ("Off the Gulf of Oman, a tanker was hit.", "a tanker"),
        ("The Kestrian coast guard captured two trawlers.", "two trawlers"),
    ],
)
def test_neighbours_are_not_part_of_the_ship(text: str, words: str) -> None:
    vessel = only(text).vessel
    assert vessel.text == words
    assert vessel.name is None


def test_warships_are_vessels_with_a_naval_subtype() -> None:
    assert is_naval(only("the USS Carney sailed").vessel.subtype)
    assert is_naval("patrol boat")
    assert not is_naval("tanker")
    assert not is_naval(None)
    assert ship_class("VLCC") == ship_class("product tanker") == "tanker"
    assert ship_class("trawler") == "fishing"


def test_the_head_is_the_word_for_the_ship() -> None:
    text = 'Iran took the Panama-flagged product tanker "Blue Heron" away.'
    start, end = only(text).head
    assert text[start:end] == "product tanker"


@given(st.lists(st.sampled_from([
    "the", "three", "tanker", "Iran", '"Blue', 'Heron"', "M/T", "seized", "-flagged", "Panama",
    "and", ",", "(IMO 9074729)", "USS", "Carney", "of", "a", "\n", "boats", "’s", "'", "12", "VLCC",
]), max_size=25))  # fmt: skip
def test_spans_are_exact_and_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    last = 0
    for one in find_vessels(text):
        assert last <= one.span[0] <= one.head[0] < one.head[1] <= one.span[1]
        assert text[slice(*one.span)] == one.vessel.text
        assert one.vessel.name is None or one.vessel.name in one.vessel.text
        last = one.span[1]


@given(st.text(max_size=150))
def test_no_text_breaks_it(text: str) -> None:
    find_vessels(text)


def test_every_word_for_a_ship_is_found_in_both_numbers() -> None:
    for words, kind in ship_words().items():
        if "/" in "".join(words) or words[-1] in ("craft", "jelbut"):
            continue
        phrase = " ".join(words)
        written = phrase.upper() if kind.acronym else phrase
        text = f"we saw {'two' if kind.plural else 'the'} {written} there"
        assert any(phrase in f.vessel.text.lower() for f in find_vessels(text)), text


def test_a_ship_that_was_given_chase_keeps_its_name() -> None:
    (event,) = masthead.read("The navy gave the Greece-flagged oil tanker Candid Tiller chase.")
    (ship,) = event.objects
    assert (event.incident, ship.name, ship.flag) == ("pursuit", "Candid Tiller", "GRC")
