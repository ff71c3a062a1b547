"""Reading prose: claims of the README, each on a dispatch written for the test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masthead.model import Document, Event
from masthead.reports.explain import explain
from masthead.reports.reader import read_document, read_documents

DAY = datetime(2024, 5, 3, tzinfo=UTC)


def reading(text: str) -> list[Event]:
    result = read_document(Document(id="t", text=text, date=DAY, language="en"))
    assert result.kind == "prose"
    for event in result.events:
        event.verify(text)
    return list(result.events)


def one(text: str, act: str, incident: str | None = None) -> Event:
    found = [e for e in reading(text) if e.act == act and incident in (None, e.incident)]
    assert found, [(e.act, e.incident, e.why) for e in reading(text)]
    return found[0]


INCIDENTS = [
    ("The Omani coast guard boarded the tanker Asta Nour on Monday.", "boarding"),
    ("Armed men hijacked the dhow Al Safa off Bosaso.", "hijack"),
    ("Three trawlers were seized by the Ghanaian navy.", "seizure"),
    ("A patrol boat turned back the freighter Ostara.", "diversion"),
    ("The frigate chased two speedboats for an hour.", "pursuit"),
    ("Yemen's navy released the tanker Marisol after a week.", "release"),
    ("Portugal sent two frigates to the Gulf of Guinea.", "deployment"),
    ("A French destroyer escorted three tankers through the strait.", "escort"),
    ("The seizure of a Greek tanker by Libyan forces alarmed owners.", "seizure"),
    ("Robbers kidnapped four seafarers from the bulk carrier Pelle.", "kidnap"),
]


@pytest.mark.parametrize(("text", "incident"), INCIDENTS)
def test_incidents_at_sea(text: str, incident: str) -> None:
    assert incident in {e.incident for e in reading(text)}


NOTHING = [
    "Ship brokers seized the moment and rates are under attack.",
    "The ferry BLOCKADE RUNNER arrived with 300 persons on board.",
    "A sailor who had suffered a heart attack was doing well.",
    "The report on piracy will be presented in June.",
    "Analysts could not say whether talks had been useful.",
    "Masters are warned that the buoy is unlit.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_event_rather_than_a_wild_guess(text: str) -> None:
    hard = [e for e in reading(text) if e.act in ("ASSAULT", "COERCE", "THREATEN") or e.incident]
    assert hard == []


def test_ships_are_objects_with_their_names() -> None:
    event = one('Iranian commandos seized the tanker "Nordlys" near Fujairah.', "COERCE", "seizure")
    assert [v.name for v in event.objects] == ["Nordlys"]
    assert event.sources[0].country == "IRN"


def test_the_ship_chased_is_not_one_of_the_ships_taken() -> None:
    events = reading("The Moroccan navy captured two trawlers and pursued a third.")
    taken = next(e for e in events if e.incident == "seizure")
    chased = next(e for e in events if e.incident == "pursuit")
    assert taken.objects[0].text == "two trawlers"
    assert taken.objects[0].count == 2
    assert chased.objects[0].text == "a third"


def test_two_who_hold_talks_are_an_event_each_way() -> None:
    events = [e for e in reading("The foreign ministers of Norway and Chile held talks.")
              if e.act == "CONSULT"]  # fmt: skip
    pairs = {(e.sources[0].country, e.targets[0].country) for e in events}
    assert pairs == {("NOR", "CHL"), ("CHL", "NOR")}


def test_the_subject_of_a_request_is_given_down() -> None:
    event = one("Norway urged Chile to release the trawler.", "RETREAT")
    assert event.status == "requested"
    assert [(a.country, a.implicit) for a in event.sources] == [("CHL", True)]


def test_they_and_it_go_back_to_who_was_named() -> None:
    text = "The Kenyan navy sent a frigate north. It boarded a dhow on Tuesday."
    assert one(text, "COERCE", "boarding").sources[0].country == "KEN"


def test_a_label_is_an_accusation_and_no_hijack() -> None:
    events = reading('Spain called the seizure of the trawler "an act of piracy".')
    assert "ACCUSE" in {e.act for e in events}
    assert "hijack" not in {e.incident for e in events}


def test_a_topic_or_a_venue_is_no_place() -> None:
    event = one("Norway condemned the attack on the tanker at a meeting in Geneva.", "ACCUSE")
    assert event.place is None


def test_the_place_of_a_deed() -> None:
    event = one("Libyan forces boarded the tanker Selma off Misrata.", "COERCE", "boarding")
    assert event.place is not None
    assert "Misrata" in (event.place.text or "")


def test_a_language_without_tables_is_refused_with_one_line() -> None:
    text = (
        "La armada detuvo ayer a dos pesqueros que navegaban cerca de la costa y los llevó al "
        "puerto, según informó el ministerio de defensa en un comunicado difundido por la noche."
    )
    result = read_document(Document(id="t", text=text))
    assert (result.kind, result.events) == ("refused", ())
    assert result.refused is not None
    assert "\n" not in result.refused
    assert "'es'" in result.refused


def test_an_empty_text_and_a_short_one() -> None:
    assert read_document(Document(id="t", text=" \n ")).kind == "empty"
    assert read_document(Document(id="t", text="Aye.")).kind == "prose"


def test_the_same_text_gives_the_same_ids_in_any_number_of_processes() -> None:
    documents = [
        Document(id=str(i), text=f"Iran seized {i} tankers off Fujairah.", date=DAY, language="en")
        for i in range(2, 6)
    ]
    alone = [[e.id for e in r.events] for r in read_documents(documents)]
    together = [[e.id for e in r.events] for r in read_documents(documents, processes=2)]
    assert alone == together
    assert all(alone)


def test_explain_refuses_a_language_as_reading_does() -> None:
    text = "El barco de la armada detuvo ayer un pesquero frente a la costa, dijo el ministerio."
    document = Document(id="t", text=text)
    assert explain(document) == f"t: {read_document(document).refused}"


def test_explain_shows_the_sentence_the_roles_and_the_rule() -> None:
    text = "Quiet day. Iran seized the tanker Nordlys off Fujairah, Oman said."
    shown = explain(Document(id="t", text=text, date=DAY, language="en"))
    for words in (
        "Iran seized the tanker",
        "source  Iran [IRN",
        "seizure",
        "says    Oman",
        "frames.csv",
    ):
        assert words in shown


PIECES = st.lists(
    st.sampled_from(
        ["Iran", "seized", "the tanker", '"', "“", "Oman", "said", ",", ".", "\n\n",
         "(IMO 9074729)",
         "whose", "to", "12-30N 045-10E", "not", "’", "- ", "1. ", "which", "\u00a0", "é", "🚢"]
    ),
    min_size=1, max_size=40,
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_any_jumble_is_read_with_exact_offsets(pieces: list[str]) -> None:
    reading_of = read_document(Document(id="t", text=" ".join(pieces), date=DAY, language="en"))
    for event in reading_of.events:
        event.verify(reading_of.document.text)
