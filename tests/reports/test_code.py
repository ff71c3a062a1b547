"""`code`: the act between two named parties, by the PLOVER manual."""

from __future__ import annotations

import pytest

from masthead.reports import code

ACTS = [
    ("The minister condemned Ruritania for the raid.", "The minister", "Ruritania", "ACCUSE"),
    ("Ruritania accused Borduria of laying mines.", "Ruritania", "Borduria", "ACCUSE"),
    ("Borduria's navy will release the Ruritanian crew.", "Borduria's navy", "the Ruritanian crew",
     "AGREE"),
    ("Borduria released 12 sailors from Ruritania.", "Borduria", "12 sailors from Ruritania",
     "RETREAT"),
    ("Borduria refused to release the sailors of Ruritania.", "Borduria", "Ruritania", "REJECT"),
    ("Borduria imposed an embargo on Ruritania.", "Borduria", "Ruritania", "COERCE"),
    ("Borduria lifted its embargo on Ruritania.", "Borduria", "Ruritania", "RETREAT"),
    ("Borduria threatened to impose an embargo on Ruritania.", "Borduria", "Ruritania", "THREATEN"),
    ("Borduria suspended aid to Ruritania.", "Borduria", "Ruritania", "SANCTION"),
    ("Borduria provided emergency aid to Ruritania.", "Borduria", "Ruritania", "AID"),
    ("Ruritania asked Borduria to send a doctor.", "Ruritania", "Borduria", "REQUEST"),
    ("Ruritania called on Borduria to withdraw.", "Ruritania", "Borduria", "REQUEST"),
    ("The two envoys of Ruritania met officials from Borduria.", "The two envoys of Ruritania",
     "officials from Borduria", "CONSULT"),
    ("Ruritania praised Borduria for its patience.", "Ruritania", "Borduria", "SUPPORT"),
    ("Gunboats from Borduria opened fire on a trawler from Ruritania.", "Gunboats from Borduria",
     "Ruritania", "ASSAULT"),
    ("Borduria deployed troops along the border with Ruritania.", "Borduria", "Ruritania",
     "MOBILIZE"),
    ("Dockers marched against the government of Borduria.", "Dockers", "the government of Borduria",
     "PROTEST"),
    ("Ruritania and Borduria held joint exercises off the cape.", "Ruritania", "Borduria",
     "COOPERATE"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "source", "target", "act"), ACTS)
def test_the_act_between_two_parties(sentence: str, source: str, target: str, act: str) -> None:
    events = code(sentence, source, target)
    assert events[0].act == act, events[0].why


def test_with_both_parties_there_is_always_an_answer() -> None:
    events = code("Ruritania zorbled near Borduria.", "Ruritania", "Borduria")
    assert len(events) == 1
    assert events[0].confidence <= 0.5


def test_the_parties_are_the_words_given_at_their_offsets() -> None:
    sentence = "On Monday Ruritania's navy seized a tug of Borduria."
    event = code(sentence, "Ruritania's navy", "Borduria")[0]
    event.verify(sentence)
    assert [a.text for a in event.sources] == ["Ruritania's navy"]
    assert event.act == "COERCE"


def test_without_parties_a_sentence_without_an_act_has_none() -> None:
    assert code("The weather in the strait was fine.") == []
