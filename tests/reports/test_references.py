"""Whom words go back to, over sentences: pronouns, offices of no named state.

A row: the text, then the act, the source and the target that are read in it, each a country or
words of it ("-": nobody, "*": anybody).
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import masthead
from masthead.model import Actor, Document
from masthead.reports.reader import read_document

ROWS = [
    # a surname is somebody, though a state is known by it
    (
        "Envoy Carla Bruni has implored President Vladimir Putin to revive the deal. Putin insists "
        "that he will. He is to receive the Turkish president in Sochi.",
        "CONSULT;RUS;TUR",
    ),
    # a noun after a preposition can be meant, too
    (
        "The frigate called on the hijackers by radio to lay down their rifles. They complied.",
        "CONCEDE;hijackers;*",
    ),
    (
        "Wives of the men marched to the Iranian embassy. They held a vigil outside it.",
        "PROTEST;*;IRN",
    ),
    # offices of the town or the part of a circular that is spoken of
    (
        "MARIUPOL, July 4 - Trawlers crowd the quays.\n\nThe harbour master warned that he would "
        "fire on any that left.",
        "THREATEN;UKR;*",
    ),
    (
        "WEEKLY PORT NOTES\n\nSALALAH: Port working.\n\nADEN: Drivers barricaded the road until "
        "the Governor met their spokesmen.",
        "CONSULT;YEM;spokesmen",
    ),
    # a notice plays in the state that its heading names
    (
        "BROWN & LARSEN, SHIP AGENTS\n\nNotice 4: Arrest of the Ana K in Takoradi, Ghana\n\n"
        "Our master was locked up on Friday. The district court dismissed his application for "
        "bail.",
        "REJECT;GHA;*",
    ),
    (
        "BROWN & LARSEN, SHIP AGENTS\n\nNotice 4: Arrest of the Ana K in Takoradi, Ghana\n\n"
        "Two lawyers sent by the Philippine embassy met the crew. Our agents were visited by "
        "officers of the investigation service.",
        "CONSULT;GHA;Our agents",
    ),
    # boats and teams of the force whose release it is; two ships that act as one
    (
        "PRESS RELEASE\nIncheon Station, Korea Coast Guard\n\nOfficers boarded a trawler on "
        "Thursday. A second team climbed over the stern.",
        "COERCE;KOR;*",
    ),
    (
        "Bangladesh said the tanker was intercepted by the Bangladesh navy frigate Somudra and "
        "two patrol craft.",
        "COERCE;two patrol craft;-",
    ),
    # a minister of the state that was the subject just before
    (
        "Russia protested on Monday.\n\nTurkey has put itself forward. Foreign Minister Selim Oz "
        "telephoned Kyiv.",
        "CONSULT;TUR;UKR",
    ),
    (
        "Moscow closed the strait. The secretary of its council threatened Ukraine.",
        "THREATEN;RUS;UKR",
    ),
    # "it" is the subject of the sentence before, not that of a clause in it
    (
        "Malta will strike the ship off its register if the court in Brindisi finds against her. "
        "It also consented to boardings.",
        "AGREE;MLT;*",
    ),
    # counted ones, the latter, two of one sentence
    ("Three tankers sailed on Monday. Two of these were seized by the navy.", "COERCE;navy;-"),
    ("Eleven men had been questioned. Two were arrested.", "COERCE;-;Two"),
    ("The frigate hailed a tanker, but the latter refused to heave to.", "REJECT;tanker;*"),
    (
        "The army chief pleaded with President Maria Solis to arm the boats, and that night she "
        "turned him down.",
        "REJECT;Solis;chief",
    ),
    # whoever speaks is the one named since, by the name that comes after the office
    (
        "New Delhi lodged a protest.\n\nIn Islamabad the Foreign Office spokeswoman, Rabia Mir, "
        'shrugged off the complaint. "India is holding our men," she said. "We urge India to free '
        'them."',
        "REQUEST;PAK;IND",
    ),
]  # fmt: skip


def meant(key: str, actors: tuple[Actor, ...]) -> bool:
    """Whether the key of a row fits the actors that were read."""
    if key in ("-", "*"):
        return key == "*" or not actors
    return any(a.country == key or key in a.text for a in actors)


@pytest.mark.parametrize(("text", "deed"), ROWS)
def test_words_go_back_to_whom_they_mean(text: str, deed: str) -> None:
    day = datetime(2025, 12, 22, tzinfo=UTC)
    events = read_document(Document(id="text", text=text, date=day)).events
    act, source, target = deed.split(";")
    assert any(
        e.act == act and meant(source, e.sources) and meant(target, e.targets) for e in events
    ), [(e.act, e.sources, e.targets) for e in events]


def test_offices_in_a_notice_are_of_the_state_whose_port_its_heading_names() -> None:
    text = (
        "date 2025-03-04\n\nDetention of the Lady Astrid at Beira, Mozambique\n\n"
        "The general cargo ship Lady Astrid was boarded on 26 February. The authorities have "
        "arrested the master. The Attorney General refused bail on Monday."
    )
    arrest, refusal = masthead.read(text)[-2:]
    assert arrest.sources[0].country == "MOZ"
    assert refusal.sources[0].country == "MOZ"


def test_a_fellow_of_a_warship_is_of_its_state() -> None:
    text = (
        "The Bangladesh navy said the two ships were intercepted by the frigate BNS Nirbhik and "
        "two patrol craft."
    )
    (stopped,) = [e for e in masthead.read(text) if e.incident == "interception"]
    assert {actor.country for actor in stopped.sources} == {"BGD"}
